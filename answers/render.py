"""Plans into text for people, by the Jinja2 templates beside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from answers.dialogue.conversation import Conversation
from answers.dialogue.plan import Entry, Plan
from answers.reply import Recorded, deciding
from answers.wording import Words, cited, day, listed, sentence
from guidelines.rulebook import RuleBook
from guidelines.rules import Guideline
from guidelines.vocabulary import DIMENSIONS

_TEMPLATES = Path(__file__).with_name("templates")
_NAMES = {"role": "role", "device": "device", "country": "country", "app": "app"}


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # plain text: the faces that show it as HTML escape it
    )
    environment.filters.update(listed=listed, day=day, sentence=sentence, label=_label)
    return environment


def _label(concept: str, words: Words, dimension: str) -> str:
    return words.label(dimension, concept)


@dataclass(frozen=True)
class View:
    """One ruling as the templates see it: words only, no ids."""

    effect: str | None
    unclear: str | None
    app: str
    where: str
    understood: str
    reasons: tuple[str, ...]
    conditions: tuple[str, ...]
    approvers: tuple[str, ...]
    sources: tuple[str, ...]
    guidelines: tuple[Guideline, ...]
    review_by: str
    near: str
    unknown_app: str
    unknown_place: str
    unsaid: str
    receipt: str | None
    case: str | None
    team: str
    contact: str

    @property
    def permits(self) -> bool:
        """Whether the person may go ahead."""
        return self.effect in ("allowed", "conditional") and self.unclear is None

    @property
    def illustrative(self) -> bool:
        """Whether any of it is made up to show how a department's guidance would look."""
        return any(g.provenance == "illustrative" for g in self.guidelines)

    @property
    def titles(self) -> str:
        """The guidelines that decide."""
        return listed([f"“{g.title}”" for g in self.guidelines])


class Renderer:
    """Puts plans into words, for one edition."""

    def __init__(self, book: RuleBook) -> None:
        self.book = book
        self.words = Words(book.vocabulary)

    def text(
        self,
        plan: Plan,
        conversation: Conversation,
        recorded: Sequence[Recorded],
        *,
        about: Recorded | None = None,
        gap: Recorded | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> str:
        """The reply's text."""
        views = tuple(self.view(e, r) for e, r in zip(plan.entries, recorded, strict=True))
        subject = self.view(plan.about, about or Recorded()) if plan.about else None
        single = subject or (views[0] if len(views) == 1 else None)
        template = _environment().get_template(f"{plan.template}.txt.j2")
        text = template.render(
            plan=plan,
            says=plan.says,
            views=views,
            one=single,
            words=self.words,
            edition=self.book.edition,
            gap=gap,
            assumed=self._assumed(conversation),
            held=self.words.understood(conversation.facts.enquiry()),
            what_if=conversation.what_if,
            shown=self.shown,
            view=self.view,
            **(more or {}),
        )
        return _tidy(text)

    def view(self, entry: Entry, recorded: Recorded | None = None) -> View:
        """One ruling in words."""
        recorded = recorded or Recorded()
        ruling, enquiry = entry.ruling, entry.enquiry
        found = deciding(self.book, ruling.rules)
        guidelines = tuple({g.id: g for g, _ in found}.values())
        overdue = [g.review_by for g in guidelines if g.review_by is not None]
        app = (
            f"“{entry.unknown_app}”"
            if entry.unknown_app
            else self.words.phrase("app", enquiry.app) or "any app"
        )
        return View(
            effect=str(ruling.effect) if ruling.effect else None,
            unclear=str(ruling.unclear) if ruling.unclear else None,
            app=app,
            where=self.words.where(enquiry, entry.unknown_place),
            understood=self.words.understood(enquiry, entry.unknown_app, entry.unknown_place),
            reasons=tuple(dict.fromkeys(sentence(r.reason) for _, r in found if r.reason)),
            conditions=tuple(sentence(c) for c in ruling.conditions),
            approvers=tuple(sentence(a) for a in ruling.approvers),
            sources=tuple(dict.fromkeys(cited(s) for g in guidelines for s in g.sources)),
            guidelines=guidelines,
            review_by=day(min(overdue)) if overdue else "",
            near=self.words.labels("country" if entry.unknown_place else "app", entry.near[:3], "or"),
            unknown_app=entry.unknown_app or "",
            unknown_place=entry.unknown_place or "",
            unsaid=self._unsaid(entry),
            receipt=recorded.receipt,
            case=recorded.case,
            team=recorded.team,
            contact=recorded.contact,
        )

    def shown(self, entry: Entry) -> str:
        """What tells one entry of a list from the others."""
        return self.words.understood(entry.enquiry, entry.unknown_app, entry.unknown_place)

    def _unsaid(self, entry: Entry) -> str:
        """The details that were left open because they do not change the answer."""
        skipped = {"app"} if entry.unknown_app else {"country"} if entry.unknown_place else set()
        missing = [_NAMES[d] for d in DIMENSIONS if entry.enquiry[d] is None and d not in skipped]
        return listed(missing, "or")

    def _assumed(self, conversation: Conversation) -> tuple[str, ...]:
        """What was read into the person's words and not confirmed: "“wattsap” as WhatsApp"."""
        facts = conversation.facts
        notes = []
        for dimension in facts.unsure:
            fact = facts.known[dimension]
            labels = self.words.labels(dimension, fact.values)
            notes.append(f"“{fact.words}” as {labels}" if fact.words else labels)
        return tuple(notes)


def _tidy(text: str) -> str:
    """Without space at line ends, and with no more than one empty line at a time."""
    lines = [
        " ".join(line.split()) if not line.startswith("- ") else line.rstrip() for line in text.split("\n")
    ]
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept).strip()
