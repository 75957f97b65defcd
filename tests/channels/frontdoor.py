"""What stands in for the front door at the HTTP edge of the gateway."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

TOKEN = "the-token-of-the-gateway"


def reply(text: str, *buttons: tuple[str, str], **payload: Any) -> dict[str, Any]:
    return {
        "text": text,
        "buttons": [{"title": title, "value": value} for title, value in buttons],
        "payload": {"kind": "ruling", **payload},
    }


@dataclass
class FrontDoor:
    """Answers `echo: TEXT`, or what `answer` says; the same message gets the same answer, counted once."""

    heard: list[dict[str, str]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answer: Callable[[dict[str, str]], list[dict[str, Any]]] | None = None
    refuse: list[Response] = field(default_factory=list)
    delays: dict[str, float] = field(default_factory=dict)
    waiting: list[dict[str, Any]] = field(default_factory=list)
    told: list[int] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    forgotten: list[str] = field(default_factory=list)
    closing: bool = False

    def __post_init__(self) -> None:
        self._answers: dict[tuple[str, str], Any] = {}

    async def messages(self, request: Request) -> Response:
        body = await request.json()
        assert request.headers["authorization"] == f"Bearer {TOKEN}"
        self.asked.append(body["text"])
        await self._wait(self.delays.get(body["text"], 0), lambda: False)
        if self.refuse:
            return self.refuse.pop(0)
        key = (body["account"], body["message"])
        if key not in self._answers:
            self.heard.append(body)
            given = self.answer(body) if self.answer else [reply(f"echo: {body['text']}")]
            self._answers[key] = {"replies": given, "linked": body["account"] in self.linked}
        return JSONResponse(self._answers[key])

    async def link(self, request: Request) -> Response:
        body = await request.json()
        if body["code"] not in self.codes:
            return JSONResponse({"error": "that code is not known"}, 422)
        self.linked[body["account"]] = self.codes.pop(body["code"])
        return JSONResponse({"linked": True, "name": self.linked[body["account"]]})

    async def unlink(self, request: Request) -> Response:
        body = await request.json()
        return JSONResponse({"unlinked": self.linked.pop(body["account"], None) is not None})

    async def forget(self, request: Request) -> Response:
        self.forgotten.append((await request.json())["account"])
        return JSONResponse({"forgotten": True})

    async def notices(self, request: Request) -> Response:
        body = await request.json()
        told = body["told"]
        self.told += told
        self.waiting = [notice for notice in self.waiting if notice["id"] not in told]
        await self._wait(body["wait"], lambda: bool(self.waiting))
        return JSONResponse({"notices": self.waiting})

    async def _wait(self, seconds: float, enough: Callable[[], bool]) -> None:
        """Wait that long at most; nobody is left waiting when the server is to end."""
        end = time.monotonic() + seconds
        while not (enough() or self.closing) and (left := end - time.monotonic()) > 0:
            await asyncio.sleep(min(left, 0.05))

    def app(self) -> Starlette:
        paths = ("messages", "link", "unlink", "forget", "notices")
        return Starlette(
            routes=[Route(f"/api/v1/gateway/{path}", getattr(self, path), methods=["POST"]) for path in paths]
        )
