"""What is wrong with the rules of a corpus as a whole: rules that never decide, rules that another makes
redundant, rules that clash. Exact over all enquiries, from a day on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guidelines.analysis.clashes import LeafClashes, Pair, Tally
from guidelines.analysis.frame import Frame
from guidelines.analysis.space import Law, Leaf, Space, breakpoints, leaves, positions, space_of
from guidelines.analysis.sweep import Stretch, Times, sweep
from guidelines.analysis.territory import Territory, territories
from guidelines.rules import Corpus
from guidelines.ruling import decide
from guidelines.vocabulary import DIMENSIONS

# Work after which the analysis stops and says so (some ten seconds): laws looked at, pairs counted.
ENOUGH = 2_500_000
MOST_CLASHES = 1000
_MOST_NAMED = 3


@dataclass
class Clash:
    """Two rules that contradict each other, where no other displaces them, with somebody whom it meets.

    `on` is the first day on which they do, and `count` how many combinations of role, device, country and app
    it meets then.
    """

    rules: tuple[str, str]
    count: int
    example: Mapping[str, str]
    on: dt.date


@dataclass
class Faults:
    """What was found; `seen` of `leaves` classes of apps were looked at.

    `never` are rules that no enquiry is decided by, with rules that displace them. `redundant` are rules
    without which every ruling has the same effect, conditions, approver and clarity (a missed review date
    aside), with rules that decide in their place. Each is redundant by itself: of two that say the same,
    both are, and one has to stay. `clashes` are the pairs of rules that clash in the most combinations;
    `clashing` is how many pairs there are.
    """

    never: dict[str, tuple[str, ...]] = field(default_factory=dict)
    redundant: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clashes: list[Clash] = field(default_factory=list)
    clashing: int = 0
    seen: int = 0
    leaves: int = 0

    @property
    def complete(self) -> bool:
        """Whether everything was looked at. If not, rules that never decide or are redundant are not
        known, and of clashes only some are.
        """
        return self.seen == self.leaves


def find_faults(
    corpus: Corpus,
    on: dt.date,
    until: dt.date | None = None,
    *,
    enough: int | None = None,
    most_clashes: int = MOST_CLASHES,
) -> Faults:
    """Look at every enquiry on every day from `on` (to `until`).

    Args:
        corpus: the rules; those with unknown concepts are left out, since lint reports them as errors.
        on: the first day.
        until: the last day; without one, for ever.
        enough: how much work to do at most (see `ENOUGH`); without it, all.
        most_clashes: how many clashing pairs to tell of.
    """
    space = space_of(corpus, breakpoints(corpus, on, until))
    parts = list(leaves(space))
    frame = Frame(space, [law for law in space.laws if law.days and not law.empty])
    found = Faults(leaves=len(parts))
    search = _Search(space, enough)
    try:
        for territory in territories(parts, space, frame):
            search.look(territory)
            found.seen += 1
    except _Enough:
        pass
    pairs, found.clashing = search.tally.largest(most_clashes)
    found.clashes = [_clash(pair, space, frame, parts) for pair in pairs]
    if found.complete:
        found.never = {law.rule.id: search.named(law, search.displaced) for law in search.silent.values()}
        found.redundant = {
            law.rule.id: search.named(law, search.instead)
            for law in search.idle.values()
            if law.number not in search.silent
        }
    return found


def _clash(pair: Pair, space: Space, frame: Frame, parts: Sequence[Leaf]) -> Clash:
    first, second = sorted((space.laws[pair.permits].rule.id, space.laws[pair.forbids].rule.id))
    somebody = (*frame.at(pair.place), parts[pair.leaf].apps[0])
    example = dict(zip(DIMENSIONS, somebody, strict=True))
    return Clash((first, second), pair.combinations, example, space.days[pair.day])


class _Enough(Exception):
    """As much work was done as was allowed."""


class _Search:
    """Goes through the leaves; a law found to decide, or to matter, is looked at no more."""

    def __init__(self, space: Space, enough: int | None) -> None:
        candidates = {law.number: law for law in space.laws if law.days and not law.empty}
        self.silent, self.idle = dict(candidates), dict(candidates)
        self.tally = Tally(len(space.laws))
        self.displaced: dict[int, dict[str, None]] = {}
        self.instead: dict[int, dict[str, None]] = {}
        self._left = enough
        self._leaf = 0
        self._times: Times | None = None

    def named(self, law: Law, by: Mapping[int, Mapping[str, None]]) -> tuple[str, ...]:
        """A few of the rules noted for a law."""
        return tuple(list(by.get(law.number, ()))[:_MOST_NAMED])

    def _spend(self, work: int) -> None:
        if self._left is not None:
            self._left -= work
            if self._left < 0:
                raise _Enough

    def look(self, territory: Territory) -> None:
        """Look at one leaf through all its days."""
        if self._times is None or self._times.ground is not territory.ground:
            self._times = Times(territory.ground)
        clashes = LeafClashes(territory, self._leaf)
        laws = territory.ground.laws
        silent = [i for i in territory.members if laws[i].number in self.silent]
        idle = [i for i in territory.members if laws[i].number in self.idle]
        for stretch in sweep(territory, self._times, idle):
            rows = clashes.rows(stretch)
            self._spend(len(territory.members) + len(rows))
            self.tally.add(rows)
            silent = [i for i in silent if not self._speaks(territory, stretch, i)]
            idle[:] = [i for i in idle if not self._matters(territory, stretch, i)]
        self._leaf += 1

    def _speaks(self, territory: Territory, stretch: Stretch, i: int) -> bool:
        """Whether a law decides somewhere; if not, what displaces it is noted."""
        ground, law = territory.ground, territory.ground.laws[i]
        if stretch.settled.decides(i):
            del self.silent[law.number]
            return True
        noted = self.displaced.setdefault(law.number, {})
        if stretch.valid >> i & 1 and len(noted) < _MOST_NAMED:
            for at in positions(ground.displacers[i] & stretch.valid):
                if ground.cells[at] & ground.cells[i]:
                    noted[ground.laws[at].rule.id] = None
        return False

    def _matters(self, territory: Territory, stretch: Stretch, i: int) -> bool:
        """Whether some ruling would be another without the law; if not, what decides instead is noted."""
        ground = territory.ground
        if not stretch.valid >> i & 1:
            return False
        if not stretch.changed >> i & 1 and not stretch.unsettled & ground.cells[i]:
            # As before, when it did not matter.
            return False
        self._spend(1)
        number = ground.laws[i].number
        if stretch.matters(i):
            del self.idle[number]
            return True
        if number not in self.instead and (mine := stretch.settled.decides(i)):
            self.instead[number] = dict.fromkeys(_instead(territory, stretch, i, mine & -mine))
        return False


def _instead(territory: Territory, stretch: Stretch, law: int, cell: int) -> tuple[str, ...]:
    """The rules that decide in a cell without a law."""
    held = {i for i, region in stretch.settled.remains.items() if region & cell and i != law}
    held |= {i for i, region in stretch.freed(law).items() if region & cell}
    laws = sorted((territory.ground.laws[i] for i in held), key=lambda one: one.number)
    return decide([(one.guideline, one.rule) for one in laws], dt.date.min).rules
