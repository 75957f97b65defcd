"""From a case to the draft: another name for a concept, or a rule with its scope filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from cases import workflow
from cases.close import close
from cases.log import number_of
from cases.story import Story, story
from cases.tables import CaseRow
from cases.workflow import CannotDo
from guidelines import editing
from guidelines.lint import Finding
from guidelines.rules import Corpus, Effect, Guideline, Rule, Scope
from guidelines.store.database import Database
from guidelines.vocabulary import DIMENSIONS, Concept, Vocabulary, VocabularyError
from web.console.cases import UNKNOWN, case_page
from web.console.frame import database_of, number_in, onwards, person_of, today
from web.console.guidelines import rule_page
from web.console.ruleform import Errors, RuleValues, named, rule_from, typed, values_of
from web.console.saving import both, findings_for, save
from web.console.working import Working
from web.door import door
from web.faults import Refusal
from web.forms import Form
from web.rendering import page
from web.signin.guard import form_of


@dataclass(frozen=True, slots=True)
class Addition:
    """A concept that a rule drafted from a case adds to the vocabulary."""

    dimension: str
    words: str
    label: str
    broader: str


@dataclass(frozen=True, slots=True)
class Head:
    """A case in short, for the page of its rule."""

    id: int
    number: str
    subject: str
    unclear: str
    team: str

    @property
    def words(self) -> str:
        """The name that is not in the vocabulary, where that is the matter."""
        return self.subject.partition(":")[0].strip("“”\"' ")


async def post_alias(request: Request) -> Response:
    """Add another name for a concept to the draft, and say that the case is decided."""
    case_id, who, form = number_in(request, "case"), person_of(request).name, form_of(request)
    words, dimension, called = form.get("words")[:80], form.get("scheme"), form.get("concept")
    edition, draft = await both(request)
    vocabulary = (draft or edition).corpus.vocabulary
    if dimension not in DIMENSIONS:
        raise Refusal(422, "there is no such part of an enquiry")
    concept = named(vocabulary[dimension], called) if called else None
    problem = ""
    if not words:
        problem = "Say which words people use."
    elif concept is None:
        problem = f"No {dimension} is called “{called[:60]}”."
    elif (other := named(vocabulary[dimension], words)) not in (None, concept):
        problem = f"“{words}” is a name of {vocabulary[dimension].label(str(other))} already."
    if problem or concept is None:
        return await case_page(request, case_id, problem, 422, words=words, scheme=dimension, concept=called)

    def decide(session: Session) -> None:
        row = workflow.row_of(session, case_id)
        if "decided" in workflow.MOVES[row.status]:
            workflow.move(session, case_id, "decided", who)
        meant = vocabulary[dimension].label(concept)
        note = f"“{words}” is another name for {meant} ({dimension}), in the draft."
        workflow.add_note(session, case_id, note, who)

    try:
        await save(request, lambda corpus: editing.with_name(corpus, dimension, concept, words), decide)
    except CannotDo as error:
        return await case_page(request, case_id, str(error), 422)
    return onwards(f"/console/cases/{case_id}", "alias")


async def get_rule_from_case(request: Request) -> Response:
    """The form of a rule with the scope of a case."""
    edition, draft = await both(request)
    working = draft or edition
    head, told, row_rule = await run_sync(
        _read, database_of(request), number_in(request, "case"), working.corpus.vocabulary,
        door(request).settings.small_group,
    )  # fmt: skip
    if row_rule:
        for guideline in working.corpus.guidelines:
            if any(rule.id == row_rule for rule in guideline.rules) and person_of(request).owns(guideline):
                return onwards(f"/console/guidelines/{guideline.id}/rules/{row_rule}")
    vocabulary = working.corpus.vocabulary
    addition = _addition(head, vocabulary)
    known = {d: tuple(c for c in told.enquiry[d] or () if c in vocabulary[d]) for d in DIMENSIONS}
    dimension = UNKNOWN.get(head.unclear)
    if dimension and not addition and (found := named(vocabulary[dimension], head.words)):
        # The name came into the vocabulary meanwhile.
        known[dimension] = (found,)
    suggested = values_of(Rule("", Effect.PROHIBITED, Scope(known)), vocabulary)
    about = addition.label if addition else "-".join(known["app"]) or head.number
    values = replace(suggested, effect="", id=_free_id(working.corpus, about))
    if addition:
        values.include[addition.dimension] = addition.label
    book = await door(request).book()
    near = [one.guideline.id for one in close(book, told.enquiry, today())] if told.enquiry.app else []
    return await _page(request, working, head, addition, values, [], near)


def _read(
    database: Database, case_id: int, vocabulary: Vocabulary, smallest: int
) -> tuple[Head, Story, str | None]:
    with database.reading() as session:
        row = session.get(CaseRow, case_id)
        if row is None:
            raise Refusal(404, "there is no such case")
        told = story(session, row, vocabulary, smallest)
        head = Head(row.id, number_of(row.id), told.subject, row.unclear, row.team)
        return head, told, row.rule


def _addition(head: Head, vocabulary: Vocabulary) -> Addition | None:
    dimension = UNKNOWN.get(head.unclear)
    if dimension is None:
        return None
    if named(vocabulary[dimension], head.words):
        return None
    return Addition(dimension, head.words, head.words, "")


def _free_id(corpus: Corpus, words: str) -> str:
    return editing.slug(f"{words}-rule", [rule.id for _, rule in corpus.rules()])


async def _page(
    request: Request,
    working: Working,
    head: Head,
    addition: Addition | None,
    values: RuleValues,
    errors: Errors,
    near: Sequence[str] = (),
    **more: Any,
) -> Response:
    mine = [g for g in working.corpus.guidelines if person_of(request).owns(g)]
    if not mine:
        raise Refusal(403, "none of your teams answers for a guideline, so there is nowhere to put a rule")
    chosen = form_of(request).get("guideline") if request.method == "POST" else _likely(mine, head, near)
    choices = [{"value": g.id, "text": g.title or g.id, "selected": g.id == chosen} for g in mine]
    return await rule_page(
        request, working, None, values, None, errors, 422 if errors else 200, case=head, choices=choices,
        addition=addition, action=f"/console/cases/{head.id}/rule", **more,
    )  # fmt: skip


def _likely(mine: Sequence[Guideline], head: Head, near: Sequence[str]) -> str:
    """Where a rule probably goes: into a guideline of the case's team, with most rules that came close."""
    of_team = [g.id for g in mine if g.owner and g.owner.team == head.team] or [g.id for g in mine]
    counted = Counter(name for name in near if name in of_team)
    return counted.most_common(1)[0][0] if counted else of_team[0]


async def post_rule_from_case(request: Request) -> Response:
    """Save a rule drafted from a case, with the concept it needs, and note it at the case."""
    case_id, who, form = number_in(request, "case"), person_of(request).name, form_of(request)
    edition, draft = await both(request)
    working = draft or edition
    head, _, _ = await run_sync(
        _read, database_of(request), case_id, working.corpus.vocabulary, door(request).settings.small_group
    )
    addition = _addition(head, working.corpus.vocabulary)
    errors: Errors = []
    corpus, concept = working.corpus, None
    if addition:
        addition = replace(addition, label=form.get("new-label"), broader=form.get("new-broader"))
        concept = concept_of(addition, corpus.vocabulary, errors)
        try:
            corpus = editing.with_concept(corpus, addition.dimension, concept) if concept else corpus
        except VocabularyError as error:
            errors.append({"text": str(error), "href": "#new-label"})
    rule, wrong = rule_from(form, corpus.vocabulary)
    errors += wrong
    if addition and concept:
        included = {**rule.scope.include}
        included.setdefault(addition.dimension, (concept.id,))
        rule = replace(rule, scope=Scope(included, rule.scope.exclude))
    guideline = editing.guideline_of(corpus, form.get("guideline"))
    if guideline is None or not person_of(request).owns(guideline):
        errors.append({"text": "Choose one of your guidelines", "href": "#guideline"})
    if rule.id in {other.id for _, other in corpus.rules()}:
        errors.append({"text": f"There is a rule `{rule.id}` already: choose another id", "href": "#id"})
    changed = editing.with_rule(corpus, guideline.id, rule) if guideline and not errors else None
    if changed is None or guideline is None or form.get("do") in ("check", "preview"):
        return await _page(
            request, working, head, addition, typed(form), errors,
            checked=await run_sync(findings_for, changed, rule.id) if changed else None,
            changed=changed if form.get("do") == "preview" else None,
        )  # fmt: skip

    def change(held: Corpus) -> Corpus:
        if addition and concept:
            held = editing.with_concept(held, addition.dimension, concept)
        return editing.with_rule(held, guideline.id, rule)

    await save(request, change, lambda session: workflow.link_rule(session, case_id, rule.id, who))
    return onwards("/console/draft", "rule-saved")


def with_addition(form: Form, corpus: Corpus) -> Corpus:
    """The corpus with the concept that a form adds, where it adds one that can be added."""
    dimension, label = form.get("new-dimension"), form.get("new-label")
    if dimension not in DIMENSIONS or not label or named(corpus.vocabulary[dimension], label):
        return corpus
    concept = concept_of(Addition(dimension, label, label, form.get("new-broader")), corpus.vocabulary, [])
    return editing.with_concept(corpus, dimension, concept) if concept else corpus


def concept_of(addition: Addition, vocabulary: Vocabulary, errors: Errors) -> Concept | None:
    """The concept that an addition makes, or None with what is wrong in `errors`."""
    scheme = vocabulary[addition.dimension]
    if not addition.label:
        errors.append({"text": f"Give the new {addition.dimension} a name", "href": "#new-label"})
        return None
    broader = []
    for words in filter(None, (part.strip() for part in addition.broader.split(";"))):
        found = named(scheme, words)
        if found is None:
            errors.append({"text": f"No group is called “{words[:60]}”", "href": "#new-broader"})
        else:
            broader.append(found)
    also = () if addition.words.casefold() == addition.label.casefold() else (addition.words,)
    return Concept(
        editing.slug(addition.label, [concept.id for concept in scheme]), addition.label, also, tuple(broader)
    )


async def post_lint(request: Request) -> Response:
    """What is wrong with a rule as it stands in the form: a part of the page, for the page's script."""
    edition, draft = await both(request)
    form = form_of(request)
    corpus = with_addition(form, (draft or edition).corpus)
    rule, errors = rule_from(form, corpus.vocabulary)
    guideline = form.get("guideline")
    checked: list[Finding] = []
    if not errors and editing.guideline_of(corpus, guideline):
        changed = editing.with_rule(corpus, guideline, rule, form.get("instead-of") or None)
        checked = await run_sync(findings_for, changed, rule.id)
    return HTMLResponse(page("console/findings.html", errors=errors, checked=checked))
