"""Where each law remains, decides or clashes, exactly, for the apps of one leaf.

The cells of a leaf are the combinations of its classes of days, roles, devices and countries; a *region* is
a set of cells, again an integer with a bit for each. A law remains where it applies and none that displaces
it does, which is one difference of regions for each displacer, whatever the number of cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from guidelines.analysis.cells import split
from guidelines.analysis.frame import Frame
from guidelines.analysis.relation import displacers
from guidelines.analysis.space import Law, Leaf, Space, positions, union
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
        space: the space that the leaf belongs to.
        frame: the cells; made for the leaf alone if not given.
        focus: tells the laws whose cells alone are looked at; laws that do not reach them are left out.
    """

    def __init__(
        self,
        leaf: Leaf,
        space: Space,
        frame: Frame | None = None,
        focus: Callable[[Law], bool] | None = None,
    ) -> None:
        self.apps = leaf.apps
        self._frame = frame or Frame(space, leaf.laws)
        sized = [(cells, law) for law in leaf.laws if (cells := self._frame.cells(law)).size]
        if focus is not None:
            self.focus = union(cells.region for cells, law in sized if focus(law))
            sized = [(cells, law) for cells, law in sized if cells.region & self.focus]
        # The widest come first: what is displaced altogether is then found out soonest.
        sized.sort(key=lambda pair: (-pair[0].size, pair[1].number))
        self.laws: tuple[Law, ...] = tuple(law for _, law in sized)
        self.cells: tuple[int, ...] = tuple(cells.region for cells, _ in sized)
        self.displacers = displacers(self.laws, space)
        self.everywhere = (1 << self._frame.length) - 1
        self._outside = [cells.outside for cells, _ in sized]

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
