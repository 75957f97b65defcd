"""Which of two apps named together a word picks: "of A and B I only need the first"."""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, OTHER, Entity
from .picked_devices import ORDINAL, PLACE
from .text import Words

_DENIED = re.compile(load("picked_devices")["denied_before"])
_OUT_OF = re.compile(r"\b(?:of|between|out of|from) (?:the )?$")
_JOINS = re.compile(r" ?(?:and|or|&|/) ?(?:the )?")


def pick_app(words: Words, entities: list[Entity], references: list[Entity]) -> list[Entity]:
    """Leave the one app that is picked of two; the references that are left."""
    said = list(ORDINAL.finditer(words.low))
    if len(said) != 1:
        return references
    apps = sorted(
        (e for e in entities if e.dimension == "app" and e.stance == ASSERTED), key=lambda e: e.start
    )
    start, end = said[0].span()
    if len(apps) != 2 or apps[1].end > start:
        return references
    low, (first, second) = words.low, apps
    named_together = _OUT_OF.search(low[: first.start]) and _JOINS.fullmatch(low[first.end : second.start])
    if not named_together or _DENIED.search(low[second.end : start]):
        return references
    picked = apps[PLACE[said[0]["which"]]]
    for e in apps:
        e.stance = ASSERTED if e is picked else OTHER
    return [r for r in references if not (r.start < end and start < r.end)]
