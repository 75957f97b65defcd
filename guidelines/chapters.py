"""Chapters of a rule book: some of its rules as bits, with tables that answer by AND alone.

In a chapter every rule is a bit, the broadest scope first (bit 0) and the narrowest last. For each value of a
dimension a table holds one integer: the rules that admit the value. The rules that apply to an enquiry are
the AND of four tables and of the rules valid on the day.

Which rule displaces which does not depend on the enquiry. So for each rule one integer says what is left of
its chapter once it has spoken (`kept`), and others what is left of the chapters that are read after it
(`beyond`). They are looked at only for rules that apply to one and the same enquiry (`guidelines.scopes`).
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from guidelines import bits
from guidelines.calendar import Calendar
from guidelines.compiled import CompiledRule, Values
from guidelines.scopes import APP, COUNTRY, Scopes, by_key, where
from guidelines.vocabulary import DIMENSIONS

CORNER, OF_APP, OF_COUNTRY, COMMON = range(4)
# On which dimensions the rules of a chapter all admit what is asked about, level by level.
_ALIKE: tuple[tuple[int, ...], ...] = ((COUNTRY, APP), (APP,), (COUNTRY,), ())
ONE_BY_ONE = 16  # rules below which a chapter has no list of those that displace a binding one
_SOON_MADE = 64  # rules below which the scopes of a chapter are soon made again
ROOM_A_RULE = 400  # bytes of prepared integers for each rule of a book
ROOM_AT_LEAST = 1 << 21


class Room:
    """How many bytes of prepared integers the chapters of one book may still keep."""

    def __init__(self, rules: int) -> None:
        self.left = max(ROOM_AT_LEAST, ROOM_A_RULE * rules)
        self.full = False
        self._kept: set[int] = set()

    def take(self, size: int) -> bool:
        """Take `size` bytes if they are there. Two threads at once may take a little too much."""
        if size > self.left:
            self.full = True
            return False
        self.left -= size
        return True

    def keep(self, number: int) -> bool:
        """Take what an integer needs that many places may share: nothing when it is kept already."""
        if id(number) in self._kept:
            return True
        if not self.take(_size(number)):
            return False
        self._kept.add(id(number))
        return True

    def finish(self) -> None:
        """Forget which integers are kept: compiling is over."""
        self._kept.clear()


class Leavings(Protocol):
    """For the rule at each place of a chapter, some rules."""

    def __getitem__(self, place: int, /) -> int: ...


class WorkedOut(dict[int, int]):
    """The same, worked out when asked for, and kept while there is room."""

    __slots__ = ("_room", "_work_out")

    def __init__(self, work_out: Callable[[int], int], room: Room) -> None:
        super().__init__()
        self._work_out = work_out
        self._room = room

    def __missing__(self, place: int) -> int:
        found = self._work_out(place)
        if self._room.take(_size(found) + 100):
            self[place] = found
        return found


class Chapter:
    """Rules as bits, the broadest first. Nothing but its caches ever changes.

    The rule at bit `n` has the place `n + 1`: the `int.bit_length` of its bit alone. `level` is the part of
    the book. By place: `numbers` (inverted for binding rules, so that one look is enough), `kept`, `against`
    (of a binding rule: those that displace it) and, for each level read later, `beyond`. `loosening` has, by
    the number of a binding rule of a chapter read later, the rules here that displace it; it is None where so
    few rules apply to one question that all of them can be held against what is read later.
    """

    __slots__ = (
        "_room", "_scopes", "against", "apps", "beyond", "bound", "calendar", "countries", "devices",
        "kept", "level", "loosening", "numbers", "overriding", "plain", "roles", "rules",
    )  # fmt: skip

    def __init__(self, rules: Iterable[CompiledRule], level: int, values: Values, room: Room) -> None:
        self.rules = tuple(sorted(rules, key=_breadth))
        self.level = level
        self._room = room
        self._scopes: Scopes | None = Scopes(self.rules)
        self.calendar = Calendar(self.rules)
        self.roles, self.devices, self.countries, self.apps = (
            values.everything[axis]
            if axis in _ALIKE[level]
            else _table(by_key([c.admits[axis] for c in self.rules]), len(values.names[dimension]))
            for axis, dimension in enumerate(DIMENSIONS)
        )
        self.plain = where([not c.rule.baseline for c in self.rules])
        self.bound = where([c.rule.binding for c in self.rules])
        self.overriding = where([bool(c.rule.overrides) for c in self.rules])
        self.numbers = array("i", [0, *[~c.number if c.rule.binding else c.number for c in self.rules]])
        self.kept = self._prepare(self._after)
        self.against = self._prepare(self._against)
        self.beyond: tuple[Leavings | None, ...] = (None,) * len(_ALIKE)
        self.loosening: dict[int, int] | None = None
        if level != CORNER and len(self.rules) >= ONE_BY_ONE:
            self.loosening = {}

    def look_beyond(self, level: int, chapter_for: Callable[[CompiledRule], Chapter | None]) -> None:
        """Prepare what the rules here leave of the chapters at a level that is read later."""
        rules = self.rules

        def work_out(place: int) -> int:
            outer = chapter_for(rules[place - 1])
            return -1 if outer is None else outer.scopes.left_by(rules[place - 1])

        prepared = self._prepare(work_out)
        self.beyond = (*self.beyond[:level], prepared, *self.beyond[level + 1 :])
        if self.loosening is not None:
            self.loosening = self._loosening(prepared, chapter_for)

    def finish(self) -> None:
        """Forget what was of use for compiling only."""
        if self._scopes is not None:
            self._scopes.finish()
        if not self._room.full or len(self.rules) < _SOON_MADE:
            self._scopes = None

    @property
    def scopes(self) -> Scopes:
        """The scopes of the rules; made again when they were forgotten."""
        return self._scopes or Scopes(self.rules)

    def at(self, held: int) -> Iterator[CompiledRule]:
        """The rules whose bits are set, the narrowest first."""
        while held:
            place = held.bit_length()
            yield self.rules[place - 1]
            held ^= 1 << (place - 1)

    def _loosening(
        self, prepared: Leavings, chapter_for: Callable[[CompiledRule], Chapter | None]
    ) -> dict[int, int] | None:
        """What `loosening` has, with the binding rules of a further level; None when there is no room."""
        if self.loosening is None or not isinstance(prepared, tuple):
            return None
        found: dict[int, list[int]] = {}
        for n, rule in enumerate(self.rules):
            outer = chapter_for(rule)
            if outer is not None:
                for place in bits.places(outer.bound & ~prepared[n + 1]):
                    found.setdefault(~outer.numbers[place + 1], []).append(n)
        shared: dict[int, int] = {}
        for number, places in found.items():
            held = bits.of(places)
            self.loosening[number] = shared.setdefault(held, held)
        size = sum(map(_size, shared)) + 100 * len(found)
        return self.loosening if self._room.take(size) else None

    def _prepare(self, work_out: Callable[[int], int]) -> Leavings:
        found = [0]
        for place in range(1, len(self.rules) + 1):
            left = work_out(place)
            if not self._room.keep(left):
                return WorkedOut(work_out, self._room)
            found.append(left)
        return tuple(found)

    def _after(self, place: int) -> int:
        """The bits below that of a rule that it does not displace by being narrower."""
        rules = self.rules
        rule = rules[place - 1]
        broader = place - 1
        while broader and rules[broader - 1].admits == rule.admits:
            broader -= 1
        below = (1 << (place - 1)) - 1
        return below & (self.scopes.left_by(rule) | ~((1 << broader) - 1))

    def _against(self, place: int) -> int:
        """The rules of this chapter that displace a binding one; they are narrower and stand after it."""
        rule = self.rules[place - 1]
        found = self.scopes.displacing(rule) if rule.rule.binding else 0
        if not found:
            return 0
        narrower = bisect_right(self.rules, _breadth(rule), key=_breadth)
        return found >> narrower << narrower


def _size(number: int) -> int:
    return (number.bit_length() >> 3) + 36


def _table(by_mask: Mapping[int, int], size: int) -> tuple[int, ...]:
    """For each value, the rules that admit it. Values no rule tells apart share an integer."""
    full = (1 << size) - 1
    table = [by_mask.get(full, 0)] * size
    for mask, held in by_mask.items():
        if mask != full:
            for place in bits.places(mask):
                table[place] |= held
    shared: dict[int, int] = {}
    return tuple([shared.setdefault(held, held) for held in table])


def _breadth(compiled: CompiledRule) -> tuple[int, tuple[int, int, int, int]]:
    """Sorts the broadest first; rules of one scope stand together."""
    role, device, country, app = compiled.admits
    size = role.bit_count() * device.bit_count() * country.bit_count() * app.bit_count()
    return -size, compiled.admits
