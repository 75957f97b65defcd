"""Whose a device is, as told before or after it: "the iPad isn't mine, it belongs to the department"."""

from __future__ import annotations

import re

from .lexicon import load
from .text import Words

_NAMES = (
    *("enrolled", "enrolled_next", "enrolled_before", "unenrolled", "unenrolled_before"),
    *("issued", "from_there", "lent", "mine", "given_before", "bought_before", "lent_before", "for_a_trip"),
)
_MY = {"my", "our", "own"}


class WhoseDevice:
    """What the words around a device tell of its owner; the patterns are in `lexicon/devices.yml`."""

    def __init__(self, organisations: set[str]) -> None:
        data = load("devices")
        listed = "|".join(map(re.escape, sorted(organisations)))
        employer = data["employer"].replace("{organisations}", listed)
        self._p = {name: re.compile(data[name].replace("{employer}", employer)) for name in _NAMES}

    def kind(self, words: Words, i: int, j: int, ownership: str | None, form: str | None) -> str | None:
        """The kind of ownership of the device at tokens i up to j, of which `ownership` is said in it."""
        before = words.low[: words.all[i].start]
        after = words.low[words.all[j - 1].end :][:90]
        if ownership in (None, "personal") and form in ("phone", "any") and self._enrolled(before, after):
            return "byod"
        return ownership or self.told(words, i, j)

    def told(self, words: Words, i: int, j: int) -> str | None:
        """The kind that is told of a device which is named by its form alone, or by "one"."""
        before, after = words.low[: words.all[i].start], words.low[words.all[j - 1].end :][:90]
        if self._p["lent_before"].search(before) and self._p["for_a_trip"].match(after):
            return "travel"
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
                return None if there else kind
        return "personal" if self._p["bought_before"].search(before) else None

    def handed_out(self, words: Words, i: int) -> bool:
        """Whether the word at token i is told to be lent or issued right after it."""
        after = words.low[words.all[i].end :]
        return any(self._p[name].match(after) for name in ("lent", "issued"))

    def unenrolled(self, low: str) -> bool:
        """Whether a message says that a device is not, or no longer, in management."""
        return bool(self._p["unenrolled"].search(low))

    def _enrolled(self, before: str, after: str) -> bool:
        sentence = re.split(r"[.?!;]", after)[0] + (after[:60] if "." in after[:3] else "")
        if self.unenrolled(sentence) or self._p["unenrolled_before"].search(before):
            return False
        return bool(
            self._p["enrolled"].search(sentence)
            or self._p["enrolled_next"].match(after)
            or self._p["enrolled_before"].search(before)
        )
