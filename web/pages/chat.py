"""The chat page. Each turn is a plain form; with the page's script, only the answer is fetched."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml
from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from answers.reply import Reply
from guidelines.rulebook import RuleBook
from guidelines.store.database import DatabaseAway
from guidelines.vocabulary import DIMENSIONS
from web.api.messages import MOST_CHARACTERS, client_of, conversation_id, message_text
from web.bodies import form, json_object
from web.door import door
from web.faults import Refusal
from web.pages import earlier, words
from web.pages.cards import card
from web.pages.facts import chips
from web.pages.fields import empty_fields, read_fields
from web.rendering import page
from web.turns import RETRY_AFTER, Turn, sender_of

SUGGESTIONS: list[str] = yaml.safe_load((Path(__file__).parent / "suggestions.yml").read_text("utf-8"))
_FORGOTTEN = (
    "That conversation is forgotten. Questions that had no clear answer stay logged, without your name."
)
_UNTOLD = (
    "From now on nothing links your questions to this conversation, and you are not told of answers that "
    "come later."
)
_TOLD = "You are told here, next time you come, when a question of yours gets a clear answer."
_NOTHING = "Everything that you asked earlier and that has an answer was told already."
_ASKED_EARLIER = "What I asked earlier"
_NOT_NOW = "That could not be kept right now. Please try again in a few minutes."
_NOT_FORGOTTEN = "That conversation could not be forgotten right now. Please try again in a few minutes."


async def get_chat(request: Request) -> Response:
    """The empty page, which says when something asked on an earlier visit has an answer now."""
    return HTMLResponse(await _page(request, waiting=await earlier.waits(request)))


async def post_earlier(request: Request) -> Response:
    """The answers to what was asked on earlier visits."""
    try:
        replies = await earlier.told(request)
    except DatabaseAway:
        return HTMLResponse(await _page(request, notice=_NOT_NOW, waiting=True), 503)
    if not replies:
        return HTMLResponse(await _page(request, notice=_NOTHING))
    return HTMLResponse(await _page(request, told_now=replies))


async def post_chat(request: Request) -> Response:
    """A turn sent as a plain form: the page with that turn."""
    given = await form(request)
    conversation = conversation_id(given.get("conversation"))
    book = await _book(request)
    text = message_text(_change(book, given) if "change" in given else given.get("text"))
    turn = await _say(request, conversation, text)
    content = await _page(request, conversation=conversation, text=text, turn=turn)
    response = HTMLResponse(content, 503 if turn.failed else 200, headers=_headers(turn))
    earlier.remember(request, response, conversation, turn)
    return response


async def post_turn(request: Request) -> Response:
    """A turn sent by the page's script: the answer and the facts, as parts of the page."""
    given = await json_object(request)
    conversation, text = conversation_id(given.get("conversation")), message_text(given.get("text"))
    turn = await _say(request, conversation, text)
    book = await _book(request)
    body = {
        "said": words.as_said(book, text),
        "replies": page("chat/replies.html", cards=_cards(turn, book), conversation=conversation),
        "facts": page(
            "chat/facts.html", chips=chips(_context(turn), book), conversation=conversation, scripted=True
        ),
    }
    response = JSONResponse(body, 503 if turn.failed else 200, headers=_headers(turn))
    earlier.remember(request, response, conversation, turn)
    return response


async def post_forget(request: Request) -> Response:
    """Forget what a conversation holds, and start with an empty page."""
    given = await form(request)
    sender = sender_of(conversation_id(given.get("conversation")), client_of(request))
    try:
        await run_sync(door(request).forget, sender)
    except DatabaseAway:
        return HTMLResponse(await _page(request, notice=_NOT_FORGOTTEN), 503)
    response = HTMLResponse(await _page(request, notice=_FORGOTTEN))
    earlier.forget(request, response, given.get("conversation", ""))
    return response


async def post_telling(request: Request) -> Response:
    """Be told nothing later of what this conversation asks, and leave nothing that links it; or be told
    again."""
    given = await form(request)
    conversation = conversation_id(given.get("conversation"))
    tell = given.get("tell") == "yes"
    try:
        await run_sync(door(request).desk.hush, sender_of(conversation, client_of(request)), not tell)
    except DatabaseAway:
        return HTMLResponse(await _page(request, conversation=conversation, notice=_NOT_NOW), 503)
    notice = _TOLD if tell else _UNTOLD
    response = HTMLResponse(await _page(request, conversation=conversation, notice=notice, told=tell))
    if not tell:
        earlier.forget(request, response, conversation)
    return response


async def _say(request: Request, conversation: str, text: str) -> Turn:
    sender, turns = sender_of(conversation, client_of(request)), door(request).turns
    turn = await turns.say(sender, text, "web")
    again = words.keeps(text)
    return await turns.say(sender, again, "web") if again and not turn.failed else turn


async def _book(request: Request) -> RuleBook | None:
    """The rule book for names; without one the page shows ids."""
    try:
        return await door(request).book()
    except Refusal:
        return None


def _change(book: RuleBook | None, given: dict[str, str]) -> str:
    """The four fields of the plain form as the message that a chip would send."""
    if book is None:
        raise Refusal(503, "the guidelines cannot be read right now")
    fields = read_fields(book, given)
    wrong = [field.error for field in fields if field.error]
    if wrong:
        raise Refusal(422, " ".join(wrong).rstrip("."))
    return words.start_over_with({field.dimension: field.concept for field in fields if field.concept})


def _cards(turn: Turn, book: RuleBook | None) -> list[Any]:
    return [card(reply.text, reply.buttons, reply.payload, book) for reply in turn.replies]


def _context(turn: Turn) -> dict[str, Any]:
    return turn.replies[-1].payload.get("context") or {}


def _headers(turn: Turn) -> dict[str, str] | None:
    return {"retry-after": str(RETRY_AFTER)} if turn.failed else None


async def _page(
    request: Request,
    *,
    conversation: str = "",
    text: str = "",
    turn: Turn | None = None,
    notice: str = "",
    told: bool = True,
    waiting: bool = False,
    told_now: Sequence[Reply] = (),
) -> str:
    book = await _book(request)
    shown = []
    context: dict[str, Any] = {}
    if turn is not None:
        shown = [{"said": words.as_said(book, text), "cards": _cards(turn, book)}]
        context = _context(turn)
    if told_now:
        cards = [card(reply.text, reply.buttons, dict(reply.payload), book) for reply in told_now]
        shown = [{"said": _ASKED_EARLIER, "cards": cards}]
    held = chips(context, book)
    values = {chip.dimension: chip.value if chip.known else "" for chip in held}
    return page(
        "chat/page.html",
        here="chat",
        demo=door(request).demo,
        edition=book.edition if book else None,
        conversation=conversation or secrets.token_urlsafe(16),
        suggestions=SUGGESTIONS,
        most=MOST_CHARACTERS,
        turns=shown,
        notice=notice,
        told=told,
        waiting=waiting,
        # What could not be answered stays in the box, to be sent again.
        draft=text if turn is not None and turn.failed and not words.is_command(text) else "",
        chips=held,
        scripted=turn is None,
        form_fields=empty_fields(book, values) if book and turn else [],
    )


assert set(words.DIMENSION_NAMES) == set(DIMENSIONS)
