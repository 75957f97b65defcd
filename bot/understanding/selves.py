"""What people say of themselves: the clauses in which somebody tells what they are or do.

"I fly C-17s" and "receptionist at the High Commission, hired here" name no role. The clauses are found by how
they begin, or as bare details that stand alone; which role they tell is for the model of `occupations.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .lexicon import load
from .model import Entity
from .text import Words

_P = {name: re.compile(pattern) for name, pattern in load("selves").items()}
_LONGEST_DETAIL = 8
_LONGEST = 16


@dataclass(frozen=True)
class Self:
    """A clause about oneself: its offsets, and its words without places."""

    start: int
    end: int
    said: str
    bare: bool


def selves(words: Words, entities: Iterable[Entity]) -> Iterator[Self]:
    """The clauses of a message in which the person asking may tell what they are, in order."""
    places = [(e.start, e.end) for e in entities if e.dimension == "country"]
    named = [(e.start, e.end) for e in entities if e.dimension in ("app", "device")]
    at = 0
    for end, after in [*(m.span() for m in _P["boundary"].finditer(words.low)), (len(words.low),) * 2]:
        start = at + _P["filler"].match(words.low[at:end]).end()
        at = after
        clause = words.low[start:end]
        am, do = _P["am"].match(clause), _P["do"].match(clause)
        if am or do:
            start += (am or do).end()
        elif any(a < end and start < b for a, b in named) or _P["sentence"].search(clause):
            continue
        names = [a for a, _ in named if start < a < end]
        if do and names and not _P["phones"].search(clause):
            continue  # "I scan receipts with CamScanner"
        end = end if do else min([end, *names])
        said = _tidy(_without(words.low, start, end, places))
        length = len(said.split())
        if 0 < length <= (_LONGEST if am or do else _LONGEST_DETAIL):
            yield Self(start, end, said, not (am or do))


def is_no_occupation(one: Self) -> bool:
    """Whether a clause tells of kin, of a device or of what one is there for: of no role."""
    return bool(_P["no_occupation"].search(one.said) or (one.bare and _P["purpose"].search(one.said)))


def _without(low: str, start: int, end: int, places: list[tuple[int, int]]) -> str:
    parts, at = [], start
    for a, b in sorted(places):
        if start <= a and b <= end and a >= at:
            parts += [low[at:a], "@country"]
            at = b
    return "".join([*parts, low[at:end]])


def _tidy(said: str) -> str:
    said = _P["place"].sub(" ", said)
    said = re.sub(r"\s+", " ", re.sub(r"[^\w'&+-]", " ", said)).strip(" -'")
    while (lead := _P["lead"].match(said)) and lead.end() < len(said):
        said = said[lead.end() :]
    return said
