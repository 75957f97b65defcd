"""Where a table ends, what an empty group gets, and how rulings of one effect are said as one."""

from __future__ import annotations

import pytest

from guidelines.completion import MOST_ENTRIES, Answer, Table, consider, together
from guidelines.enquiry import Enquiry
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect
from guidelines.ruling import NO_GUIDANCE, Ruling, Unclear
from tests.guidelines.test_ruling import ON, VOCABULARY, concept, guideline, rule

COMPLETE = {"role": "mp", "device": "work-phone", "country": "CN"}


def of_many_apps(count: int) -> tuple[RuleBook, list[str]]:
    """A book in which each of `count` apps of one group has a rule of its own, every other allowed."""
    apps = [f"app-{n}" for n in range(count)]
    rules = [
        rule(f"about-{app}", "allowed" if n % 2 else "prohibited", scope={"app": [app]})
        for n, app in enumerate(apps)
    ]
    listed = [concept("all-of-them"), *(concept(app, "all-of-them") for app in apps)]
    plain = {"vocabulary": {**VOCABULARY, "app": listed}, "guidelines": [guideline("g", "D", *rules)]}
    return RuleBook(corpus_from_dict(plain)), apps


@pytest.mark.parametrize(("named", "listed", "whole"), [(100, 100, True), (101, 100, False)])
def test_a_table_holds_a_hundred_of_what_was_named_and_says_whether_that_is_all(
    named: int, listed: int, whole: bool
) -> None:
    book, apps = of_many_apps(named)

    outcome = consider(book, Enquiry.of({**COMPLETE, "app": apps}), ON)

    assert isinstance(outcome, Table)
    assert outcome.whole is whole
    assert len(outcome.entries) == listed == MOST_ENTRIES
    assert [e.ruling.rules for e in outcome.entries] == [(f"about-{app}",) for app in apps[:listed]]


def test_the_parts_of_a_group_that_fare_alike_are_one_entry() -> None:
    book, apps = of_many_apps(101)

    outcome = consider(book, Enquiry.of({**COMPLETE, "app": "all-of-them"}), ON)

    assert isinstance(outcome, Table)
    assert [(e.ruling.effect, e.ruling.rules) for e in outcome.entries] == [
        ("prohibited", tuple(f"about-{app}" for app in apps[::2])),
        ("allowed", tuple(f"about-{app}" for app in apps[1::2])),
    ]


def test_a_group_that_nothing_is_in_has_no_guidance() -> None:
    vocabulary = {**VOCABULARY, "country": [*VOCABULARY["country"], concept("nowhere", group=True)]}
    everything = guideline("g", "D", rule("all", "prohibited"))
    book = RuleBook(corpus_from_dict({"vocabulary": vocabulary, "guidelines": [everything]}))
    enquiry = Enquiry.of({"role": "mp", "device": "work-phone", "country": "nowhere", "app": "wechat"})

    assert consider(book, enquiry, ON) == Answer(enquiry, NO_GUIDANCE)


def test_rulings_of_one_effect_are_one_that_names_each_rule_condition_and_approver_once() -> None:
    first = Ruling(Effect.CONDITIONAL, None, ("a", "b"), ("lock it", "update it"), ("team",))
    second = Ruling(Effect.CONDITIONAL, None, ("b", "c"), ("update it", "log out"), ("boss", "team"))

    assert together([first, second, first]) == Ruling(
        Effect.CONDITIONAL,
        None,
        ("a", "b", "c"),
        ("lock it", "update it", "log out"),
        ("team", "boss"),
    )
    assert together([first, first]) is first


@pytest.mark.parametrize(
    ("marks", "said"),
    [
        ((None, Unclear.REVIEW_OVERDUE), Unclear.REVIEW_OVERDUE),
        ((Unclear.REVIEW_OVERDUE, Unclear.CONFLICTING_GUIDANCE), Unclear.CONFLICTING_GUIDANCE),
        ((Unclear.CONFLICTING_GUIDANCE, Unclear.NO_GUIDANCE, None), Unclear.NO_GUIDANCE),
    ],
)
def test_of_several_marks_the_one_that_tells_most_is_said(
    marks: tuple[Unclear | None, ...], said: Unclear
) -> None:
    """A gap in the guidance weighs more than a clash, and a clash more than a review that is overdue."""
    rulings = [Ruling(Effect.PROHIBITED, mark, (f"r{n}",)) for n, mark in enumerate(marks)]

    assert together(rulings).unclear is said
