"""What the console calls things: days, moments, states, steps of a history."""

from __future__ import annotations

import datetime as dt
import json
import re
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from guidelines.enquiry import Enquiry
from guidelines.vocabulary import DIMENSIONS, ROOT, Vocabulary

STATUSES = {
    "new": "New",
    "in-review": "In review",
    "decided": "Decided",
    "published": "Published",
    "declined": "Declined",
}
EFFECTS = {
    "prohibited": "Prohibited",
    "approval-required": "Approval required",
    "conditional": "Allowed with conditions",
    "allowed": "Allowed",
}
WHY_DISPLACED = {
    "override": "which overrides it by name",
    "baseline": "since it is only a default (a baseline rule)",
    "narrower": "which is narrower",
    "stricter": "which is narrower and stricter than this binding rule",
}
_AROUND = 6
_HASH = re.compile("[0-9a-f]{64}")
_FIELDS = {
    "status": "state",
    "assignee": "assigned to",
    "due_at": "due",
    "closed_at": "closed",
    "reason": "reason",
    "rule": "rule",
    "edition": "edition",
}


def day(value: dt.date | dt.datetime | None) -> str:
    """A day as people write it: 5 Mar 2026."""
    return f"{value.day} {value:%b %Y}" if value else ""


def moment(value: dt.datetime | None) -> str:
    """A moment in UTC: 5 March 2026, 09:30."""
    return f"{value.day} {value:%b %Y, %H:%M}" if value else ""


def number(value: float) -> str:
    """A number as people read it: 12,345 or 3.4."""
    if isinstance(value, int) or value >= 10:
        return f"{round(value):,}"
    return f"{value:.1f}".removesuffix(".0")


def status_words(status: str) -> str:
    """The name of a state."""
    return STATUSES.get(status, status)


def step_words(text: str | None) -> str:
    """What was before or after a step, from the audit log's JSON, as words; other text stays as it is."""
    if text and _HASH.fullmatch(text):
        return f"content {text[:12]}"
    if not text or not text.startswith("{"):
        return text or ""
    try:
        values = json.loads(text)
    except ValueError:
        return text
    said = []
    for key, value in values.items():
        if key in ("due_at", "closed_at"):
            value = moment(dt.datetime.fromisoformat(value)) if value else None
        shown = STATUSES.get(value, value) if key == "status" else value
        missing = "nobody" if key == "assignee" else "none"
        said.append(f"{_FIELDS.get(key, key)}: {missing if shown in (None, '') else shown}")
    return "; ".join(said)


def concept_words(vocabulary: Vocabulary, dimension: str, ids: tuple[str, ...] | list[str] | None) -> str:
    """Concepts as people call them."""
    listed = [i for i in ids or () if i != ROOT]
    return ", ".join(vocabulary[dimension].label(i) for i in listed) or f"any {dimension}"


def enquiry_words(vocabulary: Vocabulary, enquiry: Enquiry) -> str:
    """The details of an enquiry that are known, the app first."""
    known = [(d, enquiry[d]) for d in reversed(DIMENSIONS) if enquiry[d]]
    return ", ".join(concept_words(vocabulary, dimension, named) for dimension, named in known)


def scope_words(
    vocabulary: Vocabulary, included: dict[str, tuple[str, ...]], dash: str = "any"
) -> dict[str, str]:
    """A scope as people read it, dimension by dimension."""
    return {
        d: ", ".join(vocabulary[d].label(c) for c in included[d]) if included.get(d) else dash
        for d in DIMENSIONS
    }


def marked(before: str, after: str) -> Markup:
    """What is written differently, with what went and what came marked, and a few words around it.

    The words are compared by difflib (Ratcliff and Obershelp's gestalt pattern matching, 1988).
    """
    old, new = before.split(), after.split()
    parts = []
    for tag, i, j, m, n in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            words = old[i:j]
            parts.append(escape(" ".join(words if len(words) <= 2 * _AROUND else
                                         [*words[:_AROUND], "…", *words[-_AROUND:]])))  # fmt: skip
            continue
        parts += [Markup("<{0}>{1}</{0}>").format(mark, " ".join(words))
                  for mark, words in (("del", old[i:j]), ("ins", new[m:n])) if words]  # fmt: skip
    return Markup(" ").join(parts)


def effect_words(effect: str | None) -> str:
    """The name of an effect; no effect is the advice to hold off."""
    return EFFECTS.get(str(effect or ""), "Hold off")
