"""The engine against the slow reference on random rule sets."""

from __future__ import annotations

import datetime as dt
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from tests.guidelines import reference

DAYS = [dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(0, 60, 6)]
EFFECTS = list(reference.STRICTNESS)


@st.composite
def schemes(draw: st.DrawFn, name: str, most: int) -> list[dict[str, Any]]:
    """A random DAG of concepts, some with several parents, some groups left empty."""
    concepts: list[dict[str, Any]] = [{"id": "any", "prefLabel": "any", "altLabels": [], "broader": []}]
    for n in range(draw(st.integers(1, most))):
        parents = draw(
            st.lists(st.sampled_from([c["id"] for c in concepts]), min_size=1, max_size=3, unique=True)
        )
        concept = {"id": f"{name}{n}", "prefLabel": f"{name} {n}", "altLabels": [], "broader": parents}
        if draw(st.integers(0, 9)) == 0:
            concept["group"] = True
        concepts.append(concept)
    return concepts


@st.composite
def packs(draw: st.DrawFn, most_rules: int = 12) -> dict[str, Any]:
    """A random vocabulary with random guidelines over it: exclusions, dates, baseline, binding, overrides."""
    vocabulary = {
        "role": draw(schemes("r", 5)),
        "device": draw(schemes("d", 4)),
        "country": draw(schemes("c", 5)),
        "app": draw(schemes("a", 6)),
    }
    names = {d: st.sampled_from([c["id"] for c in vocabulary[d]]) for d in reference.DIMENSIONS}
    guidelines: list[dict[str, Any]] = [
        {
            "id": f"g{n}",
            "title": f"Guideline {n}",
            "issuer": draw(st.sampled_from(["one", "two"])),
            "owner": {"team": "t", "contact": "c"},
            "review_by": draw(st.sampled_from([None, *(day.isoformat() for day in DAYS)])),
            "provenance": "illustrative",
            "sources": [{"title": "s", "publisher": "p", "url": "u", "date": "2026"}],
            "rules": [],
        }
        for n in range(draw(st.integers(1, 3)))
    ]
    count = draw(st.integers(0, most_rules))
    ids = [f"rule{n}" for n in range(count)]
    for rule_id in ids:
        effect = draw(st.sampled_from(EFFECTS))
        start, end = sorted(draw(st.lists(st.sampled_from(DAYS), min_size=2, max_size=2)))
        some = {d: st.lists(names[d], min_size=1, max_size=2, unique=True) for d in reference.DIMENSIONS}
        rule = {
            "id": rule_id,
            "effect": effect,
            "scope": draw(st.fixed_dictionaries({}, optional=some)),
            "except": draw(st.one_of(st.just({}), st.fixed_dictionaries({}, optional=some))),
            "conditions": [f"do {rule_id}"] if effect == "conditional" else [],
            "approver": "somebody" if effect == "approval-required" else None,
            "baseline": draw(st.booleans()),
            "binding": draw(st.booleans()),
            "overrides": draw(
                st.lists(st.sampled_from([*ids, *(g["id"] for g in guidelines)]), max_size=1)
                if draw(st.integers(0, 4)) == 0
                else st.just([])
            ),
            "valid_from": draw(st.sampled_from([None, start.isoformat()])),
            "valid_until": draw(st.sampled_from([None, end.isoformat()])),
        }
        draw(st.sampled_from(guidelines))["rules"].append(rule)
    return {"vocabulary": vocabulary, "guidelines": guidelines}


@settings(max_examples=400, deadline=None)
@given(packs(), st.sampled_from(DAYS))
def test_the_engine_agrees_with_the_reference_everywhere(pack: dict[str, Any], on: dt.date) -> None:
    book = RuleBook(corpus_from_dict(pack))
    space = [reference.values(pack["vocabulary"], d) for d in reference.DIMENSIONS]
    for combination in product(*space):
        expected = reference.rule(pack, dict(zip(reference.DIMENSIONS, combination, strict=True)), on)
        found = book.rule(*combination, on)
        assert (found.effect, found.unclear) == (expected["effect"], expected["unclear"]), combination
        assert set(found.rules) == expected["rules"], combination
        assert set(found.conditions) == expected["conditions"], combination


@st.composite
def packs_and_enquiries(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str | None]]:
    pack = draw(packs(most_rules=6))
    enquiry = {
        d: draw(
            st.one_of(
                st.none(), st.sampled_from([c["id"] for c in pack["vocabulary"][d] if c["id"] != "any"])
            )
        )
        for d in reference.DIMENSIONS
    }
    return pack, enquiry


@settings(max_examples=300, deadline=None)
@given(packs_and_enquiries(), st.sampled_from(DAYS))
def test_an_incomplete_enquiry_is_answered_asked_about_or_split_exactly(
    drawn: tuple[dict[str, Any], dict[str, str | None]], on: dt.date
) -> None:
    pack, enquiry = drawn
    outcome = consider(RuleBook(corpus_from_dict(pack)), Enquiry.of(enquiry), on)
    effects = reference.effects(pack, enquiry, on)
    asked_for = [
        d for d in reference.DIMENSIONS if enquiry[d] is None and reference.matters(pack, enquiry, d, on)
    ]
    if len(effects) <= 1:
        assert isinstance(outcome, Answer)
        assert outcome.ruling.effect == next(iter(effects), None)
    elif asked_for:
        assert isinstance(outcome, Question)
        assert outcome.dimension in asked_for
        offered = [reference.effects(pack, {**enquiry, outcome.dimension: o}, on) for o in outcome.options]
        assert set().union(*offered) <= effects
        assert len(outcome.options) > 1
    else:
        assert isinstance(outcome, Table)
        for entry in outcome.entries:
            narrowed = [
                {**enquiry, **dict(zip(reference.DIMENSIONS, ids, strict=True))}
                for ids in product(*(entry.enquiry[d] or (None,) for d in reference.DIMENSIONS))
            ]
            met = set().union(*(reference.effects(pack, one, on) for one in narrowed))
            assert met == {entry.ruling.effect}
        assert {entry.ruling.effect for entry in outcome.entries} == effects
