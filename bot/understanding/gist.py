"""The gist of a message: what is left of it when the details beside the point are taken out.

"I'm an MP, Zoom on my work laptop in Suva shows a black screen" is, for what is asked, "Zoom shows a black
screen". The classifier sees the gist beside the whole message, so that who asks, where and on what device
says nothing about whether something is asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import load
from .model import Entity
from .text import Words

_MASKS = load("masks")
_P = {name: re.compile(pattern) for name, pattern in load("gist").items()}
_STANDS = re.compile(r"@(?:apps?|country|device|role)")
_PASSES = 3


def marked(words: Words, entities: list[Entity], left_out: Sequence[tuple[int, int]] = ()) -> str:
    """The message in lower case with `@app`, `@apps`, `@country`, `@device` and `@role` for what is named.

    `left_out` are offsets of clauses that are taken out.
    """
    marks = [
        (e.start, e.end, "@apps" if e.entity == "app" and ":" in e.value else f"@{e.dimension}")
        for e in entities
        if e.entity not in ("reference", "cue")
    ]
    marks += [(start, end, " ") for start, end in left_out]
    parts, at = [], 0
    for start, end, mark in sorted(marks, key=lambda m: (m[0], -m[1])):
        if start < at:
            continue
        parts += [words.low[at:start], mark]
        at = end
    return re.sub(r"\s+", " ", "".join([*parts, words.low[at:]])).strip()


def gist(text: str) -> str:
    """What a marked message says beside its details; the whole where no app is named or pointed at."""
    if not _P["about"].search(text):
        return text
    for _ in range(_PASSES):
        before = text
        for name in (
            "greeting",
            "role_clause",
            "device_phrase",
            "country_phrase",
            "fragment",
            "listed",
            "loose",
        ):
            text = _P[name].sub(" ", text)
        text = _P["punctuation"].sub(r"\1 ", re.sub(r"\s+", " ", text)).strip(" ,;:-")
        if text == before:
            break
    return re.sub(r"\s+", " ", text).strip()


def masked(text: str) -> str:
    """A marked text with an ordinary name for each mark, as the embedding knows names."""
    return _STANDS.sub(lambda m: _MASKS["app_group" if m.group() == "@apps" else m.group()[1:]], text)


def shape(core: str) -> tuple[bool, ...]:
    """Facts of a gist: how long it is, and whether it asks."""
    n = len(core.split())
    return n <= 1, n == 2, n in (3, 4), n > 10, "?" in core
