"""The cells: combinations of classes of roles, devices and countries, each with a bit.

Every app has the same cells, so what a scope admits is laid out once. A *region* is a set of cells: one
integer.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod

import numpy as np

from guidelines.analysis.space import Law, Space, classes, positions
from guidelines.vocabulary import DIMENSIONS

PLACES = DIMENSIONS[:3]
_MOST_KNOWN = 20_000  # scopes whose regions are kept


class Axis:
    """One axis of the cells: classes of values that no scope tells apart.

    Args:
        values: the values of the dimension.
        rows: the membership rows of the scopes on this axis.
        universe: the places of the values to look at.
    """

    def __init__(self, values: Sequence[str], rows: np.ndarray, universe: np.ndarray) -> None:
        parts = classes(rows, universe)
        self.classes = tuple(tuple(values[i] for i in part) for part in parts)
        packed = np.packbits(rows[:, [part[0] for part in parts]], axis=1, bitorder="little")
        # Each scope as bits over the classes.
        self.reduced = [int.from_bytes(row.tobytes(), "little") for row in packed]


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
        self._universe = universe or tuple((1 << len(space.values.lists[d])) - 1 for d in PLACES)
        reached = [law for law in laws if self._reaches(law)]
        axes, self._reduced = [], []
        for number, part in enumerate(self._universe):
            scopes = sorted({law.scopes[number] for law in reached})
            values = space.values.lists[PLACES[number]]
            axes.append(Axis(values, space.rows(number)[scopes], np.array([*positions(part)], np.intp)))
            self._reduced.append(dict(zip(scopes, axes[-1].reduced, strict=True)))
        self.classes = tuple(axis.classes for axis in axes)
        self.shape = tuple(len(axis) for axis in self.classes)
        self.length = prod(self.shape)
        self.everywhere = (1 << self.length) - 1
        self._weights = _digits([[len(part) for part in axis] for axis in self.classes])
        self._weight_words = self.words([digit for _, digit in self._weights])
        self._regions: dict[tuple[int, ...], int] = {}
        self._on_devices: dict[tuple[int, ...], int] = {}

    def _reaches(self, law: Law) -> bool:
        return all(admitted & looked_at for admitted, looked_at in zip(law.admits, self._universe))  # noqa: B905

    def cells(self, law: Law) -> int:
        """The region in which a law applies."""
        key = law.scopes[:3]
        known = self._regions.get(key)
        if known is None:
            if len(self._regions) >= _MOST_KNOWN:
                self._regions.clear()
            known = self._block(key) if self._reaches(law) else 0
            self._regions[key] = known
        return known

    def _block(self, scopes: tuple[int, ...]) -> int:
        roles, devices, countries = (of[scope] for of, scope in zip(self._reduced, scopes, strict=True))
        on_devices = self._on_devices.get((devices, countries))
        if on_devices is None:
            on_devices = _repeated(countries, devices, self.shape[2])
            self._on_devices[devices, countries] = on_devices
        return _repeated(on_devices, roles, self.shape[1] * self.shape[2])

    def breadth(self, law: Law) -> int:
        """How many cells a law applies in."""
        if not self._reaches(law):
            return 0
        return prod(of[scope].bit_count() for of, scope in zip(self._reduced, law.scopes[:3], strict=True))

    def weigh(self, region: int) -> int:
        """How many combinations of role, device and country a region holds."""
        return sum((region & digit).bit_count() << place for place, digit in self._weights)

    def table(self, region: int) -> np.ndarray:
        """A region as noughts and ones, by class of roles, of devices and of countries."""
        held = np.frombuffer(region.to_bytes((self.length + 7) // 8, "little"), np.uint8)
        return np.unpackbits(held, count=self.length, bitorder="little").reshape(self.shape)

    def words(self, regions: Sequence[int]) -> np.ndarray:
        """Regions as rows of words of 64 cells."""
        words = -(-self.length // 64)
        packed = b"".join(region.to_bytes(8 * words, "little") for region in regions)
        return np.frombuffer(packed, "<u8").reshape(len(regions), words)

    def weigh_words(self, rows: np.ndarray) -> np.ndarray:
        """How many combinations of role, device and country each row of `words` holds."""
        found = np.zeros(len(rows), np.int64)
        for (place, _), digit in zip(self._weights, self._weight_words, strict=True):
            found += np.bitwise_count(rows & digit).sum(axis=1, dtype=np.int64) << place
        return found

    def first(self, region: int) -> tuple[str, str, str]:
        """The role, the device and the country of the first cell of a region that is not empty."""
        return self.at((region & -region).bit_length() - 1)

    def at(self, place: int) -> tuple[str, str, str]:
        """The role, the device and the country of the cell at a place: the first of its classes."""
        chosen = []
        for axis in reversed(self.classes):
            place, number = divmod(place, len(axis))
            chosen.append(axis[number][0])
        country, device, role = chosen
        return role, device, country


def _repeated(region: int, times: int, stride: int) -> int:
    """A region of the first class of an axis, repeated for all classes whose bits are set in `times`."""
    repeated = 0
    for place in positions(times):
        repeated |= region << place * stride
    return repeated


def _digits(sizes: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """What each cell weighs (the product of the sizes of its classes) in binary: for each place of the
    number, the region of the cells that have a one there.
    """
    weights = np.ones(1, np.int64)
    for axis in sizes:
        weights = np.outer(weights, np.asarray(axis, np.int64)).ravel()
    found = []
    for place in range(int(weights.max(initial=0)).bit_length()):
        ones = np.packbits((weights >> place & 1).astype(np.uint8), bitorder="little")
        found.append((place, int.from_bytes(ones.tobytes(), "little")))
    return found
