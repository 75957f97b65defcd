"""What an edition closes: the cases whose enquiries have a clear answer now, and the notices to those who
asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import notices, upkeep
from cases.gap import plain
from cases.tables import CaseRow, OccurrenceRow
from cases.workflow import OPEN
from guidelines.completion import value_classes
from guidelines.enquiry import Enquiry, UnknownConcept
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling, Unclear
from guidelines.store import audit
from guidelines.store.books import Books
from guidelines.store.database import Database
from guidelines.vocabulary import DIMENSIONS, Scheme

_NEW_WORDS = {Unclear.UNKNOWN_APP: "app", Unclear.UNKNOWN_PLACE: "country"}


@dataclass(frozen=True, slots=True)
class Closed:
    """What a publication did: the cases it closed, and how many people are to be told."""

    cases: tuple[int, ...]
    notices: int


def after_publish(database: Database, books: Books, number: int, on: dt.date | None = None) -> Closed:
    """Close what edition `number` answers, and leave a notice for everybody whose own facts have a clear
    answer.

    To be called after every publication; calling it again does no harm.

    Raises:
        DatabaseAway: nothing was closed.
        KeyError: there is no such edition.
    """
    book = books.at(number)
    judge = _Judge(book, books, on or dt.date.today())
    closed, told = [], 0
    with database.transaction() as session:
        rows = session.scalars(select(CaseRow).where(CaseRow.status.in_(OPEN), CaseRow.merged_into.is_(None)))
        for row in rows.all():
            done, made = _settle(session, row, judge, number)
            told += made
            if done:
                closed.append(row.id)
    return Closed(tuple(closed), told)


def _settle(session: Session, row: CaseRow, judge: _Judge, number: int) -> tuple[bool, int]:
    met = list(_met(session, row))
    answered = [judge.answered(row, one) for one in met]
    made = 0
    for one, enquiry in zip(met, answered, strict=True):
        if enquiry is not None:
            made += notices.make(
                session, row.id, one.asker, channel=one.channel, facts=enquiry.as_dict(), asked_at=one.at,
                edition=number,
            )  # fmt: skip
    if not met or any(enquiry is None for enquiry in answered):
        return False, made
    before = json.dumps({"status": row.status})
    row.status, row.edition, row.due_at, row.reason = "published", number, None, None
    row.closed_at = dt.datetime.now(dt.UTC)
    after = json.dumps({"status": row.status, "edition": number})
    audit.note(session, upkeep.PROGRAM, "case published", upkeep.subject_of(row.id), before, after)
    session.flush()
    return True, made


@dataclass(frozen=True, slots=True)
class _Met:
    asker: str
    channel: str
    enquiry: Enquiry
    edition: int | None
    at: dt.datetime


def _met(session: Session, row: CaseRow) -> Iterator[_Met]:
    """The distinct people and facts under a case."""
    columns = (
        OccurrenceRow.asker, OccurrenceRow.channel, OccurrenceRow.role, OccurrenceRow.device,
        OccurrenceRow.country,
        OccurrenceRow.app, OccurrenceRow.edition, OccurrenceRow.at,
    )  # fmt: skip
    ids = upkeep.members(session, row.id)
    seen = set()
    for asker, channel, *facts, edition, at in session.execute(
        select(*columns).where(OccurrenceRow.case_id.in_(ids)).order_by(OccurrenceRow.id.desc())
    ):
        if (asker, *facts) not in seen:
            seen.add((asker, *facts))
            details: dict[str, Any] = {
                d: json.loads(value) if value and value.startswith("[") else value
                for d, value in zip(DIMENSIONS, facts, strict=True)
            }
            yield _Met(asker, channel, Enquiry.of(details), edition, at)


class _Judge:
    """Whether an edition answers what somebody asked; remembers what it has worked out."""

    def __init__(self, book: RuleBook, books: Books, on: dt.date) -> None:
        self.book, self.books, self.on = book, books, on
        self._clear: dict[Enquiry, bool] = {}

    def answered(self, row: CaseRow, met: _Met) -> Enquiry | None:
        """The enquiry that has a clear answer now, with the words that were unknown turned into a concept."""
        unclear = Unclear(row.unclear)
        if unclear is Unclear.NOT_UNDERSTOOD:
            # Nobody can rule on what was not understood: it is answered once its owner has decided so.
            return met.enquiry if row.status == "decided" else None
        enquiry = met.enquiry
        dimension = _NEW_WORDS.get(unclear)
        if dimension:
            words = str(json.loads(row.about).get("words", ""))
            concept = names(self.book.vocabulary[dimension]).get(plain(words))
            if concept is None:
                return None
            enquiry = enquiry.with_detail(dimension, (concept,))
        if unclear is Unclear.DISPUTED:
            return enquiry if row.status == "decided" or self._differs(met) else None
        return enquiry if self._is_clear(enquiry) else None

    def _is_clear(self, enquiry: Enquiry) -> bool:
        known = self._clear.get(enquiry)
        if known is None:
            known = self._clear[enquiry] = is_clear(self.book, enquiry, self.on)
        return known

    def _differs(self, met: _Met) -> bool:
        """Whether what the person disputed is ruled otherwise now."""
        try:
            then = rulings(self.books.at(met.edition or 0), met.enquiry, self.on)
            now = rulings(self.book, met.enquiry, self.on)
        except (KeyError, UnknownConcept):
            return False
        return {r.effect for r in then} != {r.effect for r in now} and all(r.unclear is None for r in now)


def is_clear(book: RuleBook, enquiry: Enquiry, on: dt.date) -> bool:
    """Whether every completion of an enquiry has a clear ruling, so that nobody has to be left waiting."""
    try:
        found = rulings(book, enquiry, on)
    except UnknownConcept:
        return False
    return bool(found) and all(ruling.unclear is None for ruling in found)


def rulings(book: RuleBook, enquiry: Enquiry, on: dt.date) -> list[Ruling]:
    """The rulings of everything that an enquiry can still mean. Raises UnknownConcept."""
    enquiry.check(book.vocabulary)
    classes = value_classes(book, enquiry, on)
    samples = [[group.sample for group in classes[dimension]] for dimension in DIMENSIONS]
    return [book.rule(role, device, country, app, on) for role, device, country, app in product(*samples)]


@lru_cache(maxsize=16)
def names(scheme: Scheme) -> dict[str, str]:
    """The concept of each id and name of a scheme, the names without case and punctuation."""
    return {plain(label): concept.id for concept in scheme for label in (concept.id, *concept.labels)}
