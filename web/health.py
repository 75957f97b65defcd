"""Which parts are up, asked of all of them at once with little patience."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import httpx
from anyio import move_on_after
from anyio.to_thread import run_sync

from guidelines.store.database import Database, DatabaseAway
from web.rasa import Rasa

PATIENCE = 1.5


class Parts:
    """The parts that an answer needs."""

    def __init__(self, rasa: Rasa, actions: httpx.AsyncClient, database: Database) -> None:
        self.rasa, self.actions, self.database = rasa, actions, database
        self.asked: dict[str, Callable[[], Awaitable[bool]]] = {
            "rasa": lambda: rasa.is_up(PATIENCE),
            "actions": self.actions_are_up,
            "database": self.database_is_up,
        }

    async def up(self) -> dict[str, bool]:
        """For each part whether it is up. The front door is: it says so."""
        states = await asyncio.gather(*(ask() for ask in self.asked.values()))
        return {"front_door": True, **dict(zip(self.asked, states, strict=True))}

    async def actions_are_up(self) -> bool:
        """Whether the action server answers."""
        try:
            return (await self.actions.get("/health", timeout=PATIENCE)).status_code == 200
        except httpx.HTTPError:
            return False

    async def database_is_up(self) -> bool:
        """Whether the database takes writes; one that can only be read cannot log a case."""
        with move_on_after(PATIENCE):
            return await run_sync(_takes_writes, self.database, abandon_on_cancel=True)
        return False


def _takes_writes(database: Database) -> bool:
    try:
        database.ping()
    except DatabaseAway:
        return False
    return True
