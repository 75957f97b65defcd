"""Places that the gazetteer lacks: a strange word where a place stands ("posted to Zubrowka")."""

from __future__ import annotations

import re

from .lexicon import load
from .lexicon import words as word_list
from .model import Entity
from .spelling import is_word
from .text import Words


def unknown_places(words: Words, held: list[Entity]) -> list[Entity]:
    """Unknown places: a strange capitalised word where a place stands ("posted to Zubrowka")."""
    stops, capital_stops = word_list("english", "not_apps"), word_list("apps", "capital_stop")
    cues = load("stance")["unknown_place"]
    taken = {k for e in held for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)}
    found = []
    for match in re.finditer(cues, words.low):
        k = words.index_at(match.end())
        if k >= len(words) or k in taken or words.all[k].punct:
            continue
        end = k
        while (
            end < len(words)
            and end - k < 3
            and end not in taken
            and words.all[end].text[:1].isupper()
            and words.at(end) not in capital_stops
        ):
            end += 1
        lows = words.lows[k:end] or [words.at(k)]
        if end == k and (is_word(words.at(k)) or len(words.at(k)) < 4 or words.at(k) in stops):
            continue
        end = max(end, k + 1)
        if all(is_word(w) for w in lows) and end - k < 2 and not words.all[k].text[:1].isupper():
            continue
        if all(is_word(w) for w in lows) and not re.search(
            r"(?:posted|posting|deployed|travel\w*|trip|fly\w*|visit\w*) (?:to|in|at)? ?$", match.group()
        ):
            continue
        text = words.span_text(k, end)
        found.append(
            Entity("unknown_place", text, words.all[k].start, words.all[end - 1].end, text, confidence=0.6)
        )
    return found
