"""What gateways ask for, under /api/v1/gateway: answers, links, forgetting, and what is to be told."""

from __future__ import annotations

import asyncio
import re
import time
from typing import Any
from weakref import WeakValueDictionary

from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from answers.channels import Standing
from answers.reply import Reply
from cases import notices
from cases.privacy import load_key, pseudonym
from guidelines.rulebook import RuleBook
from web.api.messages import message_text
from web.bodies import json_object
from web.door import door
from web.faults import Refusal
from web.gateways import turns
from web.gateways.guard import channel_of
from web.limits import Buckets, Pace
from web.linking import links
from web.linking.links import CannotLink, Link
from web.pages.cards import card
from web.storage import read, write
from web.turns import RETRY_AFTER

_MOST_ID = 100
# How long a gateway may wait for something to tell, and how often is looked meanwhile.
LONGEST_WAIT, LOOK_EVERY = 20.0, 1.0
_PAGE = re.compile(r"(?<![\w/.])/(?:check|briefing|linking)\b")
# Codes that an account may try: a few slips at once, then one a minute.
TRIES = Pace(burst=5, per_second=1 / 60)
_tries = Buckets(TRIES)
# Messages at work: one that is asked for again meanwhile waits for the answer of the first.
_asked: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()


async def post_message(request: Request) -> Response:
    """Answer a message of an account: as the person it is linked to, or as nobody.

    The same `message` id of an account gets the same answer again, also while the first is at work. What is
    `written` can be `edited` later: then it is taken back first.
    """
    given, channel = await json_object(request), channel_of(request)
    account, message = _id(given, "account"), _id(given, "message")
    text = message_text(given.get("text"))
    written = {"id": _id(given, "written"), "edited": _flag(given, "edited")} if "written" in given else None
    key = pseudonym(load_key(door(request).settings.home), f"{channel}\n{account}\n{message}\n{text}")
    async with _asked.setdefault(key, asyncio.Lock()):
        return await _answer(request, channel, account, key, text, written)


async def _answer(
    request: Request, channel: str, account: str, key: str, text: str, written: dict[str, Any] | None
) -> Response:
    here = door(request)

    def before(session: Session) -> tuple[Any, Link | None]:
        return turns.find(session, key), links.find(session, channel, account)

    answer, link = await read(request, before)
    if answer is not None:
        return JSONResponse(answer)
    sender = link.sender if link else links.sender_in(channel, account)
    known = {**_known(link), **({"message": written} if written else {})}
    turn = await here.turns.say(sender, text, channel, known)
    book = await _book(request)
    address = here.settings.public_address
    answer = {
        "replies": [
            _shown(_elsewhere(reply.text, address), reply.buttons, reply.payload, book)
            for reply in turn.replies
        ],
        "linked": link is not None,
    }
    if turn.failed:
        return JSONResponse(answer, 503, headers={"retry-after": str(RETRY_AFTER)})

    def after(session: Session) -> None:
        turns.keep(session, key, answer)
        if link is not None:
            links.used(session, link)

    await write(request, after)
    return JSONResponse(answer)


async def post_link(request: Request) -> Response:
    """Link an account by a one-time code; 422 with a line for the person when that cannot be."""
    given, channel = await json_object(request), channel_of(request)
    account, code = _id(given, "account"), _id(given, "code")
    wait = _tries.wait(f"{channel}\n{account}")
    if wait:
        raise Refusal(429, "too many codes were tried: wait a minute", {"retry-after": str(int(wait) + 1)})
    key = load_key(door(request).settings.home)
    try:
        link = await write(request, lambda session: links.use_code(session, key, channel, code, account))
    except CannotLink as cannot:
        raise Refusal(422, str(cannot)) from None
    return JSONResponse({"linked": True, "name": link.name})


async def post_unlink(request: Request) -> Response:
    """Take an account from its person, as they wish from within the account; what it held is forgotten."""
    given, channel = await json_object(request), channel_of(request)
    account = _id(given, "account")

    def unlink(session: Session) -> bool:
        link = links.find(session, channel, account)
        if link is not None:
            links.revoke(session, link)
            door(request).desk.forget_in(session, link.sender)
        return link is not None

    return JSONResponse({"unlinked": await write(request, unlink)})


async def post_forget(request: Request) -> Response:
    """Forget what the conversation of an account holds."""
    given, channel = await json_object(request), channel_of(request)
    account = _id(given, "account")

    def forget(session: Session) -> None:
        link = links.find(session, channel, account)
        desk = door(request).desk
        desk.forget_in(session, links.sender_in(channel, account))
        if link is not None:
            desk.forget_in(session, link.sender)

    await write(request, forget)
    return JSONResponse({"forgotten": True})


async def post_notices(request: Request) -> Response:
    """Take down which notices were told, and give those that are to be: only to accounts that are linked."""
    given, channel = await json_object(request), channel_of(request)
    done = given.get("told", [])
    if not isinstance(done, list) or not all(type(number) is int for number in done):
        raise Refusal(422, "`told` must be a list of the numbers of notices")
    book = await _book(request)
    here = door(request)
    key = load_key(here.settings.home)

    def told(session: Session) -> list[dict[str, Any]]:
        by_asker = {pseudonym(key, link.sender): link for link in links.of_channel(session, channel)}
        found: list[dict[str, Any]] = []
        told_now = []
        for asker, notice in notices.waiting(session, channel):
            link = by_asker.get(asker)
            if link is None:
                continue
            if notice.id in done:
                told_now.append(notice)
                continue
            reply = here.desk.tell(session, notice, asker, channel=channel, standing=link.standing)
            found.append({"id": notice.id, "account": link.account, "reply": _as_reply(reply, book)})
        notices.told(session, told_now)
        return found

    def any_waiting(session: Session) -> bool:
        return bool(
            {asker for asker, _ in notices.waiting(session, channel)} & _askers(session, key, channel)
        )

    # Looking costs less than writing, and mostly there is nothing: then the gateway is kept waiting.
    end = time.monotonic() + min(_seconds(given), LONGEST_WAIT)
    while True:
        waiting: bool = await read(request, any_waiting)
        if done or waiting:
            found = await write(request, told)
            if found:
                return JSONResponse({"notices": found})
            done = []
        if time.monotonic() >= end or await request.is_disconnected():
            return JSONResponse({"notices": []})
        await asyncio.sleep(LOOK_EVERY)


def _askers(session: Session, key: bytes, channel: str) -> set[str]:
    """Those of a channel who can be told something."""
    return {pseudonym(key, link.sender) for link in links.of_channel(session, channel)}


def _seconds(given: dict[str, Any]) -> float:
    wait = given.get("wait", 0)
    if isinstance(wait, bool) or not isinstance(wait, int | float) or wait < 0:
        raise Refusal(422, "`wait` must be a number of seconds")
    return float(wait)


def _known(link: Link | None) -> dict[str, Any]:
    """What travels with a message of an account."""
    if link is None:
        return {"standing": Standing(linked=False).as_dict()}
    return {"standing": link.standing.as_dict(), "profile": {"role": link.role} if link.role else {}}


def _as_reply(reply: Reply, book: RuleBook | None) -> dict[str, Any]:
    return _shown(reply.text, [dict(button) for button in reply.buttons], dict(reply.payload), book)


def _elsewhere(text: str, address: str) -> str:
    """The text with the pages that it names (“the form at /check”) as somebody outside reaches them."""
    return _PAGE.sub(lambda page: f"{address}{page[0]}", text)


def _shown(text: str, buttons: Any, payload: dict[str, Any], book: RuleBook | None) -> dict[str, Any]:
    """A reply with the buttons that the chat page would show beside it."""
    quick = [] if payload.get("limit") else card(text, buttons, payload, book).quick
    return {
        "text": text,
        "buttons": [*buttons, *({"title": title, "value": value} for value, title in quick)],
        "payload": payload,
    }


def _id(given: dict[str, Any], name: str) -> str:
    value = given.get(name)
    if not isinstance(value, str) or not value.strip() or len(value) > _MOST_ID or not value.isprintable():
        raise Refusal(422, f"`{name}` must be a text of at most {_MOST_ID} characters")
    return value.strip()


def _flag(given: dict[str, Any], name: str) -> bool:
    value = given.get(name, False)
    if not isinstance(value, bool):
        raise Refusal(422, f"`{name}` must be true or false")
    return value


async def _book(request: Request) -> RuleBook | None:
    try:
        return await door(request).book()
    except Refusal:
        return None
