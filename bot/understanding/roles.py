"""Roles: what the person asking is, told from what other people in the sentence are."""

from __future__ import annotations

import re
from itertools import pairwise

from .asker import asks_for_oneself
from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .model import ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity
from .phrases import Phrases
from .text import Words, key, spaced_key


def _patterns() -> dict[str, re.Pattern[str]]:
    raw = load("role_patterns")
    return {name: re.compile(pattern.replace("{between}", raw["between"])) for name, pattern in raw.items()}


_P = _patterns()
_NICKNAMES = frozenset(load("places")["nicknames"])

_FUNCTION = word_list("roles", "function_words")
_TELLING = (
    _FUNCTION
    | word_list("roles", "asking_words")
    | word_list("roles", "no_fragment")
    | (word_list("asides", "verbs") - {"posted"})
)
_BREAKS = {".", ",", ";", ":", "?", "!", "(", ")", "-", "\n"}


class RoleFinder:
    """Finds roles; which words stand for which concept is data: `lexicon/roles.yml`."""

    def __init__(self) -> None:
        data = load("roles")
        self.terms = Phrases(data["terms"], plurals=True)
        self.term_of = {phrase: id for id, phrases in data["terms"].items() for phrase in phrases}
        self.organisations = Phrases(data["organisations"])
        self._organisation_words = {w for listed in data["organisations"].values() for w in listed}
        self.generic = set(data["generic"])
        self.capitals, self.own_only = set(data["capitals"]), set(data["own_only"])
        self.adjectives, self.of_anything = set(data["adjectives"]), set(data["of_anything"])
        self.refined = data["refined"]
        self.otherwise = {id: re.compile(pattern) for id, pattern in data["told_otherwise"].items()}
        self._places: dict[str, list[tuple[str, str]]] = {}
        self.employers = Phrases(data["employers"], plurals=True)

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The roles of a message."""
        found: list[Entity] = []
        self._places = gazetteer.places
        for i, j, id in self.employers.find(words):
            before, after = self._around(words, i, j)
            office = _P["office"].match(after)
            if (_P["employed"].search(before) or _P["i_do_for"].search(before)) and (
                office
                or _P["office_of"].search(before)
                or not re.search(r"\b(?:in|at|out of) (?:\w+ )*$", before)
            ):
                end = words.all[j - 1].end + (office.end() if office else 0)
                boss = self._asked_for(words, i, j)
                how = INFERRED if boss else EXACT
                found.append(self._entity(words, i, end, boss or id, ASSERTED, how))
        terms = [(i, j, id, False) for i, j, id in self.terms.find(words)] + self._listed(words, gazetteer)
        organisations = self.organisations.find(words)
        for i, j, id, _ in sorted(terms, key=lambda t: (t[0] - t[1], not t[3])):
            start, end = words.all[i].start, words.all[j - 1].end
            if any(e.start < end and start < e.end for e in found):
                continue
            if any(a <= i and j <= b and b - a > j - i for a, b, _ in organisations):
                continue
            if words.span_text(i, j).lower() in self.of_anything and any(b == i for _, b, _ in organisations):
                continue  # "ATO staffer"
            entity = self._term(words, i, j, id)
            if entity:
                found.append(entity)
        known = gazetteer.names.get("role", {})
        for i, j, id in organisations:
            named = known.get(key(words.span_text(i, j)), [])
            id = named[0] if len(named) == 1 else id
            stance = self._organisation(words, i, j)
            weak = stance in (None, OTHER) and self._of_people(words, i, j)
            start = words.all[i].start
            if (stance or weak) and not any(e.start <= start < e.end for e in found):
                entity = self._entity(words, i, words.all[j - 1].end, id, stance or OTHER, EXACT)
                entity.employer, entity.weak = True, weak
                found.append(entity)
        now = next((e for e in found if _P["now_a"].search(words.low[: e.start])), None)
        for e in found:  # "in uniform thirty years, now a contractor"
            if now and e.end <= now.start and e.value != now.value and e.stance == ASSERTED:
                e.stance = OTHER
        _together(words, found)
        found = self._settled(found + self._told_otherwise(words, found), gazetteer)
        houses = [e.value for e in found if e.text.lower().startswith("in the ")]
        for e in (e for e in found if e.stance == ASSERTED):
            closer = self.refined.get(e.value, {})
            e.value = next((id for word, id in closer.items() if word in words.lows), e.value)
            # "the elected member ... in the House of Reps"
            e.value = next((id for id in houses if e.value in gazetteer.within["role"].get(id, ())), e.value)
        return sorted((e for e in found if gazetteer.has("role", e.value)), key=lambda e: e.start)

    def _asked_for(self, words: Words, i: int, j: int) -> str | None:
        """What somebody's employer is, where the question is for them: "I work for an MP. May he ...?" """
        after = words.low[words.all[j - 1].end :]
        if not _P["may_they"].search(after):
            return None
        return self.term_of.get(words.span_text(i, j).lower())

    def _told_otherwise(self, words: Words, found: list[Entity]) -> list[Entity]:
        """What somebody is who names no role: "I chair a Senate committee", "I'm her adviser"."""
        told = []
        for id, pattern in self.otherwise.items():
            match = pattern.search(words.low)
            if match and not any(e.stance == ASSERTED and e.value == id for e in found):
                named = next((name for name, said in match.groupdict().items() if said), 0)
                start, end = match.span(named)
                entity = Entity("role", id, start, end, words.text[start:end], how=INFERRED, stance=ASSERTED)
                entity.own = named != "theirs"  # "an MP and her staff"
                told.append(entity)
        return told

    def _settled(self, found: list[Entity], gazetteer: Gazetteer) -> list[Entity]:
        """Leave out what is only the employer, only "official", or wider, of somebody who said more."""
        firm = {e.value for e in found if e.firm}
        if firm:
            for e in found:  # "my assistant's boss, a senator, is away; I'm a DFAT officer"
                unsaid = e.stance == ASSERTED and not e.firm and e.how == EXACT and not e.employer
                # "I'm a DFAT officer going as third secretary": the second only says it more closely
                if unsaid and not firm & gazetteer.within["role"].get(e.value, set()):
                    e.stance = OTHER
        said = [e for e in found if e.stance == ASSERTED]
        terms = [e for e in said if not e.employer and e.value not in self.generic]
        better = terms or [e for e in said if e.value not in self.generic]
        above = set().union(*(gazetteer.within["role"].get(e.value, ()) for e in better if e.how == EXACT))
        better = [e for e in better if e.value not in above]
        return [e for e in found if e.stance != ASSERTED or not better or e in better]

    def _listed(self, words: Words, gazetteer: Gazetteer) -> list[tuple[int, int, str, bool]]:
        """Names of roles in the vocabulary; they go before the lexicon's."""
        known, more = gazetteer.names.get("role", {}), []
        for i, j, name in words.grams(6):
            ids = known.get(name) or known.get(name[:-1] if name.endswith("s") else "", [])
            if len(ids) == 1 and ids[0] != "any" and len(name) > 1:
                spoken = words.span_text(i, j).lower()
                if spoken in self._organisation_words or spoken.split()[0] in ("with", "at", "from"):
                    continue
                more.append((i, j, ids[0], True))
        return more

    @staticmethod
    def _around(words: Words, i: int, j: int) -> tuple[str, str]:
        return words.low[: words.all[i].start], words.low[words.all[j - 1].end :]

    def _term(self, words: Words, i: int, j: int, id: str) -> Entity | None:
        before, after = self._around(words, i, j)
        clause = _P["split"].split(before)[-1]
        make = lambda stance, how=EXACT: self._entity(words, i, words.all[j - 1].end, id, stance, how)  # noqa: E731
        phrase = words.span_text(i, j).lower()
        if _P["kept_for"].search(before):
            return make(OTHER)  # "I manage the residence for the ambassador"
        if phrase in self.capitals and not words.span_text(i, j).isupper() and not _P["self"].search(before):
            return None
        named = _P["self"].search(before) or _P["person"].search(clause) or _P["for"].search(before)
        if phrase == "member for" and not named:
            return None
        if (
            phrase in ("local staff", "local staff member")
            and not _P["self"].search(before)
            and not (
                (_P["opening"].fullmatch(clause) or re.search(r"[,;:] ?$", before))
                and (_P["then_where"].match(after) or self._place_next(words, j))
            )
        ):
            return make(OTHER)
        own = _P["self"].search(before) or (_P["modal"].search(before) and phrase not in self.adjectives)
        if phrase in self.own_only and (
            not own or (phrase in self.adjectives and _P["noun_next"].match(after))
        ):
            if not (_P["stands_alone"].search(before) and _P["then_stands"].match(after)):
                return None
            alone = make(ASSERTED, INFERRED if phrase in self.adjectives and after[:1] != " " else EXACT)
            alone.guess = True
            return alone
        if _P["runs_office"].search(before) and phrase.endswith("office"):
            boss = self.term_of.get(phrase.partition("'")[0]) if _P["may_they"].search(after) else None
            id = boss or id  # "I run a minister's office. He wants ..."
            return make(ASSERTED, INFERRED if boss else EXACT)
        owned = "'s" + after if phrase.endswith("'s") else after
        if _P["office_of"].search(before) or _P["their_staff"].match(owned):
            employer = make(OTHER)
            employer.weak = bool(_P["may_they"].search(words.low))
            return employer
        if (phrase in self.own_only or phrase.endswith(" office")) and _P["device_next"].match(after):
            return None  # "my official mobile", "my electorate office laptop"
        if _P["then_device"].match(after) and (_P["modal"].search(before) or _P["on_whose"].search(before)):
            owner = make(ASSERTED, INFERRED)
            owner.employer = True  # who says what they are says more than whose the device is
            return owner
        if (_P["just_a"].search(before) and self._named_before(words, i)) or _P["like_me"].match(after):
            return make(ASSERTED)
        if (
            phrase.replace("-", " ") == "a based"
            and self._named_before(words, i)
            and "dfat" not in before[-8:]
        ):
            return make(OTHER)  # "Home Affairs A-based in New Delhi": posted, and of that department
        if _P["one_of_them"].match(after):
            return make(ASSERTED)
        if _P["it_is_me"].fullmatch(before) and _P["then_name"].match(after):
            return make(ASSERTED)
        if phrase == "charge" and not _P["self"].search(before):
            return None  # "who is in charge?"
        if _P["in_person"].match(after):
            return make(ASSERTED, INFERRED)
        if _P["not_self"].search(before):
            return make(NEGATED)
        if _P["wed_to"].search(before):
            return make(OTHER)
        if _P["not_yet"].search(before) or (
            phrase.endswith("s")
            and _P["people_there"].match(after)
            and not _P["modal"].search(before)
            and "i" not in words.lows
        ):
            return make(OTHER)
        if _P["past"].search(before) and not _P["hypothetic"].search(before):
            return make(OTHER)
        if _P["self_loosely"].search(before) or (
            _P["possessed_self"].search(before) and not _P["then_device"].match(after)
        ):
            own = make(ASSERTED)
            own.firm = True
            return own
        if phrase.startswith("in ") and _P["my_time"].search(before) and "i" in words.lows:
            return make(ASSERTED)
        if _P["asks_me"].match(after) and not _P["asked_for"].search(words.low):
            return make(OTHER)
        if re.search(r"\basking for (?:a|my) \w+ (?:who|that)", clause):
            return make(ASSERTED, INFERRED)
        if _P["they_are"].search(before) and re.search(r", not (?:an?|the) ", after):
            return make(ASSERTED, INFERRED)  # "he's a contractor, not a senator"
        if _P["person"].search(clause) or _P["they_are"].search(before):
            asked = _P["asked_for"].search(words.low) and _P["asks"].search(words.low)
            return make(ASSERTED, INFERRED) if asked else make(OTHER)
        if re.match(r"(?:in|on|work|works|working) ", phrase) and _P["joined"].search(before):
            return make(ASSERTED)
        if (
            re.match(r"(?:in|on|work|works|working) ", phrase)
            and not _P["self"].search(before)
            and not _P["in_service"].search(before)
        ):
            return make(OTHER)
        if re.search(r"\b(?:i'm|i am|im|we're|we are) (?:\w+ ){0,2}$", before) and phrase.startswith("in "):
            return make(ASSERTED)
        if _P["self"].search(before) or re.search(
            r"\bi work (?:\w+ )?as +" + load("role_patterns")["between"] + "$", before
        ):
            return make(ASSERTED)
        if _P["serves"].search(before) and phrase.startswith(("in ", "on ", "contract", "consult")):
            return make(ASSERTED)
        if _P["sought_by"].search(before):
            entity = make(ASSERTED)
            entity.third = True
            return entity
        if _P["for"].search(before) and _P["then_thing_of"].match("'s" * phrase.endswith("'s") + after):
            return make(OTHER)
        if _P["for"].search(before):
            owned = _P["works_for_one"].search(before)
            return make(OTHER if owned else ASSERTED, INFERRED)
        if _P["modal"].search(before) and (
            _P["verb_after"].match(after) or _P["fragment_after"].match(after)
        ):
            entity = make(ASSERTED, INFERRED if _P["someones"].search(before) else EXACT)
            entity.third = True
            return entity
        if _P["someones"].search(clause) and (_P["wants"].match(after) or _P["asked_for"].search(after)):
            return make(ASSERTED, INFERRED)
        if _P["opening"].fullmatch(clause) and _P["they_want"].match(after):
            entity = make(ASSERTED)
            entity.third = True
            return entity
        if len(words) <= 7 and not _FUNCTION.intersection(words.lows):
            return make(ASSERTED)
        opening = _P["opening"].fullmatch(clause)
        if (opening or re.search(r"[,;/(:] ?(?:a |an |also |and |as )?$", before)) and _P[
            "fragment_after"
        ].match(after):
            if re.search(r"\b(?:the|a|an)\W+$", before) and _P["somebody_said"].match(after):
                return make(OTHER)
            return make(ASSERTED)
        plural = phrase.endswith("s") and phrase not in self.capitals  # "LES" is one
        alone = not plural and not _P["no_article"].search(clause)
        if alone and (_P["alone_after"].match(after) or self._place_next(words, j)):
            return make(OTHER if _P["somebody_said"].match(after) else ASSERTED)
        # Nothing says that it is somebody else: taken for a guess, and so asked about.
        guessed = alone and phrase not in self.own_only and not _P["somebody_said"].match(after)
        entity = make(ASSERTED, INFERRED) if guessed else make(OTHER)
        entity.guess = guessed
        entity.weak = (
            not guessed and not plural and not _P["met"].search(before) and not _P["acts"].match(after)
        )
        return entity

    def _named_before(self, words: Words, i: int) -> bool:
        """Whether what is denied was named already: "not DFAT, just a contractor"."""
        return any(j <= i for _, j, _ in [*self.organisations.find(words), *self.terms.find(words)])

    def _place_next(self, words: Words, j: int) -> bool:
        """Whether a place follows: "HOM Tokyo"."""
        return any(
            spaced_key(words.span_text(j, end)) in self._places
            or words.span_text(j, end).lower() in _NICKNAMES
            for end in (j + 2, j + 1)
            if end <= len(words)
        )

    def _of_people(self, words: Words, i: int, j: int) -> bool:
        """Whether it asks about people of an organisation: "someone at the ATO", "DFAT folks"."""
        before, after = self._around(words, i, j)
        people = _P["people_of"].search(before) or _P["people_there_are"].match(after)
        return bool(people) and not _P["past"].search(before) and not asks_for_oneself(words)

    def _organisation(self, words: Words, i: int, j: int) -> str | None:
        before, after = self._around(words, i, j)
        clause = _P["split"].split(before)[-1]
        if _P["organisation_denied"].search(before):
            return NEGATED
        if _P["organisation_past"].search(before) and "if" not in before:
            return OTHER
        if _P["with_directly"].search(before) and not _P["then_thing"].match(after):
            return ASSERTED
        if _P["person"].search(clause) and not _P["asked_for"].search(words.low):
            return OTHER
        if _P["with"].search(before) and not _P["then_thing"].match(after):
            third = _P["somebody_there"].search(before)
            asked = _P["someone_from"].search(before)
            return OTHER if third and not asked else ASSERTED
        if _P["work_for"].search(before):
            return ASSERTED
        if _P["am"].search(before) and _P["after_org"].match(after):
            return ASSERTED
        if re.search(r"\bas an? $", before) and _P["after_org"].match(after):
            return ASSERTED
        if _P["a_person_of"].search(before) and _P["organisation_person"].match(after):
            return ASSERTED
        if _P["am_a"].search(before) and _P["one_there"].match(after):
            return ASSERTED
        if _P["i_run"].search(before) and _P["organisation_person"].match(after):
            return ASSERTED
        if _P["organisation_fragment"].search(before) and _P["organisation_there"].match(after):
            return ASSERTED
        if (
            _P["organisation_for"].search(before)
            and _P["after_org"].match(after)
            and _P["asked_about"].search(before)
        ):
            return ASSERTED
        opening = _P["organisation_opening"].fullmatch(clause)
        if opening and _P["then_staff"].match(after):
            return ASSERTED
        if re.search(r"[,;/] ?$", before) and re.match(r" ?(?:[,.;/]|$|here\b)", after):
            return ASSERTED
        if _P["somebody_from"].fullmatch(before) and _P["then_speaks"].match(after):
            return ASSERTED
        if opening and self._place_next(words, j) and not _P["somebody_said"].match(after):
            return ASSERTED
        if _P["whole_staff"].search(before) and _P["then_staff_word"].match(after):
            return ASSERTED
        return ASSERTED if self._in_a_fragment(words, i, j) else None

    @staticmethod
    def _in_a_fragment(words: Words, i: int, j: int) -> bool:
        """Whether an organisation stands among bare details: "..., RAAF instructor"."""
        begin = next((k + 1 for k in range(i - 1, -1, -1) if words.at(k) in _BREAKS), 0)
        end = next((k for k in range(j, len(words)) if words.at(k) in _BREAKS), len(words))
        rest = [words.at(k) for k in (*range(begin, i), *range(j, end))]
        if _P["then_thing"].match(words.low[words.all[j - 1].end :]) or len(rest) > 7:
            return False
        return not _TELLING.intersection(rest) and (begin == i or (begin == 0 and end == len(words)))

    @staticmethod
    def _entity(words: Words, i: int, end: int, id: str, stance: str, how: str) -> Entity:
        start = words.all[i].start
        return Entity("role", id, start, end, words.text[start:end], how=how, stance=stance)


def _together(words: Words, roles: list[Entity]) -> None:
    """ "Are diplomats and local staff allowed ...": it is asked of both."""
    for one, other in pairwise(sorted(roles, key=lambda e: e.start)):
        if _P["and_the"].fullmatch(words.low[one.end : other.start]) and {one.stance, other.stance} == {
            ASSERTED,
            OTHER,
        }:
            first, second = (one, other) if one.stance == ASSERTED else (other, one)
            second.stance, second.how, second.third = ASSERTED, first.how, first.third
