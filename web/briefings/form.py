"""The form of a briefing: what was typed, what it means, and what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from answers.nearest import UnknownDetail, concept
from briefings.itinerary import MOST_STOPS, CannotBrief, Posting, Stop, day, posting
from guidelines.rulebook import RuleBook
from guidelines.vocabulary import ROOT
from web.forms import Form

ROWS = 3
_LONGEST = 200


@dataclass
class Leg:
    """One row of the itinerary as it was typed."""

    number: int
    country: str = ""
    purpose: str = "post"
    arrive: str = ""
    leave: str = ""
    error: str = ""


@dataclass
class Filled:
    """The whole form as it was typed, with what is wrong; `posting` stands when nothing is."""

    legs: list[Leg]
    role: str = ""
    devices: tuple[str, ...] = ()
    role_error: str = ""
    posting: Posting | None = None
    errors: list[tuple[str, str]] = field(default_factory=list)


def empty() -> Filled:
    """The form before anything was typed."""
    return Filled([Leg(number) for number in range(1, ROWS + 1)])


def read(form: Form, book: RuleBook) -> Filled:
    """The form as it was sent. Rows without a country are left out."""
    legs = [_leg(form, number) for number in range(1, MOST_STOPS + 1)]
    last = max((leg.number for leg in legs if leg.country or leg.arrive or leg.leave), default=0)
    filled = Filled(legs[: max(ROWS, last)], form.get("role")[:_LONGEST], tuple(form.all("device")))
    stops = [stop for leg in filled.legs if (stop := _stop(leg, filled, book))]
    role = _role(filled, book)
    if not stops and not filled.errors:
        filled.legs[0].error = "Name at least one country."
        filled.errors.append(("country-1", filled.legs[0].error))
    devices = [device for device in filled.devices if device in book.vocabulary["device"]]
    if not filled.errors:
        try:
            filled.posting = posting(stops, role, devices, book.vocabulary)
        except CannotBrief as wrong:
            filled.errors.append(("country-1", _sentence(wrong)))
    return filled


def _leg(form: Form, number: int) -> Leg:
    purpose = form.get(f"purpose-{number}") or "post"
    return Leg(
        number,
        form.get(f"country-{number}")[:_LONGEST],
        purpose if purpose in ("post", "transit") else "post",
        form.get(f"arrive-{number}")[:20],
        form.get(f"leave-{number}")[:20],
    )


def _stop(leg: Leg, filled: Filled, book: RuleBook) -> Stop | None:
    if not leg.country:
        if leg.arrive or leg.leave:
            _wrong(filled, leg, "Name the country of these days.")
        return None
    scheme = book.vocabulary["country"]
    try:
        typed = Stop(leg.country, leg.purpose, day(leg.arrive), day(leg.leave))
        [stop] = posting([typed], None, (), book.vocabulary).stops
    except UnknownDetail as unknown:
        near = " or ".join(f"“{scheme.label(name)}”" for name in unknown.nearest)
        hint = f"Did you mean {near}?" if near else "Choose one from the list."
        _wrong(filled, leg, f"No country is called “{leg.country}”. {hint}")
        return None
    except CannotBrief as wrong:
        _wrong(filled, leg, _sentence(wrong))
        return None
    leg.country = scheme.label(stop.country)
    return stop


def _role(filled: Filled, book: RuleBook) -> str | None:
    if not filled.role:
        return None
    scheme = book.vocabulary["role"]
    try:
        found = concept(scheme, filled.role)
    except UnknownDetail as unknown:
        near = " or ".join(f"“{scheme.label(name)}”" for name in unknown.nearest)
        hint = f"Did you mean {near}?" if near else "Choose one from the list, or leave it empty."
        filled.role_error = f"No role is called “{filled.role}”. {hint}"
        filled.errors.append(("role", filled.role_error))
        return None
    filled.role = scheme.label(found)
    return None if found == ROOT else found


def _wrong(filled: Filled, leg: Leg, words: str) -> None:
    leg.error = words
    filled.errors.append((f"country-{leg.number}", words))


def _sentence(wrong: Exception) -> str:
    words = re.sub(r"`([^`]*)`", r"“\1”", str(wrong))
    return words[:1].upper() + words[1:] + "."


def names(book: RuleBook, dimension: str) -> Sequence[str]:
    """The labels to choose from; countries without their groups."""
    scheme = book.vocabulary[dimension]
    return [
        c.pref_label for c in scheme if c.id != ROOT and (dimension != "country" or scheme.is_value(c.id))
    ]
