"""The space of enquiries as bits: values, the rules over them, and classes of values that no rule tells
apart.

A set of values is an integer with a bit for each value, so that subset, overlap and difference are single
operations however many values there are; and the same as a row of noughts and ones, where many sets are
compared at once.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from guidelines.rules import Corpus, Guideline, Rule, unknown_concepts
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

_ONE_DAY = dt.timedelta(days=1)
_APP = DIMENSIONS.index("app")


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """A rule with what it admits: bits over the values of each dimension, and over the days looked at.

    `number` is its place among the laws of its space, `scopes` are the numbers of the four `admits` in
    `Scopes`.
    """

    number: int
    guideline: Guideline
    rule: Rule
    admits: tuple[int, ...]
    days: int
    scopes: tuple[int, ...]

    @property
    def empty(self) -> bool:
        """Whether it admits nothing on some dimension."""
        return not all(self.admits)


@dataclass(frozen=True, slots=True)
class Leaf:
    """Apps that no rule tells apart, and the laws (numbers) that can apply to them on the days looked at."""

    apps: tuple[str, ...]
    numbers: np.ndarray


class Values:
    """The values of the four dimensions in a fixed order, each with its bit."""

    def __init__(self, lists: Mapping[str, Sequence[str]]) -> None:
        self.lists = {dimension: tuple(lists[dimension]) for dimension in DIMENSIONS}
        self.bits = {d: {value: 1 << i for i, value in enumerate(v)} for d, v in self.lists.items()}

    @classmethod
    def of(cls, vocabulary: Vocabulary) -> Values:
        """The values of one vocabulary."""
        return cls({dimension: vocabulary[dimension].values for dimension in DIMENSIONS})

    def named(self, dimension: str, bits: int) -> tuple[str, ...]:
        """The values whose bits are set, in their order."""
        values = self.lists[dimension]
        return tuple(values[i] for i in positions(bits))


class Scopes:
    """All sets of values that some law admits on a dimension, numbered."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def number(self, scope: int) -> int:
        """The number of a scope, a new one for a new scope."""
        return self._numbers.setdefault(scope, len(self._numbers))

    def rows(self, width: int) -> np.ndarray:
        """A row of `width` noughts and ones for each scope, one for each value that it holds."""
        size = (width + 7) // 8
        packed = b"".join(scope.to_bytes(size, "little") for scope in self._numbers)
        bits = np.frombuffer(packed, np.uint8).reshape(len(self._numbers), size)
        return np.unpackbits(bits, axis=1, count=width, bitorder="little")


class Lawyer:
    """Turns the rules of a corpus into laws over given values; a rule with an unknown concept is left out.

    Laws that are to be compared with each other have to share their `scopes`.
    """

    def __init__(self, vocabulary: Vocabulary, values: Values, scopes: Mapping[str, Scopes]) -> None:
        self._scopes = scopes
        self._vocabulary = vocabulary
        self._concepts = {d: _concept_bits(vocabulary[d], values.bits[d]) for d in DIMENSIONS}
        self._known: dict[tuple[str, tuple[str, ...], tuple[str, ...]], tuple[int, int]] = {}

    def laws(self, corpus: Corpus, days: Sequence[dt.date]) -> list[Law]:
        """The laws of the corpus on some days (in order), numbered in its order."""
        known = [pair for pair in corpus.rules() if not unknown_concepts(pair[1], self._vocabulary)]
        return [self._law(number, *pair, days) for number, pair in enumerate(known)]

    def _law(self, number: int, guideline: Guideline, rule: Rule, days: Sequence[dt.date]) -> Law:
        found = [self._admits(d, rule.scope.included(d), rule.scope.excluded(d)) for d in DIMENSIONS]
        admits, scopes = zip(*found, strict=True)
        return Law(number, guideline, rule, admits, _days(rule, days), scopes)

    def _admits(
        self, dimension: str, included: tuple[str, ...], excluded: tuple[str, ...]
    ) -> tuple[int, int]:
        key = (dimension, included, excluded)
        known = self._known.get(key)
        if known is None:
            bits = self._concepts[dimension]
            scope = union(bits[concept] for concept in included)
            scope &= ~union(bits[concept] for concept in excluded)
            known = self._known[key] = (scope, self._scopes[dimension].number(scope))
        return known


def _concept_bits(scheme: Scheme, bits: Mapping[str, int]) -> dict[str, int]:
    # Values outside the given ones are not looked at.
    return {
        concept.id: sum(bits[value] for value in scheme.values_under(concept.id) if value in bits)
        for concept in scheme
    }


def _days(rule: Rule, days: Sequence[dt.date]) -> int:
    """The days, of those given in order, on which a rule is valid, as bits."""
    start = 0 if rule.valid_from is None else bisect_left(days, rule.valid_from)
    end = len(days) if rule.valid_until is None else bisect_right(days, rule.valid_until)
    return (1 << end) - (1 << start) if start < end else 0


@dataclass(frozen=True)
class Space:
    """The values of one or more corpora, and the laws over them on some days."""

    values: Values
    scopes: Mapping[str, Scopes]
    laws: Sequence[Law]
    days: Sequence[dt.date]
    _rows: dict[int, np.ndarray] = field(default_factory=dict)
    _words: dict[int, np.ndarray] = field(default_factory=dict)

    def rows(self, axis: int) -> np.ndarray:
        """The membership row of each scope on a dimension, by the scope's number."""
        if axis not in self._rows:
            dimension = DIMENSIONS[axis]
            self._rows[axis] = self.scopes[dimension].rows(len(self.values.lists[dimension]))
        return self._rows[axis]

    def words(self, axis: int) -> np.ndarray:
        """The membership row of each scope on a dimension in words of 64 bits."""
        if axis not in self._words:
            rows = self.rows(axis)
            wide = np.zeros((len(rows), -(-rows.shape[1] // 64) * 64), np.uint8)
            wide[:, : rows.shape[1]] = rows
            self._words[axis] = np.packbits(wide, axis=1).view(np.uint64)
        return self._words[axis]


def new_scopes() -> dict[str, Scopes]:
    """An empty collection of scopes for each dimension."""
    return {dimension: Scopes() for dimension in DIMENSIONS}


def space_of(corpus: Corpus, days: Sequence[dt.date]) -> Space:
    """The space of a corpus on some days."""
    values, scopes = Values.of(corpus.vocabulary), new_scopes()
    return Space(values, scopes, Lawyer(corpus.vocabulary, values, scopes).laws(corpus, days), days)


def breakpoints(corpus: Corpus, start: dt.date, end: dt.date | None = None) -> list[dt.date]:
    """One day for each stretch from `start` (to `end`) in which the same rules are valid, the first days."""
    found = {start}
    for _, rule in corpus.rules():
        if rule.valid_from is not None:
            found.add(rule.valid_from)
        if rule.valid_until is not None and rule.valid_until < dt.date.max:
            found.add(rule.valid_until + _ONE_DAY)
    return sorted(day for day in found if day >= start and (end is None or day <= end))


def classes(rows: np.ndarray, universe: np.ndarray) -> list[np.ndarray]:
    """Values in classes that no scope tells apart.

    Args:
        rows: the membership rows of the scopes.
        universe: the places of the values to look at, in their order.

    Returns:
        The places of each class, in the order of their first values.
    """
    if not len(rows) or not len(universe):
        return [universe] if len(universe) else []
    columns = np.ascontiguousarray(np.packbits(rows[:, universe], axis=0).T)
    keys = columns.view(np.dtype((np.void, columns.shape[1]))).ravel()
    _, first, of = np.unique(keys, return_index=True, return_inverse=True)
    members = np.split(
        universe[np.argsort(of.ravel(), kind="stable")], np.cumsum(np.bincount(of.ravel()))[:-1]
    )
    return [members[i] for i in np.argsort(first)]


def leaves(space: Space, among: int | None = None) -> Iterator[Leaf]:
    """The apps in classes, each with the laws that can apply to it.

    Args:
        space: values and laws; laws valid on none of the days and those with an empty scope are passed over.
        among: only these apps (bits); all of them if not given.
    """
    apps = space.values.lists["app"]
    laws = [law for law in space.laws if law.days and not law.empty]
    numbers = np.array([law.number for law in laws], np.intp)
    scopes, place = np.unique(np.array([law.scopes[_APP] for law in laws], np.intp), return_inverse=True)
    universe = np.array([i for i in range(len(apps)) if among is None or among >> i & 1], np.intp)
    rows = space.rows(_APP)[scopes] if len(scopes) else np.zeros((0, len(apps)), np.uint8)
    for part in classes(rows, universe):
        yield Leaf(tuple(apps[i] for i in part), numbers[rows[place, part[0]] > 0])


def minus(one: int, other: int) -> int:
    """What is in one set and not in the other.

    Python takes twenty times as long for `one & ~other`, since it copies negative integers.
    """
    return one ^ (one & other)


def union(sets: Iterable[int]) -> int:
    """Everything that is in any of the sets."""
    result = 0
    for one in sets:
        result |= one
    return result


def positions(bits: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest
