"""Whether something named is a fact of the person's own enquiry, denied, replaced, or somebody else's."""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, NEGATED, OTHER, REPLACED, Entity
from .text import Words

_CLAUSE = re.compile(
    r"[.?!;\n]|,? but | - |, (?=(?:i|i'm|im|we|can|could|may|should|and i|so|is|what|do|would)\b)|\b(?:and|so|while|but) (?=(?:i|i'm|im|we|we're|i'll|can i|could i|am i)\b)"
)
_MEANT = re.compile(
    r"\b(?:meant|mean|make that|make it|should be|should've been|should have said|correction|actually|i said|typo|oops|whoops|sorry|scratch that|wait|no,|nope|wrong)\b"
)
_MENTAL_ALTERNATIVE = re.compile(
    r"\b(?:what (?:can|could|should|do|else|would|might)[\w' ]*|alternatives?|anything|something|another app|options?|replac\w+|which apps?[\w' ]*|substitutes?|what's? [\w' ]*)(?: to| for)? *(?:instead(?: of)?|other than|rather than|apart from|besides|in place of|than|replace|to|for|except) *(?:using |the )?$"
)


class StanceJudge:
    """Judges the stance of entities from the words around them; the patterns are in `lexicon/stance.yml`."""

    def __init__(self) -> None:
        data = load("stance")
        (
            self.other_subject,
            self.first_subject,
            self.before_other,
            self.after_other,
            self.posted,
            self.before_negated,
            self.after_negated,
            self.app_other_before,
        ) = (
            re.compile(data[k])
            for k in (
                "other_subject",
                "first_subject",
                "before_other",
                "after_other",
                "posted",
                "before_negated",
                "after_negated",
                "app_other_before",
            )
        )

    def judge(self, words: Words, entities: list[Entity], on_behalf: bool) -> None:
        """Set the stance of every entity."""
        for entity in entities:
            before, after = words.low[: entity.start], words.low[entity.end :]
            if entity.stance != ASSERTED or entity.dimension == "role":
                continue
            if self._negated(entity, before, after):
                entity.stance = NEGATED
            elif entity.dimension == "country" and any(
                r.dimension == "role"
                and r.stance == ASSERTED
                and re.fullmatch(
                    r"s? (?:here )?(?:in|at|from|on posting in|posted to|posted in) (?:the )?",
                    words.low[r.end : entity.start],
                )
                for r in entities
            ):
                continue
            elif entity.dimension == "country":
                entity.stance = self._country(before, after, on_behalf, entity.text.lower() == "at home")
            elif entity.dimension == "app" and self.app_other_before.search(before):
                entity.stance = OTHER
            elif entity.dimension == "device":
                entity.stance = self._device(before, on_behalf)
        self._instead_of(words, entities)
        self._own_one_left(words, entities)
        self._corrections(words, entities)

    def _negated(self, entity: Entity, before: str, after: str) -> bool:
        if entity.dimension == "app" and _MENTAL_ALTERNATIVE.search(before):
            return False
        match = self.before_negated.search(before)
        if not match:
            return bool(self.after_negated.match(after))
        said = match.group()
        if (
            entity.dimension == "app"
            and re.search(
                r"(?:can't|cannot|couldn't|why|not allowed|unable|shouldn't|won't|doesn't|don't have|isn't|is not|wasn't|am i not|is it not|aren't|may not|don't let|don't allow|didn't)[^,.;]*$",
                before + "",
            )
            and not re.search(
                r"(?:instead of|rather than|don't mean|not mean|didn't mean|didn't say|forget|not talking about|don't want|don't need|, not|but not)\W*(?:\w+ )?$",
                before,
            )
        ):
            return False
        if (
            entity.dimension in ("country", "device")
            and re.search(
                r"\b(?:can't|cannot|can not|why not|not allowed|not permitted|won't|may not|not ok|not okay|not safe|couldn't|shouldn't|don't allow|not able|not approved|is it not|not to use|not use|don't|doesn't work|not work|not working|not yet|do not|not connect|didn't|not supposed|isn't (?:allowed|ok|safe))\b[^.;,]*$",
                before,
            )
            and not re.search(
                r"(?:\bnot|n't be|instead of|rather than|except|apart from|other than|isn't|wasn't|n't mean|n't say|n't (?:going|posted|based|travelling)|am not|no longer) (?:to |in |on |at |my |the |for |posted |based |going |a |actually |being |from |travelling )*$",
                before,
            )
        ):
            return False
        if re.search(r"(?:not|n't) (?:on|in|my)?.{0,12}only\b", said):
            return False
        return not re.search(
            r"\bwhy not\b[^,.;]*$|\bif not\b[^,.;]*$|\bor not\b[^,.;]*$|not (?:just|only) (?:\w+ )?$", before
        )

    def _country(self, before: str, after: str, on_behalf: bool, home: bool) -> str:
        clause = _CLAUSE.split(before)[-1]
        if self.after_other.match(after):
            return OTHER
        if home and re.search(r"\b(?:leave|leaving|left|leaves)\b[^.?!,]{0,40}$", before):
            return OTHER
        if re.search(
            r"\b(?:if|suppose|supposing|imagine|say|assuming|assume|hypothetically)\b[^,;]*$", clause
        ) and self.first_subject.search(clause):
            return ASSERTED
        if re.search(
            r"\b(?:call|ring|phone|message|contact|chat|talk|skype|speak|reach|text|facetime|email|calling|ringing|talking|messaging)\b.*\bfrom (?:the )?$",
            clause,
        ):
            return ASSERTED
        if self.before_other.search(before):
            mine = self.posted.search(clause) and re.search(
                r"\b(?:i'm|im|i am|we're|we are|i will be|i'll be|we will be|me|i) (?:\w+ ){0,4}(?:in|to|at|from) (?:the )?$",
                clause,
            )
            mine = mine or re.search(
                r"\b(?:our|my|the) (?:\w+ )?(?:embassy|mission|post|consulate|high commission|office|team|delegation|posting) (?:in|at) (?:the )?$",
                before,
            )
            past = re.search(
                r"\b(?:used to|was|were|worked|lived|served|been|previously|formerly|returned|came|originally|got back|back from|back home from)\b[\w ]*$",
                clause,
            )
            if not mine or (past and not re.search(r"\bif\b", clause)):
                return OTHER
        if not on_behalf:
            other = self.other_subject.search(clause)
            if (
                other
                and not self.first_subject.search(clause[other.start() + 3 :])
                and not re.search(
                    r"\b(?:with|to|and|from|message|call|contact|reach|ring|text|for|meet|meeting|visit|see|join|than|joining|visiting|like|as|by|use|if) (?:my|our|the|a|his|her|their|some|local|two|few|these|those|someone|everyone|many|most)\b[^.?!;]{0,40}\b(?:while|when|in|from)? ?(?:i'm|i am|while|when|posted)? ?(?:in|at) (?:the )?$",
                    clause,
                )
            ):
                return OTHER
        return ASSERTED

    @staticmethod
    def _device(before: str, on_behalf: bool) -> str:
        if re.search(
            r"\b(?:leave|leaving|left|ditch|ditching|lost|not take|not bring|without)(?: behind)? (?:my |the |our )?$",
            before,
        ):
            return NEGATED
        if not on_behalf and re.search(
            r"\b(?:his|her|their|someone's|somebody else's|(?:wife|husband|partner|son|daughter|friend|colleague|mum|dad|brother|sister|boss|mate|kid|neighbour|spouse)'s|kids'?) (?:\w+ )?$",
            before[-40:],
        ):
            return OTHER
        return ASSERTED

    @staticmethod
    def _instead_of(words: Words, entities: list[Entity]) -> None:
        """ "X instead of Y": Y is not asked about, unless the question is what could take its place."""
        apps = [e for e in entities if e.dimension == "app"]
        asserted = [e for e in apps if e.stance == ASSERTED]
        for e in apps:
            if (
                e.stance == NEGATED
                and not asserted
                and re.search(
                    r"(?:instead of|rather than|other than|apart from|besides|except) (?:using |the )?$",
                    words.low[: e.start],
                )
            ):
                e.stance = ASSERTED
        for e in apps:
            if e.stance != OTHER:
                continue
            others = [o for o in apps if o is not e and o.stance == ASSERTED]
            if not others:
                e.stance = ASSERTED

    @staticmethod
    def _own_one_left(words: Words, entities: list[Entity]) -> None:
        """A device by form only beside the same form with ownership says nothing more: "not on my work phone, phone"."""
        devices = [e for e in entities if e.entity == "device"]
        for e in devices:
            narrower = [
                o
                for o in devices
                if o is not e
                and o.stance == ASSERTED
                and e.value in o.value.split("-")
                and e.value != o.value
            ]
            if (
                narrower
                and e.stance == ASSERTED
                and re.match(r"^(?:[\w ]{0,12})$", e.text)
                and not re.search(r"\b(?:and|or) (?:my |the )?$", words.low[: e.start])
            ):
                e.stance = OTHER

    @staticmethod
    def _corrections(words: Words, entities: list[Entity]) -> None:
        """In a correction what is denied is the old value."""
        if not _MEANT.search(words.low):
            return
        for e in entities:
            if e.stance == NEGATED and any(
                o.stance == ASSERTED and o.dimension == e.dimension for o in entities
            ):
                e.stance = REPLACED
