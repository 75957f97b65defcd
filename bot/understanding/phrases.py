"""Phrase lists matched with spaCy's PhraseMatcher."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from .text import Words, english

_IN_Y = re.compile(r"[^aeiou\W]y$")  # "secretary", not "attorney"


class Phrases:
    """Phrases that each stand for an id; the longest at a place wins."""

    def __init__(self, lists: Mapping[str, Iterable[str]], plurals: bool = False) -> None:
        self._matcher = PhraseMatcher(english().vocab, attr="LOWER")
        for id, phrases in lists.items():
            forms = set(phrases)
            if plurals:
                several = {p + "s" for p in forms if p[-1].isalpha() and not p.endswith("s")}
                forms |= several | {p[:-1] + "ies" for p in forms if _IN_Y.search(p)}
            self._matcher.add(id, [english().make_doc(p) for p in sorted(forms) if p])

    def find(self, words: Words) -> list[tuple[int, int, str]]:
        """The matches as (first token, end token, id), left to right, none overlapping."""
        lows = words.lows
        doc = Doc(english().vocab, words=lows) if lows else None
        if doc is None:
            return []
        strings = english().vocab.strings
        found = sorted(((j - i, -i, j, strings[m]) for m, i, j in self._matcher(doc)), reverse=True)
        taken: set[int] = set()
        kept = []
        for _, start, end, id in found:
            span = range(-start, end)
            if taken.isdisjoint(span):
                taken.update(span)
                kept.append((-start, end, id))
        return sorted(kept)


def one(phrases: Iterable[str]) -> Phrases:
    """Phrases that all stand for the same thing."""
    return Phrases({"hit": list(phrases)})
