"""Taking out of a message what could say who wrote it, before it is stored.

Phone numbers are found by phonenumbers (Google's libphonenumber), names of people by Faker's lists of
names and by where they stand; e-mail, web and network addresses, street addresses and long numbers by
their form. No list of names is complete, so that what is written like a name goes too, unless the
guideline database knows it as the name of something.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import copy
from functools import cache
from pathlib import Path

import phonenumbers
import yaml

from cases.names import names

_HOME_REGION = "AU"
_MOST = 1000
_PHONE_DIGITS = 8

_EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_NETWORK = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}", re.I
)
_STREET = re.compile(
    r"\b(?:(?:unit|flat|apartment|level|suite)\s+\d+,?\s+)?\d{1,5}[a-z]?(?:/\d{1,5})?\s+(?:[A-Z][\w'’-]+\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|drive|dr|lane|ln|court|ct|place|pl|crescent|cres|terrace|tce|parade|highway|hwy"
    r"|boulevard|blvd|close|circuit|way)\b\.?",
    re.IGNORECASE,
)
# Service, passport and account numbers: three digits and more, letters around them. A year stays.
_NUMBER = re.compile(
    r"(?<!\w)(?!(?:19|20)\d\d(?!\w))(?=[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z]{0,4}[\dA-Za-z-]{3,}(?!\w)"
)
_DIGITS = re.compile(r"(?<!\w)\d(?:[ .-]?\d){3,}(?!\w)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:\n–—-])\s*[\"“'(]*$")

_NAME = "[name]"


def redact(text: str, known: Collection[str] = (), keep: Collection[str] = ()) -> str:
    """The message without what could say who wrote it; each piece is replaced by what kind it was.

    Args:
        known: names that the guideline database holds (apps, places, roles, devices), in any case; they stay.
        keep: words of this message that were read as the name of an app or a place; they stay unless their
            form says otherwise (an e-mail address, say).
    """
    lexicon = _lexicon(frozenset(known)).with_things(keep)
    text = " ".join(text[:_MOST].split())
    text = _EMAIL.sub("[e-mail]", text)
    text = _WEB.sub("[link]", text)
    text = _HANDLE.sub("[handle]", text)
    text = _NETWORK.sub("[number]", text)
    text = _without_phones(text)
    text = _STREET.sub("[address]", text)
    text = _NUMBER.sub(lambda m: m[0] if m[0].casefold() in lexicon.known else "[number]", text)
    text = _DIGITS.sub(lambda m: m[0] if _YEAR.fullmatch(m[0]) else "[number]", text)
    return _without_names(text, lexicon)


def _without_phones(text: str) -> str:
    found = phonenumbers.PhoneNumberMatcher(text, _HOME_REGION, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in reversed(list(found)):
        if sum(character.isdigit() for character in match.raw_string) >= _PHONE_DIGITS:
            text = f"{text[: match.start]}[phone]{text[match.end :]}"
    return text


class _Lexicon:
    """The words that tell names of people from other words."""

    def __init__(self, known: frozenset[str]) -> None:
        data = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
        self.known = frozenset(name.casefold() for name in known)
        self._things = frozenset(word.casefold() for name in known for word in _WORD.findall(name))
        self._capitals = frozenset(word.casefold() for word in data["capitals"])
        self._no_names = frozenset(data["no_names"])
        self._before = tuple(sorted((*data["introductions"], *data["titles"]), key=len, reverse=True))

    def with_things(self, names_of_things: Collection[str]) -> _Lexicon:
        """The same with some more names of apps and places."""
        if not names_of_things:
            return self
        more = copy(self)
        more._things = self._things | {w.casefold() for name in names_of_things for w in _WORD.findall(name)}
        return more

    def is_thing(self, word: str) -> bool:
        """Whether the word belongs to the name of an app, a place and so on, or is an everyday one."""
        bare = word.casefold().removesuffix("'s").removesuffix("’s")
        return bare in self._things or bare in self._capitals or bare in self._no_names

    def is_name(self, word: str) -> bool:
        """Whether people are called so."""
        bare = word.casefold().removesuffix("'s").removesuffix("’s")
        return bare in names() and not self.is_thing(word)

    def introduces(self, before: str) -> bool:
        """Whether a name follows what stands before: "my name is", "Dr"."""
        said = before.casefold().rstrip(" .,:")
        return any(said.endswith(word) and not said[: -len(word)][-1:].isalpha() for word in self._before)


@cache
def _lexicon(known: frozenset[str]) -> _Lexicon:
    return _Lexicon(known)


def _without_names(text: str, lexicon: _Lexicon) -> str:
    words = list(_WORD.finditer(text))
    people = [_is_person(text, words, at, lexicon) for at in range(len(words))]
    for at in range(1, len(words)):
        # What follows a name and is written like one belongs to it: "John van Dyck", "Mary Ng".
        if people[at - 1] and not people[at] and text[words[at - 1].end() : words[at].start()] == " ":
            introduced = lexicon.introduces(text[: words[at - 1].start()])
            people[at] = (words[at][0][0].isupper() or introduced) and not lexicon.is_thing(words[at][0])
    for at in range(len(words) - 1, -1, -1):
        if people[at] and not _inside_mark(text, words[at]):
            text = f"{text[: words[at].start()]}{_NAME}{text[words[at].end() :]}"
    return re.sub(rf"{re.escape(_NAME)}(?:[ -]{re.escape(_NAME)})+", _NAME, text)


def _is_person(text: str, words: list[re.Match[str]], at: int, lexicon: _Lexicon) -> bool:
    word = words[at][0]
    if lexicon.is_thing(word) or _inside_mark(text, words[at]):
        return False
    before = text[: words[at].start()]
    if lexicon.introduces(before) and (
        word[0].isupper() or lexicon.is_name(word) or "name" in before[-12:].casefold()
    ):
        return True
    if lexicon.is_name(word) and (word[0].isupper() or _beside_a_name(text, words, at, lexicon)):
        return True
    # A capital within a sentence, on a word that nothing here is called by: a name that no list has.
    return word[0].isupper() and len(word) > 2 and not word.isupper() and not _SENTENCE_ENDS.search(before)


def _beside_a_name(text: str, words: list[re.Match[str]], at: int, lexicon: _Lexicon) -> bool:
    """Whether the word before or after is a name as well: "john smith" without capitals."""
    for other in (at - 1, at + 1):
        if 0 <= other < len(words):
            first, second = sorted((at, other))
            if text[words[first].end() : words[second].start()] == " " and lexicon.is_name(words[other][0]):
                return True
    return False


def _inside_mark(text: str, word: re.Match[str]) -> bool:
    return text[word.start() - 1 : word.start()] == "[" and text[word.end() : word.end() + 1] in ("]", "-")
