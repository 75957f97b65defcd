"""What a message asks, decided from the classifier's ranking and a few plain cues.

Cues only correct the classifier where being wrong would mislead: no ruling where nothing was asked, no
small talk where something was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .lexicon import load
from .lexicon import words as word_list
from .model import ASSERTED, NEGATED, OTHER, REPLACED, Entity
from .shapes import APPS, Shapes
from .spelling import is_word
from .text import Words

FALLBACK = "nlu_fallback"
UNSURE, DOUBTFUL, FIRM = 0.28, 0.5, 0.75
PERHAPS_NOTHING = 0.3  # from this share on, that nothing may have been asked is worth a question,
LIKELY_NOTHING = 0.45  # and from this one on even where there are words of permission
PRESSING = 0.85  # that somebody presses for a yes, where no cue says so
SURELY_NOTHING = 0.8  # below this an app beside a detail of one's own is asked back about, not declined
UNASKED = {"mention", "out_of_scope", "manipulation"}
RULING = {"may_i", "inform", "correct", "what_if", "affirm", "deny"}
ABOUT = {
    "why",
    "alternatives",
    "conditions",
    "list_apps",
    "brief",
    "dispute",
    "approval",
    "contact",
    "changes",
}
SMALL_TALK = {"greet", "thanks", "goodbye"}
WEAK = {"manipulation", "deny", "affirm", "out_of_scope", "mention", FALLBACK, *SMALL_TALK}
CHOSEN = {"both", "either", "all", "first", "second", "last", "other", "others"}


def _asked(words: Words, entities: list[Entity]) -> str:
    """The message in lower case without its asides, where something named is left."""
    core = words.core.strip(" ,.;:-")
    left = any(e.entity not in ("cue", "reference") and not e.inside(words.left_out) for e in entities)
    return core if left else words.low.strip()


class Decider:
    """Decides the intent; the cue patterns are in `lexicon/cues.yml`."""

    def __init__(self) -> None:
        self.cues = {name: re.compile(pattern) for name, pattern in load("cues").items()}
        self.objects = word_list("fillers", "objects")
        self.shapes = Shapes(self.cues)

    def certain(self, words: Words, entities: list[Entity], language: str | None) -> tuple[str, float] | None:
        """The intent that needs no classifier, or None."""
        if not words.all:
            return FALLBACK, 1.0
        if language:
            return "other_language", 0.95
        low = words.low.strip()
        if self.cues["manipulation"].search(low):
            return "manipulation", 0.95
        facts = [e for e in entities if e.entity not in ("cue", "reference")]
        pointers = [e for e in entities if e.entity in ("cue", "reference")]
        doubtful = all(e.how == "fuzzy" or e.candidates for e in facts)
        if doubtful and not pointers and self._gibberish(words, facts):
            return FALLBACK, 1.0
        if not facts and len(words) <= 6:
            for cue, intent in (("deny", "deny"), ("affirm", "affirm"), ("farewell", "goodbye")):
                if self.cues[cue].fullmatch(low.rstrip(" .!,")):
                    return intent, 0.95
        return None

    def decide(
        self, words: Words, entities: list[Entity], ranking: list[tuple[str, float]]
    ) -> tuple[str, float]:
        """The intent and how sure it is, of a message about which nothing is certain beforehand."""
        low = _asked(words, entities)
        facts = [e for e in entities if e.entity not in ("cue", "reference")]
        pointers = [e for e in entities if e.entity in ("cue", "reference")]
        top, confidence = ranking[0] if ranking else (FALLBACK, 0.0)
        if top in SMALL_TALK and any(e.entity in APPS or e.dimension in ("device", "role") for e in facts):
            top, confidence = next((r for r in ranking if r[0] not in SMALL_TALK), (FALLBACK, 0.0))
        if words.asides and top in RULING and facts and not pointers and self._only_told(words, low, facts):
            return "mention", FIRM  # "my landlady is on Viber, doesn't matter to me"
        said = self._told(low, facts, pointers, top) or self._corrected(
            words, low, facts, pointers, ranking, top, confidence
        )
        return said if said else (top, confidence)

    def doubtful(
        self, words: Words, entities: list[Entity], ranking: list[tuple[str, float]], intent: str
    ) -> bool:
        """Whether an app is named and the classifier, unhelped, is not sure that it is asked about."""
        if intent not in ("may_i", "inform") or not ranking or ranking[0][0] not in {intent, *UNASKED}:
            return False
        apps = [e for e in entities if e.entity in APPS and e.stance == ASSERTED]
        if not apps or any(e.entity == "ambiguous_app" for e in apps):
            return False  # which app is meant is asked anyway
        facts = [e for e in entities if e.entity != "cue"]
        unasked = sum(share for name, share in ranking if name in UNASKED)
        asked = "?" in words.low or not self.cues["told"].search(words.low)
        if self.shapes.only_named(words, facts) or self.shapes.details_only(words, facts):
            return False
        if self.shapes.on_a_device(words, facts):
            return False
        plain = asked and self.cues["permission"].search(words.low)
        return unasked >= (LIKELY_NOTHING if plain else PERHAPS_NOTHING)

    def _told(
        self, low: str, facts: list[Entity], pointers: list[Entity], top: str
    ) -> tuple[str, float] | None:
        """The intent that a plain phrase tells, whatever the classifier makes of it."""
        apps = [e for e in facts if e.entity in APPS and e.stance == ASSERTED]
        if any(
            e.entity == "cue" and e.value == "own_case" for e in pointers
        ) and top in WEAK | RULING | ABOUT | {"help"}:
            told = (
                ("why_do", "why"),
                ("conditions", "conditions"),
                ("owner", "contact"),
                ("approver", "approval"),
            )
            return next(
                (intent for cue, intent in told if self.cues[cue].search(low)),
                top if top in ABOUT else "may_i",
            ), FIRM
        may_mean_them = RULING | {"brief", "mention", "out_of_scope", "alternatives", "approval"}
        if top in may_mean_them and self.cues["conditions"].search(low):
            return "conditions", FIRM
        if self.cues["changed"].search(low) and (not apps or top == "changes"):
            return "changes", FIRM
        if top not in ("contact", "dispute") and self.cues["owner"].search(low):
            return "contact", FIRM
        if top in RULING | UNASKED | {"approval", "why", "brief"} and self.cues["approver"].search(low):
            return "approval", FIRM
        if top == "what_if" and (
            self.cues["if_it_matters"].search(low) or self.cues["i_should_say"].search(low)
        ):
            return "inform", FIRM
        contrasted = self._contrasted([*facts, *pointers]) and not apps and "?" not in low
        if (
            contrasted
            and len(low.split()) <= 12
            and top in {"may_i", "deny", "mention", "out_of_scope", "inform"}
        ):
            return "correct", FIRM
        if top in UNASKED and facts and not apps and "?" not in low and self.cues["rearranged"].search(low):
            return "correct", FIRM
        may_follow = top in RULING | {"brief", "mention", "out_of_scope"} and bool(facts) and not apps
        if may_follow and self.cues["same_there"].search(low):
            return "inform", FIRM
        if top == "mention" and not facts and self.cues["thanked"].search(low):
            return "thanks", FIRM
        if top in ("approval", "may_i") and self.cues["sought"].search(low):
            return "may_i", FIRM
        if self.cues["use_instead"].search(low):
            return "alternatives", FIRM
        if top in ("approval", "manipulation", "may_i", "mention", "why") and self.cues["why_do"].search(low):
            return "why", FIRM
        if top in ("affirm", "deny") and "?" in low and any(e.entity == "reference" for e in pointers):
            return "may_i", FIRM
        if top in RULING | ABOUT and not apps and self.cues["something_else"].search(low):
            return "out_of_scope", FIRM
        if top in RULING | ABOUT and self.cues["how_to"].search(low):
            return "out_of_scope", FIRM
        if top in RULING | ABOUT and not apps and self._something_else(low, [*facts, *pointers]):
            return "out_of_scope", FIRM
        asks = any(self.cues[cue].search(low) for cue in ("asked", "permission", "question", "wanted"))
        if top in RULING | {"list_apps"} and self.cues["reported"].search(low):
            return "mention", FIRM
        if top in RULING and not asks and self.cues["remark"].search(low):
            return "mention", FIRM
        mine = any(e.stance == ASSERTED for e in facts)
        others = bool(facts) and not pointers and all(e.stance == OTHER for e in facts)
        if top in ("inform", "correct") and others and "?" not in low:
            return "mention", FIRM
        about_others = self.cues["about_others"].search(low) and not self.cues["asked"].search(low)
        if top in RULING | {"conditions", "alternatives", "list_apps"} and about_others and not mine:
            return "mention", FIRM
        return None

    def _corrected(
        self,
        words: Words,
        low: str,
        facts: list[Entity],
        pointers: list[Entity],
        ranking: list[tuple[str, float]],
        top: str,
        confidence: float,
    ) -> tuple[str, float] | None:
        """The intent that the cues say, or None to leave it to the classifier."""
        apps = [e for e in facts if e.entity in APPS and e.stance == ASSERTED]
        if (facts or pointers) and self.shapes.only_named(words, [*facts, *pointers]):
            if top in RULING or (top in ABOUT and confidence > FIRM and not apps):
                return None
            return ("may_i" if apps else "inform"), DOUBTFUL
        told = "?" not in low and self.cues["told"].search(low)
        if apps and top not in RULING | ABOUT and not told and self.cues["permission"].search(low):
            asked = sum(p for i, p in ranking if i in RULING | ABOUT)
            if top == "manipulation" and confidence > PRESSING:
                return None
            if not (top in ("out_of_scope", "mention") and confidence > FIRM and asked < 0.2):
                best = next((i for i, _ in ranking if i in RULING | ABOUT), "may_i")
                return best, DOUBTFUL
        about_something = apps or any(e.entity in ("device", "reference") for e in (*facts, *pointers))
        if top == "may_i" and not about_something and not self.cues["use"].search(low):
            return "out_of_scope", confidence
        only_device = about_something and not apps and not any(p.entity == "reference" for p in pointers)
        if top == "may_i" and only_device and confidence < DOUBTFUL and not self.cues["use"].search(low):
            return "out_of_scope", confidence
        if top == "dispute" and apps and confidence < FIRM and not self.cues["dispute"].search(low):
            return "mention", confidence
        if top in ("inform", "correct") and not facts and not pointers and confidence < FIRM + 0.1:
            return ("mention", confidence) if len(words) > 2 else (FALLBACK, confidence)
        if (
            top in SMALL_TALK
            and not self.cues["small_talk"].search(low)
            and (confidence < FIRM or len(words) > 4)
        ):
            return FALLBACK, confidence
        chosen = any(e.entity == "reference" and e.value in CHOSEN for e in pointers)
        only_that = self.cues["only_that"].match(low) and not self.cues["question"].search(low)
        sure = (
            top in RULING
            or confidence > FIRM
            or (not only_that and confidence >= (UNSURE if top in ABOUT else DOUBTFUL))
        )
        if not facts and chosen and not sure and len(words) <= 14:
            return "inform", confidence  # "only the last one matters to me"
        if confidence < UNSURE and not facts:
            return FALLBACK, confidence
        if top in ABOUT and confidence < UNSURE + 0.1 and not facts and not pointers:
            return FALLBACK, confidence
        if (
            top == "mention"
            and confidence < FIRM
            and not apps
            and any(e.entity == "role" and e.stance == ASSERTED for e in facts)
        ):
            return "inform", confidence
        corrects = any(e.stance == REPLACED for e in facts)
        asks_may = self.cues["standing"].search(low) or self.cues["permission"].search(low)
        hardly = top == "alternatives" and confidence < DOUBTFUL and not self.cues["instead"].search(low)
        if hardly and apps and asks_may:
            return next((i for i, _ in ranking if i in RULING | {"list_apps"}), "may_i"), confidence
        if top in UNASKED | {"correct"} and apps and corrects and confidence < DOUBTFUL:
            return "may_i", confidence  # whoever puts a detail right asks
        own_facts = [e for e in facts if e.stance == ASSERTED]
        takes_back = self.cues["takes_back"].match(low) and own_facts and not apps and len(words) <= 22
        unsure = confidence < DOUBTFUL or top in UNASKED
        if takes_back and unsure and "?" not in low:
            return "correct", confidence
        shifted = any(e.stance == NEGATED and e.entity in APPS for e in facts) and "?" not in low
        if (
            apps
            and shifted
            and len(words) <= 8
            and top in {"alternatives", "mention", "out_of_scope", "inform"}
        ):
            return "correct", confidence  # "Instagram rather than FB"
        if top in UNASKED and apps and self.cues["only_this"].match(low[: apps[0].start]) and len(words) <= 8:
            return "inform", confidence  # "only DeepSeek matters to me"
        if not facts and top in UNASKED and confidence < FIRM and self.cues["the_reasons"].search(low):
            return "why", confidence
        remarked = top == "mention" and confidence < FIRM
        follows = any(e.entity == "cue" and e.value == "follow_up" for e in pointers)
        likely = remarked or (top in UNASKED and confidence < DOUBTFUL)
        if likely and follows and not apps and any(e.stance == ASSERTED for e in facts):
            return "inform", confidence
        if remarked and len(words) <= 14 and self._contrasted([*facts, *pointers]):
            return "correct", confidence
        device = any(e.entity == "device" and e.stance == ASSERTED for e in facts)
        if top == "mention" and apps and device and self.cues["wanted"].search(low):
            return "may_i", confidence
        remarks = self.cues["remark"].search(low)
        if top == "mention" and apps and self.cues["wants"].search(low) and not remarks:
            return "may_i", confidence
        if top == "inform" and self.cues["ends_asking"].search(low):
            return "may_i", confidence
        if top in ("may_i", "inform") and self.cues["why"].search(low):
            return "why", confidence
        if apps and top not in RULING and confidence < FIRM and self.cues["standing"].search(low):
            return "may_i", confidence
        if not facts and top in WEAK and confidence < FIRM:
            for intent in ("dispute", "approval"):
                if self.cues[intent].search(low):
                    return intent, DOUBTFUL
        if top in RULING | {"conditions"} and self.cues["amount"].search(low):
            return "out_of_scope", confidence
        asks_leave = self.cues["permission"].search(low) and not self.cues["approval"].search(low)
        if top == "approval" and confidence < DOUBTFUL and asks_leave:
            return "may_i", confidence
        if top == "brief" and confidence < DOUBTFUL and self.cues["moved"].search(low):
            return "inform", confidence
        if top == "brief" and confidence < DOUBTFUL and not facts and not self.cues["trip"].search(low):
            return "out_of_scope", confidence
        if not facts and pointers and confidence < UNSURE and len(words) <= 6:
            return "inform", confidence
        if not facts and pointers and confidence < DOUBTFUL and top not in RULING | ABOUT and len(words) <= 6:
            return "inform", confidence
        wants_too = self.cues["wants_too"].search(low)
        if top in UNASKED | {FALLBACK} and apps and len(words) <= 8 and wants_too:
            return "may_i", confidence
        asks = any(self.cues[cue].search(low) for cue in ("question", "permission", "asked"))
        doubtful = (top == "may_i" and confidence < FIRM) or (
            top in ("contact", "why", "alternatives", "brief")
            and confidence < 0.85
            and not (top == "brief" and "brief" in low)
        )
        wanted = apps and device and self.cues["wanted"].search(low)
        if self.shapes.asks_in_a_fragment(words, [*facts, *pointers]) and not asks and not remarks:
            unsure = confidence < DOUBTFUL and top in {"alternatives", "correct", "dispute"}
            doubtful = False  # "We are two diplomats in Baku. Bolt, own phones."
            if top in UNASKED or unsure:
                return "may_i", confidence
        if doubtful and not asks and not wanted and self.cues["statement"].search(low):
            return "mention", confidence
        if top == "alternatives" and not asks and not self.cues["instead"].search(low) and confidence < FIRM:
            return "mention", confidence
        asked = sum(p for i, p in ranking if i in RULING | ABOUT)
        at_last = self._asked_at_last(words, apps) and confidence < FIRM
        own = device or any(e.dimension in ("role", "country") and e.stance == ASSERTED for e in facts)
        nothing = sum(share for name, share in ranking if name in ("mention", "out_of_scope"))
        permission = self.cues["permission"].search(low) and not told
        remarks = remarks or self.cues["how_to"].search(low)
        pressed = top == "manipulation" and confidence > DOUBTFUL
        if (
            top in UNASKED
            and apps
            and own
            and not remarks
            and not pressed
            and (
                nothing < SURELY_NOTHING or permission or self.shapes.on_a_device(words, [*facts, *pointers])
            )
        ):
            return "may_i", confidence  # and asked back about, as it is doubtful
        likelier = confidence < 0.6 and asked > 1 - asked
        if top == "mention" and "?" in low and facts and (likelier or at_last):
            return next((i for i, _ in ranking if i in RULING | ABOUT), "may_i"), confidence
        return None

    def _only_told(self, words: Words, low: str, facts: list[Entity]) -> bool:
        """Whether all that is named is told of others, and what is left asks nothing."""
        inside = all(e.inside(words.asides) for e in facts)
        asks = any(
            self.cues[cue].search(low) for cue in ("asked", "permission", "question", "wanted", "wants_too")
        )
        return inside and not asks and any(e.entity in APPS for e in facts)

    @staticmethod
    def _contrasted(facts: Sequence[Entity]) -> bool:
        """Whether one value is set against another: "not the work one, my own laptop"."""
        denied = {e.dimension for e in facts if e.stance in (NEGATED, REPLACED)}
        chosen = any(
            e.entity == "reference" and e.value in ("first", "second", "last", "other") for e in facts
        )
        return bool(denied) and (chosen or any(e.dimension in denied and e.stance == ASSERTED for e in facts))

    @staticmethod
    def _asked_at_last(words: Words, apps: list[Entity]) -> bool:
        """Whether the message ends in a short question that names an app ("... Telegram there?")."""
        if not words.low.rstrip().endswith("?"):
            return False
        last = max((m.end() for m in re.finditer(r"[.!;?](?=\s+\S)", words.low)), default=0)
        return len(words.low[last:].split()) <= 8 and any(e.start >= last for e in apps)

    def _something_else(self, low: str, named: list[Entity]) -> bool:
        """Whether what would be used is neither named nor a word for an app or a device."""
        match = self.cues["other_object"].search(low)
        if match is None or any(e.entity == "reference" for e in named):
            return False
        start, end = match.span("object")
        inside = any(e.start < end and start < e.end for e in named if e.entity != "cue")
        return not inside and not self.objects.intersection(match["object"].split())

    @staticmethod
    def _gibberish(words: Words, facts: Sequence[Entity] = ()) -> bool:
        wordy = [
            w
            for w in words.all
            if not w.punct and not w.text.isdigit() and not any(e.start <= w.start < e.end for e in facts)
        ]
        if facts and not wordy:
            return False
        if len(wordy) > 2 and len({w.low for w in wordy}) == 1:
            return True
        known = sum(is_word(w.low) for w in wordy)
        return not wordy or known / len(wordy) < 0.34
