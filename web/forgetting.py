"""What is deleted after a time, looked for again and again while the front door is open."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging

from anyio.to_thread import run_sync

from askfirst.settings import Settings
from briefings import told
from cases.retention import Forgotten, sweep
from guidelines.store.database import Database, DatabaseAway
from web.gateways import turns
from web.linking import links
from web.signin import sessions

log = logging.getLogger("askfirst.web")

_EVERY = 3600.0
_SOON = 60.0


async def forget_for_ever(database: Database, settings: Settings) -> None:
    """Delete what is due once an hour; sooner again when the database was away."""
    await asyncio.sleep(_SOON)
    while True:
        wait = _EVERY
        try:
            forgotten = await run_sync(forget, database, settings)
            if forgotten.texts:
                log.info("the words of %d questions were deleted, as they are old", forgotten.texts)
        except DatabaseAway:
            wait = _SOON
        await asyncio.sleep(wait)


def forget(database: Database, settings: Settings, now: dt.datetime | None = None) -> Forgotten:
    """Delete everything that has been kept long enough, from the disk too.

    Raises:
        DatabaseAway: not everything was deleted.
    """
    now = now or dt.datetime.now(dt.UTC)
    with database.transaction() as session:
        turns.forget_old(session, now)
        links.forget_codes(session, now)
        sessions.forget_over(session, dt.timedelta(hours=settings.session_hours), now)
        told.forget_older_than(session, now - dt.timedelta(days=settings.briefing_days))
    forgotten = sweep(database, settings.keep_text_days, now)
    database.scrub()
    return forgotten
