"""A gateway that is killed at a given step: `-9`, as a machine that loses its power, not as one that is told
to stop.
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from channels.telegram.door import Door
from channels.telegram.gateway import Gateway, Options
from channels.telegram.receiving import PollingBot
from channels.telegram.store import Store


@dataclass(frozen=True)
class Death:
    """Just before or after a step is taken for the nth time."""

    when: str
    step: str
    nth: int = 1

    def __str__(self) -> str:
        return f"{self.when} {self.step} {self.nth}"


# Everything between an update and its answer: what is asked of Telegram and of the front door, and each
# transaction of the gateway's own file, which is done or not (SQLite's promise).
STEPS: dict[str, tuple[type, str]] = {
    "getUpdates": (PollingBot, "raw_updates"),
    "writing updates down": (Store, "receive"),
    "answering a press": (PollingBot, "answer_callback_query"),
    "taking buttons away": (PollingBot, "edit_message_reply_markup"),
    "asking the front door": (Door, "ask"),
    "writing an answer down": (Store, "answered"),
    "sendMessage": (PollingBot, "send_message"),
    "writing down that it was sent": (Store, "sent"),
}


def run(options: Options, death: Death | None) -> None:
    """Run a gateway in this process until it dies."""
    if death is not None:
        owner, name = STEPS[death.step]
        setattr(owner, name, _deadly(getattr(owner, name), death))
    asyncio.run(Gateway(options).run())


def _deadly(step: Callable[..., Any], death: Death) -> Callable[..., Any]:
    taken = 0

    def at(when: str) -> None:
        if when == death.when and taken == death.nth:
            os.kill(os.getpid(), signal.SIGKILL)

    async def later(*args: Any, **more: Any) -> Any:
        nonlocal taken
        taken += 1
        at("before")
        result = await step(*args, **more)
        at("after")
        return result

    def now(*args: Any, **more: Any) -> Any:
        nonlocal taken
        taken += 1
        at("before")
        result = step(*args, **more)
        at("after")
        return result

    return later if asyncio.iscoroutinefunction(step) else now
