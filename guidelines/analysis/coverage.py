"""Where guidance speaks, where it is silent and where it contradicts itself: counted exactly, over any two
dimensions.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import product
from math import prod
from typing import Any

import numpy as np

from guidelines.analysis.frame import PLACES, Frame
from guidelines.analysis.space import Space, leaves, minus, space_of
from guidelines.analysis.territory import territories
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
        _count(table, space, bits, {d: shown.get(d, {"": admitted[d]}) for d in DIMENSIONS})
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
    table: Coverage, space: Space, bits: Mapping[str, int], shown: Mapping[str, Mapping[str, frozenset[str]]]
) -> None:
    """Count the combinations of each square; a dimension that is not in the table has one name in `shown`."""
    frame = Frame(space, space.laws, (bits["role"], bits["device"], bits["country"]))
    members = [_members(frame.classes[axis], shown[d]) for axis, d in enumerate(PLACES)]
    # By role, device, country and app: a number for each name that is shown.
    size = [len(shown[d]) for d in DIMENSIONS]
    silent, clash = np.zeros(size), np.zeros(size)
    for territory in territories(leaves(space, bits["app"]), space, frame):
        settled = territory.settle()
        apps = _members([territory.apps], shown["app"])[0]
        for found, region in (
            (silent, minus(frame.everywhere, settled.spoken)),
            (clash, settled.clash),
        ):
            if region:
                some = np.flatnonzero(apps)
                found[..., some] += _by_name(frame.table(region), members)[..., None] * apps[some]
    order = [DIMENSIONS.index(table.row_dimension), DIMENSIONS.index(table.column_dimension)]
    rest = tuple(axis for axis in range(len(DIMENSIONS)) if axis not in order)
    sums = [found.sum(axis=rest).transpose(np.argsort(np.argsort(order))) for found in (silent, clash)]
    of_all = [sum(map(len, shown[DIMENSIONS[axis]].values())) for axis in rest]
    for i, row in enumerate(table.rows):
        for j, column in enumerate(table.columns):
            cell = table.cells[row, column]
            cell.silent, cell.clash = round(sums[0][i, j]), round(sums[1][i, j])
            sides = len(shown[table.row_dimension][row]), len(shown[table.column_dimension][column])
            cell.clear = prod([*sides, *of_all]) - cell.silent - cell.clash


def _members(classes: Sequence[Sequence[str]], shown: Mapping[str, frozenset[str]]) -> np.ndarray:
    """How many values of each class belong to each name."""
    return np.array(
        [[len(values.intersection(one)) for values in shown.values()] for one in classes], np.float64
    )


def _by_name(table: np.ndarray, members: Sequence[np.ndarray]) -> np.ndarray:
    """The combinations of some cells by what is shown of roles, devices and countries; exact, since no count
    reaches 2 ** 53.
    """
    found = table.astype(np.float64) @ members[2]
    return np.einsum("rdc,ra,db->abc", found, members[0], members[1], optimize=True)


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
