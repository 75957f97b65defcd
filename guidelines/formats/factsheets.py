"""Host countries and travel practices as rows of a workbook, and back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from guidelines.formats.sheets import HOST, HOSTS, PRACTICE, PRACTICES

# By part of an edition: the sheet, and its columns with what they mean.
SHEETS = {"host_countries": (HOSTS, HOST), "practices": (PRACTICES, PRACTICE)}
# `country` by itself is a column of rules, which holds several ids.
_COUNTRY = "country id"
_SOURCE = ("title", "publisher", "url", "date")


def row_of(part: str, fact: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a fact by column."""
    flat = {**fact, **(fact.get("applies_to") or {}), _COUNTRY: fact.get("country")}
    flat |= {f"source {key}": (fact.get("source") or {}).get(key) for key in _SOURCE}
    return {name: flat.get(name) for name, _ in SHEETS[part][1]}


def fact_of(part: str, row: Mapping[str, Any]) -> dict[str, Any]:
    """A fact in its plain form, from the values of its row."""
    source = {key: str(row.get(f"source {key}") or "") for key in _SOURCE}
    plain = {
        key: value
        for key, value in row.items()
        if not key.startswith("source ") and value not in (None, False)
    }
    if _COUNTRY in plain:
        plain["country"] = plain.pop(_COUNTRY)
    if part == "practices":
        plain["applies_to"] = {key: plain.pop(key) for key in ("devices", "risk") if key in plain}
    return {**plain, "source": {key: text for key, text in source.items() if text}}
