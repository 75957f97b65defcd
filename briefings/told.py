"""Who was briefed on what, so that they can be told when something that matters to them changes.

People are keyed hashes, as in the cases. Somebody who asked without being told apart is not remembered.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from briefings import changes
from briefings.itinerary import Posting
from briefings.tables import BriefedRow
from cases import notices
from guidelines.replay import MANY
from guidelines.rulebook import RuleBook
from guidelines.store import receipts
from guidelines.store.books import Books


@dataclass(frozen=True, slots=True)
class News:
    """What changed for somebody since they were briefed."""

    receipt: str
    posting: Posting
    briefed_on: int
    edition: int
    changed: tuple[changes.Changed, ...]


def remember(session: Session, receipt: str, asker: str, channel: str, edition: int) -> None:
    """Remember, in the caller's transaction, who was given a briefing."""
    if asker == notices.NOBODY or notices.hushed(session, asker):
        return
    session.add(
        BriefedRow(receipt=receipt, asker=asker, channel=channel, edition=edition, at=dt.datetime.now(dt.UTC))
    )
    session.flush()


def pending(session: Session, books: Books, asker: str, today: dt.date) -> list[News]:
    """What somebody is still to be told about the postings they were briefed on, the latest first.

    Nothing is told about a journey that is over, or to somebody who wants to be told nothing. Call
    `told` once it was said.
    """
    if asker == notices.NOBODY:
        return []
    now = books.current()
    rows = session.scalars(
        select(BriefedRow)
        .where(BriefedRow.asker == asker, BriefedRow.edition < (now.edition or 0))
        .order_by(BriefedRow.id.desc())
    ).all()
    if not rows or notices.hushed(session, asker):
        return []
    found, seen = [], set()
    for row in rows:
        receipt = receipts.find(session, row.receipt)
        posting = Posting.from_dict(receipt.enquiry[MANY]) if receipt else None
        if posting is None or posting in seen or (posting.returns and posting.returns < today):
            continue
        seen.add(posting)
        changed = _changed(books, row.edition, now, posting, today)
        if changed:
            found.append(News(row.receipt, posting, row.edition, now.edition or row.edition, changed))
        else:
            row.edition = now.edition or row.edition
    return found


def _changed(
    books: Books, edition: int, now: RuleBook, posting: Posting, today: dt.date
) -> tuple[changes.Changed, ...]:
    return changes.since(books.at(edition), now, posting, today)


def told(session: Session, asker: str, edition: int) -> None:
    """Write down, in the caller's transaction, that somebody knows what changed up to an edition."""
    session.execute(
        update(BriefedRow)
        .where(BriefedRow.asker == asker, BriefedRow.edition < edition)
        .values(edition=edition)
        .execution_options(synchronize_session=False)
    )


def forget(session: Session, asker: str) -> None:
    """Forget what somebody was briefed on; the receipts stay, and say nothing of who."""
    session.execute(delete(BriefedRow).where(BriefedRow.asker == asker))


def forget_older_than(session: Session, moment: dt.datetime) -> None:
    """Forget who was briefed before a moment."""
    session.execute(delete(BriefedRow).where(BriefedRow.at < moment))
