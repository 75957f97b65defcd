"""The page where somebody links accounts elsewhere to themselves: a one-time code, and what is linked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from answers.channels import Because, ruled
from cases.privacy import load_key
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.vocabulary import Scheme
from web.door import door
from web.faults import Refusal
from web.linking import links
from web.rendering import page
from web.signin.guard import form_of, visitor_of
from web.storage import read, write

_VERDICTS = {
    Because.NO: "The guidelines do not let you use {app} on that device, so there is no code for it.",
    Because.UNCLEAR: (
        "The guidelines do not say clearly whether you may use {app} on that device, so there is no code "
        "for it."
    ),
}
_DEPENDS = (
    "Whether you may use {app} on that device depends on where you are: AskFirst looks at it each time."
)


async def get_linking(request: Request) -> Response:
    """What is linked to somebody, and a form for a code."""
    return await _show(request)


async def post_code(request: Request) -> Response:
    """Make a code for an account of a channel, unless the guidelines are against the channel itself."""
    form, person = form_of(request), visitor_of(request).person
    book = await door(request).book()
    channel = form.get("channel")
    if channel not in channels(request):
        raise Refusal(422, "choose a channel from the list")
    role, device = form.get("role"), form.get("device")
    given = {"channel": channel, "role": role, "device": device}
    if role not in _ids(book.vocabulary["role"]) or device not in _ids(book.vocabulary["device"]):
        return await _show(
            request,
            problem="Choose your role, and the device on which you use the app.",
            given=given,
            status=422,
        )
    app = door(request).desk.limits.of(channel).app
    note = ""
    if app is not None:
        because, _ = ruled(app, Enquiry.of({"role": role, "device": device}), book, dt.date.today())
        label = book.vocabulary["app"].label(app) if app in book.vocabulary["app"] else app
        if because in _VERDICTS:
            return await _show(request, problem=_VERDICTS[because].format(app=label), given=given, status=403)
        note = _DEPENDS.format(app=label) if because else ""
    key = load_key(door(request).settings.home)
    code = await write(
        request, lambda s: links.make_code(s, key, channel, person.id, person.name, role, device)
    )
    return await _show(request, code=code, note=note, given=given)


async def post_revoke(request: Request) -> Response:
    """Take one's own account back from AskFirst."""
    person = visitor_of(request).person
    number = form_of(request).get("link")

    def revoke(session: Session) -> None:
        for link in links.of_person(session, person.id):
            if str(link.id) == number:
                links.revoke(session, link)
                door(request).desk.forget_in(session, link.sender)

    await write(request, revoke)
    return RedirectResponse("/linking", 303)


def channels(request: Request) -> list[str]:
    """The channels that accounts can be linked in: those of the gateways."""
    return [channel for channel, _ in door(request).settings.gateway_tokens]


async def _show(
    request: Request,
    *,
    code: str = "",
    problem: str = "",
    note: str = "",
    given: Any = None,
    status: int = 200,
) -> Response:
    visitor = visitor_of(request)
    book = await door(request).book()
    mine = await read(request, lambda session: links.of_person(session, visitor.person.id))
    shown = [
        {
            "link": link,
            "account": links.masked(link.account),
            "role": _label(book, "role", link.role),
            "device": _label(book, "device", link.device),
        }
        for link in mine
    ]
    content = page(
        "linking/page.html",
        here="linking",
        demo=door(request).demo,
        edition=book.edition,
        visitor=visitor,
        channels=channels(request),
        roles=_choices(book.vocabulary["role"]),
        devices=_choices(book.vocabulary["device"]),
        minutes=int(links.LIFE.total_seconds() // 60),
        mine=shown,
        code=code,
        note=note,
        problem=problem,
        given={"channel": "", "role": "", "device": "", **(given or {})},
    )
    return HTMLResponse(content, status, headers={"cache-control": "no-store"})


def _choices(scheme: Scheme) -> list[tuple[str, str]]:
    return [(concept, scheme.label(concept)) for concept in scheme.values]


def _ids(scheme: Scheme) -> set[str]:
    return set(scheme.values)


def _label(book: RuleBook, dimension: str, concept: str | None) -> str:
    scheme = book.vocabulary[dimension]
    return scheme.label(concept) if concept and concept in scheme else "not given"
