"""Plans that changed, and where somebody was before: which of the places in such a story still counts.

"I was to go to Dili, now it's Honiara" says in so many words that one place has taken another's stead; where
it is only told ("Had it in Kyiv"), the place stays one that the message may be about. What tells is data:
`lexicon/plans.yml`.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .lexicon import load
from .model import ASIDE, ASSERTED, NEGATED, OTHER, REPLACED, Entity

_P = {name: re.compile(pattern) for name, pattern in load("plans").items()}
_NAMED = (ASSERTED, OTHER, ASIDE)


def changed_plans(low: str, places: list[Entity]) -> None:
    """Take out the places of plans that are no longer so. `low` has names of apps covered."""
    _became(low, places)
    _settled(low, places)
    _told_only(low, places)


def where_it_was_had(before: str) -> bool:
    """Whether the words before a place tell that something was used there once."""
    return bool(_P["had_it"].search(before))


def _became(low: str, places: list[Entity]) -> None:
    """ "The Wellington visit has become a Suva visit": the second stands for the first."""
    for first, second in pairwise(places):
        between = low[first.end : second.start]
        if second.stance in _NAMED and first.value != second.value and _P["became"].fullmatch(between):
            first.stance, second.stance = REPLACED, ASSERTED


def _settled(low: str, places: list[Entity]) -> None:
    """ "It was going to be Riga, then Minsk, and in the end it's Vilnius": the last is what came of it."""
    named = [e for e in places if e.stance in _NAMED]
    for k, first in enumerate(named):
        if not _P["planned"].search(low[: first.start]):
            continue
        for last in named[k + 1 :]:
            between = low[first.end : last.start]
            gone = [e for e in named[k:] if e.end <= last.start and e.value != last.value]
            settled = _P["settled"].search(_after_places(between, first.end, named))
            if not settled or _P["both_ways"].search(between):
                continue
            last.stance = ASSERTED
            for e in gone:
                e.stance = REPLACED
            return


def _after_places(between: str, start: int, named: list[Entity]) -> str:
    """What stands behind the last place named before another."""
    within = [e.end - start for e in named if start < e.end <= start + len(between)]
    return between[max(within, default=0) :]


def _told_only(low: str, places: list[Entity]) -> None:
    """ "Rome and then Ankara, but since Monday I've been in Zagreb", "Had it in Kyiv": where one was once."""
    own = [e for e in places if e.stance == ASSERTED]
    ignored = [e for e in own if _P["ignored"].search(low[: e.start])]
    for e in ignored if len({e.value for e in own}) > len({e.value for e in ignored}) else ():
        e.stance = OTHER
    now = next((e for e in places if e.stance != NEGATED and _P["since_then"].search(low[: e.start])), None)
    if now:
        now.stance = ASSERTED
    own = [e for e in places if e.stance == ASSERTED]
    for e in own:
        before_now = now and e.end <= now.start and e.value != now.value
        told = where_it_was_had(low[: e.start]) or _P["long_ago"].search(low[: e.start])
        once = told and any(o.value != e.value for o in own)
        if before_now or once:
            e.stance = OTHER
