"""What would have to be different: the nearest enquiries with a more permissive ruling.

A detail that the person left open stays open: an alternative counts only if it is better whatever that
detail turns out to be. The role is not offered by default, since nobody can choose to be somebody else.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from guidelines.completion import cover, together, value_classes
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect
from guidelines.ruling import Ruling
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme

CHANGEABLE = ("device", "app", "country")
# With no guidance the advice is to hold off, so it is no better than a prohibition.
_HOLD_OFF = Effect.PROHIBITED.strictness


@dataclass(frozen=True, slots=True)
class Nearby:
    """One way to a more permissive ruling.

    `changes` maps each dimension that has to be different to the values that would do, the most alike first
    (every combination of them gives the same effect); it is empty where an approval alone is needed.
    `concepts` says the same in few words: concepts that cover just these values. `enquiry` is the asker's
    enquiry with the first of the values. `ruling` is what holds then, and `approvers` whom it takes to get
    there, if anybody.
    """

    changes: Mapping[str, tuple[str, ...]]
    concepts: Mapping[str, tuple[str, ...]]
    enquiry: Enquiry
    ruling: Ruling

    @property
    def approvers(self) -> tuple[str, ...]:
        """Who has to agree, and how to ask; empty where nobody has to."""
        return self.ruling.approvers if self.ruling.effect is Effect.APPROVAL_REQUIRED else ()


def nearest(
    book: RuleBook,
    enquiry: Enquiry | Mapping[str, str | Sequence[str] | None],
    on: dt.date,
    *,
    changeable: Sequence[str] = CHANGEABLE,
    most: int = 10,
) -> list[Nearby]:
    """The nearest enquiries with a more permissive ruling, those with the fewest changes first.

    Where the ruling itself is `approval-required`, the first entry changes nothing: it is that ruling, with
    whom to ask. Then come changes of one detail, and changes of two only where no single one helps. Among
    equally many changes a clear ruling comes before an unclear one, a permissive one before a stricter, an
    earlier dimension of `changeable` before a later, and values that share more broader concepts with the
    asker's own before others.

    Args:
        book: the edition to look in.
        enquiry: the asker's enquiry, or the mapping that `Enquiry.of` takes; details may be missing or broad.
        on: the day.
        changeable: the dimensions that may change; a detail that the enquiry leaves out is not changed.
        most: how many to give at most.

    Raises:
        UnknownConcept: the enquiry names a concept that the vocabulary lacks.
    """
    asked = enquiry if isinstance(enquiry, Enquiry) else Enquiry.of(enquiry)
    asked.check(book.vocabulary)
    now = _worst(book, value_classes(book, asked, on), (), on)
    if now is None:
        return []
    found = []
    if now.effect is Effect.APPROVAL_REQUIRED and now.approvers:
        found.append(Nearby({}, {}, asked, now))
    named = [dimension for dimension in changeable if asked[dimension] is not None]
    limit = _rank(now)
    for count in (1, 2):
        better = [
            nearby
            for dimensions in combinations(named, count)
            if limit > 0
            for nearby in _changed(book, asked, dimensions, limit, on)
        ]
        if better:
            order = {dimension: i for i, dimension in enumerate(changeable)}
            better.sort(key=lambda nearby: _nearness(book, asked, nearby, order))
            found += better
            break
    return found[:most]


def _rank(ruling: Ruling) -> int:
    return ruling.effect.strictness if ruling.effect is not None else _HOLD_OFF


def _changed(
    book: RuleBook, asked: Enquiry, dimensions: tuple[str, ...], limit: int, on: dt.date
) -> Iterable[Nearby]:
    """The better rulings to be had by changing just these dimensions, those with the same ruling together."""
    opened = asked
    for dimension in dimensions:
        opened = opened.with_detail(dimension, None)
    classes = value_classes(book, opened, on)
    own = [_own_values(book, asked, dimension) for dimension in dimensions]
    met: dict[Ruling, list[tuple[tuple[str, ...], ...]]] = {}
    for combination in product(*(classes[dimension] for dimension in dimensions)):
        values = [
            tuple(value for value in group.values if value not in mine)
            for group, mine in zip(combination, own, strict=True)
        ]
        if not all(values):
            continue
        fixed = tuple(zip(dimensions, (group.sample for group in combination), strict=True))
        ruling = _worst(book, classes, fixed, on)
        if ruling is not None and ruling.effect is not None and _rank(ruling) < limit:
            met.setdefault(ruling, []).append(tuple(values))
    for ruling, found in met.items():
        for block in _blocks(found):
            changes = {
                dimension: _alike_first(book.vocabulary[dimension], asked[dimension] or (), values)
                for dimension, values in zip(dimensions, block, strict=True)
            }
            enquiry = asked
            for dimension, alike in changes.items():
                enquiry = enquiry.with_detail(dimension, (alike[0],))
            concepts = {d: cover(book.vocabulary[d], alike) for d, alike in changes.items()}
            yield Nearby(changes, concepts, enquiry, ruling)


def _blocks(found: list[tuple[tuple[str, ...], ...]]) -> Iterable[tuple[tuple[str, ...], ...]]:
    """Combinations with the same ruling joined: along the last dimension, then those alike in it along the
    first, so that every block is a full product.
    """
    if len(found[0]) == 1:
        yield (tuple(value for (values,) in found for value in values),)
        return
    rows: dict[tuple[str, ...], list[str]] = {}
    for first, second in found:
        rows.setdefault(first, []).extend(second)
    columns: dict[tuple[str, ...], list[str]] = {}
    for first, seconds in rows.items():
        columns.setdefault(tuple(seconds), []).extend(first)
    for seconds_key, firsts in columns.items():
        yield tuple(firsts), seconds_key


def _worst(
    book: RuleBook, classes: Mapping[str, Sequence[object]], fixed: tuple[tuple[str, str], ...], on: dt.date
) -> Ruling | None:
    """The strictest ruling over everything that is open, all rulings of that strictness as one; None where
    the enquiry covers nothing.
    """
    chosen = dict(fixed)
    rows = [
        [chosen[dimension]] if dimension in chosen else [group.sample for group in classes[dimension]]  # type: ignore[attr-defined]
        for dimension in DIMENSIONS
    ]
    rulings = [book.rule(role, device, country, app, on) for role, device, country, app in product(*rows)]
    if not rulings:
        return None
    strictest = max(_rank(ruling) for ruling in rulings)
    unknown = [ruling for ruling in rulings if ruling.effect is None]
    if unknown and strictest == _HOLD_OFF:
        return together(unknown)
    return together([ruling for ruling in rulings if _rank(ruling) == strictest])


def _own_values(book: RuleBook, asked: Enquiry, dimension: str) -> frozenset[str]:
    return book.vocabulary[dimension].values_under(*(asked[dimension] or (ROOT,)))


def _likeness(scheme: Scheme, own: Sequence[str], value: str) -> int:
    """How many broader concepts a value shares with the asker's own."""
    mine = frozenset().union(*(scheme.ancestors(concept) for concept in own))
    return len(scheme.ancestors(value) & mine)


def _alike_first(scheme: Scheme, own: Sequence[str], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(values, key=lambda value: -_likeness(scheme, own, value)))


def _nearness(book: RuleBook, asked: Enquiry, nearby: Nearby, order: Mapping[str, int]) -> tuple[object, ...]:
    likeness = sum(
        _likeness(book.vocabulary[dimension], asked[dimension] or (), values[0])
        for dimension, values in nearby.changes.items()
    )
    return (
        nearby.ruling.unclear is not None,
        _rank(nearby.ruling),
        [order[dimension] for dimension in nearby.changes],
        -likeness,
    )
