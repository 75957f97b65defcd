"""Ruling again what was ruled before: whether a receipt holds, and whether it would today."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any

from guidelines.completion import together, value_classes
from guidelines.enquiry import Enquiry, UnknownConcept
from guidelines.rulebook import RuleBook
from guidelines.ruling import NO_GUIDANCE, Ruling, Unclear
from guidelines.vocabulary import DIMENSIONS, Scheme

# A receipt of a briefing stands for all of its rulings, which the briefings check themselves.
MANY = "briefing"
_STRANGE = {"unknown_app": ("app", Unclear.UNKNOWN_APP), "unknown_place": ("country", Unclear.UNKNOWN_PLACE)}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ruling came to, as a receipt keeps it."""

    effect: str | None
    unclear: str | None
    rules: frozenset[str]

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Outcome:
        """The outcome of a receipt."""
        return cls(given.get("effect"), given.get("unclear"), frozenset(given.get("rules") or ()))

    def as_dict(self) -> dict[str, Any]:
        """The outcome as JSON likes it."""
        return {"effect": self.effect, "unclear": self.unclear, "rules": sorted(self.rules)}


def rule_again(book: RuleBook, enquiry: Mapping[str, Any], on: dt.date) -> Outcome | None:
    """The outcome of a receipt's enquiry by a rule book, on a day.

    None where there is no longer one outcome: what was asked is not in the vocabulary any more, the effect
    now depends on a detail that was not given, or a word that was unknown then is known now.
    """
    if MANY in enquiry:
        return Outcome(None, None, frozenset())
    for key, (dimension, unclear) in _STRANGE.items():
        if word := enquiry.get(key):
            known = _known(book.vocabulary[dimension], str(word))
            return None if known else Outcome(None, unclear, frozenset())
    asked = Enquiry.of({dimension: enquiry.get(dimension) for dimension in DIMENSIONS})
    try:
        asked.check(book.vocabulary)
    except UnknownConcept:
        return None
    ruling = _ruling(book, asked, on)
    if ruling is None:
        return None
    mark = ruling.unclear.value if ruling.unclear else None
    return Outcome(ruling.effect.value if ruling.effect else None, mark, frozenset(ruling.rules))


def _ruling(book: RuleBook, asked: Enquiry, on: dt.date) -> Ruling | None:
    """The one ruling over everything that the enquiry could mean, or None where the effects differ."""
    classes = value_classes(book, asked, on)
    rows = [[group.sample for group in classes[dimension]] for dimension in DIMENSIONS]
    rulings = [book.rule(role, device, country, app, on) for role, device, country, app in product(*rows)]
    if len({ruling.effect for ruling in rulings}) > 1:
        return None
    return together(rulings) if rulings else NO_GUIDANCE


def _known(scheme: Scheme, word: str) -> bool:
    wanted = _plain(word)
    return any(wanted == _plain(name) for concept in scheme for name in (concept.id, *concept.labels))


def _plain(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())
