"""What local life runs on, what is stopped there, and what that means under the guidelines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import yaml

from answers.wording import listed
from briefings import wording
from briefings.boards import Desk
from briefings.letters import lower
from briefings.model import Caught, Local, OnDevice, Risk, Said, Topic
from briefings.verdicts import Sheet, of_app
from guidelines.hosting import HostCountry, concepts_named
from guidelines.rules import Effect
from guidelines.vocabulary import Scheme

_TOPICS = Path(__file__).with_name("topics.yml")
_MOST_INSTEAD = 3


@cache
def _topics() -> tuple[tuple[str, str], ...]:
    data = yaml.safe_load(_TOPICS.read_text(encoding="utf-8"))
    return tuple((topic["app"], topic["title"]) for topic in data["topics"])


def host_of(hosts: Sequence[HostCountry], country: str) -> HostCountry | None:
    """What is known of a country, or None."""
    return next((host for host in hosts if host.country == country), None)


def meant(scheme: Scheme, words: str) -> str | None:
    """The one app that words of a host country begin with: "WhatsApp (text only)" means WhatsApp."""
    parts = words.split()
    for count in range(len(parts), 0, -1):
        found = concepts_named(scheme, " ".join(parts[:count]))
        if len(found) == 1 and scheme.is_value(found[0]):
            return found[0]
    return None


def risk(scheme: Scheme, country: str, kind: str) -> Risk | None:
    """Why a country counts as being of some risk, by the groups that the vocabulary marks so; None when it
    does not."""
    for concept in scheme:
        if concept.attributes.get("risk") == kind and scheme.covers(concept.id, country):
            reasons = concept.attributes.get("reasons")
            why = str(reasons.get(country, "")) if isinstance(reasons, Mapping) else ""
            text = why or str(concept.attributes.get("definition", "")) or concept.pref_label
            return Risk(text, concept.attributes.get("provenance") == "illustrative")
    return None


def locals_of(desk: Desk, host: HostCountry, sheets: Mapping[str, Sheet]) -> tuple[Local, ...]:
    """Each app that local life runs on with its rulings, and what to make of them."""
    scheme = desk.book.vocabulary["app"]
    blocked = {app for words in host.blocked if (app := exactly(scheme, words))}
    found = []
    for words in host.needed:
        app = meant(scheme, words)
        if app is None:
            meaning = "It is not in the catalogue, so nothing rules on it: ask before you use it."
            found.append(Local(words, None, (), meaning))
            continue
        on = _on_devices(desk, app, sheets)
        found.append(Local(words, app, on, _meaning(desk, app, sheets, app in blocked)))
    return tuple(found)


def exactly(scheme: Scheme, words: str) -> str | None:
    """The one app that bears just that name."""
    found = concepts_named(scheme, words)
    return found[0] if len(found) == 1 and scheme.is_value(found[0]) else None


def _on_devices(desk: Desk, app: str, sheets: Mapping[str, Sheet]) -> tuple[OnDevice, ...]:
    joined: dict[tuple[Said, Said | None], list[str]] = {}
    for device, sheet in sheets.items():
        held = of_app(sheet, app)
        home = desk.said(held.home) if held.home else None
        there = desk.said(held.there)
        joined.setdefault((there, home if home != there else None), []).append(device)
    return tuple(
        OnDevice(wording.devices(devices, desk.book.vocabulary), there, home, len(devices) == len(sheets))
        for (there, home), devices in joined.items()
    )


def _meaning(desk: Desk, app: str, sheets: Mapping[str, Sheet], blocked: bool) -> str:
    verdicts = {device: of_app(sheet, app).there for device, sheet in sheets.items()}
    vocabulary = desk.book.vocabulary
    parts = []
    if blocked:
        parts.append("It is used there although it is also reported as blocked, so do not count on it.")
    free = [device for device, verdict in verdicts.items() if verdict.permits]
    asking = [
        d for d, v in verdicts.items() if v.ruling is not None and v.ruling.effect is Effect.APPROVAL_REQUIRED
    ]
    if len(free) == len(verdicts):
        parts.append("You can reach people the way they expect; keep to the conditions, if there are any.")
    elif free:
        others = [d for d in verdicts if d not in free]
        parts.append(
            f"You can use it on your {lower(wording.devices(free, vocabulary))}; keep it off your "
            f"{lower(wording.devices(others, vocabulary))}"
            f"{' until it is approved' if asking else ''}."
        )
    elif asking:
        parts.append("Ask for approval before you leave: until then, people there cannot reach you that way.")
    elif any(v.ruling is None for v in verdicts.values()):
        parts.append("What you may do depends on your role: ask again with it.")
    else:
        parts.append(
            "People there expect it and you cannot use it: agree another way to be reached before you arrive."
        )
    if not free and (instead := _instead(desk, app, sheets)):
        parts.append(f"Of the same kind you may use {instead}.")
    return " ".join(parts)


def _instead(desk: Desk, app: str, sheets: Mapping[str, Sheet]) -> str:
    """Apps of the same kind that are allowed on one of the devices, the first of the vocabulary."""
    scheme = desk.book.vocabulary["app"]
    kinds = [topic for topic, _ in _topics() if topic in scheme and scheme.covers(topic, app)]
    if not kinds:
        return ""
    alike = scheme.values_under(kinds[0]) - {app}
    for device, sheet in sheets.items():
        free = [a for held in sheet if held.there.permits for a in held.apps if a in alike]
        free = [a for a in scheme.values if a in set(free)][:_MOST_INSTEAD]
        if free:
            on = lower(wording.devices([device], desk.book.vocabulary))
            return f"{listed([scheme.label(a) for a in free], 'or')} on your {on}"
    return ""


def caught(desk: Desk, host: HostCountry, sheets: Mapping[str, Sheet]) -> tuple[Caught, ...]:
    """Apps that the reader may use by the guidelines and that the networks there stop all the same."""
    scheme = desk.book.vocabulary["app"]
    stopped = [app for words in host.blocked if (app := exactly(scheme, words))]
    hit: dict[tuple[str, ...], list[str]] = {}
    for device, sheet in sheets.items():
        free = {app for held in sheet if held.there.permits for app in held.apps}
        hit.setdefault(tuple(app for app in stopped if app in free), []).append(device)
    found = []
    for apps, devices in hit.items():
        if apps:
            names = listed([scheme.label(app) for app in apps], most=12)
            on = lower(wording.devices(devices, desk.book.vocabulary))
            found.append(Caught(names, on, len(devices) == len(sheets)))
    return tuple(found)


def topics(desk: Desk, sheets: Mapping[str, Sheet]) -> tuple[Topic, ...]:
    """For each kind of app that briefings speak of: what may be used, device by device."""
    scheme = desk.book.vocabulary["app"]
    found = []
    for concept, title in _topics():
        if concept not in scheme:
            continue
        apps = scheme.values_under(concept)
        lines = []
        for devices, parts in _alike(desk, sheets, apps):
            lines.append(f"{wording.devices(devices, desk.book.vocabulary)}: {parts}")
        found.append(Topic(title, tuple(lines)))
    return tuple(found)


def _alike(
    desk: Desk, sheets: Mapping[str, Sheet], apps: frozenset[str]
) -> list[tuple[tuple[str, ...], str]]:
    joined: dict[str, list[str]] = {}
    for device, sheet in sheets.items():
        joined.setdefault(_by_ruling(desk, sheet, apps), []).append(device)
    return [(tuple(devices), text) for text, devices in joined.items()]


def _by_ruling(desk: Desk, sheet: Sheet, apps: frozenset[str]) -> str:
    scheme = desk.book.vocabulary["app"]
    kinds: dict[str, list[str]] = {}
    for held in sheet:
        inside = [app for app in held.apps if app in apps]
        if inside:
            kinds.setdefault(desk.said(held.there).heading, []).extend(inside)
    if len(kinds) == 1:
        return f"{next(iter(kinds)).lower()}, all of them."
    largest = max(kinds, key=lambda kind: len(kinds[kind]))
    order = {app: i for i, app in enumerate(scheme.values)}
    parts = [
        f"{kind.lower()}: "
        + listed([scheme.label(a) for a in sorted(kinds[kind], key=order.__getitem__)], most=6)
        for kind in sorted(kinds, key=lambda kind: kind == largest)
        if kind != largest
    ]
    return "; ".join([*parts, f"all others: {largest.lower()}"]) + "."
