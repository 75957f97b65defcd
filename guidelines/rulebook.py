"""The compiled rule book: one edition, ready to answer, shared by threads and never changed.

How it is fast. A rule is a bit. For each app there is a *page*: the rules that can apply to that app, and
for every role, device, country and stretch of time one integer whose bits are the rules that admit it. The
rules that apply to an enquiry are the AND of four integers. What they decide depends on nothing else but the
day, so each page remembers the ruling for every set of rules it has met. Which rule displaces which does not
depend on the enquiry either; it is worked out once for each pair of rules that meet.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidelines.enquiry import UnknownConcept
from guidelines.rules import Corpus, Guideline, Rule, unknown_concepts
from guidelines.ruling import Ruling, decide
from guidelines.vocabulary import DIMENSIONS, VocabularyError

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Displacement:
    """Why an applicable rule does not decide: `by` displaces `rule`; `why` is override, baseline, narrower
    or stricter.
    """

    rule: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a ruling came about: the rules that applied, the ones displaced and why, and the outcome."""

    applicable: tuple[str, ...]
    displaced: tuple[Displacement, ...]
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its guideline and the values it admits, one integer of bits for each dimension."""

    number: int
    guideline: Guideline
    rule: Rule
    admits: tuple[int, int, int, int]

    def narrower_than(self, other: CompiledRule) -> bool:
        """Whether the scope is strictly narrower: a subset on every dimension, a proper one on at least
        one.
        """
        mine, theirs = self.admits, other.admits
        return mine != theirs and all(not (a & ~b) for a, b in zip(mine, theirs, strict=True))


def displaces(s: CompiledRule, r: CompiledRule) -> str | None:
    """Why `s` displaces `r` when both apply (SPEC section 3, point 2); None when it does not."""
    if r.rule.id in s.rule.overrides or r.guideline.id in s.rule.overrides:
        return "override" if s is not r else None
    if r.rule.baseline != s.rule.baseline:
        return "baseline" if r.rule.baseline else None
    if not s.narrower_than(r):
        return None
    if not r.rule.binding or s.guideline.issuer == r.guideline.issuer:
        return "narrower"
    return "stricter" if s.rule.effect.strictness > r.rule.effect.strictness else None


class RuleBook:
    """One edition compiled for answering.

    Raises:
        VocabularyError: a rule names a concept that the vocabulary lacks, or two rules share an id.
    """

    def __init__(self, corpus: Corpus, edition: int | None = None) -> None:
        self.corpus = corpus
        self.edition = edition
        self.vocabulary = corpus.vocabulary
        _refuse_unusable(corpus)
        self._bits = {
            dimension: {value: 1 << i for i, value in enumerate(self.vocabulary[dimension].values)}
            for dimension in DIMENSIONS
        }
        self._masks: dict[tuple[str, frozenset[str]], int] = {}
        self.compiled: tuple[CompiledRule, ...] = tuple(
            CompiledRule(number, guideline, rule, self._admits(rule))
            for number, (guideline, rule) in enumerate(corpus.rules())
        )
        self._pages: dict[str, _Page] = {}
        self._shared: dict[tuple[int, ...], _Page] = {}

    def _admits(self, rule: Rule) -> tuple[int, int, int, int]:
        return tuple(  # type: ignore[return-value]
            self._mask(dimension, rule.scope.admitted(dimension, self.vocabulary)) for dimension in DIMENSIONS
        )

    def _mask(self, dimension: str, values: frozenset[str]) -> int:
        key = (dimension, values)
        mask = self._masks.get(key)
        if mask is None:
            bits = self._bits[dimension]
            mask = self._masks[key] = sum(bits[value] for value in values)
        return mask

    def bit(self, dimension: str, value: str) -> int:
        """The bit that stands for a value in the integers of `CompiledRule.admits`. Raises KeyError."""
        return self._bits[dimension][value]

    def mask(self, dimension: str, values: Iterable[str]) -> int:
        """The bits of several values. Raises KeyError for what is no value."""
        return self._mask(dimension, frozenset(values))

    def rule(self, role: str, device: str, country: str, app: str, on: dt.date) -> Ruling:
        """The ruling for a complete enquiry on a day.

        Raises:
            UnknownConcept: one of the four is not a value of its scheme.
        """
        try:
            return (self._pages.get(app) or self.page(app)).rule(role, device, country, on)
        except KeyError:
            self._refuse(role=role, device=device, country=country, app=app)
            raise

    def page(self, app: str) -> _Page:
        """The page of an app; apps that no rule tells apart share one. Raises KeyError for what is no app
        value.
        """
        bit = self._bits["app"][app]
        rules = tuple(compiled for compiled in self.compiled if compiled.admits[3] & bit)
        numbers = tuple(compiled.number for compiled in rules)
        page = self._shared.get(numbers)
        if page is None:
            page = self._shared[numbers] = _Page(rules, self._bits)
        self._pages[app] = page
        return page

    def explain(self, role: str, device: str, country: str, app: str, on: dt.date) -> Explanation:
        """The ruling for a complete enquiry with every rule that applied and what displaced it.

        Raises:
            UnknownConcept: one of the four is not a value of its scheme.
        """
        ruling = self.rule(role, device, country, app, on)
        page = self._pages[app]
        applicable = list(page.rules_in(page.applicable(role, device, country, on)))
        displaced = tuple(
            Displacement(r.rule.id, s.rule.id, why)
            for r in applicable
            for s in applicable
            if (why := displaces(s, r))
        )
        return Explanation(tuple(compiled.rule.id for compiled in applicable), displaced, ruling)

    def find(self, rule_id: str) -> tuple[Guideline, Rule]:
        """The guideline and rule with that id. Raises KeyError."""
        return self.corpus.find(rule_id)

    def _refuse(self, **details: str) -> None:
        for dimension, value in details.items():
            if value not in self._bits[dimension]:
                raise UnknownConcept(dimension, value) from None

    @cached_property
    def breakpoints(self) -> tuple[dt.date, ...]:
        """The days on which some rule starts to hold or has stopped holding."""
        return _breakpoints(self.compiled)


class _Page:
    """The rules that can apply to an app, and the rulings they gave so far."""

    __slots__ = (
        "_by_country",
        "_by_device",
        "_by_role",
        "_days",
        "_displacers",
        "_known",
        "_review",
        "_valid",
        "rules",
    )

    def __init__(self, rules: tuple[CompiledRule, ...], bits: dict[str, dict[str, int]]) -> None:
        self.rules = rules
        self._by_role = _transpose(rules, 0, bits["role"])
        self._by_device = _transpose(rules, 1, bits["device"])
        self._by_country = _transpose(rules, 2, bits["country"])
        self._days = _breakpoints(rules)
        starts = (dt.date.min, *self._days)
        self._valid = [sum(1 << i for i, c in enumerate(rules) if c.rule.valid_on(day)) for day in starts]
        reviews = {c.guideline.review_by for c in rules if c.guideline.review_by is not None}
        self._review = tuple(sorted(reviews))
        self._known: dict[tuple[int, int], Ruling] = {}
        self._displacers: dict[tuple[int, int], bool] = {}

    def applicable(self, role: str, device: str, country: str, on: dt.date) -> int:
        """The bits of the rules that apply. Raises KeyError for what is no value."""
        return (
            self._by_country[country]
            & self._by_device[device]
            & self._by_role[role]
            & self._valid[bisect_right(self._days, on)]
        )

    def rule(self, role: str, device: str, country: str, on: dt.date) -> Ruling:
        applicable = self.applicable(role, device, country, on)
        key = (applicable, bisect_right(self._review, on - _ONE_DAY))
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._decide(applicable, on)
        return known

    def rules_in(self, bits: int) -> Iterator[CompiledRule]:
        """The rules whose bits are set, in the order of the book."""
        while bits:
            lowest = bits & -bits
            yield self.rules[lowest.bit_length() - 1]
            bits ^= lowest

    def _decide(self, applicable: int, on: dt.date) -> Ruling:
        rules = list(self.rules_in(applicable))
        remaining = [(r.guideline, r.rule) for r in rules if not any(self._displaces(s, r) for s in rules)]
        return decide(remaining, on)

    def _displaces(self, s: CompiledRule, r: CompiledRule) -> bool:
        pair = (s.number, r.number)
        known = self._displacers.get(pair)
        if known is None:
            known = self._displacers[pair] = displaces(s, r) is not None
        return known


def _transpose(rules: Sequence[CompiledRule], axis: int, bits: dict[str, int]) -> dict[str, int]:
    by_mask: dict[int, int] = {}
    for i, compiled in enumerate(rules):
        mask = compiled.admits[axis]
        by_mask[mask] = by_mask.get(mask, 0) | 1 << i
    return {value: sum(held for mask, held in by_mask.items() if mask & bit) for value, bit in bits.items()}


def _breakpoints(rules: Sequence[CompiledRule]) -> tuple[dt.date, ...]:
    days = {c.rule.valid_from for c in rules if c.rule.valid_from is not None}
    days |= {
        c.rule.valid_until + _ONE_DAY
        for c in rules
        if c.rule.valid_until is not None and c.rule.valid_until < dt.date.max
    }
    return tuple(sorted(days))


def _refuse_unusable(corpus: Corpus) -> None:
    problems = []
    seen: set[str] = set()
    for _, rule in corpus.rules():
        problems += [
            f"rule `{rule.id}` names {dimension} `{concept}`, which is not in the vocabulary"
            for dimension, concept in unknown_concepts(rule, corpus.vocabulary)
        ]
        if rule.id in seen:
            problems.append(f"rule id `{rule.id}` stands twice")
        seen.add(rule.id)
    if problems:
        raise VocabularyError(problems)
