"""What is said beside rulings: greetings, help, what is declined, what was not understood."""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.asking import Step, choices
from answers.dialogue.conversation import Conversation, Pending
from answers.dialogue.details import strangers_told_apart, take
from answers.dialogue.in_context import said_of_oneself
from answers.dialogue.plan import Asked, Button, Gap, Plan
from answers.dialogue.whom import noted
from answers.heard import Heard
from guidelines.rulebook import RuleBook
from guidelines.ruling import Unclear
from guidelines.vocabulary import DIMENSIONS

SMALLTALK = ("greet", "thanks", "goodbye", "help")
_PATIENCE = 2
# What is said of oneself in a pretence is no detail.
_PRETENCE = re.compile(
    r"\b(?:pretend|imagine|suppose|assume|say)(?: that)? (?:i|we|my|our)\b|\b(?:novel|story|script)\b",
    re.IGNORECASE,
)
_YES_OR_NO = (Button("affirm", title="Yes"), Button("deny", title="No"))


def small(conversation: Conversation, intent: str) -> Step:
    """A greeting, thanks, a farewell, help, or a yes or no to nothing."""
    return conversation, Plan("smalltalk", "smalltalk", says={"about": intent})


def started_over(conversation: Conversation) -> Step:
    """Everything that was held is forgotten but the profile."""
    return conversation, Plan("smalltalk", "smalltalk", says={"about": "start_over"})


def changes(conversation: Conversation) -> Step:
    """What changed in the guidance lately; the desk looks it up."""
    return conversation, Plan("changes", "changes")


def no_ruling(conversation: Conversation, heard: Heard, book: RuleBook) -> Step:
    """A message that gets no ruling, whatever it names."""
    if heard.intent in ("out_of_scope", "manipulation"):
        conversation = replace(conversation, misunderstood=0)
        if heard.intent == "manipulation":
            apps = _apps_of(heard, book) or conversation.mentioned
            if not _PRETENCE.search(heard.text):
                conversation = take(conversation, _new_to(conversation, heard), book.vocabulary)
            conversation = replace(conversation, mentioned=apps)
        return conversation, Plan("declined", "declined", says={"about": heard.intent})
    if heard.intent == "other_language":
        return _foreign(replace(conversation, misunderstood=0), heard, book)
    if heard.intent == "mention":
        return _remarked(replace(conversation, misunderstood=0), heard, book)
    return _not_understood(conversation, heard, book)


def _new_to(conversation: Conversation, heard: Heard) -> Heard:
    """The message with no more than the details of which nothing is held: pressing for a yes changes none."""
    facts = conversation.facts
    about_an_app = facts.get("app") or facts.unknown_apps or facts.shared.get("app")
    taken = {d for d in DIMENSIONS if facts.get(d)} | ({"app"} if about_an_app else set())
    details = tuple(d for d in heard.details if d.dimension not in taken)
    unknown = tuple(u for u in heard.unknown if u.dimension not in taken)
    return replace(heard, details=details, unknown=unknown, ambiguous=(), references=(), cues={})


def _remarked(conversation: Conversation, heard: Heard, book: RuleBook) -> Step:
    """Nothing was asked; whether the app is what it is about is, and what the person is and where they will
    be is kept, unless that was said before.
    """
    plan = _did_you_want(heard, book, "mention")
    if not conversation.on_behalf:
        own = said_of_oneself(heard)
        new = tuple(d for d in own.details if not conversation.facts.get(d.dimension))
        conversation = take(conversation, replace(own, details=new, cues={}), book.vocabulary)
    conversation = noted(conversation, heard)
    named = plan.says["named"].get("app", ())
    if named and conversation.pending is None:
        conversation = replace(conversation, pending=Pending("remark", "app", named))
    return replace(conversation, mentioned=_apps_of(heard, book) or conversation.mentioned), plan


def _apps_of(heard: Heard, book: RuleBook) -> tuple[str, ...]:
    """The known apps that a message names, in whatever way."""
    named = dict.fromkeys(d.concept for d in heard.details if d.dimension == "app")
    return tuple(app for app in named if app in book.vocabulary["app"])


def doubted(conversation: Conversation, heard: Heard, book: RuleBook) -> Step:
    """It is not sure that anything was asked: the person says so before anything is ruled."""
    conversation = take(conversation, heard, book.vocabulary)
    facts = conversation.facts
    if not facts.get("app") and not facts.unknown_apps:
        return conversation, _did_you_want(heard, book, "fallback")
    buttons = (Button("affirm", title="Yes, answer that"), Button("deny", title="No"))
    asked = Asked("app", facts.get("app"))
    plan = Plan("question", "doubted", question=asked, buttons=buttons)
    return replace(conversation, pending=Pending("offer")), plan


def again(conversation: Conversation) -> Step:
    """A yes where there is something to choose: it is asked once more, without a word of apology."""
    return conversation, _once_more(conversation, 0)


def _once_more(conversation: Conversation, times: int, gap: Gap | None = None) -> Plan:
    """It was not understood; what was asked before is asked again."""
    pending = conversation.pending
    says: dict[str, object] = {"times": times, "guessed": (), "dimension": ""}
    if pending is not None and pending.offers:
        asked = Asked(pending.dimension, pending.options, pending.complete)
        says["because"] = pending.asks
        return Plan("clarify", "not_understood", question=asked, buttons=choices(asked), gap=gap, says=says)
    if pending is not None and pending.asks == "confirm":
        says |= {"guessed": conversation.facts.get(pending.dimension), "dimension": pending.dimension}
        return Plan("clarify", "not_understood", buttons=_YES_OR_NO, gap=gap, says=says)
    return Plan("clarify", "not_understood", gap=gap, says=says)


def _foreign(conversation: Conversation, heard: Heard, book: RuleBook) -> Step:
    conversation = take(conversation, heard, book.vocabulary)
    says = {"language": heard.language}
    if not conversation.facts.get("app") and not conversation.facts.unknown_apps:
        return conversation, Plan("clarify", "foreign", says=says)
    # What was read in a language that is not understood is a guess until the person says yes.
    facts = conversation.facts
    guessed = {
        dimension: replace(fact, how="inferred") if heard.names(dimension) and fact.how == "said" else fact
        for dimension, fact in facts.known.items()
    }
    conversation = replace(conversation, facts=replace(facts, known=guessed), pending=Pending("offer"))
    buttons = (Button("affirm", title="Yes, answer that"), Button("deny", title="No"))
    return conversation, Plan("clarify", "foreign", buttons=buttons, says=says)


def _not_understood(conversation: Conversation, heard: Heard, book: RuleBook) -> Step:
    times = conversation.misunderstood + 1
    conversation = replace(conversation, misunderstood=times)
    if times >= _PATIENCE:
        gap = Gap(Unclear.NOT_UNDERSTOOD, details=conversation.facts.context())
        return conversation, _once_more(conversation, times, gap)
    if heard.names_anything and conversation.pending is None:
        return conversation, _did_you_want(heard, book, "fallback")
    return conversation, _once_more(conversation, times)


def _did_you_want(heard: Heard, book: RuleBook, why: str) -> Plan:
    """Nothing was asked, but something was named: the question that could have been meant is offered as a
    button.
    """
    heard = strangers_told_apart(heard, book.vocabulary)
    named = {d: tuple(x.concept for x in heard.asserted(d)) for d in DIMENSIONS if heard.asserted(d)}
    buttons: tuple[Button, ...] = ()
    if "app" in named:
        buttons = (Button("may_i", dimension="app", concept=named["app"][0]),)
    return Plan("clarify", "mention", buttons=buttons, says={"why": why, "named": named})
