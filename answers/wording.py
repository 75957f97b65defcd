"""Concepts in words: labels of the vocabulary put together into phrases. No sentence is made here."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence

from guidelines.enquiry import Enquiry
from guidelines.rules import Source
from guidelines.vocabulary import Vocabulary

_MOST_NAMED = 5
_ORDER = ("app", "device", "country", "role")
# English puts an article before plural names and names of unions; the vocabulary may say so by an
# alternative label.
_ARTICLE = re.compile(
    r"^(?!.*['’]s\b|south georgia)"
    r"(?:(?:united|czech|dominican|central african|democratic|isle|hong kong special)\b"
    r"|.*\b(?:islands|states|emirates|republic|kingdom|federation|territories|maldives|netherlands|philippines|bahamas"
    r"|seychelles|comoros|gambia|congo|middle east|caribbean|pacific|gulf|countries)$)",
    re.IGNORECASE,
)
_ADVERBS = ("overseas", "abroad", "anywhere", "everywhere", "at home")
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$")
_MONTHS = calendar.month_name[1:]


class Words:
    """Phrases for the concepts of one vocabulary, said to whoever asks, or of whom they ask for.

    Args:
        theirs: whether the app is for somebody else than the person asking.
    """

    def __init__(self, vocabulary: Vocabulary, theirs: bool = False) -> None:
        self._vocabulary = vocabulary
        self.you, self.your = ("they", "their") if theirs else ("you", "your")

    def label(self, dimension: str, concept: str) -> str:
        """What people call one concept; a country with its article is for `place`."""
        return self._vocabulary[dimension].label(concept)

    def knows(self, dimension: str, concept: str) -> bool:
        """Whether the vocabulary holds a concept."""
        return concept in self._vocabulary[dimension]

    def labels(self, dimension: str, concepts: Iterable[str], joint: str = "and") -> str:
        """Several concepts as "A, B and C"."""
        return listed([self.label(dimension, c) for c in concepts], joint)

    def phrase(self, dimension: str, concepts: Sequence[str] | None, joint: str = "or") -> str:
        """The concepts as part of a sentence: "WeChat", "on your work phone", "in China", "as a diplomat"."""
        if not concepts:
            return ""
        match dimension:
            case "app":
                return self.labels("app", concepts, joint)
            case "device":
                return f"on {self.your} " + listed([self._device(c) for c in concepts], joint)
            case "country":
                return listed([self.place(c) for c in concepts], joint)
            case _:
                return "as " + listed([self.role(c) for c in concepts], joint)

    def place(self, concept: str) -> str:
        """In a place: "in China", "in the United States", "overseas"."""
        name = self.label("country", concept)
        if name.casefold() in _ADVERBS:
            return name
        names = {label.casefold() for label in self._vocabulary["country"][concept].alt_labels}
        named_so = name.startswith("The ")
        name = name.removeprefix("The ")
        article = named_so or _ARTICLE.search(name) or f"the {name}".casefold() in names
        return f"in the {name}" if article else f"in {name}"

    def role(self, concept: str) -> str:
        """A role with its article: "a diplomat", "an ADF member"."""
        name = self.label("role", concept)
        # Letters that are read one by one ("ADF", "MP") take the article of how the first is said.
        first = name.split()[0]
        vowel = first[:1].upper() in ("AEFHILMNORSX" if first.isupper() and len(first) > 1 else "AEIOU")
        return f"{'an' if vowel else 'a'} {name}"

    def _device(self, concept: str) -> str:
        return self.label("device", concept)

    def understood(self, enquiry: Enquiry, app: str | None = None, place: str | None = None) -> str:
        """What is held, in one line: "WeChat · work phone · China · Defence official"."""
        parts = []
        for dimension in _ORDER:
            named = enquiry[dimension]
            if dimension == "app" and app:
                parts.append(f"“{app}”")
            elif dimension == "country" and place:
                parts.append(f"“{place}”")
            elif named:
                parts.append(self.labels(dimension, named))
        return " · ".join(parts)

    def where(self, enquiry: Enquiry, place: str | None = None, role: bool = False) -> str:
        """The rest of an enquiry as a phrase with a leading space: " on your work phone in China"."""
        parts = [self.phrase("device", enquiry.device)]
        parts.append(f"in “{place}”" if place else self.phrase("country", enquiry.country))
        if role:
            parts.append(self.phrase("role", enquiry.role))
        return "".join(f" {part}" for part in parts if part)


def listed(names: Sequence[str], joint: str = "and", most: int = _MOST_NAMED) -> str:
    """ "A", "A and B", "A, B and C", "A, B, C, D, E and 12 more"."""
    names = list(dict.fromkeys(names))
    if len(names) > most + 1:
        names, more = names[:most], len(names) - most
        return f"{', '.join(names)} and {more} more"
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {joint} {names[-1]}"


def day(text: str | dt.date) -> str:
    """A date as people write it here: "11 March 2018", "March 2018", "2018"; anything else as it is."""
    match = _DATE.match(str(text))
    if not match:
        return str(text)
    year, month, number = match.groups()
    if not month:
        return year
    name = _MONTHS[int(month) - 1] if 1 <= int(month) <= 12 else month
    return f"{int(number)} {name} {year}" if number else f"{name} {year}"


def cited(source: Source) -> str:
    """A source in a sentence: its title, publisher and date."""
    parts = [f"“{source.title}”"]
    if source.publisher:
        parts.append(source.publisher)
    if source.date:
        parts.append(day(source.date))
    return ", ".join(parts)


def sentence(text: str) -> str:
    """The text with a capital at its start and a full stop at its end."""
    text = text.strip()
    if not text:
        return ""
    return text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
