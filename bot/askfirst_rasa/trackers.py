"""Where Rasa keeps its conversations: in memory, few, short and not for long.

The facts of a conversation are kept by the action server, in AskFirst's own database. What Rasa needs for the
next turn is little, so that is what this store keeps, and a long conversation is as fast as a new one.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


@dataclass(frozen=True)
class Kept:
    """The events kept of one conversation, and when it was last used."""

    events: tuple[Event, ...]
    at: float


class BoundedTrackerStore(TrackerStore):
    """Keeps the last turns of the last conversations in memory.

    In endpoints.yml: `conversations` (how many), `turns` (of each), `idle_seconds` (until one is forgotten).
    """

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        conversations: int = 5000,
        turns: int = 2,
        idle_seconds: float = 7200,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._most = int(conversations)
        self._turns = int(turns)
        self._idle = float(idle_seconds)
        self._clock = clock
        self._kept: OrderedDict[str, Kept] = OrderedDict()

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps what the next turn needs, and forgets the conversations that are too many or too old."""
        await self.stream_events(tracker)
        self._kept[tracker.sender_id] = Kept(tuple(self._needed(tracker)), self._clock())
        self._kept.move_to_end(tracker.sender_id)
        self._forget()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A new tracker made of what was kept; None for an unknown conversation."""
        self._forget()
        kept = self._kept.get(sender_id)
        if kept is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in kept.events:
            tracker.update(event, self.domain)
        return tracker

    async def keys(self) -> Iterable[str]:
        """The conversations that are kept."""
        self._forget()
        return list(self._kept)

    def _forget(self) -> None:
        oldest_allowed = self._clock() - self._idle
        while self._kept:
            oldest = next(iter(self._kept.values()))
            if len(self._kept) <= self._most and oldest.at >= oldest_allowed:
                return
            self._kept.popitem(last=False)

    def _needed(self, tracker: DialogueStateTracker) -> list[Event]:
        """The last turns; before them, the slots and the form as they stood."""
        events = list(tracker.applied_events())
        cut = _start_of_last_turns(events, self._turns)
        if cut == 0:
            return events
        dropped = events[:cut]
        return [*_slots_after(dropped), *_loop_after(dropped), *events[cut:]]


def _start_of_last_turns(events: list[Event], turns: int) -> int:
    """Where the last `turns` begin: at the listening that came before the person's words."""
    uttered = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(uttered) <= turns:
        return 0
    start = uttered[-turns]
    while start > 0 and not _is_listening(events[start]):
        start -= 1
    return start


def _is_listening(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _slots_after(events: list[Event]) -> list[Event]:
    last = {event.key: event for event in events if isinstance(event, SlotSet)}
    return list(last.values())


def _loop_after(events: list[Event]) -> list[Event]:
    loops = [event for event in events if isinstance(event, ActiveLoop)]
    return loops[-1:] if loops and loops[-1].name else []
