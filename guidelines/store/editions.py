"""Drafts and editions: a draft is worked on, a published edition never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidelines.lint import Finding, errors, lint
from guidelines.rules import Corpus
from guidelines.store import audit, content
from guidelines.store.database import Database
from guidelines.store.tables import DraftRow, EditionRow

WORKING_DRAFT = "working"


class CannotPublish(Exception):
    """Why a draft may not be published; `findings` holds the lint errors where those are the reason."""

    def __init__(self, why: str, findings: Sequence[Finding] = ()) -> None:
        self.findings = tuple(findings)
        self.problems = (why, *(finding.message for finding in findings))
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Edition:
    """What is known of a published edition without its content."""

    number: int
    content_hash: str
    published_at: dt.datetime
    submitted_by: str
    approved_by: str
    note: str


@dataclass(frozen=True)
class Draft:
    """The working copy: its corpus, the edition it started from, and who changed it last."""

    corpus: Corpus
    content_hash: str
    base_edition: int | None
    changed_by: str
    changed_at: dt.datetime


def newest(session: Session) -> int | None:
    """The number of the newest edition, or None while there is none."""
    return session.scalar(select(func.max(EditionRow.number)))


def listed(session: Session) -> list[Edition]:
    """All editions, the oldest first, without their content."""
    columns = (
        EditionRow.number, EditionRow.content_hash, EditionRow.published_at, EditionRow.submitted_by,
        EditionRow.approved_by, EditionRow.note,
    )  # fmt: skip
    return [Edition(*row) for row in session.execute(select(*columns).order_by(EditionRow.number))]


def corpus_of(session: Session, number: int) -> Corpus:
    """The content of an edition.

    Raises:
        KeyError: there is no edition of that number.
        ValueError: its content was changed after it was published.
    """
    row = session.get(EditionRow, number)
    if row is None:
        raise KeyError(number)
    return content.unpack(row.content, row.content_hash)


def draft(session: Session) -> Draft | None:
    """The working draft, or None when nothing was changed since the last publishing."""
    row = session.get(DraftRow, WORKING_DRAFT)
    if row is None:
        return None
    corpus = content.unpack(row.content, row.content_hash)
    return Draft(corpus, row.content_hash, row.base_edition, row.changed_by, row.changed_at)


def working_corpus(session: Session) -> Corpus | None:
    """What a change starts from: the draft, else the newest edition, else None."""
    current = draft(session)
    if current:
        return current.corpus
    number = newest(session)
    return corpus_of(session, number) if number is not None else None


def save_draft(session: Session, corpus: Corpus, who: str) -> str:
    """Make `corpus` the working draft and return its content hash; the audit log says who did."""
    packed, digest = content.pack(corpus)
    row = session.get(DraftRow, WORKING_DRAFT)
    before = row.content_hash if row else None
    if row is None:
        row = DraftRow(name=WORKING_DRAFT, base_edition=newest(session))
        session.add(row)
    row.content, row.content_hash = packed, digest
    row.changed_by, row.changed_at = who, dt.datetime.now(dt.UTC)
    audit.note(session, who, "draft changed", WORKING_DRAFT, before, digest)
    return digest


def discard_draft(session: Session, who: str) -> bool:
    """Throw the working draft away; whether there was one."""
    row = session.get(DraftRow, WORKING_DRAFT)
    if row is None:
        return False
    audit.note(session, who, "draft discarded", WORKING_DRAFT, row.content_hash, None)
    session.delete(row)
    return True


def publish(database: Database, *, approved_by: str, note: str = "", on: dt.date | None = None) -> Edition:
    """Publish the working draft as the next edition, in one transaction.

    Raises:
        CannotPublish: there is no draft, lint found errors, the approver is the person who wrote it, or
        somebody
            changed the draft or published meanwhile.
        DatabaseAway: nothing was published.
    """
    with database.reading() as session:
        current = draft(session)
    if current is None:
        raise CannotPublish("there is no draft to publish")
    if not approved_by.strip():
        raise CannotPublish("nobody approved the draft: a second person has to")
    if approved_by.strip().casefold() == current.changed_by.strip().casefold():
        raise CannotPublish(f"`{approved_by}` wrote the draft: a second person has to approve it")
    wrong = errors(lint(current.corpus, on or dt.date.today(), whole_space=False))
    if wrong:
        count = "1 error" if len(wrong) == 1 else f"{len(wrong)} errors"
        raise CannotPublish(f"lint found {count} in the draft", wrong)
    with database.transaction() as session:
        row = session.get(DraftRow, WORKING_DRAFT, with_for_update=True)
        last = newest(session)
        if row is None or row.content_hash != current.content_hash:
            raise CannotPublish("somebody changed the draft meanwhile: look at it again")
        if row.base_edition != last:
            raise CannotPublish(
                f"edition {last} was published after this draft was begun: look at the change and save again"
            )
        edition = EditionRow(
            number=(last or 0) + 1,
            content_hash=row.content_hash,
            content=row.content,
            published_at=dt.datetime.now(dt.UTC),
            submitted_by=row.changed_by,
            approved_by=approved_by,
            note=note,
        )
        session.add(edition)
        session.delete(row)
        audit.note(session, approved_by, "published", f"edition {edition.number}", None, edition.content_hash)
        session.flush()
        return Edition(
            edition.number,
            edition.content_hash,
            edition.published_at,
            edition.submitted_by,
            approved_by,
            note,
        )
