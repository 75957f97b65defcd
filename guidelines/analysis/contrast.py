"""The apps of one leaf under two rule sets: where their rulings differ, and how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

from guidelines.analysis.sides import BOTH, NEW, OLD, Sides
from guidelines.analysis.space import minus, positions, union
from guidelines.analysis.territory import Ground, Settled, Territory, mask_of
from guidelines.rules import Effect
from guidelines.ruling import Ruling, Unclear

Mark = tuple[Effect | None, Unclear | None]
Key = tuple[Any, ...]
"""The marks before and after, and for fine groups the rules that no longer decide and that decide now."""

T = TypeVar("T")


class Example(NamedTuple):
    """One changed ruling and whose it is, with the rules that no longer decide and those that decide now."""

    before: Ruling
    after: Ruling
    gone: tuple[str, ...]
    came: tuple[str, ...]
    enquiry: dict[str, str]


class Standing:
    """Where the laws of a ground stand, and what they say, by position."""

    def __init__(self, ground: Ground, sides: Sides) -> None:
        self.ground, self.sides = ground, sides
        numbers = [law.number for law in ground.laws]
        self.stands = [sides.sides[number] for number in numbers]
        self.speech = [sides.speech[number] for number in numbers]
        self.texts = [speech.texts for speech in self.speech]
        old, new = (
            {said.rule: i for i, said in enumerate(self.speech) if self.stands[i] == side}
            for side in (OLD, NEW)
        )
        self.twins = [
            (new if stands == OLD else old).get(said.rule, -1)
            for stands, said in zip(self.stands, self.speech, strict=True)
        ]
        """For a law on one side, the law of the same rule on the other side alone, if there is one."""
        self.late = mask_of(i for i, speech in enumerate(self.speech) if speech.overdue)
        self.only = tuple(
            mask_of(i for i, stands in enumerate(self.stands) if stands == side) for side in (OLD, NEW)
        )


class Contrast:
    """A leaf settled on both sides, in the cells of changed laws.

    Args:
        territory: the leaf.
        standing: where the laws of its ground stand.
    """

    def __init__(self, territory: Territory, standing: Standing) -> None:
        self.territory, self._standing = territory, standing
        ground, mask = territory.ground, territory.mask
        self._only = mask & standing.only[0], mask & standing.only[1]
        self._focus = 0
        for i in territory.members:
            if standing.stands[i] != BOTH:
                self._focus |= ground.cells[i]
            if self._focus == ground.frame.everywhere:
                break
        self._hearing: dict[tuple[tuple[str, str], int], int] = {}
        self._settled = self._settle() if self._focus else (Settled([], {}), Settled([], {}))

    def _settle(self) -> tuple[Settled, Settled]:
        """Where each law remains on either side."""
        ground, stands, mask = self.territory.ground, self._standing.stands, self.territory.mask
        old, new = self._only
        common = mask ^ old ^ new
        left, displacers = ground.left, ground.displacers
        focus = None if self._focus == ground.frame.everywhere else self._focus
        before: dict[int, int] = {}
        after: dict[int, int] = {}
        for i in self.territory.members:
            displacing = displacers[i] & mask
            if stands[i] == BOTH:
                region = left(i, displacing & common, focus)
                if not region:
                    continue
                before[i] = left(i, displacing & old, region) if displacing & old else region
                after[i] = left(i, displacing & new, region) if displacing & new else region
            elif stands[i] == OLD:
                before[i] = left(i, displacing & (common | old), focus)
            else:
                after[i] = left(i, displacing & (common | new), focus)
        return Settled(ground.ranks, before), Settled(ground.ranks, after)

    @cached_property
    def _marks(self) -> tuple[list[tuple[Mark, int]], list[tuple[Mark, int]]]:
        """On either side, the effects with why they are unclear, and where."""
        return self._marks_of(self._settled[0]), self._marks_of(self._settled[1])

    def _marks_of(self, settled: Settled) -> list[tuple[Mark, int]]:
        late = self._standing.late & self.territory.mask
        overdue = union(settled.decides(i) for i in positions(late))
        found: list[tuple[Mark, int]] = [((None, Unclear.NO_GUIDANCE), minus(self._focus, settled.spoken))]
        above = 0
        for effect in reversed(Effect):
            region = minus(settled.of_rank[effect.strictness], above)
            above |= region
            clash = 0 if effect.permissive else region & settled.clash
            missed = minus(region & overdue, clash)
            found.append(((effect, Unclear.CONFLICTING_GUIDANCE), clash))
            found.append(((effect, Unclear.REVIEW_OVERDUE), missed))
            found.append(((effect, None), minus(region, clash | missed)))
        return [(mark, region) for mark, region in found if region]

    @cached_property
    def _rules(self) -> list[tuple[int, int, int, int]]:
        """Each rule that decides otherwise or says something else: its law on the old and on the new side (-1
        for none), and where they decide.
        """
        before, after = self._settled
        stands, twins = self._standing.stands, self._standing.twins
        found = []
        for i in self.territory.members:
            if stands[i] == BOTH:
                was, becomes = before.decides(i), after.decides(i)
                if was != becomes:
                    found.append((i, i, was, becomes))
            elif stands[i] == OLD:
                found.append((i, twins[i], before.decides(i), after.decides(twins[i])))
            elif twins[i] not in before.remains:
                found.append((-1, i, 0, after.decides(i)))
        return found

    @cached_property
    def _changed(self) -> int:
        """Where the ruling is another: its effect, mark, deciding rules, conditions or approvers."""
        focus = self._focus
        same = union(a & b for mark, a in self._marks[0] for other, b in self._marks[1] if mark == other)
        changed = minus(focus, same)
        for *_, was, becomes in self._rules:
            changed |= was ^ becomes
            if changed == focus:
                return focus
        return changed | self._other_texts(minus(focus, changed))

    def _other_texts(self, among: int) -> int:
        """Where, among cells in which the same rules decide, other conditions or approvers are heard."""
        found = 0
        texts = self._standing.texts
        for old, new, was, _ in self._rules if among else ():
            if old != new and old >= 0 and new >= 0 and texts[old] != texts[new] and was & among:
                for text in texts[old] ^ texts[new]:
                    found |= was & among & (self._heard(text, 0) ^ self._heard(text, 1))
        return found

    @cached_property
    def _went(self) -> list[tuple[str, int]]:
        """Where a rule no longer decides, or says something else when it does."""
        return self._moves(0)

    @cached_property
    def _came(self) -> list[tuple[str, int]]:
        """Where a rule decides now, or says something else than it did."""
        return self._moves(1)

    def _moves(self, side: int) -> list[tuple[str, int]]:
        speech = self._standing.speech
        found = []
        for old, new, *decides in self._rules:
            one, other = decides[side], decides[1 - side]
            same = old == new or (old >= 0 and new >= 0 and speech[old] == speech[new])
            if region := minus(one, other) if same else one:
                found.append((speech[max(old, new)].rule, region))
        return found

    def _heard(self, text: tuple[str, str], side: int) -> int:
        """Where a condition or an approver is part of the ruling on a side."""
        known = self._hearing.get((text, side))
        if known is None:
            settled, texts, ranks = self._settled[side], self._standing.texts, self.territory.ground.ranks
            known = union(
                minus(region, settled.outranked[ranks[i]])
                for i, region in settled.remains.items()
                if text in texts[i]
            )
            self._hearing[text, side] = known
        return known

    def outcomes(self) -> Iterator[tuple[Key, int]]:
        """Where rulings change, by the effect and mark before and after."""
        for mark, before in self._marks[0] if self._focus and self._changed else ():
            changed = before & self._changed
            for other, after in self._marks[1] if changed else ():
                if region := changed & after:
                    yield (mark, other), region

    def kinds(self, most: int) -> list[tuple[Key, int]] | None:
        """The same, told apart by the rules that no longer decide and that decide now.

        None where there are more than `most`.
        """
        found: list[tuple[Key, int]] = []
        for marks, region in self.outcomes():
            left = most - len(found)
            by_gone = _parts(region, self._went, left)
            for names, part in by_gone if len(by_gone) <= left else ():
                found += [((*marks, names, more), some) for more, some in _parts(part, self._came, left)]
                if len(found) > most:
                    return None
            if len(by_gone) > left:
                return None
        return found

    def examples(self, regions: Sequence[int]) -> list[Example]:
        """For each region, the rulings of its first cell, and the rules that went or came there."""
        if not regions:
            return []
        cells, laws = [region & -region for region in regions], self.territory.ground.laws
        before, after = (
            _met(cells, ((laws[i], where) for i, where in settled.remains.items()))
            for settled in self._settled
        )
        gone, came = _met(cells, self._went), _met(cells, self._came)
        return [
            Example(
                self._standing.sides.outcome(0, before[cell]), self._standing.sides.outcome(1, after[cell]),
                tuple(sorted(gone[cell])), tuple(sorted(came[cell])),
                self.territory.somebody(cell),
            )
            for cell in cells
        ]  # fmt: skip


def _met(cells: Sequence[int], regions: Iterable[tuple[T, int]]) -> dict[int, list[T]]:
    """For each cell, what has a region that holds it."""
    found: dict[int, list[T]] = {cell: [] for cell in cells}
    every = union(cells)
    for name, region in regions:
        for place in positions(region & every):
            found[1 << place].append(name)
    return found


def _parts(region: int, splitters: Sequence[tuple[str, int]], most: int) -> list[tuple[frozenset[str], int]]:
    """A region in parts by which of the splitters hold there; no further once there are more than `most`."""
    parts: list[tuple[tuple[str, ...], int]] = [((), region)]
    for name, splitter in splitters:
        if not splitter & region:
            continue
        split: list[tuple[tuple[str, ...], int]] = []
        for names, part in parts:
            inside = part & splitter
            if not inside:
                split.append((names, part))
                continue
            split.append(((*names, name), inside))
            if inside != part:
                split.append((names, part ^ inside))
        parts = split
        if len(parts) > most:
            break
    return [(frozenset(names), part) for names, part in parts]
