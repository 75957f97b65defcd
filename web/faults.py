"""What goes wrong, said in one line to a program and on a friendly page to a person. Never a traceback."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.rendering import page

log = logging.getLogger("askfirst.web")

_HEADINGS = {
    401: "You need to sign in",
    403: "You may not do this",
    404: "There is no such page",
    405: "That cannot be done here",
    413: "That is too long",
    429: "One moment, please",
}
_WORDS = {
    404: "there is nothing at this address",
    405: "this address does not take that kind of request",
    500: "something went wrong on our side; it has been noted, and trying again may help",
}


class Refusal(Exception):
    """A request that cannot be served: the status and one clear line that says what to do about it."""

    def __init__(self, status: int, line: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(line)
        self.status, self.line, self.headers = status, line, headers


async def refused(request: Request, error: Exception) -> Response:
    """Answer a Refusal."""
    assert isinstance(error, Refusal)
    return refuse(error, request.scope)


async def http_fault(request: Request, error: Exception) -> Response:
    """Answer what Starlette itself refuses, such as an address that nothing is at."""
    assert isinstance(error, HTTPException)
    line = _WORDS.get(error.status_code, error.detail)
    return refuse(Refusal(error.status_code, line, error.headers), request.scope)


def refuse(refusal: Refusal, scope: Scope) -> Response:
    """The line as JSON under /api, else as a page."""
    if scope["path"].startswith("/api/") or not _wants_page(scope):
        return JSONResponse({"error": refusal.line}, refusal.status, headers=refusal.headers)
    heading = _HEADINGS.get(refusal.status, "That did not work")
    line = refusal.line[:1].upper() + refusal.line[1:] + "."
    return HTMLResponse(
        page(
            "errors/error.html",
            here="",
            demo=scope["app"].state.door.demo,
            edition=None,
            heading=heading,
            line=line,
            of_console=scope["path"].startswith("/console"),
        ),
        refusal.status,
        headers=refusal.headers,
    )


def _wants_page(scope: Scope) -> bool:
    return any(name == b"accept" and b"text/html" in value for name, value in scope["headers"])


class Faults:
    """ASGI middleware: an unforeseen fault becomes status 500, and the log says where, without the message.

    A message may repeat what somebody asked (a database driver quotes its parameters), so it goes nowhere.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def watch(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as error:  # noqa: BLE001 - the one place where a fault becomes an answer
            place = "".join(traceback.format_tb(error.__traceback__))
            log.error("fault %s\n%s", type(error).__name__, place)
            if not started:
                await refuse(Refusal(500, _WORDS[500]), scope)(scope, receive, send)
