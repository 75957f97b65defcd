"""A field for each dimension: it takes ids and names, and answers a slip with what was near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from answers.nearest import UnknownDetail, concept
from guidelines.rulebook import RuleBook
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme
from web.pages import words


@dataclass(frozen=True)
class Field:
    """One field: what was typed, the concept it names (or none), what is wrong, and what to choose from."""

    dimension: str
    name: str
    value: str
    concept: str
    error: str
    names: tuple[str, ...]


def empty_fields(book: RuleBook, values: Mapping[str, str] | None = None) -> list[Field]:
    """The fields before anything was sent, with values to begin with."""
    return [_field(book, dimension, (values or {}).get(dimension, "")) for dimension in DIMENSIONS]


def read_fields(book: RuleBook, given: Mapping[str, str]) -> list[Field]:
    """The fields as they were sent. One that names nothing known says so in `error`."""
    return [_read(book, dimension, given.get(dimension, "").strip()[:200]) for dimension in DIMENSIONS]


def _read(book: RuleBook, dimension: str, value: str) -> Field:
    if not value:
        return _field(book, dimension, "")
    scheme = book.vocabulary[dimension]
    try:
        found = concept(scheme, value)
    except UnknownDetail as error:
        return _field(book, dimension, value, error=_unknown(scheme, value, error.nearest))
    return _field(
        book, dimension, "" if found == ROOT else scheme.label(found), "" if found == ROOT else found
    )


def _field(book: RuleBook, dimension: str, value: str, concept: str = "", error: str = "") -> Field:
    names = tuple(c.pref_label for c in book.vocabulary[dimension] if c.id != ROOT)
    return Field(dimension, words.DIMENSION_NAMES[dimension], value, concept, error, names)


def _unknown(scheme: Scheme, value: str, nearest: Sequence[str]) -> str:
    near = " or ".join(f"“{scheme.label(found)}”" for found in nearest)
    hint = f"Did you mean {near}?" if near else "Choose one from the list, or leave it empty."
    return f"No {scheme.name} is called “{value}”. {hint}"
