"""The inbox: gaps by weight, filtered and searched. Filters are in the address, so a view can be kept."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from sqlalchemy import select
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from cases import inbox, similar, workflow
from cases.anonymity import Masks
from cases.tables import CaseRow
from cases.workflow import OPEN, CannotDo
from guidelines.ruling import Unclear
from guidelines.store.database import Database
from web.console.cases import change
from web.console.frame import database_of, number_field, onwards, person_of, show
from web.console.words import STATUSES
from web.door import door
from web.faults import Refusal
from web.signin.guard import form_of, own_place

_MOST_GROUPED = 500
_MOST_ASSIGNED = 100
_ORDERS = {"weight": "Heaviest first", "latest": "Latest first", "due": "Due first", "oldest": "Oldest first"}
_LONGEST = 200


async def get_inbox(request: Request) -> Response:
    """The list of cases."""
    wanted = _wanted(request)
    found = await run_sync(_read, database_of(request), wanted, await _masks(request))
    return show(
        request,
        "inbox.html",
        "inbox",
        wanted=wanted,
        orders=_ORDERS,
        kinds=[str(kind) for kind in Unclear],
        statuses=STATUSES,
        me=person_of(request).name,
        here_again=_address(wanted),
        pages=_pages(wanted, found["inbox"]),
        **found,
    )


async def get_similar(request: Request) -> Response:
    """Messages that may mean the same, group by group."""
    groups = await run_sync(_groups, database_of(request), await _masks(request))
    return show(request, "similar.html", "inbox", groups=groups)


async def post_merge(request: Request) -> Response:
    """Count all the cases of a group for its first one; each can be split off again."""
    form, who, into = form_of(request), person_of(request).name, number_field(request, "into")
    given = [text for text in form.all("case") if text.isascii() and text.isdigit() and len(text) < 10]

    def merge(session: Session) -> None:
        for text in given[:_MOST_GROUPED]:
            workflow.merge(session, int(text), into, who)

    try:
        await change(request, merge)
    except CannotDo as error:
        raise Refusal(422, str(error).rstrip(".")) from None
    return onwards("/console/similar", "many-merged")


async def _masks(request: Request) -> Masks:
    here = door(request)
    return Masks((await here.book()).vocabulary, here.settings.small_group)


async def post_assign(request: Request) -> Response:
    """Give the cases that are ticked to somebody."""
    form, who = form_of(request), person_of(request).name
    given = [text for text in form.all("case") if text.isascii() and text.isdigit() and len(text) < 10]
    back = own_place(form.get("back"))
    if not given:
        return onwards(back, "none-ticked")

    def assign(session: Session) -> None:
        for text in given[:_MOST_ASSIGNED]:
            workflow.assign(session, int(text), form.get("assignee"), who)

    try:
        await change(request, assign)
    except CannotDo as error:
        raise Refusal(422, str(error).rstrip(".")) from None
    return onwards(back, "many-assigned")


def _wanted(request: Request) -> inbox.Wanted:
    query = request.query_params
    page = query.get("page", "1")
    order = query.get("order", "weight")
    return inbox.Wanted(
        status=query.get("status", "open")[:_LONGEST],
        unclear=query.get("unclear", "")[:_LONGEST],
        team=query.get("team", "")[:_LONGEST],
        assignee=query.get("assignee", "")[:_LONGEST],
        words=query.get("words", "")[:_LONGEST],
        order=order if order in inbox.ORDERS else "weight",
        page=int(page) if page.isascii() and page.isdigit() and len(page) < 6 else 1,
    )


def _read(database: Database, wanted: inbox.Wanted, masks: Masks) -> dict[str, Any]:
    with database.reading() as session:
        return {
            "inbox": inbox.inbox(session, wanted, masks),
            "counts": inbox.counts(session),
            "teams": inbox.teams(session),
            "assignees": inbox.assignees(session),
        }


def _groups(database: Database, masks: Masks) -> list[list[inbox.Listed]]:
    with database.reading() as session:
        rows = session.execute(
            select(CaseRow.id, CaseRow.subject)
            .where(
                CaseRow.unclear == Unclear.NOT_UNDERSTOOD,
                CaseRow.status.in_(OPEN),
                CaseRow.merged_into.is_(None),
            )
            .order_by(CaseRow.heat.desc())
            .limit(_MOST_GROUPED)
        ).all()
        groups = similar.groups((case_id, subject) for case_id, subject in rows)
        return [inbox.lines(session, group, masks) for group in groups]


def _pages(wanted: inbox.Wanted, found: inbox.Inbox) -> dict[str, Any] | None:
    """The links to other pages, as the pagination component takes them."""
    if found.pages < 2:
        return None

    def link(page: int) -> str:
        return _address(replace(wanted, page=page))

    near = [n for n in range(1, found.pages + 1) if n in (1, found.pages) or abs(n - found.page) < 2]
    items: list[dict[str, Any]] = []
    for position, page in enumerate(near):
        if position and page - near[position - 1] > 1:
            items.append({"ellipsis": True})
        items.append({"number": page, "href": link(page), "current": page == found.page})
    return {
        "items": items,
        "previous": {"href": link(found.page - 1)} if found.page > 1 else None,
        "next": {"href": link(found.page + 1)} if found.page < found.pages else None,
    }


def _address(wanted: inbox.Wanted) -> str:
    """The address of what is listed."""
    given = {key: value for key, value in asdict(wanted).items() if value}
    return f"/console?{urlencode(given)}"
