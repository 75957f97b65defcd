"""Talking to a real desk as the action server does: intents and entities in, replies out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from answers.desk import Desk
from answers.heard import Heard
from answers.reply import Reply

TODAY = dt.date(2026, 11, 23)

Entity = dict[str, Any]


def fuzzy(scheme: str, concept: str, words: str) -> Entity:
    """A name with a slip in it."""
    return {"entity": scheme, "value": concept, "text": words, "how": "fuzzy", "candidates": [concept]}


def inferred(scheme: str, concept: str, words: str) -> Entity:
    """A detail that follows from the words without being said."""
    return {"entity": scheme, "value": concept, "text": words, "how": "inferred"}


def stranger(words: str, *near: str, entity: str = "unknown_app") -> Entity:
    """A name that nobody catalogued."""
    return {"entity": entity, "value": words, "text": words, "candidates": list(near)}


def shared(words: str, *candidates: str, entity: str = "ambiguous_app") -> Entity:
    """A name that several bear."""
    return {
        "entity": entity,
        "value": words,
        "text": words,
        "how": "ambiguous",
        "candidates": list(candidates),
    }


def pointing(word: str, of: str | None = None) -> Entity:
    """A word that points back."""
    return {"entity": "reference", "value": word, "text": word, "of": of}


def cue(value: str, **more: Any) -> Entity:
    """A hint to the dialogue."""
    return {"entity": "cue", "value": value, **more}


def said(dimension: str, concept: str, stance: str = "asserted", words: str = "") -> Entity:
    """A detail in so many words."""
    return {"entity": dimension, "value": concept, "text": words or concept, "how": "exact", "stance": stance}


@dataclass
class Talk:
    """One conversation with a desk."""

    desk: Desk
    conversation: str = "the-conversation"
    channel: str = "chat"
    profile: dict[str, str] | None = None
    replies: list[Reply] = field(default_factory=list)

    def __call__(
        self,
        intent: str,
        *entities: Entity,
        text: str = "",
        confidence: float = 0.99,
        **details: str | list[str],
    ) -> Reply:
        """Say something, with details in so many words as keywords."""
        named = [
            said(dimension, concept)
            for dimension, concepts in details.items()
            for concept in ([concepts] if isinstance(concepts, str) else concepts)
        ]
        message = {
            "intent": {"name": intent, "confidence": confidence},
            "entities": [*named, *entities],
            "text": text or f"({intent})",
        }
        heard = Heard.from_message(message)
        reply = self.desk.hear(self.conversation, heard, channel=self.channel, profile=self.profile, on=TODAY)
        self.replies.append(reply)
        return reply

    def press(self, reply: Reply, title: str) -> Reply:
        """Press one of the buttons of a reply, as Rasa parses what it sends."""
        import json

        value = next(button["value"] for button in reply.buttons if button["title"] == title)
        intent, brace, rest = value.removeprefix("/").partition("{")
        details = json.loads(brace + rest) if brace else {}
        message = {
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [{"entity": key, "value": value} for key, value in details.items()],
            "text": value,
        }
        answer = self.desk.hear(
            self.conversation, Heard.from_message(message), channel=self.channel, on=TODAY
        )
        self.replies.append(answer)
        return answer


def held(reply: Reply) -> dict[str, Any]:
    """What the context holds, without what it does not hold."""
    return {key: value for key, value in reply.payload["context"].items() if value is not None}


def ruled(reply: Reply) -> tuple[str | None, str | None, list[str]]:
    """Effect, unclear and deciding rules."""
    ruling = reply.payload["ruling"]
    return ruling["effect"], ruling["unclear"], ruling["rules"]


def first_line(reply: Reply) -> str:
    """What a person reads first."""
    return reply.text.split("\n")[0]
