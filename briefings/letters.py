"""The first letter of a text: large at a start, small within a sentence."""

from __future__ import annotations


def capital(text: str) -> str:
    """The text with its first letter as a capital."""
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    """The text with its first letter small, as within a sentence."""
    return text[:1].lower() + text[1:]
