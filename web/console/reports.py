"""Reports: questions, how many were answered clearly, gaps opened and closed; as charts, tables and CSV."""

from __future__ import annotations

import datetime as dt
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from cases.reports import Report, Reports, as_csv
from guidelines.rulebook import RuleBook
from web.console import charts
from web.console.frame import database_of, show
from web.door import door
from web.faults import Refusal
from web.pages import words

TABLES = {
    "days": "Each day",
    "summary": "Summary",
    "apps": "Asked about most",
    "kinds": "Open cases by kind",
    "overdue": "Guidance past its review date",
}
SPANS = {"7": "7 days", "30": "30 days", "90": "90 days", "365": "a year"}


async def get_reports(request: Request) -> Response:
    """The page of reports."""
    days = _span(request)
    book, report = await _report(request, days)
    labels = [f"{day.day.day} {day.day:%b}" for day in report.days]
    context: dict[str, Any] = {
        "asked": charts.lines(
            [("rulings", [d.questions for d in report.days]), ("clear", [d.clear for d in report.days])],
            labels,
            f"Rulings given each day in {SPANS[days]}, and those that were clear",
        ),
        "gaps": charts.lines(
            [("opened", [d.opened for d in report.days]), ("closed", [d.closed for d in report.days])],
            labels,
            f"Gaps opened and closed each day in {SPANS[days]}",
        ),
        "apps": [(book.vocabulary["app"].label(app), count) for app, count in report.apps],
        "kinds": [(words.UNCLEAR.get(kind, kind), count) for kind, count in report.kinds],
    }
    return show(
        request,
        "reports.html",
        "reports",
        edition=book.edition,
        report=report,
        span=days,
        spans=SPANS,
        bar=charts.bar,
        tables=TABLES,
        **context,
    )


async def get_reports_csv(request: Request) -> Response:
    """A table of the report as CSV: by default its days."""
    days, table = _span(request), request.query_params.get("table", "days")
    if table not in TABLES:
        raise Refusal(404, "there is no such table")
    _, report = await _report(request, days)
    return Response(
        as_csv(report, table),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="askfirst-{table}-{days}-days.csv"'},
    )


def _span(request: Request) -> str:
    days = request.query_params.get("days", "30")
    if days not in SPANS:
        raise Refusal(404, "there is no report of that many days")
    return days


async def _report(request: Request, days: str) -> tuple[RuleBook, Report]:
    book = await door(request).book()
    reports = _reports(request)

    def read() -> Report:
        until = dt.datetime.now(dt.UTC).date()
        with database_of(request).reading() as session:
            return reports.report(session, book, until - dt.timedelta(days=int(days) - 1), until)

    return book, await run_sync(read)


def _reports(request: Request) -> Reports:
    """The reports of this front door, which remember the days that are over."""
    state = request.app.state
    if not hasattr(state, "reports"):
        state.reports = Reports()
    found: Reports = state.reports
    return found
