"""A small book: one chapter, with its tables by the names of the values, and what it said before.

The rules that apply to a question are one integer. Few different ones occur, and what each set says is kept:
that is exact for any values and days.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from guidelines.calendar import Calendar
from guidelines.chapters import COMMON, Chapter, Room
from guidelines.compiled import CompiledRule, Values
from guidelines.overrides import Overrides
from guidelines.ruling import Ruling, overdue
from guidelines.vocabulary import DIMENSIONS
from guidelines.voices import NEVER, Voices

_ROOM_FOR_ANSWERS = 1 << 24  # bytes, roughly, for the rulings a book remembers

_Table = dict[str, int]


class _Reviewed:
    """A ruling up to a day (an ordinal), and when a review is overdue."""

    __slots__ = ("_late", "_now", "_until")

    def __init__(self, now: Ruling, until: int) -> None:
        self._now, self._until = now, until
        self._late: Ruling | None = None

    def on(self, day: int) -> Ruling:
        if day <= self._until:
            return self._now
        if self._late is None:
            self._late = overdue(self._now)
        return self._late


class Whole:
    """All rules of a book that apply anywhere."""

    def __init__(
        self, applying: Sequence[CompiledRule], values: Values, overrides: Overrides, voices: Voices
    ) -> None:
        room = Room(len(applying))
        self._chapter = chapter = Chapter(applying, COMMON, values, room)
        chapter.finish()
        room.finish()
        self._overrides, self._voices = overrides, voices
        roles, devices, countries, apps = (
            dict(zip(values.names[dimension], table, strict=True))
            for dimension, table in zip(
                DIMENSIONS, (chapter.roles, chapter.devices, chapter.countries, chapter.apps), strict=True
            )
        )
        chapter.roles = chapter.devices = chapter.countries = chapter.apps = ()
        self._tables: tuple[_Table, _Table, _Table, _Table, Calendar]
        self._tables = roles, devices, countries, apps, chapter.calendar
        self._known: dict[int, Ruling | _Reviewed] = {}
        self._most_known = max(1000, _ROOM_FOR_ANSWERS // (len(applying) // 7 + 800))

    def rule(self, role: str, device: str, country: str, app: str, day: int) -> Ruling:
        """The ruling on a day, an ordinal. Raises KeyError for what is no value."""
        roles, devices, countries, apps, calendar = self._tables
        held = roles[role] & devices[device] & countries[country] & apps[app] & calendar[day]
        known = self._known.get(held) or self._settle(held)
        return known if isinstance(known, Ruling) else known.on(day)

    def applying(self, role: str, device: str, country: str, app: str, on: dt.date) -> list[CompiledRule]:
        """The rules that apply, in the order of the corpus. Raises KeyError for what is no value."""
        roles, devices, countries, apps, calendar = self._tables
        held = roles[role] & devices[device] & countries[country] & apps[app] & calendar[on.toordinal()]
        return sorted(self._chapter.at(held), key=lambda c: c.number)

    def _settle(self, held: int) -> Ruling | _Reviewed:
        """What these rules say when they apply; it is kept."""
        ruling, until = self._voices.say(self._remaining(held))
        known = ruling if until == NEVER else _Reviewed(ruling, until)
        if len(self._known) >= self._most_known:
            self._known = {}
        self._known[held] = known
        return known

    def _remaining(self, held: int) -> list[int]:
        """The numbers of those of these rules that no other displaces (see `Contents.remaining`)."""
        chapter = self._chapter
        kept = chapter.kept
        numbers = chapter.numbers
        remaining = []
        left = here = held & chapter.plain or held
        while left:
            place = left.bit_length()
            left &= kept[place]
            number = numbers[place]
            if number >= 0:
                remaining.append(number)
            elif not here & chapter.against[place]:
                remaining.append(~number)
        if held & chapter.overriding:
            remaining = self._overrides.without(chapter, held, remaining)
        return remaining
