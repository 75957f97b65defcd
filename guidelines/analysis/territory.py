"""Where each law remains, decides or clashes, exactly, for the apps of one leaf.

A law remains where it applies and none that displaces it does: a few differences of regions, whatever the
number of cells. Which laws displace which is worked out once for the laws of many leaves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np

from guidelines.analysis.frame import Frame
from guidelines.analysis.relation import Relation
from guidelines.analysis.space import Law, Leaf, Space, minus, union
from guidelines.rules import Effect
from guidelines.vocabulary import DIMENSIONS

_APPROVED, _PROHIBITED = Effect.APPROVAL_REQUIRED.strictness, Effect.PROHIBITED.strictness
_LAWS_TOGETHER = 2048  # about as many laws are compared with each other at once


class Ground:
    """The laws of some leaves: their cells, and which displaces which. Positions are those in `laws`."""

    def __init__(self, laws: Iterable[Law], space: Space, frame: Frame) -> None:
        self.frame = frame
        self.days = len(space.days)
        sized = [(-breadth, law.number, law) for law in laws if (breadth := frame.breadth(law))]
        # The widest come first: what is displaced altogether is then found out soonest.
        self.laws = [law for *_, law in sorted(sized)]
        self.ranks = [law.rule.effect.strictness for law in self.laws]
        self.cells = [frame.cells(law) for law in self.laws]
        self._place = np.full(len(space.laws), -1)
        self._place[[law.number for law in self.laws]] = range(len(self.laws))
        self.relation = Relation(self.laws, space)
        self.displacers = self.relation.displacers
        every = (1 << len(self.laws)) - 1
        self._outside = [frame.everywhere ^ cells for cells in self.cells]
        self._not_nested = [every ^ nested for nested in self.relation.nested]

    @cached_property
    def displaced(self) -> list[int]:
        """For each law, those (bits) that it displaces wherever both apply."""
        size = (len(self.laws) + 7) // 8
        rows = np.frombuffer(b"".join(bits.to_bytes(size, "little") for bits in self.displacers), np.uint8)
        table = np.unpackbits(rows.reshape(-1, size), axis=1, count=len(self.laws), bitorder="little")
        turned = np.packbits(table.T, axis=1, bitorder="little")
        return [int.from_bytes(row.tobytes(), "little") for row in turned]

    def positions(self, numbers: np.ndarray) -> tuple[list[int], int]:
        """The positions of some laws, given by their numbers, as a list and as bits; those that reach no cell
        are left out.
        """
        held = np.zeros(len(self.laws) + 1, np.uint8)
        held[self._place[numbers]] = 1
        bits = np.packbits(held[:-1], bitorder="little").tobytes()
        return np.flatnonzero(held[:-1]).tolist(), int.from_bytes(bits, "little")

    def left(self, law: int, displacing: int, among: int | None = None) -> int:
        """The cells of a law (`among` those given) outside those of displacing ones (bits)."""
        region = self.cells[law] if among is None else self.cells[law] & among
        outside, not_nested = self._outside, self._not_nested
        while displacing and region:
            at = (displacing & -displacing).bit_length() - 1
            region &= outside[at]
            # What lies within a region that was taken away takes nothing more.
            displacing &= not_nested[at]
        return region


class Territory:
    """A leaf on its ground.

    Args:
        leaf: apps that no law tells apart, with the laws that can apply to them.
        ground: laws among which those of the leaf are.
    """

    def __init__(self, leaf: Leaf, ground: Ground) -> None:
        self.apps = leaf.apps
        self.ground = ground
        self.frame = ground.frame
        self.members, self.mask = ground.positions(leaf.numbers)
        """The laws that can apply: their positions, and the same as bits."""

    def settle(self) -> Settled:
        """Where each law remains when all are in force."""
        ground, mask = self.ground, self.mask
        left, displacers = ground.left, ground.displacers
        found = {}
        for i in self.members:
            if region := left(i, displacers[i] & mask):
                found[i] = region
        return Settled(ground.ranks, found)

    def count(self, region: int) -> int:
        """How many combinations of role, device, country and app a region holds."""
        return self.frame.weigh(region) * len(self.apps)

    def somebody(self, region: int) -> dict[str, str]:
        """The enquiry of the first cell of a region."""
        return dict(zip(DIMENSIONS, (*self.frame.first(region), self.apps[0]), strict=True))


class Settled:
    """Where each law remains after displacement, and what follows from that (SPEC section 3, point 3).

    Args:
        ranks: by position, how strict the effects of the laws are.
        remains: by position, the regions that are not empty.
    """

    def __init__(self, ranks: Sequence[int], remains: Mapping[int, int]) -> None:
        self._ranks = ranks
        self.remains = remains

    @cached_property
    def of_rank(self) -> tuple[int, int, int, int]:
        """For each effect, from the most permissive on, where some law with it remains."""
        found, ranks = [0, 0, 0, 0], self._ranks
        for i, region in self.remains.items():
            found[ranks[i]] |= region
        allowed, conditional, approved, prohibited = found
        return allowed, conditional, approved, prohibited

    @cached_property
    def outranked(self) -> tuple[int, int, int, int]:
        """For each effect, where a stricter one remains, so that nobody hears what a law with it says. Those
        who are permitted something hear all that remains.
        """
        _, _, approved, prohibited = self.of_rank
        return approved | prohibited, approved | prohibited, prohibited, 0

    @cached_property
    def clash(self) -> int:
        """Where both kinds remain: some permit, some do not."""
        allowed, conditional, approved, prohibited = self.of_rank
        return (allowed | conditional) & (approved | prohibited)

    @cached_property
    def spoken(self) -> int:
        """Where any law remains; elsewhere there is no guidance."""
        return union(self.of_rank)

    @cached_property
    def _silent(self) -> int:
        # A prohibition is stricter than an approval, unless there is a clash: then all that remain are named.
        return minus(self.of_rank[_PROHIBITED], self.clash)

    def decides(self, law: int) -> int:
        """Where a law is one of those that decide."""
        region = self.remains.get(law, 0)
        return minus(region, self._silent) if region and self._ranks[law] == _APPROVED else region


def territories(leaves: Iterable[Leaf], space: Space, frame: Frame) -> Iterator[Territory]:
    """Every leaf on its ground; leaves share one as long as their laws are not too many."""
    together: list[Leaf] = []
    held = np.zeros(len(space.laws), bool)
    for leaf in leaves:
        further = leaf.numbers[~held[leaf.numbers]]
        if together and held.sum() + further.size > _LAWS_TOGETHER:
            yield from _on_one_ground(together, held, space, frame)
            together, further = [], leaf.numbers
            held[:] = False
        together.append(leaf)
        held[further] = True
    yield from _on_one_ground(together, held, space, frame)


def _on_one_ground(
    leaves: Sequence[Leaf], held: np.ndarray, space: Space, frame: Frame
) -> Iterator[Territory]:
    ground = Ground([space.laws[number] for number in np.flatnonzero(held).tolist()], space, frame)
    for leaf in leaves:
        yield Territory(leaf, ground)


def mask_of(positions: Iterable[int]) -> int:
    """The bits of some positions."""
    mask = 0
    for position in positions:
        mask |= 1 << position
    return mask
