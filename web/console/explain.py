"""Explain: any enquiry of a hypothetical person, with every rule considered; and a receipt by its number."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from cases.close import misses
from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry, UnknownConcept
from guidelines.replay import Outcome, rule_again
from guidelines.rulebook import RuleBook
from guidelines.rules import Guideline, Rule
from guidelines.store import receipts
from guidelines.store.database import DatabaseAway
from guidelines.vocabulary import DIMENSIONS
from web.console.frame import database_of, show, today
from web.console.words import WHY_DISPLACED, concept_words
from web.door import door
from web.faults import Refusal
from web.pages.fields import empty_fields, read_fields
from web.signin.guard import form_of

_MOST_ASIDE = 200


@dataclass(frozen=True, slots=True)
class Considered:
    """A rule, and why it did or did not decide."""

    guideline: Guideline
    rule: Rule
    why: tuple[str, ...]


@dataclass(frozen=True)
class Explained:
    """An enquiry with everything that was considered."""

    enquiry: Enquiry
    on: dt.date
    outcome: Answer | Question | Table
    decided: tuple[Considered, ...]
    displaced: tuple[Considered, ...]
    aside: tuple[Considered, ...]


async def get_explain(request: Request) -> Response:
    """The empty form, or a receipt."""
    book = await door(request).book()
    number = request.query_params.get("receipt", "").strip()[:40]
    if not number:
        return _page(request, book, {})
    try:
        found = await run_sync(_receipt, request, number)
    except DatabaseAway:
        raise Refusal(503, "receipts cannot be read right now: try again soon") from None
    if found is None:
        return _page(request, book, {}, problem=f"There is no receipt {number}.", number=number, status=404)
    read = await run_sync(_recall, request, found, book)
    return _page(request, book, {}, number=found.id, **read)


async def post_explain(request: Request) -> Response:
    """An enquiry, explained. The details travel in the body, never in an address."""
    form = form_of(request)
    book = await door(request).book()
    given = {dimension: form.get(dimension) for dimension in DIMENSIONS}
    fields = read_fields(book, given)
    problem, on = "", today()
    if form.get("on"):
        try:
            on = dt.date.fromisoformat(form.get("on"))
        except ValueError:
            problem = "The day must be a date such as 2026-03-31."
    wrong = [field.error for field in fields if field.error]
    if wrong or problem:
        return _page(
            request, book, given, problem=" ".join([*wrong, problem]).strip(), fields=fields, status=422
        )
    enquiry = Enquiry.of({field.dimension: field.concept or None for field in fields})
    explained = await run_sync(explain, book, enquiry, on)
    return _page(request, book, given, fields=fields, explained=explained, day=form.get("on"))


def _page(
    request: Request, current: RuleBook, given: Mapping[str, str], status: int = 200, **shown: Any
) -> Response:
    context: dict[str, Any] = {
        "fields": empty_fields(current, dict(given)),
        "explained": None,
        "problem": "",
        "number": "",
        "receipt": None,
        "then": None,
        "again": None,
        "now": None,
        "day": "",
        "book": current,
        **shown,
    }
    outcome = context["explained"].outcome if context["explained"] else None
    return show(
        request, "explain.html", "explain", status=status, edition=current.edition,
        concept_words=concept_words, dimensions=DIMENSIONS,
        is_answer=isinstance(outcome, Answer), is_question=isinstance(outcome, Question), **context,
    )  # fmt: skip


def _receipt(request: Request, number: str) -> receipts.Receipt | None:
    with database_of(request).reading() as session:
        return receipts.find(session, number)


def _recall(request: Request, receipt: receipts.Receipt, book: RuleBook) -> dict[str, Any]:
    """A receipt ruled again by its own edition and by today's."""
    own = door(request).books.at(receipt.edition)
    enquiry = Enquiry.of({d: receipt.enquiry.get(d) for d in DIMENSIONS})
    try:
        explained = explain(own, enquiry, receipt.on)
    except UnknownConcept:
        explained = None
    return {
        "receipt": receipt,
        "then": Outcome.of(receipt.outcome),
        "again": rule_again(own, receipt.enquiry, receipt.on),
        "now": rule_again(book, receipt.enquiry, today()),
        "explained": explained,
        "book": own,
    }


def explain(book: RuleBook, enquiry: Enquiry, on: dt.date) -> Explained:
    """Everything considered for an enquiry on a day. Raises UnknownConcept."""
    outcome = consider(book, enquiry, on)
    deciding = _deciding(outcome)
    displaced = _displaced(book, enquiry, on)
    decided, dropped, aside = [], [], []
    for compiled in book.compiled:
        rule, missed = compiled.rule, misses(book, compiled, enquiry)
        why = [_missed(book, m) for m in missed]
        if not rule.valid_on(on):
            why.append(_dates(rule))
        one = Considered(compiled.guideline, rule, tuple(why))
        if rule.id in deciding:
            decided.append(one)
        elif rule.id in displaced:
            dropped.append(Considered(compiled.guideline, rule, tuple(displaced[rule.id])))
        elif not why:
            dropped.append(Considered(compiled.guideline, rule, (_NOT_STRICTEST,)))
        else:
            aside.append(one)
    aside.sort(key=lambda one: len(one.why))
    return Explained(enquiry, on, outcome, tuple(decided), tuple(dropped), tuple(aside[:_MOST_ASIDE]))


_NOT_STRICTEST = "It applies, but another rule decides: a stricter one, or one that displaces it."


def _deciding(outcome: Answer | Question | Table) -> set[str]:
    match outcome:
        case Answer():
            return set(outcome.ruling.rules)
        case Table():
            return {rule for entry in outcome.entries for rule in entry.ruling.rules}
        case _:
            return set()


def _displaced(book: RuleBook, enquiry: Enquiry, on: dt.date) -> dict[str, list[str]]:
    """For a complete enquiry, the rules that are displaced and by what."""
    if not enquiry.is_complete(book.vocabulary):
        return {}
    role, device, country, app = (str((enquiry[dimension] or ("",))[0]) for dimension in DIMENSIONS)
    found: dict[str, list[str]] = {}
    for one in book.explain(role, device, country, app, on).displaced:
        found.setdefault(one.rule, []).append(f"It is displaced by {one.by}, {WHY_DISPLACED[one.why]}.")
    return found


def _missed(book: RuleBook, miss: Any) -> str:
    speaks = _names(book, miss.dimension, miss.speaks_of)
    less = f", but not {_names(book, miss.dimension, miss.less)}" if miss.less else ""
    part = "It speaks only partly about this" if miss.partly else "It speaks of another"
    return f"{part} {miss.dimension}: {speaks}{less}."


def _names(book: RuleBook, dimension: str, concepts: Sequence[str]) -> str:
    return concept_words(book.vocabulary, dimension, tuple(concepts))


def _dates(rule: Rule) -> str:
    first = f" from {rule.valid_from.isoformat()}" if rule.valid_from else ""
    last = f" until {rule.valid_until.isoformat()}" if rule.valid_until else ""
    return f"It holds{first}{last}, not on this day."
