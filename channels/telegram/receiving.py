"""How updates arrive: by long polling, or pushed by Telegram to a webhook that knows its secret."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from channels.telegram.reading import ALLOWED_UPDATES, Received, taken
from channels.telegram.sending import FIRST_PAUSE, LONGEST_PAUSE, seconds

log = logging.getLogger("askfirst.telegram")

POLL_SECONDS = 25
SECRET = "x-telegram-bot-api-secret-token"
_LARGEST_UPDATE = 1024 * 1024

Receive = Callable[[Iterable[Received]], None]


class PollingBot(Bot):
    """A bot that gives updates as they come: `get_updates` reads them all or, when one of them cannot be
    read, none, and logs what people wrote.
    """

    async def raw_updates(self, offset: int | None) -> list[Any]:
        """What is new since `offset`, at once or within `POLL_SECONDS`. Raises TelegramError."""
        answer: Any = await self._post(
            "getUpdates",
            {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": ALLOWED_UPDATES},
            read_timeout=POLL_SECONDS + 10,
        )
        if not isinstance(answer, list):
            raise TelegramError("the answer holds no updates")
        return answer


async def poll(bot: PollingBot, receive: Receive, *, first_pause: float = FIRST_PAUSE) -> None:
    """Ask for updates for ever. The next question tells Telegram that the updates before it have arrived, so
    it is asked only after `receive` has written them down.
    """
    offset: int | None = None
    pause = first_pause
    while True:
        try:
            raw = await bot.raw_updates(offset)
            updates = [update for given in raw if (update := taken(given, bot))]
            if raw and not updates:
                raise TelegramError("the answer holds no updates")
        except RetryAfter as wait:
            await asyncio.sleep(seconds(wait))
        except TelegramError as fault:
            log.warning("no updates: %s", _reason(fault))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        else:
            try:
                receive(updates)
            except sqlite3.Error as fault:
                # A full disk, say: they were not confirmed, so they come again.
                log.error("updates cannot be written down: %s", type(fault).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            # Numbers may begin anew after a quiet week: none is held on to once Telegram has noted it.
            offset = max(update.update for update in updates) + 1 if updates else None
            pause = first_pause


async def until_done(what: str, call: Callable[[], object], *, first_pause: float = FIRST_PAUSE) -> None:
    """Make a call of the Bot API until it works."""
    pause = first_pause
    while True:
        try:
            await call()  # type: ignore[misc]
            return
        except RetryAfter as wait:
            await asyncio.sleep(seconds(wait))
        except TelegramError as fault:
            log.warning("%s does not work yet: %s", what, _reason(fault))
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)


def _reason(fault: TelegramError) -> str:
    if isinstance(fault, Conflict):
        return "another program asks for the updates of this bot"
    if isinstance(fault, InvalidToken):
        return "Telegram does not know the token of the bot"
    return type(fault).__name__


def pages(bot: Bot, receive: Receive, *, path: str | None, secret: str) -> Starlette:
    """The gateway's own little server: its pulse, and the webhook at `path` if there is one."""

    async def webhook(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(SECRET, "").encode(), secret.encode()):
            return JSONResponse({"error": "not Telegram"}, 403)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > _LARGEST_UPDATE:
                return JSONResponse({"error": "too large"}, 413, headers={"connection": "close"})
        try:
            received = taken(json.loads(body), bot)
        except (ValueError, RecursionError):
            received = None
        if received is None:
            return JSONResponse({"error": "not an update"}, 400)
        # Telegram sends it again unless it is told that it arrived: after it was written down.
        try:
            receive([received])
        except sqlite3.Error as fault:
            log.error("an update cannot be written down: %s", type(fault).__name__)
            return JSONResponse({"error": "not now"}, 503)
        return JSONResponse({})

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    routes = [Route("/health", health)]
    if path is not None:
        routes.append(Route(path, webhook, methods=["POST"]))
    return Starlette(routes=routes)
