"""Telling those who asked: what is waiting for somebody, that they were told, and that they do not want to
be.

People are keyed hashes here, the same as in the occurrences. Somebody who asked anonymously has none that
could be
told again, and nothing is kept for them.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from cases.tables import CaseRow, HushedRow, NoticeRow
from guidelines.enquiry import Enquiry
from guidelines.vocabulary import DIMENSIONS

NOBODY = "nobody"
"""What stands for the asker of a single enquiry, outside any conversation."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell: which case, what they asked about, and since which edition it is clear."""

    id: int
    case: str
    subject: str
    unclear: str
    enquiry: Enquiry
    edition: int
    asked_at: dt.datetime


def pending(session: Session, asker: str) -> list[Notice]:
    """What somebody is still to be told, the oldest question first; nothing when they opted out."""
    if asker == NOBODY:
        return []
    rows = session.execute(
        select(NoticeRow, CaseRow)
        .join(CaseRow, CaseRow.id == NoticeRow.case_id)
        .where(NoticeRow.asker == asker, NoticeRow.told_at.is_(None))
        .order_by(NoticeRow.asked_at, NoticeRow.id)
    ).all()
    if not rows or hushed(session, asker):
        return []
    return [_notice(notice, case) for notice, case in rows]


def told(session: Session, notices: Sequence[Notice]) -> None:
    """Write down, in the caller's transaction, that these were told."""
    session.execute(
        update(NoticeRow)
        .where(NoticeRow.id.in_([notice.id for notice in notices]))
        .values(told_at=dt.datetime.now(dt.UTC))
        .execution_options(synchronize_session=False)
    )


def waiting(session: Session, channel: str) -> list[tuple[str, Notice]]:
    """What can be pushed in a channel at once: (asker, notice), without those who opted out."""
    rows = session.execute(
        select(NoticeRow, CaseRow)
        .join(CaseRow, CaseRow.id == NoticeRow.case_id)
        .where(
            NoticeRow.channel == channel,
            NoticeRow.told_at.is_(None),
            NoticeRow.asker.not_in(select(HushedRow.asker)),
        )
        .order_by(NoticeRow.asker, NoticeRow.id)
    ).all()
    return [(notice.asker, _notice(notice, case)) for notice, case in rows]


@dataclass(frozen=True, slots=True)
class Word:
    """What somebody is to be told: that a case they asked about is clear for these facts."""

    case_id: int
    asker: str
    channel: str
    enquiry: Enquiry
    asked_at: dt.datetime

    @property
    def facts(self) -> str:
        """The facts as the database keeps them."""
        return json.dumps(self.enquiry.as_dict(), ensure_ascii=False, sort_keys=True)


def make(session: Session, words: Sequence[Word], edition: int) -> int:
    """Leave notices, in the caller's transaction; how many are new.

    Nobody is told twice of one case and the same facts by one edition, an older notice that still waits
    gives way, and those who opted out are left alone.
    """
    cases = {word.case_id for word in words}
    silent = {NOBODY, *session.scalars(select(HushedRow.asker))}
    held: dict[tuple[int, str, str], NoticeRow] = {}
    for row in session.scalars(select(NoticeRow).where(NoticeRow.case_id.in_(cases)).order_by(NoticeRow.id)):
        held[row.case_id, row.asker, row.facts] = row
    made = 0
    for word in words:
        key = (word.case_id, word.asker, word.facts)
        known = held.get(key)
        if word.asker in silent or (known is not None and known.edition == edition):
            continue
        if known is not None and known.told_at is None:
            session.delete(known)
        held[key] = NoticeRow(
            asker=word.asker, channel=word.channel, case_id=word.case_id, facts=word.facts,
            asked_at=word.asked_at, edition=edition, made_at=dt.datetime.now(dt.UTC),
        )  # fmt: skip
        session.add(held[key])
        made += 1
    session.flush()
    return made


def told_of(session: Session, case_ids: Sequence[int]) -> tuple[int, int]:
    """How many people are to be told about these cases, and how many of them were told."""
    rows = session.execute(
        select(NoticeRow.asker, NoticeRow.told_at).where(NoticeRow.case_id.in_(case_ids))
    ).all()
    return len({asker for asker, _ in rows}), len({asker for asker, at in rows if at is not None})


def hush(session: Session, asker: str) -> None:
    """Tell somebody nothing any more: what waits for them is thrown away."""
    if session.get(HushedRow, asker) is None:
        session.add(HushedRow(asker=asker, at=dt.datetime.now(dt.UTC)))
    session.execute(delete(NoticeRow).where(NoticeRow.asker == asker, NoticeRow.told_at.is_(None)))
    session.flush()


def unhush(session: Session, asker: str) -> None:
    """Tell somebody again what becomes clear from now on."""
    session.execute(delete(HushedRow).where(HushedRow.asker == asker))


def recorded_as(session: Session, asker: str) -> str:
    """What an occurrence is kept under: for somebody who opted out, a name of its own that leads nowhere."""
    return secrets.token_hex(32) if asker != NOBODY and hushed(session, asker) else asker


def hushed(session: Session, asker: str) -> bool:
    """Whether somebody opted out of being told."""
    return session.get(HushedRow, asker) is not None


def _notice(row: NoticeRow, case: CaseRow) -> Notice:
    facts = json.loads(row.facts)
    return Notice(
        id=row.id,
        case=f"C-{case.id:04d}",
        subject=case.subject,
        unclear=case.unclear,
        enquiry=Enquiry.of({dimension: facts.get(dimension) for dimension in DIMENSIONS}),
        edition=row.edition,
        asked_at=row.asked_at,
    )
