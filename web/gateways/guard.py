"""Which gateway speaks: its token says its channel, and nothing that it sends can say another."""

from __future__ import annotations

import hmac
import time

from starlette.requests import Request
from starlette.responses import Response

from web.access import Endpoint, Guarded, Who
from web.door import door
from web.faults import Refusal

SILENT = 60.0


class ForGateways(Guarded):
    """A route that only a gateway may use, in a demo too: who speaks for people must prove itself."""

    def __init__(self, path: str, endpoint: Endpoint, *, name: str) -> None:
        async def guarded(request: Request) -> Response:
            request.state.channel = channel = _channel(request)
            _heard_from(request)[channel] = time.monotonic()
            return await endpoint(request)

        super().__init__(path, guarded, who=Who.ANYONE, methods=["POST"], name=name)
        self.who = Who.GATEWAY


def gateways(request: Request) -> dict[str, bool]:
    """For each gateway of the settings whether it was heard of lately: it asks for news all the time."""
    heard, now = _heard_from(request), time.monotonic()
    return {
        channel: now - heard.get(channel, -SILENT) < SILENT
        for channel, _ in door(request).settings.gateway_tokens
    }


def _heard_from(request: Request) -> dict[str, float]:
    state = request.app.state
    if not hasattr(state, "gateways"):
        state.gateways = {}
    held: dict[str, float] = state.gateways
    return held


def channel_of(request: Request) -> str:
    """The channel of the gateway that sends a request which came through `ForGateways`."""
    return str(request.state.channel)


def _channel(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip().encode()
    known = [
        channel
        for channel, allowed in door(request).settings.gateway_tokens
        if hmac.compare_digest(given, allowed.encode())
    ]
    if scheme.lower() != "bearer" or not known:
        raise Refusal(
            401,
            "only a gateway of this deployment may speak for people: `Authorization: Bearer ...`",
            headers={"www-authenticate": 'Bearer realm="AskFirst gateways"'},
        )
    return known[0]
