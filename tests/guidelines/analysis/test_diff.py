"""The difference of two rule sets against the slow reference."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.analysis import territory
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


@contextmanager
def laws_together(most: int) -> Iterator[None]:
    """While this lasts, no more laws than these are compared with each other at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(territory, "_LAWS_TOGETHER", most)
        yield


def moved(
    old: dict[str, Any], new: dict[str, Any], before: tuple[Any, ...], after: tuple[Any, ...], on: dt.date
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rules that no longer decide and that decide now; in both, those that say something else."""

    def late(held: dict[str, Any]) -> bool:
        return bool(held.get("review_by")) and dt.date.fromisoformat(held["review_by"]) < on

    said = [
        {
            (r["id"], r["effect"], tuple(r["conditions"]), r["approver"], late(g))
            for g in one["guidelines"]
            for r in g["rules"]
            if r["id"] in ruling[2]
        }
        for one, ruling in ((old, before), (new, after))
    ]
    gone, came = said[0] - said[1], said[1] - said[0]
    return tuple(sorted(one[0] for one in gone)), tuple(sorted(one[0] for one in came))


@settings(max_examples=250, deadline=None)
@given(edits(), st.sampled_from(DAYS), st.sampled_from([0, 2, 4000]), st.sampled_from([1, 2048]))
def test_every_changed_ruling_is_counted_in_its_group_and_no_other(
    drawn: tuple[dict[str, Any], dict[str, Any]], on: dt.date, most_kinds: int, together: int
) -> None:
    old, new = drawn
    with laws_together(together):
        found = compare(corpus_from_dict(old), corpus_from_dict(new), on, most_kinds)
    shared = [
        [v for v in reference.values(old["vocabulary"], d) if v in reference.values(new["vocabulary"], d)]
        for d in reference.DIMENSIONS
    ]
    expected: Counter[tuple[Any, ...]] = Counter()
    kinds: Counter[tuple[Any, ...]] = Counter()
    for combination in product(*shared):
        enquiry = dict(zip(reference.DIMENSIONS, combination, strict=True))
        before, after = full_ruling(old, enquiry, on), full_ruling(new, enquiry, on)
        if before != after:
            expected[(*before[:2], *after[:2])] += 1
            kinds[(*before[:2], *after[:2], *moved(old, new, before, after, on))] += 1
    assert found.broad == (len(kinds) > most_kinds)
    if not found.broad:
        assert (
            Counter(
                {
                    (
                        g.before.effect,
                        g.before.unclear,
                        g.after.effect,
                        g.after.unclear,
                        g.gone,
                        g.came,
                    ): g.count
                    for g in found.groups
                }
            )
            == kinds
        )
    counted: Counter[tuple[Any, ...]] = Counter()
    for group in found.groups:
        marks = (group.before.effect, group.before.unclear, group.after.effect, group.after.unclear)
        counted[marks] += group.count
        before, after = (full_ruling(p, dict(group.example), on) for p in (old, new))
        for ruling, said in ((group.before, before), (group.after, after)):
            assert (ruling.effect, ruling.unclear, frozenset(ruling.rules)) == said[:3]
            assert (frozenset(ruling.conditions), frozenset(ruling.approvers)) == said[3:]
        assert before != after
        assert (group.gone, group.came) == moved(old, new, before, after, on)
    assert counted == expected
    assert found.changed == sum(expected.values())
