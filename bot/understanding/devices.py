"""Devices as people say them: ownership ("work", "my own"), form ("phone", "iPad"), or both together."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from .device_kinds import COMBINE, EMPLOYERS, FORM_OF, PERSONAL, WORK
from .device_slips import DeviceSlips
from .gazetteer import Gazetteer
from .lexicon import load
from .model import EXACT, FUZZY, Entity
from .phrases import Phrases
from .text import Words
from .told_devices import ToldDevices
from .whose_device import WhoseDevice

DETERMINERS = {"my", "our", "the", "his", "her", "their", "your", "a", "an", "this", "that"}
BEFORE_WORKS = {*DETERMINERS, "on", "onto", "via", ""}
POSSESSIVES = {"my", "our", "me", "mine"}
BEFORE_BRANDS = {*POSSESSIVES, "a", "an", "on"}
JOINS = (["and"], ["or"], ["/"], [",", "and"], [","], ["&"], ["nor"])


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
        self.by_ownership = {COMBINE[kind]["any"] for kind in ("work", "personal")}
        self.own_only_heads = set(data["own_only_heads"])
        self.fillers, self.weak = set(data["fillers"]), set(data["weak"])
        self.not_before, self.skilled = set(data["not_before"]), set(data["skilled"])
        self.talk, self.after_talk = set(data["talk"]), set(data["after_talk"])
        owners = {kind: set(listed) for kind, listed in data["ownership"].items()}
        owners["work"] |= EMPLOYERS.difference(*owners.values())  # "my Treasury laptop"
        self.slips = DeviceSlips(data["forms"], owners, self.fillers, POSSESSIVES)
        self.owning = set().union(*owners.values())
        self.forms = Phrases(data["forms"])
        self.brands, self.short_forms = Phrases(data["brands"]), Phrases(data["short_forms"])
        self.brand_words = {brand for listed in data["brands"].values() for brand in listed}
        self.things, self.after_own = set(data["things"]), set(data["after_own"])
        self.before_mine, self.before_one = set(data["before_mine"]), set(data["before_one"])
        self.before_the_one = set(data["before_the_one"])
        self.issued_words = set(data["issued_words"])
        self.after_a_determiner = set(data["after_a_determiner"])
        self.short_for_persons = set(data["short_for_persons"])
        self.ownership = Phrases(owners)
        self.alone = Phrases(data["alone"])
        self.not_after = [p.split() for p in data["not_after_phrase"]]
        self.whose = WhoseDevice()
        self.all_of_a_kind = re.compile(data["all_of_a_kind"])
        self.set_against = re.compile(data["set_against"])
        self.told = ToldDevices(self.whose)

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The devices of a message."""
        forms = {i: (j, id) for i, j, id in self.forms.find(words)}
        for i, j, id in self.brands.find(words):
            if i not in forms and j not in forms and self._possessed(words, i):
                forms[i] = (j, id)
        for i, j, id in self.short_forms.find(words):
            if i not in forms and self.whose.shortened(words, i):
                forms[i] = (j, id)
        owned = {
            i: (j, id)
            for i, j, id in self.ownership.find(words)
            if words.at(i) not in self.after_a_determiner or words.at(i - 1) in BEFORE_WORKS
            if words.at(i) not in self.short_for_persons or words.at(i - 1) not in self.owning
        }
        near_forms, near_owned = self.slips.find(words, forms, owned, gazetteer.names.get("app", {}))
        forms, owned = {**forms, **near_forms}, {**owned, **near_owned}
        mentions = self._pairs(words, forms, owned)
        mentions += self._own_only(words, owned, mentions)
        mentions += self._things(words, owned, mentions)
        for i, j, id in self.alone.find(words):
            if not any(m.start < j and i < m.end for m in mentions):
                mentions.append(_Mention(i, j, "=" + id, None))
        mentions = [told for m in mentions for told in self._told_after(words, m, owned)]
        mentions = [m for n, m in enumerate(mentions) if not any(_same(m, o) for o in mentions[:n])]
        mentions.sort(key=lambda m: m.start)
        for m in mentions:
            if any(m.start <= k < m.end for k in (*near_forms, *near_owned)):
                m.how = FUZZY
        self._all_of_a_kind(words, mentions, owned)
        self._share_forms(words, mentions)
        made = [e for e in (self._entity(words, m, gazetteer) for m in mentions) if e is not None]
        found: list[Entity] = []
        firm = [e for e in made if e.value in COMBINE["byod"].values()]
        listed = [
            e
            for e in self._named(words, gazetteer)
            # "my work computer at home" is no "computer at home"
            if not any(
                e.overlaps(o) and (o in firm or (e.value in PERSONAL and o.value in WORK)) for o in made
            )
        ]
        self.told.later(words, made, gazetteer)
        if not listed and all(e.value in self.by_ownership for e in made):
            pointed = self.told.pointed_at(words, gazetteer)
            if pointed and not any(e.value == pointed.value or e.overlaps(pointed) for e in made):
                return sorted([*made, pointed], key=lambda e: e.start)
        for e in sorted([*listed, *made], key=lambda e: e.start - e.end):
            if not any(e.overlaps(o) for o in found):
                found.append(e)
        found = sorted(self._spoken_of(found, mentions, words), key=lambda e: e.start)
        return self.told.apposed(words, found, gazetteer)

    def _spoken_of(self, found: list[Entity], mentions: list[_Mention], words: Words) -> list[Entity]:
        """Without the own phone of which is said later that it is managed: "My phone is enrolled"."""
        own, managed = (COMBINE[kind]["phone"] for kind in ("personal", "byod"))
        bare = {words.all[m.start].start for m in mentions if m.ownership is None and m.form == "phone"}
        told = [e.start for e in found if e.value == managed and e.start in bare]
        return [e for e in found if not (e.value == own and any(e.start < start for start in told))]

    def _pairs(self, words: Words, forms: dict, owned: dict) -> list[_Mention]:
        mentions = []
        for i, (j, form) in sorted(forms.items()):
            if any(m.start < j and i < m.end for m in mentions) or not self._is_device(words, i, j):
                continue
            start, kinds, weak = i, [], []
            k = i - 1
            while k >= 0:
                step = next((s for s in range(max(0, k - 3), k + 1) if owned.get(s, (0,))[0] == k + 1), None)
                if step is not None:
                    (weak if words.at(step) in self.weak else kinds).append(owned[step][1])
                    start, k = step, step - 1
                elif words.at(k) in self.fillers or words.at(k) in self.brand_words or words.at(k) == "-":
                    k -= 1
                elif words.at(k) == "'s" and self._owned_before(owned, k):
                    start, _, kind = self._owned_before(owned, k)
                    kinds.append(kind)
                    k = start - 1
                elif words.at(k) in ("and", "or", "/", "&", "nor") and kinds and self._owned_before(owned, k):
                    other = self._owned_before(owned, k)
                    mentions.append(_Mention(other[0], other[1], other[2], form))
                    k = other[0] - 1
                    break
                else:
                    break
            mentions.append(_Mention(start, j, _strongest(kinds or weak), form))
        return mentions

    def _told_after(self, words: Words, m: _Mention, owned: dict) -> list[_Mention]:
        """The kinds told after a bare form, else the form: "both phones, work and own", "laptop (work)"."""
        if m.ownership is not None or m.form in ("?", None):
            return [m]
        if said := self.told.field(words, m.end):
            return [_Mention(m.start, m.end, said, m.form)]
        k = m.end + 1 if words.at(m.end) in (",", ":", "(", "-") else m.end
        k = self.told.past_one(words, k) if words.at(k) in ("one", "a") else k
        several = words.at(m.end - 1).endswith("s")
        if several:
            owned = self.told.with_mine(words, m.end, owned)
        if several and k not in owned:
            k = self.told.after_where(words, m.end)  # "two phones in my bag, one private, one issued"
        first = owned.get(k)
        if first and words.at(m.end) == "(" and words.at(first[0]).startswith(")"):
            return [_Mention(m.start, first[0], first[1], m.form)]
        n = first[0] + 1 if first and words.at(first[0]) in ("and", "&", "or", "/", ",") else None
        if n is None or not several:
            return [m]
        n = self.told.past_one(words, n)
        second = owned.get(n)
        if second is None:
            return [m]
        return [_Mention(m.start, m.end, first[1], m.form), _Mention(n, second[0], second[1], m.form)]

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
        talked_about = words.at(i - 1) != "on" or words.at(i - 2) in self.talk
        if plural and talked_about and i and (nxt in self.after_talk or not words.at(j)[:1].isalnum()):
            return False  # "about phones and apps", "what should I know about phones there"
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
        # "the Samsung they lent me"
        return self.whose.handed_out(words, i) or any(w in BEFORE_BRANDS or w in self.owning for w in before)

    def _own_only(self, words: Words, owned: dict, mentions: list[_Mention]) -> list[_Mention]:
        found = []
        for i, (j, kind) in owned.items():
            if any(m.start < j and i < m.end for m in mentions):
                continue
            nxt, before = words.at(j), words.at(i - 1)
            if before in POSSESSIVES and words.at(i - 2) == "of" and any(m.end == i - 2 for m in mentions):
                continue  # "a phone of my own" is one device
            if nxt in self.own_only_heads:
                found.append(_Mention(i, j + 1, kind, "?"))
            elif (
                (
                    words.at(i) == "own"
                    and before in POSSESSIVES
                    and (self._closed(nxt) or (mentions and words.lows[j : j + 2] == ["i", "'d"]))
                )
                or (
                    kind == "personal"
                    and before == "my"
                    and words.at(i) in ("personal", "private")
                    and self._closed(nxt)
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
                    and (not (nxt and nxt[0].isalnum()) or (nxt == "not" and j + 1 in owned))
                )
                or (
                    words.at(j - 1) in self.issued_words
                    and self._closed(nxt)
                    and _issued_only(words, owned, i, j)
                )
            ):
                found.append(_Mention(i, j, kind, "?"))
        for i, (j, kind) in owned.items():  # "not my own phone, the embassy's"
            if (
                kind == "work"
                and words.at(j) == "'s"
                and words.at(i - 1) in ("the", "my", "our")
                and not self._said_of_one(words, mentions, i - 1)
                and (not words.at(j + 1).isalpha() or (mentions and self.told.set_apart(words, j)))
            ):
                found.append(_Mention(i, j + 1, kind, "?"))
        for i, low in enumerate(words.lows):
            told = self.whose.told(words, i, i + 1) if low in ("mine", "one", "ones") else None
            if low == "mine" and told == "work" and words.at(i - 1) not in ("not", "n't"):
                found.append(_Mention(i, i + 1, told, "?"))  # "mine belongs to the department"
            elif low == "mine" and (words.at(i - 1) in self.before_mine or self._mine_alone(words, i)):
                found.append(_Mention(i, i + 1, "personal", "?"))
            elif (
                low != "mine"
                and told
                and words.at(i - 1) in self.before_one
                and (mentions or (low == "one" and words.at(i - 2) in self.before_the_one))
            ):
                found.append(_Mention(i, i + 1, told, "?"))  # "the iPad, the one from work"
        return found

    @staticmethod
    def _said_of_one(words: Words, mentions: list[_Mention], i: int) -> bool:
        """Whether the owner at token i is told of a device just named: "the phone is the department's"."""
        return words.at(i - 1) in ("is", "was", "'s") and any(m.end == i - 1 and m.form for m in mentions)

    def _mine_alone(self, words: Words, i: int) -> bool:
        """Whether a few words are an answer: "mine", "mine, not theirs"."""
        not_theirs = words.lows[1:3] == [",", "not"] and words.at(3) in DETERMINERS
        longest = 9 if not_theirs else 6
        return i == 0 and len(words) < longest and self._closed(words.at(1))

    def _closed(self, nxt: str) -> bool:
        return not nxt or not nxt[0].isalpha() or nxt in self.after_own

    def _things(self, words: Words, owned: dict, mentions: list[_Mention]) -> list[_Mention]:
        """ "On something issued by work", "on any of my personal stuff": a device of no form told."""
        found = []
        for i, low in enumerate(words.lows):
            if low not in self.things or any(m.start <= i < m.end for m in mentions):
                continue
            said, start, end = self._owned_before(owned, i), i, i + 1
            kind = said[2] if said else self.whose.told(words, i, end)
            start = said[0] if said else start
            after = owned.get(end)
            if not kind and after and words.at(after[0] - 1).endswith(("ed", "issue")):
                kind, end = after[1], after[0]  # "anything work-issued"
            if kind and "on" in words.lows[max(0, start - 4) : start]:
                found.append(_Mention(start, end, kind, "any"))
        return found

    def _all_of_a_kind(self, words: Words, mentions: list[_Mention], owned: dict) -> None:
        """ "Phone, tablet, laptop, all my own": what is said after the last is said of each."""
        for n, last in enumerate(mentions):
            after = words.low[words.all[last.end - 1].end :]
            k = last.end
            while k < min(len(words), last.end + 8) and k not in owned and words.at(k) != "mine":
                k += 1
            if k >= len(words) or last.ownership is not None:
                continue
            if not self.all_of_a_kind.match(after[: words.all[k].start - words.all[last.end - 1].end]):
                continue
            kind, stop = (owned[k][1], owned[k][0]) if k in owned else ("personal", k + 1)
            for first, second in pairwise(reversed(mentions[: n + 1])):
                first.ownership = first.ownership or kind
                if second.ownership or not self.told.listed(words.lows[second.end : first.start]):
                    break
            else:
                mentions[0].ownership = mentions[0].ownership or kind
            mentions[:] = [m for m in mentions if not (last.end <= m.start and m.end <= stop)]
            return

    def _share_forms(self, words: Words, mentions: list[_Mention]) -> None:
        """Give "my own one" the form of its neighbour, and a bare form the ownership it shares."""
        for n, m in enumerate(mentions):
            if m.form == "?":
                near = [o for o in mentions if o is not m and o.form not in ("?", None)]
                low, at = words.low, words.all
                said = [o for o in near if not self.set_against.search(low[: at[o.start].start])] or near
                m.form = said[-1].form if said else "any"
            previous = mentions[n - 1] if n else None
            joined = previous and words.lows[previous.end : m.start] in JOINS
            if (
                m.ownership is None
                and joined
                and previous.ownership
                and not previous.ownership.startswith("=")
            ):
                m.ownership = previous.ownership

    def _entity(self, words: Words, m: _Mention, gazetteer: Gazetteer) -> Entity | None:
        ownership = self.whose.kind(words, m.start, m.end, m.ownership, m.form)
        if ownership and ownership.startswith("="):
            id: str | None = ownership[1:]
        else:
            table = COMBINE[ownership or "none"]
            id = table.get(m.form or "any")
        if id is None or not gazetteer.has("device", id):
            return None
        start, stop = words.all[m.start].start, words.all[m.end - 1].end
        found = Entity("device", id, start, stop, words.text[start:stop], how=m.how)
        if m.how == FUZZY:
            found.confidence, found.candidates = 0.8, [id]
        return found

    def _named(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """Names of devices that the vocabulary lists and the patterns cannot make."""
        known = gazetteer.names.get("device", {})
        found = []
        for i, j, name in sorted(words.grams(7), key=lambda g: (g[0] - g[1], g[0])):
            ids = known.get(name, [])
            if words.at(j - 1) == "'s":
                continue  # "my work phone's locked away" is one, though listed as "work phones"
            if len(ids) == 1 and ids[0] not in FORM_OF and ids[0] != "any" and (j - i > 1 or len(name) > 5):
                start, end = words.all[i].start, words.all[j - 1].end
                if not any(e.start < end and start < e.end for e in found):
                    found.append(Entity("device", ids[0], start, end, words.text[start:end]))
        return found


def _same(m: _Mention, other: _Mention) -> bool:
    return (m.start, m.end, m.ownership) == (other.start, other.end, other.ownership)


def _issued_only(words: Words, owned: dict, i: int, j: int) -> bool:
    """Whether nothing but who issues it stands between "on" and tokens i up to j: "on gov issued?"."""
    k = i
    while k > 0 and (words.at(k - 1) == "-" or any(s < k and owned[s][0] == k for s in owned)):
        k = k - 1 if words.at(k - 1) == "-" else next(s for s in owned if owned[s][0] == k)
    return words.at(k - 1) in ("on", "via", "off", "from") and (k < i or j - i > 1 or "-" in words.at(i))


def _strongest(kinds: list[str]) -> str | None:
    for kind in ("byod", "travel", "personal", "work"):
        if kind in kinds:
            return kind
    return None
