"""One turn of a conversation: the message to Rasa, its replies back, or an apology with the question kept."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from anyio.to_thread import run_sync

from web.faults import Refusal
from web.rasa import Rasa, RasaAway, Reply
from web.waiting import Waiting

log = logging.getLogger("askfirst.web")

RETRY_AFTER = 10
MOST_WAITING = 16

_SORRY = "Sorry, I cannot look that up right now: a part of AskFirst is not answering."
_KEPT = (
    "Your question is kept, without names or numbers, and goes to the policy owners once things are back. "
    "Nothing is permitted in the meantime: please hold off, and ask again in a few minutes."
)
_NOT_KEPT = "Nothing is permitted in the meantime: please hold off, and ask again in a few minutes."


@dataclass(frozen=True)
class Turn:
    """What came of one message: the replies, and whether a part failed."""

    replies: list[Reply]
    failed: bool = False


class Turns:
    """Takes messages to Rasa, those of one conversation one after the other."""

    def __init__(self, rasa: Rasa, waiting: Waiting, edition: Callable[[], int | None]) -> None:
        self.rasa, self.waiting, self.edition = rasa, waiting, edition
        self._queues: WeakValueDictionary[str, _Queue] = WeakValueDictionary()

    async def say(self, sender: str, text: str, channel: str, known: Mapping[str, Any] | None = None) -> Turn:
        """Answer one message of the conversation `sender`; `known` is what is known of the person beside it.

        Raises:
            Refusal: 429, when too many messages of the conversation wait already.
        """
        queue = self._queues.setdefault(sender, _Queue())
        if queue.length >= MOST_WAITING:
            raise Refusal(
                429,
                "too many messages at once in this conversation: wait for the answers",
                {"retry-after": "1"},
            )
        queue.length += 1
        try:
            async with queue.lock:
                return Turn(await self.rasa.say(sender, text, {**(known or {}), "channel": channel}))
        except RasaAway as away:
            log.warning("no answer: %s", away.reason)
            return Turn([await self._apology(text, sender, channel)], failed=True)
        finally:
            queue.length -= 1

    async def _apology(self, text: str, sender: str, channel: str) -> Reply:
        kept = await self.waiting.keep(text, sender, channel)
        return Reply(
            f"{_SORRY} {_KEPT if kept else _NOT_KEPT}", (), error_payload(await run_sync(self.edition))
        )


class _Queue:
    """The messages of one conversation; asyncio's lock lets them through in the order they came."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.length = 0


def error_payload(edition: int | None) -> dict[str, Any]:
    """The payload that says a part failed."""
    return {
        "kind": "error",
        "context": {"role": None, "device": None, "country": None, "app": None},
        "ruling": None,
        "question": None,
        "edition": edition,
        "receipt": None,
        "case": None,
    }


def sender_of(conversation: str, client: str) -> str:
    """The name under which Rasa knows a conversation: it says nothing, and no client can guess another's."""
    return hashlib.sha256(f"{client}\n{conversation}".encode()).hexdigest()[:40]
