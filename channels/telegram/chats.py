"""One chat after its own order, all of them beside each other: no chat waits for another's messages."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass

from channels.telegram.handling import Answer, Handler
from channels.telegram.layout import said
from channels.telegram.reading import Received
from channels.telegram.sending import Sender
from channels.telegram.store import Store
from channels.telegram.words import OLD_BUTTON, SORRY

log = logging.getLogger("askfirst.telegram")

_FILE_PAUSE = 1.0


@dataclass(frozen=True)
class Pace:
    """How many messages of one chat are answered at once, how many a second after that, and how many chats at
    the same time.
    """

    burst: float = 8
    per_second: float = 1
    at_once: int = 8


class Chats:
    """Works through what waits in the store: within a chat in order, over all chats a few at once."""

    def __init__(self, store: Store, handler: Handler, sender: Sender, pace: Pace | None = None) -> None:
        self._store, self._handler, self._sender = store, handler, sender
        self._pace = pace or Pace()
        self._turns = asyncio.Semaphore(self._pace.at_once)
        self._working: dict[int, asyncio.Task[None]] = {}
        self._levels: dict[int, tuple[float, float]] = {}
        self._sent: set[int] = set()

    def wake(self, chats: Iterable[int]) -> None:
        """See to these chats, which have something waiting."""
        for chat in chats:
            if chat not in self._working:
                self._working[chat] = asyncio.create_task(self._work(chat))

    async def stop(self) -> None:
        """Let go of everything: what is not done is in the store."""
        tasks = list(self._working.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _work(self, chat: int) -> None:
        try:
            while True:
                try:
                    if not await self._step(chat):
                        return
                except sqlite3.Error as fault:
                    log.error("the gateway's file cannot be used: %s", type(fault).__name__)
                    await asyncio.sleep(_FILE_PAUSE)
        finally:
            # Nothing can come in between: there is no await after the last look.
            self._working.pop(chat, None)

    async def _step(self, chat: int) -> bool:
        """Send what waits to be sent, else answer what waits to be answered; False when nothing does."""
        if out := self._store.unsent(chat):
            if out.id not in self._sent:
                try:
                    await self._sender.send(chat, out)
                except Exception as error:  # noqa: BLE001 - a message that cannot be sent must not hold up its chat
                    log.error("a message could not be sent: %s", type(error).__name__)
                # If it cannot be taken off the list now, it is not sent again meanwhile.
                self._sent.add(out.id)
            self._store.sent(out)
            self._sent.discard(out.id)
        elif received := self._store.next(chat):
            await asyncio.sleep(self._wait(chat))
            async with self._turns:
                await self._see_to(received)
        else:
            return False
        return True

    async def _see_to(self, received: Received) -> None:
        try:
            answer = await self._handler.handle(received)
        except Exception as error:  # noqa: BLE001 - an update that cannot be answered must not hold up its chat
            log.error("an update could not be answered: %s", type(error).__name__)
            answer = Answer(said(SORRY, reply_to=received.message))
        if received.kind == "flood":
            for callback in self._store.flooded_presses(received.chat):
                await self._sender.pressed(callback, OLD_BUTTON)
            self._store.answered_flood(received, answer.outs)
        else:
            self._store.answered(received, answer.outs, retire=answer.retires, name=answer.name)

    def _wait(self, chat: int) -> float:
        """Take one from the chat's bucket (a token bucket): the seconds until it is there to take."""
        pace, now = self._pace, time.monotonic()
        level, then = self._levels.pop(chat, (pace.burst, now))
        level = min(pace.burst, level + (now - then) * pace.per_second) - 1
        self._levels[chat] = (level, now)
        if len(self._levels) > 10_000:
            self._levels.pop(next(iter(self._levels)))
        return max(0.0, -level / pace.per_second)
