"""Where guidance speaks, where it is silent and where it contradicts itself: counted exactly, over any two
dimensions.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

from guidelines.analysis.frame import PLACES, Frame
from guidelines.analysis.space import Leaf, leaves, space_of, union
from guidelines.analysis.territory import Settled, Territory
from guidelines.rules import Corpus
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme, Vocabulary

STATES = ("clear", "no-guidance", "conflicting-guidance")


@dataclass
class Cell:
    """One square of the table: how many combinations are in each state, and how often it was asked about."""

    clear: int = 0
    silent: int = 0
    clash: int = 0
    asked: int = 0

    @property
    def total(self) -> int:
        """How many combinations there are."""
        return self.clear + self.silent + self.clash

    @property
    def share(self) -> float:
        """The share of combinations without a clear ruling."""
        return (self.silent + self.clash) / self.total if self.total else 0.0


@dataclass
class Coverage:
    """A table of two dimensions: the combinations of everything else in each square, by their state."""

    on: dt.date
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    row_dimension: str
    column_dimension: str
    fixed: Mapping[str, str]
    cells: dict[tuple[str, str], Cell] = field(default_factory=dict)

    @property
    def whole(self) -> Cell:
        """All squares together; where groups overlap, what they share counts for each."""
        found = Cell()
        for cell in self.cells.values():
            found.clear += cell.clear
            found.silent += cell.silent
            found.clash += cell.clash
            found.asked += cell.asked
        return found


def cover(
    corpus: Corpus,
    on: dt.date,
    rows: str,
    columns: str,
    *,
    fixed: Mapping[str, str] | None = None,
    groups: Mapping[str, Sequence[str]] | None = None,
    asked: Mapping[str, int] | None = None,
) -> Coverage:
    """The state of every combination on a day, in a table.

    Args:
        corpus: the rules.
        on: the day.
        rows: the dimension of the rows.
        columns: the dimension of the columns.
        fixed: concepts to which other (or the same) dimensions are narrowed down.
        groups: for a dimension of the table, concepts to show in place of its values.
        asked: how often each enquiry (JSON text of its details) was asked.

    Raises:
        KeyError: a concept of `fixed` or `groups` is not in the vocabulary.
    """
    vocabulary = corpus.vocabulary
    fixed, groups = fixed or {}, groups or {}
    space = space_of(corpus, [on])
    admitted = {d: vocabulary[d].values_under(fixed.get(d, ROOT)) for d in DIMENSIONS}
    shown = {d: _shown(vocabulary[d], groups.get(d), admitted[d]) for d in (rows, columns)}
    table = Coverage(
        on, tuple(shown[rows]), tuple(shown[columns]), rows, columns, fixed,
        {(row, column): Cell() for row in shown[rows] for column in shown[columns]},
    )  # fmt: skip
    bits = {d: sum(space.values.bits[d][value] for value in admitted[d]) for d in DIMENSIONS}
    if all(bits.values()):
        for leaf in leaves(space, bits["app"]):
            frame = Frame(space, leaf.laws, (bits["role"], bits["device"], bits["country"]))
            territory = Territory(leaf, space, frame)
            _count(table, territory, leaf, shown)
    return weighed(table, vocabulary, asked) if asked else table


def weighed(table: Coverage, vocabulary: Vocabulary, asked: Mapping[str, int]) -> Coverage:
    """The same table with how often each square was asked about; it is not worked out anew.

    Args:
        asked: how often each enquiry (JSON text of its details) was asked.
    """
    admitted = {d: vocabulary[d].values_under(table.fixed.get(d, ROOT)) for d in DIMENSIONS}
    sides = (table.row_dimension, table.rows), (table.column_dimension, table.columns)
    shown = {d: _shown(vocabulary[d], names, admitted[d]) for d, names in sides}
    found = replace(table, cells={square: replace(cell, asked=0) for square, cell in table.cells.items()})
    for text, count in asked.items():
        _weigh(found, json.loads(text), count, admitted, shown)
    return found


def _shown(
    scheme: Scheme, groups: Sequence[str] | None, admitted: frozenset[str]
) -> dict[str, frozenset[str]]:
    """What stands in the rows or columns, each with the values it holds; what holds none is left out."""
    held = {name: scheme.values_under(name) & admitted for name in groups or scheme.values}
    return {name: values for name, values in held.items() if values}


def _count(
    table: Coverage, territory: Territory, leaf: Leaf, shown: Mapping[str, Mapping[str, frozenset[str]]]
) -> None:
    settled = territory.settle()
    states = _states(territory, settled)
    squares = [_slices(territory, leaf, d, shown[d]) for d in (table.row_dimension, table.column_dimension)]
    for row, row_region, row_share in squares[0]:
        for column, column_region, column_share in squares[1]:
            region = row_region & column_region
            cell = table.cells[row, column]
            counts = [territory.total(state & region) * row_share * column_share for state in states]
            cell.clear += round(counts[0])
            cell.silent += round(counts[1])
            cell.clash += round(counts[2])


def _states(territory: Territory, settled: Settled) -> tuple[int, int, int]:
    silent = territory.everywhere & ~settled.spoken
    return settled.spoken & ~settled.clash, silent, settled.clash


def _slices(
    territory: Territory, leaf: Leaf, dimension: str, shown: Mapping[str, frozenset[str]]
) -> list[tuple[str, int, float]]:
    """For each row or column, its region, and the share of the region's count that belongs to it."""
    if dimension not in PLACES:
        apps = frozenset(leaf.apps)
        shares = {name: len(values & apps) / len(apps) for name, values in shown.items()}
        return [(name, territory.everywhere, share) for name, share in shares.items() if share]
    classes = list(territory.slices(PLACES.index(dimension) + 1))
    found = []
    for name, values in shown.items():
        whole = [region for members, region in classes if values.issuperset(members)]
        if whole:
            found.append((name, union(whole), 1.0))
        for members, region in classes:
            part = values.intersection(members)
            if part and len(part) < len(members):
                found.append((name, region, len(part) / len(members)))
    return found


def _weigh(
    table: Coverage,
    enquiry: Mapping[str, Any],
    count: int,
    admitted: Mapping[str, frozenset[str]],
    shown: Mapping[str, Mapping[str, frozenset[str]]],
) -> None:
    """Add a question to the squares that it was about; one that leaves it open is about none."""
    named = {d: _values(enquiry.get(d)) for d in DIMENSIONS}
    if any(named[d] and not named[d] & admitted[d] for d in DIMENSIONS):
        return
    rows, columns = (
        [name for name, values in shown[d].items() if named[d] & values]
        for d in (table.row_dimension, table.column_dimension)
    )
    for square in product(rows, columns):
        table.cells[square].asked += count


def _values(given: Any) -> frozenset[str]:
    return frozenset([given] if isinstance(given, str) else given or ())
