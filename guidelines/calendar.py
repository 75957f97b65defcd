"""Which rules of a chapter hold on which day."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence

from guidelines import bits
from guidelines.compiled import CompiledRule

_LONG = 1024  # rules above which not every state is stored
_FEW_DAYS, _MANY_DAYS = 4, 1024  # kept by the calendar of a short chapter, and of a long one
_MANY_RULES = 500  # in a long one; a book has few of those


class Calendar(dict[int, int]):
    """The bits of the rules valid on a day, for any day, as an ordinal; a few days asked about are kept."""

    __slots__ = ("_flips", "_most", "_states", "_step", "days")

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        super().__init__()
        changes: dict[int, list[int]] = {}
        always = []
        for i, compiled in enumerate(rules):
            start, end = compiled.rule.valid_from, compiled.rule.valid_until
            if start is not None and end is not None and end < start:
                continue
            if start is None:
                always.append(i)
            else:
                changes.setdefault(start.toordinal(), []).append(i)
            if end is not None:
                changes.setdefault(end.toordinal() + 1, []).append(i)
        self.days = array("I", sorted(changes))
        self._most = _MANY_DAYS if len(rules) >= _MANY_RULES else _FEW_DAYS
        self._step = 1 + len(rules) // _LONG
        self._flips = tuple(array("I", changes[day]) for day in self.days) if self._step > 1 else ()
        state = bits.of(always)
        states = [state]
        for n, day in enumerate(self.days, start=1):
            state ^= bits.of(changes[day])
            if n % self._step == 0:
                states.append(state)
        self._states = tuple(states)

    def __missing__(self, day: int) -> int:
        state = self.on(day)
        if len(self) >= self._most:
            self.clear()
        self[day] = state
        return state

    def on(self, day: int) -> int:
        """The same, not kept."""
        passed = bisect_right(self.days, day)
        if self._step == 1:
            return self._states[passed]
        stored = passed // self._step
        state = self._states[stored]
        for flips in self._flips[stored * self._step : passed]:
            state ^= bits.of(flips)
        return state
