"""A reply as a card on the page: everything the template shows, taken from the payload and the rule book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guidelines.rulebook import RuleBook
from guidelines.vocabulary import DIMENSIONS
from web.pages import words
from web.prose import is_web_address

ILLUSTRATIVE = "illustrative"
_ANSWERS = ("ruling", "list", "reason", "conditions", "alternatives", "approval", "contact")


@dataclass(frozen=True)
class Source:
    """Where a rule is written down; `address` is empty unless it may stand in a link."""

    title: str
    publisher: str
    date: str
    address: str


@dataclass(frozen=True)
class Entry:
    """One of several rulings: what it is about, and what it says."""

    about: str
    status: str
    heading: str
    unclear: str
    reason: str
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """One reply. `status` is an effect, `unclear`, `error`, or empty for a reply that is no ruling."""

    kind: str
    status: str
    heading: str
    text: str
    unclear: str = ""
    illustrative: bool = False
    sources: tuple[Source, ...] = ()
    entries: tuple[Entry, ...] = ()
    buttons: tuple[Mapping[str, str], ...] = ()
    quick: tuple[tuple[str, str], ...] = ()
    footer: tuple[str, ...] = field(default=())


def card(
    text: str, buttons: Sequence[Mapping[str, str]], payload: Mapping[str, Any], book: RuleBook | None
) -> Card:
    """The card of one reply."""
    kind = str(payload.get("kind"))
    ruling = payload.get("ruling") or {}
    entries = tuple(_entry(entry, book) for entry in payload.get("rulings") or ())
    status, heading = "", words.KINDS.get(kind, "")
    if kind == "ruling":
        status, heading = ruling.get("effect") or "unclear", words.effect_heading(ruling.get("effect"))
    elif kind == "error":
        status = "error"
    return Card(
        kind=kind,
        status=status,
        heading=heading,
        text=text,
        unclear=words.UNCLEAR.get(ruling.get("unclear") or "", "") if kind == "ruling" else "",
        illustrative=_is_illustrative(payload, book),
        sources=_sources(ruling, text) if kind in ("ruling", "list") else (),
        entries=entries,
        buttons=tuple(buttons),
        quick=_quick(kind, ruling, buttons),
        footer=_footer(payload),
    )


def _entry(entry: Mapping[str, Any], book: RuleBook | None) -> Entry:
    ruling = entry.get("ruling") or entry
    return Entry(
        about=about(entry.get("context") or {}, book),
        status=ruling.get("effect") or "unclear",
        heading=words.effect_heading(ruling.get("effect")),
        unclear=words.UNCLEAR.get(ruling.get("unclear") or "", ""),
        reason=str(ruling.get("reason") or ""),
        conditions=tuple(str(condition) for condition in ruling.get("conditions") or ()),
    )


def about(context: Mapping[str, Any], book: RuleBook | None) -> str:
    """What an enquiry is about, app first, as people call things."""
    parts = [_unknown(context, "unknown_app")]
    parts += [words.label(book, dimension, context.get(dimension)) for dimension in reversed(DIMENSIONS)]
    parts.append(_unknown(context, "unknown_place"))
    return " · ".join(part for part in parts if part)


def _unknown(context: Mapping[str, Any], name: str) -> str:
    said = context.get(name)
    listed = [said] if isinstance(said, str) else said or []
    return ", ".join(f"“{one}”" for one in listed)


def _is_illustrative(payload: Mapping[str, Any], book: RuleBook | None) -> bool:
    """Whether a rule that decided comes from a guideline written for show."""
    several = (entry.get("ruling") or entry for entry in payload.get("rulings") or ())
    rulings = [payload.get("ruling") or {}, *several]
    return any(
        _provenance(rule, book) == ILLUSTRATIVE for ruling in rulings for rule in ruling.get("rules") or ()
    )


def _provenance(rule: str, book: RuleBook | None) -> str:
    try:
        return book.find(rule)[0].provenance if book else ""
    except KeyError:
        return ""


def _sources(ruling: Mapping[str, Any], text: str) -> tuple[Source, ...]:
    """The sources, less those that the text itself links to."""
    found = []
    for source in ruling.get("sources") or ():
        address = source.get("url")
        if address and str(address) in text:
            continue
        found.append(
            Source(
                title=str(source.get("title") or address or ""),
                publisher=str(source.get("publisher") or ""),
                date=str(source.get("date") or ""),
                address=str(address) if is_web_address(address) else "",
            )
        )
    return tuple(dict.fromkeys(found))


def _quick(
    kind: str, ruling: Mapping[str, Any], buttons: Sequence[Mapping[str, str]]
) -> tuple[tuple[str, str], ...]:
    if kind not in _ANSWERS:
        return ()
    offered = {button["value"] for button in buttons}
    needless = {"/why"} if kind == "reason" else set()
    if kind == "alternatives" or ruling.get("effect") == "allowed":
        needless.add("/alternatives")
    return tuple((value, title) for value, title in words.QUICK if value not in offered | needless)


def _footer(payload: Mapping[str, Any]) -> tuple[str, ...]:
    parts = []
    if payload.get("kind") in _ANSWERS and payload.get("edition") is not None:
        parts.append(f"Edition {payload['edition']}")
    if payload.get("receipt"):
        parts.append(f"Receipt {payload['receipt']}")
    if payload.get("case"):
        parts.append(f"Case {payload['case']}")
    return tuple(parts)
