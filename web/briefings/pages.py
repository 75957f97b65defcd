"""The form, the briefing under its receipt, and its files. Details travel in bodies, never in addresses."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from briefings import forms
from briefings.desk import Briefer, NoSuchBriefing
from briefings.model import Briefing
from guidelines.store.database import DatabaseAway
from web.bodies import fields
from web.briefings import form
from web.door import door
from web.faults import Refusal
from web.forms import Form
from web.rendering import page

T = TypeVar("T")

AT_ONCE = 1
"""How many briefings are made at a time: the others wait, and the conversation goes on beside them.
`python -m benchmarks.briefings` measures that."""


async def get_form(request: Request) -> Response:
    """The empty form."""
    book = await door(request).book()
    return HTMLResponse(_form_page(request, book, form.empty()))


async def post_form(request: Request) -> Response:
    """Make a briefing and go to it, or say what is wrong."""
    given = Form(await fields(request))
    book = await door(request).book()
    filled = form.read(given, book)
    if filled.posting is None:
        return HTMLResponse(_form_page(request, book, filled), 422)
    briefer = _briefer(request)
    briefing = await _beside(request, partial(briefer.brief, filled.posting, book=book, channel="web"))
    return RedirectResponse(f"/briefing/{briefing.receipt}", 303)


async def get_briefing(request: Request) -> Response:
    """A briefing that was made before."""
    text = await _beside(request, partial(_shown, request, request.path_params["receipt"]))
    return HTMLResponse(text)


async def get_file(request: Request) -> Response:
    """A briefing as a file: its ending says which form."""
    receipt, name = request.path_params["receipt"], request.path_params["name"]
    stem, _, form_name = name.rpartition(".")
    if stem != "briefing" or form_name not in forms.TYPES:
        raise Refusal(404, "there is nothing at this address")
    made = await _beside(request, lambda: forms.of(form_name, _briefer(request).find(receipt)))
    headers = {"content-disposition": f'attachment; filename="briefing-{_safe(receipt)}.{form_name}"'}
    return Response(made, media_type=forms.TYPES[form_name], headers=headers)


def _shown(request: Request, receipt: str) -> str:
    briefing: Briefing = _briefer(request).find(receipt)
    return page(
        "briefings/briefing.html",
        here="briefing",
        demo=door(request).demo,
        edition=briefing.edition,
        b=briefing,
        inside=forms.body(briefing),
    )


def _form_page(request: Request, book: Any, filled: form.Filled) -> str:
    scheme = book.vocabulary["device"]
    return page(
        "briefings/form.html",
        here="briefing",
        demo=door(request).demo,
        edition=book.edition,
        filled=filled,
        countries=form.names(book, "country"),
        roles=form.names(book, "role"),
        devices=[(device, scheme.label(device)) for device in scheme.values],
    )


def _briefer(request: Request) -> Briefer:
    state = request.app.state
    if not hasattr(state, "briefer"):
        here = door(request)
        state.briefer = Briefer(here.settings, here.database, here.books)
    held: Briefer = state.briefer
    return held


async def _beside(request: Request, work: Callable[[], T]) -> T:
    """Do work beside the event loop, a few at a time.

    Raises:
        Refusal: 404 for a receipt of no briefing, 503 while the database is away.
    """
    state = request.app.state
    if not hasattr(state, "briefing_limit"):
        state.briefing_limit = CapacityLimiter(AT_ONCE)
    try:
        return await run_sync(work, limiter=state.briefing_limit)
    except NoSuchBriefing:
        raise Refusal(404, "no briefing has that receipt: check the number on it") from None
    except DatabaseAway:
        raise Refusal(
            503, "the briefing could not be recorded or read right now: try again soon", {"retry-after": "10"}
        ) from None


def _safe(receipt: str) -> str:
    return "".join(c for c in receipt if c.isascii() and (c.isalnum() or c == "-"))[:40]
