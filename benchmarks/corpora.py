"""Rule sets for measuring: seeded, with the skew that real guidance has."""

from __future__ import annotations

import random
from dataclasses import replace
from functools import lru_cache

from guidelines.rules import Corpus, Effect, Guideline, Owner, Rule, Scope, Source
from guidelines.vocabulary import DIMENSIONS, ROOT, Concept, Scheme, Vocabulary

EFFECTS = list(Effect)


def widened(vocabulary: Vocabulary, roles: int = 14) -> Vocabulary:
    """The vocabulary with further roles, so that there are `roles` role values."""
    schemes = {d: list(vocabulary[d]) for d in DIMENSIONS}
    missing = roles - len(vocabulary["role"].values)
    parent = vocabulary["role"].broader(vocabulary["role"].values[0])
    schemes["role"] += [Concept(f"further-{n}", f"further role {n}", (), parent) for n in range(missing)]
    return Vocabulary(schemes)


def generated(vocabulary: Vocabulary, count: int, seed: int = 1) -> Corpus:
    """A corpus of `count` rules: most about one or a few apps, some about a vendor or a kind of app, few
    about all.
    """
    chance = random.Random(seed)
    rules = [_rule(vocabulary, chance, n) for n in range(count)]
    per = max(10, count // 200)
    guidelines = [
        Guideline(
            f"guideline-{n}", f"Guideline {n}", f"Issuer {n % 7}", Owner("Team", "contact"),
            tuple(rules[n * per : (n + 1) * per]), sources=(Source("Source", "", "https://example.org", ""),),
        )
        for n in range((count + per - 1) // per)
    ]  # fmt: skip
    return Corpus(vocabulary, tuple(guidelines))


def edited(corpus: Corpus, share: float, seed: int = 2) -> Corpus:
    """The corpus with a share of its rules changed: another effect, another scope, gone, or new."""
    chance = random.Random(seed)
    guidelines = []
    for guideline in corpus.guidelines:
        rules = []
        for rule in guideline.rules:
            if chance.random() >= share:
                rules.append(rule)
                continue
            way = chance.randrange(4)
            if way == 0:
                rules.append(_with_effect(rule, chance.choice(EFFECTS)))
            elif way == 1:
                rules.append(replace(rule, scope=_scope(corpus.vocabulary, chance)))
            elif way == 2:
                rules.append(rule)
                rules.append(_rule(corpus.vocabulary, chance, int(rule.id.split("-")[1]) + 10_000_000))
        guidelines.append(replace(guideline, rules=tuple(rules)))
    return Corpus(corpus.vocabulary, tuple(guidelines))


def _rule(vocabulary: Vocabulary, chance: random.Random, number: int) -> Rule:
    rule = Rule(
        f"rule-{number}", Effect.ALLOWED, _scope(vocabulary, chance), reason="Because.",
        baseline=chance.random() < 0.03, binding=chance.random() < 0.1,
    )  # fmt: skip
    return _with_effect(rule, chance.choices(EFFECTS, (2, 3, 2, 3))[0])


def _with_effect(rule: Rule, effect: Effect) -> Rule:
    return replace(
        rule,
        effect=effect,
        conditions=("Turn it off at the border.",) if effect is Effect.CONDITIONAL else (),
        approver="the security officer" if effect is Effect.APPROVAL_REQUIRED else "",
    )


def _scope(vocabulary: Vocabulary, chance: random.Random) -> Scope:
    include: dict[str, tuple[str, ...]] = {}
    exclude: dict[str, tuple[str, ...]] = {}
    for dimension, (one, few, group) in {
        "role": (0.2, 0.1, 0.4), "device": (0.2, 0.1, 0.4), "country": (0.25, 0.15, 0.25),
        "app": (0.5, 0.2, 0.27),
    }.items():  # fmt: skip
        scheme = vocabulary[dimension]
        groups = _groups(scheme)
        way = chance.random()
        if way < one:
            include[dimension] = (_skewed(chance, scheme.values),)
        elif way < one + few:
            include[dimension] = tuple({_skewed(chance, scheme.values) for _ in range(3)})
        elif way < one + few + group and groups:
            include[dimension] = (chance.choice(groups),)
            if chance.random() < 0.2:
                exclude[dimension] = (_skewed(chance, scheme.values),)
        elif chance.random() < 0.2:
            exclude[dimension] = (_skewed(chance, scheme.values),)
    return Scope(include, exclude)


@lru_cache
def _groups(scheme: Scheme) -> tuple[str, ...]:
    return tuple(c.id for c in scheme if c.id != ROOT and len(scheme.values_under(c.id)) > 1)


def _skewed(chance: random.Random, values: tuple[str, ...]) -> str:
    """A value, the first ones far more often than the last (a power law)."""
    return values[int(len(values) * chance.random() ** 2.5)]
