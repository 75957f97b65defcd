"""A yes or a no: what it settles depends on what was asked, offered or guessed."""

from __future__ import annotations

from dataclasses import replace

from answers.dialogue.conversation import Conversation, Fact, Stranger
from answers.heard import Heard


def settled(conversation: Conversation, heard: Heard) -> Conversation | None:
    """The conversation with what the yes or no settles; None when there is nothing that it could settle.

    Details and words that point, said beside it, are still to be taken.
    """
    pending, facts = conversation.pending, conversation.facts
    says_more = heard.names_anything or bool(heard.references)
    yes = heard.intent == "affirm"
    if pending is None:
        return conversation if heard.names_anything else None
    match pending.asks:
        case "confirm":
            after = _confirmed(conversation, (pending.dimension,)) if yes else _denied(conversation)
        case "offer":
            if not yes and not heard.names_anything:
                return None
            after = _confirmed(conversation, tuple(facts.known)) if yes else conversation
        case "remark":
            if not yes and not heard.names_anything:
                return None
            after = _chosen(conversation) if yes else conversation
        case "near" if yes and len(pending.options) == 1 and _beside_it(conversation, heard):
            after = _chosen(conversation)
        case _ if says_more:
            return conversation
        case _ if yes and len(pending.options) == 1:
            return _chosen(conversation)
        case "near" if not yes:
            after = _strange_after_all(conversation)
        case "detail" if facts.unsure:
            # Which one it is cannot be answered by yes or no: that is about the guess beside the question.
            after = _confirmed(conversation, facts.unsure) if yes else _denied(conversation)
        case _:
            return None
    return replace(after, pending=None)


def _beside_it(conversation: Conversation, heard: Heard) -> bool:
    """Whether what is said beside a yes is about something else ("yes, but on my own phone")."""
    pending = conversation.pending
    return pending is not None and not heard.references and not heard.names(pending.dimension)


def _chosen(conversation: Conversation) -> Conversation:
    """What was offered, taken."""
    pending = conversation.pending
    assert pending is not None
    fact = Fact(pending.options, "chosen")
    return replace(conversation, facts=conversation.facts.with_fact(pending.dimension, fact))


def _confirmed(conversation: Conversation, dimensions: tuple[str, ...]) -> Conversation:
    facts = conversation.facts
    for dimension in dimensions:
        if dimension in facts.known:
            facts = facts.with_fact(dimension, replace(facts.known[dimension], how="chosen"))
    return replace(conversation, facts=facts)


def _denied(conversation: Conversation) -> Conversation:
    """A guess that was wrong: the person's word for an app or a place stands, anything else is not known."""
    pending, facts = conversation.pending, conversation.facts
    assert pending is not None
    dimension = pending.dimension if pending.asks == "confirm" else facts.unsure[0]
    guessed = facts.known.get(dimension)
    facts = facts.with_fact(dimension, None)
    if guessed and guessed.words and dimension == "app":
        facts = replace(facts, unknown_apps=(Stranger(guessed.words),))
    if guessed and guessed.words and dimension == "country" and guessed.how == "fuzzy":
        facts = replace(facts, unknown_place=Stranger(guessed.words))
    return replace(conversation, facts=facts)


def _strange_after_all(conversation: Conversation) -> Conversation:
    """A name that nobody knows, and that is none of those near it."""
    pending, facts = conversation.pending, conversation.facts
    assert pending is not None
    if pending.dimension == "app":
        facts = replace(facts, unknown_apps=tuple(Stranger(s.words) for s in facts.unknown_apps))
    elif facts.unknown_place:
        facts = replace(facts, unknown_place=Stranger(facts.unknown_place.words))
    return replace(conversation, facts=facts)
