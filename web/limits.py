"""How often one client may ask: a token bucket for each (Turner, New Directions in Communications, 1986)."""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from web.faults import Refusal, refuse

MOST_CLIENTS = 10_000


@dataclass(frozen=True)
class Pace:
    """How many requests at once, and how many a second after that."""

    burst: float
    per_second: float


# A demo serves the one machine it runs on, benchmarks too. In a deployment many people may come by one proxy.
DEMO = Pace(burst=4000, per_second=2000)
DEPLOYMENT = Pace(burst=600, per_second=200)


class Buckets:
    """The buckets of the clients met last; a client forgotten starts with a full one."""

    def __init__(self, pace: Pace, clock: Callable[[], float] = time.monotonic) -> None:
        self.pace, self.clock = pace, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one from the client's bucket: 0, or the seconds until there is one to take."""
        now = self.clock()
        level, then = self._levels.pop(client, (self.pace.burst, now))
        level = min(self.pace.burst, level + (now - then) * self.pace.per_second)
        taken = level >= 1
        self._levels[client] = (level - 1 if taken else level, now)
        if len(self._levels) > MOST_CLIENTS:
            self._levels.popitem(last=False)
        return 0.0 if taken else (1 - level) / self.pace.per_second


class Limits:
    """ASGI middleware: a client that asks too fast is told when to come back."""

    def __init__(self, app: ASGIApp, *, buckets: Buckets) -> None:
        self.app, self.buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = self.buckets.wait(_client(scope)) if scope["type"] == "http" else 0.0
        if wait:
            seconds = str(max(1, math.ceil(wait)))
            refusal = Refusal(429, "too many requests: wait a moment", headers={"retry-after": seconds})
            await refuse(refusal, scope)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _client(scope: Scope) -> str:
    """Who asks: the address, for anybody can make up tokens."""
    return str((scope.get("client") or ("",))[0])
