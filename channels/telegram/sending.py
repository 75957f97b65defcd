"""Sending to the Bot API: what it refuses for now is sent again, what it refuses for good is let go."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from channels.telegram.store import Out

log = logging.getLogger("askfirst.telegram")

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
# Until it is worth saying that one is at work, and how long Telegram shows it.
SLOW, SHOWN = 0.7, 4.5


class Sender:
    """Sends messages through a bot, one try after the other until each is through."""

    def __init__(self, bot: Bot, first_pause: float = FIRST_PAUSE) -> None:
        self.bot, self._first_pause = bot, first_pause

    async def send(self, chat: int, out: Out) -> None:
        """Send one message. It returns when it was sent, or never can be.

        No connection, 429 and 5xx mean that Telegram does not have the message. Where a fault leaves that
        open it is sent again as well: an answer twice is better than none.
        """
        pause = self._first_pause
        plain = False
        while True:
            try:
                await self._try(chat, out, plain=plain)
                if out.leave:
                    await self.bot.leave_chat(chat)
                return
            except RetryAfter as wait:
                await asyncio.sleep(seconds(wait))
            except (Forbidden, ChatMigrated) as gone:
                log.info("a message was let go: %s", type(gone).__name__)
                return
            except BadRequest as refused:
                log.warning("a message was refused: %s", refused.message)
                if plain:
                    return
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
        """Take the buttons from a message, if that can be done at once: nobody waits for it."""
        if message is not None:
            with suppress(TelegramError):
                await self.bot.edit_message_reply_markup(chat_id=chat, message_id=message, reply_markup=None)

    async def pressed(self, callback: str, text: str | None = None) -> None:
        """Tell Telegram that a press has arrived, so that the button stops waiting."""
        with suppress(TelegramError):
            await self.bot.answer_callback_query(callback, text)

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
