"""The audit log: who changed what, when, from what to what. It is read here, and nowhere changed."""

from __future__ import annotations

import csv
import io
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy import Select, select
from starlette.requests import Request
from starlette.responses import Response

from guidelines.store.tables import AuditRow
from web.console.frame import database_of, show
from web.console.words import step_words

_PAGE = 50
_MOST_IN_CSV = 50_000


async def get_audit(request: Request) -> Response:
    """The latest rows first, filtered by person and subject."""
    who, subject = (request.query_params.get(key, "").strip()[:200] for key in ("who", "subject"))
    before = request.query_params.get("before", "")
    last = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None

    def read() -> tuple[list[AuditRow], list[str]]:
        with database_of(request).reading() as session:
            query = _query(who, subject)
            if last is not None:
                query = query.where(AuditRow.seq < last)
            rows = list(session.scalars(query.limit(_PAGE + 1)))
            session.expunge_all()
            people = sorted(session.scalars(select(AuditRow.who).distinct()))
            return rows, people

    rows, people = await run_sync(read)
    return show(
        request, "audit.html", "audit", rows=rows[:_PAGE], more=rows[_PAGE - 1].seq if len(rows) > _PAGE
        else None,
        who=who, subject=subject, people=people, step_words=step_words,
    )  # fmt: skip


async def get_audit_csv(request: Request) -> Response:
    """The audit log as CSV."""

    def read() -> str:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(["number", "at", "who", "action", "subject", "before", "after"])
        with database_of(request).reading() as session:
            for row in session.scalars(_query("", "").limit(_MOST_IN_CSV)):
                writer.writerow([_safe(value) for value in _values(row)])
        return out.getvalue()

    return Response(
        await run_sync(read),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": 'attachment; filename="askfirst-audit.csv"'},
    )


def _query(who: str, subject: str) -> Select[AuditRow]:
    query = select(AuditRow).order_by(AuditRow.seq.desc())
    if who:
        query = query.where(AuditRow.who == who)
    if subject:
        query = query.where(AuditRow.subject.icontains(subject, autoescape=True))
    return query


def _values(row: AuditRow) -> tuple[Any, ...]:
    return row.seq, row.at.isoformat(), row.who, row.action, row.subject, row.before, row.after


def _safe(value: Any) -> Any:
    """A spreadsheet must not take what somebody wrote for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


async def get_help(request: Request) -> Response:
    """Keys, and what each page is for."""
    return show(request, "help.html", "help")
