"""The action server: `python -m actions.server`. Bound to this machine; only Rasa calls it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from anyio.to_thread import run_sync
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionNotFoundException
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from actions import about, lists, people, ruling, talk
from actions.base import DeskAction, limiter
from answers.desk import Desk
from askfirst import bootstrap, settings
from guidelines.store.books import NoEdition
from guidelines.store.database import DatabaseAway

log = logging.getLogger("askfirst.actions")

_LOOPBACK = "127.0.0.1"
_PORT = 5055
_ACTIONS: tuple[type[DeskAction], ...] = (
    ruling.ActionRuling,
    about.ActionReason,
    about.ActionConditions,
    about.ActionAlternatives,
    about.ActionDispute,
    lists.ActionListApps,
    lists.ActionBrief,
    people.ActionApproval,
    people.ActionContact,
    people.ActionChanges,
    talk.ActionSmalltalk,
    talk.ActionStartOver,
    talk.ActionDeclined,
    talk.ActionClarify,
)


def build(desk: Desk) -> Starlette:
    """The server's application around a desk."""
    executor = ActionExecutor()

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        shared = limiter()
        for action in _ACTIONS:
            executor.register_action(action(desk, shared))
        warming = asyncio.create_task(run_sync(_warm, desk))
        yield
        await warming

    async def webhook(request: Request) -> Response:
        try:
            call = _read(await request.body(), request.headers.get("content-encoding"))
        except (ValueError, zlib.error):
            return JSONResponse({"error": "the request is not what Rasa sends"}, 400)
        name = str(call.get("next_action"))
        # Rasa leaves the domain out (endpoints.yml) and no action looks at it; the executor insists on
        # having one.
        call.setdefault("domain", {})
        try:
            result = await executor.run(call)
        except ActionNotFoundException:
            return JSONResponse({"error": f"no action `{name}`", "action_name": name}, 404)
        except Exception as error:  # noqa: BLE001 - what a person wrote must not reach a log by way of a traceback
            log.error("action %s failed: %s at %s", name, type(error).__name__, _place(error))
            return JSONResponse({"error": "the action failed", "action_name": name}, 500)
        return JSONResponse(result.model_dump() if result else None)

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"})

    routes = [Route("/webhook", webhook, methods=["POST"]), Route("/health", health, methods=["GET"])]
    return Starlette(routes=routes, lifespan=lifespan)


def _warm(desk: Desk) -> None:
    try:
        desk.warm()
    except (DatabaseAway, NoEdition) as away:
        log.warning("not warmed up: %s", type(away).__name__)


def _read(body: bytes, encoding: str | None) -> dict[str, Any]:
    call = json.loads(zlib.decompress(body) if encoding == "deflate" else body)
    if not isinstance(call, dict):
        raise ValueError("not an object")
    return call


def _place(error: Exception) -> str:
    """Where it happened, without the message, which may repeat what somebody asked."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"


def main() -> None:
    """Serve until the supervisor stops it."""
    configured = settings.load()
    logging.basicConfig(level=configured.log_level.upper(), format="%(levelname)s %(name)s: %(message)s")
    logging.getLogger("rasa_sdk").setLevel(logging.WARNING)
    desk = bootstrap.build(configured).desk
    uvicorn.run(
        build(desk),
        host=_LOOPBACK,
        port=configured.actions_port or _PORT,
        log_level=configured.log_level,
        access_log=False,
    )


if __name__ == "__main__":
    main()
