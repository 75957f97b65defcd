"""Values of one kind that a message names without joining them, which may not all be asked about.

"In Fiji and in Samoa" asks about both. "In Fiji till March. My sister teaches in Tokyo" names two places as
well, and only its meaning tells that one of them is somebody else's. What joins names is plain, so all others
are guesses, and the dialogue asks which one it is before it permits anything.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .lexicon import load
from .lexicon import words as word_list
from .model import ASSERTED, EXACT, INFERRED, Entity
from .text import Words

_P = {name: re.compile(load("apart")[name]) for name in ("all_of_them", "joins_at_last")}
_SMALL = word_list("apart", "small")
_WORD = re.compile(r"[\w'&]+|[,/+?;]")


def apart(words: Words, entities: list[Entity]) -> None:
    """Mark the asserted values of a kind as guesses where the message does not join them."""
    if _P["all_of_them"].search(words.low):
        return
    for dimension in ("app", "country", "device", "role"):
        named = [e for e in entities if e.entity == dimension and e.stance == ASSERTED]
        if len({e.value for e in named}) < 2:
            continue
        if not all(a.value == b.value or _joined(words, a, b, entities) for a, b in pairwise(named)):
            for e in named:
                e.how = INFERRED if e.how == EXACT else e.how


def _joined(words: Words, first: Entity, second: Entity, entities: list[Entity]) -> bool:
    between = words.low[first.end : second.start]
    if first.overlaps(second) or not between.strip():
        return True
    for e in entities:
        if first.end <= e.start and e.end <= second.start and e.entity not in ("cue", "reference"):
            at = e.start - first.end
            between = between[:at] + " " * (e.end - e.start) + between[at + e.end - e.start :]
    rest = [word for word in _WORD.findall(between) if word not in _SMALL]
    if all(word in ",/+&?;" for word in rest):
        return True
    return bool(_P["joins_at_last"].search(" ".join(rest)))
