"""Cells one by one, where a region has to be told apart by many others: with numpy, as rows of bits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np


def split(
    region: int, length: int, splitters: Sequence[tuple[Any, int]]
) -> Iterator[tuple[tuple[Any, ...], np.ndarray]]:
    """A region in parts by which of the splitters (a key and a region each) hold there.

    Args:
        region: the cells to tell apart.
        length: how many cells there are in all.
        splitters: a key and a region each.

    Yields:
        The keys that hold in a part, and the places of its cells, the lowest first.
    """
    places = np.flatnonzero(_bits(region, length))
    if not places.size:
        return
    telling = [(key, splitter) for key, splitter in splitters if splitter & region]
    if not telling:
        yield (), places
        return
    rows = np.empty((len(telling), places.size), np.uint8)
    for row, (_, splitter) in zip(rows, telling, strict=True):
        row[:] = _bits(splitter, length)[places]
    columns = np.ascontiguousarray(np.packbits(rows, axis=0).T)
    alike, first, part_of = np.unique(
        columns.view(np.dtype((np.void, columns.shape[1]))).ravel(), return_index=True, return_inverse=True
    )
    order = np.argsort(part_of.ravel(), kind="stable")
    ends = np.cumsum(np.bincount(part_of.ravel(), minlength=alike.size))
    for part, members in enumerate(np.split(order, ends[:-1])):
        keys = tuple(key for (key, _), bit in zip(telling, rows[:, first[part]], strict=True) if bit)
        yield keys, places[members]


def region_of(places: np.ndarray, length: int) -> int:
    """The region of some cells."""
    bits = np.zeros(length, np.uint8)
    bits[places] = 1
    return int.from_bytes(np.packbits(bits, bitorder="little").tobytes(), "little")


def _bits(region: int, length: int) -> np.ndarray:
    held = np.frombuffer(region.to_bytes((length + 7) // 8, "little"), np.uint8)
    return np.unpackbits(held, count=length, bitorder="little")


def weights(sizes: Sequence[Sequence[int]]) -> np.ndarray:
    """What each cell counts: the product of the sizes of its classes, axis by axis, the last one inmost."""
    product = np.ones(1, np.int64)
    for axis in sizes:
        product = np.outer(product, np.asarray(axis, np.int64)).ravel()
    return product
