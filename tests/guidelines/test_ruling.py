"""What a ruling means, case by case (SPEC section 3)."""

import datetime as dt
from typing import Any

import pytest

from guidelines.enquiry import UnknownConcept
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling, Unclear
from guidelines.vocabulary import VocabularyError

ON = dt.date(2026, 11, 23)


def concept(concept_id: str, *broader: str, **more: Any) -> dict[str, Any]:
    return {
        "id": concept_id,
        "prefLabel": concept_id,
        "altLabels": [],
        "broader": list(broader) or ["any"],
        **more,
    }


VOCABULARY = {
    "role": [
        concept("official"),
        concept("defence-official", "official"),
        concept("defence-attache", "defence-official"),
        concept("defence-civilian", "defence-official"),
        concept("diplomat", "official"),
        concept("mp"),
    ],
    "device": [
        concept("work-device"),
        concept("personal-device"),
        concept("phone"),
        concept("work-phone", "work-device", "phone"),
        concept("personal-phone", "personal-device", "phone"),
    ],
    "country": [
        concept("AU"),
        concept("elevated-risk", group=True),
        concept("CN", "elevated-risk"),
        concept("JP"),
    ],
    "app": [
        concept("category:messaging"),
        concept("vendor-country:CN"),
        concept("wechat", "category:messaging", "vendor-country:CN"),
        concept("line", "category:messaging"),
    ],
}


def guideline(guideline_id: str, issuer: str, *rules: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "id": guideline_id, "title": guideline_id, "issuer": issuer, "owner": {"team": "t", "contact": "c"},
        "sources": [{"title": "s"}], "provenance": "illustrative", "rules": list(rules), **more,
    }  # fmt: skip


def rule(rule_id: str, effect: str, **more: Any) -> dict[str, Any]:
    if effect == "conditional":
        more.setdefault("conditions", [f"condition of {rule_id}"])
    return {"id": rule_id, "effect": effect, "reason": "because", **more}


def book(*guidelines: dict[str, Any]) -> RuleBook:
    return RuleBook(corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": list(guidelines)}))


def rule_on(
    a_book: RuleBook, role: str = "defence-attache", device: str = "work-phone", country: str = "CN",
    app: str = "wechat", on: dt.date = ON,
) -> Ruling:  # fmt: skip
    return a_book.rule(role, device, country, app, on)


DEFENCE_BAN = rule(
    "defence-wechat-work", "prohibited",
    scope={"role": ["defence-official"], "device": ["work-device"], "app": ["wechat"]}, binding=True,
)  # fmt: skip


def test_with_no_applicable_rule_there_is_no_guidance() -> None:
    ruling = rule_on(book(guideline("g", "Defence", DEFENCE_BAN)), role="mp")
    assert (ruling.effect, ruling.unclear, ruling.rules) == (None, Unclear.NO_GUIDANCE, ())


def test_a_rule_without_scope_admits_everything() -> None:
    assert rule_on(book(guideline("g", "Defence", rule("all", "prohibited")))).rules == ("all",)


def test_an_excluded_concept_is_not_admitted_though_a_broader_one_is_included() -> None:
    a_book = book(
        guideline(
            "g", "Defence",
            rule(
                "r", "prohibited", scope={"role": ["official"]}, **{"except": {"role": ["defence-official"]}},
            ),
        )
    )  # fmt: skip
    assert rule_on(a_book).unclear is Unclear.NO_GUIDANCE
    assert rule_on(a_book, role="diplomat").effect == "prohibited"


def test_a_rule_holds_on_its_first_and_its_last_day_and_not_outside() -> None:
    a_book = book(
        guideline("g", "D", rule("r", "prohibited", valid_from="2026-01-02", valid_until="2026-01-04"))
    )
    days = [dt.date(2026, 1, day) for day in range(1, 6)]
    assert [rule_on(a_book, on=day).effect for day in days] == [
        None,
        "prohibited",
        "prohibited",
        "prohibited",
        None,
    ]


def test_a_narrower_rule_displaces_a_broader_one_of_the_same_issuer() -> None:
    a_book = book(
        guideline(
            "g", "Defence",
            rule("broad", "prohibited", scope={"app": ["category:messaging"]}),
            rule("narrow", "conditional", scope={"app": ["wechat"]}),
        )
    )  # fmt: skip
    ruling = rule_on(a_book)
    assert (ruling.effect, ruling.rules, ruling.conditions) == (
        "conditional",
        ("narrow",),
        ("condition of narrow",),
    )


def test_a_narrower_rule_of_another_issuer_cannot_loosen_a_binding_one_and_they_clash() -> None:
    other = rule("attache", "conditional", scope={"role": ["defence-attache"], "device": ["work-device"],
                                                   "app": ["wechat"], "country": ["CN"]})  # fmt: skip
    ruling = rule_on(book(guideline("g", "Defence", DEFENCE_BAN), guideline("h", "Foreign Affairs", other)))
    assert (ruling.effect, ruling.unclear) == ("prohibited", Unclear.CONFLICTING_GUIDANCE)
    assert set(ruling.rules) == {"defence-wechat-work", "attache"}
    assert ruling.conditions == ()


def test_a_narrower_rule_of_the_same_issuer_loosens_even_a_binding_one() -> None:
    own = rule("attache", "conditional", scope={"role": ["defence-attache"], "device": ["work-device"],
                                                "app": ["wechat"], "country": ["CN"]})  # fmt: skip
    ruling = rule_on(book(guideline("g", "Defence", DEFENCE_BAN), guideline("h", "Defence", own)))
    assert (ruling.effect, ruling.rules) == ("conditional", ("attache",))


def test_a_narrower_and_stricter_rule_displaces_a_binding_one_of_another_issuer() -> None:
    loose = rule("loose", "approval-required", scope={"app": ["wechat"]}, binding=True, approver="the CISO")
    strict = rule("strict", "prohibited", scope={"app": ["wechat"], "country": ["CN"]})
    ruling = rule_on(book(guideline("g", "Defence", loose), guideline("h", "Foreign Affairs", strict)))
    assert (ruling.effect, ruling.rules) == ("prohibited", ("strict",))


def test_any_rule_displaces_a_baseline_even_a_broader_one() -> None:
    base = rule("base", "approval-required", scope={"app": ["wechat"]}, baseline=True, approver="the CISO")
    broad = rule("broad", "allowed", scope={"app": ["category:messaging"]})
    assert rule_on(book(guideline("g", "D", base), guideline("h", "E", broad))).rules == ("broad",)


def test_a_narrower_baseline_displaces_a_broader_baseline_only() -> None:
    broad = rule("broad", "approval-required", baseline=True, approver="the CISO")
    narrow = rule("narrow", "prohibited", scope={"app": ["wechat"]}, baseline=True)
    assert rule_on(book(guideline("g", "D", broad, narrow))).rules == ("narrow",)


@pytest.mark.parametrize("named", ["ban", "g"])
def test_a_rule_displaces_what_it_overrides_by_rule_or_by_guideline(named: str) -> None:
    ban = rule("ban", "prohibited", scope={"app": ["wechat"]})
    exception = rule("exception", "allowed", scope={"device": ["work-device"]}, overrides=[named])
    assert rule_on(book(guideline("g", "D", ban), guideline("h", "E", exception))).rules == ("exception",)


def test_equal_scopes_do_not_displace_and_all_conditions_stand() -> None:
    a_book = book(
        guideline("g", "D", rule("a", "allowed"), rule("b", "conditional"), rule("c", "conditional"))
    )
    ruling = rule_on(a_book)
    assert (ruling.effect, ruling.unclear, ruling.rules) == ("conditional", None, ("a", "b", "c"))
    assert ruling.conditions == ("condition of b", "condition of c")


def test_of_restrictive_rules_only_the_strictest_decide() -> None:
    ask = rule("ask", "approval-required", approver="the CISO", scope={"app": ["category:messaging"]})
    ban = rule("ban", "prohibited", scope={"app": ["vendor-country:CN"]})
    ruling = rule_on(book(guideline("g", "D", ask, ban)))
    assert (ruling.effect, ruling.unclear, ruling.rules, ruling.approvers) == (
        "prohibited",
        None,
        ("ban",),
        (),
    )


def test_a_displaced_rule_still_displaces_others() -> None:
    base = rule("broadest", "allowed")
    middle = rule("middle", "conditional", scope={"app": ["category:messaging"]})
    narrow = rule("narrow", "prohibited", scope={"app": ["wechat"]}, overrides=["middle"])
    assert rule_on(book(guideline("g", "D", base, middle, narrow))).rules == ("narrow",)


def test_a_deciding_rule_past_its_review_date_still_answers_marked_overdue() -> None:
    a_book = book(guideline("g", "Defence", DEFENCE_BAN, review_by="2026-11-22"))
    ruling = rule_on(a_book)
    assert (ruling.effect, ruling.unclear, ruling.rules) == (
        "prohibited", Unclear.REVIEW_OVERDUE, ("defence-wechat-work",),
    )  # fmt: skip
    assert rule_on(a_book, on=dt.date(2026, 11, 22)).unclear is None


def test_an_overdue_rule_that_does_not_decide_marks_nothing() -> None:
    ask = rule("ask", "approval-required", approver="the CISO")
    a_book = book(
        guideline("old", "D", ask, review_by="2020-01-01"), guideline("g", "E", rule("ban", "prohibited"))
    )
    assert rule_on(a_book).unclear is None


def test_an_explanation_says_which_rule_displaced_which_and_why() -> None:
    base = rule("base", "approval-required", baseline=True, approver="the CISO")
    broad = rule("broad", "allowed", scope={"app": ["category:messaging"]})
    narrow = rule("narrow", "prohibited", scope={"app": ["wechat"]})
    found = book(guideline("g", "D", base, broad, narrow)).explain("mp", "work-phone", "CN", "wechat", ON)
    assert found.applicable == ("base", "broad", "narrow")
    assert {(d.rule, d.by, d.why) for d in found.displaced} == {
        ("base", "broad", "baseline"), ("base", "narrow", "baseline"), ("broad", "narrow", "narrower"),
    }  # fmt: skip
    assert found.ruling.rules == ("narrow",)


@pytest.mark.parametrize(
    ("dimension", "word"),
    [("role", "pilot"), ("app", "vendor-country:CN"), ("country", "any"), ("device", "phone")],
)
def test_what_is_no_value_is_refused_by_name(dimension: str, word: str) -> None:
    a_book = book(guideline("g", "Defence", DEFENCE_BAN))
    with pytest.raises(UnknownConcept) as refused:
        rule_on(a_book, **{dimension: word})  # type: ignore[arg-type]
    assert (refused.value.dimension, refused.value.concept) == (dimension, word)


def test_a_rule_that_names_an_unknown_concept_makes_no_book() -> None:
    with pytest.raises(VocabularyError, match="names app `wechatt`"):
        book(guideline("g", "D", rule("r", "prohibited", scope={"app": ["wechatt"]})))
