"""Where each law remains, decides or clashes, exactly, for the apps of one leaf.

The cells of a leaf are the combinations of its classes of days, roles, devices and countries; a *region* is
a set of cells, again an integer with a bit for each. A law remains where it applies and none that displaces
it does, which is one difference of regions for each displacer, whatever the number of cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from guidelines.analysis.cells import bits, split
from guidelines.analysis.frame import Cells, Frame
from guidelines.analysis.relation import Relation
from guidelines.analysis.space import Law, Leaf, positions, union
from guidelines.rules import Effect
from guidelines.vocabulary import DIMENSIONS


class Person(NamedTuple):
    """One enquiry that stands for a region, and the number of its day."""

    role: str
    device: str
    country: str
    app: str
    day: int

    @property
    def enquiry(self) -> dict[str, str]:
        """The four details."""
        return dict(zip(DIMENSIONS, self[:4], strict=True))


class Territory:
    """The cells of a leaf and the regions of its laws.

    Args:
        leaf: apps that no law tells apart, with the laws that can apply to them.
        relation: which laws displace which.
        frame: the cells.
        focus: the cells that alone are looked at, all of them if not given; laws that do not reach them are
            left out.
    """

    def __init__(self, leaf: Leaf, relation: Relation, frame: Frame, focus: int | None = None) -> None:
        self.leaf = leaf
        self.apps = leaf.apps
        self.relation, self._frame = relation, frame
        sized = [(cells, law) for law in leaf.laws if (cells := frame.cells(law)).size]
        # The widest come first: what is displaced altogether is then found out soonest.
        sized.sort(key=lambda pair: (-pair[0].size, pair[1].number))
        self.everywhere = (1 << frame.length) - 1
        self._take(sized, self.everywhere if focus is None else focus)

    def _take(self, sized: Sequence[tuple[Cells, Law]], focus: int) -> None:
        if focus != self.everywhere:
            sized = [(cells, law) for cells, law in sized if cells.region & focus]
        self.focus = focus
        self._sized = sized
        self.laws: tuple[Law, ...] = tuple(law for _, law in sized)
        self.cells: tuple[int, ...] = tuple(cells.region for cells, _ in sized)
        self._outside = [cells.outside for cells, _ in sized]

    def narrowed(self, focus: int) -> Territory:
        """The same with fewer cells to look at."""
        other = Territory.__new__(Territory)
        other.leaf, other.apps, other.everywhere = self.leaf, self.apps, self.everywhere
        other.relation, other._frame = self.relation, self._frame
        other._take(self._sized, focus)
        return other

    @cached_property
    def displacers(self) -> list[int]:
        """For each law, as bits over `laws`, those that displace it wherever both apply."""
        return self.relation.displacers(self.laws)

    def slices(self, axis: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """For each class of an axis (1 role, 2 device, 3 country): its values, and its region."""
        return self._frame.slices(axis)

    def settle(self, among: int | None = None) -> Settled:
        """Where each law remains when only those `among` (bits over `laws`) are in force."""
        held = (1 << len(self.laws)) - 1 if among is None else among
        remains = [0] * len(self.laws)
        for i in positions(held):
            remains[i] = self.left(i, self.displacers[i] & held)
        return Settled(self.laws, tuple(remains))

    def left(self, law: int, displacing: int, among: int | None = None) -> int:
        """The cells of a law (`among` those given) outside those of displacing ones (bits over `laws`)."""
        region = self.cells[law] if among is None else self.cells[law] & among
        while displacing and region:
            lowest = displacing & -displacing
            region &= self._outside[lowest.bit_length() - 1]
            displacing ^= lowest
        return region

    def count(self, places: Any) -> int:
        """How many combinations of role, device, country and app some cells hold (an array of places)."""
        return self._frame.weigh(places) * len(self.apps)

    def parts(
        self, region: int, splitters: Sequence[tuple[Any, int]]
    ) -> Iterator[tuple[tuple[Any, ...], Any]]:
        """A region in parts by which of the splitters hold there: the keys, and an array of places."""
        return split(region, self._frame.length, splitters)

    def kinds(self) -> tuple[Any, Any, Any]:
        """The cells in focus in kinds, those in which the same laws apply (a frame of one day): how many
        combinations each kind holds, one of its places, and a table of laws by kinds.
        """
        places = np.flatnonzero(bits(self.focus, self._frame.length))
        of, firsts, table = self._frame.kinds(self.laws, places)
        counts = np.bincount(of, self._frame.weight(places), len(firsts)).astype(np.int64)
        return counts * len(self.apps), firsts, table

    def total(self, region: int) -> int:
        """How many combinations a region holds."""
        return sum(self.count(places) for _, places in self.parts(region, []))

    def person(self, place: int) -> Person:
        """Somebody in the cell at a place."""
        day, role, device, country = self._frame.first(place)
        return Person(role, device, country, self.apps[0], day)


@dataclass(frozen=True)
class Settled:
    """Where each law remains after displacement, and what follows from that (SPEC section 3, point 3)."""

    laws: tuple[Law, ...]
    remains: tuple[int, ...]

    @cached_property
    def of_effect(self) -> dict[Effect, int]:
        """For each effect, where some law with it remains."""
        found = dict.fromkeys(Effect, 0)
        for law, region in zip(self.laws, self.remains, strict=True):
            if region:
                found[law.rule.effect] |= region
        return found

    @cached_property
    def prohibited(self) -> int:
        """Where a prohibition remains."""
        return self.of_effect[Effect.PROHIBITED]

    @cached_property
    def clash(self) -> int:
        """Where both kinds remain: some permit, some do not."""
        found = self.of_effect
        return (found[Effect.PROHIBITED] | found[Effect.APPROVAL_REQUIRED]) & (
            found[Effect.CONDITIONAL] | found[Effect.ALLOWED]
        )

    @cached_property
    def spoken(self) -> int:
        """Where any law remains; elsewhere there is no guidance."""
        return union(self.remains)

    def decides(self, law: int) -> int:
        """Where a law is one of those that decide."""
        region = self.remains[law]
        if region and self.laws[law].rule.effect is Effect.APPROVAL_REQUIRED:
            # A prohibition is stricter, unless there is a clash: then all that remain are named.
            region &= ~(self.prohibited & ~self.clash)
        return region
