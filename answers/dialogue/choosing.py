"""Which of several is meant, told by a word of its name: "the north" of two Koreas, "civilian" of whoever
works for Defence, "the Vietnamese wallet" of two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.dialogue.devices import lacking, narrowed
from answers.heard import Detail, Heard
from guidelines.vocabulary import Scheme, Vocabulary

# How many words a bare choice has at most, and those that tell no choice from another.
SHORT = 4
_ORDINALS = {"other", "others", "last", "first", "second", "both", "either", "any"}
_EMPTY = _ORDINALS | {"the", "and", "for", "one", "not", "yes", "sorry", "please", "mean", "meant"}
_EMPTY_BESIDE = {"kind", "sort", "type", "side", "then", "just", "well", "that", "with", "from", "actually"}
# What a person is or has may be told more closely later; another place or app is another question.
_TOLD_MORE_CLOSELY = ("role", "device")
_ASKS_NOTHING = ("nlu_fallback", "mention", "out_of_scope", "affirm", "deny", "inform", "correct")
_SUPPOSES = re.compile(
    r"^\W*(?:(?:and|but|so|ok|okay|or) )?(?:supposing|suppose|what if|imagine|assuming|say|if)\b",
    re.IGNORECASE,
)
_NEVER = re.compile(
    r"\b(?:it|phone|mobile|handset|device|tablet|laptop|mine|one|that)(?:['’]s| was| is| were)? ?"
    r"(?:weren['’]?t|wasn['’]?t|isn['’]?t|not|never|no longer)(?: \w+)?? (\w+)"
    r"|\b(?:hadn['’]?t|haven['’]?t|had not|have not|never|didn['’]?t|did not) (\w+) (?:it|my|the|that)\b",
    re.IGNORECASE,
)
_A_SENTENCE = 10
_NOT_THE_OTHER = re.compile(r",? (?:but )?(?:not|rather than|instead of) ", re.IGNORECASE)
_ALSO = re.compile(r"\b(?:as well|also|too|plus|both)\b", re.IGNORECASE)


def by_a_word(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """ "South" to "South Korea or North Korea?" names one of them, and so does "no, the north" to a guess,
    also to one that was only noted beside a question; "civilian" tells more closely who works for Defence.
    """
    # "mine, not the department's": what is set against it chooses nothing.
    said = _words(_NOT_THE_OTHER.split(heard.text)[0]) or _words(heard.text)
    if heard.pressed or not said or len(said) > SHORT:
        return heard
    for dimension, options in _open_choices(conversation):
        if _names_more_than(heard, dimension, options, vocabulary[dimension]):
            continue
        if one := _told(said - _EMPTY_BESIDE, options, vocabulary[dimension]):
            return _with(heard, dimension, one, said)
    if heard.intent not in _ASKS_NOTHING:
        return heard
    for dimension in _TOLD_MORE_CLOSELY:
        scheme, held = vocabulary[dimension], conversation.facts.get(dimension)
        if len(held) != 1 or scheme.is_value(held[0]) or not conversation.under_way:
            continue
        if _names_more_than(heard, dimension, held, scheme):
            continue
        if one := _closer(said - _EMPTY_BESIDE, held[0], scheme):
            return _with(heard, dimension, one, said)
    return heard


def _with(heard: Heard, dimension: str, concept: str, said: set[str]) -> Heard:
    detail = Detail(dimension, concept, " ".join(sorted(said)))
    others = tuple(d for d in heard.details if d.dimension != dimension)
    return replace(heard, intent="inform", details=(*others, detail), references=())


def _names_more_than(heard: Heard, dimension: str, options: Iterable[str], scheme: Scheme) -> bool:
    """Whether the message names anything but, in wider words, what is to be chosen."""
    if any(heard.names(d) for d in ("role", "device", "country", "app") if d != dimension):
        return True
    named = [d.concept for d in heard.details if d.dimension == dimension]
    if not named:
        return heard.names(dimension)
    return not all(
        n in scheme and o != n and scheme.covers(n, o) for n in named for o in options if o in scheme
    )


def _told(said: set[str], options: Iterable[str], scheme: Scheme) -> str | None:
    """The one option whose names have all the words, and some that tell it from the others."""
    names = {o: _names(o, scheme) for o in options if o in scheme}
    shared = set.intersection(*names.values()) if names else set()
    hits = {o: said & (words - shared) for o, words in names.items() if said <= words}
    fitting = [o for o, hit in hits.items() if hit and all(hit > hits[p] for p in hits if p != o)]
    return fitting[0] if len(fitting) == 1 else None


def _closer(said: set[str], held: str, scheme: Scheme) -> str | None:
    """The one concept under what is held that all the words are of; or what a group of things makes of it
    ("own", of a phone, is the personal one).
    """
    under = [c.id for c in scheme if c.id != held and scheme.covers(held, c.id)]
    fitting = [o for o in under if said <= _names(o, scheme)]
    if len(fitting) == 1:
        return fitting[0]
    groups = (
        c.id for c in scheme if c.id != "any" and not scheme.is_value(c.id) and not scheme.covers(c.id, held)
    )
    crossed = {narrowed(scheme, g, held) for g in groups if said <= _names(g, scheme)} - {None, held}
    return crossed.pop() if len(crossed) == 1 else None


def _names(concept: str, scheme: Scheme) -> set[str]:
    return set().union(*(_words(label) for label in scheme[concept].labels))


def by_what_it_is(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """ "The Vietnamese wallet" to "which MoMo?" names the one that is from there."""
    pending = conversation.pending
    if pending is None or not pending.offers or pending.dimension != "app" or len(pending.options) < 2:
        return heard
    chosen = [d for d in heard.asserted("app") if d.concept in pending.options]
    if chosen:
        heard = replace(heard, ambiguous=tuple(a for a in heard.ambiguous if a.dimension != "app"))
        if "app" not in conversation.facts.shared or _ALSO.search(heard.text):
            return heard
        # "The one inside Word, Microsoft 365 Copilot": what it is told apart by is not asked about.
        return replace(heard, details=tuple(d for d in heard.details if d.dimension != "app" or d in chosen))
    told = _NOT_THE_OTHER.split(heard.text)[0]
    if heard.pressed or heard.asserted("app") or len(told.split()) > SHORT + 2:
        return heard
    scheme = vocabulary["app"]
    said = _words(told)
    # The last word of what is meant by several ("Vietnamese apps", "Google apps") tells nothing.
    wider = {
        o: set().union(*(_words(n) for a in scheme.ancestors(o) for n in scheme[a].labels))
        for o in pending.options
    }
    shared = set.intersection(*wider.values())
    hits = {o: len(said & (words - shared)) for o, words in wider.items()}
    best = max(hits.values())
    fitting = [o for o, count in hits.items() if count == best]
    if not best or len(fitting) != 1:
        return heard
    detail = Detail("app", fitting[0], heard.text.strip())
    return replace(
        heard, intent="inform", details=(*heard.details, detail), ambiguous=(), unknown=(), references=()
    )


def by_a_quality(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """ "Supposing it weren't enrolled", of an enrolled phone, is about the phone that is not."""
    # What is supposed anew is supposed of what is true.
    held = (conversation.base or conversation.facts).get("device")
    denied = {word.casefold() for found in _NEVER.finditer(heard.text) for word in found.groups() if word}
    if not denied or len(held) != 1 or heard.pressed or heard.names_anything:
        return heard
    if len(heard.text.split()) > _A_SENTENCE:
        return heard
    without = lacking(vocabulary["device"], held[0], denied)
    if without is None:
        return heard
    supposes = heard.intent == "what_if" or _SUPPOSES.search(heard.text)
    detail = Detail("device", without, " ".join(sorted(denied)))
    return replace(
        heard, intent="what_if" if supposes else "inform", details=(*heard.details, detail), references=()
    )


def _open_choices(conversation: Conversation) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What may be chosen from, by dimension: what was asked, then what guesses could have been."""
    pending, known = conversation.pending, conversation.facts.known
    if pending is not None and len(pending.options) > 1:
        yield pending.dimension, pending.options
    for dimension in conversation.facts.unsure:
        if len(known[dimension].candidates) > 1:
            yield dimension, known[dimension].candidates


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.casefold())) - _EMPTY
