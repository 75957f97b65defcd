"""What a conversation knows of a journey: where one only passes through, and from when to when one stays.

It is no dimension of an enquiry: rulings in a conversation are for today. A briefing needs it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from answers.dates import days_in
from answers.heard import Heard

# Right before a place that one only passes through; and before one that stands after where one is going.
_PASSING = re.compile(
    r"\b(?:via|through|transit\w*(?: through| in| at| via)?|stop(?:ping|ping over|over| over)?(?: in| at)"
    r"|layover in|chang(?:e|ing)(?: planes)? (?:in|at)|connecting (?:in|through|via))(?: the)? $"
)
_BEHIND = re.compile(r"^,? ?\(?(?:but |and )?(?:via|through|transit\w*(?: through| in| at| via)?)(?: the)? $")
_SOMEWHERE = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """One place of a journey, with its first and last day as far as they were said."""

    country: str
    passing: bool = False
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """Where one only passes through, and the days (first, last; ISO or empty) of places. The place `""`
    holds days that were said of no place."""

    order: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    days: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Journey:
        """What `dataclasses.asdict` gave; nothing known from nothing."""
        data = data or {}
        days = {place: (said[0], said[1]) for place, said in data.get("days", {}).items()}
        return cls(tuple(data.get("order", ())), tuple(data.get("passing", ())), days)

    def legs(self, countries: Sequence[str]) -> tuple[Leg, ...]:
        """The journey through the countries that are held, in the order of travel."""
        known = [country for country in self.order if country in countries]
        ordered = [*known, *(country for country in countries if country not in known)]
        only = len(countries) == 1
        return tuple(
            Leg(country, country in self.passing and not only, *self._between(country, only or last))
            for country, last in ((c, c == ordered[-1]) for c in ordered)
        )

    def _between(self, country: str, main: bool) -> tuple[dt.date | None, dt.date | None]:
        said = self.days.get(country) or (self.days.get(_SOMEWHERE) if main else None) or ("", "")
        first, last = (dt.date.fromisoformat(day) if day else None for day in said)
        return (first, last) if not (first and last and last < first) else (first, None)


def heard_of(journey: Journey, heard: Heard, countries: Sequence[str], today: dt.date) -> Journey:
    """What is known of the journey after a message.

    Args:
        countries: those that the conversation holds now.
    """
    places = _places(heard)
    if heard.intent == "start_over":
        journey = Journey()
    named = tuple(place for place, _, _ in places)
    if named and not set(journey.order) & set(countries):
        # Another place instead of the one before: the days of the journey stay.
        kept = [said for place, said in journey.days.items() if place in journey.order]
        days = {_SOMEWHERE: kept[-1]} if kept else dict(journey.days)
        journey = Journey(days=days)
    through = passed_through(heard)
    earlier, new = [c for c in journey.order if c not in named], _travelled(heard, places)
    # "And via Dubai", said later, is still on the way to where one is going.
    order = dict.fromkeys((*new, *earlier) if named and set(named) <= through else (*earlier, *new))
    passing = {place for place in journey.passing if place not in named} | through
    found = replace(
        journey,
        order=tuple(country for country in order if country in countries),
        passing=tuple(country for country in order if country in passing and country in countries),
    )
    return replace(found, days=_days(found, heard, places, countries, today))


def passed_through(heard: Heard) -> frozenset[str]:
    """The countries that a message says one only passes through."""
    low = heard.text.casefold()
    return frozenset(place for place, start, _ in _places(heard) if _PASSING.search(low[:start]))


_Place = tuple[str, int, int]


def _places(heard: Heard) -> list[_Place]:
    """The countries named as facts, with where their words stand in the text."""
    found: list[_Place] = []
    low, at = heard.text.casefold(), 0
    for detail in heard.asserted("country"):
        start = low.find(detail.words.casefold(), at) if detail.words else -1
        if start >= 0:
            at = start + len(detail.words)
            found.append((detail.concept, start, at))
    return found


def _travelled(heard: Heard, places: Sequence[_Place]) -> list[str]:
    """The countries in the order of travel: "Jakarta via Singapore" is first Singapore."""
    order: list[str] = []
    for i, (place, start, _) in enumerate(places):
        before = heard.text[places[i - 1][2] : start].casefold() if i else ""
        at = len(order) - 1 if i and _BEHIND.match(before) else len(order)
        order.insert(at, place)
    return order


def _days(
    journey: Journey, heard: Heard, places: Sequence[_Place], countries: Sequence[str], today: dt.date
) -> Mapping[str, tuple[str, str]]:
    """The days of each place, with those of this message: a day is of the place named before it, or of the
    first one named after it."""
    main = next((c for c in reversed(journey.order) if c not in journey.passing), _SOMEWHERE)
    days = {place: said for place, said in journey.days.items() if place in (*countries, _SOMEWHERE)}
    fresh: dict[str, list[str]] = {}
    for one in days_in(heard.text, today) if not heard.pressed else ():
        earlier = [place for place, _, end in places if end <= one.at]
        place = earlier[-1] if earlier else places[0][0] if places else main
        if place in journey.passing and (not earlier or (len(places) > 1 and place == places[-1][0])):
            # "To Jakarta via Singapore in March": the days are those of where one is going.
            place = main
        fresh.setdefault(place, ["", ""])[one.ends] = one.day.isoformat()
    for place, (first, last) in fresh.items():
        held = days.get(place, ("", ""))
        days[place] = (first or held[0], last or held[1])
    return days
