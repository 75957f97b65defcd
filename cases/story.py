"""Everything a case tells: what was asked, in which words, by whom as far as it may be shown, and what was
said."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases import anonymity, notices, upkeep
from cases.tables import CaseRow, OccurrenceRow
from guidelines.enquiry import Enquiry
from guidelines.ruling import Unclear
from guidelines.store import receipts
from guidelines.vocabulary import DIMENSIONS, Vocabulary

MOST_SHOWN = 30
_MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Time:
    """Once that the gap was met, as far as it may be shown."""

    at: dt.datetime
    channel: str
    text: str | None
    details: Mapping[str, tuple[str, ...]]
    receipt: str | None
    edition: int | None


@dataclass(frozen=True)
class Story:
    """A case with what is under it; its `subject` too is as it may be shown."""

    subject: str
    askers: anonymity.Askers
    channels: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, int], ...]
    deleted: int
    times: tuple[Time, ...]
    enquiry: Enquiry
    outcome: Mapping[str, Any] | None
    edition: int | None
    told: tuple[int, int]
    merged: tuple[tuple[int, str], ...]


def story(session: Session, row: CaseRow, vocabulary: Vocabulary, smallest: int) -> Story:
    """The story of a case. Roles and places that too few people share are left out, of their words too."""
    ids = upkeep.members(session, row.id)
    mine = OccurrenceRow.case_id.in_(ids)
    who = anonymity.askers(session, ids, smallest)
    shown = set(DIMENSIONS) if who.shown else set(DIMENSIONS) - set(anonymity.TELLING)
    visible = {d: {g.concept for g in who.groups[d] if g.concept} for d in anonymity.TELLING}
    named = {d: {c for stored in found for c in _concepts(stored)} for d, found in visible.items()}
    rows = session.scalars(
        select(OccurrenceRow)
        .where(mine)
        .order_by(OccurrenceRow.at.desc(), OccurrenceRow.id.desc())
        .limit(MOST_SHOWN)
    ).all()

    def details(one: OccurrenceRow) -> dict[str, tuple[str, ...]]:
        found = {}
        for dimension in DIMENSIONS:
            stored = getattr(one, dimension)
            if not stored or dimension not in shown:
                continue
            if dimension in visible and stored not in visible[dimension]:
                continue
            found[dimension] = _concepts(stored)
        return found

    def said(text: str) -> str:
        return anonymity.masked(text, vocabulary, named)

    channels = session.execute(
        select(OccurrenceRow.channel, func.count()).where(mine).group_by(OccurrenceRow.channel)
    ).all()
    texts = session.execute(
        select(OccurrenceRow.text, func.count())
        .where(mine)
        .group_by(OccurrenceRow.text)
        .order_by(func.count().desc())
        .limit(_MOST_WORDS + 1)
    ).all()
    merged = session.scalars(select(CaseRow).where(CaseRow.merged_into == row.id).order_by(CaseRow.id)).all()
    own, *others = anonymity.Masks(vocabulary, smallest).subjects(session, [row, *merged])
    times = tuple(
        Time(
            one.at, one.channel, said(one.text) if one.text else None, details(one),
            one.receipt if _all_shown(one, shown, visible) else None, one.edition,
        )
        for one in rows
    )  # fmt: skip
    return Story(
        subject=own,
        askers=who,
        channels=tuple((channel, count) for channel, count in channels),
        words=tuple((said(text), count) for text, count in texts if text),
        deleted=sum(count for text, count in texts if text is None),
        times=times,
        enquiry=_shared(rows, shown, visible),
        outcome=_outcome(session, row, rows),
        edition=rows[0].edition if rows else None,
        told=notices.told_of(session, ids),
        merged=tuple((one.id, subject) for one, subject in zip(merged, others, strict=True)),
    )


def _concepts(stored: str) -> tuple[str, ...]:
    """The concepts of a detail as the database keeps it: one, or several as JSON."""
    return tuple(json.loads(stored)) if stored.startswith("[") else (stored,)


def _all_shown(one: OccurrenceRow, shown: set[str], visible: Mapping[str, set[str]]) -> bool:
    """Whether everything that a receipt would tell about the asker may be shown."""
    return all(
        getattr(one, d) is None or (d in shown and getattr(one, d) in visible[d]) for d in anonymity.TELLING
    )


def _shared(rows: Any, shown: set[str], visible: Mapping[str, set[str]]) -> Enquiry:
    """What the askers held in common: the app and the device, and role and place where these may be shown."""
    found: dict[str, list[str]] = {}
    for dimension in shown:
        named: Counter[str] = Counter()
        for one in rows:
            stored = getattr(one, dimension)
            if stored and (dimension not in visible or stored in visible[dimension]):
                named.update(_concepts(stored))
        missing = any(getattr(one, dimension) is None for one in rows)
        if named and (not missing or dimension in ("app", "device")):
            found[dimension] = [concept for concept, _ in named.most_common(8)]
    return Enquiry.of(found)


def _outcome(session: Session, row: CaseRow, rows: Any) -> Mapping[str, Any] | None:
    """What was said the last time: from the receipt, or from the kind of the case."""
    for one in rows:
        if one.receipt and (receipt := receipts.find(session, one.receipt)):
            return receipt.outcome
    if row.unclear in (Unclear.NOT_UNDERSTOOD, Unclear.DISPUTED):
        return None
    return {"effect": None, "unclear": row.unclear, "rules": []}
