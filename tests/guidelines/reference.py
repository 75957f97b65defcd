"""The slow reference evaluator: SPEC section 3 word for word, sharing no code with the engine.

It works on plain dictionaries, walks `broader` afresh for every question and compares scopes value by value.
"""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

DIMENSIONS = ("role", "device", "country", "app")
STRICTNESS = {"allowed": 0, "conditional": 1, "approval-required": 2, "prohibited": 3}

Vocabulary = dict[str, list[dict[str, Any]]]


def covers(vocabulary: Vocabulary, dimension: str, broad: str, narrow: str) -> bool:
    """`broad` covers `narrow` when they are the same or `broad` is reached through `broader`."""
    if broad in (narrow, "any"):
        return True
    concept = next((c for c in vocabulary[dimension] if c["id"] == narrow), None)
    return concept is not None and any(covers(vocabulary, dimension, broad, up) for up in concept["broader"])


def values(vocabulary: Vocabulary, dimension: str) -> list[str]:
    """The concepts that nothing is narrower than and that are no group."""
    parents = {up for concept in vocabulary[dimension] for up in concept["broader"]}
    return [
        c["id"]
        for c in vocabulary[dimension]
        if c["id"] not in parents
        and not c.get("group")
        # Whatever names nothing broader is narrower than the root.
        and (c["id"] != "any" or len(vocabulary[dimension]) == 1)
    ]


def admits(vocabulary: Vocabulary, rule: dict[str, Any], dimension: str, value: str) -> bool:
    """Whether some included concept covers the value and no excluded one does."""
    included = rule.get("scope", {}).get(dimension, ["any"])
    excluded = rule.get("except", {}).get(dimension, [])
    return any(covers(vocabulary, dimension, concept, value) for concept in included) and not any(
        covers(vocabulary, dimension, concept, value) for concept in excluded
    )


def admitted(vocabulary: Vocabulary, rule: dict[str, Any], dimension: str) -> set[str]:
    """All values that the rule admits on a dimension."""
    return {v for v in values(vocabulary, dimension) if admits(vocabulary, rule, dimension, v)}


def strictly_narrower(vocabulary: Vocabulary, s: dict[str, Any], r: dict[str, Any]) -> bool:
    """A subset on every dimension and a proper subset on one."""
    pairs = [(admitted(vocabulary, s, d), admitted(vocabulary, r, d)) for d in DIMENSIONS]
    return all(mine <= theirs for mine, theirs in pairs) and any(mine < theirs for mine, theirs in pairs)


def displaces(vocabulary: Vocabulary, s: dict[str, Any], r: dict[str, Any]) -> bool:
    """Whether the applicable rule `s` displaces the applicable rule `r`; both carry `guideline` and
    `issuer`.
    """
    if s["id"] == r["id"]:
        return False
    overrides = s.get("overrides", [])
    if r["id"] in overrides or r["guideline"] in overrides:
        return True
    if r.get("baseline", False) and not s.get("baseline", False):
        return True
    if r.get("baseline", False) != s.get("baseline", False):
        return False
    if not strictly_narrower(vocabulary, s, r):
        return False
    if s["issuer"] == r["issuer"] or not r.get("binding", False):
        return True
    return STRICTNESS[s["effect"]] > STRICTNESS[r["effect"]]


def valid(rule: dict[str, Any], on: dt.date) -> bool:
    """Whether the rule is valid on the date."""
    start, end = rule.get("valid_from"), rule.get("valid_until")
    return not (start and dt.date.fromisoformat(start) > on) and not (end and dt.date.fromisoformat(end) < on)


def rule(pack: dict[str, Any], enquiry: dict[str, str], on: dt.date) -> dict[str, Any]:
    """The ruling for a complete enquiry: effect, unclear, the set of deciding rules and of conditions."""
    vocabulary = pack["vocabulary"]
    flat = [
        {**r, "guideline": g["id"], "issuer": g["issuer"], "review_by": g.get("review_by")}
        for g in pack["guidelines"]
        for r in g["rules"]
    ]
    applicable = [
        r for r in flat if valid(r, on) and all(admits(vocabulary, r, d, enquiry[d]) for d in DIMENSIONS)
    ]
    remaining = [r for r in applicable if not any(displaces(vocabulary, s, r) for s in applicable)]
    if not remaining:
        return {"effect": None, "unclear": "no-guidance", "rules": set(), "conditions": set()}
    permissive = [r for r in remaining if r["effect"] in ("allowed", "conditional")]
    restrictive = [r for r in remaining if r["effect"] not in ("allowed", "conditional")]
    effect = max((r["effect"] for r in remaining), key=STRICTNESS.__getitem__)
    unclear, deciding = None, remaining
    if permissive and restrictive:
        unclear = "conflicting-guidance"
    elif restrictive:
        deciding = [r for r in restrictive if r["effect"] == effect]
    if unclear is None and any(
        r["review_by"] and dt.date.fromisoformat(r["review_by"]) < on for r in deciding
    ):
        unclear = "review-overdue"
    speaking = (
        deciding if effect in ("allowed", "conditional") else [r for r in deciding if r["effect"] == effect]
    )
    return {
        "effect": effect,
        "unclear": unclear,
        "rules": {r["id"] for r in deciding},
        "conditions": {condition for r in speaking for condition in r.get("conditions", [])},
    }


def completions(pack: dict[str, Any], enquiry: dict[str, str | None]) -> list[dict[str, str]]:
    """Every complete enquiry that an incomplete or broad one could mean."""
    vocabulary = pack["vocabulary"]
    open_values = [
        [v for v in values(vocabulary, d) if enquiry.get(d) is None or covers(vocabulary, d, enquiry[d], v)]
        for d in DIMENSIONS
    ]
    return [dict(zip(DIMENSIONS, combination, strict=True)) for combination in product(*open_values)]


def effects(pack: dict[str, Any], enquiry: dict[str, str | None], on: dt.date) -> set[str | None]:
    """The effects over all completions; an enquiry is answered at once when there is one."""
    return {rule(pack, completion, on)["effect"] for completion in completions(pack, enquiry)}


def matters(pack: dict[str, Any], enquiry: dict[str, str | None], dimension: str, on: dt.date) -> bool:
    """Whether a detail changes the effect for some setting of the others."""
    met: dict[tuple[str, ...], str | None] = {}
    for completion in completions(pack, enquiry):
        rest = tuple(completion[d] for d in DIMENSIONS if d != dimension)
        effect = rule(pack, completion, on)["effect"]
        if met.setdefault(rest, effect) != effect:
            return True
    return False
