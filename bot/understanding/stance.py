"""Whether something named is a fact of the person's own enquiry, denied, replaced, or somebody else's."""

from __future__ import annotations

import itertools
import re

from .focus import compared
from .itineraries import place_of_use
from .lexicon import load
from .model import AMBIGUOUS, ASIDE, ASSERTED, FUZZY, INFERRED, NEGATED, OTHER, REPLACED, Entity
from .text import Words, covered
from .whereabouts import own_place, whereabouts
from .which_device import which_device

HOME = load("places")["nicknames"]["at home"]
_BOTH = re.compile(r" ?(?:and|&|/|or) ?")
_AND = re.compile(r" ?(?:,|and|or|&|/|, and|, or) ?")
_P = {name: re.compile(pattern) for name, pattern in load("stance_patterns").items()}


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
        low = _names_covered(words.low, entities)
        for entity in entities:
            before, after = low[: entity.start], low[entity.end :]
            if entity.stance != ASSERTED or entity.dimension == "role":
                continue
            dropped = entity.dimension == "app" and _P["not_that_one"].match(after)
            if dropped or self._negated(entity, before, after):
                entity.stance = NEGATED
            elif entity.dimension == "country" and self._where_a_role_was(entity, entities, words):
                entity.stance = OTHER
            elif entity.dimension == "country" and (
                self._beside_a_role(entity, entities, words)
                or self._by_itself(entity, entities, before, after)
            ):
                continue
            elif entity.dimension == "country":
                entity.stance = self._country(before, after, on_behalf, entity.text.lower() == "at home")
            elif entity.dimension == "app" and _P["that_or"].search(after):
                continue
            elif entity.dimension == "app" and self.app_other_before.search(before):
                entity.stance = OTHER
            elif entity.dimension == "device":
                entity.stance = self._device(before, after, on_behalf or bool(_P["people_use"].search(low)))
        if on_behalf:
            self._not_mine(entities)
        which_device(low, entities, on_behalf)
        self._known_already(low, entities)
        self._places_together(low, entities)
        self._another_matter(low, entities)
        self._named_together(low, entities)
        compared(words, entities)
        self._taken_back(entities)
        self._left_behind(words, entities)
        self._where_the_work_is(words, entities)
        self._at_that_post(words, entities)
        self._instead_of(words, entities)
        whereabouts(low, entities)
        place_of_use(low, entities)
        self._own_one_left(words, entities)
        self._corrections(words, entities)

    @staticmethod
    def _beside_a_role(entity: Entity, entities: list[Entity], words: Words) -> bool:
        """Whether a place tells where the person with a role is: "consul in Bali", "Hanoi-based diplomat"."""
        return any(
            r.dimension == "role"
            and r.stance == ASSERTED
            and (
                _P["right_after_role"].fullmatch(words.low[r.end : entity.start])
                or _P["based"].fullmatch(words.low[entity.end : r.start])
            )
            for r in entities
        )

    @staticmethod
    def _where_a_role_was(entity: Entity, entities: list[Entity], words: Words) -> bool:
        """Whether a place tells where a role was held once: "I was second secretary in Lima"."""
        return any(
            r.dimension == "role"
            and _P["role_was"].search(words.low[: r.start])
            and not _P["supposed"].search(_P["clause"].split(words.low[: r.start])[-1])
            and _P["role_was_at"].fullmatch(words.low[r.end : entity.start])
            for r in entities
        )

    @staticmethod
    def _by_itself(entity: Entity, entities: list[Entity], before: str, after: str) -> bool:
        """Whether a place stands alone between commas, in no list of places: "..., Honiara." """
        listed = any(
            o.dimension == "country" and (0 <= entity.start - o.end <= 2 or 0 <= o.start - entity.end <= 2)
            for o in entities
            if o is not entity
        )
        return not listed and bool(_P["own_fragment"].search(before) and _P["fragment_ends"].match(after))

    def _negated(self, entity: Entity, before: str, after: str) -> bool:
        if entity.dimension == "app" and _P["mental_alternative"].search(before):
            return False
        if entity.dimension == "app" and (
            _P["to_be_removed"].search(before) or _P["not_forbidden"].search(before)
        ):
            return False  # "do I have to drop Discord from my work phone"
        match = self.before_negated.search(before)
        if not match:
            return bool(self.after_negated.match(after))
        said = match.group()
        if (
            entity.dimension == "app"
            and _P["asked_denial"].search(before + "")
            and not _P["app_replaced"].search(before)
        ):
            return False
        if (
            entity.dimension in ("country", "device")
            and _P["cannot_here"].search(before)
            and not _P["place_replaced"].search(before)
        ):
            return False
        if re.search(r"(?:not|n't) (?:on|in|my)?.{0,12}only\b", said):
            return False
        return not _P["or_not"].search(before)

    def _country(self, before: str, after: str, on_behalf: bool, home: bool) -> str:
        clause = _P["clause"].split(before)[-1]
        own = own_place(before, after)
        if own is not None:
            return ASSERTED if own else OTHER
        if _P["been_since"].search(before) and _P["since"].match(after):
            return ASSERTED
        if _P["not_there"].match(after):
            return NEGATED
        if _P["meant_it"].match(after):
            return ASSERTED
        if _P["long_past"].match(after):
            return OTHER
        if _P["own_post"].search(before) or (_P["at_an"].search(before) and _P["event"].match(after)):
            return ASSERTED
        if _P["staff_there"].search(before):
            return ASSERTED
        if _P["together"].search(clause):
            return ASSERTED
        if self.after_other.match(after):
            return OTHER
        if home and (_P["left_at"].search(before) or _P["left_home"].search(before)):
            return OTHER
        if _P["supposed"].search(clause) and (on_behalf or self.first_subject.search(clause)):
            return ASSERTED
        if _P["calling_from"].search(clause) or _P["own_trip"].search(clause):
            return ASSERTED
        if self.before_other.search(before):
            mine = self.posted.search(clause) and _P["i_am_in"].search(clause)
            mine = mine or _P["our_mission"].search(before)
            past = _P["was_there"].search(clause)
            if not mine or (past and not re.search(r"\bif\b", clause)):
                return OTHER
        if not on_behalf:
            other = self.other_subject.search(clause)
            if other and _P["am_that"].search(clause[: other.start()]):
                other = None  # "I'm the driver at the high commission in Suva"
            if (
                other
                and not self.first_subject.search(clause[other.start() + 3 :])
                and not _P["my_contacts_while"].search(clause)
            ):
                return OTHER
        return ASSERTED

    @staticmethod
    def _not_mine(entities: list[Entity]) -> None:
        """ "Is she allowed it on her work phone? I've got it on mine": not mine is asked about."""
        devices = [e for e in entities if e.dimension == "device" and e.stance == ASSERTED]
        for e in devices:
            if e.text.lower() == "mine" and any(o.end < e.start and o.value != e.value for o in devices):
                e.stance = ASIDE

    @staticmethod
    def _known_already(low: str, entities: list[Entity]) -> None:
        """ "I know it is out on my work phone, but what about my own?": the first is not asked about."""
        turn = _P["but_what_of"].search(low)
        if turn is None or not _P["known_already"].search(low[: turn.start()]):
            return
        asked = {e.dimension for e in entities if e.start >= turn.end() and e.stance == ASSERTED}
        for e in entities:
            if e.end <= turn.start() and e.dimension in asked & {"device", "country"}:
                e.stance = OTHER if e.stance == ASSERTED else e.stance

    @staticmethod
    def _places_together(low: str, entities: list[Entity]) -> None:
        """ "A delegation to Seoul and Tokyo": both are asked about, or neither is."""
        places = [e for e in entities if e.dimension == "country"]
        for first, second in itertools.pairwise(places):
            if {first.stance, second.stance} == {ASSERTED, OTHER} and _BOTH.fullmatch(
                low[first.end : second.start]
            ):
                second.stance = first.stance

    @staticmethod
    def _another_matter(low: str, entities: list[Entity]) -> None:
        apps = [e for e in entities if e.dimension == "app" and e.stance == ASSERTED]
        turn = _P["another_matter"].search(low)
        if turn and any(e.start >= turn.end() for e in apps):
            for e in apps:
                e.stance = OTHER if e.end <= turn.start() else e.stance

    @staticmethod
    def _named_together(low: str, entities: list[Entity]) -> None:
        """ "The yanks all use Discord and GroupMe": the second is as little asked about as the first."""
        apps = [e for e in entities if e.dimension == "app"]
        for first, second in itertools.pairwise(apps):
            if (
                first.stance == OTHER
                and second.stance == ASSERTED
                and _AND.fullmatch(low[first.end : second.start])
            ):
                second.stance = OTHER

    @staticmethod
    def _taken_back(entities: list[Entity]) -> None:
        """ "Strava on Garmin... skip Garmin, just Strava": what is denied later was not asked about."""
        for e in entities:
            if e.how == FUZZY and e.entity == "app" and _is_told_from_it(e, entities):
                e.entity, e.value, e.how = "unknown_app", e.text, AMBIGUOUS
            if e.stance == ASSERTED and any(
                o.stance == NEGATED
                and not o.employer
                and o.value == e.value
                and o.entity == e.entity
                and (e.dimension != "country" or o.text.lower() == e.text.lower())
                and o.start > e.start
                for o in entities
            ):
                e.stance = NEGATED
        own = {e.value for e in entities if e.entity == "country" and e.stance == ASSERTED}
        for e in entities:
            if e.stance == NEGATED and e.entity == "country" and e.value in own:
                e.stance = OTHER  # "to Bandung, not Surabaya": both in one country

    @staticmethod
    def _left_behind(words: Words, entities: list[Entity]) -> None:
        """ "I moved from Beijing to Wellington": where the person was is not where the app will be used."""
        places = [e for e in entities if e.dimension == "country" and e.stance == ASSERTED]
        for e in places:
            stays = any(o is not e and o.stance == ASSERTED and o.value != e.value for o in places)
            onwards = _P["onwards"].match(words.low[e.end :]) and _P["stop"].search(words.low[: e.start])
            if stays and _P["departed"].search(words.low[: e.start]) and not onwards:
                e.stance = OTHER
        bound = next((e for e in places if _P["bound_for"].search(words.low[: e.start])), None)
        for e in places:
            clause = _P["clause"].split(words.low[: e.start])[-1]
            leaves = bound and e.end <= bound.start and e.value == HOME and bound.value != HOME
            if leaves and _P["for_now"].search(clause):
                e.stance = OTHER
        now = next((e for e in places if _P["now_there"].search(words.low[: e.start])), None)
        for e in places:
            if (
                now
                and e.end <= now.start
                and e.value != now.value
                and _P["happened"].search(words.low[: e.start])
            ):
                e.stance = OTHER

    @staticmethod
    def _where_the_work_is(words: Words, entities: list[Entity]) -> None:
        """ "to reach contacts in Yerevan": when no other place is named, the person is likely there too."""
        places = [e for e in entities if e.dimension == "country"]
        for e in places:
            if len(places) == 1 and e.stance == OTHER and _P["household"].search(words.low[: e.start]):
                e.stance, e.how = ASSERTED, INFERRED
        if len(places) != 1 or places[0].stance != OTHER or places[0].entity != "country":
            return
        before = _P["clause"].split(words.low[: places[0].start])[-1]
        if _P["professional"].search(before) and not _P["from_afar"].search(before):
            places[0].stance, places[0].how = ASSERTED, INFERRED

    @staticmethod
    def _device(before: str, after: str, on_behalf: bool) -> str:
        if _P["left_behind"].search(before) or _P["never_on"].search(before) or _P["put_away"].match(after):
            return NEGATED
        if not on_behalf and _P["somebodys"].search(before[-40:]) and not _P["lent_me"].search(before):
            return OTHER
        return ASSERTED

    @staticmethod
    def _at_that_post(words: Words, entities: list[Entity]) -> None:
        """ "My husband is the attache in Hanoi. I'm at the embassy", "... when I go along": the one place."""
        countries = [e for e in entities if e.entity == "country"]
        if len(countries) == 1 and countries[0].stance == OTHER and _P["at_the_post"].search(words.low):
            countries[0].stance, countries[0].how = ASSERTED, INFERRED

    @staticmethod
    def _instead_of(words: Words, entities: list[Entity]) -> None:
        """ "X instead of Y": Y is not asked about, unless the question is what could take its place."""
        apps = [e for e in entities if e.dimension == "app"]
        asserted = [e for e in apps if e.stance == ASSERTED]
        for e in apps:
            before, after = words.low[: e.start], words.low[e.end :]
            replaced = _P["instead_of"].search(before) or _P["ruled_out"].match(after)
            if e.stance == NEGATED and not asserted and replaced:
                e.stance = ASSERTED  # "if TikTok's out, what else ...?"
        if not any(e.stance == ASSERTED for e in apps):
            for e in apps:
                e.stance = ASSERTED if e.stance == OTHER else e.stance

    @staticmethod
    def _own_one_left(words: Words, entities: list[Entity]) -> None:
        """A bare form beside the same form with ownership says nothing more ("my phone, a work phone")."""
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
        """In a correction what is denied, or was said before, is the old value."""
        for e in entities:
            if e.stance != ASSERTED or e.entity in ("cue", "reference"):
                continue
            later = [
                o
                for o in entities
                if o.dimension == e.dimension
                and o.stance == ASSERTED
                and o.start >= e.end
                and o.value != e.value
            ]
            joined = any(_BOTH.fullmatch(words.low[e.end : o.start]) for o in later)
            if later and not joined and _P["said_before"].search(words.low[: e.start]):
                e.stance = REPLACED
            if any(
                _P["slip_between"].search(words.low[e.end : o.start])
                or _P["slip_after"].match(words.low[o.end :])
                for o in later
            ):
                e.stance = REPLACED
        if not _P["meant"].search(words.low):
            return
        for e in entities:
            if e.stance == NEGATED and any(
                o.stance == ASSERTED and o.dimension == e.dimension for o in entities
            ):
                e.stance = REPLACED


def _is_told_from_it(slip: Entity, entities: list[Entity]) -> bool:
    """Whether what looks like a slip of an app's name is told from that app: "TokTik (no, not TikTok)"."""
    return any(o.stance == NEGATED and o.value == slip.value and o.start > slip.start for o in entities)


def _names_covered(low: str, entities: list[Entity]) -> str:
    """The message, as long as before, with the names of apps ("FaceTime calls in Rome") and whose a device is
    ("the family iPad in Launceston") made unreadable.
    """
    names = [(e.start, e.end) for e in entities if e.entity == "app" and ":" not in e.value]
    owners = [(e.start, e.start + len(e.text.rpartition(" ")[0])) for e in entities if e.entity == "device"]
    return covered(low, [*names, *owners], r"\w")
