"""What is unclear today about a posting, in words and as gaps that can be logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from answers.wording import Words, listed
from briefings import wording
from briefings.boards import Desk
from briefings.itinerary import Posting, Stop
from briefings.letters import lower
from briefings.model import Open
from briefings.verdicts import Sheet
from cases.gap import Gap
from guidelines.enquiry import Enquiry
from guidelines.rules import Guideline
from guidelines.ruling import Ruling, Unclear

_HOLD_OFF = "Hold off until the policy owners have decided."
_CLASH = "Keep to the strictest of them until the policy owners have decided."
_STANDS = "The rulings stand until it is reviewed; ask again nearer the day."
_ASK = "Hold off, and ask about the one that you need: the question reaches the policy owners."


def unclear(
    desk: Desk,
    posting: Posting,
    stop: Stop,
    sheets: Mapping[str, Sheet],
    needed: Sequence[str],
    today: dt.date,
) -> list[Open]:
    """The gaps of one place: apps that local life runs on one by one, others by what they share.

    What hangs on a role that was not given is no gap.
    """
    silent: dict[str, list[str]] = {}
    rest: dict[str, set[str]] = {}
    clashing: dict[Ruling, dict[str, tuple[str, ...]]] = {}
    overdue: dict[str, Guideline] = {}
    for device, sheet in sheets.items():
        for held in sheet:
            ruling = held.there.ruling
            match ruling.unclear if ruling else None:
                case Unclear.NO_GUIDANCE:
                    for app in held.apps:
                        if app in needed:
                            silent.setdefault(app, []).append(device)
                        else:
                            rest.setdefault(device, set()).add(app)
                case Unclear.CONFLICTING_GUIDANCE if ruling:
                    clashing.setdefault(ruling, {})[device] = held.apps
                case Unclear.REVIEW_OVERDUE if ruling:
                    late = desk.guidelines([ruling])
                    overdue.update({g.id: g for g in late if g.overdue_on(stop.on(today))})
    place = Words(desk.book.vocabulary).place(stop.country)
    return [
        *(_silent(desk, posting, stop, place, app, silent[app]) for app in needed if app in silent),
        *_rest(desk, place, rest),
        *(_clash(desk, posting, stop, place, ruling, found) for ruling, found in clashing.items()),
        *(_overdue(posting, stop, guideline, today) for guideline in overdue.values()),
    ]


def _silent(desk: Desk, posting: Posting, stop: Stop, place: str, app: str, devices: Sequence[str]) -> Open:
    vocabulary = desk.book.vocabulary
    on = lower(wording.devices(devices, vocabulary))
    text = f"{vocabulary['app'].label(app)} on your {on} {place}: no guideline covers it."
    asked = devices if posting.devices else (None,)
    gaps = tuple(Gap(Unclear.NO_GUIDANCE, _enquiry(posting, stop, device, app)) for device in asked)
    return Open(text, _HOLD_OFF, gaps)


def _rest(desk: Desk, place: str, rest: Mapping[str, set[str]]) -> Iterable[Open]:
    if not rest:
        return
    scheme = desk.book.vocabulary["app"]
    largest = max(rest.values(), key=len)
    on = lower(wording.devices(list(rest), desk.book.vocabulary))
    apps = desk.apps([app for app in scheme.values if app in largest])
    yield Open(f"{apps} on your {on} {place}: no guideline covers {_them(largest)}.", _ASK)


def _clash(
    desk: Desk,
    posting: Posting,
    stop: Stop,
    place: str,
    ruling: Ruling,
    found: Mapping[str, tuple[str, ...]],
) -> Open:
    guidelines = desk.guidelines([ruling])
    titles = listed([f"“{g.title}”" for g in guidelines], most=4)
    on = lower(wording.devices(list(found), desk.book.vocabulary))
    device, apps = next(iter(found.items()))
    gap = Gap(Unclear.CONFLICTING_GUIDANCE, _enquiry(posting, stop, device, apps[0]), rules=ruling.rules)
    does = "contradict each other" if len(guidelines) > 1 else "contradicts itself"
    owners = tuple(g.owner for g in guidelines if g.owner)
    return Open(f"{desk.apps(apps)} on your {on} {place}: {titles} {does}.", _CLASH, (gap,), owners)


def _overdue(posting: Posting, stop: Stop, guideline: Guideline, today: dt.date) -> Open:
    if not guideline.overdue_on(today):
        return Open(f"“{guideline.title}” is due for review before you are there.", _STANDS)
    enquiry = _enquiry(posting, stop, None, None)
    gap = Gap(Unclear.REVIEW_OVERDUE, enquiry, guidelines=(guideline.id,))
    owners = (guideline.owner,) if guideline.owner else ()
    return Open(
        f"“{guideline.title}” is past the date by which it was to be reviewed.", _STANDS, (gap,), owners
    )


def _enquiry(posting: Posting, stop: Stop, device: str | None, app: str | None) -> Enquiry:
    return Enquiry.of({"role": posting.role, "device": device, "country": stop.country, "app": app})


def _them(apps: set[str]) -> str:
    return "them" if len(apps) > 1 else "it"
