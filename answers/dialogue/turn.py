"""One turn: what was heard, and what is held, to the next state and what to reply."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from answers.dialogue import about, asking, lists, talk, yes_or_no
from answers.dialogue.asking import Step
from answers.dialogue.conversation import Conversation, Fact
from answers.dialogue.details import speaks_of_another, take
from answers.dialogue.devices import leaves_out_the_noun
from answers.dialogue.in_context import in_context, supposes_no_more
from answers.dialogue.journey import heard_of
from answers.dialogue.whom import for_them, to_oneself
from answers.heard import Heard
from guidelines.rulebook import RuleBook

# What each goal of a conversation is pursued by, once the details of the message are taken.
_GOALS: Mapping[str, Callable[[Conversation, RuleBook, dt.date], Step]] = {
    "ruling": asking.rule,
    "reason": about.reason,
    "conditions": about.conditions,
    "alternatives": about.alternatives,
    "approval": about.approval,
    "contact": about.contact,
    "list": lists.permitted,
    "briefing": lists.briefing,
}
_GOAL_OF = {
    "may_i": "ruling",
    "what_if": "ruling",
    "why": "reason",
    "conditions": "conditions",
    "alternatives": "alternatives",
    "approval": "approval",
    "contact": "contact",
    "list_apps": "list",
    "brief": "briefing",
}
# Goals that concern no single app: "and in Japan?" after them asks for the same thing about Japan.
_STAYS = ("list", "briefing")
_GIVES_DETAILS = ("inform", "correct", "may_i", "what_if")
_LEAVES_WHAT_IF = ("may_i", "inform", "list_apps", "brief")
# "But I'm not. And Mastodon?": what was supposed is not so.
_NOT_SO = re.compile(
    r"^\W*(?:(?:but|no|well|ok|okay|and|right)\b\W*)*(?:(?:i['’]m|i am|we['’]re|it['’]s|that['’]s) not"
    r"|(?:i|we) aren['’]?t|it isn['’]?t|(?:i|we|they) won['’]?t)(?: though)?(?=\W*$|[,.;!?])",
    re.IGNORECASE,
)
# "WhatsApp on it?", of a device that is supposed.
_ON_IT = re.compile(r"\b(?:on|with) (?:it|that one)\b", re.IGNORECASE)


def turn(conversation: Conversation, heard: Heard, book: RuleBook, on: dt.date) -> Step:
    """The next state and the plan of the reply. Pure: the same arguments give the same outcome."""
    conversation = _ready(conversation, book)
    heard = in_context(conversation, heard, book.vocabulary)
    intent = heard.intent
    if intent in ("nlu_fallback", "mention", "other_language", "out_of_scope", "manipulation"):
        return talk.no_ruling(conversation, heard, book)
    conversation = replace(conversation, misunderstood=0)
    if "doubtful" in heard.cues and intent in ("may_i", "inform") and not conversation.waits:
        return talk.doubted(conversation, heard, book)
    if intent == "start_over":
        fresh = take(_ready(Conversation(profile=conversation.profile), book), heard, book.vocabulary)
        travels = heard_of(fresh.journey, heard, fresh.facts.get("country"), on)
        return talk.started_over(replace(fresh, journey=travels))
    if intent in ("affirm", "deny"):
        return _answered_yes_or_no(conversation, heard, book, on)
    if "own_case" in heard.cues:
        conversation = to_oneself(conversation, heard)
    elif conversation.what_if and _back_to_what_is(conversation, heard):
        conversation = conversation.back()
    elif intent in ("inform", "may_i") and _for_another(conversation, heard):
        intent, heard = "what_if", replace(heard, intent="what_if")
    conversation = _branched(conversation, heard, book)
    travels = heard_of(conversation.journey, heard, conversation.facts.get("country"), on)
    conversation = replace(conversation, journey=travels)
    if conversation.facts.get("app") or conversation.facts.unknown_apps:
        conversation = replace(conversation, mentioned=())
    if intent == "dispute":
        return about.dispute(conversation)
    if intent == "changes":
        return talk.changes(conversation)
    if intent in talk.SMALLTALK:
        return talk.small(conversation, intent)
    after, plan = _pursue(conversation, _goal(conversation, heard, book), book, on)
    if conversation.waits and conversation.goal == "ruling" and after.waits and intent not in _GIVES_DETAILS:
        # "why?" to a question: what the person first wanted to know is still what the detail is for.
        after = replace(after, goal=conversation.goal)
    return after, plan


def _ready(conversation: Conversation, book: RuleBook) -> Conversation:
    """The conversation fit for the edition, and at its beginning with what the person's profile says."""
    conversation = conversation.pruned(book.vocabulary)
    if conversation.turns == 0:
        facts = conversation.facts
        for dimension, concepts in conversation.profile.items():
            known = tuple(c for c in concepts if c in book.vocabulary[dimension])
            if known and dimension not in facts.known:
                facts = facts.with_fact(dimension, Fact(known, "profile"))
        conversation = replace(conversation, facts=facts)
    return replace(conversation, turns=conversation.turns + 1)


def _branched(conversation: Conversation, heard: Heard, book: RuleBook) -> Conversation:
    """The details taken into the right facts: the true ones, or those of a what-if."""
    follows = "follow_up" in heard.cues
    if heard.intent == "what_if":
        true = conversation.base or conversation.facts
        held = conversation.facts if follows else true
        if heard.asserted("role") and _for_another(conversation, heard):
            # What "officials" are is not told by what the person asking is.
            held = held.with_fact("role", None)
        supposed = take(replace(conversation, facts=held), heard, book.vocabulary)
        if not true.known and not true.unknown_apps:
            return supposed
        changed = tuple(d for d, f in supposed.facts.known.items() if true.known.get(d) != f)
        return replace(supposed, base=true, supposed=changed)
    if conversation.what_if and heard.intent in _LEAVES_WHAT_IF:
        stays = follows or heard.pressed or (conversation.waits and heard.intent == "inform")
        # "And for the minister herself?" asks for another until somebody else is spoken of.
        theirs = "role" in conversation.supposed or speaks_of_another(heard)
        stays = stays or (conversation.on_behalf and theirs)
        stays = stays or _picks_one(conversation, heard, book)
        stays = stays or ("device" in conversation.supposed and bool(_ON_IT.search(heard.text)))
        if not stays:
            conversation = conversation.back()
    taken = take(conversation, heard, book.vocabulary)
    if heard.intent == "correct" and conversation.base is not None:
        # A slip in a detail that was not supposed was a slip in the true facts too.
        true = take(replace(conversation, facts=conversation.base), heard, book.vocabulary).facts
        if not any(heard.names(dimension) for dimension in conversation.supposed):
            taken = replace(taken, base=true)
    return _without_an_if(taken)


def _without_an_if(conversation: Conversation) -> Conversation:
    """The conversation out of a what-if of which nothing is left: "no, I stay in Dili. Why that?"."""
    true, facts = conversation.base, conversation.facts
    if true is None or true.context() != facts.context() or true.shared or facts.shared:
        return conversation
    return replace(conversation, facts=true, base=None, supposed=())


def _picks_one(conversation: Conversation, heard: Heard, book: RuleBook) -> bool:
    """Whether a bare word picks one of several that are supposed: "just the work one", of two laptops."""
    for detail in heard.asserted("device"):
        held, scheme = conversation.facts.get("device"), book.vocabulary["device"]
        fitting = [h for h in held if detail.concept in scheme and scheme.covers(detail.concept, h)]
        if len(held) > 1 and len(fitting) == 1 and leaves_out_the_noun(detail.words):
            return True
    return False


def _back_to_what_is(conversation: Conversation, heard: Heard) -> bool:
    """Whether "back to Beijing", in a what-if, names what is true again; or "but I'm not" says that it is."""
    if supposes_no_more(heard) or _NOT_SO.match(heard.text):
        return True
    true = conversation.base.known if conversation.base else {}
    if _denies_what_is_supposed(conversation, heard):
        return True
    named = [d for d in heard.details if d.stance == "asserted" and d.dimension in conversation.supposed]
    returns = re.search(r"\bback to\b", heard.text, re.IGNORECASE)
    return bool(returns and named) and all(
        d.dimension in true and d.concept in true[d.dimension].values for d in named
    )


def _denies_what_is_supposed(conversation: Conversation, heard: Heard) -> bool:
    """Whether "I'm not a contractor though" denies what was supposed, and supposes nothing in its place."""
    return any(
        not heard.names(dimension)
        and set(heard.withdrawn(dimension)) & set(conversation.facts.get(dimension))
        for dimension in conversation.supposed
    )


def _for_another(conversation: Conversation, heard: Heard) -> bool:
    """Whether "and for a ...?" asks about somebody else than the person asking, whose role is held."""
    held, named = conversation.facts.known.get("role"), heard.asserted("role")
    if held is None or "follow_up" not in heard.cues or conversation.on_behalf:
        return False
    if "on_behalf" in heard.cues and (named or for_them(heard)):
        return True
    if not named:
        return False
    words = re.escape(named[0].words.casefold())
    for_one = r"\bfor (?:an?|our|the|any|some|my) (?:\w+ )?"
    about_one = r"\b(?:what|how) about (?:an? |the |any |other )?"
    and_one = rf"^\W*(?:(?:ok|okay|so|but)\b\W*)*and (?:an?|the|any|our|other) {words}\W*\?"
    return bool(re.search(rf"(?:{for_one}|{about_one}){words}|{and_one}", heard.text.casefold()))


def _goal(conversation: Conversation, heard: Heard, book: RuleBook) -> str:
    if heard.intent not in ("inform", "correct"):
        return _GOAL_OF[heard.intent]
    waiting, pending = conversation.goal, conversation.pending
    if not waiting or not (pending is not None or waiting in _STAYS):
        return "ruling"
    asked_for = pending and pending.dimension == "app"
    if asked_for and pending and pending.asks == "confirm":
        # "How about Strava?" to a guess at another app is no answer to it.
        asked_for = "follow_up" not in heard.cues
    if heard.names("app") and not asked_for:
        # "What about LINE?" to the question of another answer is a question of its own, or narrows a list.
        scheme = book.vocabulary["app"]
        narrows = waiting in _STAYS and not any(scheme.is_value(a) for a in conversation.facts.get("app"))
        return waiting if narrows and conversation.facts.get("app") else "ruling"
    return waiting


def _pursue(conversation: Conversation, goal: str, book: RuleBook, on: dt.date) -> Step:
    after, plan = asking.shared(conversation, book) or _GOALS[goal](conversation, book, on)
    keeps = after.pending is not None or goal in _STAYS
    return replace(after, goal=goal if keeps else None), plan


def _answered_yes_or_no(conversation: Conversation, heard: Heard, book: RuleBook, on: dt.date) -> Step:
    pending = conversation.pending
    settled = yes_or_no.settled(conversation, heard)
    if settled is None and pending is not None and pending.offers and heard.intent == "affirm":
        return talk.again(conversation)
    if settled is None:
        kept = pending if pending and pending.asks == "detail" else None
        return talk.small(replace(conversation, pending=kept, mentioned=()), heard.intent)
    goal = (conversation.goal if pending else None) or "ruling"
    return _pursue(take(settled, heard, book.vocabulary), goal, book, on)
