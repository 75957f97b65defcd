"""Whom to ask for what, and by when."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from answers.wording import day, listed, sentence
from briefings import wording
from briefings.boards import Desk
from briefings.model import Approval, Contact
from briefings.verdicts import Sheet
from guidelines.rules import Effect
from guidelines.ruling import Ruling

_LEAD = re.compile(r"\b(\d+|[a-z]+)\s+(working |business |calendar )?(day|week)s?\b", re.IGNORECASE)
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_NUMBERS = {word: number for number, word in enumerate(_WORDS, 1)}
_IN_A_WEEK = 5
_FEW_NAMES = 4


@dataclass
class _Asked:
    apps: dict[str, None] = field(default_factory=dict)
    wheres: dict[str, dict[str, None]] = field(default_factory=dict)
    needed: dict[str, None] = field(default_factory=dict)
    illustrative: bool = False
    first_day: dt.date | None = None


class Approvals:
    """Collects the approvals of an itinerary; one way to ask is listed once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._by_how: dict[str, _Asked] = {}

    def add(
        self,
        sheet: Sheet,
        devices: Sequence[str],
        country: str,
        needed: Iterable[str],
        first_day: dt.date | None,
    ) -> None:
        """Take up what needs approval on one sheet, where it differs from home or local life runs on it.

        What needs approval in some roles only is left out: nobody knows yet whom to ask.
        """
        wanted = set(needed)
        for held in sheet:
            matter = held.apps if held.differs else [app for app in held.apps if app in wanted]
            ruling = held.there.ruling
            if ruling is None or ruling.effect is not Effect.APPROVAL_REQUIRED or not matter:
                continue
            for how in ruling.approvers:
                asked = self._by_how.setdefault(how, _Asked())
                asked.apps.update(dict.fromkeys(sorted(matter, key=lambda app: app not in wanted)))
                asked.wheres.setdefault(country, {}).update(dict.fromkeys(devices))
                asked.needed.update(dict.fromkeys(app for app in matter if app in wanted))
                asked.illustrative |= any(
                    g.provenance == "illustrative" for g in self._desk.guidelines([ruling])
                )
                asked.first_day = first_day

    def listed(self, today: dt.date) -> tuple[Approval, ...]:
        """What to ask for: what local life runs on first, then the earliest."""
        found = []
        for how, asked in self._by_how.items():
            days = lead_days(how)
            by = wording.working_days_before(asked.first_day, days) if asked.first_day and days else None
            approval = Approval(
                apps=self._desk.apps(tuple(asked.apps)),
                short=self._short(asked),
                where="; ".join(self._where(country, list(d)) for country, d in asked.wheres.items()),
                how=sentence(how),
                lead=_lead(days),
                days=days,
                ask_by=max(by, today) if by else None,
                late=bool(by and by < today),
                illustrative=asked.illustrative,
            )
            found.append((not asked.needed, by or dt.date.max, approval))
        return tuple(approval for *_, approval in sorted(found, key=lambda one: one[:2]))

    def _short(self, asked: _Asked) -> str:
        """What to ask for in the fewest words: what local life runs on by name, others by number."""
        scheme = self._desk.book.vocabulary["app"]
        others = len(asked.apps) - len(asked.needed)
        if not asked.needed or others <= _FEW_NAMES:
            return listed(wording.app_names(tuple(asked.apps), scheme, _FEW_NAMES))
        names = listed([scheme.label(app) for app in asked.needed])
        return f"{names}, or of any of {others} others that you need"

    def _where(self, country: str, devices: list[str]) -> str:
        vocabulary = self._desk.book.vocabulary
        return f"{wording.devices(devices, vocabulary)}, {vocabulary['country'].label(country)}"


def lead_days(how: str) -> int | None:
    """The working days that a way to ask says it takes, the longest it names; None when it names none."""
    found = []
    for number, kind, unit in _LEAD.findall(how):
        count = int(number) if number.isdigit() else _NUMBERS.get(number.lower(), 0)
        if unit.lower() == "week":
            count *= _IN_A_WEEK
        elif kind.strip().lower() == "calendar":
            count = -(-count * _IN_A_WEEK // 7)
        found.append(count)
    return max(found, default=0) or None


def _lead(days: int | None) -> str:
    if days is None:
        return "no lead time is given: ask early"
    return f"{days} working day{'s' if days > 1 else ''}"


def contacts(desk: Desk, sheets: Iterable[tuple[Sheet, Collection[str]]]) -> tuple[Contact, ...]:
    """The policy teams behind the rulings, each with the guidelines it answers for; first those of what
    differs from home and of what local life runs on.

    Args:
        sheets: each with the apps that local life runs on there.
    """
    found: dict[tuple[str, str], dict[str, bool]] = {}
    matter: dict[Ruling, bool] = {}
    for sheet, needed in sheets:
        for held in sheet:
            counts = held.home is None or held.differs or any(app in needed for app in held.apps)
            for ruling in held.there.rulings:
                matter[ruling] = matter.get(ruling, False) or counts
    for ruling, counts in matter.items():
        for guideline in desk.guidelines([ruling]):
            if guideline.owner:
                titles = found.setdefault((guideline.owner.team, guideline.owner.contact), {})
                titles[guideline.title] = titles.get(guideline.title, False) or counts
    made = []
    for (team, contact), titles in found.items():
        wanted = [title for title, counts in titles.items() if counts]
        made.append(Contact(team, contact, listed(wanted or list(titles), most=3), bool(wanted)))
    return tuple(sorted(made, key=lambda contact: not contact.matters))


def ask_by(approval: Approval) -> str:
    """By when to ask, in words."""
    if approval.ask_by is None:
        return ""
    if approval.late:
        return "ask today: it takes longer than the time that is left"
    return f"ask by {day(approval.ask_by)}"
