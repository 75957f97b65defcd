"""A briefing as every form of it shows it: words in their order, with the ids they stand for.

Nothing here is worked out; `briefings.assembly` makes it, and the forms (page, PDF, Markdown, calendar) only
lay it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from briefings.itinerary import Posting
from briefings.letters import lower
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
    """Apps that share a ruling on a device, with what holds at home, why, and what to do."""

    apps: str
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
    """What one app may do on some devices; `home` is what holds at home where that is something else. `every`
    says that these are all the devices taken."""

    devices: str
    said: Said
    home: Said | None = None
    every: bool = False


@dataclass(frozen=True, slots=True)
class Local:
    """An app that local life runs on, and what that means for the reader."""

    app: str
    id: str | None
    on: tuple[OnDevice, ...]
    meaning: str


@dataclass(frozen=True, slots=True)
class Caught:
    """Apps that the reader may use on some devices and that are stopped there all the same; `every` says that
    these are all the devices taken."""

    apps: str
    devices: str
    every: bool


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
    """One stop of the itinerary.

    `boards` hold every device; `tables` are the boards to print, devices with the same rows together; `as_in`
    names an earlier stop that has the same tables.
    """

    country: str
    title: str
    purpose: str
    when: str
    on: dt.date
    is_home: bool
    known: bool
    risk: Risk | None
    boards: tuple[Board, ...]
    tables: tuple[Board, ...]
    as_in: str
    compared: str
    locals: tuple[Local, ...]
    local_words: str
    blocked: str
    stopped: tuple[str, ...]
    law: tuple[str, ...]
    caught: tuple[Caught, ...]
    notes: str
    confidence: str
    refs: tuple[int, ...]
    topics: tuple[Topic, ...]
    changes_ahead: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. `elevated` marks what only places of elevated risk need, `essential` what is
    to be done first."""

    id: str
    text: str
    elevated: bool
    ref: int | None
    essential: bool = False


@dataclass(frozen=True, slots=True)
class Approval:
    """Whom to ask for what, how long it takes, and by when to ask (None where no day is known)."""

    apps: str
    short: str
    where: str
    how: str
    lead: str
    days: int | None
    ask_by: dt.date | None
    late: bool
    illustrative: bool


@dataclass(frozen=True, slots=True)
class Contact:
    """A policy team, how to reach it, and what it answers for; `matters` where that is other than at home, or
    local life runs on it."""

    team: str
    contact: str
    about: str
    matters: bool = True


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
class Line:
    """One line of the summary: what it is about, and what it says.

    `places` numbers the stops that it is about (none: the whole journey); `where` names them where there are
    several stops.
    """

    head: str
    text: str
    where: str = ""
    places: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}, {lower(self.head)}: {self.text}" if self.where else f"{self.head}: {self.text}"


@dataclass(frozen=True, slots=True)
class Told:
    """The lines of the summary about the same stops; `where` is empty for a journey to one place and for what
    concerns all of it."""

    where: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Errand:
    """One of the things to do first, and its source."""

    text: str
    ref: int | None = None


@dataclass(frozen=True, slots=True)
class Due:
    """What to do first by some day, in words; `late` where the time left is too short."""

    by: str
    errands: tuple[Errand, ...]
    late: bool = False


@dataclass(frozen=True, slots=True)
class Briefing:
    """The whole briefing."""

    posting: Posting
    title: str
    details: tuple[tuple[str, str], ...]
    made_on: dt.date
    edition: int | None
    going: str
    short: tuple[Line, ...]
    first: tuple[Due, ...]
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

    @property
    def told(self) -> tuple[Told, ...]:
        """The summary, put together by stops."""
        found: dict[str, list[Line]] = {}
        for line in self.short:
            found.setdefault(line.where, []).append(line)
        return tuple(Told(where, tuple(lines)) for where, lines in found.items())
