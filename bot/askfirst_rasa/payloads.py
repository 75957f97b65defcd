"""What a person's text may reach inside Rasa.

Rasa reads `/name{...}` as an intent, and `/restart`, `/back` or `/session_start` as commands to itself.
Buttons need the first; nobody may use the rest, so only button payloads pass, rebuilt, and every other slash
is plain text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

_PAYLOAD = re.compile(r"/([a-z_]+)\s*(\{.*\})?", re.DOTALL)
_SLASHES = re.compile(r"\A[/\s]+")

Details = dict[str, str | list[str]]


def safe_text(text: str, intents: Collection[str]) -> str:
    """What to give to Rasa: a button payload for one of `intents`, or plain text without a first slash."""
    text = text.strip()
    if not text.startswith("/"):
        return text
    match = _PAYLOAD.fullmatch(text)
    if match and match[1] in intents:
        details = _details(match[2]) if match[2] else {}
        if details is not None:
            return f"/{match[1]}{json.dumps(details, ensure_ascii=False)}" if details else f"/{match[1]}"
    return _SLASHES.sub("", text)


def _details(written: str) -> Details | None:
    """The details of a payload: names, each with a word or a list of words. None when it is anything else."""
    try:
        details: Any = json.loads(written)
    except ValueError:
        return None
    if not isinstance(details, dict):
        return None
    return details if all(_is_word(v) or _are_words(v) for v in details.values()) else None


def _is_word(value: Any) -> bool:
    return isinstance(value, str)


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)
