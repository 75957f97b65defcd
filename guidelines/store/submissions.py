"""Submitting a draft and approving it: two people, and what was approved is what was submitted."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import Integer, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from guidelines.store import audit, editions
from guidelines.store.database import Database
from guidelines.store.tables import Base, DraftRow, EditionRow, Moment

WAITING, APPROVED, SENT_BACK, OVERTAKEN = "waiting", "approved", "sent back", "overtaken"


class SubmissionRow(Base):
    """A draft as it was handed in, and what became of it."""

    __tablename__ = "submissions"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    authors: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    submitted_at: Mapped[dt.datetime] = mapped_column(Moment)
    submitted_by: Mapped[str] = mapped_column(String(200))
    status: Mapped[str] = mapped_column(String(20), index=True)
    decided_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(200))
    why: Mapped[str | None] = mapped_column(Text)
    edition: Mapped[int | None] = mapped_column(Integer)


class CannotSubmit(Exception):
    """Why a draft cannot be submitted, approved or sent back, in one sentence for the person."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A draft that was handed in. `current` says whether the draft is still the same."""

    id: int
    content_hash: str
    authors: tuple[str, ...]
    note: str
    submitted_at: dt.datetime
    submitted_by: str
    status: str
    decided_by: str | None
    why: str | None
    edition: int | None
    current: bool


def submit(session: Session, who: str, note: str) -> Submission:
    """Hand the working draft in, in the caller's transaction.

    Raises:
        CannotSubmit: there is no draft, or nothing says what it changes.
    """
    draft = session.get(DraftRow, editions.WORKING_DRAFT, with_for_update=True)
    if draft is None:
        raise CannotSubmit("There is no draft: nothing was changed since the last edition.")
    if not note.strip():
        raise CannotSubmit("Say in one sentence what this edition changes.")
    _overtake(session)
    authors = sorted({*editions.authors_of_draft(session), who})
    row = SubmissionRow(
        content_hash=draft.content_hash,
        authors=json.dumps(authors, ensure_ascii=False),
        note=note.strip()[:500],
        submitted_at=dt.datetime.now(dt.UTC),
        submitted_by=who,
        status=WAITING,
    )
    session.add(row)
    audit.note(session, who, "draft submitted", editions.WORKING_DRAFT, None, row.content_hash)
    session.flush()
    return _shown(row, draft.content_hash)


def waiting(session: Session) -> Submission | None:
    """The submission that waits for a second person, if there is one."""
    row = _waiting(session)
    if row is None or _published_otherwise(session, row):
        return None
    return _shown(row, _hash_of_draft(session))


def last(session: Session) -> Submission | None:
    """The submission handed in last, whatever became of it."""
    row = session.scalar(select(SubmissionRow).order_by(SubmissionRow.id.desc()).limit(1))
    return _shown(row, _hash_of_draft(session)) if row else None


def approve(database: Database, who: str) -> editions.Edition:
    """Publish what was submitted.

    Raises:
        CannotSubmit: nothing waits, the draft was changed since, or `who` is one of its authors.
        CannotPublish: lint found errors, or another edition was published meanwhile.
        DatabaseAway: nothing was published.
    """
    with database.reading() as session:
        found = waiting(session)
    if found is None:
        raise CannotSubmit("Nothing waits for approval.")
    if not found.current:
        raise CannotSubmit("The draft was changed after it was submitted: it has to be submitted again.")
    if who.strip().casefold() in {author.strip().casefold() for author in found.authors}:
        raise CannotSubmit("You wrote or submitted this draft: a second person has to approve it.")
    edition = editions.publish(database, approved_by=who, note=found.note, content_hash=found.content_hash)
    with database.transaction() as session:
        _decide(session, found.id, APPROVED, who, edition=edition.number)
    return edition


def send_back(session: Session, who: str, why: str) -> None:
    """Give a submission back to its authors, with a reason. Raises CannotSubmit."""
    row = _waiting(session)
    if row is None:
        raise CannotSubmit("Nothing waits for approval.")
    if not why.strip():
        raise CannotSubmit("Say what has to change, so that the authors know.")
    _decide(session, row.id, SENT_BACK, who, why=why.strip()[:2000])
    audit.note(session, who, "draft sent back", editions.WORKING_DRAFT, row.content_hash, why.strip()[:2000])


def take_back(session: Session, who: str) -> None:
    """Take one's own submission back, to go on writing. Raises CannotSubmit."""
    row = _waiting(session)
    if row is None:
        raise CannotSubmit("Nothing waits for approval.")
    _decide(session, row.id, OVERTAKEN, who)
    audit.note(session, who, "submission taken back", editions.WORKING_DRAFT, row.content_hash, None)


def _waiting(session: Session) -> SubmissionRow | None:
    return session.scalar(select(SubmissionRow).where(SubmissionRow.status == WAITING).with_for_update())


def _published_otherwise(session: Session, row: SubmissionRow) -> bool:
    """Whether an edition came out since, say from the command line, so that nothing is left to approve."""
    since = select(EditionRow.number).where(EditionRow.published_at >= row.submitted_at).limit(1)
    return session.scalar(since) is not None


def _overtake(session: Session) -> None:
    for row in session.scalars(select(SubmissionRow).where(SubmissionRow.status == WAITING)):
        row.status = OVERTAKEN


def _decide(
    session: Session, number: int, status: str, who: str, why: str | None = None, edition: int | None = None
) -> None:
    row = session.get_one(SubmissionRow, number)
    row.status, row.decided_by, row.why, row.edition = status, who, why, edition
    row.decided_at = dt.datetime.now(dt.UTC)
    session.flush()


def _hash_of_draft(session: Session) -> str | None:
    return session.scalar(select(DraftRow.content_hash).where(DraftRow.name == editions.WORKING_DRAFT))


def _shown(row: SubmissionRow, draft: str | None) -> Submission:
    return Submission(
        row.id, row.content_hash, tuple(json.loads(row.authors)), row.note, row.submitted_at,
        row.submitted_by, row.status, row.decided_by, row.why, row.edition, row.content_hash == draft,
    )  # fmt: skip
