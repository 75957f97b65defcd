"""Groups of apps by their maker, by where they are from and by what they are for: "anything by Tencent"."""

from __future__ import annotations

from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .model import EXACT, Entity
from .phrases import Phrases
from .spelling import frequency
from .text import Words, key

_ONE_APP = {"app", "application", "messenger"}


class GroupFinder:
    """Finds groups of apps."""

    def __init__(self, demonyms: dict[str, str]) -> None:
        data = load("apps")
        self.demonyms = demonyms
        self.groups = Phrases(data["group_words"])
        self.plurals, self.made = set(data["app_plurals"]), set(data["made"])
        self.by = [p.split() for p in data["by_words"]]
        self.anything = {p: len(p.split()) for p in data["anything_words"]}
        self.vendor_nicknames = {key(k): v for k, v in data["vendor_nicknames"].items()}
        self.endings = set(data["company_endings"])
        self._vendors: tuple[Gazetteer | None, dict[str, str]] = (None, {})

    def find(self, words: Words, gazetteer: Gazetteer, places: list[Entity]) -> list[Entity]:
        """The groups of apps of a message."""
        found: list[Entity] = []

        def add(i: int, j: int, id: str) -> None:
            start, end = words.all[i].start, words.all[j - 1].end
            if gazetteer.has("app", id) and not any(e.start < end and start < e.end for e in found):
                found.append(Entity("app", id, start, end, words.text[start:end], how=EXACT))

        vendors = self._vendor_names(gazetteer)
        for i, j, name in sorted(words.grams(4), key=lambda s: s[0] - s[1]):
            country = self.demonyms.get(name)
            if country and (end := self._app_plural(words, j)):
                add(i, end, f"vendor-country:{country}")
            elif (
                country and words.at(i - 1) in ("anything", "nothing", "everything") and self._ends(words, j)
            ):
                add(i - 1, j, f"vendor-country:{country}")
            vendor = vendors.get(name)
            if vendor is None and len(name) > 4 and name.endswith("s") and frequency(name) < 200:
                name = name[:-1]  # "tencents apps"
                vendor = vendors.get(name) if self._app_plural(words, j) else None
            own = [x for x in gazetteer.names["app"].get(name, ()) if x not in gazetteer.groups["app"]]
            if vendor and own and _ONE_APP.intersection((words.at(j), words.at(j + 1))):
                continue  # "the Wish shopping app"
            if vendor and (end := self._app_plural(words, j)):
                add(i, end, vendor)
            elif vendor and self._after_anything(words, i):
                add(self._after_anything(words, i) - 1, j, vendor)
        for e in places:
            i, j = words.index_at(e.start), words.index_at(e.end - 1) + 1
            if e.entity == "country" and (start := self._after_anything(words, i)):
                add(start - 1, j, f"vendor-country:{e.value}")
            elif (
                e.entity == "country"
                and words.at(j) in ("-", "")
                and words.at(j + 1) in self.made
                and (end := self._app_plural(words, j + 1))
            ):
                add(i, end, f"vendor-country:{e.value}")
        for i, j, id in self.groups.find(words):
            if self._group_meant(words, i, j):
                add(i, j, id)
        known = gazetteer.names.get("app", {})
        for i, j, name in words.grams(5):
            ids = known.get(name, [])
            if j - i > 1 and len(ids) == 1 and ids[0] in gazetteer.groups["app"] and ids[0] != "any":
                add(i, j, ids[0])
        return found

    @staticmethod
    def _ends(words: Words, j: int) -> bool:
        """Whether no noun follows: "anything Chinese on my phone"."""
        return not words.at(j)[:1].isalnum() or words.at(j) in word_list("apps", "boundaries")

    def _app_plural(self, words: Words, j: int) -> int | None:
        """The end of "apps" after a vendor or an adjective, over words such as "messaging" or "-made"."""
        k = j
        if words.at(k) == "'s":
            k += 1
        for _ in range(4):
            if words.at(k) in self.plurals and not (
                words.at(k) in ("app", "platform", "service", "software") and words.at(j - 1) in ("us",)
            ):
                return k + 1
            if words.at(k) in self.made or words.at(k) in word_list("apps", "plural_between"):
                k += 1
                continue
            return None
        return None

    def _after_anything(self, words: Words, i: int) -> int | None:
        """The place (counted from 1) of "anything" in "anything made by" before token i; not of an act ("do
        everything by WhatsApp").
        """
        start = self._anything_before(words, i)
        acts = word_list("apps", "acts")
        return None if start is None or words.at(start - 2) in acts else start

    def _anything_before(self, words: Words, i: int) -> int | None:
        if words.at(i - 1) == "the":
            i -= 1
        for by in self.by:
            start = i - len(by)
            if start > 0 and words.lows[start:i] == by:
                if by in (["in"], ["from"], ["of"]) and words.at(start - 1) == "anything":
                    return start
                if words.at(start - 1) in ("that", "which", "are", "is", "'s", "were"):
                    start -= 1
                if words.at(start - 1) in self.anything or words.at(start - 1) in ("apps", "app"):
                    return start
        if words.at(i - 1) == "in" and words.at(i - 2) in self.made and words.at(i - 3) in self.anything:
            return i - 2
        return None

    @staticmethod
    def _group_meant(words: Words, i: int, j: int) -> bool:
        if words.at(i - 1) in word_list("apps", "acts") | {"managing", "handling", "running"}:
            return False  # "I do social media for an MP"
        if j - i > 1 or words.at(i) not in word_list("apps", "group_single"):
            return True
        plural = words.at(j) in word_list("apps", "app_plurals")
        if words.at(i - 1) == "for" and not plural:
            return False  # "Discord for gaming"
        if words.at(i - 1) in ("what", "which", "any") and words.at(i).endswith("s"):
            return True  # "what messengers can a senator have"
        around = words.lows[max(0, i - 3) : i]
        before = word_list("apps", "group_before").intersection(around)
        return bool(before) and words.at(j) not in word_list("apps", "group_not_before")

    def _vendor_names(self, gazetteer: Gazetteer) -> dict[str, str]:
        held, names = self._vendors
        if held is gazetteer:
            return names
        names = {}
        for id in sorted(gazetteer.groups["app"]):  # of two that share a name always the same
            if not id.startswith("vendor:"):
                continue
            slug = id.partition(":")[2]
            label = gazetteer.labels["app"][id]
            parts = [p for p in slug.split("-") if p]
            short = list(parts)
            while len(short) > 1 and short[-1] in self.endings:
                short.pop()
            for name in (key(label), "".join(parts), "".join(short), key(label.removesuffix(" apps"))):
                if len(name) > 1 and name != "unknown":
                    names.setdefault(name, id)
        for name, id in self.vendor_nicknames.items():
            if gazetteer.has("app", id):
                names[name] = id
        self._vendors = (gazetteer, names)
        return names
