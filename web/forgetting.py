"""What is deleted after a time, looked for again and again while the front door is open."""

from __future__ import annotations

import asyncio
import logging

from anyio.to_thread import run_sync

from cases.retention import sweep
from guidelines.store.database import Database, DatabaseAway

log = logging.getLogger("askfirst.web")

_EVERY = 3600.0
_SOON = 60.0


async def forget_for_ever(database: Database, keep_text_days: int) -> None:
    """Delete what is due once an hour; sooner again when the database was away."""
    await asyncio.sleep(_SOON)
    while True:
        wait = _EVERY
        try:
            forgotten = await run_sync(sweep, database, keep_text_days)
            if forgotten.texts:
                log.info("the words of %d questions were deleted, as they are old", forgotten.texts)
        except DatabaseAway:
            wait = _SOON
        await asyncio.sleep(wait)
