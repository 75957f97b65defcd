"""A reply as every face gets it: text for people, buttons, and the payload for programs (SPEC section 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from answers.dialogue.plan import Button, Entry, Plan
from answers.wording import Words
from guidelines.rulebook import RuleBook
from guidelines.rules import Guideline, Rule

KINDS = (
    "ruling", "question", "reason", "alternatives", "conditions", "list", "briefing", "approval", "contact",
    "changes",     "clarify", "smalltalk", "declined", "error",
)  # fmt: skip


@dataclass(frozen=True)
class Reply:
    """What to say."""

    text: str
    buttons: tuple[Mapping[str, str], ...] = ()
    payload: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """As the HTTP API gives it."""
        return {"text": self.text, "buttons": [dict(b) for b in self.buttons], "payload": dict(self.payload)}


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was written down about a ruling that was given: its receipt, its case, and whose the case is."""

    receipt: str | None = None
    case: str | None = None
    team: str = ""
    contact: str = ""


def context_of(entry: Entry) -> dict[str, Any]:
    """What one ruling is about."""
    context = entry.enquiry.as_dict()
    if entry.unknown_app:
        context["unknown_app"] = entry.unknown_app
    if entry.unknown_place:
        context["unknown_place"] = entry.unknown_place
    return context


def deciding(book: RuleBook, rules: Sequence[str]) -> list[tuple[Guideline, Rule]]:
    """The rules that decided, with their guidelines; those that the edition no longer holds are left out."""
    found = []
    for rule in rules:
        try:
            found.append(book.find(rule))
        except KeyError:
            continue
    return found


def ruling_payload(entry: Entry, book: RuleBook) -> dict[str, Any]:
    """The `ruling` of a payload."""
    ruling = entry.ruling
    found = deciding(book, ruling.rules)
    guidelines = {guideline.id: guideline for guideline, _ in found}
    sources = {source: None for guideline in guidelines.values() for source in guideline.sources}
    return {
        "effect": str(ruling.effect) if ruling.effect else None,
        "unclear": str(ruling.unclear) if ruling.unclear else None,
        "rules": list(ruling.rules),
        "conditions": list(ruling.conditions),
        "reason": " ".join(dict.fromkeys(rule.reason.strip() for _, rule in found if rule.reason)),
        "sources": [
            {"title": s.title, "publisher": s.publisher, "url": s.url, "date": s.date} for s in sources
        ],
        "approver": " ".join(ruling.approvers),
        "provenance": provenance(guidelines.values()),
        "guidelines": [
            {"id": g.id, "title": g.title, "issuer": g.issuer, "provenance": g.provenance}
            for g in guidelines.values()
        ],
    }


def provenance(guidelines: Any) -> str | None:
    """`illustrative` when any of the guidelines is, else what they are; None when there are none."""
    kinds = {guideline.provenance for guideline in guidelines}
    if "illustrative" in kinds:
        return "illustrative"
    return next(iter(sorted(kinds)), None)


def titles(buttons: Sequence[Button], words: Words) -> tuple[Mapping[str, str], ...]:
    """Buttons with a title for people and the text that pressing them sends."""
    shown = []
    for button in buttons:
        value = f"/{button.says}"
        title = button.title
        if button.dimension:
            value += f'{{"{button.dimension}": "{button.concept}"}}'
            label = words.label(button.dimension, button.concept)
            title = title or (
                f"May I use {label}?" if button.says == "may_i" else label[:1].upper() + label[1:]
            )
        shown.append({"title": title, "value": value})
    return tuple(shown)


def payload_of(
    plan: Plan,
    context: Mapping[str, Any],
    book: RuleBook,
    recorded: Sequence[Recorded],
    *,
    about: Recorded | None = None,
    gap: Recorded | None = None,
    unconfirmed: Sequence[str] = (),
) -> dict[str, Any]:
    """The payload of a reply. Every key of SPEC section 4 is always there."""
    single = plan.about or (plan.entries[0] if len(plan.entries) == 1 and plan.kind == "ruling" else None)
    first = next(iter(recorded), None)
    case = gap.case if gap else next((r.case for r in recorded if r.case), about.case if about else None)
    payload: dict[str, Any] = {
        "kind": plan.kind,
        "context": dict(context),
        "ruling": ruling_payload(single, book) if single else None,
        "question": None,
        "edition": book.edition,
        "receipt": first.receipt if first else about.receipt if about else None,
        "case": case,
    }
    if plan.question is not None:
        payload["question"] = {
            "dimension": plan.question.dimension,
            "options": list(plan.question.options),
            "complete": plan.question.complete,
        }
    if plan.entries and not single:
        payload["rulings"] = [
            {
                "context": context_of(entry),
                "ruling": ruling_payload(entry, book),
                "receipt": written.receipt,
                "case": written.case,
            }
            for entry, written in zip(plan.entries, recorded, strict=True)
        ]
    elif plan.kind == "list":
        payload["rulings"] = []
    if unconfirmed:
        payload["unconfirmed"] = list(unconfirmed)
    return payload
