"""Whose a device is, told in another clause or sentence: "My phone's new. It's issued by the department"."""

from __future__ import annotations

import re
from itertools import pairwise

from .asker import asks_for_another
from .device_kinds import COMBINE, FORM_OF
from .gazetteer import Gazetteer
from .lexicon import load
from .model import INFERRED, Entity
from .text import Words
from .whose_device import WhoseDevice, pattern


class ToldDevices:
    """What is said of a device that is not named again; the patterns are in `lexicon/devices.yml`."""

    def __init__(self, whose: WhoseDevice) -> None:
        data = load("devices")
        self.whose = whose
        self.owners = {COMBINE[kind]["any"]: kind for kind in ("work", "personal")}
        self._later = {kind: pattern(p) for kind, p in data["told_later"].items()}
        self._theirs, self._denied = re.compile(data["told_theirs"]), re.compile(data["told_denied"])
        self._field = pattern(data["field"])
        self._apposed, self._owner = re.compile(data["apposed"]), re.compile(data["apposed_owner"])
        self._listed, self._set_apart = re.compile(data["listed"]), re.compile(data["set_apart"])
        self._one = set(data["one_of_several"])
        self._pointed = {kind: pattern(p) for kind, p in data["pointed"].items()}

    def field(self, words: Words, j: int) -> str | None:
        """The kind that a field tells whose name ends at token j: "Phone: mine."."""
        said = self._field.match(words.low[words.all[j - 1].end :])
        return next((kind for kind, word in said.groupdict().items() if word), None) if said else None

    def listed(self, between: list[str]) -> bool:
        """Whether words join two forms of which the same is told: "my laptop as well as my phone"."""
        return bool(self._listed.fullmatch(" ".join(between)))

    def set_apart(self, words: Words, j: int) -> bool:
        """Whether a clause, or "mine", follows an owner whose 's is token j: "it's work's that I use"."""
        return bool(self._set_apart.match(words.low[words.all[j].end :]))

    def past_one(self, words: Words, n: int) -> int:
        """The token from n on behind the words of "and the other one is the"."""
        while words.at(n) in self._one:
            n += 1
        return n

    @staticmethod
    def with_mine(words: Words, start: int, owned: dict) -> dict:
        """The words of ownership, and "mine" where it tells one of several: "one mine, one work's"."""
        ones = {
            k: (k + 1, "personal")
            for k in range(start, len(words))
            if words.at(k) == "mine" and words.at(k - 1) in ("one", "is", "'s")
        }
        return {**owned, **ones}

    def after_where(self, words: Words, k: int) -> int:
        """The token behind "one" that tells the kind of the first of several: "phones here, one mine"."""
        for n in range(k, k + 7):
            if words.at(n) in (",", ":", "-") and words.at(n + 1) == "one":
                return self.past_one(words, n + 1)
            if not words.at(n).isalpha() or words.at(n) in ("and", "or"):
                break
        return k

    def later(self, words: Words, made: list[Entity], gazetteer: Gazetteer) -> None:
        """Tell of the only device of a message, named by its form, whose it is: "..., it's private"."""
        # "My phone's not a work phone, it's private"
        made = [e for e in made if not self._denied.search(words.low[: e.start])] or made
        if len({e.value for e in made}) != 1 or made[0].value not in FORM_OF:
            return
        kind, said = self._kind(words.low[max(0, made[0].start - len("the ")) :])
        if self._theirs.search(said) and not asks_for_another(words.low):
            made[0].how = INFERRED  # "my boss has it there, the phone's his own"
        if kind is None and len(made) == 1 and self._pointed["work"].search(words.low):
            kind = "work"  # "the one the department gave me, a mobile"
        if kind is None and len(made) == 1 and self._stressed(words, made[0]):
            kind, made[0].how = "personal", INFERRED  # "MY phone"
        id = COMBINE[kind][FORM_OF[made[0].value]] if kind else ""
        if gazetteer.has("device", id):
            for e in made:
                e.value = id

    @staticmethod
    def _stressed(words: Words, device: Entity) -> bool:
        """Whether "my" alone is typed in capitals before it."""
        return words.plain[: device.start].endswith("MY ") and not words.shouting

    def pointed_at(self, words: Words, gazetteer: Gazetteer) -> Entity | None:
        """What is said of a device that is not named at all: "it's enrolled"."""
        for kind, said in self._pointed.items():
            match = said.search(words.low)
            id = COMBINE[kind]["any"]
            if match and not self.whose.unenrolled(words.low) and gazetteer.has("device", id):
                return Entity("device", id, *match.span(), words.text[match.start() : match.end()])
        return None

    def apposed(self, words: Words, found: list[Entity], gazetteer: Gazetteer) -> list[Entity]:
        """ "The one I bought myself, a Pixel phone": one device, of which the form is told after."""
        for first, second in pairwise(found):
            for owner, bare, said in ((first, second, self._apposed), (second, first, self._owner)):
                kind, form = self.owners.get(owner.value), FORM_OF.get(bare.value)
                if kind and form and said.match(words.low[first.end : second.start]):
                    id = COMBINE[kind][form]
                    if gazetteer.has("device", id):
                        bare.value = id
                        return [e for e in found if e is not owner]
        return found

    def _kind(self, after: str) -> tuple[str | None, str]:
        """The kind that is told in the message after a device, and in which words."""
        said = [(m.start(), kind, m.group()) for kind, p in self._later.items() if (m := p.search(after))]
        return min(said)[1:] if said else (None, "")
