"""Guidelines: read, and edit in the draft."""

from __future__ import annotations

import hashlib
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guidelines import editing
from guidelines.rules import Corpus, Effect, Guideline, Rule
from guidelines.vocabulary import DIMENSIONS, ROOT
from web.access import Who
from web.console.frame import onwards, person_of, show, today
from web.console.ruleform import (
    Errors,
    RuleValues,
    guideline_from,
    rule_from,
    sources_text,
    typed,
    values_of,
)
from web.console.saving import both, effects_for, findings_for, save
from web.console.words import enquiry_words, scope_words
from web.console.working import Working
from web.door import door
from web.faults import Refusal
from web.signin.guard import form_of
from web.signin.people import Person

_MEANT = {
    Effect.ALLOWED: "People may go ahead.",
    Effect.CONDITIONAL: "People may go ahead if they keep the conditions.",
    Effect.APPROVAL_REQUIRED: "People have to ask the approver first.",
    Effect.PROHIBITED: "People must not.",
}


async def get_guidelines(request: Request) -> Response:
    """All guidelines, with what the draft changes."""
    edition, draft = await both(request)
    words = request.query_params.get("words", "").strip()[:100]
    corpus = (draft or edition).corpus
    held = {g.id: g for g in edition.corpus.guidelines}
    rows = [
        {
            "guideline": g,
            "mark": _mark(g, held),
            "overdue": g.overdue_on(today()),
            "mine": person_of(request).owns(g),
        }
        for g in corpus.guidelines
        if _fits(g, words)
    ]
    gone = [g for g in edition.corpus.guidelines if editing.guideline_of(corpus, g.id) is None]
    return show(
        request, "guidelines.html", "guidelines", edition=edition.edition, rows=rows, gone=gone, wanted=words,
        draft=draft, may_begin=person_of(request).may(Who.OWNER),
    )  # fmt: skip


def _mark(guideline: Guideline, held: dict[str, Guideline]) -> str:
    before = held.get(guideline.id)
    return "added" if before is None else "" if before == guideline else "changed"


def _fits(guideline: Guideline, words: str) -> bool:
    said = " ".join(
        (guideline.id, guideline.title, guideline.issuer, *(r.id + " " + r.reason for r in guideline.rules))
    ).casefold()
    return all(word in said for word in words.casefold().split())


async def get_guideline(request: Request) -> Response:
    """One guideline with its rules, as in the draft where there is one."""
    edition, draft = await both(request)
    name = request.path_params["guideline"]
    version = edition if request.query_params.get("in") == "edition" or draft is None else draft
    guideline = editing.guideline_of(version.corpus, name) or editing.guideline_of(edition.corpus, name)
    if guideline is None:
        raise Refusal(404, "there is no such guideline")
    before = editing.guideline_of(edition.corpus, name)
    differs = draft is not None and before != editing.guideline_of(draft.corpus, name)
    held = {rule.id: rule for rule in before.rules} if before else {}
    vocabulary = version.corpus.vocabulary
    return show(
        request, "guideline.html", "guidelines", edition=edition.edition, guideline=guideline,
        rules=[
            {
                "rule": rule,
                "scope": scope_words(vocabulary, dict(rule.scope.include)),
                "less": scope_words(vocabulary, dict(rule.scope.exclude), ""),
                "mark": _rule_mark(rule, held) if version.is_draft else "",
            }
            for rule in guideline.rules
        ],
        removed=sorted(set(held) - {rule.id for rule in guideline.rules}) if version.is_draft else [],
        version=version, differs=differs, overdue=guideline.overdue_on(today()),
        mine=person_of(request).may(Who.OWNER) and person_of(request).owns(guideline),
    )  # fmt: skip


def _rule_mark(rule: Rule, held: dict[str, Rule]) -> str:
    if rule.id not in held:
        return "added"
    return "" if held[rule.id] == rule else "changed"


async def get_rule(request: Request) -> Response:
    """Where a rule stands."""
    edition, draft = await both(request)
    for version in (draft, edition):
        if version is None:
            continue
        try:
            guideline, rule = version.corpus.find(request.path_params["rule"])
        except KeyError:
            continue
        return onwards(f"/console/guidelines/{guideline.id}#rule-{rule.id}")
    raise Refusal(404, "there is no such rule in the draft or in the edition")


async def get_edit_rule(request: Request) -> Response:
    """The form of a rule, or of a new one."""
    working, guideline = await _mine(request)
    rule = next((r for r in guideline.rules if r.id == request.path_params.get("rule")), None)
    if "rule" in request.path_params and rule is None:
        raise Refusal(404, "there is no such rule")
    values = (
        values_of(rule, working.corpus.vocabulary)
        if rule
        else RuleValues(id=_new_id(working.corpus, guideline.id))
    )
    return await rule_page(request, working, guideline, values, rule)


def _new_id(corpus: Corpus, words: str) -> str:
    return editing.slug(words, [rule.id for _, rule in corpus.rules()])


async def rule_page(
    request: Request,
    working: Working,
    guideline: Guideline | None,
    values: RuleValues,
    rule: Rule | None,
    errors: Errors | None = None,
    status: int = 200,
    **more: Any,
) -> Response:
    """The form of a rule; `more` may set where it is sent (`action`) and what stands before it."""
    vocabulary = working.corpus.vocabulary
    action = f"/console/guidelines/{guideline.id}/rules" if guideline else ""
    context = {
        "action": f"{action}/{rule.id}" if rule and guideline else action,
        "before": "",
        "case": None,
        "choices": [],
        "checked": None,
        "addition": None,
        "preview": None,
        **more,
    }
    changed = context.pop("changed", None)
    if changed is not None:
        context["preview"] = await effects_for(request, working.corpus, changed)
    return show(
        request, "rule-form.html", "guidelines", status=status, guideline=guideline, values=values, rule=rule,
        errors=errors or [], effects=[{"value": str(e), "hint": _MEANT[e]} for e in Effect],
        dimensions=DIMENSIONS,
        names={d: [c.pref_label for c in vocabulary[d] if c.id != ROOT] for d in DIMENSIONS},
        seen=mark_of(guideline), smallest=door(request).settings.small_group, enquiry_words=enquiry_words,
        new_vocabulary=(changed or working.corpus).vocabulary, **context,
    )  # fmt: skip


def mark_of(guideline: Guideline | None) -> str:
    """Short for what a guideline says, to notice that somebody changed it meanwhile."""
    return f"{hash_of(guideline):016x}" if guideline else ""


def hash_of(guideline: Guideline) -> int:
    """The same for the same guideline, in every process."""
    return int.from_bytes(hashlib.sha256(repr(guideline).encode()).digest()[:8])


async def post_rule(request: Request) -> Response:
    """Save a rule to the draft, or only check it."""
    working, guideline = await _mine(request)
    rule_id = request.path_params.get("rule")
    before = next((r for r in guideline.rules if r.id == rule_id), None)
    if rule_id and before is None:
        raise Refusal(404, "there is no such rule")
    form = form_of(request)
    rule, errors = rule_from(form, working.corpus.vocabulary, before)
    taken = {r.id for _, r in working.corpus.rules()} - ({rule_id} if rule_id else set())
    if rule.id in taken:
        errors.append({"text": f"There is a rule `{rule.id}` already: choose another id", "href": "#id"})
    if form.get("seen") != mark_of(guideline):
        errors.append(
            {"text": "Somebody changed this guideline meanwhile: compare, then save again", "href": "#id"}
        )
    changed = None if errors else editing.with_rule(working.corpus, guideline.id, rule, rule_id)
    if changed is None or form.get("do") in ("check", "preview"):
        return await rule_page(
            request, working, guideline, typed(form), before, errors, 422 if errors else 200,
            checked=findings_for(changed, rule.id) if changed else None,
            changed=changed if form.get("do") == "preview" else None,
        )  # fmt: skip

    def change(corpus: Corpus) -> Corpus:
        return editing.with_rule(corpus, guideline.id, rule, rule_id)

    await save(request, change)
    return onwards(f"/console/guidelines/{guideline.id}#rule-{rule.id}", "rule-saved")


async def post_remove_rule(request: Request) -> Response:
    """Take a rule out of the draft."""
    _, guideline = await _mine(request)
    rule = request.path_params["rule"]
    if form_of(request).get("sure") != "yes":
        raise Refusal(422, "tick the box to say that you are sure, then send it again")
    await save(request, lambda corpus: editing.without_rule(corpus, guideline.id, rule))
    return onwards(f"/console/guidelines/{guideline.id}", "rule-removed")


async def get_edit_guideline(request: Request) -> Response:
    """The form of a guideline's own details, or of a new guideline."""
    guideline = None
    if "guideline" in request.path_params:
        _, guideline = await _mine(request)
    return _guideline_page(request, guideline, _details(guideline, person_of(request)))


def _details(guideline: Guideline | None, person: Person) -> dict[str, str]:
    if guideline is None:
        team = next((team for team in person.teams if team != "*"), "")
        return dict.fromkeys(
            ("id", "title", "issuer", "contact", "version", "issued", "review_by", "sources", "notes"), ""
        ) | {"team": team, "status": "in-force", "provenance": "illustrative"}
    return {
        "id": guideline.id,
        "title": guideline.title,
        "issuer": guideline.issuer,
        "team": guideline.owner.team if guideline.owner else "",
        "contact": guideline.owner.contact if guideline.owner else "",
        "version": guideline.version,
        "status": guideline.status,
        "issued": guideline.issued,
        "review_by": guideline.review_by.isoformat() if guideline.review_by else "",
        "provenance": guideline.provenance,
        "sources": sources_text(guideline.sources),
        "notes": guideline.notes,
    }


def _guideline_page(
    request: Request, guideline: Guideline | None, values: dict[str, str], errors: Errors | None = None
) -> Response:
    return show(
        request, "guideline-form.html", "guidelines", 422 if errors else 200, guideline=guideline,
        values=values,
        errors=errors or [], seen=mark_of(guideline),
    )  # fmt: skip


async def post_guideline(request: Request) -> Response:
    """Save a guideline's own details to the draft."""
    form = form_of(request)
    before = None
    if "guideline" in request.path_params:
        _, before = await _mine(request)
    guideline, errors = guideline_from(form, before)
    edition, draft = await both(request)
    if before is None and editing.guideline_of((draft or edition).corpus, guideline.id):
        errors.append({"text": f"There is a guideline `{guideline.id}` already", "href": "#id"})
    if before is not None and form.get("seen") != mark_of(before):
        errors.append(
            {"text": "Somebody changed this guideline meanwhile: compare, then save again", "href": "#title"}
        )
    if not person_of(request).owns(guideline):
        errors.append(
            {"text": "You can only write guidelines that one of your teams answers for", "href": "#team"}
        )
    if errors:
        return _guideline_page(
            request, before, {key: form.get(key) for key in _details(None, person_of(request))}, errors
        )
    await save(request, lambda corpus: editing.with_guideline(corpus, guideline))
    return onwards(f"/console/guidelines/{guideline.id}", "guideline-saved")


async def _mine(request: Request) -> tuple[Working, Guideline]:
    """The working corpus and the guideline of the address, for somebody who owns it.

    Raises:
        Refusal: 404 when there is none, 403 when another team answers for it.
    """
    edition, draft = await both(request)
    working = draft or edition
    guideline = editing.guideline_of(working.corpus, request.path_params["guideline"])
    if guideline is None:
        raise Refusal(404, "there is no such guideline")
    if not person_of(request).owns(guideline):
        team = guideline.owner.team if guideline.owner else "another team"
        raise Refusal(403, f"only its own team, {team}, edits this guideline")
    return working, guideline
