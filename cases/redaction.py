"""Taking out of a message what could say who wrote it, before it is stored.

Phone numbers are found by phonenumbers (Google's libphonenumber); e-mail, web and network addresses, long
numbers, street addresses and names by their form. Names of people cannot be told from other words for
certain: what looks like one is taken out unless the guideline database knows it as the name of something,
so that rather too much goes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

import phonenumbers

_HOME_REGION = "AU"
_MOST = 1000

_EMAIL = re.compile(r"[\w.+%-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_HANDLE = re.compile(r"(?<!\w)@\w{2,}")
_NETWORK = re.compile(
    r"(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])|(?<![\w:])(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}", re.I
)
_STREET = re.compile(
    r"\b\d{1,5}[a-z]?(?:/\d{1,5})?\s+(?:[A-Z][\w'-]+\s+){1,3}"
    r"(?:street|st|road|rd|avenue|ave|drive|dr|lane|ln|court|ct|place|pl|crescent|cres|terrace|tce|parade|highway|hwy"
    r"|boulevard|blvd|close|circuit|way)\b\.?",
    re.IGNORECASE,
)
# Document, service and account numbers: letters and digits mixed, or four digits and more. A year stays.
_NUMBER = re.compile(
    r"(?<!\w)(?!(?:19|20)\d\d(?!\w))(?=[\w-]*\d{3})[A-Za-z]{0,4}[-\d]*\d[\dA-Za-z-]{2,}(?!\w)"
)
_DIGITS = re.compile(r"(?<!\w)\d(?:[ .-]?\d){3,}(?!\w)")

_INTRODUCED = re.compile(
    r"\b(?P<before>my name(?:'s| is)|this is|i am called|call me|signed|regards,?|cheers,?|sincerely,?|ask(?:ed)? for"
    r"|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|captain|capt|major|colonel|col|lieutenant|lt|sergeant|sgt|corporal"
    r"|cpl|general|gen|admiral|commander|cmdr|brigadier|senator|minister|ambassador)\.?\s+"
    r"(?P<name>[^\W\d_][\w'’-]*(?:\s+[A-Z][\w'’-]*){0,3})",
    re.IGNORECASE,
)
_I_AM = re.compile(r"\b(?P<before>I'?m|I am|it's|here is)\s+(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})")
_CAPITALS = re.compile(r"(?<!\w)[A-Z][a-z'’]+(?:[- ][A-Z][a-z'’]+)+(?!\w)")
_WITHIN = re.compile(r"(?<=[a-z,;] )[A-Z][a-z'’]{2,}(?!\w)")
# Words that follow a title without being a name ("the minister wants ...").
_NO_NAME = frozenset(
    "a an the and or but is was are were who what when where why how has have had may can could should would will "
    "wants want to for of on in at with about says said asked uses use using i my me we our you your it that this "
    "these those here there from as if not no yes also going allowed permitted okay ok it's office staff staffer "
    "adviser advisor counsel question regarding".split()
)
# English words that start with a capital in the middle of a sentence and name no person.
_CAPITAL_WORDS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Christmas Easter English Chinese Mandarin Cantonese Japanese Korean French "
    "German Spanish Arabic Hindi Indonesian Malay Thai Vietnamese Russian Australian Defence Army Navy Air Force "
    "Government Department Minister Senator Ambassador Parliament Embassy Consulate High Commission Mission Head "
    "Internet Android Apple Windows Can May Should Could Would Will What When Where Why How The This That There".split()
)


def redact(text: str, known: Collection[str] = ()) -> str:
    """The message without what could say who wrote it; each piece is replaced by what kind it was.

    Args:
        known: names that the guideline database holds (apps, places, roles, devices), in any case; they stay.
    """
    words = {word for name in known for word in _words(name)}
    names = {name.casefold() for name in known}

    def is_known(name: str) -> bool:
        return name.casefold() in names or all(word in words for word in _words(name))

    text = " ".join(text[:_MOST].split())
    text = _EMAIL.sub("[e-mail]", text)
    text = _WEB.sub("[link]", text)
    text = _HANDLE.sub("[handle]", text)
    text = _NETWORK.sub("[number]", text)
    text = _phones(text)
    text = _STREET.sub("[address]", text)
    text = _NUMBER.sub(lambda m: m[0] if is_known(m[0]) else "[number]", text)
    text = _DIGITS.sub(lambda m: m[0] if re.fullmatch(r"(?:19|20)\d\d", m[0]) else "[number]", text)
    text = _INTRODUCED.sub(_introduced(is_known), text)
    text = _I_AM.sub(_introduced(is_known), text)
    text = _CAPITALS.sub(lambda m: _capitals(m[0], is_known), text)
    return _WITHIN.sub(lambda m: m[0] if m[0] in _CAPITAL_WORDS or is_known(m[0]) else "[name]", text)


def _words(name: str) -> list[str]:
    return re.findall(r"\w+", name.casefold())


def _phones(text: str) -> str:
    found = list(phonenumbers.PhoneNumberMatcher(text, _HOME_REGION, leniency=phonenumbers.Leniency.POSSIBLE))
    for match in reversed(found):
        if sum(character.isdigit() for character in match.raw_string) >= 8:
            text = f"{text[: match.start]}[phone]{text[match.end :]}"
    return text


def _introduced(is_known: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        name = match["name"]
        parts = name.split()
        if (
            parts[0].casefold() in _NO_NAME
            or is_known(name)
            or is_known(parts[0])
            or parts[0] in _CAPITAL_WORDS
        ):
            return match[0]
        kept = " ".join(p for p in parts[1:] if is_known(p) or p in _CAPITAL_WORDS)
        return f"{match['before']} [name]{' ' + kept if kept else ''}"

    return replace


def _capitals(words: str, is_known: Callable[[str], bool]) -> str:
    if is_known(words):
        return words
    parts = words.split(" ")
    strangers = [not is_known(part) and part not in _CAPITAL_WORDS for part in parts]
    if sum(strangers) < 2:
        return words
    return " ".join(["[name]" if strange else part for part, strange in zip(parts, strangers, strict=True)])
