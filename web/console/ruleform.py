"""The form of a rule, and of a guideline's own details: values to show, and a rule from what was typed."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from answers.nearest import UnknownDetail, concept, nearest
from guidelines.rules import Effect, Guideline, Owner, Rule, Scope, Source
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme, Vocabulary
from web.forms import Form

Errors = list[dict[str, str]]
_ID = re.compile(r"[a-z0-9][a-z0-9_.:-]{0,79}")


@dataclass(frozen=True)
class RuleValues:
    """What the fields of a rule hold, as text."""

    id: str = ""
    effect: str = ""
    reason: str = ""
    conditions: str = ""
    approver: str = ""
    overrides: str = ""
    valid_from: str = ""
    valid_until: str = ""
    baseline: bool = False
    binding: bool = False
    include: dict[str, str] = field(default_factory=lambda: dict.fromkeys(DIMENSIONS, ""))
    exclude: dict[str, str] = field(default_factory=lambda: dict.fromkeys(DIMENSIONS, ""))


def values_of(rule: Rule, vocabulary: Vocabulary) -> RuleValues:
    """The fields filled from a rule, concepts by their names."""

    def names(dimension: str, concepts: Sequence[str]) -> str:
        return "\n".join(_unmistakable(vocabulary, dimension, c) for c in concepts if c != ROOT)

    return RuleValues(
        id=rule.id,
        effect=str(rule.effect),
        reason=rule.reason,
        conditions="\n".join(rule.conditions),
        approver=rule.approver,
        overrides="\n".join(rule.overrides),
        valid_from=rule.valid_from.isoformat() if rule.valid_from else "",
        valid_until=rule.valid_until.isoformat() if rule.valid_until else "",
        baseline=rule.baseline,
        binding=rule.binding,
        include={d: names(d, rule.scope.included(d)) for d in DIMENSIONS},
        exclude={d: names(d, rule.scope.excluded(d)) for d in DIMENSIONS},
    )


def typed(form: Form) -> RuleValues:
    """The fields as they were typed."""
    return RuleValues(
        id=form.get("id"),
        effect=form.get("effect"),
        reason=form.get("reason"),
        conditions=form.get("conditions"),
        approver=form.get("approver"),
        overrides=form.get("overrides"),
        valid_from=form.get("valid_from"),
        valid_until=form.get("valid_until"),
        baseline=form.ticked("baseline"),
        binding=form.ticked("binding"),
        include={d: form.get(f"include-{d}") for d in DIMENSIONS},
        exclude={d: form.get(f"exclude-{d}") for d in DIMENSIONS},
    )


def rule_from(form: Form, vocabulary: Vocabulary, before: Rule | None = None) -> tuple[Rule, Errors]:
    """The rule that was typed, and what is wrong with it, each with the field to go to."""
    errors: Errors = []
    effect = form.get("effect")
    if effect not in list(Effect):
        errors.append({"text": "Choose what the rule says: the effect", "href": "#effect"})
    rule_id = form.get("id")
    if not _ID.fullmatch(rule_id):
        errors.append(
            {"text": "Give the rule an id of small letters, digits and hyphens, such as defence-wechat-work",
             "href": "#id"}
        )  # fmt: skip
    rule = Rule(
        id=rule_id or "new-rule",
        effect=Effect(effect) if effect in list(Effect) else Effect.PROHIBITED,
        scope=Scope(
            _concepts(form, "include", vocabulary, errors), _concepts(form, "exclude", vocabulary, errors)
        ),
        conditions=tuple(form.lines("conditions")),
        approver=form.get("approver"),
        reason=form.get("reason"),
        baseline=form.ticked("baseline"),
        binding=form.ticked("binding"),
        overrides=tuple(form.lines("overrides")),
        valid_from=_date(form, "valid_from", errors),
        valid_until=_date(form, "valid_until", errors),
        extra=before.extra if before else {},
    )
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        errors.append({"text": "The last day is before the first one", "href": "#valid_until"})
    return rule, errors


def guideline_from(form: Form, before: Guideline | None) -> tuple[Guideline, Errors]:
    """The guideline that was typed (its rules stay as they are), and what is wrong with it."""
    errors: Errors = []
    name = before.id if before else form.get("id")
    if not _ID.fullmatch(name):
        errors.append(
            {"text": "Give the guideline an id of small letters, digits and hyphens", "href": "#id"}
        )
    for key, words in (("title", "a title"), ("issuer", "an issuer"), ("team", "a team that answers for it")):
        if not form.get(key):
            errors.append({"text": f"Give the guideline {words}", "href": f"#{key}"})
    base = before or Guideline(name, "", "", None)
    return replace(
        base,
        title=form.get("title"),
        issuer=form.get("issuer"),
        owner=Owner(form.get("team"), form.get("contact")),
        version=form.get("version"),
        status=form.get("status"),
        issued=form.get("issued"),
        review_by=_date(form, "review_by", errors),
        provenance=form.get("provenance"),
        sources=_sources(form, errors),
        notes=form.get("notes"),
    ), errors


def sources_text(sources: Sequence[Source]) -> str:
    """Sources as lines to edit: title | publisher | address | date."""
    return "\n".join(" | ".join((s.title, s.publisher, s.url, s.date)) for s in sources)


def _sources(form: Form, errors: Errors) -> tuple[Source, ...]:
    found = []
    for line in form.lines("sources"):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) > 4:
            errors.append(
                {"text": f"A source is title | publisher | address | date; “{line[:60]}” has more parts",
                 "href": "#sources"}
            )  # fmt: skip
        found.append(Source(*(parts + [""] * 4)[:4]))
    return tuple(found)


def _concepts(form: Form, part: str, vocabulary: Vocabulary, errors: Errors) -> dict[str, tuple[str, ...]]:
    scope = {}
    for dimension in DIMENSIONS:
        scheme = vocabulary[dimension]
        found = []
        for words in form.lines(f"{part}-{dimension}"):
            meant = named(scheme, words)
            if meant is None:
                near = " or ".join(f"“{scheme.label(c)}”" for c in nearest(scheme, words)[:3])
                hint = f"; did you mean {near}?" if near else ""
                errors.append(
                    {"text": f"No {dimension} is called “{words[:60]}”{hint}", "href": f"#{part}-{dimension}"}
                )
            elif meant != ROOT:
                found.append(meant)
        if found:
            scope[dimension] = tuple(dict.fromkeys(found))
    return scope


def _date(form: Form, name: str, errors: Errors) -> dt.date | None:
    given = form.get(name)
    if not given:
        return None
    try:
        return dt.date.fromisoformat(given)
    except ValueError:
        errors.append({"text": f"“{given[:30]}” is no date such as 2027-06-30", "href": f"#{name}"})
        return None


def named(scheme: Scheme, words: str) -> str | None:
    """The concept of that id or name, or None."""
    try:
        return concept(scheme, words)
    except UnknownDetail:
        return None


def _unmistakable(vocabulary: Vocabulary, dimension: str, concept_id: str) -> str:
    """The name of a concept, or its id where another one bears the same name."""
    scheme = vocabulary[dimension]
    label = scheme.label(concept_id)
    return label if named(scheme, label) == concept_id else concept_id
