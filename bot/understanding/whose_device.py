"""Whose a device is, as told before or after it: "the iPad isn't mine, it belongs to the department"."""

from __future__ import annotations

import re
from functools import lru_cache

from .device_kinds import EMPLOYERS
from .lexicon import load
from .text import Words

_NAMES = (
    *("enrolled", "enrolled_next", "enrolled_before", "unenrolled", "unenrolled_before", "managed_after"),
    *("issued", "from_there", "lent", "mine", "given_before", "bought_before", "lent_before", "for_a_trip"),
    *("handed_before", "handed_by", "mine_before", "only_for_the_trip", "at_work", "at_home", "bought_for"),
    "short_after",
)
_MY = {"my", "our", "own"}


def alternatives(listed: set[str]) -> str:
    """Words and names as the alternatives of a regular expression."""
    return "|".join(map(re.escape, sorted(listed, key=lambda w: (-len(w), w))))


@lru_cache(maxsize=1)
def _shared() -> dict[str, str]:
    data = load("devices")
    forms = {w for kind in ("forms", "brands") for listed in data[kind].values() for w in listed}
    return {
        "employer": data["employer"].replace("{organisations}", alternatives(EMPLOYERS)),
        "form": f"(?:{alternatives(forms)})",
        "work": f"(?:{alternatives(set(data['ownership']['work']))})",
        **{name: data[name] for name in ("person", "adjectives", "it", "adverbs", "one", "ends")},
    }


def pattern(written: str) -> re.Pattern[str]:
    """A pattern of `lexicon/devices.yml`, with the {words} that several share written out in it."""
    for name, words in _shared().items():
        written = written.replace("{" + name + "}", words)
    return re.compile(written)


_STANDS = {"work": "at_work", "personal": "at_home"}


class WhoseDevice:
    """What the words around a device tell of its owner; the patterns are in `lexicon/devices.yml`."""

    def __init__(self) -> None:
        data = load("devices")
        self._p = {name: pattern(data[name]) for name in _NAMES}
        self._fixed = set(data["fixed"])
        self._short = {word: pattern(p) for word, p in data["short_before"].items()}

    def kind(self, words: Words, i: int, j: int, ownership: str | None, form: str | None) -> str | None:
        """The kind of ownership of the device at tokens i up to j, of which `ownership` is said in it."""
        before = words.low[: words.all[i].start]
        after = words.low[words.all[j - 1].end :][:90]
        if ownership in (None, "personal") and form in ("phone", "any") and self._enrolled(before, after):
            return "byod"
        own = ownership or self.told(words, i, j)
        if own == "personal" and form in ("phone", "any") and self._p["managed_after"].match(after):
            return "byod"  # "a phone that is mine but the department manages"
        return own or self._standing(words, i, j - 1, after)

    def told(self, words: Words, i: int, j: int) -> str | None:
        """The kind that is told of a device which is named by its form alone, or by "one"."""
        before, after = words.low[: words.all[i].start], words.low[words.all[j - 1].end :][:90]
        if self._p["lent_before"].search(before) and self._p["for_a_trip"].match(after):
            return "travel"
        if self._p["handed_before"].search(before) and self._p["handed_by"].match(after):
            return "work"
        for kind, name in (
            ("travel", "lent"),
            ("work", "given_before"),
            ("work", "issued"),
            ("personal", "mine"),
        ):
            said = self._p[name]
            if (
                said.search(before)
                if name == "given_before"
                else said.search(after.lstrip()) or said.search(after)
            ):
                there = words.at(i - 1) in _MY and self._p["from_there"].match(after)
                own = self._p["mine_before"].search(before) and self._p["only_for_the_trip"].match(after)
                return None if there or own else kind
        bought = self._p["bought_before"].search(before) and not self._p["bought_for"].match(after)
        return "personal" if bought else None

    def shortened(self, words: Words, i: int) -> bool:
        """Whether the short word at token i is a device: "on the ph they lent me", "my own tab"."""
        word = words.all[i]
        before, after = words.low[: word.start], words.low[word.end :]
        in_capitals = word.text.isupper() and not words.shouting  # "the PH"
        return bool(
            not in_capitals and self._short[word.low].search(before) and self._p["short_after"].match(after)
        )

    def handed_out(self, words: Words, i: int) -> bool:
        """Whether the word at token i is told to be lent, issued or kept as one's own right after it."""
        after = words.low[words.all[i].end :]
        return any(self._p[name].match(after) for name in ("lent", "issued", "mine"))

    def unenrolled(self, low: str) -> bool:
        """Whether a message says that a device is not, or no longer, in management."""
        return bool(self._p["unenrolled"].search(low))

    def _standing(self, words: Words, first: int, last: int, after: str) -> str | None:
        """ "The desktop at our consulate", "our laptops at work": whose those are that stand there."""
        ours = words.at(first - 1) == "our" and words.at(last).endswith("s")
        if words.at(last) not in self._fixed and not ours:
            return None
        return next((kind for kind in ("work", "personal") if self._p[_STANDS[kind]].match(after)), None)

    def _enrolled(self, before: str, after: str) -> bool:
        sentence = re.split(r"[.?!;]", after)[0] + (after[:60] if "." in after[:3] else "")
        if self.unenrolled(sentence) or self._p["unenrolled_before"].search(before):
            return False
        return bool(
            self._p["enrolled"].search(sentence)
            or self._p["enrolled_next"].match(after)
            or self._p["enrolled_before"].search(before)
        )
