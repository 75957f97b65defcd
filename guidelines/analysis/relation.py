"""Which of several laws displaces which (SPEC section 3, point 2), for all of them at once.

The relation does not depend on the enquiry. Scopes are compared all with all, 64 values at a time, each
scope once however many laws have it; what follows for a law is then a few operations on integers with a bit
for each law.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from functools import cached_property

import numpy as np

from guidelines.analysis.space import Law, Space, minus, union
from guidelines.rules import Effect
from guidelines.vocabulary import DIMENSIONS

_APP = DIMENSIONS.index("app")


class Relation:
    """Some laws compared with each other; positions and bits are those of `laws`."""

    def __init__(self, laws: Sequence[Law], space: Space) -> None:
        self._laws = laws
        self._scopes = [_Scopes(laws, space, axis) for axis in range(len(DIMENSIONS))] if laws else []
        subsets = [scopes.subsets() for scopes in self._scopes]
        self._within = [_all(rows) for rows in zip(*subsets, strict=True)]
        self.nested = [_all(rows) for rows in zip(*subsets[:_APP], strict=True)]
        """For each law, those (bits) whose roles, devices and countries are among its own, itself too."""

    @cached_property
    def displacers(self) -> list[int]:
        """For each law, those (bits) that displace it wherever both apply."""
        laws, every = self._laws, (1 << len(self._laws)) - 1
        same = _bits(law.scopes for law in laws)
        issued = _bits(law.guideline.issuer for law in laws)
        baseline = _bits(law.rule.baseline for law in laws)
        of_rank = _bits(law.rule.effect.strictness for law in laws)
        stricter = {
            effect: union(
                of_rank[other.strictness] for other in Effect if other.strictness > effect.strictness
            )
            for effect in Effect
        }
        found = []
        for law, within in zip(laws, self._within, strict=True):
            rule = law.rule
            # Narrower both ways round is the same scope.
            bits = minus(within, same[law.scopes]) & baseline[rule.baseline]
            if rule.binding:
                bits &= issued[law.guideline.issuer] | stricter[rule.effect]
            if rule.baseline:
                bits |= every ^ baseline[True]
            found.append(bits)
        self._override(found)
        return found

    def _override(self, found: list[int]) -> None:
        overriding = [(i, law.rule.overrides) for i, law in enumerate(self._laws) if law.rule.overrides]
        meant: dict[str, list[int]] = {name: [] for _, names in overriding for name in names}
        for i, law in enumerate(self._laws) if meant else ():
            for name in {law.rule.id, law.guideline.id} & meant.keys():
                meant[name].append(i)
        for i, names in overriding:
            for name in names:
                for overridden in meant[name]:
                    if overridden != i:
                        found[overridden] |= 1 << i

    @cached_property
    def meeting(self) -> np.ndarray:
        """A table of which laws share some role, device and country."""
        roles, devices, countries = (scopes.meeting() for scopes in self._scopes[:_APP])
        return roles & devices & countries


class _Scopes:
    """The different scopes of some laws on one dimension."""

    def __init__(self, laws: Sequence[Law], space: Space, axis: int) -> None:
        scopes, self._place = np.unique([law.scopes[axis] for law in laws], return_inverse=True)
        # One row for each word of 64 values.
        self._words = np.ascontiguousarray(space.words(axis)[scopes].T)

    def subsets(self) -> list[int]:
        """For each law, the laws whose scope is a subset of its own."""
        found = np.ones((self._words.shape[1],) * 2, bool)
        for word in self._words:
            found &= (word[None, :] & ~word[:, None]) == 0
        return self._by_law(found)

    def meeting(self) -> np.ndarray:
        """A table of which laws' scopes share a value."""
        found = np.zeros((self._words.shape[1],) * 2, bool)
        for word in self._words:
            found |= (word[None, :] & word[:, None]) != 0
        return found[np.ix_(self._place, self._place)]

    def _by_law(self, table: np.ndarray) -> list[int]:
        bits = [
            int.from_bytes(np.packbits(row[self._place], bitorder="little").tobytes(), "little")
            for row in table
        ]
        return [bits[place] for place in self._place.tolist()]


def _all(sets: Iterable[int]) -> int:
    found = -1
    for one in sets:
        found &= one
    return found


def _bits(keys: Iterable[Hashable]) -> defaultdict[Hashable, int]:
    """For each key, the positions at which it stands, as bits."""
    found: defaultdict[Hashable, int] = defaultdict(int)
    for i, key in enumerate(keys):
        found[key] |= 1 << i
    return found
