"""Rules for the intent of a message, in tables: the first rule that applies to a case decides it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from .model import ASSERTED, NEGATED, REPLACED, Entity
from .shapes import APPS, Shapes
from .text import Words

FALLBACK = "nlu_fallback"
UNSURE, DOUBTFUL, FIRM, NEARLY_SURE = 0.28, 0.5, 0.75, 0.85
UNASKED = {"mention", "out_of_scope", "manipulation"}
RULING = {"may_i", "inform", "correct", "what_if", "affirm", "deny"}
ABOUT = {
    "why",
    "alternatives",
    "conditions",
    "list_apps",
    "brief",
    "dispute",
    "approval",
    "contact",
    "changes",
}
ASKED = RULING | ABOUT
SMALL_TALK = {"greet", "thanks", "goodbye"}
WEAK = {"manipulation", "deny", "affirm", "out_of_scope", "mention", FALLBACK, *SMALL_TALK}

Ranking = list[tuple[str, float]]


@dataclass
class Case:
    """A message whose intent is being decided: what it names, and what the classifier makes of it."""

    words: Words
    low: str  # in lower case, and without the asides that are left out
    facts: list[Entity]
    pointers: list[Entity]  # the references and cues beside the facts
    ranking: Ranking
    top: str
    confidence: float
    cues: Mapping[str, re.Pattern[str]]
    shapes: Shapes

    def says(self, *cues: str) -> bool:
        """Whether it says one of these cues somewhere."""
        return any(self.cues[cue].search(self.low) for cue in cues)

    def opens(self, cue: str) -> bool:
        """Whether it begins with a cue."""
        return bool(self.cues[cue].match(self.low))

    def gives_cue(self, value: str) -> bool:
        """Whether the finders left a cue of this value, like `follow_up`."""
        return any(e.entity == "cue" and e.value == value for e in self.pointers)

    def refers_to(self, values: Collection[str]) -> bool:
        """Whether it refers back in one of these ways, like `both`."""
        return any(e.entity == "reference" and e.value in values for e in self.pointers)

    def share(self, intents: Collection[str]) -> float:
        """How likely one of these intents is, all together."""
        return sum(share for intent, share in self.ranking if intent in intents)

    def likeliest(self, intents: Collection[str]) -> str:
        """The likeliest of these intents."""
        return next((intent for intent, _ in self.ranking if intent in intents), "may_i")

    @property
    def has_question_mark(self) -> bool:
        """Whether there is a question mark in it."""
        return "?" in self.low

    @property
    def refers(self) -> bool:
        """Whether it refers back to something."""
        return any(e.entity == "reference" for e in self.pointers)

    @property
    def length(self) -> int:
        """How many tokens the message has, asides and all."""
        return len(self.words)

    @cached_property
    def named(self) -> list[Entity]:
        """The facts, and what points back."""
        return [*self.facts, *self.pointers]

    @cached_property
    def own_facts(self) -> list[Entity]:
        """The facts of the enquiry itself: not somebody else's, and not denied."""
        return [e for e in self.facts if e.stance == ASSERTED]

    @cached_property
    def apps(self) -> list[Entity]:
        """The apps among the facts of the enquiry."""
        return [e for e in self.own_facts if e.entity in APPS]

    @cached_property
    def own_device(self) -> bool:
        """Whether a device is among the facts of the enquiry."""
        return any(e.entity == "device" for e in self.own_facts)

    @cached_property
    def names_alone(self) -> bool:
        """Whether it is names and small words, and nothing else."""
        return bool(self.named) and self.shapes.only_named(self.words, self.named)

    @cached_property
    def contrasted(self) -> bool:
        """Whether one value is set against another: "not the work one, my own laptop"."""
        denied = {e.dimension for e in self.named if e.stance in (NEGATED, REPLACED)}
        if not denied:
            return False
        chosen = self.refers_to(("first", "second", "last", "other"))
        return chosen or any(e.dimension in denied and e.stance == ASSERTED for e in self.named)

    @property
    def wants_it(self) -> bool:
        """Whether an app follows right after a word for wanting: "n want Revolut on my work phone"."""
        before = [self.words.low[: e.start].rstrip() for e in self.apps]
        return any(m.end() == len(text) for text in before for m in self.cues["wants"].finditer(text))

    @cached_property
    def hearsay(self) -> bool:
        """Whether it tells what somebody read or heard: words of permission in it are no question."""
        return not self.has_question_mark and self.says("told")


@dataclass(frozen=True)
class Rule:
    """What a case asks if something applies to it; how sure that is, unless it is as sure as its table."""

    name: str
    applies: Callable[[Case], object]
    intent: str | Callable[[Case], str]
    confidence: float | None = None


def first_that_applies(rules: Iterable[Rule], case: Case, confidence: float) -> tuple[str, float] | None:
    """The intent by the first rule that applies, and how sure it is; None where no rule does."""
    for rule in rules:
        if rule.applies(case):
            intent = rule.intent if isinstance(rule.intent, str) else rule.intent(case)
            return intent, confidence if rule.confidence is None else rule.confidence
    return None
