"""The facts that an answer rests on, as chips that can be changed and taken away."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guidelines.rulebook import RuleBook
from guidelines.vocabulary import DIMENSIONS
from web.pages import words

_UNKNOWN = {"app": "unknown_app", "country": "unknown_place"}


@dataclass(frozen=True)
class Chip:
    """One detail: what it is called, what is held (empty for nothing), and what takes it away."""

    dimension: str
    name: str
    value: str
    known: bool
    concept: str
    removal: str


def chips(context: Mapping[str, Any] | None, book: RuleBook | None) -> list[Chip]:
    """A chip for each dimension, held or not."""
    held = context or {}
    return [_chip(dimension, held, book) for dimension in DIMENSIONS]


def _chip(dimension: str, held: Mapping[str, Any], book: RuleBook | None) -> Chip:
    named = held.get(dimension)
    value, known = words.label(book, dimension, named), True
    stranger = held.get(_UNKNOWN.get(dimension, ""))
    if stranger:
        listed = [stranger] if isinstance(stranger, str) else stranger
        value = ", ".join([*([value] if value else []), *(f"“{one}”" for one in listed)])
        known = False
    return Chip(
        dimension=dimension,
        name=words.DIMENSION_NAMES[dimension],
        value=value,
        known=known,
        concept=named if isinstance(named, str) else "",
        removal=_without(dimension, held),
    )


def _without(dimension: str, held: Mapping[str, Any]) -> str:
    """What a button sends that takes one detail away: a new start with all the others."""
    return words.start_over_with(
        {other: held[other] for other in DIMENSIONS if other != dimension and held.get(other)}
    )
