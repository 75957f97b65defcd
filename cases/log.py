"""Writing gaps down: in the caller's transaction, one case for each distinct gap, with a count."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cases import notices, upkeep
from cases.gap import Gap
from cases.tables import CaseRow, OccurrenceRow
from guidelines.rules import Owner
from guidelines.ruling import Unclear

STATUSES = ("new", "in-review", "decided", "published", "declined")


@dataclass(frozen=True, slots=True)
class Case:
    """A case as people see it."""

    number: str
    unclear: str
    subject: str
    about: Mapping[str, Any]
    team: str
    contact: str
    status: str
    count: int
    first_at: dt.datetime
    last_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Once that a gap was met. `text` is redacted, and None once it was deleted."""

    at: dt.datetime
    asker: str
    channel: str
    details: Mapping[str, Any]
    receipt: str | None
    edition: int | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Met:
    """How a gap was met this time. `text` must be redacted already; `asker` is a keyed hash, never an id."""

    asker: str
    channel: str
    text: str | None = None
    receipt: str | None = None
    edition: int | None = None
    spooled: str | None = None
    at: dt.datetime | None = None


def number_of(row_id: int) -> str:
    """The number people know a case by."""
    return f"C-{row_id:04d}"


def record(session: Session, gap: Gap, owner: Owner, subject: str, met: Met) -> Case:
    """Write a gap down in the caller's transaction: a new case, or one more occurrence of an old one.

    Args:
        subject: the gap in a few words for people, such as "Blorply: no such app is catalogued".
    """
    now = met.at or dt.datetime.now(dt.UTC)
    own = _case(session, gap, owner, subject, now)
    row = upkeep.target(session, own)
    asker = notices.recorded_as(session, met.asker)
    upkeep.met(session, row, asker=asker, text=met.text, at=now)
    session.add(
        OccurrenceRow(
            case_id=own.id,
            at=now,
            asker=asker,
            channel=met.channel,
            receipt=met.receipt,
            edition=met.edition,
            text=met.text,
            spooled=met.spooled,
            **{dimension: _dumped(value) for dimension, value in gap.enquiry.as_dict().items()},
        )
    )
    session.execute(
        update(CaseRow)
        .where(CaseRow.id == row.id)
        .values(count=CaseRow.count + 1, last_at=max(now, row.last_at))
        .execution_options(synchronize_session=False)
    )
    session.flush()
    session.refresh(row)
    return _shown(row)


def _case(session: Session, gap: Gap, owner: Owner, subject: str, now: dt.datetime) -> CaseRow:
    key = gap.key(owner.team)
    wanted = select(CaseRow).where(CaseRow.key == key)
    row = session.scalar(wanted)
    if row is not None:
        return row
    row = CaseRow(
        key=key,
        unclear=str(gap.unclear),
        subject=subject,
        about=json.dumps(gap.about(), ensure_ascii=False, sort_keys=True),
        team=owner.team,
        contact=owner.contact,
        status=STATUSES[0],
        count=0,
        first_at=now,
        last_at=now,
    )
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        # Somebody met the same gap at the same moment and was first.
        return session.scalars(wanted).one()
    return row


def listed(session: Session, *, unclear: str | None = None, status: str | None = None) -> Iterator[Case]:
    """The cases, the most often met first."""
    query = select(CaseRow).where(CaseRow.merged_into.is_(None))
    query = query.order_by(CaseRow.count.desc(), CaseRow.last_at.desc(), CaseRow.id)
    if unclear:
        query = query.where(CaseRow.unclear == unclear)
    if status:
        query = query.where(CaseRow.status == status)
    for row in session.scalars(query):
        yield _shown(row)


def find(session: Session, number: str) -> Case | None:
    """The case of that number ("C-0012", "c-12" or "12"), or None."""
    row = _row(session, number)
    return _shown(row) if row else None


def occurrences(session: Session, number: str) -> Sequence[Occurrence]:
    """Every time the case of that number was met, the oldest first; empty when there is no such case."""
    case = _row(session, number)
    if case is None:
        return ()
    ids = upkeep.members(session, case.id)
    rows = session.scalars(
        select(OccurrenceRow).where(OccurrenceRow.case_id.in_(ids)).order_by(OccurrenceRow.id)
    )
    return [
        Occurrence(
            row.at,
            row.asker,
            row.channel,
            {
                dimension: _loaded(getattr(row, dimension))
                for dimension in ("role", "device", "country", "app")
            },
            row.receipt,
            row.edition,
            row.text,
        )
        for row in rows
    ]


def already_spooled(session: Session, spooled: str) -> bool:
    """Whether a spooled question was read back before."""
    found = session.scalar(select(OccurrenceRow.id).where(OccurrenceRow.spooled == spooled))
    return found is not None


def forget_text(session: Session, before: dt.datetime) -> int:
    """Delete the words of occurrences older than `before`; the counts stay. How many were deleted.

    The subject of a message that was not understood is made of its words: it goes when the last of them goes.
    """
    old = (
        update(OccurrenceRow)
        .where(OccurrenceRow.at < before, OccurrenceRow.text.is_not(None))
        .values(text=None)
        .execution_options(synchronize_session=False)
    )
    deleted = session.execute(old).rowcount  # type: ignore[attr-defined]
    session.execute(
        update(CaseRow)
        .where(CaseRow.unclear == Unclear.NOT_UNDERSTOOD, CaseRow.last_at < before)
        .values(subject="a message that was not understood (its words were deleted)", about="{}")
        .execution_options(synchronize_session=False)
    )
    return deleted


def _row(session: Session, number: str) -> CaseRow | None:
    digits = number.strip().upper().removeprefix("C-")
    return (
        session.get(CaseRow, int(digits))
        if digits.isascii() and digits.isdigit() and len(digits) < 10
        else None
    )


def _shown(row: CaseRow) -> Case:
    return Case(
        number_of(row.id),
        row.unclear,
        row.subject,
        json.loads(row.about),
        row.team,
        row.contact,
        row.status,
        row.count,
        row.first_at,
        row.last_at,
    )


def _dumped(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value)


def _loaded(value: str | None) -> Any:
    return json.loads(value) if value and value.startswith("[") else value
