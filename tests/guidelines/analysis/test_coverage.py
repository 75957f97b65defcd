"""Classes and coverage against the slow reference."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.analysis.coverage import cover
from guidelines.analysis.space import classes, leaves, space_of
from guidelines.formats import corpus_from_dict
from tests.guidelines import reference
from tests.guidelines.analysis.test_faults import cells
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, VOCABULARY, guideline
from tests.guidelines.test_ruling_random import DAYS, packs

SIDES = st.permutations(list(reference.DIMENSIONS))


@settings(max_examples=150, deadline=None)
@given(packs(), st.sampled_from(DAYS))
def test_values_are_in_one_class_just_when_no_rule_tells_them_apart(
    pack: dict[str, Any], on: dt.date
) -> None:
    space = space_of(corpus_from_dict(pack), [on])
    rules = [r for g in pack["guidelines"] for r in g["rules"]]
    for axis, dimension in enumerate(reference.DIMENSIONS):
        values = reference.values(pack["vocabulary"], dimension)
        told = {
            value: tuple(reference.admits(pack["vocabulary"], r, dimension, value) for r in rules)
            for value in values
        }
        expected = {frozenset(v for v in values if told[v] == mine) for mine in told.values()}
        numbers = [law.scopes[axis] for law in space.laws]
        found = classes(space.rows(axis)[numbers], np.arange(len(values)))
        assert {frozenset(values[i] for i in part) for part in found} == expected


@settings(max_examples=100, deadline=None)
@given(packs(), st.sampled_from(DAYS))
def test_a_leaf_holds_the_rules_that_can_apply_to_its_apps(pack: dict[str, Any], on: dt.date) -> None:
    space = space_of(corpus_from_dict(pack), [on])
    seen: list[str] = []
    for leaf in leaves(space):
        seen += leaf.apps
        for app in leaf.apps:
            expected = {
                r["id"]
                for g in pack["guidelines"]
                for r in g["rules"]
                if reference.valid(r, on)
                and reference.admits(pack["vocabulary"], r, "app", app)
                and all(reference.admitted(pack["vocabulary"], r, d) for d in reference.DIMENSIONS)
            }
            assert {space.laws[number].rule.id for number in leaf.numbers} == expected
    assert sorted(seen) == sorted(reference.values(pack["vocabulary"], "app"))


@settings(max_examples=120, deadline=None)
@given(packs(most_rules=8), st.sampled_from(DAYS), SIDES, st.data())
def test_every_square_counts_its_combinations_exactly(
    pack: dict[str, Any], on: dt.date, sides: list[str], data: st.DataObject
) -> None:
    rows, columns, other, _ = sides
    narrowed = data.draw(st.sampled_from([c["id"] for c in pack["vocabulary"][other]]))
    table = cover(corpus_from_dict(pack), on, rows, columns, fixed={other: narrowed})
    expected: Counter[tuple[str, str, str]] = Counter()
    for enquiry in cells(pack):
        if reference.covers(pack["vocabulary"], other, narrowed, enquiry[other]):
            unclear = reference.rule(pack, enquiry, on)["unclear"]
            state = unclear if unclear in ("no-guidance", "conflicting-guidance") else "clear"
            expected[(enquiry[rows], enquiry[columns], state)] += 1
    found = Counter({
        (row, column, state): count
        for (row, column), cell in table.cells.items()
        for state, count in (
            ("clear", cell.clear), ("no-guidance", cell.silent), ("conflicting-guidance", cell.clash),
        )
        if count
    })  # fmt: skip
    assert found == expected


def test_a_group_of_apps_is_a_row_and_what_was_asked_is_counted_there() -> None:
    corpus = corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": [guideline("g", "D", DEFENCE_BAN)]})
    asked = {json.dumps({"app": "wechat", "country": "CN", "role": "mp", "device": None}): 3}
    groups = {"app": ["category:messaging", "vendor-country:CN"]}
    table = cover(corpus, ON, "app", "country", groups=groups, asked=asked)
    square = table.cells["category:messaging", "CN"]
    # Four roles, two devices, two apps; two roles on one device are ruled about one app.
    assert (square.clear, square.silent, square.clash, square.asked) == (2, 14, 0, 3)
    assert table.cells["vendor-country:CN", "JP"].asked == 0
