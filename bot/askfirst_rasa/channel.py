"""The one channel: the front door asks, and gets an answer or a plain error, always in time.

`POST /webhooks/askfirst/webhook` with `{"sender", "message", "metadata": {...}}` gives a list of messages
`[{"text", "buttons", "custom"}]`. When no answer can be had it is one message with
`"custom": {"kind": "error", "reason": ...}`; the reason is one of `REASONS`.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, response
from sanic.exceptions import SanicException
from sanic.request import Request
from sanic.response import HTTPResponse

from askfirst_rasa import limits
from askfirst_rasa.payloads import safe_text
from askfirst_rasa.turn import answering

logger = logging.getLogger("askfirst_rasa.channel")

REASONS = {
    "unreadable": "the request was not what this channel takes",
    "not-ready": "no model is loaded",
    "timeout": "the answer took too long",
    "action-failed": "the action server is down, failed, or answered too late",
    "failed": "Rasa itself failed",
    "silent": "nothing had an answer",
}

Message = dict[str, Any]
OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


@dataclass(frozen=True)
class Asked:
    """One request of the front door."""

    sender: str
    message: str
    metadata: dict[str, Any]

    @classmethod
    def read(cls, body: Any) -> Asked:
        """Reads the body of a request. Raises ValueError when it is not what this channel takes."""
        if not isinstance(body, dict):
            raise ValueError("not an object")
        sender, message, metadata = body.get("sender"), body.get("message"), body.get("metadata") or {}
        if not (
            isinstance(sender, str) and sender and isinstance(message, str) and isinstance(metadata, dict)
        ):
            raise ValueError("wrong types")
        return cls(sender, message, metadata)


class Replies(OutputChannel):
    """Collects each reply whole, instead of splitting it at blank lines as Rasa's own collector does."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """The name that actions see."""
        return AskFirstChannel.name()

    async def send_response(self, recipient_id: str, message: Message) -> None:
        """Keeps the parts of a reply that the front door knows."""
        reply = {key: message.get(key) or empty for key, empty in _EMPTY.items()}
        if any(reply.values()):
            self.messages.append(reply)


_EMPTY: Message = {"text": None, "buttons": [], "custom": None}


def error(reason: str) -> list[Message]:
    """The one message of a turn that has no answer."""
    return [{**_EMPTY, "custom": {"kind": "error", "reason": reason}}]


class AskFirstChannel(InputChannel):
    """The input channel. In credentials.yml: `intents`, those that buttons may name."""

    def __init__(self, timeout: float, intents: frozenset[str]) -> None:
        self._timeout = timeout
        self._intents = intents
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def name(cls) -> str:
        """Also the part of the address after /webhooks/."""
        return "askfirst"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> AskFirstChannel:
        """Makes the channel from its entry in credentials.yml."""
        settings = credentials or {}
        return cls(limits.channel(), frozenset(settings.get("intents", [])))

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """The two routes: the webhook, and the health of Rasa with its model."""
        routes = Blueprint("askfirst", url_prefix=None)

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            if not _is_ready(request):
                return response.json({"status": "not-ready"}, status=503)
            return response.json({"status": "ok", "model": request.app.ctx.agent.model_name})

        @routes.post("/webhook")
        async def webhook(request: Request) -> HTTPResponse:
            try:
                asked = Asked.read(request.json)
            except (ValueError, SanicException):
                return response.json(error("unreadable"), status=400)
            if not _is_ready(request):
                return response.json(error("not-ready"))
            return response.json(await self.answer(asked, on_new_message))

        return routes

    async def answer(self, asked: Asked, on_new_message: OnNewMessage) -> list[Message]:
        """Has Rasa answer, one message of a conversation at a time. Never raises, and is never empty."""
        text = safe_text(asked.message, self._intents)
        if not text:
            return error("unreadable")
        replies = Replies()
        message = UserMessage(text, replies, asked.sender, input_channel=self.name(), metadata=asked.metadata)
        with answering() as turn:
            try:
                await asyncio.wait_for(self._in_order(message, on_new_message), self._timeout)
            except asyncio.TimeoutError:  # noqa: UP041  another class than TimeoutError before Python 3.11
                return _failed("timeout")
            except Exception:
                logger.exception("Rasa failed in a turn")
                return _failed("failed")
            if turn.failures:
                return _failed("action-failed", *turn.failures)
            return replies.messages or _failed("silent")

    async def _in_order(self, message: UserMessage, on_new_message: OnNewMessage) -> None:
        """Rasa's own lock looks again only once a second; this one wakes at once."""
        lock = self._locks.setdefault(message.sender_id, asyncio.Lock())
        async with lock:
            await on_new_message(message)


def _failed(reason: str, *details: str) -> list[Message]:
    logger.error("no answer: %s", ", ".join([REASONS[reason], *details]))
    return error(reason)


def _is_ready(request: Request) -> bool:
    agent = getattr(request.app.ctx, "agent", None)
    return agent is not None and agent.is_ready()
