"""The inbox: which cases there are, filtered, searched and in order, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from cases import weight
from cases.anonymity import Masks
from cases.tables import CaseRow
from cases.workflow import OPEN

PAGE = 25
ORDERS = ("weight", "latest", "due", "oldest")
_SOON = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list. Empty means any; `status` may be "open"."""

    status: str = "open"
    unclear: str = ""
    team: str = ""
    assignee: str = ""
    words: str = ""
    order: str = "weight"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the inbox."""

    id: int
    unclear: str
    subject: str
    team: str
    status: str
    assignee: str | None
    people: int
    count: int
    weight: float
    first_at: dt.datetime
    last_at: dt.datetime
    due_at: dt.datetime | None
    overdue: bool
    urgent: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of the inbox, and how many cases there are on all of them."""

    cases: tuple[Listed, ...]
    total: int
    page: int
    pages: int


def inbox(
    session: Session, wanted: Wanted, masks: Masks | None = None, now: dt.datetime | None = None
) -> Inbox:
    """The cases that are wanted, their subjects as far as `masks` lets them be shown."""
    now = now or dt.datetime.now(dt.UTC)
    conditions = _conditions(wanted)
    total = session.scalar(select(func.count()).select_from(CaseRow).where(*conditions)) or 0
    pages = max(1, -(-total // PAGE))
    page = min(max(1, wanted.page), pages)
    query = _ordered(select(CaseRow).where(*conditions), wanted.order)
    rows = session.scalars(query.offset((page - 1) * PAGE).limit(PAGE)).all()
    return Inbox(tuple(_lines(session, rows, masks, now)), total, page, pages)


def counts(session: Session) -> dict[str, int]:
    """How many cases there are in each state."""
    rows = session.execute(
        select(CaseRow.status, func.count()).where(CaseRow.merged_into.is_(None)).group_by(CaseRow.status)
    )
    return {status: count for status, count in rows}  # noqa: C416 - rows are no pairs to mypy


def teams(session: Session) -> list[str]:
    """The teams that have cases."""
    return sorted(session.scalars(select(CaseRow.team).distinct()))


def assignees(session: Session) -> list[str]:
    """The people who have cases."""
    found = session.scalars(select(CaseRow.assignee).where(CaseRow.assignee.is_not(None)).distinct())
    return sorted(name for name in found if name)


def lines(session: Session, ids: Collection[int], masks: Masks | None = None) -> list[Listed]:
    """The lines of some cases, the heaviest first."""
    rows = session.scalars(select(CaseRow).where(CaseRow.id.in_(ids)).order_by(CaseRow.heat.desc())).all()
    return _lines(session, rows, masks, dt.datetime.now(dt.UTC))


def _lines(session: Session, rows: Sequence[CaseRow], masks: Masks | None, now: dt.datetime) -> list[Listed]:
    subjects = masks.subjects(session, rows) if masks else [row.subject for row in rows]
    return [_listed(row, subject, now) for row, subject in zip(rows, subjects, strict=True)]


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [CaseRow.merged_into.is_(None)]
    if wanted.status == "open":
        conditions.append(CaseRow.status.in_(OPEN))
    elif wanted.status:
        conditions.append(CaseRow.status == wanted.status)
    if wanted.unclear:
        conditions.append(CaseRow.unclear == wanted.unclear)
    if wanted.team:
        conditions.append(CaseRow.team == wanted.team)
    if wanted.assignee == "nobody":
        conditions.append(CaseRow.assignee.is_(None))
    elif wanted.assignee:
        conditions.append(CaseRow.assignee == wanted.assignee)
    number = wanted.words.strip().upper().removeprefix("C-")
    for word in wanted.words.split()[:8]:
        found = CaseRow.subject.icontains(word, autoescape=True)
        by_number = number.isascii() and number.isdigit() and len(number) < 10
        conditions.append(or_(found, CaseRow.id == int(number)) if by_number else found)
    return conditions


def _ordered(query: Select[CaseRow], order: str) -> Select[CaseRow]:
    match order:
        case "latest":
            return query.order_by(CaseRow.last_at.desc(), CaseRow.id.desc())
        case "due":
            return query.order_by(CaseRow.due_at.is_(None), CaseRow.due_at, CaseRow.id)
        case "oldest":
            return query.order_by(CaseRow.first_at, CaseRow.id)
    return query.order_by(CaseRow.heat.desc(), CaseRow.id)


def _listed(row: CaseRow, subject: str, now: dt.datetime) -> Listed:
    return Listed(
        id=row.id,
        unclear=row.unclear,
        subject=subject,
        team=row.team,
        status=row.status,
        assignee=row.assignee,
        people=row.people,
        count=row.count,
        weight=weight.weight(row.heat, now),
        first_at=row.first_at,
        last_at=row.last_at,
        due_at=row.due_at,
        overdue=row.due_at is not None and row.due_at < now,
        urgent=row.urgent_at is not None and now - row.urgent_at < _SOON and row.status in OPEN,
    )
