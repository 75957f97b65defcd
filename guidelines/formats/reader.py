"""Reading plain dictionaries strictly, with the place of everything that is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from guidelines.formats.errors import near
from guidelines.rules import Source

_SOURCE_KEYS = ("title", "publisher", "url", "date")

T = TypeVar("T")


class Reader:
    """Reads the values of one mapping, noting what is wrong and where.

    A key that looks like a slip of a known one is a problem; any other unknown key is kept in `extra`, unless
    `closed`: then nothing but the known keys may stand.
    """

    def __init__(
        self, given: Any, place: str, keys: Sequence[str], problems: list[str], *, closed: bool = False
    ) -> None:
        self.place, self.problems = place, problems
        self.given: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
        if not isinstance(given, Mapping):
            problems.append(f"{place}: expected keys and values, found `{given}`")
        self.extra: dict[str, Any] = {}
        for key, value in self.given.items():
            if key in keys:
                continue
            hint = near(str(key), [known for known in keys if known not in self.given], cutoff=0.75)
            if hint or closed:
                problems.append(f"{place}: unknown key `{key}`{hint}")
            else:
                self.extra[str(key)] = value

    def wrong(self, key: str, expected: str) -> None:
        self.problems.append(f"{self.place}: `{key}` should be {expected}, found `{self.given.get(key)}`")

    def text(self, key: str) -> str:
        value = self.given.get(key)
        if value is None:
            return ""
        if isinstance(value, dt.date):
            return value.isoformat()
        if isinstance(value, (Mapping, list)):
            self.wrong(key, "a text")
            return ""
        return str(value)

    def required(self, key: str) -> str:
        value = self.text(key).strip()
        if not value:
            self.problems.append(f"{self.place}: `{key}` is missing")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.given.get(key)
        if value is None:
            return ()
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or any(isinstance(item, (Mapping, list)) for item in value):
            self.wrong(key, "a list of texts")
            return ()
        return tuple(str(item) for item in value)

    def flag(self, key: str) -> bool:
        value = self.given.get(key, False)
        if value is None:
            return False
        if not isinstance(value, bool):
            self.wrong(key, "true or false")
            return False
        return value

    def date(self, key: str) -> dt.date | None:
        value = self.given.get(key)
        if value is None or value == "":
            return None
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.wrong(key, "a date such as 2027-06-30")
            return None


def read_source(given: Any, place: str, problems: list[str]) -> Source:
    """A source from its plain form: a mapping, or the title alone."""
    if isinstance(given, str):
        return Source(given)
    read = Reader(given, place, _SOURCE_KEYS, problems)
    return Source(*(read.text(key) for key in _SOURCE_KEYS))


def source_to_dict(source: Source) -> dict[str, str]:
    """The plain form of a source."""
    return {"title": source.title, "publisher": source.publisher, "url": source.url, "date": source.date}


def many(given: Any, read: Callable[[Any, str, list[str]], T], place: str, problems: list[str]) -> list[T]:
    """Each item of a list read in turn, its place numbered from 1; not a list is a problem."""
    if given is None:
        return []
    if not isinstance(given, list):
        problems.append(f"{place}: expected a list, found `{given}`")
        return []
    return [read(item, f"{place} {number}", problems) for number, item in enumerate(given, start=1)]
