"""The content of the default packs: what people are answered, and whether it says where it is from."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlparse

import pytest
import yaml

from guidelines.formats.packs import PACKS, default_packs, read_content
from guidelines.lint import lint
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus, Effect, Guideline, Rule
from guidelines.ruling import Ruling, Unclear
from guidelines.vocabulary import DIMENSIONS

TODAY = dt.date(2026, 11, 23)
CASES = yaml.safe_load(Path(__file__).with_name("content_cases.yml").read_text("utf-8"))
AUSTRALIAN_ISSUERS = {
    "Australian Signals Directorate",
    "Department of Defence",
    "Parliament of Australia",
    "Secretary of the Attorney-General's Department, under the Protective Security Policy Framework",
    "Secretary of the Department of Home Affairs, under the Protective Security Policy Framework",
}
SILENT = {"parliamentarian": "personal-device", "parliamentary-staff": "personal-device"}


@cache
def corpus(*packs: str) -> Corpus:
    """The core with some packs; with none named, what a new installation starts from."""
    folders = [PACKS / "core", *(PACKS / pack for pack in packs)] if packs else default_packs()
    laid: Corpus | None = None
    for folder in folders:
        laid = read_content(folder).over(laid)
    assert laid is not None
    return laid


@cache
def book(*packs: str) -> RuleBook:
    return RuleBook(corpus(*packs))


def rules() -> list[tuple[Guideline, Rule]]:
    return list(corpus().rules())


def unlike_values(rulebook: RuleBook, dimension: str) -> list[str]:
    """One value for each set of values that no rule tells apart."""
    place = DIMENSIONS.index(dimension)
    seen: dict[tuple[bool, ...], str] = {}
    for value in rulebook.vocabulary[dimension].values:
        bit = rulebook.bit(dimension, value)
        seen.setdefault(tuple(bool(c.admits[place] & bit) for c in rulebook.compiled), value)
    return list(seen.values())


def whole_space(rulebook: RuleBook) -> Iterator[tuple[tuple[str, str, str, str], Ruling]]:
    """Every enquiry that some rule tells apart from the others, with its ruling today."""
    for enquiry in itertools.product(*(unlike_values(rulebook, dimension) for dimension in DIMENSIONS)):
        yield enquiry, rulebook.rule(*enquiry, TODAY)


def effects(rulebook: RuleBook, device: str, country: str, app: str) -> set[Effect | None]:
    """What all the roles are told about one app on one device in one place."""
    return {
        rulebook.rule(role, device, country, app, TODAY).effect for role in rulebook.vocabulary["role"].values
    }


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_the_packs_answer(case: dict) -> None:
    ruling = book().rule(*case["asks"], case.get("day", TODAY))

    assert (ruling.effect, ruling.unclear, set(ruling.rules)) == (
        case["effect"],
        case.get("unclear"),
        set(case["rules"]),
    )


def test_no_two_rules_clash_anywhere() -> None:
    clashes = [
        (enquiry, ruling.rules)
        for enquiry, ruling in whole_space(book())
        if ruling.unclear is Unclear.CONFLICTING_GUIDANCE
    ]

    assert not clashes


def test_the_australian_decisions_alone_do_not_clash_either() -> None:
    assert not [
        enquiry
        for enquiry, ruling in whole_space(book("australia"))
        if ruling.unclear is Unclear.CONFLICTING_GUIDANCE
    ]


def test_only_the_own_devices_of_parliamentarians_and_their_staff_go_without_guidance() -> None:
    silent = {enquiry[:2] for enquiry, ruling in whole_space(book()) if ruling.unclear is Unclear.NO_GUIDANCE}
    vocabulary = corpus().vocabulary
    expected = {
        (role, device)
        for group, devices in SILENT.items()
        for role in vocabulary["role"].values_under(group)
        for device in vocabulary["device"].values_under(devices)
    }

    assert silent == {
        pair for pair in expected if pair[0] in unlike_values(book(), "role")
        and pair[1] in unlike_values(book(), "device")
    }  # fmt: skip


def test_every_rule_decides_something_in_the_default_packs_or_alone() -> None:
    deciding = {
        rule for packs in ((), ("australia",)) for _, r in whole_space(book(*packs)) for rule in r.rules
    }

    assert {rule.id for _, rule in rules()} == deciding


def test_nothing_that_decides_is_looser_than_a_binding_rule() -> None:
    binding = [compiled for compiled in book().compiled if compiled.rule.binding]
    for enquiry, ruling in whole_space(book()):
        bits = [book().bit(d, value) for d, value in zip(DIMENSIONS, enquiry, strict=True)]
        for compiled in binding:
            if all(mask & bit for mask, bit in zip(compiled.admits, bits, strict=True)):
                assert ruling.effect is not None
                assert ruling.effect.strictness >= compiled.rule.effect.strictness, enquiry


def test_all_of_defence_gets_the_published_decision_on_wechat_and_nobody_else_does() -> None:
    roles = corpus().vocabulary["role"]
    told = {
        role: book().rule(role, "work-phone", "CN", "wechat", TODAY).rules == ("defence-wechat-work",)
        for role in roles.values
    }

    assert {role for role, by_defence in told.items() if by_defence} == roles.values_under("defence-official")


def test_the_published_decisions_of_defence_say_nothing_about_phones_that_people_own() -> None:
    own = corpus().vocabulary["device"].values_under("personal-device")

    for guideline, rule in rules():
        if guideline.issuer == "Department of Defence":
            assert not rule.scope.admitted("device", corpus().vocabulary) & own


def test_the_directions_do_not_speak_to_parliamentarians() -> None:
    members = corpus().vocabulary["role"].values_under("parliamentarian", "parliamentary-staff")

    for guideline, rule in rules():
        if "Protective Security" in guideline.issuer or guideline.issuer == "Australian Signals Directorate":
            assert not rule.scope.admitted("role", corpus().vocabulary) & members


def test_a_diplomat_is_answered_differently_in_china_on_an_own_phone_and_in_japan() -> None:
    answers = [
        book().rule("diplomat", device, country, "wechat", TODAY).effect
        for device, country in (("work-phone", "CN"), ("personal-phone", "CN"), ("personal-phone", "JP"))
    ]

    assert answers == [Effect.APPROVAL_REQUIRED, Effect.CONDITIONAL, Effect.APPROVAL_REQUIRED]
    assert book().rule("diplomat", "work-phone", "JP", "wechat", TODAY).effect is Effect.PROHIBITED


def test_some_questions_have_the_same_answer_for_every_role() -> None:
    assert effects(book(), "work-phone", "JP", "microsoft-teams") == {Effect.ALLOWED}
    assert effects(book(), "travel-phone", "FR", "candy-crush") == {Effect.PROHIBITED}


def test_who_asks_matters_for_the_headline_question() -> None:
    assert effects(book(), "work-phone", "CN", "wechat") == {
        Effect.CONDITIONAL,
        Effect.APPROVAL_REQUIRED,
        Effect.PROHIBITED,
    }


@pytest.mark.parametrize(("guideline", "rule"), rules(), ids=[rule.id for _, rule in rules()])
def test_a_rule_tells_its_reason_its_source_and_whom_to_ask(guideline: Guideline, rule: Rule) -> None:
    assert rule.reason.endswith(".")
    assert guideline.owner is not None
    assert guideline.owner.team
    assert guideline.owner.contact
    assert guideline.sources
    assert all(
        source.title and source.publisher and source.url and source.date for source in guideline.sources
    )
    assert guideline.review_by is not None
    assert guideline.review_by > dt.date(2027, 5, 31)
    assert guideline.issued
    assert guideline.version
    assert rule.valid_from is not None
    if rule.effect is Effect.CONDITIONAL:
        assert rule.conditions
    if rule.effect is Effect.APPROVAL_REQUIRED:
        assert rule.approver


def illustrative() -> list[Guideline]:
    return [g for g in corpus().guidelines if g.provenance == "illustrative"]


def public_record() -> list[Guideline]:
    return [g for g in corpus().guidelines if g.provenance == "public-record"]


def test_every_guideline_says_whether_it_is_real() -> None:
    assert {g.id for g in illustrative()} | {g.id for g in public_record()} == {
        g.id for g in corpus().guidelines
    }
    assert {g.id for g in illustrative()} == {g.id for g in corpus("department").guidelines}
    assert {g.id for g in public_record()} == {g.id for g in corpus("australia").guidelines}


def test_what_is_illustrative_is_marked_and_never_borrows_a_real_source() -> None:
    for guideline in illustrative():
        assert guideline.title.endswith("(illustrative)")
        assert guideline.issuer.endswith("(illustrative)")
        assert guideline.owner is not None
        assert guideline.owner.team.endswith("(illustrative)")
        assert guideline.owner.contact.endswith(".example.org")
        for source in guideline.sources:
            assert urlparse(source.url).hostname == "example.org"
            assert source.publisher == "AskFirst illustrative content"
            assert source.title.endswith("(illustrative)")


def test_an_illustrative_approval_says_how_to_ask_and_how_long_it_takes() -> None:
    for guideline in illustrative():
        for rule in guideline.rules:
            if rule.effect is Effect.APPROVAL_REQUIRED:
                assert re.search(r"\b\d+ working days\b", rule.approver), rule.id


def test_what_is_on_the_public_record_invents_no_mailbox_and_cites_a_real_page() -> None:
    for guideline in public_record():
        assert guideline.owner is not None
        assert "@" not in guideline.owner.contact
        assert not any("@" in rule.approver for rule in guideline.rules)
        for source in guideline.sources:
            assert source.url.startswith("https://")
            assert "example." not in source.url


def test_australians_are_answered_by_no_foreign_issuer() -> None:
    assert {g.issuer for g in public_record()} == AUSTRALIAN_ISSUERS
    assert all(g.issuer.endswith("(illustrative)") for g in corpus().guidelines if g not in public_record())


def test_the_advice_to_parliamentarians_is_told_as_advice_from_the_press() -> None:
    _, rule = book().find("parliament-tiktok-separate-phone")

    assert rule.effect is Effect.CONDITIONAL
    assert "advice" in rule.reason
    assert "press" in rule.reason
    assert not rule.binding


def test_there_is_nothing_to_find_before_publishing() -> None:
    assert not [finding for finding in lint(corpus(), TODAY) if finding.error]
