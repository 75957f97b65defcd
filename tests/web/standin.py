"""What stands in for Rasa and the action server at the HTTP edge: a small real server on real ports."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

NOTHING = {"role": None, "device": None, "country": None, "app": None}


def smalltalk(text: str = "Hello.") -> dict[str, Any]:
    """A reply as Rasa's channel gives it."""
    payload = {
        "kind": "smalltalk",
        "context": NOTHING,
        "ruling": None,
        "question": None,
        "edition": 1,
        "receipt": None,
        "case": None,
    }
    return {"text": text, "buttons": [], "custom": payload}


@dataclass
class StandIn:
    """Answers every message with `replies`, after `delay` seconds, and keeps what it was asked."""

    port: int = 0
    replies: list[dict[str, Any]] = field(default_factory=lambda: [smalltalk()])
    delays: dict[str, float] = field(default_factory=dict)
    respond: Callable[[dict[str, Any]], Response] | None = None
    heard: list[dict[str, Any]] = field(default_factory=list)
    finished: list[str] = field(default_factory=list)
    healthy: bool = True

    async def webhook(self, request: Request) -> Response:
        """Rasa's channel."""
        body = await request.json()
        self.heard.append(body)
        await asyncio.sleep(self.delays.get(body["message"], 0))
        self.finished.append(body["message"])
        return self.respond(body) if self.respond else JSONResponse(self.replies)

    async def health(self, request: Request) -> Response:
        """The health of both."""
        return JSONResponse({"status": "ok" if self.healthy else "not-ready"}, 200 if self.healthy else 503)

    def app(self) -> Starlette:
        """The server's application."""
        return Starlette(
            routes=[
                Route("/webhooks/askfirst/webhook", self.webhook, methods=["POST"]),
                Route("/webhooks/askfirst/health", self.health),
                Route("/health", self.health),
            ]
        )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def serving(app: Any) -> Iterator[int]:
    """The port on which `app` is served, by uvicorn in a thread.

    Whoever connects before the thread serves waits for it, and is not refused.
    """
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield int(listener.getsockname()[1])
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
