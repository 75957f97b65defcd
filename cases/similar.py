"""Cases that may be one: suggestions by how alike their words are, for a person to merge or leave.

Likeness is RapidFuzz's token-sort ratio (Levenshtein's edit distance on the words in order) of the redacted
words.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz, process, utils
from sqlalchemy import select
from sqlalchemy.orm import Session

from cases.anonymity import Masks
from cases.tables import CaseRow
from cases.workflow import OPEN

_ALIKE = 72.0
_OVERLAP = 50.0
_ABOUT = ("app", "rules", "guidelines")
_MOST_COMPARED = 3000


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case, and how alike it is, in percent."""

    id: int
    subject: str
    status: str
    people: int
    likeness: int


def alike(session: Session, row: CaseRow, masks: Masks | None = None, most: int = 6) -> list[Alike]:
    """Open cases of the same kind whose words are like those of `row`, the most alike first."""
    others = session.execute(
        select(CaseRow.id, CaseRow.subject, CaseRow.about)
        .where(
            CaseRow.unclear == row.unclear,
            CaseRow.status.in_(OPEN),
            CaseRow.merged_into.is_(None),
            CaseRow.id != row.id,
        )
        .order_by(CaseRow.heat.desc())
        .limit(_MOST_COMPARED)
    ).all()
    mine = json.loads(row.about)
    if "words" not in mine:
        shares = [(case_id, _overlap(mine, json.loads(about))) for case_id, _, about in others]
        near = sorted((pair for pair in shares if pair[1] >= _OVERLAP), key=lambda pair: -pair[1])
        return _shown(session, near[:most], masks)
    matches = process.extract(
        words_of(row.about, row.subject),
        [words_of(about, subject) for _, subject, about in others],
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=_ALIKE,
        limit=most,
    )
    return _shown(session, [(others[index][0], score) for _, score, index in matches], masks)


def _shown(session: Session, near: Sequence[tuple[int, float]], masks: Masks | None) -> list[Alike]:
    found = {row.id: row for row in session.scalars(select(CaseRow).where(CaseRow.id.in_(dict(near))))}
    rows = [found[case_id] for case_id, _ in near]
    subjects = masks.subjects(session, rows) if masks else [row.subject for row in rows]
    return [
        Alike(row.id, subject, row.status, row.people, round(share))
        for row, subject, (_, share) in zip(rows, subjects, near, strict=True)
    ]


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> float:
    """How much two cases share of the apps, rules and guidelines they are about, in percent (Jaccard,
    1901)."""
    mine, theirs = ({str(name) for key in _ABOUT for name in about.get(key) or ()} for about in (one, other))
    return 100 * len(mine & theirs) / len(mine | theirs) if mine | theirs else 0.0


def words_of(about: str, subject: str) -> str:
    """The words that a case is about: what nobody catalogued or understood, else its subject."""
    words = json.loads(about).get("words")
    return " ".join(words) if isinstance(words, list) else str(words or subject)


def groups(cases: Iterable[tuple[int, str]], likeness: float = _ALIKE) -> list[list[int]]:
    """Cases put together by their words: each joins the first group whose first case it is like.

    The heaviest first, so that the first of each group says best what it is about (leader clustering,
    Hartigan, 1975).
    """
    leaders: list[str] = []
    found: list[list[int]] = []
    for case_id, said in cases:
        words = " ".join(sorted(utils.default_process(said).split()))
        match = process.extractOne(words, leaders, scorer=fuzz.ratio, score_cutoff=likeness)
        if match:
            found[match[2]].append(case_id)
        else:
            leaders.append(words)
            found.append([case_id])
    return [group for group in found if len(group) > 1]
