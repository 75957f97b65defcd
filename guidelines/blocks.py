"""A grid of outcomes as few blocks: what makes a table of rulings short.

A block is a set of indices on every axis, and one outcome that all its cells share. The blocks cover the grid
exactly and overlap nowhere. The fewest possible blocks are hard to find (covering by rectangles is NP-hard),
so parts of the grid that are alike are put together first, then blocks that differ on one axis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Generic, TypeVar

T = TypeVar("T")

_FEW_CELLS = 3000  # beyond that only one order of the axes is tried


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """Cells with the same outcome: on every axis some indices."""

    sides: tuple[frozenset[int], ...]
    outcome: T


def blocks(grid: Mapping[tuple[int, ...], T]) -> list[Block[T]]:
    """The grid as few blocks, in the order of their first cells.

    Args:
        grid: an outcome that can be compared for every combination of indices; not empty.
    """
    axes = range(len(next(iter(grid))))
    orders = permutations(axes) if len(grid) <= _FEW_CELLS else [tuple(reversed(axes))]
    found = min((_merged(_split(grid, order)) for order in orders), key=len)
    return sorted(found, key=lambda block: tuple(min(side) for side in block.sides))


def _split(grid: Mapping[tuple[int, ...], T], order: Sequence[int]) -> list[Block[T]]:
    """The blocks that come of putting together, axis by axis, the indices behind which all is alike."""
    if not order:
        return [Block(tuple(map(frozenset, zip(*grid, strict=True))), next(iter(grid.values())))]
    axis, rest = order[0], order[1:]
    slices: dict[int, dict[tuple[int, ...], T]] = {}
    for cell, outcome in grid.items():
        slices.setdefault(cell[axis], {})[(*cell[:axis], 0, *cell[axis + 1 :])] = outcome
    alike: dict[frozenset[tuple[tuple[int, ...], T]], list[int]] = {}
    for index, part in slices.items():
        alike.setdefault(frozenset(part.items()), []).append(index)
    return [
        Block((*block.sides[:axis], frozenset(indices), *block.sides[axis + 1 :]), block.outcome)
        for part, indices in alike.items()
        for block in _split(dict(part), rest)
    ]


def _merged(given: list[Block[T]]) -> list[Block[T]]:
    """Blocks of one outcome that differ on one axis, put together until there are none."""
    while True:
        before = len(given)
        for axis in range(len(given[0].sides)):
            joined: dict[tuple[object, ...], Block[T]] = {}
            for block in given:
                key = (block.outcome, *block.sides[:axis], *block.sides[axis + 1 :])
                other = joined.get(key)
                side = block.sides[axis] | other.sides[axis] if other else block.sides[axis]
                joined[key] = Block((*block.sides[:axis], side, *block.sides[axis + 1 :]), block.outcome)
            given = list(joined.values())
        if len(given) == before:
            return given
