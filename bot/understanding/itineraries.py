"""In which of several places an app is to be used: stops on the way, places left, covered or only told of.

"Flying to Rabat via Dubai, I only want it in Rabat": one place is the place of use, the others are not. What
is said of a place is data: `lexicon/itineraries.yml`. A place is only taken out where another remains.
"""

from __future__ import annotations

import re
from itertools import pairwise

from .asker import asks_for_another
from .lexicon import load
from .model import ASSERTED, NEGATED, OTHER, Entity
from .plans import changed_plans

_P = {name: re.compile(pattern) for name, pattern in load("itineraries").items()}
_CLAUSE = re.compile(r"[.?!;:\n]|, but | but ")
_ASKS = re.compile(load("stance_patterns")["opens_question"])
_SENTENCES = re.compile(r"[^.?!;\n]+(?:\.(?=\w)[^.?!;\n]*)*[.?!;\n]*")


def place_of_use(low: str, entities: list[Entity]) -> None:
    """Leave only the place of use asserted, where the message tells it. `low` has names of apps covered."""
    places = [e for e in entities if e.dimension == "country"]
    changed_plans(low, places)
    for first, second in pairwise(places):  # "leave aside Ottawa and Washington"
        if (
            first.stance == NEGATED
            and second.stance == ASSERTED
            and _joined(low, first, second, "and", "or", "&", "nor")
        ):
            second.stance = NEGATED
    for settle in (_the_one, _picked, _passed, _not_there, _theirs, _asked_of, _gone_to):
        if len({e.value for e in places if e.stance == ASSERTED}) < 2:
            return
        settle(low, places)


def _own(places: list[Entity]) -> list[Entity]:
    return [e for e in places if e.stance == ASSERTED]


def _keep(places: list[Entity], kept: list[Entity]) -> None:
    """Take out every place but those kept; nothing where none is."""
    values = {e.value for e in kept}
    for e in _own(places) if values else ():
        e.stance = e.stance if e.value in values else OTHER


def _drop(places: list[Entity], dropped: list[Entity]) -> None:
    """Take places out, as long as another remains."""
    values = {e.value for e in _own(places) if e not in dropped}
    for e in dropped if values else ():
        e.stance = e.stance if e.value in values else OTHER


def _joined(low: str, first: Entity, second: Entity, *by: str) -> bool:
    between = low[first.end : second.start]
    return bool(_P["and_also"].fullmatch(between)) and any(word in between.split() for word in by)


def _with_those_joined(low: str, places: list[Entity], told: list[Entity]) -> list[Entity]:
    """Those of which something is told, and the rest of their list: "via Singapore, Colombo and Doha"."""
    found, listed = list(told), []
    for first, second in pairwise(places):
        if not (first in found or first in listed):
            continue
        if _joined(low, first, second, "and", "or", "&", "nor"):
            found += [*listed, second]
        listed = [*listed, second] if low[first.end : second.start] == ", " else []
    return found


def _the_one(low: str, places: list[Entity]) -> None:
    """ "I only want it in Rabat", "it's in Dili that I need it", "me? Warsaw"."""
    told = []
    for e in _own(places):
        before, after = _clause(low[: e.start]), low[e.end :]
        only = _P["only_before"].search(low[: e.start]) and not _P["only_not_before"].search(before)
        it_is = _P["it_is_before"].search(before) and _P["it_is_after"].match(after)
        for_them = asks_for_another(low) or _P["asks_me"].search(low)
        me = _P["me_before"].search(low[: e.start]) and not for_them
        noun = _P["the_noun_in"].search(before)
        that = noun and re.search(rf"\b(?:i'm|im|i am) (?:in )?(?:the|that) {re.escape(noun[1])}\b", after)
        passed = _P["passed_before"].search(before) or _P["briefly_after"].match(after)
        if not passed and (only or it_is or me or that or _P["only_after"].match(after)):
            told.append(e)
    _keep(places, _with_those_joined(low, places, told))


def _picked(low: str, places: list[Entity]) -> None:
    """ "First Nairobi, then Kigali, then Kampala. WhatsApp for the middle one only"."""
    own = _own(places)
    stops = list(dict.fromkeys(e.value for e in own))
    middle = 1 if len(stops) > 2 or "second" in low else None
    for name, index in (("first_one", 0), ("middle_one", middle), ("last_one", -1)):
        found = _P[name].search(low)
        if found is None or index is None or found.start() < own[-1].start:
            continue
        ends = [e for e in own if not _P["passed_before"].search(low[: e.start])]
        picked = ends[-1].value if index == -1 and ends else stops[index]
        _keep(places, [e for e in own if e.value == picked])
        return


def _passed(low: str, places: list[Entity]) -> None:
    """ "Flew in via Singapore and Doha, I'm in Nairobi now"."""
    asked, own = _asked(low), _own(places)
    at_the_stop = _P["at_the_stop"].search(asked) and not _P["in_all"].search(asked)
    if _P["in_transit"].search(asked) and not at_the_stop:
        return
    told = [
        e
        for e in own
        if _P["passed_before"].search(_clause(low[: e.start]))
        or _P["passed_after"].match(low[e.end :])
        or (
            _P["through"].search(_clause(low[: e.start]))
            and any(_P["going_on"].search(low[: o.start]) for o in own if o.value != e.value)
        )
    ]
    told = _with_those_joined(low, own, told)
    if at_the_stop:  # "A layover in Doha on the way to Accra. May I use it during the layover?"
        _keep(places, told)
    else:
        _drop(places, told)


def _not_there(low: str, places: list[Entity]) -> None:
    """Where somebody was to go, what a post covers, where people and things come from."""
    own = _own(places)
    if _P["in_all"].search(_asked(low)):
        return
    told = []
    for e in own:
        before, after = low[: e.start], low[e.end :]
        later = any(o.start > e.end and o.value != e.value for o in own)
        planned = _P["planned_before"].search(before) or _P["planned_after"].match(after)
        moved = any(
            o.start > e.end and low[e.end : o.start] == " to " and _P["moved_after"].match(low[o.end :])
            for o in own
        )
        if (
            (later and planned and _P["changed"].search(after))
            or (later and (_P["moved_before"].search(before) or moved))
            or _P["covers_before"].search(before)
            or _P["their_embassy"].match(after)
            or _P["unused_after"].match(after)
            or _P["from_there_before"].search(before)
            or _P["nowhere_near"].search(before)
            or _P["remote_before"].search(before)
            or (_P["people_before"].search(before) and _P["people_after"].match(after))
        ):
            told.append(e)
    _drop(places, _with_those_joined(low, own, told))


def _theirs(low: str, places: list[Entity]) -> None:
    """ "Our consul in Guangzhou forwards it. I'm in Canberra": another's seat, where one's own is told."""
    own = _own(places)
    theirs = [e for e in own if _P["their_seat"].search(low[: e.start])]
    mine = [e for e in own if e not in theirs and _P["mine_now"].search(low[: e.start])]
    if not theirs or not mine:
        return
    for_them = asks_for_another(low) or _P["asks_me"].search(low)
    _drop(places, mine if for_them else theirs)


def _asked_of(low: str, places: list[Entity]) -> None:
    """ "May I use it in Yangon? I've just come from Vientiane": the place in the question itself."""
    own = _own(places)
    asked = []
    for start, end, asks in _sentences(low):
        inside = [e for e in own if start <= e.start < end]
        if asks:
            asked += inside
        elif inside and _P["too"].search(low, start, end):
            return
    use = [
        e
        for e in asked
        if _P["use_before"].search(low[: e.start])
        and not _P["not_use_before"].search(_clause(low[: e.start])[:-4])
    ]
    if use and {e.value for e in use} == {e.value for e in asked}:
        _keep(places, use)


def _gone_to(low: str, places: list[Entity]) -> None:
    """ "Our Pretoria mission looks after it. I drive up to Harare, may I use it there?"."""
    own = _own(places)
    gone = [e for e in own if _P["i_go"].search(low[: e.start])]
    there = len({e.value for e in gone}) == 1 and re.search(r"\bthere\b", low[gone[-1].end :])
    if there and all(e in gone or e.start < gone[-1].start for e in own):
        _keep(places, gone)


def _clause(before: str) -> str:
    return _CLAUSE.split(before)[-1]


def _sentences(low: str) -> list[tuple[int, int, bool]]:
    """The offsets of the sentences, each with whether it asks something."""
    return [
        (m.start(), m.end(), "?" in m.group() or bool(_ASKS.match(m.group().lstrip())))
        for m in _SENTENCES.finditer(low)
    ]


def _asked(low: str) -> str:
    """The sentences that ask something."""
    return " ".join(low[start:end] for start, end, asks in _sentences(low) if asks)
