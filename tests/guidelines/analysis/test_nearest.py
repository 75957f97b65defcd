"""What would have to be different: the nearest enquiries with a more permissive ruling."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.analysis.nearest import CHANGEABLE, nearest
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from tests.guidelines import reference
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, book, guideline, rule
from tests.guidelines.test_ruling_random import DAYS, packs_and_enquiries

ATTACHE = {"role": "defence-attache", "device": "work-phone", "country": "CN", "app": "wechat"}


def test_another_device_or_another_app_is_found_where_one_change_helps() -> None:
    a_book = book(guideline("g", "D", DEFENCE_BAN, rule("rest", "allowed", baseline=True)))
    found = nearest(a_book, ATTACHE, ON)
    assert [(dict(n.changes), n.ruling.effect) for n in found] == [
        ({"device": ("personal-phone",)}, "allowed"),
        ({"app": ("line",)}, "allowed"),
    ]
    assert found[0].enquiry.as_dict() == {**ATTACHE, "device": "personal-phone"}


def test_an_approval_comes_first_and_names_whom_to_ask() -> None:
    asking = rule("ask", "approval-required", approver="the post security officer")
    found = nearest(book(guideline("g", "D", asking)), ATTACHE, ON)
    assert [(dict(n.changes), n.approvers) for n in found] == [({}, ("the post security officer",))]


def test_two_changes_are_tried_only_where_one_does_not_help() -> None:
    rules = (
        rule("all", "prohibited", baseline=True),
        rule("fine", "conditional", scope={"device": ["personal-phone"], "country": ["JP"]}),
    )
    found = nearest(book(guideline("g", "D", *rules)), ATTACHE, ON)
    assert [dict(n.changes) for n in found] == [{"device": ("personal-phone",), "country": ("JP",)}]


def test_no_guidance_is_no_improvement_on_a_prohibition() -> None:
    assert nearest(book(guideline("g", "D", DEFENCE_BAN)), ATTACHE, ON) == []


def test_nothing_is_offered_to_somebody_who_may_already() -> None:
    assert nearest(book(guideline("g", "D", rule("yes", "allowed"))), ATTACHE, ON) == []


def strictness(pack: dict[str, Any], enquiry: dict[str, Any], on: dt.date) -> int | None:
    """The strictest over all that the enquiry could mean; None where it means nothing."""
    met = [3 if e is None else reference.STRICTNESS[e] for e in reference.effects(pack, enquiry, on)]
    return max(met, default=None)


@settings(max_examples=150, deadline=None)
@given(packs_and_enquiries(), st.sampled_from(DAYS))
def test_single_changes_are_just_those_that_the_reference_finds(
    drawn: tuple[dict[str, Any], dict[str, str | None]], on: dt.date
) -> None:
    pack, enquiry = drawn
    found = nearest(RuleBook(corpus_from_dict(pack)), enquiry, on, most=1000)
    now = strictness(pack, enquiry, on)
    expected = set()
    for dimension in CHANGEABLE:
        if enquiry[dimension] is None or now is None:
            continue
        for value in reference.values(pack["vocabulary"], dimension):
            if reference.covers(pack["vocabulary"], dimension, enquiry[dimension], value):
                continue
            then = strictness(pack, {**enquiry, dimension: value}, on)
            if then is not None and then < now:
                expected.add((dimension, value))
    single = {
        (dimension, value)
        for n in found
        if len(n.changes) == 1
        for dimension, values in n.changes.items()
        for value in values
    }
    assert single == expected
    for n in found:
        if n.changes:
            then = strictness(pack, {d: v[0] if v else None for d, v in _named(n).items()}, on)
            assert then is not None
            assert n.ruling.effect is not None
            assert then == n.ruling.effect.strictness < now


def _named(nearby: Any) -> dict[str, tuple[str, ...]]:
    return {d: nearby.enquiry[d] or () for d in reference.DIMENSIONS}
