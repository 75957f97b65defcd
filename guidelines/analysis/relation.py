"""Which of several laws displaces which (SPEC section 3, point 2), for many pairs at once.

The relation does not depend on the enquiry, and whether one scope holds another not on the law. So the
scopes of each dimension are compared once, all with all, 64 values at a time; the rest is looking up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np

from guidelines.analysis.space import Law, Space
from guidelines.vocabulary import DIMENSIONS

_MOST_SCOPES = 6000  # beyond that the table of a dimension would take more than 36 MB


class Relation:
    """Which laws of a space displace which."""

    def __init__(self, space: Space) -> None:
        self._space = space
        laws = space.laws
        rules = [law.rule for law in laws]
        self._place = {law.number: place for place, law in enumerate(laws)}
        self._scopes = np.array([law.scopes for law in laws], np.intp).reshape(-1, len(DIMENSIONS))
        wholes: dict[tuple[int, ...], int] = {}
        self._whole = np.array([wholes.setdefault(law.scopes, len(wholes)) for law in laws], np.intp)
        self._baseline = np.array([rule.baseline for rule in rules], bool)
        self._binding = np.array([rule.binding for rule in rules], bool)
        self._strict = np.array([rule.effect.strictness for rule in rules], np.int8)
        issuers: dict[str, int] = {}
        self._issuer = np.array(
            [issuers.setdefault(law.guideline.issuer, len(issuers)) for law in laws], np.intp
        )
        self._overriding = np.array([bool(rule.overrides) for rule in rules], bool)
        self._holding: dict[int, np.ndarray] = {}

    @cached_property
    def _named(self) -> dict[str, set[int]]:
        """The laws that an override by that name means."""
        named: dict[str, set[int]] = {name: set() for law in self._space.laws for name in law.rule.overrides}
        for place, law in enumerate(self._space.laws):
            for name in (law.rule.id, law.guideline.id):
                if name in named:
                    named[name].add(place)
        return named

    def displaced(self, laws: Sequence[Law], by: Sequence[Law]) -> np.ndarray:
        """A row for each of the laws, a column for each of `by`: whether it displaces that law."""
        rows, columns = self._places(laws), self._places(by)
        found = self._whole[rows][:, None] != self._whole[columns]
        for axis in range(len(DIMENSIONS)):
            found &= self._holds(axis, self._scopes[rows, axis], self._scopes[columns, axis])
        binding = self._binding[rows]
        if binding.any():
            bound = rows[binding]
            may = self._issuer[bound][:, None] == self._issuer[columns]
            may |= self._strict[columns] > self._strict[bound][:, None]
            found[binding] &= may
        yields, general = self._baseline[rows][:, None], self._baseline[columns]
        if yields.any() or general.any():
            found &= yields == general
            found |= yields & ~general
        for column in np.flatnonzero(self._overriding[columns]):
            law = self._space.laws[columns[column]]
            meant = set().union(*(self._named[name] for name in law.rule.overrides)) - {columns[column]}
            if meant:
                found[[place in meant for place in rows], column] = True
        return found

    def displacers(self, laws: Sequence[Law], by: Sequence[Law] | None = None) -> list[int]:
        """For each law, as bits over `by` (over `laws` if not given), those that displace it wherever both
        apply.
        """
        if not laws:
            return []
        return bits_of(self.displaced(laws, laws if by is None else by))

    def _places(self, laws: Iterable[Law]) -> np.ndarray:
        return np.array([self._place[law.number] for law in laws], np.intp)

    def _holds(self, axis: int, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """Whether the scope of each row holds all that the scope of each column holds."""
        table = self._holding.get(axis)
        if table is not None:
            return table[rows].take(columns, axis=1)
        words = self._space.words(axis)
        if len(words) <= _MOST_SCOPES:
            everything = np.arange(len(words))
            self._holding[axis] = _holding(words, everything, everything)
            return self._holds(axis, rows, columns)
        few, row_of = np.unique(rows, return_inverse=True)
        others, column_of = np.unique(columns, return_inverse=True)
        return _holding(words, few, others)[row_of.ravel()].take(column_of.ravel(), axis=1)


def _holding(words: np.ndarray, rows: np.ndarray, columns: np.ndarray) -> np.ndarray:
    outside, inside = ~words[rows], words[columns]
    held = np.ones((len(rows), len(columns)), bool)
    for word in range(words.shape[1]):
        # Most scopes hold nothing in most words; those are held by whatever there is.
        some = np.flatnonzero(inside[:, word])
        held[:, some] &= (inside[some, word] & outside[:, word][:, None]) == 0
    return held


def bits_of(table: np.ndarray) -> list[int]:
    """Each row as an integer with a bit for each column."""
    return [int.from_bytes(row.tobytes(), "little") for row in np.packbits(table, axis=1, bitorder="little")]
