"""What is wrong with the rules of a corpus as a whole: rules that never decide, rules that another makes
redundant, rules that clash. Exact over all enquiries, from a day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guidelines.analysis.space import Law, breakpoints, leaves, positions, space_of, union
from guidelines.analysis.territory import Settled, Territory
from guidelines.rules import Corpus
from guidelines.ruling import Ruling, decide

# How much work is done before the analysis stops and says so: pairs of laws compared (some ten seconds).
ENOUGH = 3_000_000


@dataclass
class Clash:
    """Rules that contradict each other, where no other displaces them, with somebody whom it meets."""

    rules: tuple[str, ...]
    count: int
    example: Mapping[str, str]
    on: dt.date


@dataclass
class Faults:
    """What was found; `seen` of `leaves` classes of apps were looked at.

    `never` are rules that no enquiry is decided by, with rules that displace them. `redundant` are rules
    without which every ruling has the same effect, conditions, approver and clarity (a missed review date
    aside), with rules that decide in their place. Each is redundant by itself: of two that say the same,
    both are, and one has to stay.
    """

    never: dict[str, tuple[str, ...]] = field(default_factory=dict)
    redundant: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    seen: int = 0
    leaves: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything was looked at. If not, rules that never decide or are redundant are not
        known.
        """
        return self.seen == self.leaves


def find_faults(
    corpus: Corpus, on: dt.date, until: dt.date | None = None, enough: int | None = None
) -> Faults:
    """Look at every enquiry on every day from `on` (to `until`).

    Args:
        corpus: the rules; those with unknown concepts are left out, since lint reports them as errors.
        on: the first day.
        until: the last day; without one, for ever.
        enough: how much work to do at most (see `ENOUGH`); without it, all.
    """
    space = space_of(corpus, breakpoints(corpus, on, until))
    parts = list(leaves(space))
    found = Faults(leaves=len(parts))
    candidates = {law.number: law for law in space.laws if law.days and not law.empty}
    search = _Search(space.days, dict(candidates), dict(candidates), enough)
    for leaf in parts:
        try:
            if found.seen:
                search.spend(len(leaf.laws) ** 2 * len(space.days))
            search.look(Territory(leaf, space))
        except _Enough:
            break
        found.seen += 1
    found.clashes = sorted(search.clashes.values(), key=lambda clash: -clash.count)
    if found.complete:
        found.never = {law.rule.id: search.named(law, search.displaced) for law in search.silent.values()}
        found.redundant = {
            law.rule.id: search.named(law, search.instead)
            for law in search.idle.values()
            if law.number not in search.silent
        }
    return found


class _Enough(Exception):
    """As much work was done as was allowed."""


class _Search:
    """Goes through the leaves; a law found to decide, or to matter, is looked at no more."""

    def __init__(
        self, days: Sequence[dt.date], silent: dict[int, Law], idle: dict[int, Law], enough: int | None
    ) -> None:
        self.days, self.silent, self.idle = days, silent, idle
        self._left = enough
        self.clashes: dict[frozenset[str], Clash] = {}
        self.displaced: dict[int, dict[str, None]] = {}
        self.instead: dict[int, dict[str, None]] = {}

    def named(self, law: Law, by: Mapping[int, Mapping[str, None]]) -> tuple[str, ...]:
        """A few of the rules noted for a law."""
        return tuple(list(by.get(law.number, ()))[:3])

    def spend(self, work: int) -> None:
        """Count work: pairs of laws compared. Raises _Enough."""
        if self._left is not None:
            self._left -= work
            if self._left < 0:
                raise _Enough

    def look(self, territory: Territory) -> None:
        """Look at one leaf."""
        settled = territory.settle()
        self._clashes(territory, settled)
        for i, law in enumerate(territory.laws):
            if law.number in self.silent:
                if settled.decides(i):
                    del self.silent[law.number]
                else:
                    noted = self.displaced.setdefault(law.number, {})
                    for at in positions(territory.displacers[i]):
                        if len(noted) < 3 and territory.cells[at] & territory.cells[i]:
                            noted[territory.laws[at].rule.id] = None
            if law.number in self.idle and self._matters(territory, settled, i):
                del self.idle[law.number]

    def _clashes(self, territory: Territory, settled: Settled) -> None:
        clash = settled.clash
        if not clash:
            return
        splitters = [
            (law.rule.id, region & clash)
            for law, region in zip(territory.laws, settled.remains, strict=True)
            if region & clash
        ]
        for rules, places in territory.parts(clash, splitters):
            self.spend(len(rules))
            key = frozenset(rules)
            known = self.clashes.get(key)
            if known is None:
                person = territory.person(int(places[0]))
                day = self.days[person.day]
                known = self.clashes[key] = Clash(tuple(sorted(rules)), 0, person.enquiry, day)
            known.count += territory.count(places)

    def _matters(self, territory: Territory, settled: Settled, law: int) -> bool:
        """Whether some ruling here would be another without the law; if not, what decides is noted."""
        bit = 1 << law
        released = {}
        for other, displacing in enumerate(territory.displacers):
            if displacing & bit and territory.cells[other] & territory.cells[law]:
                freed = territory.left(other, displacing & ~bit, territory.cells[law])
                if freed := freed & ~settled.remains[other]:
                    released[other] = freed
        region = settled.remains[law] | union(released.values())
        if not region:
            return False
        if settled.remains[law]:
            # One cell most often shows it.
            first = settled.remains[law] & -settled.remains[law]
            if self._differs(territory, settled, released, law, first):
                return True
        splitters = [(i, region_i) for i, region_i in enumerate(settled.remains) if region_i & region] + [
            (len(territory.laws) + i, freed) for i, freed in released.items()
        ]
        return any(
            self._differs(territory, settled, released, law, 1 << int(places[0]))
            for _, places in territory.parts(region, splitters)
        )

    def _differs(
        self, territory: Territory, settled: Settled, released: Mapping[int, int], law: int, cell: int
    ) -> bool:
        """Whether the ruling of one cell is another without the law."""
        self.spend(len(territory.laws))
        before = [i for i, region in enumerate(settled.remains) if region & cell]
        after = [i for i in before if i != law] + [i for i, freed in released.items() if freed & cell]
        rulings = [
            decide([(territory.laws[i].guideline, territory.laws[i].rule) for i in sorted(held)], dt.date.min)
            for held in (before, after)
        ]
        if _heard(rulings[0]) != _heard(rulings[1]):
            return True
        mine = territory.laws[law]
        if mine.rule.id in rulings[0].rules:
            noted = self.instead.setdefault(mine.number, {})
            noted.update(dict.fromkeys(rulings[1].rules))
        return False


def _heard(ruling: Ruling) -> tuple[Any, ...]:
    return ruling.effect, ruling.unclear, frozenset(ruling.conditions), frozenset(ruling.approvers)
