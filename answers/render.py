"""Plans into text for people, by the Jinja2 templates beside this module."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from answers.channels import Allowance, Limit
from answers.dialogue.conversation import Conversation
from answers.dialogue.lists import without_app
from answers.dialogue.plan import Entry, Plan
from answers.reply import Recorded, deciding
from answers.wording import Words, cited, day, listed, sentence
from cases.notices import Notice
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.rules import Guideline
from guidelines.vocabulary import DIMENSIONS

_TEMPLATES = Path(__file__).with_name("templates")
_WITHOUT_APP = ("list", "briefing")
_FEW = 3


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


def _strange(entry: Entry, dimension: str) -> str | None:
    return {"app": entry.unknown_app, "country": entry.unknown_place}.get(dimension)


def _label(concept: str, words: Words, dimension: str) -> str:
    return words.label(dimension, concept)


@dataclass(frozen=True)
class View:
    """One ruling as the templates see it: words only, no ids."""

    effect: str | None
    unclear: str | None
    app: str
    you: str
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
        self.words, self._theirs = Words(book.vocabulary), Words(book.vocabulary, theirs=True)

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
        words = self._theirs if conversation.on_behalf else self.words
        views = tuple(self.view(e, r, words) for e, r in zip(plan.entries, recorded, strict=True))
        subject = self.view(plan.about, about or Recorded(), words) if plan.about else None
        single = subject or (views[0] if len(views) == 1 else None)
        apart = self._apart(plan, conversation)
        template = _environment().get_template(f"{plan.template}.txt.j2")
        text = template.render(
            plan=plan,
            says=plan.says,
            views=views,
            one=single,
            words=words,
            edition=self.book.edition,
            gap=gap,
            assumed=self._assumed(conversation),
            held=self._held(plan, conversation),
            **apart,
            same=_alike(views or [self.view(e) for e in plan.says.get("outcomes") or ()]),
            together=_together(views, apart.get("own", ())),
            what_if=conversation.what_if,
            view=self.view,
            **(more or {}),
        )
        return _tidy(text)

    def _held(self, plan: Plan, conversation: Conversation) -> str:
        """What is held, for a reply that gives no ruling on it."""
        facts = conversation.facts
        enquiry = Enquiry.of({d: facts.get(d) for d in DIMENSIONS})
        place = facts.unknown_place.words if facts.unknown_place else None
        if plan.kind in _WITHOUT_APP:
            return self.words.understood(without_app(enquiry, self.book.vocabulary), place=place)
        apps = " and ".join(stranger.words for stranger in facts.unknown_apps)
        return self.words.understood(enquiry, apps, place)

    def _apart(self, plan: Plan, conversation: Conversation) -> dict[str, Any]:
        entries = plan.entries or plan.says.get("outcomes") or ()
        if plan.template == "permitted" or len(entries) < 2:
            return {"common": "", "differs": (), "own": [self.view(e).understood for e in entries]}
        differs = [d for d in DIMENSIONS if len({(e.enquiry[d], _strange(e, d)) for e in entries}) > 1]
        common, own = self.told_apart(entries, differs, conversation.facts.enquiry())
        return {"common": common, "differs": differs, "own": own}

    def view(self, entry: Entry, recorded: Recorded | None = None, words: Words | None = None) -> View:
        """One ruling in words."""
        recorded, words = recorded or Recorded(), words or self.words
        ruling, enquiry = entry.ruling, entry.enquiry
        found = deciding(self.book, ruling.rules)
        guidelines = tuple({g.id: g for g, _ in found}.values())
        overdue = [g.review_by for g in guidelines if g.review_by is not None]
        app = f"“{entry.unknown_app}”" if entry.unknown_app else words.phrase("app", enquiry.app) or "any app"
        return View(
            effect=str(ruling.effect) if ruling.effect else None,
            unclear=str(ruling.unclear) if ruling.unclear else None,
            app=app,
            you=words.you,
            where=words.where(enquiry, entry.unknown_place),
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

    def told_apart(
        self, entries: Sequence[Entry], differs: Sequence[str], asked: Enquiry
    ) -> tuple[str, list[str]]:
        """What several rulings have in common, and for each of them what is its own."""
        common = [d for d in DIMENSIONS if d not in differs] if differs else []
        first = entries[0]
        shared = {d: first.enquiry[d] if d in common else None for d in DIMENSIONS}
        own = []
        for entry in entries:
            parts = [
                self._part(entry, d, entries, asked)
                for d in ("app", "device", "country", "role")
                if d not in common
            ]
            own.append(" · ".join(part for part in parts if part))
        return self.words.understood(Enquiry(**shared)), own

    def _part(self, entry: Entry, dimension: str, entries: Sequence[Entry], asked: Enquiry) -> str:
        """One detail of an entry: the rest of a broader concept is "other ...", many are named by a few."""
        if strange := _strange(entry, dimension):
            return f"“{strange}”"
        named = entry.enquiry[dimension]
        if not named or len(named) <= _FEW:
            return self.words.labels(dimension, named or ())
        scheme = self.book.vocabulary[dimension]
        sizes = [len(scheme.values_under(*(e.enquiry[dimension] or ("any",)))) for e in entries]
        values = scheme.values_under(*named)
        whole = asked[dimension]
        if whole and len(whole) == 1 and len(values) == max(sizes) > 1:
            return f"other {scheme.label(whole[0])}"
        return self.words.labels(dimension, [v for v in scheme.values if v in values])

    def _unsaid(self, entry: Entry) -> str:
        """The details that were left open because they do not change the answer."""
        skipped = {"app"} if entry.unknown_app else {"country"} if entry.unknown_place else set()
        missing = [d for d in DIMENSIONS if entry.enquiry[d] is None and d not in skipped]
        return listed(missing, "or")

    def _assumed(self, conversation: Conversation) -> tuple[str, ...]:
        """What was read into the person's words and not confirmed: "“wattsap” as WhatsApp"."""
        facts = conversation.facts
        notes = []
        for dimension in facts.unsure:
            fact = facts.known[dimension]
            if len(fact.values) > 1:
                continue  # which of several is meant is no reading of one word
            labels = self.words.labels(dimension, fact.values)
            notes.append(f"“{fact.words}” as {labels}" if fact.words else labels)
        return tuple(notes)


def _alike(views: Sequence[View]) -> View | None:
    """One of several rulings, when they all say the same."""
    return views[0] if len({(view.effect, view.unclear) for view in views}) == 1 else None


def _together(views: Sequence[View], own: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The conditions of several rulings, each set of them once: what they are for, and the conditions."""
    named: dict[tuple[str, ...], list[str]] = {}
    for view, name in zip(views, own, strict=False):
        if view.permits and view.conditions:
            named.setdefault(view.conditions, []).append(name)
    return [(listed(names), conditions) for conditions, names in named.items()]


def withheld(allowed: Allowance, limit: Limit, safe: str, words: Words) -> str:
    """What is said instead of an answer that a channel may not carry."""
    scheme_knows = limit.app is not None and words.knows("app", limit.app)
    app = words.label("app", limit.app) if limit.app and scheme_knows else "this app"
    template = _environment().get_template("channel.txt.j2")
    return _tidy(template.render(because=allowed.because, app=app, safe=safe))


def told(notice: Notice | None, answer: str) -> str:
    """An answer to something asked earlier; without the notice it says nothing of what that was."""
    template = _environment().get_template("notice.txt.j2")
    return _tidy(template.render(notice=notice, answer=answer))


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
