"""Every ruling that differs between two rule sets, exactly, over all enquiries that both know.

Only where a rule changed can a ruling change. So only the cells of changed rules are looked at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import prod

from guidelines.analysis.contrast import Contrast, Key, Standing
from guidelines.analysis.sides import Sides
from guidelines.analysis.space import leaves
from guidelines.analysis.territory import territories
from guidelines.rules import Corpus
from guidelines.ruling import Ruling
from guidelines.vocabulary import DIMENSIONS, Vocabulary

MOST_KINDS = 4000


@dataclass
class Group:
    """Rulings that change alike: the same effect and mark before, the same after, and the same rules that no
    longer decide (`gone`) or decide now (`came`; a rule that was itself changed may be in both).

    `count` says for how many combinations of role, device, country and app; `example` is one of them, and
    `before` and `after` are its rulings. Where the group differs, other rules that decide both before and
    after may be named beside.
    """

    before: Ruling
    after: Ruling
    gone: tuple[str, ...]
    came: tuple[str, ...]
    count: int
    example: Mapping[str, str]


@dataclass
class Difference:
    """What differs between two rule sets on a day.

    `compared` is the number of combinations of role, device, country and app that both know, `changed` how
    many of them are ruled otherwise. `added` and `removed` are values that only the new or the old one
    knows. `reworded` are rules that say something else to staff without changing a ruling.

    `broad` is set where so much changes that there would be too many groups. Then a group is all that has
    the same effect and mark before and the same after; its rules are those of its example.
    """

    on: dt.date
    compared: int
    groups: list[Group] = field(default_factory=list)
    broad: bool = False
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules_added: tuple[str, ...] = ()
    rules_removed: tuple[str, ...] = ()
    rules_changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many combinations are ruled otherwise."""
        return sum(group.count for group in self.groups)


def compare(old: Corpus, new: Corpus, on: dt.date, most_kinds: int = MOST_KINDS) -> Difference:
    """Every ruling that `new` changes against `old` on a day; the biggest groups first.

    Rules with unknown concepts are left out: lint reports them as errors.

    Args:
        old: the rules before.
        new: the rules after.
        on: the day.
        most_kinds: above so many groups, they are made by effect and mark alone.
    """
    shared = _shared(old.vocabulary, new.vocabulary)
    found = Difference(on, prod(len(values) for values in shared.values()))
    found.added = _only_in(new.vocabulary, shared)
    found.removed = _only_in(old.vocabulary, shared)
    _rules(old, new, found)
    sides = Sides(old, new, shared, on)
    groups, standing = _Groups(most_kinds), None
    for territory in territories(leaves(sides.space, sides.touched), sides.space, sides.frame):
        if standing is None or standing.ground is not territory.ground:
            standing = Standing(territory.ground, sides)
        groups.look(Contrast(territory, standing))
    found.groups = sorted(groups.found.values(), key=lambda group: -group.count)
    found.broad = groups.broad
    return found


class _Groups:
    """Collects the groups: fine ones as long as they are not too many, and broad ones after that."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.broad = False
        self.found: dict[Key, Group] = {}

    def look(self, contrast: Contrast) -> None:
        """Add what changes in one leaf."""
        parts = None if self.broad else contrast.kinds(self._most)
        if parts is not None:
            self._add(contrast, parts)
        if parts is None or len(self.found) > self._most:
            self._broaden()
        if parts is None:
            self._add(contrast, list(contrast.outcomes()))

    def _add(self, contrast: Contrast, parts: Sequence[tuple[Key, int]]) -> None:
        fresh = [(key, region) for key, region in parts if key not in self.found]
        examples = contrast.examples([region for _, region in fresh])
        for (key, _), one in zip(fresh, examples, strict=True):
            self.found[key] = Group(one.before, one.after, one.gone, one.came, 0, one.enquiry)
        for key, region in parts:
            self.found[key].count += contrast.territory.count(region)

    def _broaden(self) -> None:
        fine, self.found, self.broad = self.found, {}, True
        for key, group in fine.items():
            known = self.found.setdefault(key[:2], group)
            if known is not group:
                known.count += group.count


def _shared(old: Vocabulary, new: Vocabulary) -> dict[str, tuple[str, ...]]:
    known = {d: frozenset(old[d].values) for d in DIMENSIONS}
    return {d: tuple(value for value in new[d].values if value in known[d]) for d in DIMENSIONS}


def _only_in(vocabulary: Vocabulary, shared: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    known = {d: frozenset(shared[d]) for d in DIMENSIONS}
    found = {d: tuple(value for value in vocabulary[d].values if value not in known[d]) for d in DIMENSIONS}
    return {dimension: values for dimension, values in found.items() if values}


def _rules(old: Corpus, new: Corpus, found: Difference) -> None:
    before = {rule.id: (guideline, rule) for guideline, rule in old.rules()}
    after = {rule.id: (guideline, rule) for guideline, rule in new.rules()}
    found.rules_added = tuple(rule for rule in after if rule not in before)
    found.rules_removed = tuple(rule for rule in before if rule not in after)
    found.rules_changed = tuple(
        rule for rule in after if rule in before and after[rule][1] != before[rule][1]
    )
    found.reworded = tuple(
        rule for rule in found.rules_changed if before[rule][1].reason != after[rule][1].reason
    )
