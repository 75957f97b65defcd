"""Rasa, by HTTP on this machine: one message in, its replies out, or a plain word that it did not work."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp

WEBHOOK = "/webhooks/askfirst/webhook"
_MOST_CONNECTIONS = 100


class RasaAway(Exception):
    """No answer came of it; `reason` is `unreachable`, `timeout`, `unreadable` or one of Rasa's channel."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply: its text, the choices it offers, and its payload."""

    text: str
    buttons: tuple[dict[str, str], ...]
    payload: dict[str, Any]

    def as_dict(self) -> dict[str, Any]:
        """The reply as the API gives it."""
        return {"text": self.text, "buttons": list(self.buttons), "payload": self.payload}


class Rasa:
    """The Rasa server, over connections that are kept; aiohttp takes a sixth of what httpx takes for a turn.

    `timeout` is in seconds, for a whole turn.
    """

    def __init__(self, address: str, timeout: float) -> None:
        self._address = address
        self._waits = aiohttp.ClientTimeout(total=timeout, sock_connect=2)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def say(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Reply]:
        """Hand one message to Rasa and give its replies.

        Raises:
            RasaAway: Rasa or a part behind it is down, failing, silent or too slow.
        """
        message = {"sender": sender, "message": text, "metadata": metadata}
        try:
            async with self._open.post(WEBHOOK, json=message) as response:
                if response.status != 200:
                    raise RasaAway(f"status {response.status}")
                replies = [_reply(message) for message in await response.json(content_type=None)]
        except TimeoutError:
            raise RasaAway("timeout") from None
        except aiohttp.ClientError:
            raise RasaAway("unreachable") from None
        except (ValueError, TypeError, KeyError, AttributeError):
            raise RasaAway("unreadable") from None
        for reply in replies:
            if reply.payload.get("kind") == "error":
                raise RasaAway(str(reply.payload.get("reason") or "failed"))
        if not replies:
            raise RasaAway("silent")
        return replies

    async def is_up(self, seconds: float) -> bool:
        """Whether Rasa's channel answers."""
        try:
            async with asyncio.timeout(seconds), self._open.get("/webhooks/askfirst/health") as response:
                return response.status == 200
        except (TimeoutError, aiohttp.ClientError):
            return False

    @property
    def _open(self) -> aiohttp.ClientSession:
        """The session; it belongs to the event loop that asks first."""
        if self._session is None:
            # Let go sooner than Rasa closes them, so that none is used that is about to end.
            connections = aiohttp.TCPConnector(limit=_MOST_CONNECTIONS, keepalive_timeout=2)
            self._session = aiohttp.ClientSession(self._address, timeout=self._waits, connector=connections)
        return self._session


def _reply(message: dict[str, Any]) -> Reply:
    payload = message["custom"]
    buttons = tuple(
        # Rasa calls what a button sends its payload; the API calls it its value.
        {"title": str(button["title"]), "value": str(button.get("value") or button["payload"])}
        for button in message.get("buttons") or ()
    )
    return Reply(str(message.get("text") or ""), buttons, dict(payload))
