"""Makes briefings, writes down their receipts and what was unclear, and finds them again by receipt."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from answers import extras
from answers.wording import Words
from briefings import changes, told
from briefings.assembly import assemble
from briefings.itinerary import Posting
from briefings.model import Briefing, Open
from cases import log
from cases.routing import Routing
from cases.routing import read as read_routing
from guidelines.enquiry import UnknownConcept
from guidelines.replay import MANY
from guidelines.rulebook import RuleBook
from guidelines.store import receipts
from guidelines.store.books import Books
from guidelines.store.database import Database

NOBODY = "nobody"
KEY = MANY
_MOST_KEPT = 64


class NoSuchBriefing(Exception):
    """No briefing has that receipt."""

    def __init__(self, receipt: str) -> None:
        super().__init__(f"no briefing has the receipt `{receipt.strip()[:40]}`: check the number on it")


class Deployment(Protocol):
    """Settings, as far as briefings are concerned."""

    @property
    def home(self) -> Path:
        """The folder of everything that is written."""
        ...

    @property
    def marking(self) -> str:
        """The classification marking that is printed on briefings, if any."""
        ...

    @property
    def briefing_days(self) -> int:
        """After how many days to ask again at the latest."""
        ...


class Briefer:
    """Briefs people on postings.

    Args:
        settings: whatever knows the marking and after how many days to ask again.
        routing: whose the gaps are; the routes of `cases/routing.yml` unless given.
        today: the day of a briefing.
    """

    def __init__(
        self,
        settings: Deployment,
        database: Database,
        books: Books,
        routing: Routing | None = None,
        today: Callable[[], dt.date] = dt.date.today,
    ) -> None:
        self._settings, self._database, self.books = settings, database, books
        self._routing = routing or read_routing()
        self._today = today
        self._kept: OrderedDict[tuple[Any, ...], Briefing] = OrderedDict()

    def brief(
        self, posting: Posting, *, book: RuleBook | None = None, channel: str, asker: str = NOBODY
    ) -> Briefing:
        """Make a briefing, with its receipt and its cases.

        Raises:
            DatabaseAway: nothing was written, so no briefing is given.
            NoEdition: nothing was ever published.
        """
        book = book or self.books.current()
        with self._database.transaction() as session:
            return self.record(session, posting, book, channel=channel, asker=asker)

    def record(
        self,
        session: Session,
        posting: Posting,
        book: RuleBook,
        *,
        channel: str,
        asker: str = NOBODY,
        on: dt.date | None = None,
    ) -> Briefing:
        """As `brief`, in the caller's transaction."""
        if book.edition is None:
            raise ValueError("a rule book that was never published gives no receipts")
        today = on or self._today()
        made = self._assembled(book, posting, today)
        logged = tuple(self._logged(session, point, book, asker, channel) for point in made.unclear)
        receipt = receipts.append(
            session,
            edition=book.edition,
            enquiry=_enquiry(posting),
            on=today,
            outcome={
                "effect": None,
                "unclear": None,
                "rules": [],
                "digest": digest(made),
                "open": [{"cases": list(point.cases), "team": point.team} for point in logged],
            },
            channel=channel,
        )
        told.remember(session, receipt.id, asker, channel, book.edition)
        return replace(made, receipt=receipt.id, unclear=logged)

    def find(self, receipt_id: str) -> Briefing:
        """A briefing that was made before, word for word as its edition has it, with what changed since.

        Raises:
            NoSuchBriefing: there is none of that receipt.
            DatabaseAway: it cannot be read now.
        """
        receipt = self.receipt(receipt_id)
        posting = Posting.from_dict(receipt.enquiry[KEY])
        book = self.books.at(receipt.edition)
        made = self._assembled(book, posting, receipt.on)
        opened = receipt.outcome.get("open") or []
        points = [
            replace(point, cases=tuple(said["cases"]), team=said["team"])
            for point, said in zip(made.unclear, opened, strict=False)
        ]
        now = self.books.current()
        changed = changes.since(book, now, posting, self._today()) if now.edition != book.edition else ()
        return replace(
            made,
            receipt=receipt.id,
            unclear=tuple(points),
            changed=tuple(change.text for change in changed),
        )

    def receipt(self, receipt_id: str) -> receipts.Receipt:
        """The receipt of a briefing. Raises NoSuchBriefing, DatabaseAway."""
        with self._database.reading() as session:
            found = receipts.find(session, receipt_id)
        if found is None or KEY not in found.enquiry:
            raise NoSuchBriefing(receipt_id)
        return found

    def changes_since(self, receipt_id: str) -> tuple[int, int, tuple[changes.Changed, ...]]:
        """The edition that a reader was briefed on, today's, and what changed between them for their posting.

        Raises:
            NoSuchBriefing: there is none of that receipt.
        """
        receipt = self.receipt(receipt_id)
        then, now = self.books.at(receipt.edition), self.books.current()
        posting = Posting.from_dict(receipt.enquiry[KEY])
        found = () if then is now else changes.since(then, now, posting, self._today())
        return receipt.edition, now.edition or receipt.edition, found

    def again(self, receipt_id: str) -> tuple[Briefing, bool, bool]:
        """A briefing made again: whether its own edition still gives every ruling, and whether today's does.

        Raises:
            NoSuchBriefing: there is none of that receipt.
        """
        receipt = self.receipt(receipt_id)
        posting, said = Posting.from_dict(receipt.enquiry[KEY]), receipt.outcome["digest"]
        made = self._assembled(self.books.at(receipt.edition), posting, receipt.on)
        try:
            now = digest(self._assembled(self.books.current(), posting, self._today()))
        except UnknownConcept:
            now = ""
        return made, digest(made) == said, now == said

    def _assembled(self, book: RuleBook, posting: Posting, on: dt.date) -> Briefing:
        """Assembled, or the same once more: a page and its PDF ask for the same thing."""
        key = (book.edition, posting, on, self._settings.marking, self._settings.briefing_days)
        made = self._kept.pop(key, None)
        if made is None:
            made = assemble(
                book, posting, on, days=self._settings.briefing_days, marking=self._settings.marking
            )
        self._kept[key] = made
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return made

    def _logged(self, session: Session, point: Open, book: RuleBook, asker: str, channel: str) -> Open:
        words = Words(book.vocabulary)
        cases, team = [], ""
        for gap in point.gaps:
            owner = self._routing.owner(gap, book.vocabulary, point.owners)
            met = log.Met(asker, channel, edition=book.edition)
            case = log.record(session, gap, owner, extras.subject(gap, words), met)
            cases.append(case.number)
            team = case.team
        return replace(point, cases=tuple(dict.fromkeys(cases)), team=team)


def _enquiry(posting: Posting) -> Mapping[str, Any]:
    return {
        "role": posting.role,
        "device": list(posting.devices) or None,
        "country": [stop.country for stop in posting.stops],
        "app": None,
        KEY: posting.to_dict(),
    }


def digest(made: Briefing) -> str:
    """The SHA-256 (hex) over every ruling of a briefing: which apps, where, on what, with which outcome."""
    said = [
        [place.country, list(board.devices), list(ids), there.status, there.note]
        for place in made.places
        for board in place.boards
        for ids, there in ((row.ids, row.there) for row in board.differs)
    ]
    said += [
        [same.places, list(same.devices), list(group.ids), group.there.status, group.there.note]
        for same in made.same
        for group in same.groups
    ]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()
