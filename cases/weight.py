"""How much a gap weighs: how many people met it, how lately, and how soon they need an answer.

Every person who asks adds one and every repetition a quarter; who needs it soon counts three times; and
everything
halves in two weeks. What is kept is the base-2 logarithm of the sum as of a fixed day, so that the order of
the
cases is right at any time without touching them again (forward decay: Cormode, Shkapenyuk, Srivastava and
Xu, 2009).
"""

from __future__ import annotations

import datetime as dt
import math
import re

_START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
_HALF_LIFE = dt.timedelta(days=14)
_REPETITION = 0.25
_SOON = 3.0

_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_IMMINENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|right now|immediately|today|tonight|tomorrow|next (?:week|few days)|"
    r"this (?:week|afternoon|evening|morning)|at the airport|before my flight|"
    r"in (?:an?|one|two|three|a few|\d{1,2}) (?:hours?|days?)|in (?:a|one|two|three) weeks?|"
    r"(?:about|due|ready) to (?:leave|fly|deploy|depart|travel|be posted)|"
    rf"(?:leav|fly|depart|deploy|board)ing (?:soon|on {_DAY}|in \d)|on {_DAY})\b",
    re.IGNORECASE,
)


def imminent(text: str | None) -> bool:
    """Whether somebody says that the answer is needed within days: a flight, a posting, "tomorrow"."""
    return bool(text and _IMMINENT.search(text))


def added(heat: float, at: dt.datetime, *, new_person: bool, soon: bool) -> float:
    """The heat after one more occurrence."""
    share = (1.0 if new_person else _REPETITION) * (_SOON if soon else 1.0)
    return together(heat, (at - _START) / _HALF_LIFE + math.log2(share))


def together(heat: float, other: float) -> float:
    """The heat of two cases as one; 0 is the heat of none."""
    if not heat or not other:
        return heat or other
    high, low = max(heat, other), min(heat, other)
    return high + math.log2(1 + 2 ** (low - high))


def weight(heat: float, now: dt.datetime) -> float:
    """What a heat means on a day: about as many people as if all of them had asked on it."""
    return 2 ** (heat - (now - _START) / _HALF_LIFE) if heat else 0.0
