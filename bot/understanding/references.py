"""Words that point back ("there", "that one", "both") and cues about how a message leans on the last one."""

from __future__ import annotations

import re

from .lexicon import load
from .model import Entity
from .text import Words


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
