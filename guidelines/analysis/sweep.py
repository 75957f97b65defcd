"""The laws of one leaf through time: where each remains, from one stretch of days to the next.

The days on which a rule begins or ceases to hold cut time into stretches. From one to the next only what the
rules that change displace is worked out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from guidelines.analysis.space import minus, positions, union
from guidelines.analysis.territory import Ground, Settled, Territory, mask_of

Text = tuple[str, str]


class Times:
    """What the sweep of every leaf on a ground needs to know of its laws, by position."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        days = [law.days for law in ground.laws]
        self.starts = [(one & -one).bit_length() - 1 for one in days]
        self.ends = [one.bit_length() for one in days]
        self.texts: list[frozenset[Text]] = []
        """The conditions and the approver that a law adds to a ruling."""
        self.saying: defaultdict[Text, int] = defaultdict(int)
        """The laws (bits) that add a condition or an approver."""
        for i, law in enumerate(ground.laws):
            texts = {("condition", text) for text in law.rule.conditions}
            texts |= {("approver", law.rule.approver)} if law.rule.approver else set()
            self.texts.append(frozenset(texts))
            for text in texts:
                self.saying[text] |= 1 << i


class Stretch:
    """Days on which the same laws of a leaf are valid; `day` is the number of the first.

    `changed` are the laws (bits) that began or ceased to hold, all of them on the first day looked at;
    `grown` where laws remain that did not on the day before; `unsettled` the cells outside of which the same
    laws remain as on the day before, and would remain if one of those that are watched were gone.
    """

    def __init__(
        self, times: Times, day: int, valid: int, remains: Mapping[int, int], grown: Mapping[int, int],
        changed: int, unsettled: int,
    ) -> None:  # fmt: skip
        self.day, self.valid, self.grown = day, valid, grown
        self.changed, self.unsettled = changed, unsettled
        self.settled = Settled(times.ground.ranks, remains)
        self._times, self._ground = times, times.ground
        self._said: dict[Text, tuple[int, int]] = {}

    def freed(self, law: int) -> dict[int, int]:
        """The laws that only this one displaces, and where."""
        ground, found = self._ground, {}
        bit, cells = 1 << law, self._ground.cells[law]
        for i in positions(ground.displaced[law] & self.valid):
            if region := ground.left(i, ground.displacers[i] & self.valid ^ bit, cells):
                found[i] = region
        return found

    def matters(self, law: int) -> bool:
        """Whether without a valid law some ruling had another effect, clarity, condition or approver."""
        mine, freed = self.settled.remains.get(law, 0), self.freed(law)
        if not mine and not freed:
            return False
        ranks, before = self._ground.ranks, self.settled.of_rank
        after = [*before]
        after[ranks[law]] = minus(before[ranks[law]], self._alone(law, mine))
        for i, region in freed.items():
            after[ranks[i]] |= region
        if _outcomes(*before) != _outcomes(*after):
            return True
        # Every ruling has the same effect and clarity, so what is heard of an effect is heard as before.
        outranked = self.settled.outranked
        heard = {i: minus(region, outranked[ranks[i]]) for i, region in freed.items()}
        texts = self._times.texts
        for text in texts[law]:
            instead = union(region for i, region in heard.items() if text in texts[i])
            alone = minus(mine, outranked[ranks[law]]) & self._heard(text)[1]
            if minus(alone, instead):
                return True
        return any(minus(region, self._heard(text)[0]) for i, region in heard.items() for text in texts[i])

    def _alone(self, law: int, region: int) -> int:
        """Where, in a region, no other law with the same effect remains."""
        ranks, mine = self._ground.ranks, self._ground.ranks[law]
        for i, other in self.settled.remains.items():
            if ranks[i] == mine and i != law:
                region = minus(region, other)
                if not region:
                    break
        return region

    def _heard(self, text: Text) -> tuple[int, int]:
        """Where a condition or an approver is part of the ruling, and where just one law says it."""
        known = self._said.get(text)
        if known is None:
            some = once = 0
            for i in positions(self._times.saying[text]):
                if region := self.settled.remains.get(i, 0):
                    region = minus(region, self.settled.outranked[self._ground.ranks[i]])
                    once = minus(once, region) | minus(region, some)
                    some |= region
            known = self._said[text] = some, once
        return known


def sweep(territory: Territory, times: Times, watched: Sequence[int]) -> Iterator[Stretch]:
    """The stretches of a leaf, in their order. The regions of one no longer hold when the next is made.

    `watched` are the laws for which `unsettled` has to be right; others may be taken out on the way.
    """
    ground = territory.ground
    begin: defaultdict[int, int] = defaultdict(int)
    cease: defaultdict[int, int] = defaultdict(int)
    for i in territory.members:
        begin[times.starts[i]] |= 1 << i
        cease[times.ends[i]] |= 1 << i
    valid, remains = begin.pop(0, 0), {}
    for i in positions(valid):
        if region := ground.left(i, ground.displacers[i] & valid):
            remains[i] = region
    yield Stretch(times, 0, valid, remains, remains, valid, ground.frame.everywhere)
    for day in sorted(day for day in begin.keys() | cease.keys() if day < ground.days):
        changed = begin[day] | cease[day]
        lasting = minus(valid, cease[day])
        valid = lasting | begin[day]
        watching = mask_of(watched)
        affected = changed | union(ground.displaced[i] for i in positions(changed))
        unsettled, grown = 0, {}
        for i in positions(affected & territory.mask):
            was = remains.get(i, 0)
            now = ground.left(i, ground.displacers[i] & valid) if valid >> i & 1 else 0
            unsettled |= (was ^ now) | _thin(ground, i, changed, lasting, watching)
            if now != was:
                remains[i] = now
                if more := minus(now, was):
                    grown[i] = more
        yield Stretch(times, day, valid, remains, grown, changed, unsettled)


def _thin(ground: Ground, law: int, changed: int, lasting: int, watching: int) -> int:
    """Where watched laws may displace a law alone, or did: some that displaces it changed, and at most one
    that does so lasts.
    """
    displacers, cells = ground.displacers[law], ground.cells
    thin = cells[law] & union(cells[i] for i in positions(displacers & watching))
    if thin and not changed >> law & 1:
        thin &= union(cells[i] for i in positions(displacers & changed))
    once = 0
    displacing = displacers & lasting
    while displacing and thin:
        lowest = displacing & -displacing
        region = cells[lowest.bit_length() - 1] & thin
        thin = minus(thin, once & region)
        once |= region
        displacing ^= lowest
    return thin


def _outcomes(allowed: int, conditional: int, approved: int, prohibited: int) -> tuple[int, ...]:
    """Where a ruling is to forbid, to ask for approval, to permit if, to permit; and where it is a clash."""
    restricted = approved | prohibited
    return (
        prohibited,
        minus(approved, prohibited),
        minus(conditional, restricted),
        minus(allowed, conditional | restricted),
        (allowed | conditional) & restricted,
    )
