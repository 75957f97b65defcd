"""Rulings of a book divided into chapters, each worked out by hand from SPEC section 3.

Every question is about WeChat in China. A rule about WeChat alone, about China alone, or about both stands in
another chapter than one about more apps and countries, so what is held against what crosses chapters.
"""

from __future__ import annotations

from typing import Any

import pytest

from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from tests.guidelines.test_ruling import ON, VOCABULARY, concept, guideline, rule
from tests.guidelines.test_ruling_random import Division, divided, divisions

APPS = ("wechat", "line", "signal", "viber", "zalo")
COUNTRIES = ("CN", "JP", "KR", "AU")
WORLD = {
    **VOCABULARY,
    "app": [concept("messaging"), *(concept(app, "messaging") for app in APPS), concept("maps")],
    "country": [concept("east-asia"), *(concept(c, "east-asia") for c in COUNTRIES[:3]), concept("AU")],
}

EVERYWHERE: dict[str, list[str]] = {"app": ["messaging"]}
ASIA = {"app": ["messaging"], "country": ["east-asia"]}
CHINA = {"app": ["messaging"], "country": ["CN"]}
WECHAT = {"app": ["wechat"]}
WECHAT_ASIA = {"app": ["wechat"], "country": ["east-asia"]}
WECHAT_CHINA = {"app": ["wechat"], "country": ["CN"]}
WECHAT_ABROAD = {"app": ["wechat"], "country": ["CN", "AU"]}

_NEEDED: dict[str, dict[str, Any]] = {"approval-required": {"approver": "the CISO"}}


def says(issuer: str, name: str, effect: str, scope: dict[str, list[str]], **more: Any) -> dict[str, Any]:
    """A guideline of that issuer with one rule."""
    return guideline(f"of {name}", issuer, rule(name, effect, scope=scope, **_NEEDED.get(effect, {}), **more))


def law(effect: str, scope: dict[str, list[str]], **more: Any) -> dict[str, Any]:
    """A binding rule of the Cabinet."""
    return says("Cabinet", "law", effect, scope, binding=True, **more)


def deciding(division: Division, *guidelines: dict[str, Any]) -> set[str]:
    """The rules that decide, for the first question to a book and for a later one alike."""
    with divided(division):
        book = RuleBook(corpus_from_dict({"vocabulary": WORLD, "guidelines": list(guidelines)}))
    first, later = (book.rule("mp", "work-phone", "CN", "wechat", ON) for _ in range(2))
    assert first == later
    return set(first.rules)


SCOPES = pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        (EVERYWHERE, ASIA),
        (EVERYWHERE, CHINA),
        (EVERYWHERE, WECHAT),
        (EVERYWHERE, WECHAT_CHINA),
        (CHINA, WECHAT_CHINA),
        (WECHAT, WECHAT_CHINA),
        (ASIA, WECHAT_ASIA),
    ],
)


@divisions
@SCOPES
def test_a_narrower_rule_displaces_a_broader_one_of_any_issuer(division, broad, narrow):
    found = deciding(
        division, says("A", "broad", "prohibited", broad), says("B", "narrow", "allowed", narrow)
    )
    assert found == {"narrow"}


@divisions
@SCOPES
def test_a_binding_rule_yields_to_its_own_issuer_and_to_a_stricter_rule_only(division, broad, narrow):
    binding = law("approval-required", broad)
    assert deciding(division, binding, says("Cabinet", "own", "allowed", narrow)) == {"own"}
    assert deciding(division, binding, says("B", "stricter", "prohibited", narrow)) == {"stricter"}
    assert deciding(division, binding, says("B", "looser", "allowed", narrow)) == {"law", "looser"}
    as_strict = says("B", "as strict", "approval-required", narrow)
    assert deciding(division, binding, as_strict) == {"law", "as strict"}


@divisions
@pytest.mark.parametrize(
    ("broad", "other"),
    [
        (ASIA, WECHAT),
        (ASIA, WECHAT_ABROAD),
        (CHINA, WECHAT),
        (CHINA, WECHAT_ASIA),
        (CHINA, ASIA),
        (WECHAT, CHINA),
        (WECHAT_CHINA, WECHAT_CHINA),
        (CHINA, CHINA),
        (EVERYWHERE, EVERYWHERE),
    ],
)
def test_a_rule_that_reaches_further_or_just_as_far_displaces_nothing(division, broad, other):
    further = says("A", "further", "conditional", other)
    both = says("A", "one", "allowed", broad), says("A", "two", "allowed", broad)
    assert deciding(division, *both, further) >= {"one", "two"}
    both = law("allowed", broad), says("A", "two", "allowed", broad, binding=True)
    assert deciding(division, *both, further) >= {"law", "two"}


@divisions
@pytest.mark.parametrize("country", ["JP", "KR", "AU"])
def test_a_rule_about_two_countries_displaces_none_about_one_of_them(division, country):
    wide = says("A", "wide", "allowed", {"app": ["wechat"], "country": ["CN", country]})
    abroad = says("A", "abroad", "allowed", {"app": ["messaging"], "country": [country]})
    here = [
        says("A", name, "allowed", {**CHINA, "role": [role]}) for name, role in (("x", "any"), ("y", "mp"))
    ]
    assert deciding(division, wide, abroad, *here) == {"wide", "y"}


FAR = pytest.mark.parametrize(
    ("broad", "middle", "narrow"),
    [
        (EVERYWHERE, ASIA, CHINA),
        (EVERYWHERE, ASIA, WECHAT_CHINA),
        (EVERYWHERE, CHINA, WECHAT_CHINA),
        (EVERYWHERE, WECHAT, WECHAT_CHINA),
        (EVERYWHERE, WECHAT_ASIA, WECHAT_CHINA),
        (ASIA, WECHAT_ASIA, WECHAT_CHINA),
        (CHINA, WECHAT_CHINA, {**WECHAT_CHINA, "role": ["mp"]}),
        (WECHAT, WECHAT_CHINA, {**WECHAT_CHINA, "role": ["mp"]}),
    ],
)


@divisions
@FAR
def test_a_rule_that_was_itself_displaced_still_displaces_a_binding_one(division, broad, middle, narrow):
    binding, looser = law("approval-required", broad), says("B", "looser", "allowed", narrow)
    assert deciding(division, binding, looser) == {"law", "looser"}
    stricter = says("C", "stricter", "prohibited", middle)
    assert deciding(division, binding, stricter, looser) == {"looser"}
    own = says("Cabinet", "own", "allowed", middle)
    assert deciding(division, binding, own, looser) == {"looser"}


@divisions
@FAR
def test_a_displaced_rule_displaces_the_binding_ones_of_its_issuer_and_no_others(
    division, broad, middle, narrow
):
    laws = {f"law of {i}": says(i, f"law of {i}", "prohibited", broad, binding=True) for i in "ABCD"}
    looser = says("E", "looser", "allowed", narrow)
    for issuer in "ABCD":
        own = says(issuer, "own", "allowed", middle)
        left = {"looser", *laws} - {f"law of {issuer}"}
        assert deciding(division, *laws.values(), own, looser) == left


@divisions
@FAR
def test_a_displaced_rule_of_another_issuer_leaves_a_binding_one_it_would_loosen(
    division, broad, middle, narrow
):
    rules = law("prohibited", broad), says("B", "middle", "conditional", middle)
    assert deciding(division, *rules, says("B", "looser", "allowed", narrow)) == {"law", "looser"}


@divisions
@pytest.mark.parametrize(
    ("broad", "middle"), [(ASIA, WECHAT), (ASIA, WECHAT_ABROAD), (CHINA, WECHAT_ASIA), (WECHAT, CHINA)]
)
def test_a_displaced_rule_that_is_not_narrower_leaves_a_binding_one(division, broad, middle):
    rules = law("approval-required", broad), says("Cabinet", "middle", "prohibited", middle)
    looser = says("B", "looser", "allowed", {**WECHAT_CHINA, "role": ["mp"]})
    assert deciding(division, *rules, looser) == {"law", "looser"}


@divisions
@pytest.mark.parametrize(
    "elsewhere",
    [
        {"role": ["diplomat"]},
        {"device": ["personal-phone"]},
        {"country": ["JP"]},
        {"country": ["JP", "KR"]},
        {"app": ["line"]},
        {"app": ["line", "signal", "viber", "zalo"]},
    ],
)
def test_a_rule_that_one_detail_keeps_out_does_not_apply_and_hides_nothing(division, elsewhere):
    for scope in (EVERYWHERE, CHINA, WECHAT, WECHAT_CHINA):
        out = says("Cabinet", "out", "prohibited", {**scope, **elsewhere}, overrides=["law", "here"])
        here = says("A", "here", "allowed", CHINA)
        assert deciding(division, out, law("allowed", EVERYWHERE), here) == {"law", "here"}


@divisions
@SCOPES
def test_a_rule_overrides_by_name_across_chapters(division, broad, narrow):
    looser = says("B", "looser", "allowed", narrow)
    for overrides, left in ([], {"law", "looser"}), (["looser"], {"law"}), (["of looser"], {"law"}):
        assert deciding(division, law("prohibited", broad, overrides=overrides), looser) == left


@divisions
@SCOPES
def test_any_rule_displaces_a_baseline_across_chapters(division, broad, narrow):
    base = says("Cabinet", "base", "prohibited", narrow, baseline=True, binding=True)
    assert deciding(division, base, says("B", "broad", "allowed", broad)) == {"broad"}
    broader = says("A", "broader", "allowed", broad, baseline=True)
    assert deciding(division, base, broader) == {"base"}


@divisions
def test_an_explanation_names_the_rules_of_all_chapters_in_their_order(division):
    scopes = {"c": WECHAT, "e": CHINA, "a": WECHAT_CHINA, "d": EVERYWHERE, "b": WECHAT_ABROAD}
    elsewhere = says("A", "elsewhere", "allowed", {"app": ["wechat"], "country": ["JP"]})
    held = [says("A", name, "allowed", scope) for name, scope in scopes.items()]
    later = says("A", "later", "allowed", CHINA, valid_from="2027-01-01")
    with divided(division):
        pack = {"vocabulary": WORLD, "guidelines": [elsewhere, *held, later]}
        found = RuleBook(corpus_from_dict(pack)).explain("mp", "work-phone", "CN", "wechat", ON)

    assert found.applicable == ("c", "e", "a", "d", "b")
    assert {(d.rule, d.by) for d in found.displaced} == {
        ("c", "a"), ("e", "a"), ("d", "a"), ("b", "a"), ("d", "b"), ("c", "b"), ("d", "c"), ("d", "e"),
    }  # fmt: skip
    assert found.ruling.rules == ("a",)
