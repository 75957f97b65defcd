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
_NUMBER = "(?:an?|one|two|three|a few|a couple of|\\d{1,2})"
_IMMINENT = re.compile(
    r"\b(?:urgent(?:ly)?|asap|right now|immediately|today|tonight|tomorrow|next (?:week|few days)|"
    r"this (?:week|weekend|afternoon|evening|morning)|at the airport|before my flight|"
    rf"in {_NUMBER} (?:hours?|days?)|in (?:a|one|two|three|a couple of) weeks?|"
    r"(?:about|due|ready) to (?:leave|fly|deploy|depart|travel|move|start|be posted)|"
    r"(?:leav|fly|depart|deploy|board|mov|travell?|head)ing (?:out )?(?:soon|shortly)|"
    rf"on (?:{_DAY}|mon|tues?|wed|thur?s?|fri|sat|sun))\b",
    re.IGNORECASE,
)
# A posting takes weeks to prepare: one that begins next month is near.
_GOING = re.compile(
    r"\b(?:post(?:ed|ing)|deploy\w*|depart\w*|leav\w+|fly\w*|flight|travel\w*|trip|mov\w+|start\w*|arriv\w+|"
    r"head\w*|going|visit\w*)\b.*\b(?:next month|(?:in|within) (?:a|one) month|in (?:four|4) weeks)\b|"
    r"\b(?:next month|(?:in|within) (?:a|one) month)\b.*"
    r"\b(?:posting|posted|deploy\w*|leave|fly|move|start)\b",
    re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<{{}}>{'|'.join(_MONTHS)})[a-z]*"
_DATE = re.compile(
    r"\b(?P<iso>20\d\d-\d\d-\d\d)\b|"
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? {_MONTH.format('m1')}\b(?:,? (?P<y1>\d{{4}}))?|"
    rf"\b{_MONTH.format('m2')} (?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (?P<y2>\d{{4}}))?",
    re.IGNORECASE,
)
_NEAR = dt.timedelta(days=21)


def imminent(text: str | None, at: dt.datetime) -> bool:
    """Whether somebody says that the answer is needed soon: a flight, a posting, "tomorrow", a date.

    Args:
        text: the (redacted) words.
        at: when they were written; a date counts that is at most three weeks after it.
    """
    if not text:
        return False
    if _IMMINENT.search(text) or _GOING.search(text):
        return True
    return any(
        dt.timedelta(0) <= day - at.date() <= _NEAR
        for found in _DATE.finditer(text)
        if (day := _day(found, at.date())) is not None
    )


def _day(found: re.Match[str], today: dt.date) -> dt.date | None:
    """The day that was written; without a year, the next one of that name."""
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        month = _MONTHS.index((found["m1"] or found["m2"]).lower()) + 1
        year = found["y1"] or found["y2"]
        day = dt.date(int(year or today.year), month, int(found["d1"] or found["d2"]))
        return day if year or day >= today else day.replace(year=today.year + 1)
    except ValueError:
        return None


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
