"""Which apps may I use, and a short briefing for a place: both from the same rulings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from answers.dialogue.asking import Step, ask_for, choices, confirm_first
from answers.dialogue.conversation import Conversation, Pending
from answers.dialogue.plan import Asked, Entry, Plan
from answers.dialogue.still_open import still_open
from guidelines.completion import Answer, Table, consider, value_classes
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect, Rule
from guidelines.vocabulary import DIMENSIONS, Vocabulary

_MOST_NAMED = 24


@dataclass(frozen=True, slots=True)
class Special:
    """A rule that speaks of the place (and not of everywhere), and the title of its guideline."""

    rule: Rule
    guideline: str
    illustrative: bool


def permitted(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """The apps that may be used with the facts held, whatever is still open."""
    enquiry = without_app(conversation.facts.enquiry(), book.vocabulary)
    entries, unsettled = permitted_apps(book, enquiry, on)
    if step := confirm_first(conversation, entries, book, on):
        return step
    question = still_open(book, enquiry, on) if unsettled else None
    return _listing(conversation, Plan("list", "permitted", entries=entries), question)


def permitted_apps(book: RuleBook, enquiry: Enquiry, on: dt.date) -> tuple[tuple[Entry, ...], bool]:
    """An entry for each class of apps that may be used; and whether others hang on what is still open."""
    found: list[Entry] = []
    unsettled = False
    for apps in _classes(book, enquiry, on):
        outcome = consider(book, enquiry.with_detail("app", (apps[0],)), on)
        answers = (
            [outcome]
            if isinstance(outcome, Answer)
            else outcome.entries
            if isinstance(outcome, Table)
            else ()
        )
        unsettled |= not answers
        if answers and all(a.ruling.permits and a.ruling.unclear is None for a in answers):
            found.append(Entry(enquiry.with_detail("app", apps), answers[0].ruling))
    found.sort(key=lambda entry: (entry.ruling.effect is not Effect.ALLOWED, -len(entry.enquiry.app or ())))
    return tuple(found), unsettled


def briefing(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """What is particular about a place: the rules that speak of it, and the apps that may be used there."""
    facts = conversation.facts
    if facts.unknown_place is not None:
        return ask_for(conversation, "country", facts.unknown_place.near, because="unknown-place")
    if not facts.get("country"):
        return ask_for(conversation, "country", because="briefing")
    enquiry = replace(facts.enquiry(), app=None)
    entries, unsettled = permitted_apps(book, enquiry, on)
    if step := confirm_first(conversation, entries, book, on):
        return step
    question = still_open(book, enquiry, on) if unsettled else None
    says = {"special": tuple(_speaking_of(book, enquiry, on)), "permitted": entries}
    return _listing(conversation, Plan("briefing", "briefing", says=says), question)


def _listing(conversation: Conversation, plan: Plan, question: Asked | None) -> Step:
    pending = Pending("detail", question.dimension, question.options, question.complete) if question else None
    buttons = choices(question) if question else ()
    conversation = replace(conversation, pending=pending)
    return conversation, replace(plan, question=question, buttons=buttons)


def without_app(enquiry: Enquiry, vocabulary: Vocabulary) -> Enquiry:
    """The enquiry with the app taken away, unless it is a group: "which messaging apps"."""
    scheme = vocabulary["app"]
    groups = tuple(a for a in enquiry.app or () if not scheme.is_value(a))
    return enquiry.with_detail("app", groups or None)


def _classes(book: RuleBook, enquiry: Enquiry, on: dt.date) -> list[tuple[str, ...]]:
    return [c.values for c in value_classes(book, enquiry, on)["app"]]


def _speaking_of(book: RuleBook, enquiry: Enquiry, on: dt.date) -> Iterator[Special]:
    masks = {d: book.mask(d, _values(book, enquiry, d)) for d in DIMENSIONS}
    everywhere = book.mask("country", book.vocabulary["country"].values)
    for compiled in book.compiled:
        admits = dict(zip(DIMENSIONS, compiled.admits, strict=True))
        if admits["country"] == everywhere or not compiled.rule.valid_on(on):
            continue
        if all(admits[d] & masks[d] for d in DIMENSIONS):
            yield Special(
                compiled.rule, compiled.guideline.title, compiled.guideline.provenance == "illustrative"
            )


def _values(book: RuleBook, enquiry: Enquiry, dimension: str) -> frozenset[str]:
    return book.vocabulary[dimension].values_under(*(enquiry[dimension] or ("any",)))
