"""What changed for a posting between two editions: rulings, what is known of the place, and practices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from answers.wording import listed
from briefings import local, wording
from briefings.assembly import home_of, sheets_of, taken
from briefings.boards import Desk
from briefings.citing import Sources
from briefings.itinerary import Posting, Stop
from briefings.letters import lower
from briefings.tasks import tasks
from briefings.verdicts import Sheet, Verdict
from guidelines.hosting import PHASES, RISKS, HostCountry
from guidelines.rulebook import RuleBook

_ORDER = {"ruling": 0, "place": 1, "practice": 2}


@dataclass(frozen=True, slots=True)
class Changed:
    """One change that matters to a reader. `kind` is ruling, place or practice."""

    kind: str
    text: str


def since(then: RuleBook, now: RuleBook, posting: Posting, today: dt.date) -> tuple[Changed, ...]:
    """What is different for a posting under the edition `now` from what it was under `then`."""
    gone = _gone(now, posting)
    if gone:
        return (Changed("ruling", gone),)
    found: list[Changed] = []
    for stop in posting.stops:
        found += _rulings(then, now, posting, stop, today)
        found += _place(then, now, stop)
    found += _practices(then, now, posting)
    return tuple(sorted(found, key=lambda change: _ORDER[change.kind]))


def _gone(now: RuleBook, posting: Posting) -> str:
    """What the reader was briefed on and the vocabulary no longer holds."""
    named = [("role", posting.role), *(("device", device) for device in posting.devices)]
    named += [("country", stop.country) for stop in posting.stops]
    missing = [f"`{name}`" for dimension, name in named if name and name not in now.vocabulary[dimension]]
    return f"{listed(missing)} is no longer known: ask for a new briefing." if missing else ""


def _rulings(
    then: RuleBook, now: RuleBook, posting: Posting, stop: Stop, today: dt.date
) -> Iterable[Changed]:
    before = _by_app(sheets_of(then, posting, stop, home_of(then.vocabulary["country"]), today))
    after = _by_app(sheets_of(now, posting, stop, home_of(now.vocabulary["country"]), today))
    country = now.vocabulary["country"].label(stop.country)
    joined: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for device, verdicts in after.items():
        earlier = before.get(device, {})
        moved: dict[str, list[str]] = {}
        for app, verdict in verdicts.items():
            if app not in earlier:
                moved.setdefault(f"new in the catalogue: {_heading(now, verdict)}", []).append(app)
            elif earlier[app].said() != verdict.said():
                moved.setdefault(_moved(then, now, earlier[app], verdict), []).append(app)
        for what, apps in moved.items():
            joined.setdefault((what, tuple(apps)), []).append(device)
    scheme = now.vocabulary["app"]
    for (what, named), devices in joined.items():
        on = wording.devices(devices, now.vocabulary)
        yield Changed("ruling", f"{country}, {lower(on)}: {wording.apps(named, scheme)}: {what}.")


def _by_app(sheets: Mapping[str, Sheet]) -> dict[str, dict[str, Verdict]]:
    return {
        device: {app: held.there for held in sheet for app in held.apps} for device, sheet in sheets.items()
    }


def _moved(then: RuleBook, now: RuleBook, before: Verdict, after: Verdict) -> str:
    was, is_now = _heading(then, before), _heading(now, after)
    return f"was {was}, is now {is_now}" if was != is_now else f"still {is_now}, on other terms"


def _heading(book: RuleBook, verdict: Verdict) -> str:
    said = wording.said(verdict)
    note = said.note or " ".join(wording.by_role(verdict, book.vocabulary)).rstrip(".")
    return lower(said.heading) + (f" ({note})" if note else "")


def _place(then: RuleBook, now: RuleBook, stop: Stop) -> Iterable[Changed]:
    country = now.vocabulary["country"].label(stop.country)
    before = local.host_of(then.corpus.host_countries, stop.country)
    after = local.host_of(now.corpus.host_countries, stop.country)
    for text in _facts(before or HostCountry(stop.country), after or HostCountry(stop.country)):
        yield Changed("place", f"{country}: {text}")
    risks = [kind for kind in RISKS if _risky(then, stop, kind) != _risky(now, stop, kind)]
    if risks:
        now_is = any(_risky(now, stop, kind) for kind in risks)
        is_now = "now treated" if now_is else "no longer treated"
        yield Changed("place", f"{country} is {is_now} as a place of elevated risk.")


def _facts(before: HostCountry, after: HostCountry) -> Iterable[str]:
    """What is recorded otherwise of a place, in words; another source for the same thing is no news."""
    for then, now, came, went in (
        (
            before.needed,
            after.needed,
            "local life now runs on {} too.",
            "local life is not said to run on {} now.",
        ),
        (
            before.blocked,
            after.blocked,
            "now reported as blocked there: {}.",
            "not reported as blocked now: {}.",
        ),
    ):
        for names, said in (
            ([word for word in now if word not in then], came),
            ([word for word in then if word not in now], went),
        ):
            if names:
                yield said.format(listed(names, most=12))
    for law in after.law:
        if law not in before.law:
            yield f"local law, new or reworded: {law}"
    gone = [law for law in before.law if law not in after.law]
    if gone and not after.law:
        yield "what was recorded about local law no longer stands."
    if before.notes != after.notes:
        yield f"also on record now: {after.notes}" if after.notes else "what else was on record is gone."


def _risky(book: RuleBook, stop: Stop, kind: str) -> bool:
    scheme = book.vocabulary["country"]
    return stop.country in scheme and local.risk(scheme, stop.country, kind) is not None


def _practices(then: RuleBook, now: RuleBook, posting: Posting) -> Iterable[Changed]:
    before, after = _texts(then, posting), _texts(now, posting)
    for text in after:
        if text not in before:
            yield Changed("practice", f"To do, new or reworded: {text}")
    gone = len([text for text in before if text not in after])
    if gone:
        yield Changed(
            "practice",
            f"{gone} thing{'s' if gone > 1 else ''} to do no longer stand{'s' * (gone == 1)} as it was.",
        )


def _texts(book: RuleBook, posting: Posting) -> list[str]:
    desk = Desk(book, Sources())
    scheme = book.vocabulary["device"]
    devices = taken(posting, book.vocabulary) if all(d in scheme for d in posting.devices) else scheme.values
    risks = frozenset(kind for kind in RISKS for stop in posting.stops if _risky(book, stop, kind))
    return [task.text for phase in PHASES for task in tasks(desk, phase, devices, risks)]
