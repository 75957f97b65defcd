"""Groups too small to be anonymous (k-anonymity: Sweeney, 2002): what of a case's askers may be shown, and
what not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.tables import OccurrenceRow
from guidelines.vocabulary import ROOT, Vocabulary

# What could say who somebody is.
TELLING = ("role", "country")


@dataclass(frozen=True, slots=True)
class Group:
    """So many people with the same detail; `concept` None stands for those who are not shown."""

    concept: str | None
    people: int


@dataclass(frozen=True)
class Askers:
    """Who met a gap, as far as it may be shown."""

    people: int
    groups: Mapping[str, tuple[Group, ...]]
    shown: bool


def askers(session: Session, case_ids: Collection[int], smallest: int) -> Askers:
    """The people of these cases by role and by place, each group at least `smallest` people.

    Smaller groups are put together; where even together they are too few, the next smallest joins them, so
    that
    nobody can work out what is hidden by subtraction.
    """
    people = session.scalar(
        select(func.count(func.distinct(OccurrenceRow.asker))).where(OccurrenceRow.case_id.in_(case_ids))
    )
    if not people or people < smallest:
        return Askers(people or 0, dict.fromkeys(TELLING, ()), shown=False)
    groups = {}
    for dimension in TELLING:
        column = getattr(OccurrenceRow, dimension)
        counted = session.execute(
            select(column, func.count(func.distinct(OccurrenceRow.asker)))
            .where(OccurrenceRow.case_id.in_(case_ids))
            .group_by(column)
        ).all()
        groups[dimension] = grouped([(concept, count) for concept, count in counted], smallest)
    return Askers(people, groups, shown=True)


def grouped(counted: Iterable[tuple[str | None, int]], smallest: int) -> tuple[Group, ...]:
    """Groups of at least `smallest` people, the largest first, and one of the rest."""
    named = sorted(((c or "", n) for c, n in counted if c), key=lambda pair: (-pair[1], pair[0]))
    kept = [Group(concept, count) for concept, count in named if count >= smallest]
    rest = sum(count for _, count in named if count < smallest)
    while rest and rest < smallest and kept:
        rest += kept.pop().people
    return (*kept, Group(None, rest)) if rest >= smallest else tuple(kept)


def masked(text: str, vocabulary: Vocabulary) -> str:
    """Words of a message without the names of roles and places: for a group too small to show them."""
    for dimension in TELLING:
        text = _pattern(vocabulary, dimension).sub(f"[{'place' if dimension == 'country' else 'role'}]", text)
    return text


@lru_cache(maxsize=8)
def _pattern(vocabulary: Vocabulary, dimension: str) -> re.Pattern[str]:
    names = {name for concept in vocabulary[dimension] if concept.id != ROOT for name in concept.labels}
    alternatives = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if len(name) > 2)
    return re.compile(rf"(?<!\w)(?:{alternatives or '(?!)'})(?:s|'s)?(?!\w)", re.IGNORECASE)
