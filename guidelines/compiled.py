"""Rules as the rule book holds them: numbered, with the values they admit as integers, one bit a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidelines.rules import Corpus, Guideline, Rule, unknown_concepts
from guidelines.vocabulary import DIMENSIONS, Vocabulary, VocabularyError

Masks = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its guideline and the values it admits, one integer of bits for each dimension."""

    number: int
    guideline: Guideline
    rule: Rule
    admits: Masks

    def narrower_than(self, other: CompiledRule) -> bool:
        """Whether the scope is strictly narrower: a subset on every dimension, a proper one on at least
        one.
        """
        role, device, country, app = self.admits
        its_role, its_device, its_country, its_app = other.admits
        return (
            app | its_app == its_app
            and country | its_country == its_country
            and role | its_role == its_role
            and device | its_device == its_device
            and self.admits != other.admits
        )


def displaces(s: CompiledRule, r: CompiledRule) -> str | None:
    """Why `s` displaces `r` when both apply (SPEC section 3, point 2): override, baseline, narrower or
    stricter; None when it does not.
    """
    if r.rule.id in s.rule.overrides or r.guideline.id in s.rule.overrides:
        return "override" if s is not r else None
    if r.rule.baseline != s.rule.baseline:
        return "baseline" if r.rule.baseline else None
    if not s.narrower_than(r):
        return None
    if not r.rule.binding or s.guideline.issuer == r.guideline.issuer:
        return "narrower"
    return "stricter" if s.rule.effect.strictness > r.rule.effect.strictness else None


class Values:
    """Which bit stands for which value, dimension by dimension, and the integers made of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.names: dict[str, tuple[str, ...]] = {d: vocabulary[d].values for d in DIMENSIONS}
        self.bits = {d: {value: 1 << i for i, value in enumerate(self.names[d])} for d in DIMENSIONS}
        self._masks: dict[tuple[str, frozenset[str]], int] = {}
        self._scopes: dict[tuple[str, tuple[str, ...], tuple[str, ...]], int] = {}

    def mask(self, dimension: str, values: frozenset[str]) -> int:
        """The integer whose bits are `values`. Raises KeyError for what is no value."""
        key = (dimension, values)
        mask = self._masks.get(key)
        if mask is None:
            bits = self.bits[dimension]
            mask = self._masks[key] = sum(bits[value] for value in values)
        return mask

    def admitted(self, rule: Rule, dimension: str) -> int:
        """What the scope of `rule` admits on a dimension. Raises KeyError for an unknown concept."""
        scope = rule.scope
        key = (dimension, scope.included(dimension), scope.excluded(dimension))
        mask = self._scopes.get(key)
        if mask is None:
            values = scope.admitted(dimension, self._vocabulary)
            mask = self._scopes[key] = self.mask(dimension, values)
        return mask


def compile_rules(corpus: Corpus, values: Values) -> tuple[CompiledRule, ...]:
    """Every rule of the corpus, numbered in its order; equal scopes share their integers.

    Raises:
        VocabularyError: a rule names a concept that the vocabulary lacks, or two rules share an id.
    """
    shared: dict[Masks, Masks] = {}
    compiled: list[CompiledRule] = []
    role, device, country, app = DIMENSIONS
    try:
        for number, (guideline, rule) in enumerate(corpus.rules()):
            if any(dimension not in DIMENSIONS for dimension in (*rule.scope.include, *rule.scope.exclude)):
                raise KeyError(rule.id)
            admits = (
                values.admitted(rule, role), values.admitted(rule, device),
                values.admitted(rule, country), values.admitted(rule, app),
            )  # fmt: skip
            compiled.append(CompiledRule(number, guideline, rule, shared.setdefault(admits, admits)))
    except KeyError:
        raise VocabularyError(_problems(corpus)) from None
    if len({c.rule.id for c in compiled}) < len(compiled):
        raise VocabularyError(_problems(corpus))
    return tuple(compiled)


def _problems(corpus: Corpus) -> Iterable[str]:
    seen: set[str] = set()
    for _, rule in corpus.rules():
        for dimension, concept in unknown_concepts(rule, corpus.vocabulary):
            yield f"rule `{rule.id}` names {dimension} `{concept}`, which is not in the vocabulary"
        if rule.id in seen:
            yield f"rule id `{rule.id}` stands twice"
        seen.add(rule.id)
