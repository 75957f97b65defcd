"""A reply as a card on the page: everything the template shows, taken from the payload and the rule book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from answers.wording import day
from guidelines.rulebook import RuleBook
from web.pages import words
from web.prose import Block, blocks, is_web_address

ILLUSTRATIVE = "illustrative"
ORDER = ("app", "device", "country", "role")
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


@dataclass(frozen=True)
class Card:
    """One reply. `status` is an effect, `unclear`, `error`, or empty for a reply that is no ruling.

    The entries stand between `body` and `rest`.
    """

    kind: str
    status: str
    heading: str
    body: tuple[Block, ...]
    rest: tuple[Block, ...] = ()
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
    text, footer = _apart(text, payload)
    sources = _sources(payload)
    body = blocks(text, {source.title: source.address for source in sources if source.address})
    entries = tuple(_entry(entry, book) for entry in payload.get("rulings") or ())
    at = _same_list(body, entries)
    rest = body[at + 1 :] if at is not None else []
    body, entries = (body[:at], entries) if at is not None else (body, ())
    status, heading = "", words.KINDS.get(kind, "")
    if kind == "ruling":
        effect, unclear = ruling.get("effect"), ruling.get("unclear")
        status, heading = words.status(effect, unclear), words.heading(effect, unclear)
    elif kind == "error":
        status = "error"
    elif kind == "list" and not entries:
        heading = ""
    return Card(
        kind=kind,
        status=status,
        heading=heading,
        body=tuple(body),
        rest=tuple(rest),
        unclear=words.UNCLEAR.get(ruling.get("unclear") or "", "") if kind == "ruling" else "",
        illustrative=_is_illustrative(payload),
        sources=tuple(source for source in sources if source.title not in text),
        entries=entries,
        buttons=tuple(buttons),
        quick=_quick(kind, ruling, buttons),
        footer=footer,
    )


def _apart(text: str, payload: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The text, and its last line by itself when it names the edition; else a last line from the payload."""
    body, _, last = text.strip().rpartition("\n")
    if last.startswith("Edition "):
        return body, (last,)
    return text, _footer(payload)


def _same_list(body: list[Block], entries: tuple[Entry, ...]) -> int | None:
    """Where several rulings stand in the text as a list, an item for each; None when they do not."""
    places = (
        at for at, block in enumerate(body) if block.kind == "list" and len(block.lines) == len(entries)
    )
    return next(places, None) if entries else None


def _entry(entry: Mapping[str, Any], book: RuleBook | None) -> Entry:
    ruling = entry.get("ruling") or {}
    effect, unclear = ruling.get("effect"), ruling.get("unclear")
    return Entry(
        about=about(entry.get("context") or {}, book),
        status=words.status(effect, unclear),
        heading=words.heading(effect, unclear),
        unclear=words.UNCLEAR.get(unclear or "", ""),
    )


def about(context: Mapping[str, Any], book: RuleBook | None) -> str:
    """What an enquiry is about, app first, as people call things."""
    parts = [_unknown(context, "unknown_app")]
    parts += [words.label(book, dimension, context.get(dimension)) for dimension in ORDER]
    parts.append(_unknown(context, "unknown_place"))
    return " · ".join(part for part in parts if part)


def _unknown(context: Mapping[str, Any], name: str) -> str:
    said = context.get(name)
    listed = [said] if isinstance(said, str) else said or []
    return ", ".join(f"“{one}”" for one in listed)


def _rulings(payload: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    several = (entry.get("ruling") for entry in payload.get("rulings") or ())
    return [ruling for ruling in (payload.get("ruling"), *several) if ruling]


def _is_illustrative(payload: Mapping[str, Any]) -> bool:
    """Whether a rule that decided comes from a guideline written for show."""
    return any(ruling.get("provenance") == ILLUSTRATIVE for ruling in _rulings(payload))


def _sources(payload: Mapping[str, Any]) -> list[Source]:
    found = []
    for source in (source for ruling in _rulings(payload) for source in ruling.get("sources") or ()):
        address = source.get("url")
        found.append(
            Source(
                title=str(source.get("title") or address or ""),
                publisher=str(source.get("publisher") or ""),
                date=day(str(source.get("date") or "")),
                address=str(address) if is_web_address(address) else "",
            )
        )
    return list(dict.fromkeys(found))


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
