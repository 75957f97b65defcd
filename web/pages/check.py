"""The form: details in, ruling out. The details travel in the body, never in an address."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from guidelines.store.database import DatabaseAway
from guidelines.vocabulary import DIMENSIONS
from web.api.rulings import day
from web.bodies import form
from web.door import door
from web.faults import Refusal
from web.pages.cards import about, card
from web.pages.fields import Field, empty_fields, read_fields
from web.rendering import page


async def get_check(request: Request) -> Response:
    """The empty form."""
    book = await door(request).book()
    return HTMLResponse(_page(request, book.edition, empty_fields(book)))


async def post_check(request: Request) -> Response:
    """The form with its ruling, or with what is wrong in it."""
    given = await form(request)
    here = door(request)
    book = await here.book()
    fields = read_fields(book, given)
    written = given.get("on", "").strip()
    on, day_error = None, ""
    try:
        on = day(written or None)
    except Refusal:
        day_error = "The day must be a date such as 2026-03-31."
    if day_error or any(field.error for field in fields):
        wrong = _page(request, book.edition, fields, day=written, day_error=day_error, wrong=True)
        return HTMLResponse(wrong, 422)
    details: dict[str, Any] = {field.dimension: field.concept or None for field in fields}
    try:
        reply = await run_sync(partial(here.desk.rule, details, channel="web", on=on))
    except DatabaseAway:
        raise Refusal(
            503, "the ruling could not be recorded right now, so none is given: try again soon"
        ) from None
    context = {dimension: reply.payload["context"].get(dimension) for dimension in DIMENSIONS}
    # There is no conversation to go on with here.
    shown = replace(card(reply.text, (), reply.payload, book), quick=())
    return HTMLResponse(
        _page(request, book.edition, fields, day=written, cards=[shown], about=about(context, book))
    )


def _page(request: Request, edition: int | None, fields: list[Field], **shown: Any) -> str:
    context: dict[str, Any] = {"day": "", "day_error": "", "wrong": False, "cards": [], "about": "", **shown}
    return page(
        "check/page.html",
        here="check",
        demo=door(request).demo,
        edition=edition,
        form_fields=fields,
        **context,
    )
