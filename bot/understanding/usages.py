"""Ways of speaking in which an ordinary word is an app's name: "Can I have Signal running on my phone?"

`ordinary` counts what stands around the word; here whole frames are looked for, which are data
(`lexicon/usages.yml`).
"""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import load
from .lexicon import words as word_list
from .text import Words

_DEVICES = word_list("usages", "devices")


@dataclass(frozen=True)
class Frame:
    """What must stand around a word, and how much that says for the app."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    points: int
    opens: bool
    capital: bool
    beside: bool
    split: bool
    of: frozenset[str] | None
    unless: frozenset[str]


@lru_cache(maxsize=1)
def _frames() -> list[Frame]:
    spoken = load("usages")["spoken"]
    return [
        Frame(
            re.compile(data.get("before", "$").replace("{spoken}", spoken)),
            re.compile(data.get("after", "^").replace("{spoken}", spoken)),
            int(data["points"]),
            "opens" in data,
            "capital" in data,
            "beside" in data,
            "split" in data,
            frozenset(word_list("apps", data["of"])) if "of" in data else None,
            frozenset(word_list("usages", data["unless"])) if "unless" in data else frozenset(),
        )
        for data in load("usages")["frames"]
    ]


def usage(words: Words, i: int, j: int, placed: Container[int], beside: bool = False) -> int:
    """Points for the app sense of tokens i to j from the best frame that fits; 0 when none does."""
    best = 0
    before = after = ""
    for frame in _frames():
        if frame.points <= best or (frame.beside and not beside):
            continue
        if frame.split and j - i != 2:
            continue
        if frame.capital and not words.all[i].text[:1].isupper():
            continue
        if frame.opens and i and not words.sentence_start(i):
            continue
        if (frame.of is not None and words.at(i) not in frame.of) or words.at(i) in frame.unless:
            continue
        if not before:
            before = "".join(f"{word} " for word in words.lows[:i]) or " "
            after = _after(words, j, placed)
        if frame.before.search(before) and frame.after.search(after):
            best = frame.points
    return best


def _after(words: Words, j: int, placed: Container[int]) -> str:
    """The tokens from j on, with a sign for what was found already."""
    parts: list[str] = []
    for k in range(j, len(words)):
        sign = "#" if words.at(k) in _DEVICES else "@" if k in placed else words.at(k)
        if sign == "#" and k in placed:
            parts = [*parts[:-1], "@ #"] if parts and parts[-1] == "@" else [*parts, "@ #"]
        elif sign != "@" or not parts or parts[-1] != "@":
            parts.append(sign)
    return "".join(f" {part}" for part in parts)
