"""Which of several places a message is about: now or later, left or reached, one's own or another's.

`stance.py` judges each place by the words around it. Here places are weighed against each other. The patterns
are data: `lexicon/whereabouts.yml`. A place that is only pointed at ("there") is a guess, and so asked about.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from .asker import asks_for_another
from .device_kinds import ISSUED
from .lexicon import load
from .lexicon import words as word_list
from .model import ASIDE, ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity, Span
from .plans import where_it_was_had
from .text import spaced_key

_P = {name: re.compile(pattern) for name, pattern in load("whereabouts").items()}
_ASKS = re.compile(load("stance_patterns")["opens_question"])
HOME = load("places")["nicknames"]["at home"]
_PEOPLES = {spaced_key(word) for names in load("places")["demonyms"].values() for word in names}
_NOT_OWN = ("from_its_home", "its_owners", "was_hired", "i_left", "former_tour")
_SENTENCE = re.compile(r"[?!;\n]|\.(?= |$)|,(?= (?:so |and )?(?:may|can|could|am|should) (?:i|we)\b)")


def own_place(before: str, after: str) -> bool | None:
    """Whether a place is the person's own or an app's home, where the words around it tell; else None."""
    if any(_P[name].search(before) for name in _NOT_OWN):
        return False
    if _P["not_posted"].search(before) or _P["brief_them"].search(before):
        return True
    if _P["anothers_home"].match(after) or _P["a_seat"].match(after) or _P["represents"].search(before):
        return False
    if _P["i_am_based"].search(before) or _P["asked_back"].search(before):
        return True
    if _P["based_there"].match(after) and _P["and_so"].match(_clause(before)):
        return True
    if _P["back_here"].search(before) and _P["and_here"].match(after):
        return True
    return None


def whereabouts(low: str, entities: list[Entity]) -> None:
    """Settle which places are meant. `low` is the message with the names of apps made unreadable."""
    places = [e for e in entities if e.dimension == "country"]
    for e in places:
        misheard = _P["misheard"].search(low[: e.start]) and _P["misheard_ends"].match(low[e.end :])
        another = any(o.value != e.value and o.stance == ASSERTED for o in places)
        if _P["mistaken"].search(low[: e.start]) or (misheard and another):
            e.stance = NEGATED
    issued = [e for e in entities if e.entity == "device" and e.stance == ASSERTED and e.value in ISSUED]
    _so_at_home(low, places, issued)
    _desk_at_home(low, places)
    _wider(low, places)
    if len({e.value for e in places if e.stance in (ASSERTED, OTHER)}) > 1:
        _now_not_later(low, places)
        _left(low, places)
        if not asks_for_another(low):
            _others_elsewhere(low, places)
        _asked_again(low, places)
        _for_them(low, places)
    _same_place(low, places)
    _pointed_at(low, places, issued)


def _same_place(low: str, places: list[Entity]) -> None:
    """ "My counterpart in Apia has it. I'm DFAT, same town": where the other is, if no place is one's own."""
    said = _P["same_place"].search(low)
    told = [e for e in places if said and e.end <= said.start() and _P["in_it"].search(low[: e.start])]
    if told and told[-1].stance == OTHER and all(e.stance != ASSERTED for e in places):
        told[-1].stance, told[-1].how = ASSERTED, INFERRED if told[-1].how == EXACT else told[-1].how


def _of_a_people(low: str, e: Entity) -> bool:
    """Whether a place is a people's adjective: "my Greek colleague", but not "people in Hong Kong"."""
    return spaced_key(e.text) in _PEOPLES and not _P["in_it"].search(low[: e.start])


def _so_at_home(low: str, places: list[Entity], issued: list[Entity]) -> None:
    """ "I have X at home and want it on my work laptop too": it is so there, and not wanted there."""
    for e in places:
        if e.stance != ASSERTED or e.text.lower() != "at home":
            continue
        start, _end = _clause_of(low, e)
        before, later = low[start : e.start], [d for d in issued if d.start > e.end]
        if any(start <= d.start < e.start for d in issued) or not _P["so_at_home"].search(before):
            continue
        if any(_P["wanted_too"].search(low, e.end, d.start) for d in later):
            e.stance = OTHER


def _desk_at_home(low: str, places: list[Entity]) -> None:
    """ "DFAT officer, Canberra desk": where somebody's desk stands, where "the Japan desk" is no place."""
    if any(e.stance == ASSERTED for e in places):
        return
    for e in places:
        town = e.value == HOME and not _P["the_country"].fullmatch(e.text.lower())
        desk = _P["its_desk"].match(low[e.end :]) and not _P["their_desk"].search(low[: e.start])
        if town and desk and e.stance == OTHER:
            e.stance, e.how = ASSERTED, INFERRED


def _wider(low: str, places: list[Entity]) -> None:
    """ "London, Ontario", "St Lucia, the Brisbane suburb": the wider place tells which is meant."""
    regions = word_list("places", "regions")
    for e, o in pairwise(places):
        between = low[e.end : o.start]
        either = e.how == INFERRED and o.value in (e.candidates or ())  # "Queenstown, South Africa"
        wider = between in (", ", " ", " (") and (either or spaced_key(o.text) in regions)
        part = _P["the_part_of"].fullmatch(between) and _P["part"].match(low[o.end :])
        people = part and spaced_key(o.text) in _PEOPLES
        if wider and o.value == e.value and e.how == INFERRED:
            e.how = EXACT  # "Norfolk, Virginia"
        if e.stance != ASSERTED or o.entity != "country" or o.value == e.value:
            continue
        if people or (o.stance == ASSERTED and (wider or part or _P["the_one_in"].fullmatch(between))):
            e.stance, o.stance = OTHER, ASSERTED  # also "Perth, the Scottish one"


def _now_not_later(low: str, places: list[Entity]) -> None:
    """ "Back in Suva for now (posting to Lima starts in June)": the present place, where that is told.

    Where the question itself is not about the present, that place is a guess. At home it is not even that.
    """
    later = [e for e in places if e.stance == ASSERTED and _due(low, e)]
    if not later:
        return
    rest = [
        e
        for e in places
        if e not in later
        and (e.stance == ASSERTED or (e.stance == OTHER and _P["mine_now"].match(_clause(low[: e.start]))))
    ]
    told, last = low, max((e.end for e in rest), default=0)
    for e in later:
        start, end = _clause_of(low, e)
        told, last = told[:start] + " " * (end - start) + told[end:], max(last, end)
    spans = [(start, end) for start, end, asks in _sentences(low) if asks]
    asked = " ".join(told[a:b] for a, b in spans if not any(a <= e.start < b for e in later))
    asked += " " + told[last:]
    pointed = _there(asked) and not _P["here_now"].search(asked)
    if len({e.value for e in rest}) != 1 or pointed or rest[0].value in {e.value for e in later}:
        return
    if any(where_it_was_had(low[: e.start]) for e in rest):
        return  # "I only ever used it in Almaty. Next month it's Minsk. Still fine?"
    firm = bool(_P["present"].search(asked))
    if firm and _P["prepare"].search(asked) and not _P["here_now"].search(asked.replace("now", "")):
        return  # "can I install it now": for later
    if firm or (rest[0].value != HOME and _P["present_told"].search(told)):
        for e in rest:
            e.stance, e.how = ASSERTED, e.how if firm or e.how != EXACT else INFERRED
        for e in later:
            e.stance = OTHER


def _due(low: str, place: Entity) -> bool:
    """Whether a place is one where the person will only be later."""
    start, end = _clause_of(low, place)
    before, after = low[start : place.start], low[place.end : end]
    bound = _P["bound"].search(before) or re.match(r"^\W*\w+ (?:start|begin)s?", low[place.start : end])
    return bool(_P["due_before"].search(before) or (bound and _P["due_after"].match(after)))


def _left(low: str, places: list[Entity]) -> None:
    """Where the person was before another place: "Dhaka finished, Bogotá starts"."""
    own = [e for e in places if e.stance == ASSERTED]
    for e in own:
        before, after = low[: e.start], low[e.end :]
        others = [o for o in own if o.stance == ASSERTED and o.value != e.value]
        later = [o for o in others if o.start > e.end]
        gone = _P["over"].match(after) or _P["finished_as"].search(before)
        onwards = _P["after_that"].search(before) and _P["i_go_on"].match(after)
        if onwards and later:
            gone = _there(low, later[-1].end)
        if not gone and later and _P["past"].search(before):
            gone = any(_P["back_here"].search(low[: o.start]) for o in later)
        closed = _P["seat_before"].search(before) and _P["seat_closed"].match(after)
        sent_on = any(_P["sends_me"].match(low[e.end : o.start]) for o in later)
        if (gone or sent_on or (closed and later)) and others:
            e.stance = OTHER


def _others_elsewhere(low: str, places: list[Entity]) -> None:
    """ "Our ambassador's in Tokyo, I'm in Seoul"."""
    own = [e for e in places if e.stance == ASSERTED]
    mine = [e for e in own if _P["mine"].search(_clause(low[: e.start]))]
    for e in own:
        if e not in mine and _P["theirs"].search(low[: e.start]) and any(o.value != e.value for o in mine):
            e.stance = OTHER


def _for_them(low: str, places: list[Entity]) -> None:
    """ "The MP I work for goes to Lima while I stay in Hobart. Can he use it there?": where they are."""
    if not _P["asks_for_them"].search(low):
        return
    theirs = [
        e
        for e in places
        if e.stance in (ASSERTED, OTHER)
        and (_P["they_are"].search(_clause(low[: e.start])) or _P["theirs"].search(low[: e.start]))
    ]
    own = [e for e in places if e.stance == ASSERTED and e not in theirs]
    mine = all(_P["mine_meanwhile"].search(_clause(low[: e.start])) for e in own)
    if len({e.value for e in theirs}) == 1 and own and mine:
        for e in theirs:
            guess = e.stance == OTHER and e.how == EXACT
            e.stance, e.how = ASSERTED, INFERRED if guess else e.how
        for e in own:
            e.stance = ASIDE  # and so none of theirs, who it is asked for


def _asked_again(low: str, places: list[Entity]) -> None:
    """ "In Amman until Friday, then off to Baghdad. While in Amman, may I ...": the one named again."""
    own = [e for e in places if e.stance == ASSERTED]
    again = [value for value, times in Counter(e.value for e in own).items() if times > 1]
    if len(again) != 1:
        return
    last = [e for e in own if e.value == again[0]][-1]
    named = {e.text.lower() for e in own if e.value == again[0]}
    if len(named) == 1 and _P["present_told"].search(_clause(low[: last.start])):
        for e in own:  # "after my stint in Jakarta I go to Hanoi, but right now I'm in Jakarta"
            e.stance = OTHER if e.value != last.value else e.stance
        return
    for start, end, asks in _sentences(low):
        inside = [e for e in own if start <= e.start < end]
        if asks and last in inside and len(named) == 1 and {e.value for e in inside} == {last.value}:
            for e in own:
                e.stance = OTHER if e.value != last.value else e.stance


def _pointed_at(low: str, places: list[Entity], issued: list[Entity]) -> None:
    """ "My counterpart in Seoul uses it. May I use it on the trip there?": likely the one place named."""
    places = [e for e in places if not _of_a_people(low, e)]  # "my Greek colleague in Lima"
    if len({e.value for e in places}) != 1 or any(e.stance != OTHER for e in places):
        return
    place = places[0]
    if place.entity != "country":
        return
    before, after = low[: place.start], low[place.end :]
    asked = any(asks and _there(low, max(start, place.end), end) for start, end, asks in _sentences(low))
    own = (
        _P["i_am_there"].search(low, place.end)
        or _P["our_post"].search(before)
        or (_P["staff_at"].search(before) and _P["they_ask"].match(after))
        or (_P["our_own"].search(before) and _P["own_contacts"].match(after))
        or _P["said_of_it"].search(before)
        or (_P["turning"].search(before) and _P["turns_to_me"].match(after))
        or any(
            _P["standing_in"].fullmatch(low[d.end : place.start]) and _P["on_the"].search(low[: d.start])
            for d in issued
        )
        or (_P["advises"].search(before) and _P["advises_me"].match(after))
        or ((_P["advises"].search(before) or _P["turning"].search(before)) and _P["insists"].match(after))
        or (_P["for_the"].search(before) and _P["talks"].match(after))
        or (_P["of_ours"].search(before) and place.value == HOME)
        or (_P["came_to"].search(before) and _P["now_back"].search(after))
        or _P["while_there"].search(before)
        or _P["told_to_get"].search(before)
        or (_P["asks_for_them"].search(low) and _P["they_are"].search(before))
    )
    if asked or own:
        for e in places:
            e.stance, e.how = ASSERTED, INFERRED if e.how == EXACT else e.how


def _there(low: str, start: int = 0, end: int | None = None) -> bool:
    """Whether the words there point at a place as the person's own."""
    found = _P["there"].finditer(low, start, len(low) if end is None else end)
    return any(not _P["their_there"].search(low[: m.start()]) for m in found)


def _clause(before: str) -> str:
    return _P["clause"].split(before)[-1]


def _clause_of(low: str, place: Entity) -> Span:
    """The offsets of the clause that a place stands in."""
    start = place.start - len(_clause(low[: place.start]))
    end = _P["clause_end"].search(low, place.end)
    return start, end.start() if end else len(low)


def _sentences(low: str) -> list[tuple[int, int, bool]]:
    """The offsets of the sentences, each with whether it asks something."""
    found, at = [], 0
    for end in [*(m.start() for m in _SENTENCE.finditer(low)), len(low)]:
        if low[end : end + 1] == "," and _P["while"].match(low[at:end].strip()):
            continue  # "while in Amman, can I ...": one sentence
        if low[at:end].strip():
            found.append((at, end, low[end : end + 1] == "?" or bool(_ASKS.match(low[at:end].lstrip()))))
        at = end + 1
    return found
