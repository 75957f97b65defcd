"""The cells of some apps: combinations of classes of days, roles, devices and countries, each with a bit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from math import prod
from typing import Any, NamedTuple

import numpy as np

from guidelines.analysis.cells import weights
from guidelines.analysis.space import Law, Space, classes, positions
from guidelines.vocabulary import DIMENSIONS

PLACES = DIMENSIONS[:3]


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


class Cells(NamedTuple):
    """A region, all cells outside of it, and how many cells it has."""

    region: int
    outside: int
    size: int


class Frame:
    """The cells in which some laws are looked at, and the region of each of them.

    Args:
        space: the space that the laws belong to.
        laws: the laws; those that reach none of the cells may be among them.
        universe: the roles, devices and countries (bits) to look at; all of them if not given.
    """

    def __init__(
        self, space: Space, laws: Sequence[Law], universe: tuple[int, int, int] | None = None
    ) -> None:
        self._values = space.values
        self._whole = universe or tuple((1 << len(space.values.lists[d])) - 1 for d in PLACES)
        reached = [law for law in laws if self._reaches(law)]
        days = {scope: number for number, scope in enumerate({law.days: None for law in reached})}
        axes = [Axis(_day_rows(list(days), len(space.days)), np.arange(len(space.days)))]
        self._reduced = [{scope: axes[0].reduced[number] for scope, number in days.items()}]
        for axis, part in enumerate(self._whole):
            scopes = sorted({law.scopes[axis] for law in reached})
            axes.append(Axis(space.rows(axis)[scopes], np.fromiter(positions(part), np.intp)))
            self._reduced.append(dict(zip(scopes, axes[-1].reduced, strict=True)))
        self._axes = tuple(axes)
        self._lengths = tuple(len(axis) for axis in self._axes)
        self.days = self._lengths[0]
        # How many cells one step along each axis passes.
        self._strides = tuple(prod(self._lengths[axis + 1 :]) for axis in range(4))
        self.length = prod(self._lengths)
        self._regions: dict[tuple[int, ...], int] = {}
        self._of_scopes: dict[tuple[int, ...], Cells] = {}

    def _reaches(self, law: Law) -> bool:
        return all(a & u for a, u in zip(law.admits[:3], self._whole, strict=True))

    def cells(self, law: Law) -> Cells:
        """The cells in which a law applies."""
        key = (law.days, *law.scopes[:3])
        known = self._of_scopes.get(key)
        if known is None:
            region = 0
            if self._reaches(law):
                region = self.block(tuple(of[at] for of, at in zip(self._reduced, key, strict=True)))
            known = Cells(region, region ^ ((1 << self.length) - 1), region.bit_count())
            self._of_scopes[key] = known
        return known

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

    def weigh(self, places: Any) -> int:
        """How many combinations of role, device and country some cells hold; each counts once, however many
        days it is there.
        """
        if self.days > 1:
            places = np.unique(places % self._strides[0])
        return int(self._weights[places].sum())

    @cached_property
    def _weights(self) -> Any:
        return weights([[len(part) for part in axis.parts] for axis in self._axes[1:]])

    def first(self, place: int) -> tuple[int, str, str, str]:
        """The number of the day, the role, the device and the country of the cell at a place: the first of
        its classes.
        """
        chosen = []
        for axis, stride in zip(self._axes, self._strides, strict=True):
            chosen.append(int(axis.parts[place // stride][0]))
            place %= stride
        day, *indexes = chosen
        role, device, country = (self._values.lists[d][i] for d, i in zip(PLACES, indexes, strict=True))
        return day, role, device, country


def _day_rows(scopes: list[int], days: int) -> np.ndarray:
    return np.array([[scope >> day & 1 for day in range(days)] for scope in scopes], np.uint8).reshape(
        -1, days
    )
