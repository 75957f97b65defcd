"""The engine against the slow reference on random rule sets."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ruleset import RICH, enquiries
from benchmarks.ruleset import corpus as generated
from guidelines import chapters, contents
from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.formats import corpus_from_dict, corpus_to_dict
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling
from tests.guidelines import reference
from tests.guidelines.remembering import remembering

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


class Division(NamedTuple):
    """How a book is divided into chapters, and what of it is prepared."""

    small_book: int = 0
    long_chapter: int = 10**6
    long_common: int = 10**6
    one_by_one: int = 0
    room: int = 1 << 21


@contextmanager
def divided(division: Division) -> Iterator[None]:
    """While this lasts, books are divided into chapters as if they were much larger."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(contents, "SMALL_BOOK", division.small_book)
        patch.setattr(contents, "LONG_CHAPTER", division.long_chapter)
        patch.setattr(contents, "LONG_COMMON", division.long_common)
        patch.setattr(chapters, "ONE_BY_ONE", division.one_by_one)
        patch.setattr(chapters, "ROOM_AT_LEAST", division.room)
        patch.setattr(chapters, "ROOM_A_RULE", 0)
        yield


DIVISIONS = {
    "one chapter": Division(small_book=10**6),
    "by app": Division(),
    "by app and country": Division(long_common=0),
    "every kind": Division(long_chapter=0, long_common=0),
    "nothing prepared": Division(long_chapter=1, long_common=1, room=0),
    "one by one": Division(long_chapter=2, long_common=2, one_by_one=10**6),
}
divisions = pytest.mark.parametrize("division", DIVISIONS.values(), ids=DIVISIONS)


def agrees(pack: dict[str, Any], book: RuleBook, combination: tuple[str, ...], on: dt.date) -> None:
    expected = reference.rule(pack, dict(zip(reference.DIMENSIONS, combination, strict=True)), on)
    found = book.rule(*combination, on)
    assert (found.effect, found.unclear) == (expected["effect"], expected["unclear"]), combination
    assert set(found.rules) == expected["rules"], combination
    order = [r["id"] for g in pack["guidelines"] for r in g["rules"]]
    assert list(found.rules) == sorted(found.rules, key=order.index), combination
    assert set(found.conditions) == expected["conditions"], combination


@divisions
@settings(max_examples=130, deadline=None)
@given(pack=packs(), on=st.sampled_from(DAYS))
def test_the_engine_agrees_with_the_reference_everywhere(
    division: Division, pack: dict[str, Any], on: dt.date
) -> None:
    with divided(division):
        book = RuleBook(corpus_from_dict(pack))
    for combination in product(*(reference.values(pack["vocabulary"], d) for d in reference.DIMENSIONS)):
        agrees(pack, book, combination, on)


@divisions
@settings(max_examples=40, deadline=None)
@given(pack=packs(), on=st.sampled_from(DAYS))
def test_an_explanation_names_what_applies_and_everything_that_is_displaced(
    division: Division, pack: dict[str, Any], on: dt.date
) -> None:
    with divided(division):
        book = RuleBook(corpus_from_dict(pack))
    flat = [
        {**r, "guideline": g["id"], "issuer": g["issuer"]} for g in pack["guidelines"] for r in g["rules"]
    ]
    vocabulary = pack["vocabulary"]
    for combination in product(*(reference.values(vocabulary, d)[:2] for d in reference.DIMENSIONS)):
        applicable = [
            r
            for r in flat
            if reference.valid(r, on)
            and all(
                reference.admits(vocabulary, r, d, value)
                for d, value in zip(reference.DIMENSIONS, combination, strict=True)
            )
        ]
        pairs = {
            (r["id"], s["id"])
            for r in applicable
            for s in applicable
            if reference.displaces(vocabulary, s, r)
        }
        found = book.explain(*combination, on)
        assert found.applicable == tuple(r["id"] for r in applicable)
        assert {(d.rule, d.by) for d in found.displaced} == pairs
        assert len(found.displaced) == len(pairs)


@divisions
def test_the_engine_agrees_with_the_reference_on_larger_sets_of_rules(
    division: Division,
) -> None:
    for seed in range(3):
        corpus = generated(200, seed, RICH)
        pack = corpus_to_dict(corpus)
        with divided(division):
            book = RuleBook(corpus)
        with remembering():
            for *combination, on in enquiries(700, seed):
                agrees(pack, book, tuple(combination), on)


def test_threads_that_ask_one_book_at_once_get_what_one_gets_alone() -> None:
    corpus = generated(400, 5, RICH)
    asked = enquiries(2500, 5)
    alone = [RuleBook(corpus).rule(*one) for one in asked]
    with divided(Division(long_chapter=5, long_common=60)):
        in_chapters = RuleBook(corpus)
    for shared in (RuleBook(corpus), in_chapters):
        start = threading.Barrier(8)

        def ask(n: int, book: RuleBook = shared, start: threading.Barrier = start) -> list[Ruling]:
            order = asked[n * 300 :] + asked[: n * 300]
            start.wait()
            found = {one: book.rule(*one) for one in order}
            return [found[one] for one in asked]

        with ThreadPoolExecutor(8) as threads:
            for found in threads.map(ask, range(8)):
                assert found == alone


@st.composite
def packs_and_enquiries(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, str | None]]:
    pack = draw(packs(most_rules=6))
    enquiry = {
        d: draw(st.one_of(st.none(), st.sampled_from([c["id"] for c in pack["vocabulary"][d]])))
        for d in reference.DIMENSIONS
    }
    return pack, enquiry


@settings(max_examples=200, deadline=None)
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
        told: set[tuple[str, ...]] = set()
        for entry in outcome.entries:
            narrowed = [
                {**enquiry, **dict(zip(reference.DIMENSIONS, ids, strict=True))}
                for ids in product(*(entry.enquiry[d] or (None,) for d in reference.DIMENSIONS))
            ]
            met = set().union(*(reference.effects(pack, one, on) for one in narrowed))
            assert met == {entry.ruling.effect}
            told |= {tuple(c.values()) for one in narrowed for c in reference.completions(pack, one)}
        assert told == {tuple(c.values()) for c in reference.completions(pack, enquiry)}
