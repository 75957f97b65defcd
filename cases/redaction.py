"""Taking out of a message what could say who wrote it, before it is stored.

Phone numbers are found by phonenumbers (Google's libphonenumber), names of people by Faker's lists of
names and by where they stand; e-mail, web and network addresses, street addresses, dates of birth and long
numbers by their form. No list of names is complete, so that what is written like a name goes too, unless the
guideline database knows it as the name of something. In scripts other than Latin nothing tells a name from
another word, so that only what the guideline database knows stays of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from copy import copy
from functools import cache

import phonenumbers
import yaml

from cases.names import WORDS, everyday, folded, names, names_of_two

_HOME_REGION = "AU"
_MOST = 1000
_PHONE_DIGITS = 8

_EMAIL = re.compile(
    r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+|"
    r"[\w+%-]+(?: dot [\w+%-]+)* at [\w-]+(?: dot [\w-]+)+",
    re.IGNORECASE,
)
# A site's own name may be what is asked about; what stands behind it may be somebody's page.
_WEB = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.])(?:[\w-]+\.)+[a-z]{2,}/\S+", re.IGNORECASE)
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
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b")
_MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
# A date long past is somebody's, as a birthday; one to come says how soon an answer is needed, and stays.
_LONG_PAST = re.compile(
    rf"\b(?:\d{{1,2}}(?:st|nd|rd|th)?[ ./-](?:{_MONTH}|\d{{1,2}})[ ./-]|"
    rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? )"
    r"(?:19\d\d|200\d)\b|\b(?:19\d\d|200\d)-\d\d-\d\d\b",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d(?:-[01]\d-[0-3]\d)?")
# Service, passport and account numbers: three digits and more, letters around them. A year stays.
_NUMBER = re.compile(
    r"(?<![\w-])(?!(?:19|20)\d\d(?!\w))(?=[\w-]*\d[\w-]*\d[\w-]*\d)[A-Za-z]{0,4}[\dA-Za-z-]{3,}(?!\w)"
)
_DIGITS = re.compile(r"(?<!\w)\d(?:[ .-]?\d){3,}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
# Letters of other scripts than Latin (with its accents), and what stands between two of them.
_OTHER = "[^\\W\\d_a-zA-Z\\u00aa-\\u02af\\u1e00-\\u1eff]"
_OTHER_SCRIPT = re.compile(
    rf"{_OTHER}(?:[^a-zA-Z\u00c0-\u024f\u1e00-\u1eff\[\]]*{_OTHER})*[\u0300-\u036f\u0900-\u0eff]*"
)
# Before a word that is no name: "my CISO said".
_DETERMINED = re.compile(
    r"\b(?:an?|the|this|that|my|our|your|his|her|their|its|no|some|any|every|one) $", re.IGNORECASE
)
_CONTRACTED = re.compile("['’](?:s|ll|ve|d|re|m)$")
_SENTENCE_ENDS = re.compile(r"(?:^|[.!?:\n–—-])\s*[\"“'(]*$")

_NAME = "[name]"
_SCRIPT = "[…]"


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
    text = _POSTCODE.sub("[address]", _STREET.sub("[address]", text))
    text = _LONG_PAST.sub("[date]", text)
    text = _DIGITS.sub(lambda m: m[0] if _DATE.fullmatch(m[0]) else "[number]", text)
    text = _NUMBER.sub(lambda m: m[0] if m[0].casefold() in lexicon.known else "[number]", text)
    text = _OTHER_SCRIPT.sub(lambda m: lexicon.known_of(m[0]), text)
    return _without_names(text, lexicon)


def _without_phones(text: str) -> str:
    found = phonenumbers.PhoneNumberMatcher(text, _HOME_REGION, leniency=phonenumbers.Leniency.POSSIBLE)
    for match in reversed(list(found)):
        digits = sum(character.isdigit() for character in match.raw_string)
        if digits >= _PHONE_DIGITS and not _DATE.fullmatch(match.raw_string):
            text = f"{text[: match.start]}[phone]{text[match.end :]}"
    return text


class _Lexicon:
    """The words that tell names of people from other words."""

    def __init__(self, known: frozenset[str]) -> None:
        data = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
        self.known = frozenset(name.casefold() for name in known)
        self._things = frozenset(word.casefold() for name in known for word in _WORD.findall(name))
        self._capitals = frozenset(word.casefold() for word in data["capitals"])
        self._no_names = frozenset(data["no_names"])
        self._before = tuple(sorted((*data["introductions"], *data["titles"]), key=len, reverse=True))
        self._particles = frozenset(data["particles"])
        self._after = frozenset(data["people_do"])
        other = sorted((n for n in self.known if _OTHER_SCRIPT.search(n)), key=len, reverse=True)
        self._other = re.compile("|".join(map(re.escape, other)) or "(?!)", re.IGNORECASE)

    def with_things(self, names_of_things: Collection[str]) -> _Lexicon:
        """The same with some more names of apps and places."""
        if not names_of_things:
            return self
        more = copy(self)
        more._things = self._things | {w.casefold() for name in names_of_things for w in _WORD.findall(name)}
        return more

    def is_thing(self, word: str) -> bool:
        """Whether the word belongs to the name of an app, a place and so on, or is an everyday one."""
        bare = _CONTRACTED.sub("", word.casefold())
        return any(
            w in self._things or w in self._capitals or w in self._no_names for w in (word.casefold(), bare)
        )

    def is_name(self, word: str) -> bool:
        """Whether people are called so."""
        bare = _CONTRACTED.sub("", folded(word))
        return any(part in names() for part in (bare, *re.split("['’-]", bare))) and not self.is_thing(word)

    def is_common(self, word: str) -> bool:
        """Whether the word is one that anybody uses, so that it is no name by where it stands."""
        bare = word.casefold()
        words = (bare, bare.removesuffix("s"))
        return self.is_thing(word) or any(w in everyday() or w in self._before for w in words)

    def is_particle(self, word: str) -> bool:
        """Whether the word stands within names: "van", "dela"."""
        return word.casefold() in self._particles

    def follows_a_person(self, after: str) -> bool:
        """Whether what stands after a word is something that people do: "said", "told"."""
        word = _WORD.match(after.lstrip(" "))
        return word is not None and after.startswith(" ") and word[0].casefold() in self._after

    def known_of(self, other: str) -> str:
        """What the guideline database knows in a piece of another script; a mark stands for the rest."""
        kept, at = [], 0
        for match in self._other.finditer(other):
            if any(character.isalpha() for character in other[at : match.start()]):
                kept.append(_SCRIPT)
            kept.append(match[0])
            at = match.end()
        if any(character.isalpha() for character in other[at:]):
            kept.append(_SCRIPT)
        return " ".join(kept)

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
        if people[at - 1] and not people[at] and _touch(text, words, at):
            people[at] = _belongs_to_a_name(text, words, at, lexicon)
    for at in range(len(words) - 2, -1, -1):
        # A name that no list has, at the start of a sentence: "Siobhra O'Neill asked".
        if people[at + 1] and words[at][0][0].isupper() and _touch(text, words, at + 1):
            people[at] = people[at] or not (lexicon.is_common(words[at][0]) or _inside_mark(text, words[at]))
    for at in range(1, len(words) - 1):
        within = people[at - 1] and people[at + 1] and lexicon.is_particle(words[at][0])
        people[at] = people[at] or (within and _touch(text, words, at) and _touch(text, words, at + 1))
    for at in range(len(words) - 1, -1, -1):
        if people[at] and not _inside_mark(text, words[at]):
            text = f"{text[: words[at].start()]}{_NAME}{text[words[at].end() :]}"
    return re.sub(rf"{re.escape(_NAME)}(?:[ -]{re.escape(_NAME)})+", _NAME, text)


def _touch(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether nothing but a space stands between a word and the one before it."""
    return text[words[at - 1].end() : words[at].start()] == " "


def _belongs_to_a_name(text: str, words: list[re.Match[str]], at: int, lexicon: _Lexicon) -> bool:
    """Whether what follows a name and is written like one is part of it: "John van Dyck", "Văn An"."""
    word = words[at][0]
    if word[0].isupper() and len(word) == 2 and word[1].islower():
        return not lexicon.is_thing(word) or word.casefold() in names_of_two()
    introduced = lexicon.introduces(text[: words[at - 1].start()])
    return (word[0].isupper() or introduced) and not lexicon.is_thing(word)


def _is_person(text: str, words: list[re.Match[str]], at: int, lexicon: _Lexicon) -> bool:
    word = words[at][0]
    if lexicon.is_thing(word) or _inside_mark(text, words[at]):
        return False
    before, after = text[: words[at].start()], text[words[at].end() :]
    if lexicon.introduces(before) and (
        word[0].isupper() or lexicon.is_name(word) or "name" in before[-12:].casefold()
    ):
        return True
    if lexicon.is_name(word) and (word[0].isupper() or _beside_a_name(text, words, at, lexicon)):
        return True
    if lexicon.follows_a_person(after) and not lexicon.is_common(word) and not _DETERMINED.search(before):
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
