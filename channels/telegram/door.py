"""The front door, by HTTP: answers, links, forgetting, and what is to be told. Faults are tried again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Any

import httpx

log = logging.getLogger("askfirst.telegram")

# Seconds between tries: a restart of the front door takes less than all of them together.
WAITS = (0.5, 1.0, 2.0, 4.0, 8.0)
_PATH = "/api/v1/gateway"


class DoorAway(Exception):
    """The front door gave no answer, several times over."""


class Refused(Exception):
    """The front door would not do it; `line` says why, for the person."""

    def __init__(self, line: str) -> None:
        super().__init__(line)
        self.line = line


class Door:
    """The front door's API for gateways, behind one pooled client.

    Args:
        address: where it listens.
        token: what this gateway proves itself with.
        timeout: seconds for a whole turn.
        waits: seconds between tries.
    """

    def __init__(self, address: str, token: str, timeout: float, waits: Sequence[float] = WAITS) -> None:
        self._waits, self._timeout = waits, timeout
        self._client = httpx.AsyncClient(
            base_url=address,
            headers={"authorization": f"Bearer {token}"},
            trust_env=False,
        )

    async def close(self) -> None:
        """Let the connections go."""
        await self._client.aclose()

    async def ask(
        self, account: str, message: str, text: str, written: int | None = None, *, edited: bool = False
    ) -> list[dict[str, Any]]:
        """The replies to a message of an account; asked again under the same `message`, they are the same.

        Args:
            written: the number of the message in its chat, where it was written there (and not pressed).
            edited: whether it takes the place of what that number said before.

        Raises:
            DoorAway: there was no answer.
            Refused: the message cannot be taken.
        """
        body: dict[str, Any] = {"account": account, "message": message, "text": text}
        if written is not None:
            body |= {"written": str(written), "edited": edited}
        answer = await self._post("messages", body)
        return list(answer.get("replies") or ())

    async def link(self, account: str, code: str) -> str:
        """Link an account by a code, and give the name of its person. Raises DoorAway, Refused."""
        return str((await self._post("link", {"account": account, "code": code}))["name"])

    async def unlink(self, account: str) -> bool:
        """Take an account from its person; whether it was somebody's. Raises DoorAway, Refused."""
        return bool((await self._post("unlink", {"account": account}))["unlinked"])

    async def forget(self, account: str) -> None:
        """Forget what the conversation of an account holds. Raises DoorAway, Refused."""
        await self._post("forget", {"account": account})

    async def notices(self, told: Sequence[int], wait: float) -> list[dict[str, Any]]:
        """Say what was told, and get what is to be, as soon as there is something within `wait` seconds.

        Raises:
            DoorAway, Refused: as `ask` does.
        """
        answer = await self._post("notices", {"told": list(told), "wait": wait}, waits=(), longer=wait)
        return list(answer["notices"])

    async def _post(
        self, what: str, body: Mapping[str, Any], waits: Sequence[float] | None = None, longer: float = 0
    ) -> dict[str, Any]:
        timeout = httpx.Timeout(self._timeout + longer, connect=2)
        for wait in (*(self._waits if waits is None else waits), None):
            try:
                response = await self._client.post(f"{_PATH}/{what}", json=body, timeout=timeout)
                answer = response.json()
            except (httpx.HTTPError, ValueError) as error:
                reason = type(error).__name__
            else:
                # AskFirst's own apology comes with status 503; the question is kept, so it is asked once.
                if response.status_code == 200 or answer.get("replies"):
                    return dict(answer)
                if response.status_code == 422 or (what == "link" and response.status_code == 429):
                    raise Refused(str(answer.get("error") or "that cannot be read"))
                reason = f"status {response.status_code}"
                if wait is not None and response.status_code == 429:
                    wait = max(wait, float(response.headers.get("retry-after") or 0))
            # Nobody waits for notices, which are asked for all the time.
            level = logging.DEBUG if what == "notices" else logging.WARNING
            log.log(level, "no answer from the front door to %s: %s", what, reason)
            if wait is not None:
                await asyncio.sleep(wait)
        raise DoorAway(what)
