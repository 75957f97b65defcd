"""What a message asks, decided from the classifier's ranking and a few plain cues.

Cues only correct the classifier where being wrong would mislead: no ruling where nothing was asked, no small talk
where something was.
"""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, Entity
from .spelling import is_word
from .text import Words

FALLBACK = "nlu_fallback"
THRESHOLD = 0.28


class Decider:
    """Decides the intent; the cue patterns are in `lexicon/cues.yml`."""

    def __init__(self) -> None:
        self.cues = {name: re.compile(pattern) for name, pattern in load("cues").items()}

    def decide(self, words: Words, entities: list[Entity], ranking: list[tuple[str, float]], language: str | None) -> tuple[str, float]:
        """The intent and how sure it is."""
        if not words.all:
            return FALLBACK, 1.0
        if language:
            return "other_language", 0.95
        top, confidence = ranking[0] if ranking else (FALLBACK, 0.0)
        facts = [e for e in entities if e.entity not in ("cue", "reference")]
        low = words.low.strip()
        for intent in ("manipulation",):
            if self.cues[intent].search(low):
                return intent, 0.95
        if not facts and self._gibberish(words):
            return FALLBACK, 1.0
        if confidence < THRESHOLD and not facts:
            return FALLBACK, confidence
        return top, confidence

    @staticmethod
    def _gibberish(words: Words) -> bool:
        wordy = [w for w in words.all if not w.punct and not w.text.isdigit()]
        known = sum(is_word(w.low) for w in wordy)
        return not wordy or known / len(wordy) < 0.34 and len(wordy) > 0
