"""Whether a message is in another language than English, by script and by function words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .lexicon import load
from .spelling import frequency
from .text import Words


@lru_cache(maxsize=1)
def _function_words() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(w for w in words.split() if frequency(w) < 30_000)
        for language, words in load("languages")["function_words"].items()
    }


def foreign(words: Words, named: list[tuple[int, int]]) -> str | None:
    """The language of a message that is not English, else None; the spans `named` hold names."""
    letters: dict[str, int] = {}
    covered = {k for a, b in named for k in range(words.index_at(a), words.index_at(b - 1) + 1)}
    inside = {at for a, b in named for at in range(a, b)}
    for at, ch in enumerate(words.plain):
        if ch.isalpha() and at not in inside:
            script = unicodedata.name(ch, "LATIN").split()[0]
            letters[script] = letters.get(script, 0) + 1
    other = {
        load("languages")["scripts"][s]: n for s, n in letters.items() if s in load("languages")["scripts"]
    }
    outside = [
        w.low
        for k, w in enumerate(words.all)
        if k not in covered and not w.punct and re.match(r"^[^\W\d]+", w.low)
    ]
    latin_words = [w for w in outside if ord(w[0]) < 0x250]
    english = sum(1 for w in latin_words if frequency(w) > 500)
    if other and sum(other.values()) >= 2:
        language = "ja" if "ja" in other else max(other, key=lambda k: other[k])
        if english < 3:
            return language
    if len(latin_words) < 2:
        return None
    best, hits = None, 0
    for language, known in _function_words().items():
        count = sum(w in known for w in latin_words)
        if count > hits:
            best, hits = language, count
    accented = sum(any(ord(ch) > 127 for ch in w) for w in latin_words)
    english_only = (
        sum(1 for w in latin_words if frequency(w) > 3000 and w not in _function_words()[best]) if best else 0
    )
    if (
        best
        and (hits >= 2 or (hits and accented))
        and hits + accented > english_only
        and hits + accented >= 0.3 * len(latin_words)
    ):
        return best
    return None
