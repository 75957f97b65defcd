"""Groups too small to be anonymous (k-anonymity: Sweeney, 2002): what of a case's askers may be shown, and
what not."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.tables import CaseRow, OccurrenceRow
from guidelines.ruling import Unclear
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
    that nobody can work out what is hidden by subtraction.
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


def masked(text: str, vocabulary: Vocabulary, visible: Mapping[str, Collection[str]] | None = None) -> str:
    """Words of a message without the names of roles and places.

    Args:
        visible: by dimension, the concepts that enough people share to be named; their names stay.
    """
    for dimension in TELLING:
        kept = (visible or {}).get(dimension, ())
        mark = "[place]" if dimension == "country" else "[role]"
        pattern, meant = _names(vocabulary, dimension)

        def shown(found: re.Match[str], kept: Any = kept, mark: str = mark, meant: Any = meant) -> str:
            return found[0] if meant[found[1].casefold()] & set(kept) else mark

        text = pattern.sub(shown, text)
    return text


@lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary, dimension: str) -> tuple[re.Pattern[str], Mapping[str, frozenset[str]]]:
    """What finds the names of a dimension, and which concepts each of them can mean."""
    meant: dict[str, set[str]] = {}
    for concept in vocabulary[dimension]:
        if concept.id != ROOT:
            for name in concept.labels:
                if len(name) > 2:
                    meant.setdefault(name.casefold(), set()).add(concept.id)
    alternatives = "|".join(re.escape(name) for name in sorted(meant, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)({alternatives or '(?!)'})(?:s|'s)?(?!\w)", re.IGNORECASE)
    return pattern, {name: frozenset(concepts) for name, concepts in meant.items()}


@dataclass(frozen=True)
class Masks:
    """What is masked in the subjects of cases: the names of a vocabulary, below so many people."""

    vocabulary: Vocabulary
    smallest: int

    def subjects(self, session: Session, rows: Sequence[CaseRow]) -> list[str]:
        """The subjects of some cases as they may be shown.

        The subject of a message that was not understood is made of its words: those of too few people name
        no role and no place. Where others were merged into it, the words are those of a part of the people.
        """
        own = [row.id for row in rows if row.unclear == Unclear.NOT_UNDERSTOOD]
        wanted = select(CaseRow.merged_into).where(CaseRow.merged_into.in_(own))
        merged = set(session.scalars(wanted)) if own else set()
        return [
            masked(row.subject, self.vocabulary)
            if row.id in own and (row.people < self.smallest or row.id in merged)
            else row.subject
            for row in rows
        ]
