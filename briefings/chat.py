"""Briefings in a conversation: a short one with the address of the whole, and news of those given before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy.orm import Session

from answers.briefs import Brief
from answers.dialogue.journey import Journey
from answers.wording import Words, day, listed
from briefings import told, wording
from briefings.desk import Briefer
from briefings.itinerary import MOST_STOPS, Posting, Stop
from briefings.letters import lower
from briefings.model import Briefing
from briefings.short import most_telling
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook

_MOST_LINES = 7
_MOST_NEWS = 3
_MOST_CHANGES = 4


class ChatBriefs:
    """Makes briefings for conversations.

    Args:
        address: where people reach the front door, such as `https://askfirst.example.org`.
    """

    def __init__(self, briefer: Briefer, address: str) -> None:
        self._briefer, self._address = briefer, address.rstrip("/")

    def short(
        self,
        session: Session,
        enquiry: Enquiry,
        journey: Journey,
        book: RuleBook,
        on: dt.date,
        *,
        channel: str,
        asker: str,
    ) -> Brief | None:
        """The briefing for the role, the devices, the countries and the days that are held; None where a
        country is none, or a group of them."""
        posting = posting_of(enquiry, journey, book)
        if posting is None:
            return None
        made = self._briefer.record(session, posting, book, channel=channel, asker=asker, on=on)
        path = f"/briefing/{made.receipt}"
        return Brief(
            itinerary=_going(made, book),
            lines=tuple(str(line) for line in most_telling(made.short, len(made.places), _MOST_LINES)),
            address=self._address + path,
            path=path,
            receipt=made.receipt,
            cases=tuple(case for point in made.unclear for case in point.cases),
            again=day(made.again_on),
            illustrative=made.illustrative,
        )

    def news(
        self,
        session: Session,
        book: RuleBook,
        on: dt.date,
        *,
        asker: str,
        may: Callable[[Sequence[str]], bool],
    ) -> tuple[str, ...]:
        """What changed for the postings that the asker was briefed on and that may be named, once."""
        pending = [
            news
            for news in told.pending(session, self._briefer.books, asker, on)
            if may([stop.country for stop in news.posting.stops])
        ]
        if not pending:
            return ()
        told.told(session, asker, book.edition or 0)
        return tuple(self._said(news, book) for news in pending[:_MOST_NEWS])

    def forget(self, session: Session, asker: str) -> None:
        """Forget what the asker was briefed on."""
        told.forget(session, asker)

    def _said(self, news: told.News, book: RuleBook) -> str:
        words = Words(book.vocabulary)
        places = listed([words.place(stop.country) for stop in news.posting.stops])
        lines = [f"- {change.text}" for change in news.changed[:_MOST_CHANGES]]
        more = len(news.changed) - len(lines)
        if more > 0:
            lines.append(f"- and {more} more")
        head = f"Since you were briefed on your posting {places} (receipt {news.receipt}), this changed:"
        return "\n".join([head, *lines, f"The whole: {self._address}/briefing/{news.receipt}"])


def _going(made: Briefing, book: RuleBook) -> str:
    """What the briefing is for, in one line, so that a reader sees what was understood."""
    posting = made.posting
    parts = [made.going]
    if posting.role:
        parts.append(book.vocabulary["role"].label(posting.role))
    if posting.devices:
        parts.append(lower(wording.devices(posting.devices, book.vocabulary)))
    return " · ".join(parts)


def posting_of(enquiry: Enquiry, journey: Journey, book: RuleBook) -> Posting | None:
    """The posting that an enquiry is about, if it names countries; a role only where it names one."""
    scheme, countries = book.vocabulary["country"], enquiry.country or ()
    if not 0 < len(countries) <= MOST_STOPS or not all(scheme.is_value(country) for country in countries):
        return None
    stops = tuple(
        Stop(leg.country, "transit" if leg.passing else "post", leg.first, leg.last)
        for leg in journey.legs(countries)
    )
    roles = enquiry.role or ()
    return Posting(stops, roles[0] if len(roles) == 1 else None, enquiry.device or ())
