"""Devices as people say them: ownership ("work", "my own"), form ("phone", "iPad"), or both together."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .gazetteer import Gazetteer
from .lexicon import load
from .model import EXACT, Entity
from .phrases import Phrases
from .text import Words

DETERMINERS = {"my", "our", "the", "his", "her", "their", "your", "a", "an", "this", "that"}
POSSESSIVES = {"my", "our", "me", "mine"}
BEFORE_BRANDS = {*POSSESSIVES, "a", "an", "on"}


@dataclass
class _Mention:
    start: int
    end: int
    ownership: str | None
    form: str | None
    how: str = EXACT


class DeviceFinder:
    """Finds devices. Which concept a pair of words makes is data: `lexicon/devices.yml`."""

    def __init__(self) -> None:
        data = load("devices")
        self.combine = data["combine"]
        self.by_ownership = {self.combine[kind]["any"] for kind in ("work", "personal")}
        self.own_only_heads = set(data["own_only_heads"])
        self.fillers = set(data["fillers"])
        self.not_before, self.skilled = set(data["not_before"]), set(data["skilled"])
        owners = {kind: set(listed) for kind, listed in data["ownership"].items()}
        organisations = {w for names in load("roles")["organisations"].values() for w in names}
        owners["work"] |= organisations.difference(*owners.values())  # "my Treasury laptop"
        self.owning = set().union(*owners.values())
        self.forms = Phrases(data["forms"])
        self.brands = Phrases(data["brands"])
        self.ownership = Phrases(owners)
        self.alone = Phrases(data["alone"])
        self.not_after = [p.split() for p in data["not_after_phrase"]]
        self.enrolled, self.unenrolled = re.compile(data["enrolled"]), re.compile(data["unenrolled"])
        self.enrolled_next = re.compile(data["enrolled_next"])
        self.pointed = {kind: re.compile(p) for kind, p in data["pointed"].items()}
        self.issued, self.lent, self.mine = (re.compile(data[k]) for k in ("issued", "lent", "mine"))

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The devices of a message."""
        forms = {i: (j, id) for i, j, id in self.forms.find(words)}
        for i, j, id in self.brands.find(words):
            if i not in forms and j not in forms and self._possessed(words, i):
                forms[i] = (j, id)
        owned = {i: (j, id) for i, j, id in self.ownership.find(words)}
        mentions = self._pairs(words, forms, owned)
        mentions += self._own_only(words, owned, mentions)
        for i, j, id in self.alone.find(words):
            if not any(m.start < j and i < m.end for m in mentions):
                mentions.append(_Mention(i, j, "=" + id, None))
        mentions = [told for m in mentions for told in self._told_after(words, m, owned)]
        mentions.sort(key=lambda m: m.start)
        self._share_forms(words, mentions)
        made = [e for e in (self._entity(words, m, gazetteer) for m in mentions) if e is not None]
        found: list[Entity] = []
        firm = [e for e in made if e.value in self.combine["byod"].values()]
        listed = [e for e in self._named(words, gazetteer) if not any(e.overlaps(o) for o in firm)]
        self._issued_after(words, made, gazetteer)
        if not listed and all(e.value in self.by_ownership for e in made):
            pointed = self._pointed_at(words, gazetteer)
            if pointed and not any(e.value == pointed.value or e.overlaps(pointed) for e in made):
                return sorted([*made, pointed], key=lambda e: e.start)
        for e in sorted([*listed, *made], key=lambda e: e.start - e.end):
            if not any(e.overlaps(o) for o in found):
                found.append(e)
        return sorted(found, key=lambda e: e.start)

    def _issued_after(self, words: Words, made: list[Entity], gazetteer: Gazetteer) -> None:
        """ "The one the department gave me, a mobile": whose a device told by its form alone is."""
        forms = {id: form for form, id in self.combine["none"].items()}
        if len(made) == 1 and made[0].value in forms and self.pointed["work"].search(words.low):
            id = self.combine["work"][forms[made[0].value]]
            made[0].value = id if gazetteer.has("device", id) else made[0].value

    def _pointed_at(self, words: Words, gazetteer: Gazetteer) -> Entity | None:
        """What is said of a device that is not named again: "it's enrolled"."""
        for kind, pattern in self.pointed.items():
            match = pattern.search(words.low)
            id = self.combine[kind]["any"]
            if match and not self.unenrolled.search(words.low) and gazetteer.has("device", id):
                return Entity("device", id, *match.span(), words.text[match.start() : match.end()])
        return None

    def _pairs(self, words: Words, forms: dict, owned: dict) -> list[_Mention]:
        mentions = []
        for i, (j, form) in sorted(forms.items()):
            if any(m.start < j and i < m.end for m in mentions) or not self._is_device(words, i, j):
                continue
            start, kinds = i, []
            k = i - 1
            while k >= 0:
                step = next((s for s in range(max(0, k - 3), k + 1) if owned.get(s, (0,))[0] == k + 1), None)
                if step is not None:
                    kinds.append(owned[step][1])
                    start, k = step, step - 1
                elif words.at(k) in self.fillers or words.at(k) == "-":
                    k -= 1
                elif words.at(k) == "'s" and k - 1 in owned:
                    kinds.append(owned[k - 1][1])
                    start, k = k - 1, k - 2
                elif words.at(k) in ("and", "or", "/", "&", "nor") and kinds and self._owned_before(owned, k):
                    other = self._owned_before(owned, k)
                    mentions.append(_Mention(other[0], other[1], other[2], form))
                    k = other[0] - 1
                    break
                else:
                    break
            mentions.append(_Mention(start, j, _strongest(kinds), form))
        return mentions

    @staticmethod
    def _told_after(words: Words, m: _Mention, owned: dict) -> list[_Mention]:
        """ "both my phones, work and personal": the kinds that are told after a bare form, else the form."""
        k = m.end + 1 if words.at(m.end) in (",", ":", "(", "-") else m.end
        first = owned.get(k) if m.ownership is None and words.at(m.end - 1).endswith("s") else None
        if first and words.at(first[0]) in ("and", "&", "or", "/") and first[0] + 1 in owned:
            second = owned[first[0] + 1]
            return [
                _Mention(m.start, m.end, first[1], m.form),
                _Mention(first[0] + 1, second[0], second[1], m.form),
            ]
        return [m]

    @staticmethod
    def _owned_before(owned: dict, k: int) -> tuple[int, int, str] | None:
        for s in range(max(0, k - 3), k):
            if s in owned and owned[s][0] == k:
                return s, k, owned[s][1]
        return None

    def _is_device(self, words: Words, i: int, j: int) -> bool:
        nxt = words.at(j)
        if words.at(i) == "i" and words.at(i - 1) not in BEFORE_BRANDS | self.owning:
            return False  # "can I phone home"
        if nxt in self.not_before:
            return False
        if words.at(i).endswith("s") and words.at(i - 1) == "with" and words.at(i - 2) in self.skilled:
            return False  # "not very good with computers"
        plural = words.at(i).endswith("s") and words.at(i - 1) in ("about", "and", "or", ",", "on", "")
        if plural and words.at(i - 1) != "on" and nxt in ("and", "or", "before", "when", "in", ",") and i:
            return False  # "about phones and apps": no device in particular
        for phrase in self.not_after:
            if words.lows[max(0, i - len(phrase)) : i] == phrase:
                return False
        verb_like = words.at(i) in ("phone", "ring") and words.at(i - 1) in (
            "to",
            "can",
            "i",
            "we",
            "and",
            "please",
        )
        return not (
            verb_like and nxt in ("me", "him", "her", "them", "us", "home", "someone", "my", "the", "people")
        )

    def _possessed(self, words: Words, i: int) -> bool:
        before = [words.at(k) for k in range(max(0, i - 3), i)]
        after = words.low[words.all[i].end :]
        told = self.lent.match(after) or self.issued.match(after)  # "the Samsung they lent me"
        return bool(told) or any(w in BEFORE_BRANDS or w in self.owning for w in before)

    def _own_only(self, words: Words, owned: dict, mentions: list[_Mention]) -> list[_Mention]:
        found = []
        for i, (j, kind) in owned.items():
            if any(m.start < j and i < m.end for m in mentions):
                continue
            nxt, before = words.at(j), words.at(i - 1)
            if nxt in self.own_only_heads:
                found.append(_Mention(i, j + 1, kind, "?"))
            elif (
                (
                    words.at(i) == "own"
                    and before in POSSESSIVES
                    and (not nxt or not nxt[0].isalpha() or nxt in _AFTER_OWN)
                )
                or (
                    kind == "personal"
                    and before == "my"
                    and words.at(i) in ("personal", "private")
                    and _closed(nxt)
                )
                or (
                    kind == "work"
                    and before == "my"
                    and words.at(i) == "work"
                    and nxt in ("and", "or", "&")
                    and words.at(j + 1) in ("personal", "private", "my")
                )
                or (words.at(i) in ("work", "personal", "private") and len(words) <= 3 and not nxt)
                or (
                    words.at(i) in ("work", "personal", "private")
                    and before in ("on", ".", ",", "(")
                    and not (nxt and nxt[0].isalnum())
                )
            ):
                found.append(_Mention(i, j, kind, "?"))
        for i, (j, kind) in owned.items():  # "not my own phone, the embassy's"
            if (
                kind == "work"
                and words.at(j) == "'s"
                and words.at(i - 1) == "the"
                and not words.at(j + 1).isalpha()
            ):
                found.append(_Mention(i, j + 1, kind, "?"))
        for i, low in enumerate(words.lows):
            if low == "mine" and words.at(i - 1) in ("on", "use", "using", "just", "or", "and", ",", "not"):
                found.append(_Mention(i, i + 1, "personal", "?"))
        return found

    def _share_forms(self, words: Words, mentions: list[_Mention]) -> None:
        """Give "my own one" the form of its neighbour, and a bare form the ownership it shares."""
        for n, m in enumerate(mentions):
            if m.form == "?":
                near = [o.form for o in mentions if o is not m and o.form not in ("?", None)]
                m.form = near[-1] if near else "any"
            previous = mentions[n - 1] if n else None
            joined = previous and words.lows[previous.end : m.start] in (
                ["and"],
                ["or"],
                ["/"],
                [",", "and"],
                [","],
                ["&"],
                ["nor"],
            )
            if (
                m.ownership is None
                and joined
                and previous.ownership
                and not previous.ownership.startswith("=")
            ):
                m.ownership = previous.ownership

    def _entity(self, words: Words, m: _Mention, gazetteer: Gazetteer) -> Entity | None:
        ownership, end = m.ownership, m.end
        after = words.low[words.all[m.end - 1].end : words.all[m.end - 1].end + 90]
        sentence = re.split(r"[.?!;]", after)[0] + (after[:60] if "." in after[:3] else "")
        enrolled = self.enrolled.search(sentence) or self.enrolled_next.match(after)
        enrolled = enrolled and not self.unenrolled.search(sentence)
        if ownership in (None, "personal") and m.form in ("phone", "any") and enrolled:
            ownership = "byod"
        if ownership is None:
            for name, pattern in (("travel", self.lent), ("work", self.issued), ("personal", self.mine)):
                if pattern.search(after.lstrip()) or pattern.search(after):
                    ownership = name
                    break
        if ownership and ownership.startswith("="):
            id: str | None = ownership[1:]
        else:
            table = self.combine[ownership or "none"]
            id = table.get(m.form or "any")
        if id is None or not gazetteer.has("device", id):
            return None
        start, stop = words.all[m.start].start, words.all[end - 1].end
        return Entity("device", id, start, stop, words.text[start:stop], how=m.how)

    def _named(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """Names of devices that the vocabulary lists and the patterns cannot make."""
        known = gazetteer.names.get("device", {})
        plain = set(self.combine["none"].values())
        found = []
        for i, j, name in sorted(words.grams(7), key=lambda g: (g[0] - g[1], g[0])):
            ids = known.get(name, [])
            if len(ids) == 1 and ids[0] not in plain and ids[0] != "any" and (j - i > 1 or len(name) > 5):
                start, end = words.all[i].start, words.all[j - 1].end
                if not any(e.start < end and start < e.end for e in found):
                    found.append(Entity("device", ids[0], start, end, words.text[start:end]))
        return found


_AFTER_OWN = {
    "and",
    "or",
    "in",
    "while",
    "when",
    "if",
    "instead",
    "then",
    "please",
    "but",
    "for",
    "at",
    "with",
    "as",
    "is",
    "too",
    "rather",
    "not",
    "though",
    "here",
    "there",
    "so",
    "overseas",
    "to",
}


def _closed(nxt: str) -> bool:
    return not nxt or not nxt[0].isalpha() or nxt in _AFTER_OWN


def _strongest(kinds: list[str]) -> str | None:
    for kind in ("byod", "travel", "personal", "work"):
        if kind in kinds:
            return kind
    return None
