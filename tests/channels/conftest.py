"""The real gateway and python-telegram-bot, between an emulated Bot API and a stand-in front door."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from channels.telegram.chats import Pace
from channels.telegram.gateway import Gateway, Options
from tests.channels import emulator, frontdoor
from tests.channels.emulator import Emulator
from tests.channels.frontdoor import FrontDoor
from tests.web.standin import free_port, serving


def eventually(what: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait until something is true, and give it; fail when it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.01)
    raise AssertionError(f"not within {seconds} seconds")


class Running:
    """A gateway in a thread of its own."""

    def __init__(self, options: Options) -> None:
        self.options = options
        self.fault: BaseException | None = None
        self._thread = threading.Thread(target=self._run)
        self._made = threading.Event()
        self._thread.start()
        self._made.wait(10)

    def _run(self) -> None:
        async def run() -> None:
            self.gateway = Gateway(self.options)
            self._made.set()
            await self.gateway.run()

        try:
            asyncio.run(run())
        except Exception as fault:  # noqa: BLE001 - the test asks for it
            self.fault = fault

    def up(self) -> Running:
        def answers() -> bool:
            try:
                return httpx.get(f"http://127.0.0.1:{self.options.port}/health").status_code == 200
            except httpx.HTTPError:
                return False

        eventually(answers)
        return self

    def stop(self) -> None:
        """End it, as SIGTERM does."""
        while self._thread.is_alive():
            self.gateway.stop()
            self._thread.join(0.05)


@dataclass
class Telegram:
    """What a test works with: Telegram's side, AskFirst's side, and the gateway between them."""

    api: Emulator
    door: FrontDoor
    start: Callable[..., Running]

    def texts(self, chat: int = 42) -> list[str]:
        """What the bot has said in a chat."""
        return [message["text"] for message in self.api.sent(chat)]

    def said(self, count: int, chat: int = 42) -> list[str]:
        """What the bot has said in a chat, once that is `count` messages and no more follow."""
        eventually(lambda: len(self.texts(chat)) >= count)
        time.sleep(0.15)
        assert len(self.texts(chat)) == count, self.texts(chat)
        return self.texts(chat)


@pytest.fixture
def api() -> Iterator[tuple[Emulator, str]]:
    with emulator.emulated() as server:
        yield server


@pytest.fixture
def door() -> Iterator[tuple[FrontDoor, str]]:
    server = FrontDoor()
    with serving(server.app()) as port:
        yield server, f"http://127.0.0.1:{port}"
        server.closing = True


@pytest.fixture
def options(api: tuple[Emulator, str], door: tuple[FrontDoor, str], tmp_path: Path) -> Options:
    return Options(
        bot_token=emulator.TOKEN,
        api=api[1],
        door=door[1],
        door_token=frontdoor.TOKEN,
        file=tmp_path / "gateway.db",
        port=free_port(),
        turn_timeout=5,
        waits=(0.05, 0.1),
        first_pause=0.05,
        notices_wait=0.5,
        pace=Pace(burst=100, per_second=100),
    )


@pytest.fixture
def telegram(api: tuple[Emulator, str], door: tuple[FrontDoor, str], options: Options) -> Iterator[Telegram]:
    running: list[Running] = []

    def start(**changes: Any) -> Running:
        one = Running(replace(options, **changes))
        running.append(one)
        return one.up()

    yield Telegram(api[0], door[0], start)
    for one in running:
        one.stop()
        assert one.fault is None


@pytest.fixture
def gateway(telegram: Telegram) -> Running:
    """A gateway that runs."""
    return telegram.start()
