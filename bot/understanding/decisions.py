"""What a message asks, decided from the classifier's ranking and a few plain cues.

Cues only correct the classifier where being wrong would mislead: no ruling where nothing was asked, no
small talk where something was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .corrected_intents import CORRECTED_INTENTS
from .intent_rules import (
    FALLBACK,
    FIRM,
    RULING,
    SMALL_TALK,
    UNASKED,
    UNSURE,
    Case,
    Ranking,
    first_that_applies,
)
from .lexicon import load
from .likely_intents import LIKELY_INTENTS
from .model import ASSERTED, Entity
from .named_intents import NAMED_INTENTS
from .shapes import APPS, Shapes
from .spelling import is_word
from .text import Words
from .told_intents import TOLD_INTENTS

PERHAPS_NOTHING = 0.3  # from this share on, that nothing may have been asked is worth a question,
LIKELY_NOTHING = 0.45  # and from this one on even where there are words of permission


def _asked(words: Words, entities: list[Entity]) -> str:
    """The message in lower case without its asides, where something named is left."""
    core = words.core.strip(" ,.;:-")
    left = any(e.entity not in ("cue", "reference") and not e.inside(words.left_out) for e in entities)
    return core if left else words.low.strip()


def _only_told(case: Case) -> bool:
    """Whether all that is named is told of others, and what is left asks nothing."""
    inside = all(e.inside(case.words.asides) for e in case.facts)
    asks = case.says("asked", "permission", "question", "wanted", "wants_too")
    return inside and not asks and any(e.entity in APPS for e in case.facts)


class Decider:
    """Decides the intent; the cue patterns are in `lexicon/cues.yml`, what follows from them is in tables."""

    def __init__(self) -> None:
        self.cues = {name: re.compile(pattern) for name, pattern in load("cues").items()}
        self.shapes = Shapes(self.cues)

    def certain(self, words: Words, entities: list[Entity], language: str | None) -> tuple[str, float] | None:
        """The intent that needs no classifier, or None."""
        if not words.all:
            return FALLBACK, 1.0
        if language:
            return "other_language", 0.95
        low = words.low.strip()
        if self.cues["manipulation"].search(low):
            return "manipulation", 0.95
        facts = [e for e in entities if e.entity not in ("cue", "reference")]
        pointers = [e for e in entities if e.entity in ("cue", "reference")]
        doubtful = all(e.how == "fuzzy" or e.candidates for e in facts)
        if doubtful and not pointers and self._gibberish(words, facts):
            return FALLBACK, 1.0
        if not facts and len(words) <= 6:
            for cue, intent in (("deny", "deny"), ("affirm", "affirm"), ("farewell", "goodbye")):
                if self.cues[cue].fullmatch(low.rstrip(" .!,")):
                    return intent, 0.95
        return None

    def decide(self, words: Words, entities: list[Entity], ranking: Ranking) -> tuple[str, float]:
        """The intent and how sure it is, of a message about which nothing is certain beforehand."""
        low = _asked(words, entities)
        facts = [e for e in entities if e.entity not in ("cue", "reference")]
        pointers = [e for e in entities if e.entity in ("cue", "reference")]
        top, confidence = ranking[0] if ranking else (FALLBACK, 0.0)
        if top in SMALL_TALK and any(e.entity in APPS or e.dimension in ("device", "role") for e in facts):
            top, confidence = next((r for r in ranking if r[0] not in SMALL_TALK), (FALLBACK, 0.0))
            if confidence < UNSURE:
                top, confidence = "inform", FIRM  # "Evening! Senator's electorate officer speaking"
        case = Case(words, low, facts, pointers, ranking, top, confidence, self.cues, self.shapes)
        if words.asides and top in RULING and facts and not pointers and _only_told(case):
            return "mention", FIRM  # "my landlady is on Viber, doesn't matter to me"
        return (
            first_that_applies(TOLD_INTENTS, case, FIRM)
            or first_that_applies((*NAMED_INTENTS, *CORRECTED_INTENTS, *LIKELY_INTENTS), case, confidence)
            or (top, confidence)
        )

    def doubtful(self, words: Words, entities: list[Entity], ranking: Ranking, intent: str) -> bool:
        """Whether an app is named and the classifier, unhelped, is not sure that it is asked about."""
        if intent not in ("may_i", "inform") or not ranking or ranking[0][0] not in {intent, *UNASKED}:
            return False
        apps = [e for e in entities if e.entity in APPS and e.stance == ASSERTED]
        if not apps or any(e.entity == "ambiguous_app" for e in apps):
            return False  # which app is meant is asked anyway
        facts = [e for e in entities if e.entity != "cue"]
        unasked = sum(share for name, share in ranking if name in UNASKED)
        asked = "?" in words.low or not self.cues["told"].search(words.low)
        if self.shapes.only_named(words, facts) or self.shapes.details_only(words, facts):
            return False
        if self.shapes.on_a_device(words, facts):
            return False
        plain = asked and self.cues["permission"].search(words.low)
        return unasked >= (LIKELY_NOTHING if plain else PERHAPS_NOTHING)

    @staticmethod
    def _gibberish(words: Words, facts: Sequence[Entity] = ()) -> bool:
        wordy = [
            w
            for w in words.all
            if not w.punct and not w.text.isdigit() and not any(e.start <= w.start < e.end for e in facts)
        ]
        if facts and not wordy:
            return False
        if len(wordy) > 2 and len({w.low for w in wordy}) == 1:
            return True
        known = sum(is_word(w.low) for w in wordy)
        return not wordy or known / len(wordy) < 0.34
