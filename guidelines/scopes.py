"""The scopes of some rules, one bit a rule: which are broader than a given one, which narrower, and so who
displaces whom.

All this is asked only about rules that apply to one and the same enquiry, which settles much: where a rule
admits a single value it is the value asked about, and every other rule admits that too. So only the sets of
several values are compared, and few different ones occur.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

from guidelines import bits
from guidelines.compiled import CompiledRule

Key = TypeVar("Key", bound=Hashable)
ROLE, DEVICE, COUNTRY, APP = range(4)
_AXES = (APP, COUNTRY, ROLE, DEVICE)


class Scopes:
    """What the rules of one chapter admit, by whom they were issued and how strict they are."""

    __slots__ = (
        "_binding",
        "_everything",
        "_finished",
        "_groups",
        "_issued",
        "_left",
        "_narrower",
        "_stricter",
    )

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        self._everything = (1 << len(rules)) - 1
        self._binding = where(c.rule.binding for c in rules)
        self._groups = tuple(self._several(rules, axis) for axis in range(4))
        self._issued = by_key(c.issuer for c in rules)
        self._stricter = tuple(where(c.rank > rank for c in rules) for rank in range(4))
        self._left: dict[tuple[object, ...], int] = {}
        self._finished = False
        self._narrower: dict[tuple[int, int], int] = {}

    @staticmethod
    def _several(rules: Sequence[CompiledRule], axis: int) -> dict[int, int]:
        return {
            mask: held for mask, held in by_key(c.admits[axis] for c in rules).items() if mask & (mask - 1)
        }

    def left_by(self, rule: CompiledRule) -> int:
        """The rules that are not displaced by one that may be narrower: all but those that are as broad or
        broader and not binding, or of the same issuer, or less strict.
        """
        role, device, country, app = rule.admits
        key: tuple[object, ...] = (
            role & (role - 1) and role,
            device & (device - 1) and device,
            country & (country - 1) and country,
            app & (app - 1) and app,
        )
        if self._binding:
            key += (rule.issuer, rule.rank)
        left = self._left.get(key)
        if left is None:
            left = self._everything ^ (self._broader(rule) & self._yielding(rule))
            if not self._finished:
                self._left[key] = left
        return left

    def entitled(self, binding: CompiledRule) -> int:
        """The rules that displace a binding one if they are narrower: of its issuer or stricter."""
        return self._stricter[binding.rank] | self._issued.get(binding.issuer, 0)

    def displacing(self, binding: CompiledRule) -> int:
        """Those of them that are narrower, or of the very same scope."""
        held = self.entitled(binding)
        for axis in _AXES:
            if not held:
                break
            if self._groups[axis]:
                held &= self._within(axis, binding.admits[axis])
        return held

    def finish(self) -> None:
        """Drop what only compiling asks for again and again."""
        self._left = {}
        self._finished = True

    def _broader(self, rule: CompiledRule) -> int:
        found = self._everything
        for axis in _AXES:
            mask = rule.admits[axis]
            if mask & (mask - 1):
                broader = 0
                for other, held in self._groups[axis].items():
                    if other | mask == other:
                        broader |= held
                found &= broader
                if not found:
                    break
        return found

    def _yielding(self, rule: CompiledRule) -> int:
        """The rules that a narrower one of that issuer and effect may displace."""
        standing = self._binding
        if standing:
            if rule.rank:
                standing &= self._stricter[rule.rank - 1]
            standing &= ~self._issued.get(rule.issuer, 0)
        return self._everything ^ standing

    def _within(self, axis: int, mask: int) -> int:
        known = self._narrower.get((axis, mask))
        if known is None:
            known = self._everything
            for other, held in self._groups[axis].items():
                if other | mask != mask:
                    known ^= held
            self._narrower[axis, mask] = known
        return known


def where(flags: Iterable[bool]) -> int:
    """The bits at which the flags are set."""
    return bits.of(i for i, flag in enumerate(flags) if flag)


def by_key(keys: Iterable[Key]) -> dict[Key, int]:
    """For each different key, the bits at which it stands."""
    places: dict[Key, list[int]] = {}
    for i, key in enumerate(keys):
        places.setdefault(key, []).append(i)
    return {key: bits.of(held) for key, held in places.items()}
