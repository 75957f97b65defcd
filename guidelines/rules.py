"""Guidelines and the rules they hold (SPEC section 2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from guidelines.vocabulary import DIMENSIONS, ROOT, Vocabulary

if TYPE_CHECKING:
    from guidelines.hosting import HostCountry, Practice


PROVENANCES = ("public-record", "illustrative")
"""Where guidance comes from: what a government published, or what was made up to show how it would look."""


class Effect(StrEnum):
    """What a rule says, from the most permissive to the strictest."""

    ALLOWED = "allowed"
    CONDITIONAL = "conditional"
    APPROVAL_REQUIRED = "approval-required"
    PROHIBITED = "prohibited"

    strictness: int
    """0 for allowed up to 3 for prohibited."""
    permissive: bool
    """Whether the person may go ahead without asking anybody (allowed, conditional)."""


for _rank, _effect in enumerate(Effect):
    _effect.strictness = _rank
    _effect.permissive = _effect in (Effect.ALLOWED, Effect.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a guideline is written down."""

    title: str
    publisher: str = ""
    url: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Owner:
    """The policy team that answers for a guideline, and how to reach it."""

    team: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which values a rule speaks about: included concepts less the excluded ones, dimension by dimension.

    A dimension that `include` leaves out means any; an included empty list admits nothing.
    """

    include: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def included(self, dimension: str) -> tuple[str, ...]:
        """The concepts included on `dimension`; the root where none are named."""
        return self.include.get(dimension, (ROOT,))

    def excluded(self, dimension: str) -> tuple[str, ...]:
        """The concepts excluded on `dimension`."""
        return self.exclude.get(dimension, ())

    def admitted(self, dimension: str, vocabulary: Vocabulary) -> frozenset[str]:
        """The values of `dimension` that the scope admits. Raises KeyError for a concept the vocabulary
        lacks.
        """
        scheme = vocabulary[dimension]
        values = scheme.values_under(*self.included(dimension))
        excluded = self.excluded(dimension)
        return values - scheme.values_under(*excluded) if excluded else values

    def named(self) -> Iterator[tuple[str, str]]:
        """Every (dimension, concept) that the scope names, included or excluded."""
        for part in (self.include, self.exclude):
            for dimension, concepts in part.items():
                for concept in concepts:
                    yield dimension, concept


@dataclass(frozen=True)
class Rule:
    """One statement of a guideline: an effect for a scope."""

    id: str
    effect: Effect
    scope: Scope = field(default_factory=Scope)
    conditions: tuple[str, ...] = ()
    approver: str = ""
    reason: str = ""
    baseline: bool = False
    binding: bool = False
    overrides: tuple[str, ...] = ()
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)

    def valid_on(self, day: dt.date) -> bool:
        """Whether the rule holds on `day`; both ends of its validity belong to it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Guideline:
    """A document with an issuer, an owner and sources, and the rules it holds."""

    id: str
    title: str
    issuer: str
    owner: Owner | None
    rules: tuple[Rule, ...] = ()
    version: str = ""
    status: str = ""
    issued: str = ""
    review_by: dt.date | None = None
    provenance: str = ""
    sources: tuple[Source, ...] = ()
    notes: str = ""
    extra: Mapping[str, Any] = field(default_factory=dict)

    def overdue_on(self, day: dt.date) -> bool:
        """Whether the date by which the owner meant to look at it again has passed on `day`."""
        return self.review_by is not None and day > self.review_by


@dataclass(frozen=True)
class Corpus:
    """What one edition holds: a vocabulary, the guidelines written in it, and facts for briefings."""

    vocabulary: Vocabulary
    guidelines: tuple[Guideline, ...] = ()
    host_countries: tuple[HostCountry, ...] = ()
    practices: tuple[Practice, ...] = ()

    def rules(self) -> Iterator[tuple[Guideline, Rule]]:
        """Every rule with the guideline that holds it, in their order."""
        for guideline in self.guidelines:
            for rule in guideline.rules:
                yield guideline, rule

    @cached_property
    def _by_rule(self) -> dict[str, tuple[Guideline, Rule]]:
        return {rule.id: (guideline, rule) for guideline, rule in self.rules()}

    def find(self, rule_id: str) -> tuple[Guideline, Rule]:
        """The guideline and the rule with that id. Raises KeyError."""
        return self._by_rule[rule_id]


def unknown_concepts(rule: Rule, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The (dimension, concept) pairs a rule names that the vocabulary does not hold."""
    return [
        (dimension, concept)
        for dimension, concept in rule.scope.named()
        if dimension not in DIMENSIONS or concept not in vocabulary[dimension]
    ]
