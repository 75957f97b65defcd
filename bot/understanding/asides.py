"""What a message tells beside its question: clauses about somebody or something else.

"Spotify on my work laptop? The bloke next to me has it going all day" asks about one thing and tells another.
There is no parser to ask (ADR 7): a clause tells when it opens with a subject that is not the person asking,
goes on with a verb, and does not end in a question mark. The words are data: `lexicon/asides.yml`.
"""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, OTHER, Entity
from .text import Words

_P = {name: re.compile(pattern) for name, pattern in load("asides").items()}
Span = tuple[int, int]


def asides(words: Words, entities: list[Entity]) -> list[Span]:
    """The offsets of the clauses that only tell of others; none where nothing else would be left."""
    low = _with_names_covered(words.low, entities)
    spans, told, at = [], [], 0
    for end in [*(m.start() for m in _P["boundary"].finditer(low)), len(low)]:
        start = at + len(low[at:end]) - len(low[at:end].lstrip(" ,.;:()!?-"))
        if start < end:
            spans.append((start, end))
            if low[end : end + 1] != "?" and _tells(low[start:end], start, entities):
                told.append((start, end))
        at = end
    return told if len(told) < len(spans) else []


def set_aside(words: Words, entities: list[Entity]) -> None:
    """What is only named in an aside is no fact where the rest of the message names another of its kind."""
    if _P["or_that"].search(words.low):
        return  # "he has LINE, may I use that or WhatsApp?"
    told = words.asides
    for e in entities:
        if e.stance != ASSERTED or e.dimension not in ("app", "country") or not _inside(e, told):
            continue
        if any(
            o.dimension == e.dimension and o.stance == ASSERTED and o.value != e.value and not _inside(o, told)
            for o in entities
        ):
            e.stance = OTHER


def _tells(clause: str, start: int, entities: list[Entity]) -> bool:
    found = _P["tells"].match(clause)
    if found is None or _P["own"].search(clause):
        return False
    within = [e for e in entities if start + found.start() <= e.start and e.end <= start + found.end()]
    # "my work phone is enrolled", and whom the question is for, are no asides
    return not any(e.dimension in ("device", "role") and e.stance == ASSERTED for e in within)


def _inside(entity: Entity, spans: list[Span]) -> bool:
    return any(start <= entity.start and entity.end <= end for start, end in spans)


def _with_names_covered(low: str, entities: list[Entity]) -> str:
    """The message, as long as before, with the punctuation in the names of apps and places made unreadable."""
    for e in entities:
        if e.entity == "app" and ":" not in e.value:
            low = low[: e.start] + "x" * (e.end - e.start) + low[e.end :]
        elif e.entity == "country":
            low = low[: e.start] + re.sub(r"[^\w ]", "x", low[e.start : e.end]) + low[e.end :]
    return low
