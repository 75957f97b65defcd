"""Which rules came close to answering a case, and why they did not decide."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from guidelines.enquiry import Enquiry
from guidelines.rulebook import CompiledRule, RuleBook
from guidelines.rules import Effect, Guideline, Rule
from guidelines.vocabulary import DIMENSIONS, ROOT

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
    known = {d: tuple(c for c in enquiry[d] or () if c in book.vocabulary[d]) or None for d in DIMENSIONS}
    asked = {d: book.mask(d, book.vocabulary[d].values_under(*(known[d] or (ROOT,)))) for d in DIMENSIONS}
    found = []
    for compiled in book.compiled:
        misses = tuple(_misses(compiled, known, asked))
        missed = sum(not miss.partly for miss in misses)
        out = not compiled.rule.valid_on(on)
        was = compiled.rule.id in decided
        if missed + out <= 1 or was:
            one = Close(compiled.guideline, compiled.rule, compiled.rule.effect, misses, out, was)
            found.append((not was, missed + out, len(misses), _breadth(compiled), compiled.number, one))
    found.sort(key=lambda entry: entry[:5])
    return [one for *_, one in found[:_MOST]]


def _misses(compiled: CompiledRule, known: dict[str, tuple[str, ...] | None], asked: dict[str, int]):  # type: ignore[no-untyped-def]
    for axis, dimension in enumerate(DIMENSIONS):
        named = known[dimension]
        if named is None:
            continue
        meets = compiled.admits[axis] & asked[dimension]
        if meets != asked[dimension]:
            scope = compiled.rule.scope
            yield Miss(
                dimension, scope.included(dimension), scope.excluded(dimension), named, partly=bool(meets)
            )


def _breadth(compiled: CompiledRule) -> int:
    return compiled.admits[DIMENSIONS.index("app")].bit_count()
