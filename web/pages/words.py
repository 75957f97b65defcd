"""What the pages call things: effects, kinds of unclear, dimensions, and what a button sends."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from guidelines.rulebook import RuleBook
from guidelines.vocabulary import DIMENSIONS, ROOT

DIMENSION_NAMES = {"role": "Role", "device": "Device", "country": "Country", "app": "App"}

EFFECTS = {
    "prohibited": "Prohibited",
    "approval-required": "Approval required",
    "conditional": "Allowed with conditions",
    "allowed": "Allowed",
}
PERMISSIVE = ("allowed", "conditional")
HOLD_OFF = "Unclear: hold off"

UNCLEAR = {
    "no-guidance": "No guideline covers this",
    "conflicting-guidance": "Guidelines disagree",
    "unknown-app": "App not known",
    "unknown-place": "Place not known",
    "not-understood": "Not understood",
    "disputed": "Reported as wrong",
    "review-overdue": "Guideline overdue for review",
}

KINDS = {
    "question": "One detail is needed",
    "reason": "Why",
    "alternatives": "What you could use instead",
    "conditions": "Conditions",
    "list": "Several answers",
    "briefing": "Briefing",
    "approval": "How to get approval",
    "contact": "Whom to ask",
    "changes": "What has changed",
    "error": "That did not work",
}

QUICK = (("/why", "Why?"), ("/alternatives", "What instead?"), ("/dispute", "This is wrong"))

_COMMAND = re.compile(r"/([a-z_]+)\s*(\{.*\})?", re.DOTALL)
_SAID = {
    **dict(QUICK),
    "/start_over": "Start over",
    "/affirm": "Yes",
    "/deny": "No",
    "/help": "Help",
    "/conditions": "Which conditions?",
    "/approval": "How do I get approval?",
    "/contact": "Whom can I ask?",
}


def heading(effect: str | None, unclear: str | None) -> str:
    """The heading of an answer. What is unclear is never headed by a plain yes."""
    if effect is None or unclear == "conflicting-guidance":
        return HOLD_OFF
    if unclear and effect in PERMISSIVE:
        return f"{EFFECTS[effect]}, but check first"
    return EFFECTS.get(effect, HOLD_OFF)


def status(effect: str | None, unclear: str | None) -> str:
    """Which icon and colour an answer has: its effect, or `unclear`."""
    if unclear == "conflicting-guidance" or (unclear and effect in PERMISSIVE):
        return "unclear"
    return effect if effect in EFFECTS else "unclear"


def label(book: RuleBook | None, dimension: str, named: Any) -> str:
    """One or several concepts as people call them."""
    listed = [named] if isinstance(named, str) else list(named or ())
    return ", ".join(book.vocabulary[dimension].label(one) if book else one for one in listed)


def is_command(text: str) -> bool:
    """Whether a message is what a button sends and not somebody's words."""
    return _COMMAND.fullmatch(text.strip()) is not None


def as_said(book: RuleBook | None, text: str) -> str:
    """A message as the transcript shows it: what a button sends is turned back into words."""
    match = _COMMAND.fullmatch(text.strip())
    if not match:
        return text
    known = _SAID.get(f"/{match[1]}")
    if known and not match[2]:
        return known
    try:
        details = json.loads(match[2] or "{}")
    except ValueError:
        return text
    said = [
        f"{DIMENSION_NAMES[dimension]}: {_or_not_given(book, dimension, details[dimension])}"
        for dimension in DIMENSIONS
        if isinstance(details, dict) and isinstance(details.get(dimension), str | list)
    ]
    kept = "Keep only " if keeps(text) and said else ""
    return kept + ", ".join(said) or match[1].replace("_", " ").capitalize()


def _or_not_given(book: RuleBook | None, dimension: str, named: str | list[str]) -> str:
    return "not given" if named in (ROOT, [ROOT], []) else label(book, dimension, named)


def start_over_with(details: Mapping[str, Any]) -> str:
    """What a button sends that lets go of everything but these details."""
    return f"/start_over{json.dumps(details)}" if details else "/start_over"


def keeps(text: str) -> str:
    """What asks again after such a new start; nothing for any other message."""
    return f"/inform{text.removeprefix('/start_over')}" if text.startswith("/start_over{") else ""
