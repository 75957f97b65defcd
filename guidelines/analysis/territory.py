"""Where each law remains, decides or clashes, exactly, for the apps of one leaf.

The cells of a leaf are the combinations of its classes of days, roles, devices and countries; a *region* is
a set of cells, again an integer with a bit for each. A law remains where it applies and none that displaces
it does, which is one difference of regions for each displacer, whatever the number of cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod
from typing import Any, NamedTuple

import numpy as np

from guidelines.analysis.cells import split, weights
from guidelines.analysis.relation import displacers
from guidelines.analysis.space import Law, Leaf, Space, classes, positions, union
from guidelines.rules import Effect
from guidelines.vocabulary import DIMENSIONS

PLACES = DIMENSIONS[:3]


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


class Axis:
    """One axis of the cells: classes of what no law tells apart.

    Args:
        rows: the membership rows of the scopes on this axis.
        universe: the places of the values to look at.
    """

    def __init__(self, rows: np.ndarray, universe: np.ndarray) -> None:
        self.parts = classes(rows, universe)
        firsts = np.array([part[0] for part in self.parts], np.intp)
        packed = np.packbits(rows[:, firsts], axis=1, bitorder="little")
        # Each scope as bits over the classes.
        self.reduced = [int.from_bytes(row.tobytes(), "little") for row in packed]

    def __len__(self) -> int:
        return len(self.parts)


class Territory:
    """The cells of a leaf and the regions of its laws.

    Args:
        leaf: apps that no law tells apart, with the laws that can apply to them.
        space: the space that the leaf belongs to.
        universe: the roles, devices and countries (bits) to look at; all of them if not given.
        focus: tells the laws whose cells alone are looked at; laws that do not reach them are left out.
    """

    def __init__(
        self,
        leaf: Leaf,
        space: Space,
        universe: tuple[int, int, int] | None = None,
        focus: Callable[[Law], bool] | None = None,
    ) -> None:
        self.apps, self._values = leaf.apps, space.values
        whole = universe or tuple((1 << len(space.values.lists[d])) - 1 for d in PLACES)
        reached = [law for law in leaf.laws if all(a & u for a, u in zip(law.admits[:3], whole, strict=True))]
        days = {scope: number for number, scope in enumerate({law.days: None for law in reached})}
        keys = [(days[law.days], *law.scopes[:3]) for law in reached]
        axes = [Axis(_day_rows(list(days), len(space.days)), np.arange(len(space.days)))]
        reduced = [dict(enumerate(axes[0].reduced))]
        for axis, part in enumerate(whole):
            scopes = sorted({key[axis + 1] for key in keys})
            made = Axis(space.rows(axis)[scopes], np.fromiter(positions(part), np.intp))
            axes.append(made)
            reduced.append(dict(zip(scopes, made.reduced, strict=True)))
        self._axes = tuple(axes)
        self._lengths = tuple(len(axis) for axis in self._axes)
        # How many cells one step along each axis passes.
        self._strides = tuple(prod(self._lengths[axis + 1 :]) for axis in range(4))
        self._regions: dict[tuple[int, ...], int] = {}
        blocks = {
            key: self.block(tuple(of[at] for of, at in zip(reduced, key, strict=True))) for key in set(keys)
        }
        sized = [(blocks[key], law) for key, law in zip(keys, reached, strict=True)]
        if focus is not None:
            self.focus = union(block for block, law in sized if focus(law))
            sized = [(block, law) for block, law in sized if block & self.focus]
        # The widest come first: what is displaced altogether is then found out soonest.
        sized.sort(key=lambda pair: (-pair[0].bit_count(), pair[1].number))
        self.laws: tuple[Law, ...] = tuple(law for _, law in sized)
        self.cells: tuple[int, ...] = tuple(cells for cells, _ in sized)
        self.displacers = displacers(self.laws, space)
        self.everywhere = (1 << prod(self._lengths)) - 1
        self._outside = [self.everywhere ^ cells for cells in self.cells]

    def block(self, reduced: tuple[int, ...]) -> int:
        """The region of given classes (bits) of days, roles, devices and countries."""
        known = self._regions.get(reduced)
        if known is None:
            countries = reduced[3]
            on_devices = self._regions.get(reduced[2:])
            if on_devices is None:
                on_devices = self._regions[reduced[2:]] = self._repeated(countries, 2, reduced[2])
            known = self._repeated(on_devices, 1, reduced[1])
            if reduced[0] != 1:
                known = self._repeated(known, 0, reduced[0])
            self._regions[reduced] = known
        return known

    def _repeated(self, region: int, axis: int, bits: int) -> int:
        """A region of the first class of an axis, repeated for all of the given ones."""
        stride = self._strides[axis]
        repeated = 0
        while bits:
            lowest = bits & -bits
            repeated |= region << (lowest.bit_length() - 1) * stride
            bits ^= lowest
        return repeated

    def slices(self, axis: int) -> Iterator[tuple[tuple[str, ...], int]]:
        """For each class of an axis (1 role, 2 device, 3 country): its values, and its region."""
        whole = [(1 << length) - 1 for length in self._lengths]
        for place, part in enumerate(self._axes[axis].parts):
            key = [*whole]
            key[axis] = 1 << place
            values = self._values.lists[PLACES[axis - 1]]
            yield tuple(values[i] for i in part), self.block(tuple(key))

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
        if self._lengths[0] > 1:
            # A combination counts once, however many days it is there.
            places = np.unique(places % self._strides[0])
        return int(self._weights[places].sum()) * len(self.apps)

    @cached_property
    def _weights(self) -> Any:
        return weights([[len(part) for part in axis.parts] for axis in self._axes[1:]])

    def parts(
        self, region: int, splitters: Sequence[tuple[Any, int]]
    ) -> Iterator[tuple[tuple[Any, ...], Any]]:
        """A region in parts by which of the splitters hold there: the keys, and an array of places."""
        return split(region, self.everywhere.bit_length(), splitters)

    def total(self, region: int) -> int:
        """How many combinations a region holds."""
        return sum(self.count(places) for _, places in self.parts(region, []))

    def person(self, place: int) -> Person:
        """Somebody in the cell at a place."""
        chosen = []
        for axis in range(4):
            stride = self._strides[axis]
            chosen.append(int(self._axes[axis].parts[place // stride][0]))
            place %= stride
        day, *indexes = chosen
        names = [self._values.lists[d][i] for d, i in zip(PLACES, indexes, strict=True)]
        return Person(names[0], names[1], names[2], self.apps[0], day)


def _day_rows(scopes: list[int], days: int) -> np.ndarray:
    return np.array([[scope >> day & 1 for day in range(days)] for scope in scopes], np.uint8).reshape(
        -1, days
    )


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
