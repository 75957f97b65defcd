"""The ASGI application of the front door: `uvicorn --factory web.app:create_app`."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from askfirst.bootstrap import App, build, keep_fresh
from askfirst.errors import SettingError
from askfirst.settings import Settings, load
from cases import routing
from cases.privacy import load_key
from cases.spool import Spool
from guidelines.store.books import NoEdition
from guidelines.store.database import DatabaseAway
from web.access import Neighbours, is_loopback
from web.door import Door
from web.envelope import Envelope
from web.faults import Faults, Refusal, http_fault, refused
from web.forgetting import forget_for_ever
from web.health import Parts
from web.limits import DEMO, DEPLOYMENT, Buckets, Limits
from web.rasa import Rasa
from web.routes import EVERY_ROUTE
from web.signin.desk import sign_in
from web.turns import Turns
from web.waiting import Waiting

LOOPBACK = "http://127.0.0.1"


def create_app(settings: Settings | None = None) -> Starlette:
    """The front door for these settings, by default those of the environment.

    Raises:
        SettingError: a setting cannot be used; a demo would be open to other machines.
    """
    if settings is None:
        settings = load()
        _log_to_stderr(settings.log_level)
    demo = settings.mode == "demo"
    if demo and not is_loopback(settings.host):
        raise SettingError(f"ASKFIRST_HOST=`{settings.host}` would open a demo to other machines")
    parts = build(settings)
    desk = sign_in(settings, parts.database)
    door = _door(parts)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        stop_watching = keep_fresh(parts)
        draining = asyncio.create_task(door.turns.waiting.drain_for_ever())
        forgetting = asyncio.create_task(forget_for_ever(parts.database, settings))
        try:
            yield
        finally:
            draining.cancel()
            forgetting.cancel()
            stop_watching.set()
            await asyncio.gather(draining, forgetting, return_exceptions=True)
            await door.turns.rasa.close()
            await door.parts.actions.aclose()

    app = Starlette(
        routes=EVERY_ROUTE,
        lifespan=lifespan,
        exception_handlers={Refusal: refused, HTTPException: http_fault},
        middleware=[
            Middleware(Envelope),
            Middleware(Faults),
            Middleware(Neighbours, demo=demo),
            Middleware(Limits, buckets=Buckets(DEMO if demo else DEPLOYMENT)),
        ],
    )
    app.state.door = door
    app.state.sign_in = desk
    return app


def _log_to_stderr(level: str) -> None:
    """What our own code logs, beside what the server logs; the supervisor keeps both in a file."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    ours = logging.getLogger("askfirst")
    ours.handlers[:] = [handler]
    ours.setLevel(level.upper())
    ours.propagate = False


def _door(parts: App) -> Door:
    settings = parts.settings
    rasa = Rasa(f"{LOOPBACK}:{settings.rasa_port}", settings.turn_timeout)
    actions = httpx.AsyncClient(base_url=f"{LOOPBACK}:{settings.actions_port}", trust_env=False)
    waiting = Waiting(
        Spool(settings.home),
        parts.database,
        parts.books,
        routing.read(),
        lambda: load_key(settings.home),
    )

    def edition() -> int | None:
        try:
            return parts.books.current().edition
        except (NoEdition, DatabaseAway):
            return None

    return Door(
        settings=settings,
        database=parts.database,
        books=parts.books,
        desk=parts.desk,
        turns=Turns(rasa, waiting, edition),
        parts=Parts(rasa, actions, parts.database),
    )
