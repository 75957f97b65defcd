"""What a briefing calls things: rulings, dates, devices, lists of apps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import lru_cache

from answers.wording import day, listed
from briefings.itinerary import Stop
from briefings.letters import capital
from briefings.model import Said
from briefings.verdicts import Verdict
from guidelines.completion import cover
from guidelines.ruling import Ruling, Unclear
from guidelines.vocabulary import ROOT, Scheme, Vocabulary

EFFECTS = {
    "prohibited": "Prohibited",
    "approval-required": "Approval required",
    "conditional": "Allowed with conditions",
    "allowed": "Allowed",
}
HOLD_OFF = "Unclear: hold off"
DEPENDS = "Depends on the role"
UNCLEAR = {
    Unclear.NO_GUIDANCE: "no guideline covers this",
    Unclear.CONFLICTING_GUIDANCE: "guidelines disagree",
    Unclear.REVIEW_OVERDUE: "the guideline is past its review date then",
}
PURPOSES = {"post": "Posting", "transit": "Transit"}
_MOST_NAMES = 9
_MOST_GROUPS = 5
_LEAST_IN_GROUP = 6
_EXAMPLES = 4


def said(verdict: Verdict) -> Said:
    """A verdict in words."""
    return said_of(verdict.ruling) if verdict.ruling else Said("depends", DEPENDS)


def by_role(verdict: Verdict, vocabulary: Vocabulary) -> tuple[str, ...]:
    """What holds in which roles, where the role decides."""
    roles = vocabulary["role"]
    return tuple(
        f"{heading(ruling)}: {listed([roles.label(role) for role in names], most=6)}."
        for names, ruling in verdict.by_role
    )


def said_of(ruling: Ruling) -> Said:
    """A ruling in words. What is unclear is never headed by a plain yes."""
    note = UNCLEAR.get(ruling.unclear, "") if ruling.unclear else ""
    if ruling.effect is None or ruling.unclear is Unclear.CONFLICTING_GUIDANCE:
        return Said("unclear", HOLD_OFF, note)
    return Said(str(ruling.effect), heading(ruling), note)


def heading(ruling: Ruling) -> str:
    """The few words that head a ruling."""
    if ruling.effect is None or ruling.unclear is Unclear.CONFLICTING_GUIDANCE:
        return HOLD_OFF
    return EFFECTS[str(ruling.effect)]


def devices(names: Sequence[str], vocabulary: Vocabulary) -> str:
    """Devices as a heading: "Work phone and work tablet"; a broader concept where it covers just them."""
    scheme = vocabulary["device"]
    found = cover(scheme, names) if len(names) > 1 else tuple(names)
    labels = [_plural(scheme, name) for name in (found if len(found) < len(names) else names)]
    return capital(listed(labels, most=8))


def _plural(scheme: Scheme, name: str) -> str:
    """A group of devices in the plural, where the vocabulary knows one; a single device as it is."""
    label = scheme.label(name)
    if scheme.is_value(name):
        return label
    return next((other for other in scheme[name].alt_labels if other == f"{label}s"), label)


def apps(ids: Sequence[str], scheme: Scheme, most: int = _MOST_NAMES) -> str:
    """Apps by their names where they are at most `most`, else by groups that hold nothing but them, and a
    large rest by number with examples; groups and numbers begin with a capital, names as they are spelled."""
    names = app_names(ids, scheme, most)
    first = names[0] if names and len(ids) <= most else capital("".join(names[:1]))
    return listed([first, *names[1:]], most=max(most, _MOST_GROUPS + 1))


def app_names(ids: Sequence[str], scheme: Scheme, most: int = _MOST_NAMES) -> tuple[str, ...]:
    """As `apps`, one by one."""
    total = len(scheme.values)
    if len(ids) == total:
        return (f"every app in the catalogue ({total})",)
    if len(ids) <= most:
        return tuple(scheme.label(app) for app in ids)
    if len(ids) > total // 2:
        examples = listed([scheme.label(app) for app in ids[:_EXAMPLES]])
        return (f"most other apps ({len(ids)}), such as {examples}",)
    groups, left = _groups_within(ids, scheme)
    names = [f"{scheme.label(group)} ({count})" for group, count in groups]
    if len(left) <= most - len(names):
        return (*names, *(scheme.label(app) for app in left))
    examples = listed([scheme.label(app) for app in left[:_EXAMPLES]])
    return (*names, f"{len(left)} {'others' if names else 'apps'}, such as {examples}")


def _groups_within(ids: Sequence[str], scheme: Scheme) -> tuple[list[tuple[str, int]], list[str]]:
    """Groups of apps that hold nothing but `ids`, the largest first, and the ids that are in none of them
    (greedy set cover, Chvatal 1979)."""
    left = set(ids)
    fitting = {group: apps for group, apps in _groups(scheme).items() if apps <= left}
    chosen: list[tuple[str, int]] = []
    while fitting and len(chosen) < _MOST_GROUPS:
        best = max(fitting, key=lambda group: len(fitting[group] & left))
        gain = len(fitting[best] & left)
        if gain < _LEAST_IN_GROUP:
            break
        chosen.append((best, len(fitting[best])))
        left -= fitting[best]
    return chosen, [app for app in ids if app in left]


@lru_cache(maxsize=4)
def _groups(scheme: Scheme) -> Mapping[str, frozenset[str]]:
    """The broader concepts of a scheme with their values, those of a handful and more."""
    found = {c.id: scheme.values_under(c.id) for c in scheme if c.id != ROOT and not scheme.is_value(c.id)}
    return {group: values for group, values in found.items() if len(values) >= _LEAST_IN_GROUP}


def when(stop: Stop) -> str:
    """The days of a stop."""
    if stop.arrive and stop.leave:
        if stop.arrive == stop.leave:
            return day(stop.arrive)
        return f"{day(stop.arrive)} to {day(stop.leave)}"
    if stop.arrive:
        return f"from {day(stop.arrive)}" if stop.purpose == "post" else day(stop.arrive)
    return f"until {day(stop.leave)}" if stop.leave else ""


def working_days_before(date: dt.date, days: int) -> dt.date:
    """The day that many working days earlier; Saturdays and Sundays are none, holidays are not known."""
    while days:
        date -= dt.timedelta(days=1)
        days -= date.weekday() < 5
    while date.weekday() >= 5:
        date -= dt.timedelta(days=1)
    return date
