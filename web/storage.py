"""Work on the database for a route, beside the event loop; a database that is away is a refusal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request

from guidelines.store.books import NoEdition
from guidelines.store.database import DatabaseAway
from web.door import door
from web.faults import Refusal
from web.turns import RETRY_AFTER

T = TypeVar("T")


async def read(request: Request, what: Callable[[Session], T]) -> T:
    """What `what` reads in one state of the database. Raises Refusal (503) when it is away."""

    def run() -> T:
        with door(request).database.reading() as session:
            return what(session)

    return await _unless_away(run)


async def write(request: Request, what: Callable[[Session], T]) -> T:
    """What `what` writes, all of it or nothing. Raises Refusal (503) when the database is away."""

    def run() -> T:
        with door(request).database.transaction() as session:
            return what(session)

    return await _unless_away(run)


async def _unless_away(run: Callable[[], T]) -> T:
    try:
        return await run_sync(run)
    except (DatabaseAway, NoEdition):
        retry = {"retry-after": str(RETRY_AFTER)}
        raise Refusal(503, "that cannot be looked up right now: try again soon", retry) from None
