"""Real questions that a draft answers otherwise: what was asked lately, ruled by both."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cases.anonymity import TELLING
from cases.closing import names, rulings
from cases.gap import plain
from guidelines.enquiry import Enquiry, UnknownConcept
from guidelines.replay import MANY
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling, Unclear
from guidelines.store.tables import ReceiptRow
from guidelines.vocabulary import DIMENSIONS

_STRANGE = {"unknown_app": ("app", Unclear.UNKNOWN_APP), "unknown_place": ("country", Unclear.UNKNOWN_PLACE)}
_LATEST = 20_000
_MOST_DISTINCT = 2_000


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that was asked `count` times and that the draft rules otherwise.

    `masked` says that role and place are left out, as it was asked too seldom to show them.
    """

    enquiry: Enquiry
    count: int
    before: tuple[Ruling, ...]
    after: tuple[Ruling, ...]
    masked: bool = False


def flips(
    session: Session, old: RuleBook, new: RuleBook, on: dt.date, smallest: int = 1
) -> tuple[list[Flip], int]:
    """The questions that flip, the most asked first, and how many distinct ones were looked at.

    Args:
        smallest: questions asked fewer times show no role and no place, and those that look the same then
            are one. (Receipts do not say who asked, so that times are counted, not people.)
    """
    asked = lately_asked(session)
    found: dict[tuple[Any, ...], Flip] = {}
    for text, count in asked:
        details = json.loads(text)
        before, after = _outcome(old, details, on), _outcome(new, details, on)
        if _said(before) == _said(after):
            continue
        enquiry, masked = _known(new, details)[0], False
        if count < smallest:
            masked = any(enquiry[dimension] for dimension in TELLING)
            for dimension in TELLING:
                enquiry = enquiry.with_detail(dimension, None)
        key = (enquiry, masked, frozenset(_said(before)), frozenset(_said(after)))
        if key in found:
            count += found[key].count
        found[key] = Flip(enquiry, count, before, after, masked)
    return sorted(found.values(), key=lambda flip: -flip.count), len(asked)


def lately_asked(session: Session) -> list[tuple[str, int]]:
    """What was asked lately (details as JSON text) and how often, the most asked first; never all there
    is."""
    last = session.scalar(select(func.max(ReceiptRow.seq))) or 0
    rows = session.execute(
        select(ReceiptRow.enquiry, func.count())
        .where(ReceiptRow.seq > last - _LATEST)
        .group_by(ReceiptRow.enquiry)
        .order_by(func.count().desc())
        .limit(_MOST_DISTINCT)
    )
    return [(text, count) for text, count in rows]


def _outcome(book: RuleBook, details: Mapping[str, Any], on: dt.date) -> tuple[Ruling, ...]:
    if MANY in details:
        return ()
    enquiry, strange = _known(book, details)
    if strange is not None:
        return (Ruling(None, strange),)
    try:
        return tuple(dict.fromkeys(rulings(book, enquiry, on)))
    except UnknownConcept:
        return ()


def _known(book: RuleBook, details: Mapping[str, Any]) -> tuple[Enquiry, Unclear | None]:
    """The enquiry of a receipt, with a word that was unknown then turned into what it is called by now."""
    enquiry = Enquiry.of({d: details.get(d) for d in DIMENSIONS})
    for key, (dimension, unclear) in _STRANGE.items():
        if words := details.get(key):
            concept = names(book.vocabulary[dimension]).get(plain(str(words)))
            if concept is None:
                return enquiry, unclear
            enquiry = enquiry.with_detail(dimension, (concept,))
    return enquiry, None


def _said(found: tuple[Ruling, ...]) -> set[object]:
    return {(ruling.effect, ruling.unclear) for ruling in found}
