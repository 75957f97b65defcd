"""Spelling slips of app and country names, found with rapidfuzz."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .spelling import frequency, is_word, slip_distance
from .text import spaced_key

NEAR = 62
SHORTEST = 5  # a shorter name at the beginning of a word is none
_CKS = re.compile("c?ks|cs")


@dataclass(frozen=True)
class Slip:
    """A name that the words may be a slip for."""

    name: str
    distance: int


class Slips:
    """Nearest names. Built once for a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        # As dictionaries, they are quick to look up and keep their order.
        self.apps = dict.fromkeys(
            k
            for k, ids in gazetteer.names.get("app", {}).items()
            if len(k) >= 4 and not ids[0].startswith(("category:", "vendor-country:", "vendor:"))
        )
        known = [
            k
            for k, bearers in gazetteer.places.items()
            if len(k) >= 5 and any(kind in ("country", "capital") for _, kind in bearers)
        ]
        nick = [spaced_key(n) for n in load("places")["nicknames"] if len(n) >= 5]
        big = [
            k
            for k, bearers in gazetteer.places.items()
            if len(k) >= 6 and any(kind == "city" for _, kind in bearers)
        ]
        famous = [spaced_key(n) for n in load("places")["well_known"] if len(n) >= 6]
        self.places = dict.fromkeys(sorted({*known, *nick, *famous}))
        self._countries = {k: {c for c, _ in bearers} for k, bearers in gazetteer.places.items()}
        self._countries.update(
            {spaced_key(n): {c} for n, c in load("places")["nicknames"].items() if c != "null"}
        )
        self.cities = set(big)
        self._listed_cities = dict.fromkeys(sorted(self.cities))

    def app(self, gram: str) -> Slip | None:
        """The app name of which this is a slip."""
        return self._nearest(gram, self.apps)

    def place(self, gram: str) -> Slip | None:
        """The country or capital of which this is a slip."""
        return None if gram in self.cities else self._nearest(gram, self.places)

    def place_or_city(self, gram: str) -> Slip | None:
        """The same, or the big city of which it is more likely one ("Shanhai" is not Sana'a)."""
        slip = self.place(gram)
        city = self._nearest(gram, self._listed_cities) if slip and slip.distance else None
        return city if slip and city and city.distance < slip.distance else slip

    def country_of(self, name: str) -> str | None:
        """The country of a place name, or None when several share the name."""
        countries = self._countries.get(name, set())
        return next(iter(countries)) if len(countries) == 1 else None

    def near_apps(self, gram: str, limit: int = 3) -> list[str]:
        """Names that are like this one without being it, best first."""
        if len(gram) < 4:
            return []
        found = process.extract(gram, self.apps.keys(), scorer=fuzz.ratio, score_cutoff=NEAR, limit=limit)
        inside = [n for n in self.apps if len(n) >= 5 and (gram.startswith(n) or gram.endswith(n))]
        inside.sort(key=len, reverse=True)
        return list(dict.fromkeys([*inside[:2], *(n for n, _, _ in found)]))[:limit]

    @staticmethod
    def _nearest(gram: str, names: dict[str, None]) -> Slip | None:
        if len(gram) < 4:
            return None
        best: Slip | None = None
        respelt = _CKS.sub("x", gram)  # "roblocks"
        if respelt != gram and respelt in names:
            return Slip(respelt, 1)
        known_first = gram[:-1] in names
        makes_another = word_list("apps", "makes_another")
        if any(gram[:k] in names and gram[k:] in makes_another for k in range(SHORTEST, len(gram) + 1)):
            return None  # "instapay" is no slip for Instagram
        for name, _, _ in process.extract(gram, names.keys(), scorer=OSA.distance, score_cutoff=3, limit=8):
            distance = slip_distance(gram, name)
            if len(gram) - len(name) > 1 and len(name) < 8:
                continue  # "Tindarra" is no slip for Tinder
            if distance is not None and gram[0] != name[0] and (gram != name[1:] or known_first):
                continue  # "Snapp" is no slip for "PSN app"
            if distance is not None and (
                best is None
                or distance < best.distance
                or (distance == best.distance and _closer(gram, name, best.name))
            ):
                best = Slip(name, distance)
        if best and best.distance > 1 and _another_word(gram, best.name):
            return None  # "facetune" is no slip for "facetime"
        # One letter more is a slip, but a vowel makes a name: "Signalo".
        added = len(gram) - 1 - (gram[-1] not in "aioy" or gram[-1] == gram[-2])
        begins = [gram[:k] for k in range(SHORTEST, added + 1) if gram[:k] in names]
        if best and best.distance > 1 and any(best.name != n and best.name.startswith(n) for n in begins):
            return None  # "WeChatly" is no slip for WeChat Pay
        if best and any(len(n) >= len(best.name) - 1 for n in begins):
            return None  # a known name with letters added is a name of its own
        return best


def _another_word(gram: str, name: str) -> bool:
    """Whether the two begin with the same English word and go on with different ones."""
    return any(
        gram[:k] == name[:k]
        and all(frequency(w) > 1000 for w in (gram[:k], gram[k:], name[k:]))
        and gram[k:] != name[k:]
        for k in range(3, min(len(gram), len(name)) - 2)
    )


def _closer(gram: str, name: str, other: str) -> bool:
    return (fuzz.ratio(gram, name), name[0] == gram[0], -len(name)) > (
        fuzz.ratio(gram, other),
        other[0] == gram[0],
        -len(other),
    )


def worth_trying(tokens: list[str]) -> bool:
    """Whether some token is no English word, so that a slip is likely."""
    return any(not is_word(t) for t in tokens if len(t) > 2) or (
        len(tokens) == 1
        and frequency(tokens[0]) in range(1, 60)
        and tokens[0] not in word_list("english", "also_words")
    )
