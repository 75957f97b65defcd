"""Taking back what a message said when it is edited: the conversation goes on as if it was never sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from answers.dialogue.conversation import Conversation
from guidelines.vocabulary import DIMENSIONS

_SAID = "said"


@dataclass(frozen=True, slots=True)
class Message:
    """Which message of its channel is heard; an edited one is the same message again.

    Args:
        id: what the channel calls it, within the conversation.
        edited: whether it takes the place of what it said before.
    """

    id: str
    edited: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any] | None) -> Message | None:
        """From what travels with a message; None in channels where nothing can be edited."""
        return cls(str(given["id"]), bool(given.get("edited"))) if given else None


def held(state: Mapping[str, Any] | None, message: Message | None) -> Conversation:
    """The conversation that a message is heard in, from its kept state.

    An edit of the last message that was written is heard as if that had not been: without the details that
    it gave, and with those that were given since (by a button, say). An edit of an earlier one is heard as a
    new message.
    """
    conversation = Conversation.from_dict(state)
    said = (state or {}).get(_SAID)
    if said is None or message is None or not message.edited or said["id"] != message.id:
        return conversation
    before, after = Conversation.from_dict(said["before"]), Conversation.from_dict(said["after"])
    facts = before.facts
    for dimension in DIMENSIONS:
        fact = conversation.facts.known.get(dimension)
        if fact != after.facts.known.get(dimension):
            facts = facts.with_fact(dimension, fact)
    return replace(before, facts=facts)


def kept(
    state: Mapping[str, Any] | None, message: Message | None, before: Conversation, after: Conversation
) -> dict[str, Any]:
    """The state to keep: the conversation after a message, and what it takes to take that message back."""
    said = (state or {}).get(_SAID)
    if message is not None:
        said = {"id": message.id, "before": before.to_dict(), "after": after.to_dict()}
    return after.to_dict() | ({_SAID: said} if said else {})
