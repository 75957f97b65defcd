"""The gateway: Telegram on one side, the front door on the other, and in between nothing is lost."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from telegram import BotCommand
from telegram.error import InvalidToken, TelegramError
from telegram.request import HTTPXRequest

from channels.telegram import words
from channels.telegram.chats import Chats, Pace
from channels.telegram.door import WAITS, Door, DoorAway, Refused
from channels.telegram.handling import Handler
from channels.telegram.layout import laid_out
from channels.telegram.reading import ALLOWED_UPDATES, Received
from channels.telegram.receiving import PollingBot, pages, poll, until_done
from channels.telegram.sending import FIRST_PAUSE, Sender
from channels.telegram.store import Store

log = logging.getLogger("askfirst.telegram")

# Seconds that the front door is asked to wait for something to tell, and between tries when it is away.
NOTICES_WAIT, NOTICES_PAUSE = 20.0, 2.0
TIDY_EVERY = 3600.0
SEND_TIMEOUT = 20.0


@dataclass(frozen=True)
class Options:
    """What a gateway is started with. Tests are less patient."""

    bot_token: str = field(repr=False)
    api: str
    door: str
    door_token: str = field(repr=False)
    file: Path
    port: int
    webhook: str = ""
    turn_timeout: float = 15.0
    waits: tuple[float, ...] = WAITS
    first_pause: float = FIRST_PAUSE
    notices_wait: float = NOTICES_WAIT
    pace: Pace = field(default_factory=Pace)


class Gateway:
    """Runs until it is told to stop; what it was doing then is done by the next one."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.bot = PollingBot(
            options.bot_token,
            base_url=f"{options.api}/bot",
            base_file_url=f"{options.api}/file/bot",
            # What takes long has mostly arrived: who gives up early says it twice.
            request=HTTPXRequest(connection_pool_size=32, pool_timeout=30, read_timeout=SEND_TIMEOUT),
            get_updates_request=HTTPXRequest(connection_pool_size=2),
        )
        self.store = Store(options.file, options.bot_token)
        self.door = Door(options.door, options.door_token, options.turn_timeout, options.waits)
        self.sender = Sender(self.bot, options.first_pause)
        handler = Handler(self.door, self.store, self.sender)
        self.chats = Chats(self.store, handler, self.sender, options.pace)
        self._secret = secrets.token_urlsafe(32)
        self._server: uvicorn.Server | None = None
        self.failed = False

    async def run(self) -> None:
        """Serve until SIGINT or SIGTERM.

        Raises:
            InvalidToken: Telegram does not know the bot.
        """
        reached = await self._reach()
        try:
            path = urlsplit(self.options.webhook).path or "/" if self.options.webhook else None
            config = uvicorn.Config(
                pages(self.bot, self.receive, path=path, secret=self._secret),
                host="127.0.0.1",
                port=self.options.port,
                log_level="warning",
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=2,
            )
            self._server = server = uvicorn.Server(config)
            begun = (self._updates(reached), self._notices(), self._tidy())
            tasks = [asyncio.create_task(work) for work in begun]
            for task in tasks:
                task.add_done_callback(self._ended)
            self.chats.wake(self.store.chats())
            try:
                await server.serve()
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
                await self.chats.stop()
                await self.door.close()
                self.store.close()
        finally:
            await self.bot.shutdown()

    async def _reach(self) -> bool:
        """Whether Telegram knows the bot; a network that is not there yet is waited for later."""
        try:
            await self.bot.initialize()
        except InvalidToken:
            raise
        except TelegramError as fault:
            log.warning("Telegram cannot be reached yet: %s", type(fault).__name__)
            return False
        return True

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Something that goes on for ever has failed: the supervisor starts the gateway again."""
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("the gateway ends: %s", type(error).__name__)
            self.failed = True
            self.stop()

    def stop(self) -> None:
        """End `run` soon."""
        if self._server is not None:
            self._server.should_exit = True

    def receive(self, updates: Iterable[Received]) -> None:
        """Write updates down, then see to them."""
        self.chats.wake(self.store.receive(updates))

    async def _updates(self, reached: bool) -> None:
        commands = [BotCommand(name, what) for name, what in words.COMMANDS]
        pause = self.options.first_pause
        if not reached:
            await until_done("reaching Telegram", self.bot.initialize, first_pause=pause)
        await until_done("naming the commands", lambda: self.bot.set_my_commands(commands), first_pause=pause)
        if not self.options.webhook:
            await until_done("leaving the webhook", lambda: self.bot.delete_webhook(), first_pause=pause)
            await poll(self.bot, self.receive, first_pause=pause)
            return
        await until_done(
            "setting the webhook",
            lambda: self.bot.set_webhook(
                self.options.webhook,
                allowed_updates=ALLOWED_UPDATES,
                secret_token=self._secret,
                # One after the other: within a chat the order counts, and each is only written down.
                max_connections=1,
            ),
            first_pause=pause,
        )

    async def _notices(self) -> None:
        """Push what has become clear to those who asked, at once."""
        told: list[int] = []
        while True:
            try:
                waiting = await self.door.notices(told, self.options.notices_wait)
            except (DoorAway, Refused):
                await asyncio.sleep(NOTICES_PAUSE)
                continue
            told = []
            for notice in waiting:
                chat = int(notice["account"])  # a private chat has the number of its person
                self.store.push(f"notice {notice['id']}", chat, laid_out(notice["reply"]))
                told.append(notice["id"])
                self.chats.wake([chat])

    async def _tidy(self) -> None:
        while True:
            self.store.tidy()
            await asyncio.sleep(TIDY_EVERY)
