"""Taking the details of a message into the facts that are held."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from answers.dialogue.conversation import Conversation, Fact, Facts, Known, Shared, Stranger
from answers.dialogue.devices import narrowed, remaining
from answers.dialogue.references import EVERY, resolve
from answers.dialogue.whom import noted, of_whoever_was_told
from answers.heard import Detail, Heard
from cases.gap import plain
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

# What a person says of themselves and their things in general words ("my phone") does not widen what they
# said before; another place or another app is another question.
_NARROWS = ("role", "device")
# Somebody in the third person, whom no role was said of.
_THIRD = re.compile(r"\b(?:he|she|his|her|him)\b", re.IGNORECASE)
_PERSONS = frozenset(["he", "she", "they", "his", "her", "him", "hers", "their", "them"])
_OTHERWISE = frozenset(["i", "my", "mine", "me", "we", "our", "us", "it", "its", "that", "this"])
# What somebody else's turns into a detail of the enquiry when the question is put for them.
_THEIRS = ("device", "country")


def take(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Conversation:
    """The conversation with everything that the message says about the enquiry."""
    conversation = _for_somebody(conversation, heard, vocabulary)
    heard = _chosen(conversation, _for_whom_it_is(conversation, heard, vocabulary))
    heard = strangers_told_apart(heard, vocabulary)
    for dimension in DIMENSIONS:
        before = conversation.facts
        conversation = replace(conversation, facts=_taken(before, dimension, heard, vocabulary[dimension]))
        conversation = _remembered(conversation, dimension, heard)
    for dimension, concepts in resolve(conversation, heard, vocabulary).items():
        fact = Fact(concepts, "chosen")
        conversation = replace(conversation, facts=conversation.facts.with_fact(dimension, fact))
        if not set(concepts) <= set(conversation.named.get(dimension, ())):
            conversation = conversation.remember(dimension, concepts)  # "the other one", then "both"
    return _left_open(noted(conversation, heard), heard)


def _remembered(conversation: Conversation, dimension: str, heard: Heard) -> Conversation:
    """The conversation with what the message names kept for words that point back: "the work one" as the work
    phone that it was taken for.
    """
    if heard.asserted(dimension):
        conversation = conversation.remember(dimension, conversation.facts.get(dimension))
    none = ("negated", "replaced", "other")
    if others := tuple(d.concept for d in heard.details if d.dimension == dimension and d.stance in none):
        conversation = conversation.put_beside(dimension, others)
    return conversation


def speaks_of_another(heard: Heard) -> bool:
    """Whether somebody is spoken of in the third person."""
    return bool(_THIRD.search(heard.text))


def _for_somebody(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Conversation:
    """The conversation put for somebody else, whose role is not that of the person asking: "she", to whoever
    works for a senator, is likely the senator.
    """
    on_behalf = _on_behalf(conversation, heard)
    known = conversation.facts.known.get("role")
    if (
        on_behalf
        and not conversation.on_behalf
        and not heard.asserted("role")
        and known
        and speaks_of_another(heard)
    ):
        told = conversation.another if of_whoever_was_told(heard) else None
        whose = told or _employer(known, vocabulary["role"])
        conversation = replace(conversation, facts=conversation.facts.with_fact("role", whose))
    return replace(conversation, on_behalf=on_behalf)


def _employer(known: Fact, roles: Scheme) -> Fact | None:
    """Whom somebody works for whose role was told by that ("I work for a senator"): a guess."""
    for name in reversed(known.words.split()):
        concept = _named(roles).get(plain(name))
        if concept and not any(roles.covers(concept, value) for value in known.values):
            return Fact((concept,), "inferred", name)
    return None


def _on_behalf(conversation: Conversation, heard: Heard) -> bool:
    """Whether it is asked for somebody else: since that was said, until a role of one's own is named."""
    if "on_behalf" in heard.cues:
        return True
    return conversation.on_behalf and not heard.asserted("role")


def _for_whom_it_is(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The message of somebody who asks for another: the other's details are those of the enquiry.

    "Can a senator ..." says the role in so many words, and "on her work phone" then means the senator's.
    """
    if not conversation.on_behalf:
        return heard
    details = tuple(
        replace(d, stance="asserted") if d.stance == "other" and _is_theirs(d, heard) else d
        for d in heard.details
    )
    return replace(
        heard, details=tuple(replace(d, how="exact") if _is_said(d, vocabulary) else d for d in details)
    )


def _is_theirs(detail: Detail, heard: Heard) -> bool:
    """Whether what was read as somebody else's is of the person it is asked for: not of whoever asks ("my old
    Seoul contacts"), nor of a thing ("that one's American").
    """
    if detail.dimension not in _THEIRS:
        return False
    if "on_behalf" in heard.cues or not detail.words:
        return True
    before = heard.text.casefold().partition(detail.words.casefold())[0]
    whose = [word for word in re.findall(r"\w+", before) if word in _PERSONS or word in _OTHERWISE]
    return not whose or whose[-1] in _PERSONS


def _chosen(conversation: Conversation, heard: Heard) -> Heard:
    """The message with an answer to what was asked taken as said: "my own one" to "which device?"."""
    pending = conversation.pending
    if pending is None or not conversation.waits or pending.dimension not in _NARROWS:
        return heard
    details = tuple(
        replace(d, how="exact") if d.how == "inferred" and d.concept in pending.options else d
        for d in heard.details
    )
    return replace(heard, details=details)


def _is_said(detail: Detail, vocabulary: Vocabulary) -> bool:
    if detail.dimension != "role" or detail.how != "inferred" or detail.concept not in vocabulary["role"]:
        return False
    words = set(detail.words.casefold().split())
    return any(set(name.casefold().split()) <= words for name in vocabulary["role"][detail.concept].labels)


def strangers_told_apart(heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The message with ids that the edition does not hold treated as unknown names, or left out, and with
    names that it holds by now, though the understanding has not heard of them yet, as known.
    """
    heard = _known_by_now(heard, vocabulary)
    known = tuple(d for d in heard.details if d.concept in vocabulary[d.dimension] and d.concept != "any")
    if len(known) == len(heard.details):
        return heard
    anything = any(d.concept == "any" for d in heard.details)
    return replace(
        heard,
        details=known,
        cues={**heard.cues, "any": None} if anything else heard.cues,
    )


def _known_by_now(heard: Heard, vocabulary: Vocabulary) -> Heard:
    """Right after a publication the edition may hold a name that the understanding reads a moment later."""
    found = {
        unknown: concept
        for unknown in heard.unknown
        if (concept := _named(vocabulary[unknown.dimension]).get(plain(unknown.words)))
    }
    if not found:
        return heard
    details = tuple(Detail(u.dimension, c, u.words, "exact", u.stance) for u, c in found.items())
    left = tuple(unknown for unknown in heard.unknown if unknown not in found)
    return replace(heard, details=(*heard.details, *details), unknown=left)


@lru_cache(maxsize=8)
def _named(scheme: Scheme) -> dict[str, str]:
    return {plain(label): concept.id for concept in scheme for label in concept.labels}


def _taken(facts: Facts, dimension: str, heard: Heard, scheme: Scheme) -> Facts:
    named = heard.asserted(dimension)
    strangers = [u for u in heard.unknown if u.dimension == dimension and u.stance == "asserted"]
    shared = next((a for a in heard.ambiguous if a.dimension == dimension and a.stance == "asserted"), None)
    held = facts.get(dimension)
    withdrawn = heard.withdrawn(dimension)
    if named:
        values = _sharpened(tuple(dict.fromkeys(d.concept for d in named)), scheme)
        values = _beside_held(dimension, values, held, withdrawn, heard, scheme)
        rivals = _rivals(heard.rivals(dimension), values, scheme)
        fact = Fact(values, _how(named, heard), named[0].words, _meant(named), rivals)
        facts = facts.with_fact(dimension, fact)
    elif withdrawn and held:
        left = tuple(v for v in held if not any(scheme.covers(w, v) for w in withdrawn if w in scheme))
        if dimension == "device":
            left = tuple(remaining(scheme, v, withdrawn) or v for v in left)
        facts = facts.with_fact(dimension, replace(facts.known[dimension], values=left) if left else None)
    if strangers:
        facts = _with_strangers(facts, dimension, strangers, keep=bool(named))
    if shared:
        beside = facts.get(dimension) if named else ()
        facts = facts.with_fact(dimension, None)
        facts = replace(
            facts, shared={**facts.shared, dimension: Shared(shared.words, shared.candidates, beside)}
        )
    return facts


def _rivals(named: tuple[str, ...], values: tuple[str, ...], scheme: Scheme) -> tuple[str, ...]:
    """What was named beside the values held and is something else, not the same more or less broadly."""
    return tuple(r for r in named if not any(scheme.covers(r, v) or scheme.covers(v, r) for v in values))


def _with_strangers(facts: Facts, dimension: str, strangers: list, keep: bool) -> Facts:
    if not keep:
        facts = facts.with_fact(dimension, None)
    met = tuple(Stranger(s.words, s.near) for s in strangers)
    if dimension == "app":
        return replace(facts, unknown_apps=met)
    return replace(facts, unknown_place=met[0])


def _meant(named: tuple[Detail, ...]) -> tuple[str, ...]:
    """What a single guess could have been, the guess first."""
    return named[0].candidates if len(named) == 1 and named[0].how == "inferred" else ()


def _how(named: Iterable[Detail], heard: Heard) -> Known:
    hows = {d.how for d in named}
    if "fuzzy" in hows:
        return "fuzzy"
    if hows & {"inferred", "ambiguous"}:
        return "inferred"
    return "chosen" if heard.pressed else "said"


def _sharpened(values: tuple[str, ...], scheme: Scheme) -> tuple[str, ...]:
    """Without a concept that only says more broadly what another one says, and with groups that cross made
    one.
    """
    kept = tuple(v for v in values if not any(v != other and scheme.covers(v, other) for other in values))
    if len(kept) > 1 and not any(scheme.is_value(v) for v in kept):
        for one in kept:
            crossed = [narrowed(scheme, one, other) for other in kept if other != one]
            if all(crossed):
                return tuple(dict.fromkeys(c for c in crossed if c))
    return kept


def _beside_held(
    dimension: str,
    values: tuple[str, ...],
    held: tuple[str, ...],
    withdrawn: tuple[str, ...],
    heard: Heard,
    scheme: Scheme,
) -> tuple[str, ...]:
    """What was named, in the light of what is held."""
    swapped = [w for w in withdrawn if w in held]
    if len(held) > 1 and swapped and len(values) == 1:
        at = held.index(swapped[0])
        return tuple(dict.fromkeys((*held[:at], *values, *held[at + 1 :])))
    context = tuple(dict.fromkeys((*withdrawn, *held)))
    if dimension not in _NARROWS or len(values) != 1 or scheme.is_value(values[0]):
        return values
    if any(r.word in EVERY and r.of == dimension for r in heard.references):
        # "Both phones" says more than the one that is held.
        return values
    alike = tuple(h for h in held if h in scheme and scheme.covers(values[0], h) and h not in withdrawn)
    if len(alike) > 1:
        # "My phone" tells none of two phones apart.
        return alike
    words = next((d.words for d in heard.asserted(dimension)), "")
    for other in context:
        if other in scheme and (
            found := narrowed(scheme, values[0], other, words=words, withdrawn=other in withdrawn)
        ):
            return (found,)
    return values


def _left_open(conversation: Conversation, heard: Heard) -> Conversation:
    """A detail that was asked for and that the person cannot say, or says does not matter, is left open."""
    pending = conversation.pending
    if pending is None or pending.asks != "detail" or not {"dont_know", "any"} & set(heard.cues):
        return conversation
    if heard.names(pending.dimension) or conversation.facts.get(pending.dimension) or not pending.options:
        return conversation
    left_open = {**conversation.facts.left_open, pending.dimension: pending.options}
    return replace(conversation, facts=replace(conversation.facts, left_open=left_open))
