"""Roles told by what somebody does: "I fly C-17s", "receptionist at the High Commission, hired here".

A classifier learns from the examples of `lexicon/occupations.yml` and, for what tells no role, from what the
training messages say of the person asking. What it finds is a guess: the dialogue asks before it permits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from .classifier import EMPTY, Classifier, Sample
from .gazetteer import Gazetteer
from .lexicon import load
from .model import ASIDE, ASSERTED, INFERRED, OTHER, Entity
from .selves import Self, is_no_occupation, selves
from .spelling import is_word
from .text import Words

NONE = "none"
#: How likely it must be that a role is told at all: by a whole sentence, and by a detail that stands alone.
TOLD, TOLD_BY_A_DETAIL = 0.6, 0.85
#: How much likelier the role must be than the next.
AHEAD = 0.04
_ACTS = re.compile(load("role_patterns")["acts"])  # "minister due in Seoul"
_SOMEBODY = re.compile(load("role_patterns")["person"])  # "my colleague, a contractor"

Encoded = Callable[[str], np.ndarray]


def training(read: Iterable[tuple[Words, list[Entity]]]) -> Iterator[tuple[Sample, str]]:
    """What to learn from: the examples, and of messages as read what they tell of whoever asks."""
    seen = set()
    for role, examples in load("occupations").items():
        for said in examples:
            seen.add(said)
            yield _sample(said), role
    for words, entities in read:
        roles = [e for e in entities if e.entity == "role" and e.stance != ASIDE]
        for one in selves(words, entities):
            named = [e for e in roles if e.start < one.end and one.start < e.end]
            if one.said in seen or any(e.stance != ASSERTED for e in named) or len(named) > 1:
                continue
            seen.add(one.said)
            yield _sample(one.said), named[0].value if named else NONE


def said_of_oneself(read: Iterable[tuple[Words, list[Entity]]]) -> set[str]:
    """All that has to be embedded to tell the roles of messages as read."""
    return {EMPTY, *(one.said for words, entities in read for one in selves(words, entities))}


def tell(
    model: Classifier, words: Words, entities: list[Entity], gazetteer: Gazetteer, encode: Encoded
) -> None:
    """Add the role that somebody tells by what they do, unless they name one or ask for somebody else."""
    roles = [e for e in entities if e.entity == "role" and e.stance != ASIDE]
    if any(e.stance == ASSERTED and not e.weak for e in roles):
        return
    if any(e.entity == "cue" and e.value == "on_behalf" for e in entities):
        return
    found: list[tuple[float, str, Self]] = []
    for one in selves(words, entities):
        if not _may_tell(one, roles, words.low) or (one.bare and _SOMEBODY.search(words.low[: one.start])):
            continue
        shares = dict(model.rank(_sample(one.said), encode))
        share = 1 - shares.pop(NONE)
        (role, best), (_, next_best), *_ = shares.items()
        if share >= (TOLD_BY_A_DETAIL if one.bare else TOLD) and best - next_best >= AHEAD:
            found.append((share, role, one))
    known = [(share, role, one) for share, role, one in found if gazetteer.has("role", role)]
    if known:
        share, role, one = max(known, key=lambda f: f[0])
        for e in roles:
            e.stance = OTHER if e.stance == ASSERTED else e.stance
        text = words.text[one.start : one.end]
        guess = Entity(
            "role", role, one.start, one.end, text, INFERRED, confidence=round(share, 2), guess=True
        )
        entities.append(guess)
        entities.sort(key=lambda e: (e.start, e.end))


def _may_tell(one: Self, roles: list[Entity], low: str) -> bool:
    """Whether a clause can be about what somebody is: English, no purpose or kin, nobody else."""
    if is_no_occupation(one):
        return False
    if one.bare and any(_heads(role, one, low[role.end :]) for role in roles):
        return False
    said = one.said.split()
    return sum(is_word(word) for word in said) * 2 >= len(said)


def _heads(role: Entity, one: Self, after: str) -> bool:
    """Whether a role that was read as somebody else's is most of a detail, or does something in it."""
    if not (role.start < one.end and one.start < role.end):
        return False
    most = (role.end - role.start) * 3 > (one.end - one.start) * 2
    return most or bool(_ACTS.match(after))


def _sample(said: str) -> Sample:
    return Sample(said, "", ())
