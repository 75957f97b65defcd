"""Chapters of a rule book: some of its rules as bits, with tables that answer by AND alone.

In a chapter every rule is a bit, the broadest scope first (bit 0) and the narrowest last. For each value of
each dimension a *table* holds one integer: the rules that admit the value. The rules that apply to an enquiry
are the AND of four tables and of the rules valid on the day.

Which rule displaces which does not depend on the enquiry. The rules broader than a scope are those that admit
every value of it: the AND of tables again. What is left once a rule has spoken (`after`) is therefore one
integer for each rule, worked out when the rule first decides something and kept while there is room.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_

from guidelines.compiled import CompiledRule, Values
from guidelines.vocabulary import DIMENSIONS

_ONE_DAY = dt.timedelta(days=1)
_CHECKPOINT = 32  # days of change between two stored states of a calendar
_DAYS_KEPT = 512
_ROOM_A_RULE = 320  # bytes of kept integers for each rule of a book, over and above its tables
_ROOM_AT_LEAST = 1 << 20


class Room:
    """How many bytes of worked-out integers the chapters of one book may still keep."""

    __slots__ = ("left",)

    def __init__(self, rules: int) -> None:
        self.left = max(_ROOM_AT_LEAST, _ROOM_A_RULE * rules)

    def take(self, size: int) -> bool:
        """Take `size` bytes if they are there. Two threads at once may take a little too much."""
        if size > self.left:
            return False
        self.left -= size
        return True


class Chapter:
    """Rules as bits, the broadest first. Nothing but its caches ever changes."""

    __slots__ = (
        "_binding", "_by_mask", "_foreign", "_including", "_issuers", "_loosening", "_room", "_run_starts",
        "_values", "_weaker", "_within", "_yielding", "app_masks", "apps", "binds", "countries", "devices",
        "kept", "numbers", "overriding", "plain", "roles", "rules", "valid",
    )  # fmt: skip

    def __init__(self, rules: Iterable[CompiledRule], values: Values, room: Room) -> None:
        self.rules = tuple(sorted(rules, key=_breadth))
        self._values = values
        self._run_starts = _run_starts(self.rules)
        by_mask = [_by_mask(self.rules, axis) for axis in range(4)]
        self.roles, self.devices, self.countries, self.apps = (
            _table(held, values.names[dimension]) for held, dimension in zip(by_mask, DIMENSIONS, strict=True)
        )
        self.app_masks = tuple(by_mask[3])
        self._by_mask = by_mask
        self.numbers = array("I", [c.number for c in self.rules])
        self.binds = bytes(c.rule.binding for c in self.rules)
        self.valid = Calendar(self.rules)
        self.plain = self._where(not c.rule.baseline for c in self.rules)
        self.overriding = self._where(bool(c.rule.overrides) for c in self.rules)
        self._binding = self._where(c.rule.binding for c in self.rules)
        self._issuers = _partition(c.guideline.issuer for c in self.rules)
        ranks = [c.rule.effect.strictness for c in self.rules]
        self._weaker = [self._where(rank < limit for rank in ranks) for limit in range(4)]
        self.kept: list[int | None] = [None] * len(self.rules)
        self._foreign: dict[int, int] = {}
        self._loosening: dict[int, int] = {}
        self._within: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        self._including: tuple[dict[int, int], ...] = ({}, {}, {}, {})
        self._yielding: dict[tuple[str, int], int] = {}
        self._room = room
        for top in range(len(self.rules)):
            self.after(top)

    def _where(self, flags: Iterable[bool]) -> int:
        return _bits(i for i, flag in enumerate(flags) if flag)

    @property
    def admitted_apps(self) -> int:
        """The apps that some rule admits."""
        union = 0
        for mask in self.app_masks:
            union |= mask
        return union

    def at(self, bits: int) -> Iterator[CompiledRule]:
        """The rules whose bits are set, the narrowest first."""
        while bits:
            top = bits.bit_length() - 1
            yield self.rules[top]
            bits ^= 1 << top

    def after(self, top: int) -> int:
        """The bits below `top` that its rule leaves standing: those it does not displace by being narrower.

        It displaces what is broader and not binding, what its own issuer said, and what is less strict. What
        `kept` holds already need not be asked for.
        """
        rule = self.rules[top]
        displaced = self._broader(rule) & self._yields_to(rule) & ((1 << self._run_starts[top]) - 1)
        after = ((1 << top) - 1) ^ displaced
        if self._has_room(after):
            self.kept[top] = after
        return after

    def after_foreign(self, rule: CompiledRule) -> int:
        """The same for a rule of another chapter; -1 when it displaces nothing here."""
        kept = self._foreign.get(rule.number)
        if kept is None:
            displaced = self._broader(rule) & self._yields_to(rule)
            kept = ((1 << len(self.rules)) - 1) ^ displaced if displaced else -1
            if self._has_room(kept):
                self._foreign[rule.number] = kept
        return kept

    def displacing(self, binding: CompiledRule) -> int:
        """The rules here that displace a binding one: narrower, and of its issuer or stricter."""
        kept = self._loosening.get(binding.number)
        if kept is None:
            rank = binding.rule.effect.strictness
            kept = self._issuers.get(binding.guideline.issuer, 0)
            if rank < 3:
                kept |= ((1 << len(self.rules)) - 1) ^ self._weaker[rank + 1]
            for axis, mask in enumerate(binding.admits):
                kept &= kept and self._subsets(axis, mask)
            same = kept
            for axis, mask in enumerate(binding.admits):
                same &= same and self._by_mask[axis].get(mask, 0)
            kept ^= same
            if self._has_room(kept):
                self._loosening[binding.number] = kept
        return kept

    def _has_room(self, kept: int) -> bool:
        """Whether one more integer may be kept: what is asked for first is asked for most."""
        return self._room.take((kept.bit_length() >> 3) + 60)

    def _yields_to(self, rule: CompiledRule) -> int:
        key = (rule.guideline.issuer, rule.rule.effect.strictness)
        yielding = self._yielding.get(key)
        if yielding is None:
            free = ((1 << len(self.rules)) - 1) ^ self._binding
            yielding = self._yielding[key] = free | self._issuers.get(key[0], 0) | self._weaker[key[1]]
        return yielding

    def _broader(self, rule: CompiledRule) -> int:
        """The rules here that admit all that `rule` admits, those of equal scope among them."""
        role, device, country, app = rule.admits
        found = self._supersets(3, app)
        if found:
            found &= self._supersets(2, country)
        if found:
            found &= self._supersets(0, role) & self._supersets(1, device)
        return found

    def _supersets(self, axis: int, mask: int) -> int:
        """The rules whose values on a dimension include `mask`: the AND of the tables of its values."""
        known = self._including[axis].get(mask)
        if known is None:
            table = (self.roles, self.devices, self.countries, self.apps)[axis]
            names = self._values.names[DIMENSIONS[axis]]
            first, *others = _places(mask)
            known = table[names[first]]
            for place in others:
                if not known:
                    break
                known &= table[names[place]]
            self._including[axis][mask] = known
        return known

    def _subsets(self, axis: int, mask: int) -> int:
        """The rules whose values on a dimension are all in `mask`."""
        known = self._within[axis].get(mask)
        if known is None:
            found = [bits for other, bits in self._by_mask[axis].items() if other | mask == mask]
            # A single one is shared, not copied: most masks are of one value.
            known = found[0] if len(found) == 1 else reduce(or_, found, 0)
            self._within[axis][mask] = known
        return known


class Calendar(dict[dt.date, int]):
    """The bits of the rules valid on a day, for any day; the days asked for last are kept."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        super().__init__()
        changes: dict[dt.date, list[int]] = {}
        always = []
        for i, compiled in enumerate(rules):
            start, end = compiled.rule.valid_from, compiled.rule.valid_until
            if start is not None and end is not None and end < start:
                continue
            if start is None:
                always.append(i)
            else:
                changes.setdefault(start, []).append(i)
            if end is not None and end < dt.date.max:
                changes.setdefault(end + _ONE_DAY, []).append(i)
        self.days = tuple(sorted(changes))
        self._flips = [array("I", changes[day]) for day in self.days]
        state = _bits(always)
        self._states = [state]
        for n, flips in enumerate(self._flips, start=1):
            state ^= _bits(flips)
            if n % _CHECKPOINT == 0:
                self._states.append(state)
        self._known: dict[int, int] = {}

    def __missing__(self, day: dt.date) -> int:
        passed = bisect_right(self.days, day)
        state = self._known.get(passed)
        if state is None:
            stored = passed // _CHECKPOINT
            state = self._states[stored]
            for flips in self._flips[stored * _CHECKPOINT : passed]:
                state ^= _bits(flips)
            if len(self._known) >= _DAYS_KEPT:
                self._known = {}
            self._known[passed] = state
        if len(self) >= _DAYS_KEPT:
            self.clear()
        self[day] = state
        return state


def _breadth(compiled: CompiledRule) -> tuple[int, tuple[int, int, int, int]]:
    """Sorts the broadest first; rules of one scope stand together."""
    role, device, country, app = compiled.admits
    size = role.bit_count() * device.bit_count() * country.bit_count() * app.bit_count()
    return -size, compiled.admits


def _run_starts(rules: Sequence[CompiledRule]) -> array[int]:
    """For each rule, where the rules of its very scope begin."""
    starts = array("I")
    for i, compiled in enumerate(rules):
        same = i > 0 and rules[i - 1].admits == compiled.admits
        starts.append(starts[-1] if same else i)
    return starts


def _by_mask(rules: Sequence[CompiledRule], axis: int) -> dict[int, int]:
    """The rules that admit each different set of values."""
    places: dict[int, list[int]] = {}
    for i, compiled in enumerate(rules):
        places.setdefault(compiled.admits[axis], []).append(i)
    return {mask: _bits(held) for mask, held in places.items()}


def _table(by_mask: Mapping[int, int], names: Sequence[str]) -> dict[str, int]:
    """For each value, the rules that admit it. Values no rule tells apart share an integer."""
    table = [0] * len(names)
    for mask, bits in by_mask.items():
        for place in _places(mask):
            table[place] |= bits
    shared: dict[int, int] = {}
    return {name: shared.setdefault(bits, bits) for name, bits in zip(names, table, strict=True)}


def _partition(keys: Iterable[str]) -> dict[str, int]:
    places: dict[str, list[int]] = {}
    for i, key in enumerate(keys):
        places.setdefault(key, []).append(i)
    return {key: _bits(held) for key, held in places.items()}


def _bits(places: Iterable[int]) -> int:
    """The integer with these bits set, in time that does not grow with the square of their number."""
    held = list(places)
    if not held:
        return 0
    packed = bytearray((max(held) >> 3) + 1)
    for place in held:
        packed[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(packed, "little")


def _places(mask: int) -> Iterator[int]:
    """Where the bits of `mask` are, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
