"""What a message tells beside its question: clauses about somebody or something else.

"Spotify on my work laptop? The bloke next to me has it going all day" asks about one thing and tells another.
There is no parser to ask: a clause tells when it neither opens as a question or a fragment does nor speaks of
the person asking, when a verb follows its subject, and no question mark its end. The words are data:
`lexicon/asides.yml`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .lexicon import load
from .lexicon import words as word_list
from .model import ASIDE, ASSERTED, Entity, Span
from .text import Words, covered

_P = {name: re.compile(pattern) for name, pattern in load("asides").items() if name != "verbs"}
_VERBS = word_list("asides", "verbs")
_WORD = re.compile(r"[\w']+")


def asides(words: Words, entities: list[Entity]) -> list[Span]:
    """The offsets of the clauses that only tell of others; none where nothing else would be left."""
    low = _with_names_covered(words.low, entities)
    spans, told, at = [], [], 0
    for end in [*(m.start() for m in _P["boundary"].finditer(low)), len(low)]:
        start = at + len(low[at:end]) - len(low[at:end].lstrip(" ,.;:()!?-"))
        if start < end:
            if told and spans[-1] == told[-1] and _P["tag"].fullmatch(low[start : end + 1]):
                told.pop()  # "Telegram is fine, right?" asks
            spans.append((start, end))
            if low[end : end + 1] != "?" and _tells(low[start:end], start, entities):
                told.append((start, end))
        at = end
    return told if len(told) < len(spans) else []


def dispensable(words: Words, entities: list[Entity]) -> list[Span]:
    """The asides without which the message still names its app, and so is still understood."""
    apps = [e for e in entities if e.dimension == "app"]
    if any(not e.inside(words.asides) for e in apps):
        return words.asides
    return [(start, end) for start, end in words.asides if not any(e.inside([(start, end)]) for e in apps)]


def set_aside(words: Words, entities: list[Entity], on_behalf: bool) -> None:
    """What is only named in an aside is no fact where the rest of the message names another of its kind."""
    kinds = ("app", "country") if on_behalf else ("app", "country", "device")
    if _P["or_that"].search(words.low):
        return  # "he has LINE, may I use that or WhatsApp?"
    told = words.asides
    if _P["of_all_apps"].search(words.low):
        kinds = kinds[1:]  # "the guards use Telegram. Can I have either?"
    for e in entities:
        if e.stance != ASSERTED or e.dimension not in kinds or not e.inside(told):
            continue
        if any(
            o.dimension == e.dimension and o.stance == ASSERTED and o.value != e.value and not o.inside(told)
            for o in entities
        ):
            e.stance = ASIDE


def _tells(clause: str, start: int, entities: list[Entity]) -> bool:
    reported = _P["reported"].match(clause)  # "I hear India banned it"
    if (
        _P["own"].search(clause, reported.end() if reported else 0)
        or _P["no_subject"].match(clause)
        or _P["own_subject"].match(clause)
    ):
        return False
    verb = _verb(clause)
    if verb is None:
        return False
    within = [e for e in entities if start <= e.start and e.end <= start + verb]
    within = [e for e in within if e.dimension != "device" or not _P["somebodys"].match(clause)]
    # "my work phone is enrolled", and whom the question is for, are no asides
    return not any(e.dimension in ("device", "role") and e.stance == ASSERTED for e in within)


def _verb(clause: str) -> int | None:
    """Where the first verb after a subject ends, in characters."""
    said = list(_WORD.finditer(clause))
    for before, word in pairwise(said):
        if word.group() in _VERBS and before.group() not in ("to", "not"):
            return word.end()
    opening = _WORD.match(clause)
    if opening and re.match(r"(?:and |but |so )*\w+'s (?:\w+ ){0,2}\w", clause):
        return opening.end()
    somewhere = _P["is_somewhere"].match(clause)  # "my flatmate's in Amman"
    return somewhere.end() if somewhere else None


def _with_names_covered(low: str, entities: list[Entity]) -> str:
    """The message with the names of apps and the marks within those of places unreadable."""
    apps = [(e.start, e.end) for e in entities if e.entity == "app" and ":" not in e.value]
    places = [(e.start, e.end) for e in entities if e.entity == "country"]
    return covered(covered(low, apps), places, r"[^\w ]")
