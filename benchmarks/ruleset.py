"""Made-up rule sets and enquiries of any size over the shipped core vocabulary, the same for the same seed.

They are made to look like guidance: most rules name an app, a vendor or a category; few speak of every app.
Apps, countries and issuers are skewed (Zipf). Some rules exclude something, hold for a time, are baseline or
binding, or override another by name. A government with a hundred times as many rules does not have a hundred
times as many that bind everybody everywhere, so the share of broad rules falls as the set grows.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from guidelines.formats.packs import PACKS, read_content
from guidelines.rules import Corpus, Effect, Guideline, Owner, Rule, Scope, Source
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

TODAY = dt.date(2026, 11, 23)
Asked = tuple[str, str, str, str, dt.date]

_EFFECTS = (Effect.PROHIBITED, Effect.CONDITIONAL, Effect.APPROVAL_REQUIRED, Effect.ALLOWED)
_EFFECT_WEIGHTS = (30, 30, 25, 15)
_RULES_A_GUIDELINE = 25
_CONDITIONS = tuple(f"Condition {n}: keep to what your team agreed." for n in range(60))
_APPROVERS = tuple(f"Security adviser {n}; ask by email before you travel." for n in range(30))
_REASONS = tuple(f"Reason {n}: what is at stake here was weighed by the owner." for n in range(200))


@cache
def vocabulary() -> Vocabulary:
    """The shipped core vocabulary."""
    return read_content(PACKS / "core").over(None).vocabulary


class _Skewed:
    """Draws items, the first ones most often: the n-th with a weight of 1 / n ** exponent."""

    def __init__(self, items: Sequence[str], exponent: float) -> None:
        self.items = items
        self._weights = list(accumulate(1 / n**exponent for n in range(1, len(items) + 1)))

    def draw(self, chance: random.Random) -> str:
        return chance.choices(self.items, cum_weights=self._weights)[0]


class _Dimension:
    """What rules and enquiries name on one dimension: values and groups, both skewed."""

    def __init__(self, scheme: Scheme, chance: random.Random, *, shuffled: bool, exponent: float) -> None:
        values = list(scheme.values)
        groups = [c.id for c in scheme if c.id != "any" and len(scheme.values_under(c.id)) > 1]
        if shuffled:
            chance.shuffle(values)
            chance.shuffle(groups)
        self.values = _Skewed(values, exponent)
        # Larger groups first: people write about categories and regions more often than about small vendors.
        groups.sort(key=lambda group: -len(scheme.values_under(group)))
        self.groups = _Skewed(groups, 0.7)
        self._order = {concept.id: (concept.id,) for concept in scheme}

    def one(self, chance: random.Random) -> tuple[str, ...]:
        return self._order[self.values.draw(chance)]

    def group(self, chance: random.Random) -> tuple[str, ...]:
        return self._order[self.groups.draw(chance)]

    def several(self, chance: random.Random) -> tuple[str, ...]:
        return tuple(sorted({self.values.draw(chance) for _ in range(chance.randint(2, 3))}))


class _World:
    def __init__(self, chance: random.Random) -> None:
        schemes = vocabulary()
        self.role = _Dimension(schemes["role"], chance, shuffled=False, exponent=0.4)
        self.device = _Dimension(schemes["device"], chance, shuffled=False, exponent=0.4)
        self.country = _Dimension(schemes["country"], chance, shuffled=True, exponent=0.7)
        self.app = _Dimension(schemes["app"], chance, shuffled=False, exponent=0.7)

    def __getitem__(self, dimension: str) -> _Dimension:
        return getattr(self, dimension)


@dataclass(frozen=True)
class Mix:
    """The share of rules that have each feature."""

    excluding: float = 0.06
    overriding: float = 0.01
    baseline: float = 0.04
    binding: float = 0.12
    starting: float = 0.3
    ending: float = 0.08


RICH = Mix(excluding=0.3, overriding=0.06, baseline=0.15, binding=0.35, starting=0.5, ending=0.3)


def corpus(size: int, seed: int = 1, mix: Mix | None = None) -> Corpus:
    """A corpus with `size` rules. `mix` says how many are out of the ordinary; the usual is `Mix()`."""
    mix = mix or Mix()
    chance = random.Random(f"rules {size} {seed}")
    world = _World(chance)
    breadth = 0.75 * min(1.0, (1000 / size) ** 0.3) if size else 1.0
    issuers = _Skewed([f"Department {n}" for n in range(40)], 0.8)
    guidelines = []
    made: list[str] = []
    for number in range(-(-size // _RULES_A_GUIDELINE)):
        first = number * _RULES_A_GUIDELINE
        rules = []
        for n in range(first, min(size, first + _RULES_A_GUIDELINE)):
            rules.append(_rule(f"r{n}", chance, world, breadth, made, mix))
            made.append(f"r{n}" if chance.random() < 0.95 else f"g{number}")
            if len(made) > 200:
                del made[:100]
        guidelines.append(_guideline(number, tuple(rules), issuers.draw(chance), chance))
    return Corpus(vocabulary(), tuple(guidelines))


def _guideline(number: int, rules: tuple[Rule, ...], issuer: str, chance: random.Random) -> Guideline:
    overdue = chance.random() < 0.1
    review = TODAY + dt.timedelta(days=-chance.randint(1, 300) if overdue else chance.randint(1, 900))
    return Guideline(
        id=f"g{number}", title=f"Guideline {number}", issuer=issuer,
        owner=Owner(f"{issuer} policy team", "policy@example.org"), rules=rules, version="1",
        review_by=review if chance.random() < 0.8 else None, provenance="illustrative",
        sources=(Source(f"Guideline {number}", issuer, "https://example.org/", "2026"),),
    )  # fmt: skip


def _rule(
    rule_id: str, chance: random.Random, world: _World, breadth: float, made: list[str], mix: Mix
) -> Rule:
    include = _include(chance, world, breadth)
    exclude = {}
    if chance.random() < mix.excluding:
        dimension = chance.choice(("role", "country", "app"))
        if (
            include.get(dimension, ("any",)) == ("any",)
            or include[dimension][0] in world[dimension].groups.items
        ):
            exclude[dimension] = world[dimension].one(chance)
    effect = chance.choices(_EFFECTS, _EFFECT_WEIGHTS)[0]
    starts, ends = chance.random(), chance.random()
    overrides = chance.random() < mix.overriding and made
    return Rule(
        id=rule_id,
        effect=effect,
        scope=Scope(include, exclude),
        conditions=tuple(sorted(set(chance.choices(_CONDITIONS, k=2))))
        if effect is Effect.CONDITIONAL
        else (),
        approver=chance.choice(_APPROVERS) if effect is Effect.APPROVAL_REQUIRED else "",
        reason=chance.choice(_REASONS),
        baseline=chance.random() < mix.baseline,
        binding=chance.random() < mix.binding,
        overrides=(chance.choice(made),) if overrides else (),
        valid_from=TODAY + dt.timedelta(days=chance.randint(-1500, 60)) if starts < mix.starting else None,
        valid_until=TODAY + dt.timedelta(days=chance.randint(60, 900)) if ends < mix.ending else None,
    )


def _include(chance: random.Random, world: _World, breadth: float) -> dict[str, tuple[str, ...]]:
    include: dict[str, tuple[str, ...]] = {}
    kind = chance.random()
    wide = 0.28 * breadth
    if kind < 0.08 * breadth:
        pass
    elif kind < wide:
        include["app"] = world.app.group(chance)
    elif kind < wide + 0.06:
        include["app"] = world.app.several(chance)
    else:
        include["app"] = world.app.one(chance)
    place = chance.random()
    if place > 0.55 * breadth:
        if place < 0.55 * breadth + 0.2 * breadth:
            include["country"] = world.country.group(chance)
        elif place > 0.96:
            include["country"] = world.country.several(chance)
        else:
            include["country"] = world.country.one(chance)
    for dimension, groups, values in (("role", 0.4, 0.25), ("device", 0.45, 0.2)):
        drawn = chance.random()
        if drawn < groups:
            include[dimension] = world[dimension].group(chance)
        elif drawn < groups + values:
            include[dimension] = world[dimension].one(chance)
    return include


def enquiries(count: int, seed: int = 1) -> list[Asked]:
    """`count` different complete enquiries, skewed as rules are: 85 % about today, the rest within a year."""
    chance = random.Random(f"enquiries {seed}")
    world = _World(random.Random("the same countries first"))
    drawn: dict[Asked, None] = {}
    while len(drawn) < count:
        day = TODAY if chance.random() < 0.85 else TODAY + dt.timedelta(days=chance.randint(-365, 365))
        asked = tuple(world[dimension].values.draw(chance) for dimension in DIMENSIONS)
        drawn[(*asked, day)] = None  # type: ignore[index]
    return list(drawn)
