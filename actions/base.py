"""What all actions share: the tracker's last message goes to the desk, and the desk's reply to the person."""

from __future__ import annotations

import logging
from abc import abstractmethod
from typing import Any

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from answers.desk import Desk
from answers.heard import Heard
from answers.reply import Reply
from guidelines.store.books import NoEdition
from guidelines.store.database import DatabaseAway

log = logging.getLogger("askfirst.actions")

# Each turn holds one connection of the database's pool.
_AT_ONCE = 8
_DEFAULT_CHANNEL = "chat"


class DeskAction(Action):
    """An action that hands what was heard to the desk."""

    def __init__(self, desk: Desk, limiter: CapacityLimiter | None = None) -> None:
        self._desk, self._limiter = desk, limiter

    @abstractmethod
    def name(self) -> str:
        """The name that the domain knows the action by."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the last message; that the database is away is said in the payload, never by a traceback."""
        message = tracker.latest_message
        metadata = message.get("metadata") or {}
        try:
            reply = await run_sync(
                self._hear, tracker.sender_id, Heard.from_message(message), metadata, limiter=self._limiter
            )
        except (DatabaseAway, NoEdition) as away:
            log.warning("no answer: %s", type(away).__name__)
            dispatcher.utter_message(json_message={"kind": "error", "reason": "database"})
            return []
        buttons = [{"title": b["title"], "payload": b["value"]} for b in reply.buttons]
        dispatcher.utter_message(text=reply.text, buttons=buttons, json_message=dict(reply.payload))
        return []

    def _hear(self, conversation: str, heard: Heard, metadata: dict[str, Any]) -> Reply:
        channel = str(metadata.get("channel") or _DEFAULT_CHANNEL)
        return self._desk.hear(
            conversation,
            heard,
            channel=channel,
            profile=metadata.get("profile"),
            standing=metadata.get("standing"),
            message=metadata.get("message"),
        )


def limiter() -> CapacityLimiter:
    """How many turns may be at work at once; it belongs to one event loop."""
    return CapacityLimiter(_AT_ONCE)
