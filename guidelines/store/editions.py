"""Drafts and editions: a draft is worked on, a published edition never changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from guidelines.lint import Finding, errors, lint
from guidelines.rules import Corpus
from guidelines.store import audit, content
from guidelines.store.database import Database
from guidelines.store.tables import AuditRow, DraftRow, EditionRow

WORKING_DRAFT = "working"
_CHANGED = "draft changed"
_PUBLISHED = "published"
# An audit row of one of these ends what was written before it.
_ENDINGS = (_PUBLISHED, "draft discarded")
_TRIES = 5
_LONGEST_NAME = 200


class CannotPublish(Exception):
    """Why a draft may not be published; `findings` holds the lint errors where those are the reason."""

    def __init__(self, why: str, findings: Sequence[Finding] = ()) -> None:
        self.findings = tuple(findings)
        self.problems = (why, *(finding.message for finding in findings))
        super().__init__(why)


class Overtaken(CannotPublish):
    """Another edition came out since the draft was begun."""


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


def first_broken(session: Session) -> str | None:
    """What is wrong with the first edition that is not as it was published; None when all are.

    The audit log says of every edition who approved it, and its hash.
    """
    noted = {
        row.subject: (row.who, row.after)
        for row in session.scalars(select(AuditRow).where(AuditRow.action == _PUBLISHED))
    }
    there = {edition.number: edition for edition in listed(session)}
    for number in range(1, max(len(noted), *there, 0) + 1):
        edition = there.get(number)
        if edition is None:
            return f"edition {number} is missing"
        try:
            corpus_of(session, number)
        except ValueError:
            return f"edition {number} was changed after it was published"
        if noted.get(_subject(number)) != (edition.approved_by, edition.content_hash):
            return f"edition {number} is not the one that the audit log says was published"
    return None


def _subject(number: int) -> str:
    return f"edition {number}"


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
    audit.note(session, who, _CHANGED, WORKING_DRAFT, before, digest)
    return digest


def discard_draft(session: Session, who: str) -> bool:
    """Throw the working draft away; whether there was one."""
    row = session.get(DraftRow, WORKING_DRAFT)
    if row is None:
        return False
    audit.note(session, who, "draft discarded", WORKING_DRAFT, row.content_hash, None)
    session.delete(row)
    return True


def authors_of_draft(session: Session) -> list[str]:
    """Everybody who changed the draft since it was begun, the last one first."""
    rows = session.execute(
        select(AuditRow.who, AuditRow.action)
        .where(AuditRow.action.in_((_CHANGED, *_ENDINGS)))
        .order_by(AuditRow.seq.desc())
    )
    found: list[str] = []
    for who, action in rows:
        if action in _ENDINGS:
            break
        if who not in found:
            found.append(who)
    return found


def publish(
    database: Database,
    *,
    approved_by: str,
    note: str = "",
    on: dt.date | None = None,
    content_hash: str | None = None,
) -> Edition:
    """Publish the working draft as the next edition, in one transaction.

    Args:
        content_hash: what was looked at; a draft that holds anything else by now is not published.

    Raises:
        CannotPublish: there is no draft, lint found errors, the approver is one of those who wrote it, or
            somebody changed the draft or published meanwhile.
        DatabaseAway: nothing was published.
    """
    with database.reading() as session:
        current = draft(session)
        authors = authors_of_draft(session)
    if current is None:
        raise CannotPublish("there is no draft to publish")
    if content_hash not in (None, current.content_hash):
        raise CannotPublish("somebody changed the draft meanwhile: look at it again")
    _refuse(current.corpus, (*authors, current.changed_by), approved_by, on)
    with database.transaction() as session:
        row = session.get(DraftRow, WORKING_DRAFT, with_for_update=True)
        if row is None or row.content_hash != current.content_hash:
            raise CannotPublish("somebody changed the draft meanwhile: look at it again")
        return _append(session, row, approved_by, note)


def publish_change(
    database: Database,
    change: Callable[[Corpus | None], Corpus],
    *,
    changed_by: str,
    approved_by: str,
    note: str = "",
    on: dt.date | None = None,
) -> tuple[Corpus, Edition]:
    """Change the working copy and publish it at once: both happen, or neither.

    What `changed_by` left in the draft before goes out too; a draft of anybody else is in the way.

    Args:
        change: makes the new content of the draft, else of the newest edition, else of nothing. It is called
            again when somebody else published or changed the draft meanwhile.

    Raises:
        CannotPublish, DatabaseAway: as `publish` does; the draft is as it was before.
    """
    for _ in range(_TRIES):
        with database.reading() as session:
            seen, base = _state(session), working_corpus(session)
            others = [who for who in authors_of_draft(session) if seen[0] and who != changed_by]
        if others:
            raise CannotPublish(
                f"`{others[0]}` has an unpublished draft, which would go out with this: have it published or "
                "discarded first"
            )
        corpus = change(base)
        _refuse(corpus, (changed_by,), approved_by, on)
        with suppress(IntegrityError, Overtaken), database.transaction() as session:
            if _save_if_still(session, seen, corpus, changed_by):
                row = session.get_one(DraftRow, WORKING_DRAFT)
                return corpus, _append(session, row, approved_by, note)
    raise CannotPublish("others keep publishing at the same time, so nothing was published: try again")


def change_draft(database: Database, change: Callable[[Corpus | None], Corpus], who: str) -> Corpus:
    """Change the working copy and keep it as the draft; `change` is as in `publish_change`.

    Raises:
        CannotPublish: others keep changing the draft at the same time.
        DatabaseAway: the draft is as it was before.
    """
    for _ in range(_TRIES):
        with database.reading() as session:
            seen, base = _state(session), working_corpus(session)
        corpus = change(base)
        with suppress(IntegrityError), database.transaction() as session:
            if _save_if_still(session, seen, corpus, who):
                return corpus
    raise CannotPublish("others keep changing the draft at the same time, so nothing was changed: try again")


def _save_if_still(session: Session, seen: tuple[str | None, int | None], corpus: Corpus, who: str) -> bool:
    """Save a draft that was made from `seen`; False, and nothing saved, when that is not the state any more.

    Raises:
        IntegrityError: somebody else began a draft in the same moment.
    """
    session.get(DraftRow, WORKING_DRAFT, with_for_update=True)
    if _state(session) != seen:
        return False
    save_draft(session, corpus, who)
    if seen[0] is None:
        # Somebody else's edition may have come in since the look above.
        session.get_one(DraftRow, WORKING_DRAFT).base_edition = seen[1]
    session.flush()
    return True


def _state(session: Session) -> tuple[str | None, int | None]:
    """What a change was made from: the hash of the draft, and the newest edition."""
    drafted = session.scalar(select(DraftRow.content_hash).where(DraftRow.name == WORKING_DRAFT))
    return drafted, newest(session)


def _refuse(corpus: Corpus, authors: Iterable[str], approved_by: str, on: dt.date | None) -> None:
    """Raise CannotPublish unless a second person approves what lint finds no errors in."""
    if not approved_by.strip():
        raise CannotPublish("nobody approved the draft: a second person has to")
    if len(approved_by) > _LONGEST_NAME:
        raise CannotPublish(f"the approver's name is longer than {_LONGEST_NAME} characters")
    if approved_by.strip().casefold() in {author.strip().casefold() for author in authors}:
        raise CannotPublish(f"`{approved_by}` wrote the draft: a second person has to approve it")
    wrong = errors(lint(corpus, on or dt.date.today(), whole_space=False))
    if wrong:
        count = "1 error" if len(wrong) == 1 else f"{len(wrong)} errors"
        raise CannotPublish(f"lint found {count} in the draft", wrong)


def _append(session: Session, row: DraftRow, approved_by: str, note: str) -> Edition:
    """Make the draft the next edition, in the caller's transaction."""
    last = newest(session)
    if row.base_edition != last:
        raise Overtaken(
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
    audit.note(session, approved_by, _PUBLISHED, _subject(edition.number), None, edition.content_hash)
    session.flush()
    return Edition(
        edition.number,
        edition.content_hash,
        edition.published_at,
        edition.submitted_by,
        approved_by,
        note,
    )
