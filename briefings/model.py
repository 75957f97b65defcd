"""A briefing as every form of it shows it: words in their order, with the ids they stand for.

Nothing here is worked out; `briefings.assembly` makes it, and the forms (page, PDF, Markdown, calendar) only
lay it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from briefings.itinerary import Posting
from cases.gap import Gap
from guidelines.rules import Owner


@dataclass(frozen=True, slots=True)
class Said:
    """A ruling in words. `status` is an effect, `unclear`, or `depends` where the role decides."""

    status: str
    heading: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """Apps that share a ruling on a device, with what holds at home, why, and what to do.

    `short` names the apps in the fewest words.
    """

    apps: str
    short: str
    ids: tuple[str, ...]
    there: Said
    home: Said | None
    reasons: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    refs: tuple[int, ...] = ()
    needed: bool = False
    illustrative: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """Apps of one kind of ruling that is the same as at home."""

    there: Said
    apps: str
    ids: tuple[str, ...]
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """The rulings of one place on one device, or on several that are ruled alike."""

    devices: tuple[str, ...]
    title: str
    differs: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Same:
    """What holds in some places on some devices just as it does at home."""

    places: str
    title: str
    devices: tuple[str, ...]
    groups: tuple[Group, ...]


@dataclass(frozen=True, slots=True)
class OnDevice:
    """What one app may do on some devices."""

    devices: str
    said: Said


@dataclass(frozen=True, slots=True)
class Local:
    """An app that local life runs on, and what that means for the reader."""

    app: str
    id: str | None
    on: tuple[OnDevice, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Topic:
    """What may be used of a kind of app there, device by device."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Risk:
    """Why a place is treated with more care."""

    text: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One stop of the itinerary."""

    country: str
    title: str
    purpose: str
    when: str
    on: dt.date
    is_home: bool
    known: bool
    risk: Risk | None
    boards: tuple[Board, ...]
    compared: str
    locals: tuple[Local, ...]
    local_words: str
    blocked: str
    caught: tuple[str, ...]
    notes: str
    confidence: str
    refs: tuple[int, ...]
    topics: tuple[Topic, ...]
    changes_ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `elevated` marks what only places of elevated risk need."""

    id: str
    text: str
    elevated: bool
    ref: int | None


@dataclass(frozen=True, slots=True)
class Approval:
    """Whom to ask for what, how long it takes, and by when to ask (None where no day is known)."""

    apps: str
    where: str
    how: str
    lead: str
    days: int | None
    ask_by: dt.date | None
    late: bool
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A policy team, how to reach it, and what it answers for."""

    team: str
    contact: str
    about: str


@dataclass(frozen=True, slots=True)
class Open:
    """Something that is unclear today, what to do meanwhile, and its cases once they are logged."""

    text: str
    advice: str
    gaps: tuple[Gap, ...] = ()
    owners: tuple[Owner, ...] = ()
    cases: tuple[str, ...] = ()
    team: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A numbered source."""

    number: int
    title: str
    publisher: str
    date: str
    url: str
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole briefing."""

    posting: Posting
    title: str
    details: tuple[tuple[str, str], ...]
    made_on: dt.date
    edition: int | None
    short: tuple[str, ...]
    places: tuple[Place, ...]
    same: tuple[Same, ...]
    before: tuple[Task, ...]
    during: tuple[Task, ...]
    after: tuple[Task, ...]
    approvals: tuple[Approval, ...]
    contacts: tuple[Contact, ...]
    unclear: tuple[Open, ...]
    sources: tuple[Cited, ...]
    again_on: dt.date
    again_why: str
    illustrative: bool
    marking: str = ""
    receipt: str = ""
    changed: tuple[str, ...] = field(default=())
