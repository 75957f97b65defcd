"""How a workbook is laid out: its sheets, their columns, and how a value stands in a cell."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from guidelines.vocabulary import DIMENSIONS

ABOUT, MORE = "How to use this", "More"
HOSTS, PRACTICES = "host countries", "practices"
HEADER = (
    ("id", "The short name of the guideline, which never changes."),
    ("title", "Its title, as people know it."),
    ("issuer", "Who issued it."),
    ("owner team", "The team that answers for it. Needed."),
    ("owner contact", "How to reach that team."),
    ("version", "Its version."),
    ("status", "For instance in-force."),
    ("issued", "When it was issued, as exactly as is known."),
    ("review_by", "The day by which it is to be looked at again, as 2027-06-30."),
    ("provenance", "public-record or illustrative."),
    ("notes", "Anything else that the owners should know."),
    ("other", "Further facts, as JSON."),
    ("source", "Where it is written down: title, publisher, address, date. A row for each; one is needed."),
)
SCOPE_COLUMNS = (*DIMENSIONS, *(f"not {dimension}" for dimension in DIMENSIONS))
RULE = (
    ("rule", "The short name of the rule, unlike any other."),
    ("effect", "allowed, conditional, approval-required or prohibited."),
    *((d, f"What it is about: ids of sheet `{d}`, a line for each. Empty means any.") for d in DIMENSIONS),
    *((f"not {d}", "What it is not about, though the column without `not` says so.") for d in DIMENSIONS),
    ("conditions", "What must be done, a line for each. Needed when conditional."),
    ("approver", "Who approves, and how to ask. Needed when approval-required."),
    ("reason", "One plain sentence for staff."),
    ("baseline", "yes: a starting point, which any rule that is none displaces."),
    ("binding", "yes: a narrower rule of another issuer cannot loosen it."),
    ("overrides", "Rules or guidelines that it displaces by name, a line for each."),
    ("valid_from", "The first day on which it holds."),
    ("valid_until", "The last day on which it holds."),
    ("other", "Further facts, as JSON."),
)  # fmt: skip
CONCEPT = (
    ("id", "The short name, which rules use."),
    ("prefLabel", "What it is called."),
    ("altLabels", "What else people call it, a line for each."),
    ("broader", "The wider concepts that it belongs to, a line for each."),
    ("group", "yes: a group, even while nothing is in it."),
    ("attributes", "Further facts, as JSON."),
)
_SOURCE = (
    ("source title", "Where it is written down. Needed."),
    ("source publisher", "Who published that."),
    ("source url", "Its address."),
    ("source date", "Its date, as exactly as is known."),
    ("confidence", "verified, or known: general knowledge."),
)
HOST = (
    ("country id", "The id of the country, as in sheet `country`."),
    ("commonly_needed_apps", "What local life runs on, an app a line, by its name in the catalogue."),
    ("locally_blocked_apps", "What is blocked there, an app a line."),
    (
        "local_law",
        "What the law says of VPNs, messaging and devices, a point a line; the first is summed up.",
    ),
    ("notes", "What else to know."),
    *_SOURCE,
)
PRACTICE = (
    ("id", "The short name, which never changes."),
    ("phase", "before, during or after a journey."),
    ("essential", "yes: stands on the first page of a briefing."),
    ("text", "What to do."),
    ("devices", "For which kinds of device, an id a line."),
    ("risk", "any, or elevated: for places of elevated risk only."),
    *_SOURCE,
)
LISTS = frozenset((
    *SCOPE_COLUMNS, "conditions", "overrides", "altLabels", "broader",
    "commonly_needed_apps", "locally_blocked_apps", "local_law", "devices",
))  # fmt: skip
FLAGS = frozenset(("baseline", "binding", "group", "essential"))
DATES = frozenset(("valid_from", "valid_until", "review_by"))
JSONS = frozenset(("other", "attributes"))


def to_cell(column: str, value: Any) -> str | None:
    """A plain value as the text of a cell; None for an empty cell."""
    if column in LISTS:
        return _lines(value)
    if column in FLAGS:
        return "yes" if value else None
    if column in JSONS:
        return json.dumps(value, ensure_ascii=False) if value else None
    return None if value in (None, "") else str(value)


def _lines(items: list[str] | None) -> str | None:
    if items is None:
        return None
    plain = items and all(item and item == item.strip() and item.splitlines() == [item] for item in items)
    # An empty list admits nothing, which an empty cell does not say.
    return (
        "\n".join(items) if plain and not items[0].startswith("[") else json.dumps(items, ensure_ascii=False)
    )


def from_cell(column: str, value: Any) -> Any:
    """The plain value of a cell.

    Raises:
        ValueError: with what was expected.
    """
    if isinstance(value, dt.datetime):
        value = value.date().isoformat()
    if column in FLAGS:
        return _flag(value)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value)
    if column in LISTS:
        return _items(text)
    if column in JSONS:
        try:
            return json.loads(text)
        except json.JSONDecodeError:
            raise ValueError('JSON such as {"key": "value"}') from None
    if column in DATES:
        try:
            return dt.date.fromisoformat(text.strip()).isoformat()
        except ValueError:
            raise ValueError("a date such as 2027-06-30") from None
    return text


def _items(text: str) -> list[str]:
    if text.startswith("["):
        try:
            return [str(item) for item in json.loads(text)]
        except json.JSONDecodeError:
            raise ValueError("a line for each") from None
    return [line.strip() for line in text.splitlines() if line.strip()]


def _flag(value: Any) -> bool:
    if value is None or isinstance(value, bool):
        return bool(value)
    word = str(value).strip().casefold()
    if word in ("yes", "true", "1", "x"):
        return True
    if word in ("", "no", "false", "0"):
        return False
    raise ValueError("yes or no")
