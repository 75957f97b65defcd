"""What the policy teams report: questions, how many were answered clearly, gaps opened and closed, how
fast."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import statistics
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, cast, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cases.tables import CaseRow
from cases.workflow import OPEN
from guidelines.rulebook import RuleBook
from guidelines.store.tables import ReceiptRow

MOST_NAMED = 10


@dataclass(frozen=True)
class Day:
    """One day: rulings given, those that were clear, and which apps they were about."""

    day: dt.date
    questions: int = 0
    clear: int = 0
    opened: int = 0
    closed: int = 0
    apps: Counter[str] = field(default_factory=Counter, compare=False)


@dataclass(frozen=True)
class Overdue:
    """A guideline that its owner meant to look at again."""

    id: str
    title: str
    team: str
    review_by: dt.date
    days: int


@dataclass(frozen=True)
class Report:
    """The numbers of a stretch of days."""

    days: tuple[Day, ...]
    questions: int
    clear: int
    opened: int
    closed: int
    open_now: int
    late_now: int
    median_days: float | None
    apps: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    overdue: tuple[Overdue, ...]

    @property
    def share_clear(self) -> float | None:
        """The share of rulings that were clear, in percent."""
        return 100 * self.clear / self.questions if self.questions else None


class Reports:
    """Makes reports; remembers days that are over, since nothing is added to them any more."""

    def __init__(self, today: Callable[[], dt.date] = lambda: dt.datetime.now(dt.UTC).date()) -> None:
        self._today = today
        self._asked: dict[dt.date, tuple[int, int, Counter[str]]] = {}

    def report(self, session: Session, book: RuleBook | None, since: dt.date, until: dt.date) -> Report:
        """The numbers from `since` to `until`, both included (days in UTC)."""
        days = [since + dt.timedelta(days=n) for n in range((until - since).days + 1)]
        asked = self._receipts(session, days)
        opened = _per_day(session, CaseRow.first_at, since, until)
        closings = session.execute(
            select(CaseRow.first_at, CaseRow.closed_at).where(
                CaseRow.closed_at.is_not(None),
                CaseRow.closed_at >= _start(since),
                CaseRow.closed_at < _end(until),
            )
        ).all()
        closed = Counter(at.date() for _, at in closings if at)
        took = [(at - first).total_seconds() / 86400 for first, at in closings if at]
        shown = tuple(
            Day(day, asked[day][0], asked[day][1], opened[day], closed[day], asked[day][2]) for day in days
        )
        apps: Counter[str] = Counter()
        for day in shown:
            apps.update(day.apps)
        return Report(
            days=shown,
            questions=sum(day.questions for day in shown),
            clear=sum(day.clear for day in shown),
            opened=sum(opened.values()),
            closed=len(took),
            open_now=_count(session),
            late_now=_count(session, late=dt.datetime.now(dt.UTC)),
            median_days=statistics.median(took) if took else None,
            apps=tuple(apps.most_common(MOST_NAMED)),
            kinds=_kinds(session),
            overdue=overdue(book, self._today()) if book else (),
        )

    def _receipts(
        self, session: Session, days: Sequence[dt.date]
    ) -> dict[dt.date, tuple[int, int, Counter[str]]]:
        today = self._today()
        missing = [day for day in days if day not in self._asked or day >= today]
        if missing:
            fresh: dict[dt.date, list[tuple[bool, list[str]]]] = {day: [] for day in missing}
            rows = session.execute(
                select(ReceiptRow.at, ReceiptRow.outcome, ReceiptRow.enquiry).where(
                    ReceiptRow.at >= _start(missing[0]), ReceiptRow.at < _end(missing[-1])
                )
            )
            known: dict[str, list[str]] = {}
            for at, outcome, enquiry in rows:
                if enquiry not in known:
                    app = json.loads(enquiry).get("app") or []
                    known[enquiry] = [app] if isinstance(app, str) else list(app)
                if at.date() in fresh:
                    fresh[at.date()].append(('"unclear":null' in outcome, known[enquiry]))
            for day, met in fresh.items():
                counter = Counter(app for _, named in met for app in named)
                self._asked[day] = (len(met), sum(clear for clear, _ in met), counter)
        return {day: self._asked[day] for day in days}


def overdue(book: RuleBook, on: dt.date) -> tuple[Overdue, ...]:
    """The guidelines past the day by which their owners meant to look at them again, the longest overdue
    first."""
    found = [
        Overdue(g.id, g.title, g.owner.team if g.owner else "", g.review_by, (on - g.review_by).days)
        for g in book.corpus.guidelines
        if g.review_by is not None and g.overdue_on(on)
    ]
    return tuple(sorted(found, key=lambda one: one.review_by))


def as_csv(report: Report, table: str = "days") -> str:
    """A table of a report as CSV (RFC 4180): `days`, `summary`, `apps`, `kinds` or `overdue`.

    Raises:
        KeyError: there is no such table.
    """
    rows: dict[str, list[Sequence[object]]] = {
        "days": [
            ("day", "rulings", "answered clearly", "gaps opened", "gaps closed"),
            *((day.day.isoformat(), day.questions, day.clear, day.opened, day.closed) for day in report.days),
        ],
        "summary": [
            ("measure", "value"),
            ("first day", report.days[0].day.isoformat()),
            ("last day", report.days[-1].day.isoformat()),
            ("rulings", report.questions),
            ("answered clearly", report.clear),
            ("share answered clearly, percent", _rounded(report.share_clear)),
            ("gaps opened", report.opened),
            ("gaps closed", report.closed),
            ("median days to close", _rounded(report.median_days)),
            ("open now", report.open_now),
            ("overdue now", report.late_now),
        ],
        "apps": [("app", "rulings"), *report.apps],
        "kinds": [("kind", "open cases"), *report.kinds],
        "overdue": [
            ("guideline", "title", "team", "review by", "days late"),
            *((one.id, one.title, one.team, one.review_by.isoformat(), one.days) for one in report.overdue),
        ],
    }
    out = io.StringIO()
    csv.writer(out).writerows([_plain(cell) for cell in row] for row in rows[table])
    return out.getvalue()


def _rounded(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _plain(cell: object) -> object:
    """A spreadsheet must not take what somebody wrote for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell


def _start(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _end(day: dt.date) -> dt.datetime:
    return _start(day) + dt.timedelta(days=1)


def _per_day(
    session: Session, column: InstrumentedAttribute[dt.datetime], since: dt.date, until: dt.date
) -> Counter[dt.date]:
    """How many rows there are on each day, in UTC."""
    moment: Any = column
    if session.get_bind().dialect.name == "postgresql":
        moment = func.timezone("UTC", column)
    day = func.substr(cast(moment, String), 1, 10)
    rows = session.execute(
        select(day, func.count()).where(column >= _start(since), column < _end(until)).group_by(day)
    )
    return Counter({dt.date.fromisoformat(text): count for text, count in rows})


def _count(session: Session, late: dt.datetime | None = None) -> int:
    query = select(func.count()).where(CaseRow.status.in_(OPEN), CaseRow.merged_into.is_(None))
    if late is not None:
        query = query.where(CaseRow.due_at < late)
    return session.scalar(query) or 0


def _kinds(session: Session) -> tuple[tuple[str, int], ...]:
    rows = session.execute(
        select(CaseRow.unclear, func.count())
        .where(CaseRow.status.in_(OPEN), CaseRow.merged_into.is_(None))
        .group_by(CaseRow.unclear)
        .order_by(func.count().desc())
    )
    return tuple((kind, count) for kind, count in rows)
