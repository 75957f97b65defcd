"""Enquiries that leave something open: answer at once, ask for one detail, or answer with a table (SPEC
section 3).

An enquiry that lacks details is evaluated over everything they could be. Values of a dimension that no rule
in reach tells apart are taken as one class, so the whole space is covered exactly with few evaluations.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice, product
from math import log2

from guidelines.blocks import blocks
from guidelines.enquiry import Enquiry
from guidelines.rulebook import CompiledRule, RuleBook
from guidelines.rules import Effect
from guidelines.ruling import NO_GUIDANCE, Ruling, Unclear
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme

_MOST_OPTIONS = 12
MOST_ENTRIES = 100
"""How many rulings a table has room for."""
_FEW = 3


@dataclass(frozen=True, slots=True)
class Answer:
    """One ruling that holds whatever the missing details are."""

    enquiry: Enquiry
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Question:
    """The one detail that best splits what the answer could be.

    `options` are the concepts worth offering, each standing for values that share an outcome; `complete`
    says whether they cover everything (if not, the person may also name something else).
    """

    enquiry: Enquiry
    dimension: str
    options: tuple[str, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Table:
    """Several rulings at once: one for each thing named, or for each part of a broader concept that
    differs.
    """

    enquiry: Enquiry
    entries: tuple[Answer, ...]
    whole: bool = True
    """Whether that is all; a table has room for `MOST_ENTRIES`."""


Outcome = Answer | Question | Table


def consider(book: RuleBook, enquiry: Enquiry, on: dt.date) -> Outcome:
    """What to say to an enquiry on a day: a ruling, the next question, or a table.

    Raises:
        UnknownConcept: the enquiry names a concept that the vocabulary lacks.
    """
    enquiry.check(book.vocabulary)
    space = _Space(book, enquiry, on)
    several = [dimension for dimension in DIMENSIONS if len(enquiry[dimension] or ()) > 1]
    if not several and (settled := space.settled()):
        return settled
    mattering = space.mattering(enquiry.missing)
    if mattering:
        return space.ask(mattering)
    if several:
        entries = tuple(islice(_each(book, enquiry, several, on), MOST_ENTRIES + 1))
        return Table(enquiry, entries[:MOST_ENTRIES], whole=len(entries) <= MOST_ENTRIES)
    parts = space.parts()
    if len(parts) > MOST_ENTRIES:
        return space.ask(space.broad)
    return Table(enquiry, tuple(parts))


def _each(book: RuleBook, enquiry: Enquiry, several: list[str], on: dt.date) -> Iterable[Answer]:
    """An entry for everything that was named, in the order of naming; a broader concept may need several."""
    for concepts in product(*(enquiry[dimension] or () for dimension in several)):
        single = enquiry
        for dimension, concept in zip(several, concepts, strict=True):
            single = single.with_detail(dimension, (concept,))
        space = _Space(book, single, on)
        settled = space.settled()
        yield from [settled] if settled else space.parts()


@dataclass(frozen=True, slots=True)
class _Class:
    """Values of one dimension that no rule in reach tells apart."""

    values: tuple[str, ...]

    @property
    def sample(self) -> str:
        return self.values[0]


class _Space:
    """Everything that an enquiry could still mean, as a product of classes, with the ruling of each cell."""

    def __init__(self, book: RuleBook, enquiry: Enquiry, on: dt.date) -> None:
        self.book, self.enquiry, self.on = book, enquiry, on
        self.classes = value_classes(book, enquiry, on)
        self._cells: dict[tuple[int, ...], Ruling] | None = None

    @property
    def cells(self) -> dict[tuple[int, ...], Ruling]:
        if self._cells is None:
            rows = [list(enumerate(self.classes[dimension])) for dimension in DIMENSIONS]
            self._cells = {
                (r, d, c, a): self.book.rule(role.sample, device.sample, country.sample, app.sample, self.on)
                for (r, role), (d, device), (c, country), (a, app) in product(*rows)
            }
        return self._cells

    def settled(self) -> Answer | None:
        """The one answer, when every cell has the same effect."""
        rulings = self.cells.values()
        if not rulings:
            return Answer(self.enquiry, NO_GUIDANCE)
        if len({ruling.effect for ruling in rulings}) > 1:
            return None
        return Answer(self.enquiry, together(rulings))

    def mattering(self, dimensions: Iterable[str]) -> list[str]:
        """Those of `dimensions` whose value changes the effect for some setting of the others."""
        return [dimension for dimension in dimensions if self._matters(DIMENSIONS.index(dimension))]

    def _matters(self, axis: int) -> bool:
        met: dict[tuple[int, ...], Effect | None] = {}
        for cell, ruling in self.cells.items():
            rest = cell[:axis] + cell[axis + 1 :]
            if met.setdefault(rest, ruling.effect) is not ruling.effect:
                return True
        return False

    def ask(self, dimensions: list[str]) -> Question:
        """The question about the one of `dimensions` after which the least remains open."""
        dimension = min(dimensions, key=lambda name: (self._remaining(name), DIMENSIONS.index(name)))
        options, complete = self._options(dimension)
        return Question(self.enquiry, dimension, options, complete)

    def _remaining(self, dimension: str) -> float:
        """The entropy of the effect, in bits, that is left on average once `dimension` is known (Shannon,
        1948).
        """
        axis = DIMENSIONS.index(dimension)
        weights: dict[int, dict[Effect | None, int]] = {}
        for cell, ruling in self.cells.items():
            weight = 1
            for name, index in zip(DIMENSIONS, cell, strict=True):
                weight *= len(self.classes[name][index].values)
            row = weights.setdefault(cell[axis], {})
            row[ruling.effect] = row.get(ruling.effect, 0) + weight
        total = sum(sum(row.values()) for row in weights.values())
        return sum(sum(row.values()) / total * _entropy(row.values()) for row in weights.values())

    def _profiles(self, dimension: str) -> list[tuple[str, ...]]:
        """The values of `dimension` in groups that give the same effects whatever the rest is."""
        axis = DIMENSIONS.index(dimension)
        rows: dict[int, list[Effect | None]] = {}
        for cell, ruling in self.cells.items():
            rows.setdefault(cell[axis], []).append(ruling.effect)
        profiles: dict[tuple[Effect | None, ...], list[str]] = {}
        for index, row in rows.items():
            profiles.setdefault(tuple(row), []).extend(self.classes[dimension][index].values)
        return [tuple(values) for values in profiles.values()]

    def _options(self, dimension: str) -> tuple[tuple[str, ...], bool]:
        """Concepts to offer, in the order of the vocabulary, and whether they cover everything.

        Where there would be too many, a group of values with the same effects that takes many concepts to
        name is offered by one of them alone: home where it is among them, else the broadest. Where even that
        is too much, the largest groups are offered so.
        """
        scheme = self.book.vocabulary[dimension]
        profiles = self._profiles(dimension)
        covers = [cover(scheme, values) for values in profiles]
        offered = [concept for concepts in covers for concept in concepts]
        complete = len(offered) <= _MOST_OPTIONS
        if not complete:
            offered = [
                concept
                for values, concepts in zip(profiles, covers, strict=True)
                for concept in (
                    concepts if len(concepts) <= _FEW else _representative(scheme, values, concepts)
                )
            ]
        if len(offered) > _MOST_OPTIONS:
            largest = sorted(zip(profiles, covers, strict=True), key=lambda pair: -len(pair[0]))
            offered = [c for pair in largest[:_MOST_OPTIONS] for c in _representative(scheme, *pair)]
        order = {concept.id: i for i, concept in enumerate(scheme)}
        return tuple(sorted(offered, key=order.__getitem__)), complete

    def _candidates(self, dimension: str) -> frozenset[str]:
        return frozenset(value for group in self.classes[dimension] for value in group.values)

    @property
    def broad(self) -> list[str]:
        """The dimensions on which something was named that stands for several values."""
        return [d for d in DIMENSIONS if self.enquiry[d] is not None and len(self._candidates(d)) > 1]

    def parts(self) -> list[Answer]:
        """The named broader concepts split where the effects differ: few parts, each under concepts that
        cover just it.
        """
        varying = self.mattering(self.broad)
        profiles = {dimension: self._profiles(dimension) for dimension in varying}
        steps = [
            (DIMENSIONS.index(d), {value: n for n, values in enumerate(profiles[d]) for value in values})
            for d in varying
        ]
        grid: dict[tuple[int, ...], dict[Ruling, None]] = {}
        for cell, ruling in self.cells.items():
            at = tuple(of[self.classes[DIMENSIONS[axis]][cell[axis]].sample] for axis, of in steps)
            grid.setdefault(at, {})[ruling] = None
        answers = []
        for block in blocks({at: next(iter(rulings)).effect for at, rulings in grid.items()}):
            single = self.enquiry
            for dimension, side in zip(varying, block.sides, strict=True):
                if len(side) < len(profiles[dimension]):
                    values = [value for n in sorted(side) for value in profiles[dimension][n]]
                    single = single.with_detail(dimension, cover(self.book.vocabulary[dimension], values))
            met = [ruling for at in product(*map(sorted, block.sides)) for ruling in grid[at]]
            answers.append(Answer(single, together(met)))
        return answers


def value_classes(book: RuleBook, enquiry: Enquiry, on: dt.date) -> Mapping[str, tuple[_Class, ...]]:
    """For each dimension, what the enquiry admits in classes of values that no rule in reach tells apart."""
    candidates = {
        dimension: [v for v in scheme.values if v in admitted]
        for dimension in DIMENSIONS
        for scheme in (book.vocabulary[dimension],)
        for admitted in (scheme.values_under(*(enquiry[dimension] or ("any",))),)
    }
    masks = [book.mask(dimension, candidates[dimension]) for dimension in DIMENSIONS]
    reach = [
        compiled
        for compiled in book.compiled
        if compiled.rule.valid_on(on) and all(a & b for a, b in zip(compiled.admits, masks, strict=True))
    ]
    return {d: _classes(book, d, axis, candidates[d], reach) for axis, d in enumerate(DIMENSIONS)}


def _classes(
    book: RuleBook, dimension: str, axis: int, values: list[str], reach: list[CompiledRule]
) -> tuple[_Class, ...]:
    scopes = list({compiled.admits[axis] for compiled in reach})
    alike: dict[tuple[bool, ...], list[str]] = {}
    for value in values:
        bit = book.bit(dimension, value)
        alike.setdefault(tuple(bool(scope & bit) for scope in scopes), []).append(value)
    return tuple(_Class(tuple(group)) for group in alike.values())


def _representative(scheme: Scheme, values: Iterable[str], concepts: tuple[str, ...]) -> tuple[str, ...]:
    """One concept for many: the value marked as home in the vocabulary, else the broadest of `concepts`."""
    home = [value for value in values if scheme[value].attributes.get("home")]
    return (home[0] if home else concepts[0],)


def cover(scheme: Scheme, values: Iterable[str]) -> tuple[str, ...]:
    """Few concepts that together cover just `values`: the broadest first (greedy set cover, Chvatal 1979)."""
    left = set(values)
    wanted = frozenset(left)
    fitting = {
        concept.id: reached
        for concept in scheme
        if concept.id != ROOT and (reached := scheme.values_under(concept.id)) and reached <= wanted
    }
    chosen: list[str] = []
    while left:
        # Of concepts that reach equally much, a value says most plainly what is meant.
        best = max(fitting, key=lambda name: (len(fitting[name] & left), scheme.is_value(name)))
        chosen.append(best)
        left -= fitting[best]
    return tuple(chosen)


def together(rulings: Iterable[Ruling]) -> Ruling:
    """Rulings of one effect as one: every rule, condition and approver that any of them names."""
    distinct = list(dict.fromkeys(rulings))
    if len(distinct) == 1:
        return distinct[0]
    marks = {ruling.unclear for ruling in distinct}
    unclear = next(
        (
            mark
            for mark in (Unclear.NO_GUIDANCE, Unclear.CONFLICTING_GUIDANCE, Unclear.REVIEW_OVERDUE)
            if mark in marks
        ),
        None,
    )
    return Ruling(
        distinct[0].effect,
        unclear,
        tuple(dict.fromkeys(rule for ruling in distinct for rule in ruling.rules)),
        tuple(dict.fromkeys(condition for ruling in distinct for condition in ruling.conditions)),
        tuple(dict.fromkeys(approver for ruling in distinct for approver in ruling.approvers)),
    )


def _entropy(weights: Iterable[int]) -> float:
    listed = list(weights)
    total = sum(listed)
    return -sum(w / total * log2(w / total) for w in listed if w)
