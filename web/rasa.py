"""Rasa, by HTTP on this machine: one message in, its replies out, or a plain word that it did not work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import httpx

WEBHOOK = "/webhooks/askfirst/webhook"


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
    """The Rasa server behind one pooled client.

    `timeout` is in seconds, for a whole turn.
    """

    def __init__(self, address: str, timeout: float) -> None:
        limits = httpx.Limits(max_connections=100, max_keepalive_connections=20, keepalive_expiry=30)
        waits = httpx.Timeout(timeout, connect=2, pool=timeout)
        self._client = httpx.AsyncClient(base_url=address, timeout=waits, limits=limits, trust_env=False)

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def say(self, sender: str, text: str, metadata: dict[str, Any]) -> list[Reply]:
        """Hand one message to Rasa and give its replies.

        Raises:
            RasaAway: Rasa or a part behind it is down, failing, silent or too slow.
        """
        try:
            response = await self._client.post(
                WEBHOOK, json={"sender": sender, "message": text, "metadata": metadata}
            )
        except httpx.TimeoutException:
            raise RasaAway("timeout") from None
        except httpx.HTTPError:
            raise RasaAway("unreachable") from None
        if response.status_code != 200:
            raise RasaAway(f"status {response.status_code}")
        try:
            replies = [_reply(message) for message in response.json()]
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
        return await answers(self._client, "/webhooks/askfirst/health", seconds)


async def answers(client: httpx.AsyncClient, path: str, seconds: float) -> bool:
    """Whether there is a 200 at `path` within `seconds`."""
    try:
        return (await client.get(path, timeout=seconds)).status_code == 200
    except httpx.HTTPError:
        return False


def _reply(message: dict[str, Any]) -> Reply:
    payload = message["custom"]
    buttons = tuple(
        # Rasa calls what a button sends its payload; the API calls it its value.
        {"title": str(button["title"]), "value": str(button.get("value") or button["payload"])}
        for button in message.get("buttons") or ()
    )
    return Reply(str(message.get("text") or ""), buttons, dict(payload))
