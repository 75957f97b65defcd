"""Where somebody is going, as what, and with which devices: what a briefing is made for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from answers.nearest import concept
from guidelines.vocabulary import ROOT, Vocabulary

PURPOSES = ("post", "transit")
MOST_STOPS = 8
MOST_DEVICES = 12
_FIRST, _LAST = dt.date(2000, 1, 1), dt.date(2100, 12, 31)


class CannotBrief(ValueError):
    """Why no briefing can be made of what was given; `field` says where, such as `to` or `country`."""

    def __init__(self, why: str, field: str = "") -> None:
        self.field = field
        super().__init__(why)


@dataclass(frozen=True, slots=True)
class Stop:
    """One place of an itinerary: a country, why one is there, and from when to when as far as that is
    known."""

    country: str
    purpose: str = "post"
    arrive: dt.date | None = None
    leave: dt.date | None = None

    def on(self, today: dt.date) -> dt.date:
        """The day that the rulings of this stop are for: the arrival, or today when that is past or
        unknown."""
        return max(self.arrive or today, today)

    def to_dict(self) -> dict[str, Any]:
        """As JSON likes it."""
        return {
            "country": self.country,
            "purpose": self.purpose,
            "arrive": self.arrive.isoformat() if self.arrive else None,
            "leave": self.leave.isoformat() if self.leave else None,
        }


@dataclass(frozen=True, slots=True)
class Posting:
    """An itinerary with what the person is and takes along. No device named means all of them."""

    stops: tuple[Stop, ...]
    role: str | None = None
    devices: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As a receipt keeps it."""
        return {
            "stops": [stop.to_dict() for stop in self.stops],
            "role": self.role,
            "devices": list(self.devices),
        }

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Posting:
        """What `to_dict` gave."""
        stops = tuple(
            Stop(s["country"], s["purpose"], _from_iso(s.get("arrive")), _from_iso(s.get("leave")))
            for s in given["stops"]
        )
        return cls(stops, given.get("role"), tuple(given.get("devices") or ()))

    @property
    def departs(self) -> dt.date | None:
        """The first day of the journey, if any day is known."""
        return min((stop.arrive for stop in self.stops if stop.arrive), default=None)

    @property
    def returns(self) -> dt.date | None:
        """The last day of the journey, if it is known."""
        return max((stop.leave for stop in self.stops if stop.leave), default=None)


def day(text: str, field: str = "") -> dt.date | None:
    """The day written as 2026-03-31; None for an empty text.

    Raises:
        CannotBrief: it is no day, or one that nobody plans for.
    """
    text = text.strip()
    if not text:
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        raise CannotBrief(f"`{text}` is no date: write it as 2026-03-31", field) from None
    if not _FIRST <= found <= _LAST:
        raise CannotBrief(f"`{text}` is out of reach: give a date from 2000 to 2100", field)
    return found


def posting(
    stops: Sequence[Stop], role: str | None, devices: Sequence[str], vocabulary: Vocabulary
) -> Posting:
    """A posting whose places, role and devices are ids or labels of the vocabulary.

    Raises:
        UnknownDetail: one of them is in no vocabulary; it names the nearest ones.
        CannotBrief: there is no place, a group instead of a place, too much of something, or a stay that
            ends before it begins.
    """
    if not stops:
        raise CannotBrief("a briefing needs at least one country", "country")
    if len(stops) > MOST_STOPS:
        raise CannotBrief(f"an itinerary may have {MOST_STOPS} places, not {len(stops)}", "country")
    if len(devices) > MOST_DEVICES:
        raise CannotBrief(f"a briefing takes {MOST_DEVICES} devices, not {len(devices)}", "device")
    known = tuple(_stop(stop, vocabulary) for stop in stops)
    named_role = concept(vocabulary["role"], role) if role else None
    named_devices = dict.fromkeys(concept(vocabulary["device"], device) for device in devices)
    return Posting(
        known,
        None if named_role == ROOT else named_role,
        () if ROOT in named_devices else tuple(named_devices),
    )


def _stop(stop: Stop, vocabulary: Vocabulary) -> Stop:
    scheme = vocabulary["country"]
    country = concept(scheme, stop.country)
    if not scheme.is_value(country):
        raise CannotBrief(
            f"`{stop.country}` is a group of countries: a briefing is for one country at a time", "country"
        )
    if stop.purpose not in PURPOSES:
        raise CannotBrief(f"`{stop.purpose}` is no purpose of a stay: use {' or '.join(PURPOSES)}", "purpose")
    if stop.arrive and stop.leave and stop.leave < stop.arrive:
        raise CannotBrief(
            f"the stay in {scheme.label(country)} ends on {stop.leave}, before it begins on {stop.arrive}",
            "to",
        )
    return Stop(country, stop.purpose, stop.arrive, stop.leave)


def _from_iso(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
