"""Which rules came close to answering a case, and why they did not decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guidelines.enquiry import Enquiry
from guidelines.rulebook import CompiledRule, RuleBook
from guidelines.rules import Effect, Guideline, Rule
from guidelines.vocabulary import DIMENSIONS

_MOST = 6


@dataclass(frozen=True, slots=True)
class Miss:
    """Why a rule did not apply on one dimension: what it speaks about there, against what was asked."""

    dimension: str
    speaks_of: tuple[str, ...]
    less: tuple[str, ...]
    asked: tuple[str, ...]
    partly: bool


@dataclass(frozen=True, slots=True)
class Close:
    """A rule that came close. `decided` when it is one of those that decided (or clashed)."""

    guideline: Guideline
    rule: Rule
    effect: Effect
    misses: tuple[Miss, ...]
    out_of_time: bool
    decided: bool


def close(book: RuleBook, enquiry: Enquiry, on: dt.date, decided: tuple[str, ...] = ()) -> list[Close]:
    """Rules that speak about what was asked but for a detail or two, the closest first.

    A rule that names the app (or group of apps) comes before one that speaks of any app.
    """
    found = []
    for compiled in book.compiled:
        misses_ = misses(book, compiled, enquiry)
        missed = sum(not miss.partly for miss in misses_)
        out = not compiled.rule.valid_on(on)
        was = compiled.rule.id in decided
        if missed + out <= 1 or was:
            one = Close(compiled.guideline, compiled.rule, compiled.rule.effect, misses_, out, was)
            found.append((not was, missed + out, len(misses_), _breadth(compiled), compiled.number, one))
    found.sort(key=lambda entry: entry[:5])
    return [one for *_, one in found[:_MOST]]


def misses(book: RuleBook, compiled: CompiledRule, enquiry: Enquiry) -> tuple[Miss, ...]:
    """Where a rule does not, or only partly, speak about what was asked; details that are missing count as
    met."""
    found = []
    for axis, dimension in enumerate(DIMENSIONS):
        scheme = book.vocabulary[dimension]
        named = tuple(concept for concept in enquiry[dimension] or () if concept in scheme)
        if not named:
            continue
        asked = book.mask(dimension, scheme.values_under(*named))
        meets = compiled.admits[axis] & asked
        if meets != asked:
            scope = compiled.rule.scope
            said = (scope.included(dimension), scope.excluded(dimension), named)
            found.append(Miss(dimension, *said, partly=bool(meets)))
    return tuple(found)


def _breadth(compiled: CompiledRule) -> int:
    return compiled.admits[DIMENSIONS.index("app")].bit_count()
