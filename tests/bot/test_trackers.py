"""The store of conversations: few, short, and not for long."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.slow

PREPARATION = """
import asyncio, json
from askfirst_rasa.trackers import BoundedTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, SlotSet, UserUttered

domain = Domain.from_yaml('''
version: "3.1"
intents: [ask]
slots:
  device: {type: any, mappings: [{type: custom}]}
forms:
  a_form: {required_slots: []}
''')
now = [0.0]
store = BoundedTrackerStore(domain, conversations=3, turns=2, idle_seconds=100, clock=lambda: now[0])

async def talk(sender, turns, *first):
    for turn in range(turns):
        tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
        tracker.update(ActionExecuted("action_listen"), domain)
        for event in first if turn == 0 else ():
            tracker.update(event, domain)
        tracker.update(UserUttered(f"turn {turn}", {"name": "ask"}), domain)
        tracker.update(BotUttered("answer"), domain)
        await store.save(tracker)
    return await store.retrieve(sender)

def show(value):
    print(json.dumps(value))
"""


def test_a_long_conversation_keeps_its_last_turns(in_rasa: Callable[[str], Any]) -> None:
    texts = in_rasa(
        PREPARATION
        + """
tracker = asyncio.run(talk("a", 20))
show([event.text for event in tracker.events if isinstance(event, UserUttered)])
"""
    )

    assert texts == ["turn 18", "turn 19"]


def test_slots_and_an_open_form_outlive_the_turns_that_set_them(in_rasa: Callable[[str], Any]) -> None:
    slot, loop, events = in_rasa(
        PREPARATION
        + """
set_before = SlotSet("device", "laptop"), SlotSet("device", "phone"), ActiveLoop("a_form")
tracker = asyncio.run(talk("a", 200, *set_before))
show([tracker.get_slot("device"), tracker.active_loop_name, len(tracker.events)])
"""
    )

    assert (slot, loop) == ("phone", "a_form")
    assert events == 8


def test_a_turn_that_was_not_saved_leaves_no_trace(in_rasa: Callable[[str], Any]) -> None:
    before, after = in_rasa(
        PREPARATION
        + """
tracker = asyncio.run(talk("a", 1))
before = len(tracker.events)
tracker.update(UserUttered("never saved", {"name": "ask"}), domain)
show([before, len(asyncio.run(store.retrieve("a")).events)])
"""
    )

    assert before == after


def test_the_conversations_used_least_recently_are_forgotten(in_rasa: Callable[[str], Any]) -> None:
    keys = in_rasa(
        PREPARATION
        + """
async def several():
    for sender in ("a", "b", "c", "a", "d"):
        await talk(sender, 1)
    return await store.keys()
show(asyncio.run(several()))
"""
    )

    assert keys == ["c", "a", "d"]


def test_a_conversation_left_alone_is_forgotten_in_time(in_rasa: Callable[[str], Any]) -> None:
    early, late = in_rasa(
        PREPARATION
        + """
async def wait():
    await talk("a", 1)
    now[0] = 99
    early = await store.retrieve("a") is not None
    now[0] = 101
    return [early, await store.retrieve("a") is not None]
show(asyncio.run(wait()))
"""
    )

    assert (early, late) == (True, False)
