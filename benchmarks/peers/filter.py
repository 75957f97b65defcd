"""What a programmer would write after finding the rules that apply: drop the displaced, take the strictest.

Scopes are compared as integers prepared beforehand, the narrowest rules come first, and each rule is compared
only with narrower ones until one displaces it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from guidelines.rules import Corpus, Scope
from guidelines.vocabulary import DIMENSIONS

Said = tuple[str | None, str | None, frozenset[str]]
_STRICTNESS = {"allowed": 0, "conditional": 1, "approval-required": 2, "prohibited": 3}


@dataclass(slots=True)
class Candidate:
    """A rule as the filter wants it."""

    id: str
    guideline: str
    issuer: str
    rank: int
    effect: str
    role: int
    device: int
    country: int
    app: int
    size: int
    baseline: bool
    binding: bool
    overrides: tuple[str, ...]
    start: dt.date
    end: dt.date
    review: dt.date


def candidates(corpus: Corpus) -> list[Candidate]:
    """Every rule of a corpus, in its order."""
    masks: dict[tuple[str, tuple[str, ...], tuple[str, ...]], int] = {}
    bits = {d: {v: 1 << i for i, v in enumerate(corpus.vocabulary[d].values)} for d in DIMENSIONS}

    def mask(scope: Scope, dimension: str) -> int:
        key = (dimension, scope.included(dimension), scope.excluded(dimension))
        if key not in masks:
            masks[key] = sum(bits[dimension][v] for v in scope.admitted(dimension, corpus.vocabulary))
        return masks[key]

    listed = []
    for guideline, rule in corpus.rules():
        scope = [mask(rule.scope, dimension) for dimension in DIMENSIONS]
        size = 1
        for one in scope:
            size *= one.bit_count()
        listed.append(
            Candidate(
                rule.id, guideline.id, guideline.issuer, _STRICTNESS[rule.effect], str(rule.effect), *scope,
                size, rule.baseline, rule.binding, rule.overrides,
                rule.valid_from or dt.date.min, rule.valid_until or dt.date.max,
                guideline.review_by or dt.date.max,
            )
        )  # fmt: skip
    return listed


def settle(applicable: list[Candidate], on: dt.date) -> Said:
    """The effect, the mark and the deciding rules."""
    applicable.sort(key=lambda c: c.size)
    overridden = {name for s in applicable if s.overrides for name in s.overrides}
    plain = any(not c.baseline for c in applicable)
    remaining = []
    for i, r in enumerate(applicable):
        if plain and r.baseline:
            continue
        if overridden and (r.id in overridden or r.guideline in overridden) and _overridden(r, applicable):
            continue
        if not _displaced(r, applicable[:i]):
            remaining.append(r)
    return decide(remaining, on)


def _overridden(r: Candidate, applicable: Sequence[Candidate]) -> bool:
    return any(s is not r and (r.id in s.overrides or r.guideline in s.overrides) for s in applicable)


def _displaced(r: Candidate, before: Sequence[Candidate]) -> bool:
    role, device, country, app, size = ~r.role, ~r.device, ~r.country, ~r.app, r.size
    return any(
        not s.app & app
        and not s.country & country
        and not s.role & role
        and not s.device & device
        and s.size < size
        and s.baseline == r.baseline
        and (not r.binding or s.issuer == r.issuer or s.rank > r.rank)
        for s in before
    )


def decide(remaining: Sequence[Candidate], on: dt.date) -> Said:
    """What the remaining rules say together."""
    if not remaining:
        return None, "no-guidance", frozenset()
    strictest = max(remaining, key=lambda c: c.rank)
    permissive = sum(c.rank < 2 for c in remaining)
    if 0 < permissive < len(remaining):
        return strictest.effect, "conflicting-guidance", frozenset(c.id for c in remaining)
    deciding = remaining if permissive else [c for c in remaining if c.rank == strictest.rank]
    overdue = any(c.review < on for c in deciding)
    return strictest.effect, "review-overdue" if overdue else None, frozenset(c.id for c in deciding)
