"""The forms of a host country and of a travel practice: values to show, and a fact from what was typed."""

from __future__ import annotations

import re

from guidelines.hosting import PHASES, RISKS, HostCountry, Practice
from guidelines.rules import Source
from guidelines.vocabulary import Vocabulary
from web.console.ruleform import Errors, named, sources_text
from web.forms import Form
from web.prose import is_web_address

CONFIDENCES = {"verified": "the source bears it out", "known": "general knowledge, no page to point to"}
_ID = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,79}")
COUNTRY_FIELDS = ("country", "needed", "blocked", "law", "notes", "source", "confidence")
PRACTICE_FIELDS = ("id", "phase", "text", "essential", "devices", "risk", "source", "confidence")


def country_values(host: HostCountry | None, vocabulary: Vocabulary) -> dict[str, str]:
    """The fields of a host country, as text."""
    if host is None:
        return dict.fromkeys(COUNTRY_FIELDS, "") | {"confidence": "verified"}
    scheme = vocabulary["country"]
    return {
        "country": scheme.label(host.country) if host.country in scheme else host.country,
        "needed": "\n".join(host.needed),
        "blocked": "\n".join(host.blocked),
        "law": "\n".join(host.law),
        "notes": host.notes,
        "source": sources_text([host.source]) if host.source.title or host.source.url else "",
        "confidence": host.confidence,
    }


def country_from(
    form: Form, before: HostCountry | None, vocabulary: Vocabulary
) -> tuple[HostCountry, Errors]:
    """What was typed of a country, and what is wrong with it, each with the field to go to."""
    errors: Errors = []
    scheme = vocabulary["country"]
    code = before.country if before else named(scheme, form.get("country"))
    if code is None or (before is None and not scheme.is_value(code)):
        errors.append({"text": "Name one country of the vocabulary, not a group", "href": "#country"})
    known = HostCountry(
        code or "",
        tuple(form.lines("needed")),
        tuple(form.lines("blocked")),
        tuple(form.lines("law")),
        " ".join(form.get("notes").split()),
        _source(form, errors),
        _confidence(form, errors),
    )
    if not (known.needed or known.blocked or known.law or known.notes):
        errors.append({"text": "Write down at least one thing that is known", "href": "#notes"})
    return known, errors


def practice_values(practice: Practice | None) -> dict[str, str]:
    """The fields of a practice, as text; a box that is ticked as `yes`."""
    if practice is None:
        return dict.fromkeys(PRACTICE_FIELDS, "") | {
            "risk": "any",
            "phase": "before",
            "confidence": "verified",
        }
    return {
        "id": practice.id,
        "phase": practice.phase,
        "text": practice.text,
        "essential": "yes" if practice.essential else "",
        "devices": "\n".join(practice.devices),
        "risk": practice.risk,
        "source": sources_text([practice.source]) if practice.source.title or practice.source.url else "",
        "confidence": practice.confidence,
    }


def practice_from(form: Form, before: Practice | None, vocabulary: Vocabulary) -> tuple[Practice, Errors]:
    """The practice that was typed, and what is wrong with it."""
    errors: Errors = []
    name = before.id if before else form.get("id")
    if not _ID.fullmatch(name):
        errors.append({"text": "Give it an id of small letters, digits and hyphens", "href": "#id"})
    text = " ".join(form.get("text").split())
    if not text:
        errors.append({"text": "Say what to do", "href": "#text"})
    phase, risk = form.get("phase"), form.get("risk")
    if phase not in PHASES:
        errors.append({"text": "Choose when it is done", "href": "#phase"})
    if risk not in RISKS:
        errors.append({"text": "Choose for which trips it is", "href": "#risk"})
    return Practice(
        name,
        phase,
        text,
        _devices(form, before, vocabulary, errors),
        risk,
        _source(form, errors),
        _confidence(form, errors),
        form.ticked("essential"),
    ), errors


def _devices(form: Form, before: Practice | None, vocabulary: Vocabulary, errors: Errors) -> tuple[str, ...]:
    """The kinds of device, by their ids; words that the practice held before stay, whatever they mean."""
    found = []
    for words in form.lines("devices"):
        meant = words if before and words in before.devices else named(vocabulary["device"], words)
        if meant is None:
            errors.append({"text": f"No kind of device is called “{words[:60]}”", "href": "#devices"})
        else:
            found.append(meant)
    return tuple(dict.fromkeys(found))


def _source(form: Form, errors: Errors) -> Source:
    parts = [part.strip() for part in form.get("source").split("|")]
    if not parts[0] or len(parts) > 4:
        errors.append({"text": "Name one source: title | publisher | address | date", "href": "#source"})
    elif len(parts) > 2 and parts[2] and not is_web_address(parts[2]):
        errors.append({"text": "The address of a source begins with https://", "href": "#source"})
    return Source(*(parts + [""] * 4)[:4])


def _confidence(form: Form, errors: Errors) -> str:
    given = form.get("confidence")
    if given not in CONFIDENCES:
        errors.append({"text": "Say how sure it is", "href": "#confidence"})
    return given
