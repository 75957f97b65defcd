"""Pairs of rules that clash: one permits, the other does not, and neither is displaced.

There may be millions of pairs in a large rule set, so they are kept as columns of numbers.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from guidelines.analysis.sweep import Stretch
from guidelines.analysis.territory import Territory
from guidelines.rules import Effect

_PERMISSIVE = [effect.permissive for effect in Effect]
_MOST_WAITING = 2_000_000  # rows


class Pair(NamedTuple):
    """Two laws (numbers) that clash, in how many combinations on the first day on which they do, and the
    place of a cell, with the number of the leaf, in which they do.
    """

    permits: int
    forbids: int
    day: int
    leaf: int
    place: int
    combinations: int


class Tally:
    """Counts the clashing pairs.

    Args:
        laws: how many laws there are.
    """

    def __init__(self, laws: int) -> None:
        self._laws = laws
        self._columns: list[np.ndarray] = []
        self._waiting = 0

    def add(self, rows: np.ndarray) -> None:
        """Add pairs of one leaf: rows of the numbers in `Pair`."""
        if len(rows):
            self._columns.append(rows)
            self._waiting += len(rows)
            if self._waiting > _MOST_WAITING:
                self._merge()

    def _merge(self) -> None:
        """Join the rows of each pair: its first day, and all combinations on that day."""
        rows = np.concatenate(self._columns) if self._columns else np.zeros((0, 6), np.int64)
        code = rows[:, 0] * self._laws + rows[:, 1]
        order = np.lexsort((rows[:, 3], rows[:, 2], code))
        rows, code = rows[order], code[order]
        starts = np.flatnonzero(np.r_[True, code[1:] != code[:-1]]) if len(rows) else np.zeros(0, np.intp)
        lengths = np.diff(np.r_[starts, len(rows)])
        counted = np.where(rows[:, 2] == np.repeat(rows[starts, 2], lengths), rows[:, 5], 0)
        joined = rows[starts]
        if len(joined):
            joined[:, 5] = np.add.reduceat(counted, starts)
        self._columns, self._waiting = [joined], 0

    def largest(self, most: int) -> tuple[list[Pair], int]:
        """The pairs with the most combinations, and how many pairs there are."""
        self._merge()
        rows = self._columns[0]
        order = np.lexsort((rows[:, 1], rows[:, 0], -rows[:, 5]))[:most]
        return [Pair(*map(int, row)) for row in rows[order]], len(rows)


class LeafClashes:
    """The clashing pairs of one leaf through time.

    Args:
        territory: the leaf.
        leaf: its number.
    """

    def __init__(self, territory: Territory, leaf: int) -> None:
        self._ground, self._frame = territory.ground, territory.frame
        self._leaf, self._apps = leaf, len(territory.apps)
        self._numbers = [law.number for law in territory.ground.laws]
        self._met: set[tuple[int, int]] | None = None
        self._first: list[tuple[np.ndarray, np.ndarray]] = []

    def rows(self, stretch: Stretch) -> np.ndarray:
        """The pairs that clash in a stretch and did in none before: rows of the numbers in `Pair`."""
        return self._at_first(stretch) if stretch.day == 0 else self._later(stretch)

    def _at_first(self, stretch: Stretch) -> np.ndarray:
        remains, ranks = stretch.settled.remains, self._ground.ranks
        sides: tuple[list[int], list[int]] = ([], [])
        for i, region in remains.items():
            if region & stretch.settled.clash:
                sides[_PERMISSIVE[ranks[i]]].append(i)
        forbids, permits = sides
        if not forbids or not permits:
            return np.zeros((0, 6), np.int64)
        meeting = self._ground.relation.meeting[np.ix_(permits, forbids)]
        forbidden = self._frame.words([remains[i] for i in forbids])
        permitted = self._frame.words([remains[i] for i in permits])
        numbers = np.array([self._numbers[i] for i in forbids])
        found = []
        for i, own, near in zip(permits, permitted, meeting, strict=True):
            others = np.flatnonzero(near)
            both = forbidden[others] & own
            counts = self._frame.weigh_words(both)
            clashing = np.flatnonzero(counts)
            if clashing.size:
                rows = np.empty((clashing.size, 6), np.int64)
                rows[:, 0], rows[:, 1] = self._numbers[i], numbers[others[clashing]]
                rows[:, 2], rows[:, 3] = stretch.day, self._leaf
                rows[:, 4] = _first_places(both[clashing])
                rows[:, 5] = counts[clashing] * self._apps
                found.append(rows)
        rows = np.concatenate(found)
        self._first.append((rows[:, 0], rows[:, 1]))
        return rows

    def _later(self, stretch: Stretch) -> np.ndarray:
        remains, ranks, numbers = stretch.settled.remains, self._ground.ranks, self._numbers
        found = []
        held = np.array([*remains], np.intp)
        for i, more in stretch.grown.items():
            for j in held[self._ground.relation.meeting[i, held]].tolist():
                region = remains[j]
                if _PERMISSIVE[ranks[i]] is _PERMISSIVE[ranks[j]] or not region & more:
                    continue
                permits, forbids = (i, j) if _PERMISSIVE[ranks[i]] else (j, i)
                pair = numbers[permits], numbers[forbids]
                if pair not in self._known():
                    self._known().add(pair)
                    both = remains[i] & region
                    place = (both & -both).bit_length() - 1
                    count = self._frame.weigh(both) * self._apps
                    found.append((*pair, stretch.day, self._leaf, place, count))
        return np.array(found, np.int64).reshape(-1, 6)

    def _known(self) -> set[tuple[int, int]]:
        """The pairs that clashed before."""
        if self._met is None:
            self._met = {
                pair
                for permits, forbids in self._first
                for pair in zip(permits.tolist(), forbids.tolist(), strict=True)
            }
        return self._met


def _first_places(rows: np.ndarray) -> np.ndarray:
    """The place of the first cell of each row of words."""
    words = (rows != 0).argmax(axis=1)
    values = rows[np.arange(len(rows)), words]
    lowest = values & (~values + np.uint64(1))
    return words * 64 + np.bitwise_count(lowest - np.uint64(1))
