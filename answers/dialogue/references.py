"""Words that point back ("both", "the first one", "the other one"), resolved against what was offered or
named.
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.called_off import left_out
from answers.dialogue.conversation import Conversation
from answers.heard import Heard, Reference
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

_HERE = ("there", "it", "that_one")
EVERY = ("both", "either", "all")
_REST = ("other", "others")
_KINDS = ("app", "device", "country")
_COUNTS = {"two": 2, "2": 2, "couple": 2, "three": 3, "3": 3}
# "The first two", of what was named; "the first two weeks" are something else.
_COUNTED = re.compile(
    r"\bthe (first|last) (two|2|couple|three|3)\b"
    r"(?=\W*$|\s*[,.;:?!]| of (?:them|those|these)| apps?\b| then| please)",
    re.IGNORECASE,
)
_ORDINALS = {"first": 0, "second": 1, "last": -1}


def resolve(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The concepts, by dimension, that the references of a message mean and that it does not name itself.

    What was named side by side comes first, then what is asked ("the first one" of the buttons), then what
    was listed last, then what was named last.
    """
    found: dict[str, tuple[str, ...]] = {}
    for reference in heard.references:
        leaves = left_out(reference, heard.text)
        if leaves and heard.names_anything:
            continue  # "leave the second one, just Zalo" names what is kept
        dimensions = _dimensions(conversation, reference)
        # "The last one, the Laos trip is cancelled" is about places.
        dimensions = [d for d in dimensions if heard.withdrawn(d)] or dimensions
        for dimension in dimensions:
            if dimension in found:
                continue
            named = tuple(d.concept for d in heard.asserted(dimension))
            concepts = _meant(
                conversation, reference, vocabulary[dimension], named, _counted(reference, heard.text)
            )
            if heard.names(dimension) and not _narrows(reference, dimension, concepts, heard, vocabulary):
                continue
            if leaves:
                concepts = tuple(c for c in _choices(conversation, dimension) if c not in concepts)
            elif not concepts and reference.word in _REST and not heard.withdrawn(dimension):
                concepts = _beside(conversation, dimension, vocabulary[dimension])
            if concepts and all(concept in vocabulary[dimension] for concept in concepts):
                found[dimension] = concepts
                break
    return found


def _narrows(
    reference: Reference, dimension: str, concepts: tuple[str, ...], heard: Heard, vocabulary: Vocabulary
) -> bool:
    """Whether "both phones" means the two that were named before, and not phones of any kind; or "the second
    phone", or the other one, one of them.
    """
    scheme = vocabulary[dimension]
    named = [d.concept for d in heard.asserted(dimension)]
    return bool(
        (reference.word not in EVERY or len(concepts) > 1)
        and reference.of == dimension
        and concepts
        and all(n in scheme and n != c and scheme.covers(n, c) for n in named for c in concepts)
    )


def _dimensions(conversation: Conversation, reference: Reference) -> list[str]:
    if reference.of in DIMENSIONS:
        return [reference.of]
    if reference.word == "there":
        return ["country"]
    pending = conversation.pending
    asked = pending if pending and pending.offers and pending.options else None
    first = asked.dimension if asked else conversation.offered[0]
    order = [first] if first else []
    if asked or first == "role":
        # Who has named two things points at those, rather than at what is asked. If not, it is asked again;
        # taken the other way round, a device that nobody told could lead to a permission.
        order = [d for d in _KINDS if len(conversation.facts.get(d)) > 1] + order
    if reference.word == "it":
        return ["app"]
    if reference.word == "both":
        pairs = [d for d in (*order, *_KINDS) if len(_choices(conversation, d)) == 2]
        return pairs + [d for d in _KINDS if d not in pairs and len(_choices(conversation, d)) > 2]
    several = [d for d in _KINDS if len(conversation.named.get(d, ())) > 1]
    if reference.word in _REST:
        several += [d for d in ("device", "app") if conversation.beside.get(d) and d not in several]
    return order + [d for d in several if d not in order]


def _meant(
    conversation: Conversation,
    reference: Reference,
    scheme: Scheme,
    named: tuple[str, ...],
    counted: int = 1,
) -> tuple[str, ...]:
    dimension = scheme.name
    held = conversation.facts.get(dimension)
    if reference.word in _HERE:
        return _pointed_at(conversation, dimension, held)
    choices = tuple(c for c in _choices(conversation, dimension) if c not in named)
    if reference.word in EVERY:
        pending = conversation.pending
        if reference.word == "both" and pending and pending.offers and pending.dimension == dimension:
            return choices if len(choices) == 2 else ()  # never two of many at random
        return choices[-2:] if reference.word == "both" else choices
    if reference.word in _REST:
        others = tuple(c for c in choices if c not in held) if held else ()
        return others if reference.word == "others" else others[-1:]
    if reference.of and named:
        # "The second phone", of a tablet and two phones, is counted among phones.
        alike = tuple(c for c in choices if any(n in scheme and scheme.covers(n, c) for n in named))
        choices = alike or choices
    at = _ORDINALS.get(reference.word)
    if at is None or len(choices) < max(2, counted):
        return ()
    return choices[at : at + counted] if at >= 0 else choices[-counted:]


def _beside(conversation: Conversation, dimension: str, scheme: Scheme) -> tuple[str, ...]:
    """What was named beside the one that is held, and was not asked about then: "and the other one?"."""
    held = conversation.facts.get(dimension)
    others = (
        c
        for c in conversation.beside.get(dimension, ())
        if c in scheme and not any(scheme.covers(c, h) or scheme.covers(h, c) for h in held)
    )
    return tuple(others)[-1:] if held else ()


def _counted(reference: Reference, text: str) -> int:
    """How many "the first two" are; "the first" is one."""
    if reference.word not in ("first", "last"):
        return 1
    found = next((f for f in _COUNTED.finditer(text) if f[1].casefold() == reference.word), None)
    return _COUNTS[found[2].casefold()] if found else 1


def counted_off(heard: Heard) -> Heard:
    """The message with "the last two" as words that point back."""
    found = None if heard.pressed else _COUNTED.search(heard.text)
    if found is None or any(r.word == found[1].casefold() for r in heard.references):
        return heard
    return replace(heard, references=(*heard.references, Reference(found[1].casefold())))


def _pointed_at(conversation: Conversation, dimension: str, held: tuple[str, ...]) -> tuple[str, ...]:
    if dimension == "app" and conversation.mentioned:
        return conversation.mentioned
    if held or conversation.facts.left_open.get(dimension):
        return ()
    if dimension == "app" and conversation.facts.unknown_apps:
        return ()
    if dimension == "country" and conversation.facts.unknown_place:
        return ()
    pending = conversation.pending
    if pending and pending.offers and pending.dimension == dimension and len(pending.options) == 1:
        return pending.options
    return conversation.named.get(dimension, ())[-1:]


def _choices(conversation: Conversation, dimension: str) -> tuple[str, ...]:
    pending = conversation.pending
    if pending and pending.offers and pending.dimension == dimension and pending.options:
        return pending.options
    held = conversation.facts.get(dimension)
    if len(held) > 1:
        return held
    if conversation.offered[0] == dimension and conversation.offered[1]:
        return conversation.offered[1]
    return conversation.named.get(dimension, ())
