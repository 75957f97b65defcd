"""Which chapters a rule book has, and what one question reads of them.

A small book is one chapter. In a larger one, rules about few apps stand in chapters that each serve a run of
related apps, and rules about many apps (a category, everything) in chapters that these share; a set of apps
that very many rules speak of has a chapter of its own. So a question reads one narrow chapter and few wide
ones, whatever the size of the book, and no rule is kept more than twice.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from guidelines.chapters import Chapter, Room
from guidelines.compiled import CompiledRule, Values
from guidelines.vocabulary import DIMENSIONS, Vocabulary

SMALL_BOOK = 8192  # rules in a book of one chapter
NARROW_CHAPTER = 4096
WIDE_BOOK = 32768  # rules about many apps, above which large sets of apps have chapters of their own
OWN_CHAPTER = 4096
_MOSTNARROW_CHAPTERS = 2  # in which one rule may stand


@dataclass(frozen=True, slots=True)
class Reading:
    """The chapters that hold what can apply to an app, the narrow one first.

    `reach[i]` are the chapters in which rules of chapter i may displace some by being narrower.
    """

    chapters: tuple[Chapter, ...]
    reach: tuple[tuple[int, ...], ...]

    def applicable(self, role: str, device: str, country: str, app: str, on: dt.date) -> list[int]:
        """The bits of the rules that apply, chapter by chapter. Raises KeyError for what is no value."""
        return [
            c.apps[app] & c.countries[country] & c.roles[role] & c.devices[device] & c.valid[on]
            for c in self.chapters
        ]

    def rules(self, bits: Sequence[int]) -> Iterable[CompiledRule]:
        """The rules whose bits are set."""
        for chapter, held in zip(self.chapters, bits, strict=True):
            yield from chapter.at(held)

    def remaining(self, applicable: Sequence[int]) -> list[int]:
        """The numbers of the applicable rules that no other applicable rule displaces, save by override.

        The narrowest speaks first, and what it displaces is taken away. A rule that is not binding and is
        displaced by a narrower one is also displaced by the narrowest of all below it, so nothing is missed;
        for the binding ones that are left, the rules that were taken away are looked at too.
        """
        chapters = self.chapters
        present = [bits & chapter.plain for chapter, bits in zip(chapters, applicable, strict=True)]
        if not any(present):
            present = list(applicable)
        standing = list(present)
        spoken: list[list[int]] = []
        for i, chapter in enumerate(chapters):
            left = standing[i]
            kept = chapter.kept
            reach = self.reach[i]
            tops: list[int] = []
            spoken.append(tops)
            while left:
                top = left.bit_length() - 1
                tops.append(top)
                after = kept[top]
                left &= chapter.after(top) if after is None else after
                for j in reach:
                    if standing[j]:
                        after = chapters[j].after_foreign(chapter.rules[top])
                        if j > i:
                            standing[j] &= after
                        elif after != -1:
                            spoken[j] = [t for t in spoken[j] if after >> t & 1]
        numbers = []
        for chapter, tops in zip(chapters, spoken, strict=True):
            binds, book = chapter.binds, chapter.numbers
            for top in tops:
                if not binds[top] or not self._loosened(chapter.rules[top], present):
                    numbers.append(book[top])
        return numbers

    def _loosened(self, binding: CompiledRule, present: Sequence[int]) -> bool:
        for bits, chapter in zip(present, self.chapters, strict=True):
            if bits and bits & chapter.displacing(binding):
                return True
        return False


def readings(rules: Sequence[CompiledRule], values: Values, vocabulary: Vocabulary) -> dict[str, Reading]:
    """What to read for each app."""
    applying = [c for c in rules if all(c.admits)]
    room = Room(len(rules))
    if len(applying) <= SMALL_BOOK:
        whole = Reading((Chapter(applying, values, room),), ((),))
        return dict.fromkeys(values.names["app"], whole)
    shelves = _shelves(applying, values, vocabulary)
    narrow: dict[int, list[CompiledRule]] = defaultdict(list)
    wide: dict[int, list[CompiledRule]] = defaultdict(list)
    standing: dict[int, tuple[int, ...]] = {}
    for compiled in applying:
        mask = compiled.admits[3]
        places = standing.get(mask)
        if places is None:
            places = tuple(n for n, shelf in enumerate(shelves) if shelf & mask)
            standing[mask] = places
        if len(places) <= _MOSTNARROW_CHAPTERS:
            for n in places:
                narrow[n].append(compiled)
        else:
            wide[mask].append(compiled)
    return _bind(shelves, narrow, _wide_chapters(wide, values, room), values, room)


def _bind(
    shelves: Sequence[int],
    narrow: dict[int, list[CompiledRule]],
    wide: Sequence[tuple[int, Chapter]],
    values: Values,
    room: Room,
) -> dict[str, Reading]:
    known: dict[tuple[int, tuple[int, ...]], Reading] = {}
    bound: dict[str, Reading] = {}
    for n, shelf in enumerate(shelves):
        own = Chapter(narrow[n], values, room)
        for app, bit in values.bits["app"].items():
            if not shelf & bit:
                continue
            read = tuple(i for i, (apps, _) in enumerate(wide) if apps & bit)
            if (n, read) not in known:
                known[n, read] = _reading(own, [wide[i] for i in read])
            bound[app] = known[n, read]
    return bound


def _reading(own: Chapter, wide: Sequence[tuple[int, Chapter]]) -> Reading:
    chapters = (own, *(chapter for _, chapter in wide))
    reach = [tuple(range(1, len(chapters)))]
    for i, chapter in enumerate(chapters[1:], start=1):
        narrower = chapter.app_masks
        reach.append(
            tuple(
                j
                for j, other in enumerate(chapters[1:], start=1)
                if j != i and any(not a & ~b for b in other.app_masks for a in narrower)
            )
        )
    return Reading(chapters, tuple(reach))


def _wide_chapters(
    wide: dict[int, list[CompiledRule]], values: Values, room: Room
) -> list[tuple[int, Chapter]]:
    """The shared chapters with the apps they speak of, those about fewer apps first."""
    if sum(map(len, wide.values())) <= WIDE_BOOK:
        groups = [[c for held in wide.values() for c in held]]
    else:
        own = {mask: held for mask, held in wide.items() if len(held) >= OWN_CHAPTER}
        groups = [[c for mask, held in wide.items() if mask not in own for c in held]]
        groups += [own[mask] for mask in sorted(own, key=int.bit_count)]
    built = [Chapter(group, values, room) for group in groups if group]
    return [(chapter.admitted_apps, chapter) for chapter in built]


def _shelves(rules: Sequence[CompiledRule], values: Values, vocabulary: Vocabulary) -> list[int]:
    """Runs of related apps, each about as much written about as the others, as integers of app bits."""
    weight: dict[int, float] = defaultdict(float)
    for compiled in rules:
        mask = compiled.admits[3]
        weight[mask] += 1
    load: dict[int, float] = defaultdict(float)
    order = _related(vocabulary)
    bits = values.bits["app"]
    for mask, count in weight.items():
        if mask.bit_count() <= 8:
            for app in order:
                if mask & bits[app]:
                    load[bits[app]] += count
    shelves = [0]
    held = 0.0
    for app in order:
        bit = bits[app]
        if held and held + load[bit] > NARROW_CHAPTER:
            shelves.append(0)
            held = 0.0
        shelves[-1] |= bit
        held += load[bit]
    return shelves


def _related(vocabulary: Vocabulary) -> list[str]:
    """The apps so that those of one small group (say a vendor) stand together."""
    scheme = vocabulary[DIMENSIONS[3]]
    place = {concept.id: i for i, concept in enumerate(scheme)}

    def smallest(app: str) -> tuple[int, int]:
        groups = [g for g in scheme.ancestors(app) if g != app]
        group = min(groups, key=lambda g: (len(scheme.values_under(g)), place[g]))
        return place[group], place[app]

    return sorted(scheme.values, key=smallest)
