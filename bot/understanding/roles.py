"""Roles: what the person asking is, told from what other people in the sentence are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise, product

from .asker import asks_for_oneself
from .gazetteer import Gazetteer
from .lexicon import load
from .model import ASIDE, ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity
from .phrases import Phrases
from .role_case import PATTERNS, ROLE_OF, Case
from .text import Words, key
from .verdicts import judge
from .whose_organisation import ORGANISATIONS
from .whose_role import ROLES


class RoleFinder:
    """Finds roles; which words stand for which concept is data: `lexicon/roles.yml`."""

    def __init__(self) -> None:
        data = load("roles")
        terms = dict(data["terms"])
        for id, frames in data["composed"].items():
            terms[id] = [*terms[id], *chain.from_iterable(_composed(f, data["parts"]) for f in frames)]
        self.terms = Phrases(terms, plurals=True)
        self.organisations = Phrases(
            {id: [*names, *_for_short(names)] for id, names in data["organisations"].items()}
        )
        self._organisation_words = {w for listed in data["organisations"].values() for w in listed}
        self.generic, self.of_anything = set(data["generic"]), set(data["of_anything"])
        self.refined = data["refined"]
        self.otherwise = {id: re.compile(pattern) for id, pattern in data["told_otherwise"].items()}
        self.employers = Phrases(data["employers"], plurals=True)

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The roles of a message."""
        found: list[Entity] = []
        organisations, listed = self.organisations.find(words), self.terms.find(words)
        named = [*organisations, *listed]
        for i, j, id in self.employers.find(words):
            case = Case(words, i, j, gazetteer.places, named)
            office = PATTERNS["office"].match(case.after)
            if self._works_for(case) and (
                office or case.said_before("office_of") or not case.said_before("placed_in")
            ):
                end = words.all[j - 1].end + (office.end() if office else 0)
                boss = self._asked_for(case, id)
                how = INFERRED if boss else EXACT
                found.append(self._entity(case, end, boss or id, ASSERTED, how))
        terms = [(i, j, id, False) for i, j, id in listed] + self._listed(words, gazetteer)
        for i, j, id, _ in sorted(terms, key=lambda t: (t[0] - t[1], not t[3])):
            start, end = words.all[i].start, words.all[j - 1].end
            if any(e.start < end and start < e.end for e in found):
                continue
            if any(a <= i and j <= b and b - a > j - i for a, b, _ in organisations):
                continue
            if words.span_text(i, j).lower() in self.of_anything and any(b == i for _, b, _ in organisations):
                continue  # "ATO staffer"
            entity = self._term(Case(words, i, j, gazetteer.places, named), id)
            if entity:
                found.append(entity)
        known, mentioned = gazetteer.names.get("role", {}), []
        for i, j, id in organisations:
            ids = known.get(key(words.span_text(i, j)), [])
            id = ids[0] if len(ids) == 1 else id
            case = Case(words, i, j, gazetteer.places, named)
            said = judge(ORGANISATIONS, case)
            stance = said.stance if said else None
            weak = stance in (None, OTHER) and self._of_people(case)
            start = words.all[i].start
            if (stance or weak) and not any(e.start <= start < e.end for e in found):
                entity = self._entity(
                    case, words.all[j - 1].end, id, stance or OTHER, said.how if said else EXACT
                )
                entity.firm, entity.weak = bool(said and said.firm), weak
                entity.third = bool(said and said.third)
                entity.employer = not entity.firm
                found.append(entity)
            elif said is None and case.may_be_where_one_works:
                entity = self._entity(case, words.all[j - 1].end, id, ASIDE, INFERRED)
                entity.employer = entity.guess = entity.spoken_of = True
                mentioned.append(entity)
        for one, other in pairwise(sorted(found, key=lambda e: e.start)):
            bracketed = words.low[one.end : other.start] in (" (", "(") and other.stance == one.stance
            if (
                bracketed
                and not one.employer
                and other.value not in gazetteer.within["role"].get(one.value, ())
            ):
                one.stance = OTHER  # "political officer (LES)"
        now = next((e for e in found if _is_it_now(words, e)), None)
        for e in found:  # "in uniform thirty years, now a contractor", "captain? no, just a contractor"
            if now and e.end <= now.start and e.value != now.value and e.stance == ASSERTED:
                e.stance, e.firm, now.stance, now.weak = OTHER, False, ASSERTED, False
        _together(words, found)
        _asked_for_them(words, found)
        told = {e.text.lower() for e in found if e.stance == ASSERTED}
        denied = {word for e in found if e.stance == NEGATED for word in e.text.lower().split()}
        told.update(word for word in words.lows if word not in denied)
        found = self._settled(found + self._told_otherwise(words, found), gazetteer)
        houses = [e.value for e in found if _of_a_house(words, e)]
        for e in (e for e in found if e.stance == ASSERTED):
            closer = self.refined.get(e.value, {})
            e.value = next((id for word, id in closer.items() if word in told), e.value)
            # "the elected member ... in the House of Reps"
            e.value = next((id for id in houses if e.value in gazetteer.within["role"].get(id, ())), e.value)
        found += mentioned if not any(e.stance == ASSERTED for e in found) else []
        return sorted((e for e in found if gazetteer.has("role", e.value)), key=lambda e: e.start)

    @staticmethod
    def _works_for(case: Case) -> bool:
        """Whether one says to work for them; not "I do his media, but this is for the minister himself"."""
        if case.said_before("employed") or case.said_before("employed_by_one_who_is"):
            return True
        return case.said_before("i_do_for") and not (case.goes_on("in_person") and case.named_before)

    @staticmethod
    def _asked_for(case: Case, id: str) -> str | None:
        """For whose role the question is: "I work for an MP. May he ...?", "The EO to an MP ... May she?" """
        if case.goes_on("one_of_them"):
            return None
        if case.said_before("somebody_of_theirs"):
            return id
        return ROLE_OF.get(case.phrase) if case.said_after("may_they") else None

    def _told_otherwise(self, words: Words, found: list[Entity]) -> list[Entity]:
        """What somebody is who names no role: "I chair a Senate committee", "I'm her adviser"."""
        told = []
        for id, pattern in self.otherwise.items():
            match = pattern.search(words.low)
            if match and not any(e.stance == ASSERTED and e.value == id for e in found):
                named = next((name for name, said in match.groupdict().items() if said), 0)
                if named == "another" and asks_for_oneself(words):
                    continue  # "our LE driver has Viber. Can I have it?"
                start, end = match.span(named)
                entity = Entity("role", id, start, end, words.text[start:end], how=INFERRED, stance=ASSERTED)
                clause = PATTERNS["split"].split(words.low[:start])[-1]
                of_another = named in ("theirs", "another")  # "an MP and her staff"
                entity.own = not of_another and not PATTERNS["person"].search(clause)
                boss = None if asks_for_oneself(words) else self._boss_in(words, match.group())
                if boss:  # "I look after a senator's diary. She'd like ..."
                    entity.value, entity.own = boss, False
                if not any(e.stance == ASSERTED and e.value == entity.value for e in found):
                    told.append(entity)
        return told

    @staticmethod
    def _boss_in(words: Words, said: str) -> str | None:
        """Whose staff somebody is, if the question is for them."""
        if not PATTERNS["may_they"].search(words.low):
            return None
        spoken = re.findall(r"[a-z]+", said)
        phrases = [*spoken, *(" ".join(two) for two in pairwise(spoken))]  # "mp", "member for"
        return next((ROLE_OF[phrase] for phrase in phrases if phrase in ROLE_OF), None)

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

    def _term(self, case: Case, id: str) -> Entity | None:
        """The role that a phrase is where it stands."""
        said = judge(ROLES, case)
        if said is None:
            return None
        end = case.words.all[case.j - 1].end
        entity = self._entity(case, end, (said.of_boss and case.boss) or id, said.stance, said.how)
        entity.employer, entity.firm, entity.guess = said.employer, said.firm, said.guess
        entity.weak, entity.third, entity.spoken_of = said.weak, said.third, said.spoken_of
        return entity

    @staticmethod
    def _of_people(case: Case) -> bool:
        """Whether it asks about people of an organisation: "someone at the ATO", "DFAT folks"."""
        people = case.said_before("people_of") or case.goes_on("people_there_are")
        return people and not case.said_before("past") and not case.asks_for_oneself

    @staticmethod
    def _entity(case: Case, end: int, id: str, stance: str, how: str) -> Entity:
        start = case.words.all[case.i].start
        return Entity("role", id, start, end, case.words.text[start:end], how=how, stance=stance)


def _composed(frame: str, parts: dict[str, list[str]]) -> Iterator[str]:
    """The phrases that a frame stands for: "{boss}'s {title}" with every boss and every title."""
    inside = [part for part in parts if f"{{{part}}}" in frame]
    for chosen in product(*(parts[part] for part in inside)):
        yield frame.format(**dict(zip(inside, chosen, strict=True)))


def _for_short(names: list[str]) -> list[str]:
    """Names with "department" as people write it: "health dept"."""
    return [name.replace("department", "dept") for name in names if "department" in name]


def _together(words: Words, roles: list[Entity]) -> None:
    """ "Are diplomats and local staff allowed ...": it is asked of both."""
    for one, other in pairwise(sorted(roles, key=lambda e: e.start)):
        if PATTERNS["and_the"].fullmatch(words.low[one.end : other.start]) and {one.stance, other.stance} == {
            ASSERTED,
            OTHER,
        }:
            first, second = (one, other) if one.stance == ASSERTED else (other, one)
            second.stance, second.how, second.third = ASSERTED, first.how, first.third


def _is_it_now(words: Words, role: Entity) -> bool:
    """Whether it is what somebody turns out to be, and not what their kin is: "now a", "correction, a"."""
    before, after = words.low[: role.start], words.low[role.end :]
    if PATTERNS["since_a"].search(before) and not PATTERNS["somebody_said"].match(after):
        return True
    turns = (PATTERNS[name] for name in ("now_a", "no_just_a", "correcting"))
    of_another = PATTERNS["person"].search(PATTERNS["split"].split(before)[-1])
    return not of_another and any(p.search(before) for p in turns)


def _of_a_house(words: Words, role: Entity) -> bool:
    """Whether it tells in which house somebody sits, and not that somebody else does."""
    spoken = PATTERNS["a_house"].match(words.low[role.start : role.end])
    return bool(spoken) and not PATTERNS["person"].search(words.low[: role.start])


def _asked_for_them(words: Words, roles: list[Entity]) -> None:
    """ "Is it fine on an LE officer's phone? I'm the consul asking for her": it is for the LE officer."""
    there = any(e.employer and e.third for e in roles)  # "she's at the ATO, I'm a DFAT officer. May she ...?"
    if not there and not PATTERNS["asking_for_them"].search(words.low):
        return
    told = [e for e in roles if e.stance == ASSERTED]
    theirs = [e for e in told if not e.firm and (e.how == INFERRED or e.third)]
    for e in told if theirs else ():
        if e in theirs:
            e.how, e.third, e.employer = INFERRED, False, False
        else:
            e.stance = OTHER
