"""Host countries and travel practices as plain dictionaries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guidelines.formats.reader import Reader, read_source, source_to_dict
from guidelines.hosting import PHASES, RISKS, HostCountry, Practice

_COUNTRY_KEYS = (
    "country", "commonly_needed_apps", "locally_blocked_apps", "local_law", "notes", "source", "confidence",
)  # fmt: skip
_PRACTICE_KEYS = ("id", "phase", "essential", "text", "applies_to", "source", "confidence")
_APPLIES_KEYS = ("devices", "risk")


def host_country_from_dict(given: Any, place: str, problems: list[str]) -> HostCountry:
    """A host country from its plain form; what is wrong is added to `problems`."""
    read = Reader(given, place, _COUNTRY_KEYS, problems)
    return HostCountry(
        read.required("country"),
        read.texts("commonly_needed_apps"),
        read.texts("locally_blocked_apps"),
        tuple(" ".join(text.split()) for text in read.texts("local_law")),
        read.text("notes").strip(),
        read_source(read.given.get("source") or {}, f"{place}, source", problems),
        read.text("confidence"),
    )


def host_country_to_dict(host: HostCountry) -> dict[str, Any]:
    """The plain form of a host country; its law only where something is known of it, as in older editions."""
    return {
        "country": host.country,
        "commonly_needed_apps": list(host.needed),
        "locally_blocked_apps": list(host.blocked),
        **({"local_law": list(host.law)} if host.law else {}),
        "notes": host.notes,
        "source": source_to_dict(host.source),
        "confidence": host.confidence,
    }


def practice_from_dict(given: Any, place: str, problems: list[str]) -> Practice:
    """A travel practice from its plain form; what is wrong is added to `problems`."""
    read = Reader(given, place, _PRACTICE_KEYS, problems)
    applies_to = read.given.get("applies_to") or {}
    applies = Reader(applies_to, f"{place}, applies_to", _APPLIES_KEYS, problems)
    phase, risk = read.required("phase"), applies.text("risk") or "any"
    if phase and phase not in PHASES:
        read.wrong("phase", f"one of {', '.join(PHASES)}")
    if risk not in RISKS:
        applies.wrong("risk", f"one of {', '.join(RISKS)}")
    return Practice(
        read.required("id"),
        phase,
        " ".join(read.required("text").split()),
        applies.texts("devices"),
        risk,
        read_source(read.given.get("source") or {}, f"{place}, source", problems),
        read.text("confidence"),
        read.flag("essential"),
    )


def practice_to_dict(practice: Practice) -> dict[str, Any]:
    """The plain form of a travel practice; whether it is essential only where it is, as in older editions."""
    return {
        "id": practice.id,
        "phase": practice.phase,
        **({"essential": True} if practice.essential else {}),
        "text": practice.text,
        "applies_to": {"devices": list(practice.devices), "risk": practice.risk},
        "source": source_to_dict(practice.source),
        "confidence": practice.confidence,
    }


def hosting_to_dict(hosts: tuple[HostCountry, ...], practices: tuple[Practice, ...]) -> Mapping[str, Any]:
    """Both as keys of an edition; a key only where there is something to say."""
    plain: dict[str, Any] = {}
    if hosts:
        plain["host_countries"] = [host_country_to_dict(host) for host in hosts]
    if practices:
        plain["practices"] = [practice_to_dict(practice) for practice in practices]
    return plain
