"""Words that point back ("there", "that one", "both") and cues about how a message leans on the last one."""

from __future__ import annotations

import re

from .lexicon import load
from .model import Entity
from .text import Words

_PAIRS = ("both", "either")
_TO_THE_FIRST = re.compile(r" (?:in |on |at |to |for )?(?:my |our |the |his |her |their )?")
_TO_THE_SECOND = re.compile(
    r",? ?(?:and|or|&|/) ?(?:in |on |at |to |for )?(?:my |our |the |his |her |their )?"
)


class ReferenceFinder:
    """Finds references and cues; the patterns are in `lexicon/references.yml`."""

    def __init__(self) -> None:
        data = load("references")
        self.references = [
            (r["value"], r.get("of"), re.compile(r["pattern"]), re.compile(r.get("told_after", r"(?!)")))
            for r in data["references"]
        ]
        self.cues = [(c["value"], re.compile(c["pattern"])) for c in data["cues"]]

    def find(self, words: Words, held: list[Entity]) -> list[Entity]:
        """The references and cues of a message."""
        found: list[Entity] = []
        for value, of, pattern, told_after in self.references:
            for match in pattern.finditer(words.low):
                if told_after.search(words.low[: match.start()]) and "?" not in words.low[match.end() :]:
                    continue  # "the last office didn't let us have either"
                if any(e.start < match.end() and match.start() < e.end for e in found):
                    continue
                if value in _PAIRS and _joins(words, match.end(), held):
                    continue  # "in both Tokyo and Seoul" points at nothing said before
                extra = {"of": of} if of else {}
                found.append(
                    Entity(
                        "reference",
                        value,
                        match.start(),
                        match.end(),
                        words.text[match.start() : match.end()],
                        extra=extra,
                    )
                )
        for value, pattern in self.cues:
            if match := pattern.search(words.low):
                found.append(
                    Entity("cue", value, match.start(), match.end(), words.text[match.start() : match.end()])
                )
        return found


def _joins(words: Words, end: int, held: list[Entity]) -> bool:
    """Whether "both" or "either" that ends there joins two things of a kind that the message names."""
    return any(
        one.dimension == other.dimension
        and _TO_THE_FIRST.fullmatch(words.low[end : one.start])
        and _TO_THE_SECOND.fullmatch(words.low[one.end : other.start])
        for one in held
        for other in held
        if end < one.start < other.start
    )
