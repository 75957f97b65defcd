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
from typing import NamedTuple

from guidelines import bits
from guidelines.chapters import COMMON, CORNER, OF_APP, OF_COUNTRY, Chapter, Room
from guidelines.compiled import CompiledRule, Values
from guidelines.scopes import APP, COUNTRY

SMALL_BOOK = 2048  # rules in a book of one chapter
LONG_CHAPTER = 512  # rules about an app, above which those about one country stand apart
LONG_COMMON = 1536  # the same for rules about many apps
_FEW_APPS = 3

_Shelf = tuple[Chapter, ...]
# Chapters, what applies in each, what of that is no baseline, and what overrides others by name.
Reading = tuple[list[Chapter], list[int], list[int], list[tuple[Chapter, int]]]


class _Page(NamedTuple):
    """What is read for an app: its number, its chapters, and those for countries that have one more."""

    number: int
    usual: _Shelf
    corners: dict[int, _Shelf]


class Contents:
    """The chapters of a book, found by app and country."""

    def __init__(self, rules: Sequence[CompiledRule], values: Values) -> None:
        self._rules = sorted(rules, key=lambda c: c.code)
        self._overridden = _overridden(rules)
        self._numbers = {d: {name: i for i, name in enumerate(names)} for d, names in values.names.items()}
        self._roles, self._devices = self._numbers["role"], self._numbers["device"]
        self._values = values
        self._room = Room(len(rules))
        apps = self._numbers["app"]
        applying = [c for c in rules if all(c.admits)]
        small = len(applying) <= SMALL_BOOK
        narrow, wide = ({}, applying) if small else _by_app(applying)
        wide, apart = (wide, {}) if small or len(wide) <= LONG_COMMON else _by_country(wide)
        self._common = self._chapter(wide, COMMON)
        self._of_country = {country: self._chapter(held, OF_COUNTRY) for country, held in apart.items()}
        for chapter in self._of_country.values():
            chapter.look_beyond(COMMON, self._the_common)
        self._pages = {name: self._page(number, narrow.get(number, [])) for name, number in apps.items()}
        self._places = {
            name: (number, (*filter(None, [self._of_country.get(number)]), self._common))
            for name, number in self._numbers["country"].items()
        }
        for chapter in (*self._of_country.values(), self._common):
            chapter.finish()
        self._room.finish()
        self.whole = self._common if small else None

    def applying(self, role: str, device: str, country: str, app: str, on: dt.date) -> list[CompiledRule]:
        """The rules that apply, in the order of the corpus. Raises KeyError for what is no value."""
        chapters, applicable, _, _ = self.read(role, device, country, app, on)
        found = [
            rule for chapter, held in zip(chapters, applicable, strict=True) for rule in chapter.at(held)
        ]
        return sorted(found, key=lambda c: c.number)

    def remaining(self, reading: Reading) -> list[int]:
        """The codes, in order, of the applicable rules that no other applicable rule displaces.

        The narrowest speaks first, and what it displaces is taken away. A rule that is not binding and is
        displaced by a narrower one is also displaced by the narrowest of all below it, so nothing is missed;
        the binding ones that are left are held against the rules that were taken away too.
        """
        chapters, applicable, present, overriding = reading
        if not any(present):
            present = applicable
        standing = present.copy()
        codes: list[int] = []
        gone: list[int] = []
        count = len(chapters)
        for i, chapter in enumerate(chapters, start=1):
            here = present[i - 1]
            left = standing[i - 1]
            places = []
            kept = chapter.kept
            while left:
                place = left.bit_length()
                places.append(place)
                left &= kept[place]
            for j in range(i, count):
                held = standing[j]
                if held:
                    leavings = chapter.beyond[chapters[j].level]
                    if leavings is not None:
                        for place in places:
                            held &= leavings[place]
                        standing[j] = held
            coded = chapter.codes
            for place in places:
                code = coded[place]
                if code >= 0:
                    codes.append(code)
                elif not here & chapter.against[place] and not (
                    gone and self._loosened(~code, chapters, present, gone)
                ):
                    codes.append(~code)
            if i < count and here.bit_count() > len(places):
                gone.append(i - 1)
        for chapter, held in overriding:
            codes = self._without_overridden(chapter, held, codes)
        codes.sort()
        return codes

    def read(self, role: str, device: str, country: str, app: str, on: dt.date) -> Reading:
        """What applies to a question. Raises KeyError for what is no value."""
        r = self._roles[role]
        d = self._devices[device]
        c, outer = self._places[country]
        a, inner, corners = self._pages[app]
        if corners:
            inner = corners.get(c, inner)
        day = on.toordinal()
        chapters = []
        applicable = []
        present = []
        overriding = []
        for chapter in inner + outer:
            held = chapter.roles[r] & chapter.devices[d]
            if held:
                held &= chapter.countries[c] & chapter.apps[a]
                lately, valid = chapter.lately
                held &= valid if lately == day else chapter.on(day)
                if held:
                    chapters.append(chapter)
                    applicable.append(held)
                    present.append(held & chapter.plain)
                    named = held & chapter.overriding
                    if named:
                        overriding.append((chapter, named))
        return chapters, applicable, present, overriding

    def _loosened(
        self, code: int, chapters: Sequence[Chapter], present: list[int], inner: Iterable[int]
    ) -> bool:
        """Whether a rule in an inner chapter displaces a binding one."""
        for j in inner:
            chapter = chapters[j]
            known = chapter.loosening.get(code)
            if known is None:
                if chapter.loosens(self._rules[code], present[j]):
                    return True
            elif present[j] & known:
                return True
        return False

    def _without_overridden(self, chapter: Chapter, overriding: int, codes: list[int]) -> list[int]:
        for rule in chapter.at(overriding):
            dropped = self._overridden[rule.code]
            if not dropped.isdisjoint(codes):
                codes = [code for code in codes if code not in dropped]
        return codes

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
        return _Page(number, usual, corners)

    def _the_common(self, _: CompiledRule) -> Chapter:
        return self._common

    def _one_of_country(self, rule: CompiledRule) -> Chapter | None:
        """The chapter of the country that a rule is about; None when it is about several."""
        mask = rule.admits[COUNTRY]
        return None if bits.several(mask) else self._of_country.get(mask.bit_length() - 1)


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


def _overridden(rules: Sequence[CompiledRule]) -> dict[int, frozenset[int]]:
    """For each rule that overrides others by name, by its code, the codes of those; never its own."""
    named = {name for compiled in rules for name in compiled.rule.overrides}
    meant: dict[str, set[int]] = {name: set() for name in named}
    for compiled in rules:
        for name in (compiled.rule.id, compiled.guideline.id):
            if name in meant:
                meant[name].add(compiled.code)
    return {
        compiled.code: frozenset().union(*(meant[name] for name in compiled.rule.overrides)) - {compiled.code}
        for compiled in rules
        if compiled.rule.overrides
    }
