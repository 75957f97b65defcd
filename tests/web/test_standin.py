"""The small server that stands in at the edge of other tests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette

from tests.web.standin import serving


def test_whoever_asks_before_it_serves_waits_and_is_not_refused():
    @asynccontextmanager
    async def slow_start(_: Starlette) -> AsyncIterator[None]:
        await asyncio.sleep(0.3)
        yield

    with serving(Starlette(lifespan=slow_start)) as port:
        assert httpx.get(f"http://127.0.0.1:{port}/").status_code == 404
