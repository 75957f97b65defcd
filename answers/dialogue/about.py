"""Questions about a ruling: why, on which conditions, what instead, who approves, who owns it; disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from answers.dialogue.asking import (
    Step,
    _strange_apps,
    ask_for,
    choices,
    confirm_first,
    entries_of,
    same_enquiry,
)
from answers.dialogue.conversation import Answered, Conversation, Pending
from answers.dialogue.plan import Asked, Entry, Gap, Plan
from answers.dialogue.still_open import still_open
from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling, Unclear

_CATEGORY = "category:"
_MOST_OUTCOMES = 12


@dataclass(frozen=True, slots=True)
class Subject:
    """What a question is about: one ruling, or several when a detail is missing that makes the difference."""

    entries: tuple[Entry, ...]
    question: Asked | None = None
    answered: bool = False

    @property
    def one(self) -> Entry | None:
        """The ruling, where there is just one."""
        return self.entries[0] if len(self.entries) == 1 and self.question is None else None


def subject(conversation: Conversation, book: RuleBook, on: dt.date) -> Subject | None:
    """What the facts that are held are answered by; None when no app is held."""
    facts = conversation.facts
    answered = same_enquiry(conversation)
    if facts.unknown_apps and not facts.get("app"):
        return Subject(_strange_apps(conversation), answered=answered)
    if not facts.get("app"):
        return None
    enquiry = facts.enquiry()
    if facts.unknown_place is not None:
        ruling = Ruling(None, Unclear.UNKNOWN_PLACE)
        return Subject((Entry(enquiry, ruling, unknown_place=facts.unknown_place.words),), answered=answered)
    outcome = consider(book, enquiry, on)
    if not isinstance(outcome, Question):
        return Subject(entries_of(outcome), answered=answered)
    asked = Asked(outcome.dimension, outcome.options, outcome.complete)
    return Subject(outcomes(book, outcome, on), asked)


def outcomes(book: RuleBook, question: Question, on: dt.date) -> tuple[Entry, ...]:
    """The rulings that an enquiry may come to, by the choices of the questions that are still open."""
    found: list[Entry] = []
    for option in question.options[:_MOST_OUTCOMES]:
        narrower = question.enquiry.with_detail(question.dimension, (option,))
        outcome = consider(book, narrower, on)
        if isinstance(outcome, Question):
            # One level is enough to say what it depends on.
            continue
        found += entries_of(outcome)
    return tuple(found[:_MOST_OUTCOMES])


def reason(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """Why: the reasons of the deciding rules, their sources, and what was displaced."""
    about = subject(conversation, book, on)
    if about is None:
        return ask_for(conversation, "app", because="reason")
    return _told(conversation, about, book, on, "reason")


def conditions(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """What must be done for the app to be used."""
    about = subject(conversation, book, on)
    if about is None:
        return ask_for(conversation, "app", because="conditions")
    return _told(conversation, about, book, on, "conditions")


def approval(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """Who approves, and how to ask."""
    about = subject(conversation, book, on)
    if about is None:
        pending = Pending("detail", "app")
        says = {"known": False}
        return replace(conversation, pending=pending), Plan(
            "approval", "approval", question=Asked("app"), says=says
        )
    return _told(conversation, about, book, on, "approval", permissive=False)


def contact(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """Who owns the guidance that decides."""
    about = subject(conversation, book, on)
    if about is None:
        return conversation, Plan("contact", "contact", says={"known": False})
    return _told(conversation, about, book, on, "contact", permissive=False)


def _told(
    conversation: Conversation,
    about: Subject,
    book: RuleBook,
    on: dt.date,
    kind: str,
    permissive: bool = True,
) -> Step:
    if permissive and (step := confirm_first(conversation, about.entries, book, on)):
        return step
    one = about.one
    pending = None
    if about.question is not None:
        pending = Pending("detail", about.question.dimension, about.question.options, about.question.complete)
    conversation = replace(conversation, pending=pending)
    plan = Plan(
        kind,
        kind,
        entries=(one,) if one and not about.answered else (),
        about=one,
        question=about.question,
        buttons=choices(about.question) if about.question else (),
        says={"known": True, "outcomes": () if one else about.entries, "on": on},
    )
    if one and not about.answered:
        conversation = replace(conversation, answered=answered_by(one))
    return conversation, plan


def answered_by(entry: Entry) -> Answered:
    """What is remembered of a ruling that was given."""
    return Answered(
        details=entry.enquiry.as_dict(),
        effect=entry.ruling.effect,
        unclear=entry.ruling.unclear,
        rules=entry.ruling.rules,
        unknown_app=entry.unknown_app,
        unknown_place=entry.unknown_place,
    )


def dispute(conversation: Conversation) -> Step:
    """The person says that it is wrong or did not help: logged with the receipt it concerns."""
    answered = conversation.answered
    if answered is None:
        gap = Gap(Unclear.DISPUTED, details=conversation.facts.context())
        return conversation, Plan("clarify", "dispute", gap=gap)
    details: Mapping[str, Any] = {
        **answered.details,
        "unknown_app": answered.unknown_app,
        "unknown_place": answered.unknown_place,
    }
    gap = Gap(Unclear.DISPUTED, details, answered.rules, answered.effect, answered.receipt)
    return conversation, Plan("clarify", "dispute", gap=gap)


@dataclass(frozen=True, slots=True)
class Instead:
    """An app that may be used in place of another, or the same app under another detail."""

    enquiry: Enquiry
    ruling: Ruling
    differs: str = "app"
    conditions: tuple[str, ...] = field(default=())


def alternatives(conversation: Conversation, book: RuleBook, on: dt.date) -> Step:
    """Apps of the same kind that may be used with the facts held, and another device that the app may be used
    on.
    """
    facts = conversation.facts
    if not facts.get("app") and not facts.unknown_apps:
        return ask_for(conversation, "app", because="alternatives")
    about = subject(conversation, book, on)
    assert about is not None
    enquiry = facts.enquiry()
    apps = _alike(book, facts.get("app"))
    found, unsettled = _permitted_among(book, enquiry, apps, on)
    elsewhere = _on_other_devices(book, enquiry, on) if facts.get("app") and facts.get("device") else []
    entries = [Entry(i.enquiry, i.ruling) for i in (*found, *elsewhere)]
    entries += [about.one] if about.one else []
    if step := confirm_first(conversation, entries, book, on):
        return step
    question = about.question if unsettled and about.question and about.question.dimension != "app" else None
    if question is None and unsettled:
        question = still_open(book, enquiry.with_detail("app", tuple(apps) or None), on)
    pending = Pending("detail", question.dimension, question.options, question.complete) if question else None
    offered = ("app", tuple(i.enquiry.app[0] for i in found[:8] if i.enquiry.app))
    conversation = replace(conversation, pending=pending, offered=offered)
    plan = Plan(
        "alternatives",
        "alternatives",
        about=about.one,
        question=question,
        buttons=choices(question) if question else (),
        says={"apps": tuple(found), "elsewhere": tuple(elsewhere), "known": bool(facts.get("app"))},
    )
    return conversation, plan


def _alike(book: RuleBook, apps: Iterable[str]) -> list[str]:
    """The other apps of the same categories, in the order of the vocabulary."""
    scheme = book.vocabulary["app"]
    named = set(apps)
    categories = {a for app in named for a in scheme.ancestors(app) if a.startswith(_CATEGORY)}
    return [v for v in scheme.values if v not in named and not categories.isdisjoint(scheme.ancestors(v))]


def _permitted_among(
    book: RuleBook, enquiry: Enquiry, apps: Iterable[str], on: dt.date
) -> tuple[list[Instead], bool]:
    """Those of `apps` that may be used whatever is still open; and whether something else hangs on what is
    open.
    """
    found, unsettled = [], False
    for app in apps:
        outcome = consider(book, enquiry.with_detail("app", (app,)), on)
        rulings = (
            [outcome]
            if isinstance(outcome, Answer)
            else outcome.entries
            if isinstance(outcome, Table)
            else ()
        )
        unsettled |= not rulings
        if rulings and all(a.ruling.permits and a.ruling.unclear is None for a in rulings):
            found.append(Instead(enquiry.with_detail("app", (app,)), rulings[0].ruling))
    return sorted(found, key=lambda i: i.ruling.effect.strictness if i.ruling.effect else 0), unsettled


def _on_other_devices(book: RuleBook, enquiry: Enquiry, on: dt.date) -> list[Instead]:
    scheme = book.vocabulary["device"]
    held = scheme.values_under(*(enquiry.device or ()))
    found = []
    for device in scheme.values:
        if device in held:
            continue
        outcome = consider(book, enquiry.with_detail("device", (device,)), on)
        if isinstance(outcome, Answer) and outcome.ruling.permits and outcome.ruling.unclear is None:
            found.append(Instead(outcome.enquiry, outcome.ruling, "device"))
    return found
