"""Sending to the Bot API: what it refuses for now is sent again, what it refuses for good is let go."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from channels.telegram.store import Out

log = logging.getLogger("askfirst.telegram")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Until it is worth saying that one is at work, and how long Telegram shows it.
SLOW, SHOWN = 0.7, 4.5
# How often what nobody waits for is tried, and the longest pause in seconds that is kept meanwhile.
_SOON_TRIES, _SOON_LONGEST = 3, 5.0


class Sender:
    """Sends messages through a bot, one try after the other until each is through."""

    def __init__(self, bot: Bot, first_pause: float = FIRST_PAUSE) -> None:
        self.bot, self._first_pause = bot, first_pause

    async def send(self, chat: int, out: Out) -> None:
        """Send one message. It returns when it was sent, or never can be.

        No connection, 429 and 5xx mean that Telegram does not have the message. Where a fault leaves that
        open it is sent again as well: an answer twice is better than none.
        """
        if out.html:
            chat = await self._through(chat, lambda at, plain: self._try(at, out, plain=plain))
        if out.leave:
            await self._through(chat, lambda at, _: self.bot.leave_chat(at))

    async def _through(self, chat: int, call: Callable[[int, bool], Awaitable[object]]) -> int:
        """Make a call until it is through, or never can be, and give the number that the chat has by now; the
        call is told to be plain once it was refused.
        """
        pause, plain = self._first_pause, False
        while True:
            try:
                await call(chat, plain)
                return chat
            except RetryAfter as wait:
                await asyncio.sleep(seconds(wait))
            except ChatMigrated as moved:
                chat = moved.new_chat_id
            except Forbidden:
                log.info("a message was let go: the bot may not write there")
                return chat
            except BadRequest as refused:
                log.warning("a message was refused: %s", refused.message)
                if plain:
                    return chat
                plain = True
            except InvalidToken:
                log.error("Telegram does not know the token of the bot any more")
                await asyncio.sleep(LONGEST_PAUSE)
            except TelegramError as fault:
                log.warning("a message is sent again: %s", type(fault).__name__)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def _try(self, chat: int, out: Out, *, plain: bool) -> None:
        rows = [[InlineKeyboardButton(title, callback_data=id_) for title, id_ in row] for row in out.buttons]
        await self.bot.send_message(
            chat,
            out.plain if plain else out.html,
            parse_mode=None if plain else ParseMode.HTML,
            reply_markup=InlineKeyboardMarkup(rows) if rows else None,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            reply_parameters=(
                ReplyParameters(out.reply_to, allow_sending_without_reply=True) if out.reply_to else None
            ),
        )

    async def strip(self, chat: int, message: int | None) -> None:
        """Take the buttons from a message, if that can be done soon: nobody waits for it."""
        if message is not None:
            await self._soon(
                lambda: self.bot.edit_message_reply_markup(
                    chat_id=chat, message_id=message, reply_markup=None
                )
            )

    async def pressed(self, callback: str, text: str | None = None) -> None:
        """Tell Telegram that a press has arrived, so that the button stops waiting."""
        await self._soon(lambda: self.bot.answer_callback_query(callback, text))

    async def _soon(self, call: Callable[[], Awaitable[object]]) -> None:
        """Make a call a few times at most; it is no matter if it never works."""
        pause = self._first_pause
        for _ in range(_SOON_TRIES):
            try:
                await call()
                return
            except RetryAfter as wait:
                pause = seconds(wait)
                if pause > _SOON_LONGEST:
                    return
            except (BadRequest, Forbidden):
                # It is too old, say, or was done already.
                return
            except TelegramError as fault:
                log.info("a button is seen to again: %s", type(fault).__name__)
            await asyncio.sleep(pause)

    @asynccontextmanager
    async def at_work(self, chat: int) -> AsyncIterator[None]:
        """Shows that one is at work in a chat, when it takes long."""
        showing = asyncio.create_task(self._show(chat))
        try:
            yield
        finally:
            showing.cancel()
            await asyncio.gather(showing, return_exceptions=True)

    async def _show(self, chat: int) -> None:
        await asyncio.sleep(SLOW)
        while True:
            with suppress(TelegramError):
                await self.bot.send_chat_action(chat, ChatAction.TYPING)
            await asyncio.sleep(SHOWN)


def seconds(wait: RetryAfter) -> float:
    """How long Telegram wants to be left alone; the library says it in two ways."""
    after = wait.retry_after
    return after.total_seconds() if isinstance(after, dt.timedelta) else float(after)
