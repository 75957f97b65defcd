"""POST /api/v1/messages: one message of a conversation."""

from __future__ import annotations

import re
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.bodies import json_object
from web.door import door
from web.faults import Refusal
from web.turns import RETRY_AFTER, sender_of

MOST_CHARACTERS = 2000
_MOST_ID = 200
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")


async def post_message(request: Request) -> Response:
    """Answer one message; 503 with an apology when a part has failed."""
    given = await json_object(request)
    conversation, text = conversation_id(given.get("conversation")), message_text(given.get("text"))
    turn = await door(request).turns.say(sender_of(conversation, client_of(request)), text, "api")
    body = {"replies": [reply.as_dict() for reply in turn.replies]}
    if turn.failed:
        return JSONResponse(body, 503, headers={"retry-after": str(RETRY_AFTER)})
    return JSONResponse(body)


def conversation_id(given: Any) -> str:
    """The conversation that a message belongs to, as its client calls it.

    Raises:
        Refusal: 422, for what is no usable id.
    """
    if not isinstance(given, str) or not given.strip():
        raise Refusal(422, "`conversation` is missing: any words that tell this conversation from others")
    if len(given) > _MOST_ID or not given.isprintable():
        raise Refusal(
            422, f"`conversation` must be at most {_MOST_ID} characters, without control characters"
        )
    return given


def message_text(given: Any) -> str:
    """The words of a message, with control characters taken for spaces.

    Raises:
        Refusal: 422, for what is no message.
    """
    if not isinstance(given, str) or not given.strip():
        raise Refusal(422, "`text` is missing: write your question in it")
    if len(given) > MOST_CHARACTERS:
        raise Refusal(
            422, f"`text` is {len(given):,} characters long: at most {MOST_CHARACTERS:,} can be read"
        )
    text = _CONTROL.sub(" ", given).strip()
    if not text.strip("/ "):
        raise Refusal(422, "`text` holds no words: write your question in it")
    return text


def client_of(request: Request) -> str:
    """What tells one client's conversations from another's: its token."""
    return request.headers.get("authorization", "")
