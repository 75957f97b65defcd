"""Days of travel in what somebody wrote: "in March", "from 1/3/2027 until the end of June", "next month".

Days are read as they are written here: the day before the month. A month or a day without a year is the next
one to come. Words that name no day, such as "soon", are not guessed at.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

_MONTH_NAMES = {name.casefold(): n for n, name in enumerate(calendar.month_name) if n}
_MONTH_NAMES |= {name[:3]: n for name, n in _MONTH_NAMES.items()} | {"sept": 9}
_NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_COUNTS = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1, "a couple of": 2}
_PARTS = {"early": 1, "the start of": 1, "the beginning of": 1, "mid": 15, "mid-": 15, "the middle of": 15}
_PARTS |= {"late": 21, "the end of": 28}
_DAYS_IN = {"day": 1, "week": 7}
_MONTHS_IN = {"month": 1, "year": 12}
_MOST_YEARS = 30

_MONTH = r"(?P<month>" + "|".join(sorted(_MONTH_NAMES, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>20\d\d)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_PART = r"(?P<part>" + "|".join(sorted(_PARTS, key=len, reverse=True)) + r") ?"
_COUNT = r"(?P<count>\d{1,2}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + r")"
_TO = r"until|till|til|through to|through|to|up to|back (?:on|in|by)|–|-"
_FROM = (
    r"from|in|on|(?:starting|beginning|arriving|leaving|departing)(?: in| on)?|as of|since|around|between"
    r"|this|coming|next|for|of|and"
)


@dataclass(frozen=True, slots=True)
class Days:
    """A day that was written: `at` is where in the text, `ends` whether it is the last day of a stay."""

    day: dt.date
    at: int
    ends: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    """A piece of text of some form, with the words before it, and whether these say that a stay ends then."""

    match: re.Match[str]
    today: dt.date
    ends: bool
    before: str


def days_in(text: str, today: dt.date) -> list[Days]:
    """The days that a message names, in the order of naming."""
    low = text.casefold()
    found: list[Days] = []
    taken: list[tuple[int, int]] = []
    for pattern, read in _FORMS:
        for match in pattern.finditer(low):
            start, end = match.span()
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            ends = bool(_ENDING.search(low[:start]))
            day = read(_Seen(match, today, ends, low[:start]))
            if day is not None and abs(day.year - today.year) <= _MOST_YEARS:
                found.append(Days(day, start, ends))
                taken.append((start, end))
    found.sort(key=lambda one: one.at)
    return [*found, *_stays(low, found)]


def names_a_day(text: str) -> bool:
    """Whether a message names any day."""
    return bool(days_in(text, dt.date.today()))


def _stays(low: str, found: list[Days]) -> list[Days]:
    """The last day that follows from the first and "for two weeks"."""
    firsts = [one for one in found if not one.ends]
    if len(firsts) != 1 or len(found) != 1:
        return []
    match = _STAY.search(low)
    if match is None:
        return []
    last = _later(firsts[0].day, _count(match["count"]), match["unit"]) - dt.timedelta(days=1)
    return [Days(last, max(match.start(), firsts[0].at), True)]


def _written(seen: _Seen) -> dt.date | None:
    return _date(int(seen.match["year"]), int(seen.match["month"]), int(seen.match["day"]))


def _figures(seen: _Seen) -> dt.date | None:
    year, month, number = seen.match["year"], int(seen.match["month"]), int(seen.match["day"])
    if year is None:
        return _next(seen.today, month, number) if _LED.search(seen.before) else None
    return _date(int(year) if len(year) == 4 else 2000 + int(year), month, number)


def _day_of_month(seen: _Seen) -> dt.date | None:
    month, number = _MONTH_NAMES[seen.match["month"]], int(seen.match["day"])
    if seen.match["year"]:
        return _date(int(seen.match["year"]), month, number)
    return _next(seen.today, month, number)


def _day_range(seen: _Seen) -> dt.date | None:
    """The first day of "1 to 5 March 2027"; the second is read by itself."""
    return _day_of_month(seen)


def _month(seen: _Seen) -> dt.date | None:
    """A month without a day: its first day, or its last where a stay ends in it.

    "May" and "march" are also other words, so a month alone needs a year or a word before it.
    """
    part, year = seen.match["part"], seen.match["year"]
    if not (part or year or _LED.search(seen.before)):
        return None
    month = _MONTH_NAMES[seen.match["month"]]
    if year is None:
        gone = month < seen.today.month or (month == seen.today.month and _LED_NEXT.search(seen.before))
        number = seen.today.year + 1 if gone else seen.today.year
    else:
        number = int(year)
    last = calendar.monthrange(number, month)[1]
    wanted = last if seen.ends and part in (None, "the end of") else _PARTS.get(part or "", 1)
    found = dt.date(number, month, wanted)
    return max(found, seen.today) if (number, month) == (seen.today.year, seen.today.month) else found


def _coming(seen: _Seen) -> dt.date | None:
    match seen.match["what"]:
        case "week":
            return seen.today + dt.timedelta(days=7 - seen.today.weekday())
        case "month":
            first = _later(seen.today.replace(day=1), 1, "month")
            return _last_of(first) if seen.ends else first
        case _:
            return dt.date(seen.today.year + 1, 12, 31) if seen.ends else dt.date(seen.today.year + 1, 1, 1)


def _weekday(seen: _Seen) -> dt.date | None:
    wanted = [name.casefold() for name in calendar.day_name].index(seen.match["weekday"])
    return seen.today + dt.timedelta(days=(wanted - seen.today.weekday()) % 7 or 7)


def _tomorrow(seen: _Seen) -> dt.date | None:
    return seen.today + dt.timedelta(days=seen.match["when"] == "tomorrow")


def _in_some_time(seen: _Seen) -> dt.date | None:
    return _later(seen.today, _count(seen.match["count"]), seen.match["unit"])


def _year_alone(seen: _Seen) -> dt.date | None:
    """A year alone is a day only where a stay ends in it."""
    return dt.date(int(seen.match["year"]), 12, 31) if seen.ends else None


def _later(day: dt.date, count: int, unit: str) -> dt.date:
    if unit in _DAYS_IN:
        return day + dt.timedelta(days=count * _DAYS_IN[unit])
    months = day.year * 12 + day.month - 1 + count * _MONTHS_IN[unit]
    year, month = months // 12, months % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _last_of(first: dt.date) -> dt.date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _next(today: dt.date, month: int, number: int) -> dt.date | None:
    found = _date(today.year, month, number)
    return _date(today.year + 1, month, number) if found is None or found < today else found


def _date(year: int, month: int, number: int) -> dt.date | None:
    try:
        return dt.date(year, month, number)
    except ValueError:
        return None


def _count(words: str) -> int:
    return int(words) if words.isdigit() else _COUNTS[words]


_ENDING = re.compile(rf"(?:\b(?:{_TO})|[–-]) ?(?:the )?$")
_LED = re.compile(rf"\b(?:{_FROM}|{_TO}) (?:the )?$")
_LED_NEXT = re.compile(r"\bnext $")
_STAY = re.compile(rf"\bfor (?:about |around )?{_COUNT} (?P<unit>day|week|month|year)s?\b")
_Reading = Callable[[_Seen], dt.date | None]
_FORMS: tuple[tuple[re.Pattern[str], _Reading], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (r"\b(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b", _written),
        (r"\b(?P<day>\d{1,2})/(?P<month>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?\b", _figures),
        (
            rf"\b{_DAY}(?= ?(?:to|until|till|–|-) ?\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?: {_YEAR})?)",
            _day_range,
        ),
        (rf"\b{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR})?", _day_of_month),
        (rf"\b{_MONTH} (?:the )?{_DAY}\b(?!\d)(?:,? {_YEAR})?", _day_of_month),
        (rf"(?:\b{_PART})?\b{_MONTH}(?:,? (?:of )?{_YEAR})?", _month),
        (r"\bnext (?P<what>week|month|year)\b", _coming),
        (rf"\b(?:on|next|this) (?P<weekday>{'|'.join(n.casefold() for n in calendar.day_name)})\b", _weekday),
        (r"\b(?P<when>tomorrow|today)\b", _tomorrow),
        (
            rf"\bin (?:about |around )?{_COUNT} (?P<unit>day|week|month|year)s?(?:'s?)?(?: time)?\b",
            _in_some_time,
        ),
        (rf"\b{_YEAR}\b", _year_alone),
    )
)
