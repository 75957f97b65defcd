"""The difference of two rule sets against the slow reference."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.analysis.diff import Difference, compare
from guidelines.formats import corpus_from_dict
from tests.guidelines import reference
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, VOCABULARY, concept, guideline, rule
from tests.guidelines.test_ruling_random import DAYS, packs


def difference(old: dict[str, Any], new: dict[str, Any], on: dt.date = ON) -> Difference:
    return compare(corpus_from_dict(old), corpus_from_dict(new), on)


def pack(*rules: dict[str, Any], vocabulary: dict[str, Any] = VOCABULARY, **more: Any) -> dict[str, Any]:
    return {"vocabulary": vocabulary, "guidelines": [guideline("g", "D", *rules, **more)]}


def test_a_changed_effect_is_one_group_with_its_count_and_an_example() -> None:
    found = difference(pack(DEFENCE_BAN), pack({**DEFENCE_BAN, "effect": "allowed"}))
    (group,) = found.groups
    assert (group.before.effect, group.after.effect) == ("prohibited", "allowed")
    assert (group.gone, group.came) == (("defence-wechat-work",), ("defence-wechat-work",))
    # Two roles, one device, three countries, one app.
    assert (group.count, found.changed) == (6, 6)
    assert group.example == {
        "role": "defence-attache", "device": "work-phone", "country": "AU", "app": "wechat",
    }  # fmt: skip
    assert found.rules_changed == ("defence-wechat-work",)


def test_the_same_rules_differ_nowhere() -> None:
    found = difference(pack(DEFENCE_BAN), pack(DEFENCE_BAN))
    assert (found.groups, found.changed) == ([], 0)
    assert found.compared == 4 * 2 * 3 * 2


def test_a_reason_in_other_words_changes_no_ruling_but_is_named() -> None:
    found = difference(pack(DEFENCE_BAN), pack({**DEFENCE_BAN, "reason": "It is not safe."}))
    assert (found.changed, found.reworded) == (0, ("defence-wechat-work",))


def test_a_new_app_is_named_and_changes_no_ruling_about_the_others() -> None:
    wider = {**VOCABULARY, "app": [*VOCABULARY["app"], concept("telegram", "category:messaging")]}
    found = difference(pack(rule("all", "prohibited")), pack(rule("all", "prohibited"), vocabulary=wider))
    assert (found.changed, found.added) == (0, {"app": ("telegram",)})


def test_a_missed_review_date_is_a_change_of_the_ruling() -> None:
    found = difference(pack(DEFENCE_BAN), pack(DEFENCE_BAN, review_by="2026-01-01"))
    assert [(g.before.unclear, g.after.unclear, g.count) for g in found.groups] == [
        (None, "review-overdue", 6),
    ]  # fmt: skip


def full_ruling(plain: dict[str, Any], enquiry: dict[str, str], on: dt.date) -> tuple[Any, ...]:
    ruling = reference.rule(plain, enquiry, on)
    approvers = {
        r["approver"]
        for g in plain["guidelines"]
        for r in g["rules"]
        if r["id"] in ruling["rules"] and r["effect"] == ruling["effect"] == "approval-required"
    }
    return (
        ruling["effect"], ruling["unclear"], frozenset(ruling["rules"]), frozenset(ruling["conditions"]),
        frozenset(approvers),
    )  # fmt: skip


@st.composite
def edits(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A random pack, and the same with some rules and perhaps the vocabulary changed."""
    old, other = draw(packs(most_rules=8)), draw(packs(most_rules=5))
    rules = [r for g in other["guidelines"] for r in g["rules"]]
    new: dict[str, Any] = {"vocabulary": dict(old["vocabulary"]), "guidelines": []}
    for g in old["guidelines"]:
        kept = []
        for r in g["rules"]:
            way = draw(st.integers(0, 5))
            if way == 0 and rules:
                r = {
                    **draw(st.sampled_from(rules)),
                    "id": r["id"],
                    "scope": r["scope"],
                    "except": r["except"],
                }
            elif way == 1:
                r = {**r, "scope": {}}
            if way != 2:
                kept.append(r)
        new["guidelines"].append({**g, "rules": kept})
    if draw(st.booleans()):
        dimension = draw(st.sampled_from(reference.DIMENSIONS))
        parents = [c["id"] for c in old["vocabulary"][dimension] if c["id"] in ("any",) or c.get("group")]
        parents += [p for c in old["vocabulary"][dimension] for p in c["broader"]]
        more = concept("another", draw(st.sampled_from(parents)))
        new["vocabulary"][dimension] = [*old["vocabulary"][dimension], more]
    return old, new


@settings(max_examples=250, deadline=None)
@given(edits(), st.sampled_from(DAYS))
def test_every_changed_ruling_is_counted_in_its_group_and_no_other(
    drawn: tuple[dict[str, Any], dict[str, Any]], on: dt.date
) -> None:
    old, new = drawn
    found = difference(old, new, on)
    shared = [
        [v for v in reference.values(old["vocabulary"], d) if v in reference.values(new["vocabulary"], d)]
        for d in reference.DIMENSIONS
    ]
    expected: Counter[tuple[Any, ...]] = Counter()
    for combination in product(*shared):
        enquiry = dict(zip(reference.DIMENSIONS, combination, strict=True))
        before, after = full_ruling(old, enquiry, on), full_ruling(new, enquiry, on)
        if before != after:
            expected[(*before[:2], *after[:2])] += 1
    counted: Counter[tuple[Any, ...]] = Counter()
    for group in found.groups:
        marks = (group.before.effect, group.before.unclear, group.after.effect, group.after.unclear)
        counted[marks] += group.count
        before, after = (full_ruling(p, dict(group.example), on) for p in (old, new))
        for ruling, said in ((group.before, before), (group.after, after)):
            assert (ruling.effect, ruling.unclear, frozenset(ruling.rules)) == said[:3]
            assert (frozenset(ruling.conditions), frozenset(ruling.approvers)) == said[3:]
        assert before != after
    assert counted == expected
    assert found.changed == sum(expected.values())
