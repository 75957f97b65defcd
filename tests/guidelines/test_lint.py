"""What lint tells a policy officer."""

import datetime as dt
from typing import Any

from guidelines.formats import corpus_from_dict
from guidelines.lint import Finding, errors, lint
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, VOCABULARY, concept, guideline, rule


def found(*guidelines: dict[str, Any], vocabulary: dict[str, Any] = VOCABULARY) -> dict[str, Finding]:
    corpus = corpus_from_dict({"vocabulary": vocabulary, "guidelines": list(guidelines)})
    return {finding.code: finding for finding in lint(corpus, ON)}


GOOD = {"review_by": "2028-01-01"}


def test_guidance_in_order_has_no_findings() -> None:
    assert found(guideline("g", "D", DEFENCE_BAN, **GOOD)) == {}


def test_what_makes_a_ruling_impossible_to_trace_is_an_error() -> None:
    wrong = guideline(
        "g", "D",
        rule("ask", "approval-required", scope={"app": ["Wechat"]}),
        {**rule("if", "conditional"), "conditions": []},
        rule("if", "prohibited", overrides=["asc"]),
        **{**GOOD, "owner": None, "sources": []},
    )  # fmt: skip
    findings = found(wrong)
    assert {code for code, finding in findings.items() if finding.error} == {
        "missing-owner", "missing-source", "missing-approver", "missing-condition", "duplicate-id",
        "unknown-concept", "override-of-nothing",
    }  # fmt: skip
    assert findings["unknown-concept"].message == (
        "rule `ask` names app `Wechat`, which is not in the vocabulary: did you mean `wechat`?"
    )
    assert findings["override-of-nothing"].message.endswith(": did you mean `ask`?")


def test_dates_that_passed_or_come_within_ninety_days_are_named() -> None:
    rules = (
        rule("old", "prohibited", scope={"app": ["wechat"]}, valid_until="2026-11-22"),
        rule("soon", "prohibited", scope={"app": ["line"]}, valid_until=str(ON + dt.timedelta(days=90))),
        rule("later", "allowed", scope={"country": ["AU"]}, valid_until=str(ON + dt.timedelta(days=91))),
    )
    findings = found(guideline("g", "D", *rules, review_by="2026-11-22"))
    assert findings["expired"].where == "old"
    assert findings["expires-soon"].where == "soon"
    assert findings["review-overdue"].where == "g"
    assert not any(finding.error for finding in findings.values())
    assert found(guideline("g", "D", DEFENCE_BAN, review_by="2027-01-01"))["review-soon"].message == (
        "`g` is due for review on 2027-01-01"
    )


def test_a_scope_that_admits_nothing_and_a_rule_without_a_reason_are_findings() -> None:
    nothing = rule("r", "prohibited", scope={"app": ["wechat"]}, reason="", **{"except": {"app": ["wechat"]}})
    findings = found(guideline("g", "D", nothing, **GOOD))
    assert findings["empty-scope"].message == "rule `r` applies to no app at all: widen its app scope"
    assert set(findings) == {"empty-scope", "missing-reason"}


def test_a_clash_comes_with_a_made_up_person_as_a_counterexample() -> None:
    other = rule("phones", "allowed", scope={"device": ["work-phone"], "country": ["CN"]})
    findings = found(guideline("g", "D", DEFENCE_BAN, **GOOD), guideline("h", "E", other, **GOOD))
    assert (findings["clash"].where, findings["clash"].also) == ("defence-wechat-work", ("phones",))
    assert findings["clash"].message == (
        "`defence-wechat-work` and `phones` contradict each other for 2 combinations, say a defence-attache "
        "in CN with a work-phone asking about wechat; let one override the other, or narrow one"
    )


def test_a_name_that_two_concepts_share_is_found_whatever_its_capitals() -> None:
    wider = {**VOCABULARY, "app": [*VOCABULARY["app"], concept("line-works", altLabels=["LINE"])]}
    findings = found(guideline("g", "D", DEFENCE_BAN, **GOOD), vocabulary=wider)
    assert findings["shared-alias"].message == (
        "app `line` and `line-works` are both called `line`: staff will be asked which"
    )
    wider["app"].append(concept("line-today", altLabels=["Line"]))
    findings = found(guideline("g", "D", DEFENCE_BAN, **GOOD), vocabulary=wider)
    assert "`line` and `line-works` and `line-today` are all called" in findings["shared-alias"].message


def test_errors_alone_block_publishing() -> None:
    corpus = corpus_from_dict(
        {"vocabulary": VOCABULARY, "guidelines": [guideline("g", "D", rule("r", "allowed", reason=""))]}
    )
    assert errors(lint(corpus, ON)) == []
    assert [finding.code for finding in lint(corpus, ON)] == ["missing-review", "missing-reason"]
