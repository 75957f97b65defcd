"""Who may use a route. Every route states it, and a test holds every route to that."""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from enum import StrEnum
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from web.faults import Refusal, refuse

Endpoint = Callable[[Request], Awaitable[Response]]

DEMO_ONLY = "this is a demo that answers on this machine only"


class Who(StrEnum):
    """Those who may use a route."""

    ANYONE = "anyone"
    """No token: what holds nothing worth guarding, such as the style sheet."""
    TOKEN = "token"
    """The demo answers anybody on this machine; every other deployment demands a token."""
    GATEWAY = "gateway"
    """A gateway with a token of its own, in a demo too. Held to by `web.gateways.guard`."""
    SIGNED_IN = "signed-in"
    """Anybody who is signed in. This and what follows is held to by `web.signin.guard`."""
    READER = "reader"
    """Those who may read the console: policy owners, approvers, auditors, administrators."""
    OWNER = "owner"
    """Those who work on cases and drafts: policy owners and administrators."""
    SUBMITTER = "submitter"
    """Those who may hand a draft in: policy owners and administrators."""
    APPROVER = "approver"
    """Those who publish what others wrote: approvers and administrators."""
    AUDITOR = "auditor"
    """Those who read the audit log: auditors and administrators."""


class Guarded(Route):
    """A route that states who may use it, and holds to it."""

    def __init__(self, path: str, endpoint: Endpoint, *, who: Who, methods: list[str], name: str) -> None:
        async def guarded(request: Request) -> Response:
            try:
                demand(request, who)
            except Refusal:
                if who is not Who.TOKEN or path.startswith("/api/") or not await _is_signed_in(request):
                    raise
            return await endpoint(request)

        super().__init__(path, guarded, methods=methods, name=name)
        self.who = who


def demand(request: Request, who: Who) -> None:
    """Let a request pass that may use a route for `who`.

    Raises:
        Refusal: 401, in a deployment, without one of its tokens.
    """
    settings = request.app.state.door.settings
    if who is Who.ANYONE or settings.mode == "demo":
        return
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = [hmac.compare_digest(token.strip().encode(), allowed.encode()) for allowed in settings.api_tokens]
    if scheme.lower() != "bearer" or not any(known):
        raise Refusal(
            401,
            "send a token that this deployment knows: `Authorization: Bearer ...`",
            headers={"www-authenticate": 'Bearer realm="AskFirst"'},
        )


async def _is_signed_in(request: Request) -> bool:
    """Whether a browser shows a session: people need no token for the pages."""
    return await request.app.state.sign_in.visitor(request) is not None


class Neighbours:
    """ASGI middleware: who is talking to us, and through which page.

    A demo asks for no token, so it answers only requests that come from this machine and name it: a page
    elsewhere could otherwise reach it by DNS rebinding. No deployment takes what another site's page sends.
    """

    def __init__(self, app: ASGIApp, *, demo: bool) -> None:
        self.app, self.demo = app, demo

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        host = headers.get("host", "")
        if self.demo and not (is_loopback(hostname(host)) and is_loopback((scope.get("client") or ("",))[0])):
            await refuse(Refusal(403, DEMO_ONLY), scope)(scope, receive, send)
        elif scope["method"] not in ("GET", "HEAD", "OPTIONS") and _from_another_site(headers, host):
            await refuse(Refusal(403, "a page of another site may not send this"), scope)(
                scope, receive, send
            )
        else:
            await self.app(scope, receive, send)


def _from_another_site(headers: dict[str, str], host: str) -> bool:
    # Programs send neither header; browsers send both, and a page cannot forge them.
    if headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return True
    origin = headers.get("origin")
    return origin is not None and origin.partition("://")[2].lower() != host.lower()


def hostname(host: str) -> str:
    """The name in a Host header, without its port and brackets."""
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0] if host.count(":") == 1 else host


def is_loopback(name: str) -> bool:
    """Whether a host name or address means this machine."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False
