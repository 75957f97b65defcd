"""Rules as the rule book holds them: numbered, with the values they admit as integers, one bit a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from guidelines.rules import Corpus, Guideline, Rule, unknown_concepts
from guidelines.vocabulary import DIMENSIONS, Vocabulary, VocabularyError

Masks = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """A rule with its guideline and the values it admits, one integer of bits for each dimension.

    `number` is its place in the corpus; `rank` its strictness; `issuer` the number of its issuer.
    """

    number: int
    guideline: Guideline
    rule: Rule
    admits: Masks
    rank: int
    issuer: int

    def may_loosen(self, binding: CompiledRule) -> bool:
        """Whether a binding rule gives way to this one where it is narrower: of its issuer, or stricter."""
        return self.issuer == binding.issuer or self.rank > binding.rank

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
    if r.rule.binding and not s.may_loosen(r):
        return None
    return "stricter" if r.rule.binding and s.issuer != r.issuer else "narrower"


class Values:
    """Which bit stands for which value, dimension by dimension, and the integers made of them."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self.names: dict[str, tuple[str, ...]] = {d: vocabulary[d].values for d in DIMENSIONS}
        # Tables by which every value is admitted by every rule.
        self.everything = [(-1,) * len(self.names[d]) for d in DIMENSIONS]
        self.bits = {d: {value: 1 << i for i, value in enumerate(self.names[d])} for d in DIMENSIONS}
        self._shared: dict[int, int] = {}
        self._scopes: dict[tuple[str, tuple[str, ...], tuple[str, ...]], int] = {}

    def mask(self, dimension: str, values: Iterable[str]) -> int:
        """The integer whose bits are `values`, none twice. Raises KeyError for what is no value."""
        return sum(map(self.bits[dimension].__getitem__, values))

    def admitted(self, rule: Rule, dimension: str) -> int:
        """What the scope of `rule` admits on a dimension. Raises KeyError for an unknown concept."""
        scope = rule.scope
        key = (dimension, scope.included(dimension), scope.excluded(dimension))
        mask = self._scopes.get(key)
        if mask is None:
            mask = self.mask(dimension, scope.admitted(dimension, self._vocabulary))
            mask = self._scopes[key] = self._shared.setdefault(mask, mask)
        return mask


def compile_rules(corpus: Corpus, values: Values) -> tuple[CompiledRule, ...]:
    """Every rule of the corpus, numbered in its order; equal scopes share their integers.

    Raises:
        VocabularyError: a rule names a concept that the vocabulary lacks, or two rules share an id.
    """
    shared: dict[Masks, Masks] = {}
    scopes: list[Masks] = []
    role, device, country, app = DIMENSIONS
    rules = list(corpus.rules())
    try:
        for _, rule in rules:
            if any(dimension not in DIMENSIONS for dimension in (*rule.scope.include, *rule.scope.exclude)):
                raise KeyError(rule.id)
            admits = (
                values.admitted(rule, role), values.admitted(rule, device),
                values.admitted(rule, country), values.admitted(rule, app),
            )  # fmt: skip
            scopes.append(shared.setdefault(admits, admits))
    except KeyError:
        raise VocabularyError(_problems(corpus)) from None
    if len({rule.id for _, rule in rules}) < len(rules):
        raise VocabularyError(_problems(corpus))
    ranks = [rule.effect.strictness for _, rule in rules]
    issuers: dict[str, int] = {}
    return tuple(
        CompiledRule(n, guideline, rule, scope, rank, issuers.setdefault(guideline.issuer, len(issuers)))
        for n, ((guideline, rule), scope, rank) in enumerate(zip(rules, scopes, ranks, strict=True))
    )


def _problems(corpus: Corpus) -> Iterable[str]:
    seen: set[str] = set()
    for _, rule in corpus.rules():
        for dimension, concept in unknown_concepts(rule, corpus.vocabulary):
            yield f"rule `{rule.id}` names {dimension} `{concept}`, which is not in the vocabulary"
        if rule.id in seen:
            yield f"rule id `{rule.id}` stands twice"
        seen.add(rule.id)
