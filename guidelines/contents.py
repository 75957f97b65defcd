"""Which chapters a rule book has, what one question reads of them, and which rules remain.

A small book is one chapter. In a larger one each app has a chapter with the rules about few apps, and all
share one with the rules about many. Of a chapter that would be long, the rules about one country alone stand
in chapters of their own. So a question reads up to four short chapters, whatever the size of the book, the
innermost first: of its app and country, of its app, of its country, and the common one. A rule can only be
narrower than one of its own chapter or of a chapter read later. No rule stands in more than three.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import partial

from guidelines import bits
from guidelines.chapters import COMMON, CORNER, OF_APP, OF_COUNTRY, Chapter, Room
from guidelines.compiled import CompiledRule, Values
from guidelines.overrides import Overrides
from guidelines.scopes import APP, COUNTRY

SMALL_BOOK = 2048  # rules in a book of one chapter
LONG_CHAPTER = 512  # rules about an app, above which those about one country stand apart
LONG_COMMON = 1536  # the same for rules about many apps
_FEW_APPS = 3

_Shelf = tuple[Chapter, ...]
# What is read for an app: its number, its chapters, and those for countries that have one more.
_Page = tuple[int, _Shelf, dict[int, _Shelf] | None]


def is_small(applying: Sequence[CompiledRule]) -> bool:
    """Whether these rules are so few that they make a book of one chapter."""
    return len(applying) <= SMALL_BOOK


class Contents:
    """The chapters of a book, found by app and country."""

    def __init__(self, applying: Sequence[CompiledRule], values: Values, overrides: Overrides) -> None:
        self._overrides = overrides
        self._values = values
        self._numbers = {d: {name: i for i, name in enumerate(names)} for d, names in values.names.items()}
        self._roles, self._devices = self._numbers["role"], self._numbers["device"]
        self._room = Room(len(applying))
        narrow, wide = _by_app(applying)
        wide, apart = (wide, {}) if len(wide) <= LONG_COMMON else _by_country(wide)
        self._common = self._chapter(wide, COMMON)
        self._of_country = {country: self._chapter(held, OF_COUNTRY) for country, held in apart.items()}
        for chapter in self._of_country.values():
            chapter.look_beyond(COMMON, self._the_common)
        apps, countries = self._numbers["app"], self._numbers["country"]
        self._pages = {name: self._page(number, narrow.get(number, [])) for name, number in apps.items()}
        self._places = {
            name: (number, (*filter(None, [self._of_country.get(number)]),))
            for name, number in countries.items()
        }
        for chapter in (*self._of_country.values(), self._common):
            chapter.finish()
        self._room.finish()

    def applying(self, role: str, device: str, country: str, app: str, on: dt.date) -> list[CompiledRule]:
        """The rules that apply, in the order of the corpus. Raises KeyError for what is no value."""
        r, d = self._roles[role], self._devices[device]
        c, outer = self._places[country]
        a, inner, corners = self._pages[app]
        found: list[CompiledRule] = []
        for chapter in (*(corners or {}).get(c, inner), *outer, self._common):
            held = chapter.roles[r] & chapter.devices[d] & chapter.countries[c] & chapter.apps[a]
            found += chapter.at(held & chapter.calendar[on.toordinal()])
        return sorted(found, key=lambda c: c.number)

    def remaining(
        self, role: str, device: str, country: str, app: str, day: int, baseline: bool = False
    ) -> list[int]:
        """The numbers of the applicable rules that no other applicable rule displaces. With `baseline` only
        such rules apply. Raises KeyError for what is no value.

        The narrowest speaks first, and what it displaces is taken away. A rule that is not binding and is
        displaced by a narrower one is also displaced by the narrowest of all below it, so nothing is missed;
        the binding ones that are left are held against the rules that were taken away too.
        """
        r = self._roles[role]
        d = self._devices[device]
        c, outer = self._places[country]
        a, inner, corners = self._pages[app]
        if corners:
            inner = corners.get(c, inner)
        remaining: list[int] = []
        # Chapters read so far, with the places of the rules held against those read later: the ones that
        # remain, or all; and the chapters where some do not remain, but have to be looked at again.
        spoken: list[tuple[Chapter, list[int]]] = []
        gone: list[tuple[Chapter, int]] = []
        overriding: list[tuple[Chapter, int]] = []
        for chapter in inner + outer if outer else inner:
            held = chapter.roles[r] & chapter.devices[d] & chapter.countries[c]
            held &= chapter.apps[a] & chapter.calendar[day]
            if not held:
                continue
            if held & chapter.overriding:
                overriding.append((chapter, held))
            left = here = held if baseline else held & chapter.plain
            for earlier, places in spoken:
                leavings = earlier.beyond[chapter.level]
                if leavings is not None:
                    for place in places:
                        left &= leavings[place]
            kept = chapter.kept
            numbers = chapter.numbers
            places = []
            while left:
                place = left.bit_length()
                left &= kept[place]
                places.append(place)
                number = numbers[place]
                if number >= 0:
                    remaining.append(number)
                elif not here & chapter.against[place] and not (gone and _loosened(~number, gone)):
                    remaining.append(~number)
            if here.bit_count() > len(places):
                if chapter.loosening is None:
                    places = [*bits.places(here << 1)]
                else:
                    gone.append((chapter, here))
            spoken.append((chapter, places))
        chapter = self._common
        held = chapter.roles[r] & chapter.devices[d] & chapter.countries[c] & chapter.apps[a]
        held &= chapter.calendar[day]
        if held & chapter.overriding:
            overriding.append((chapter, held))
        left = here = held if baseline else held & chapter.plain
        for earlier, places in spoken:
            leavings = earlier.beyond[COMMON]
            if leavings is not None:
                for place in places:
                    left &= leavings[place]
        kept = chapter.kept
        numbers = chapter.numbers
        while left:
            place = left.bit_length()
            left &= kept[place]
            number = numbers[place]
            if number >= 0:
                remaining.append(number)
            elif not here & chapter.against[place] and not (gone and _loosened(~number, gone)):
                remaining.append(~number)
        if not remaining and not baseline:
            return self.remaining(role, device, country, app, day, True)
        for chapter, held in overriding:
            remaining = self._overrides.without(chapter, held, remaining)
        return remaining

    def _chapter(self, rules: Iterable[CompiledRule], level: int) -> Chapter:
        return Chapter(rules, level, self._values, self._room)

    def _page(self, number: int, rules: list[CompiledRule]) -> _Page:
        apart: dict[int, list[CompiledRule]] = {}
        if len(rules) > LONG_CHAPTER:
            rules, apart = _by_country(rules)
        usual: _Shelf = ()
        if rules:
            own = self._chapter(rules, OF_APP)
            usual = (own,)
            own.look_beyond(COMMON, self._the_common)
            if self._of_country and not apart:
                own.look_beyond(OF_COUNTRY, self._one_of_country)
        corners: dict[int, _Shelf] = {}
        for country, held in apart.items():
            corner = self._chapter(held, CORNER)
            corners[country] = (corner, *usual)
            for level, outer in (
                (OF_APP, usual[0] if usual else None),
                (OF_COUNTRY, self._of_country.get(country)),
            ):
                if outer is not None:
                    corner.look_beyond(level, partial(_always, outer))
            corner.look_beyond(COMMON, self._the_common)
            corner.finish()
        for chapter in usual:
            chapter.finish()
        return number, usual, corners or None

    def _the_common(self, _: CompiledRule) -> Chapter:
        return self._common

    def _one_of_country(self, rule: CompiledRule) -> Chapter | None:
        """The chapter of the country that a rule is about; None when it is about several."""
        mask = rule.admits[COUNTRY]
        return None if bits.several(mask) else self._of_country.get(mask.bit_length() - 1)


def _loosened(number: int, inner: Iterable[tuple[Chapter, int]]) -> bool:
    """Whether a rule in an inner chapter displaces a binding one."""
    for chapter, present in inner:
        known = chapter.loosening
        if known is not None and present & known.get(number, 0):
            return True
    return False


def _always(chapter: Chapter, _: CompiledRule) -> Chapter:
    return chapter


def _by_app(rules: Iterable[CompiledRule]) -> tuple[dict[int, list[CompiledRule]], list[CompiledRule]]:
    """The rules about few apps, by the number of each app, and those about many."""
    narrow: dict[int, list[CompiledRule]] = defaultdict(list)
    wide = []
    for compiled in rules:
        mask = compiled.admits[APP]
        if mask.bit_count() > _FEW_APPS:
            wide.append(compiled)
            continue
        for app in bits.places(mask):
            narrow[app].append(compiled)
    return narrow, wide


def _by_country(rules: Iterable[CompiledRule]) -> tuple[list[CompiledRule], dict[int, list[CompiledRule]]]:
    """The rules about several countries, and those about one, by its number."""
    several = []
    single: dict[int, list[CompiledRule]] = defaultdict(list)
    for compiled in rules:
        mask = compiled.admits[COUNTRY]
        if bits.several(mask):
            several.append(compiled)
        else:
            single[mask.bit_length() - 1].append(compiled)
    return several, single
