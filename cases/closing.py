"""What an edition closes: the cases whose enquiries have a clear answer now, and the notices to those who
asked."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

from sqlalchemy import func, select
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


_BATCH = 200
_PASSES = 3


@dataclass(frozen=True, slots=True)
class Closed:
    """What a publication did: the cases it closed, and how many people are to be told."""

    cases: tuple[int, ...]
    notices: int


@dataclass(frozen=True, slots=True)
class _Met:
    """Somebody with their facts, the last time they asked."""

    asker: str
    channel: str
    enquiry: Enquiry
    edition: int | None
    at: dt.datetime


@dataclass(frozen=True)
class _Verdict:
    """What an edition means for a case: who is answered with what, and whether that is everybody."""

    count: int
    answered: tuple[tuple[_Met, Enquiry], ...]
    whole: bool


def after_publish(database: Database, books: Books, number: int, on: dt.date | None = None) -> Closed:
    """Close what edition `number` answers, and leave a notice for everybody whose own facts have a clear
    answer.

    To be called after every publication; calling it again does no harm. The judging is done beside the
    answering; only what it comes to is written, a batch of cases in a transaction. A case that was met
    again meanwhile is judged again.

    Raises:
        DatabaseAway: not everything was closed; calling it again goes on.
        KeyError: there is no such edition.
    """
    judge = _Judge(books.at(number), books, on or dt.date.today())
    with database.reading() as session:
        open_cases = select(CaseRow.id).where(CaseRow.status.in_(OPEN), CaseRow.merged_into.is_(None))
        left = list(session.scalars(open_cases.order_by(CaseRow.id)))
    closed: list[int] = []
    told = 0
    for _ in range(_PASSES):
        again: list[int] = []
        for start in range(0, len(left), _BATCH):
            with database.reading() as session:
                verdicts = dict(_judged(session, left[start : start + _BATCH], judge))
            if verdicts:
                with database.transaction() as session:
                    done, made, met_again = _settle(session, verdicts, number)
                closed += done
                told += made
                again += met_again
        if not again:
            break
        left = again
    return Closed(tuple(closed), told)


def _judged(session: Session, ids: Sequence[int], judge: _Judge) -> Iterator[tuple[int, _Verdict]]:
    """The verdicts on those of some cases that the edition answers for anybody."""
    rows = session.scalars(select(CaseRow).where(CaseRow.id.in_(ids), CaseRow.status.in_(OPEN)))
    cases = {row.id: row for row in rows}
    merged = session.execute(
        select(CaseRow.id, CaseRow.merged_into).where(CaseRow.merged_into.in_(cases))
    ).all()
    counts_for = {i: i for i in cases} | {part: int(whole) for part, whole in merged if whole is not None}
    for case_id, met in _met(session, counts_for).items():
        row = cases[case_id]
        answers = [(one, judge.answered(row, one)) for one in met]
        answered = tuple((one, enquiry) for one, enquiry in answers if enquiry is not None)
        if answered:
            yield case_id, _Verdict(row.count, answered, whole=len(answered) == len(answers))


def _met(session: Session, counts_for: Mapping[int, int]) -> dict[int, list[_Met]]:
    """The distinct people and facts under each case, the last occurrence of each."""
    columns = (
        OccurrenceRow.case_id, OccurrenceRow.asker, OccurrenceRow.channel, OccurrenceRow.role,
        OccurrenceRow.device, OccurrenceRow.country, OccurrenceRow.app, func.max(OccurrenceRow.edition),
        func.max(OccurrenceRow.at),
    )  # fmt: skip
    found: dict[int, list[_Met]] = {}
    for case_id, asker, channel, *facts, edition, at in session.execute(
        select(*columns).where(OccurrenceRow.case_id.in_(counts_for)).group_by(*columns[:7])
    ):
        details: dict[str, Any] = {
            d: json.loads(value) if value and value.startswith("[") else value
            for d, value in zip(DIMENSIONS, facts, strict=True)
        }
        one = _Met(asker, channel, Enquiry.of(details), edition, at)
        found.setdefault(counts_for[case_id], []).append(one)
    return found


def _settle(
    session: Session, verdicts: Mapping[int, _Verdict], number: int
) -> tuple[list[int], int, list[int]]:
    """Write the verdicts down: the cases closed, the notices made, and the cases met again meanwhile."""
    rows = session.scalars(select(CaseRow).where(CaseRow.id.in_(verdicts)).with_for_update())
    closed, met_again, to_tell = [], [], []
    for row in rows:
        verdict = verdicts[row.id]
        if row.count != verdict.count or row.merged_into is not None:
            met_again.append(row.id)
            continue
        to_tell += [
            notices.Word(row.id, met.asker, met.channel, enquiry, met.at) for met, enquiry in verdict.answered
        ]
        if verdict.whole and row.status in OPEN:
            _close(session, row, number)
            closed.append(row.id)
    return closed, notices.make(session, to_tell, number), met_again


def _close(session: Session, row: CaseRow, number: int) -> None:
    before = json.dumps({"status": row.status})
    row.status, row.edition, row.due_at, row.reason = "published", number, None, None
    row.closed_at = dt.datetime.now(dt.UTC)
    after = json.dumps({"status": row.status, "edition": number})
    audit.note(session, upkeep.PROGRAM, "case published", upkeep.subject_of(row.id), before, after)


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
