"""Enquiries, outcomes and combinations in words, for what the commands print."""

from collections.abc import Mapping
from typing import Any

from guidelines.replay import Outcome
from guidelines.ruling import Ruling
from guidelines.vocabulary import DIMENSIONS, Vocabulary


def enquiry_in_words(vocabulary: Vocabulary, enquiry: Mapping[str, Any]) -> str:
    """The details of an enquiry by their names, those left open left out."""
    said = []
    for dimension in DIMENSIONS:
        given = enquiry.get(dimension)
        names = [given] if isinstance(given, str) else list(given or ())
        if names:
            said.append(" or ".join(vocabulary[dimension].label(name) for name in names))
    said += [f"unknown {key.removeprefix('unknown_')}" for key in enquiry if key.startswith("unknown_")]
    return ", ".join(said) or "anything"


def outcome_in_words(outcome: Outcome | None) -> str:
    """An outcome with the rules that decided."""
    if outcome is None:
        return "no single answer: it depends on more than was said, or on words that are known otherwise now"
    return said(outcome.effect, outcome.unclear, sorted(outcome.rules))


def ruling_in_words(ruling: Ruling) -> str:
    """A ruling with the rules that decided."""
    return said(ruling.effect, ruling.unclear, list(ruling.rules))


def said(effect: str | None, unclear: str | None, rules: list[str], most: int = 4) -> str:
    """An effect, why it is unclear, and a few of the rules."""
    mark = f", {unclear}" if unclear and effect is not None else ""
    named = ", ".join(rules[:most]) + (f" and {len(rules) - most} more" if len(rules) > most else "")
    return (effect or unclear or "no-guidance") + mark + (f" ({named})" if rules else "")
