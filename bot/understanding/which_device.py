"""Which of the devices of a message is asked about: "my work phone broke, may I have it on my own?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from .asker import asks_for_oneself
from .device_kinds import FORM_OF, ISSUED
from .lexicon import load
from .model import ASSERTED, INFERRED, NEGATED, OTHER, Entity
from .text import Words

_P = {name: re.compile(pattern) for name, pattern in load("which_device").items()}


def which_device(low: str, entities: list[Entity], on_behalf: bool) -> None:
    """Set the stance of the devices that are only told of beside the one asked about."""
    devices = sorted((e for e in entities if e.entity == "device"), key=lambda e: e.start)
    for e in devices:
        left_out = _P["all_but"].search(_before(low, e)) and not _P["all_but_after"].match(low[e.end :])
        e.stance = NEGATED if left_out and e.stance == ASSERTED else e.stance
    if not on_behalf:
        _what_mine_is(low, devices, [e for e in entities if e.stance == OTHER])
    for told, stance in (
        *((_denied, NEGATED), (_gone, OTHER), (_former, OTHER), (_written_on, OTHER), (_known, OTHER)),
        *((_had, OTHER), (_edition, OTHER)),
        *((_has_it, OTHER), (_irrelevant, OTHER), (_of_anyone, OTHER), (_one_of_those, OTHER)),
    ):
        _leave_out(low, devices, told, stance)
    _meant(low, devices)


def _what_mine_is(low: str, devices: list[Entity], others: list[Entity]) -> None:
    """ "He has it on his work phone, may I on mine?" means the same kind; "mine, a work laptop" tells it."""
    for e in (d for d in devices if d.stance == ASSERTED and d.text.lower() == "mine"):
        before = [o for o in devices if o.end <= e.start]
        told = [o for o in before if o.stance == ASSERTED and o.text.lower() == "mine"]
        theirs = [o for o in before if o.stance == OTHER]
        own = [o for o in before if o.stance == ASSERTED and o.value not in FORM_OF and o not in told]
        if any(
            o.stance == ASSERTED and o.start > e.end and _P["apposition"].fullmatch(low[e.end : o.start])
            for o in devices
        ) or (theirs and own):
            e.stance = OTHER
        elif told:
            e.value = told[-1].value  # "mine belongs to work. May I put it on mine?"
        elif own and own[-1].value in ISSUED and own[-1].text.endswith("s") and _given_to_us(low, own[-1]):
            e.value = own[-1].value  # "Parliament gave us all laptops and mine came without it"
        elif theirs and theirs[-1].value in ISSUED:
            e.value, e.how = theirs[-1].value, INFERRED
        elif own and any(o.end <= own[-1].start for o in others) and _with_that(low, own[-1], e):
            e.stance = OTHER  # "a mate says burners are fine. I'm with a work phone, is it ok on mine?"


def _with_that(low: str, own: Entity, mine: Entity) -> bool:
    """Whether "mine" is the device that was told to be one's own before."""
    between = low[own.end : mine.start]
    told = _P["sentence"].search(between) and not _P["contrast"].search(between)
    return bool(told and _P["with_mine"].search(_before(low, own)))


def _given_to_us(low: str, e: Entity) -> bool:
    return bool(_P["given_to_us"].search(_before(low, e)))


def _meant(low: str, devices: list[Entity]) -> None:
    """ "I've got two, mine and the department's. I mean mine": the others are not asked about."""
    asserted = [e for e in devices if e.stance == ASSERTED]
    meant = [
        e
        for e in asserted
        if _P["meant"].search(_before(low, e))
        or (_P["it_is"].search(_before(low, e)) and _P["that_i"].match(low[e.end :]))
    ]
    kinds = {e.value for e in asserted if meant and e.end <= meant[-1].start}
    if meant and meant[-1].value in FORM_OF:  # "the laptop is mine, ... I only want it on the laptop"
        kept = {value for value in kinds if meant[-1].value in value.split("-")}
        kept = kept if len(kept) == 1 else kinds
    else:
        kept = {e.value for e in meant[-1:]}
    for e in asserted:
        if meant and e.end <= meant[-1].start and e.value not in kept:
            e.stance = OTHER


def their_device(words: Words, entities: list[Entity]) -> None:
    """ "Soldiers can't run it on their own phones": of whom it is asked, it is their device that is meant."""
    devices = [e for e in entities if e.entity == "device"]
    if (
        len(devices) != 1
        or devices[0].stance != OTHER
        or not _P["theirs"].search(words.low[: devices[0].start])
    ):
        return
    e = devices[0]
    if any(r.entity == "role" and r.stance == ASSERTED and not r.firm for r in entities):
        e.stance = ASSERTED
    elif not asks_for_oneself(words) and _asked_of_them(words, e):
        e.stance, e.how = ASSERTED, INFERRED


def _asked_of_them(words: Words, e: Entity) -> bool:
    """Whether the sentence of the device asks for who has it: "an enquiry about it on her own tablet"."""
    start, end, _asks = _sentence_of(words.low, e)
    before = words.low[start : e.start]
    if _P["kin"].search(before):
        return False
    if _P["enquiry"].search(before) or _P["may_they"].match(words.low[end:]):
        return True
    return bool(not e.inside(words.asides) and _P["asks_of_them"].search(before))


def _before(low: str, e: Entity, start: int = 0) -> str:
    return _P["adjectives"].sub("", low[start : e.start])


def _leave_out(
    low: str, devices: list[Entity], told: Callable[[str, Entity, list[Entity]], bool], stance: str
) -> None:
    """Take out those of which something is told, where another value is left to be asked about."""
    asserted = [e for e in devices if e.stance == ASSERTED]
    out = []
    for e in asserted:
        joined = (
            told is not _one_of_those
            and out
            and out[-1].end <= e.start
            and _P["joined"].fullmatch(low[out[-1].end : e.start])
        )
        if told(low, e, asserted) or joined:
            out.append(e)
    left = [e for e in asserted if e not in out]
    if left and not {e.value for e in left} & {e.value for e in out}:
        for e in out:
            e.stance = stance


def _denied(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["not_this_before"].search(_before(low, e)))


def _gone(low: str, e: Entity, _: list[Entity]) -> bool:
    before, after = _before(low, e), low[e.end :]
    around = _P["gone_around"].search(before) and _P["gone_around_after"].match(after)
    return bool(around or _P["gone_before"].search(before) or _P["gone_after"].match(after))


def _former(low: str, e: Entity, _: list[Entity]) -> bool:
    said = _P["former"].search(low[: e.start])
    return bool(said) and bool(said["before_this"] or _P["formerly"].match(low[e.end :]))


def _written_on(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["written_on"].search(_before(low, e)))


def _known(low: str, e: Entity, _: list[Entity]) -> bool:
    before = _before(low, e)
    if _P["known_before"].search(before) or _P["known_after"].match(low[e.end :]):
        return True
    so = _P["so_before"].search(before)
    return bool(so) and not _P["asked_so"].search(before)


def _irrelevant(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["irrelevant"].match(low[e.end :]))


def told_of(low: str, start: int, end: int) -> bool:
    """Whether something is told of what stands there, so that it is not asked about."""
    e = Entity("device", "", start, end, low[start:end])
    return any(told(low, e, []) for told in (_denied, _gone, _known, _irrelevant))


def asks(low: str, at: int) -> tuple[str, bool]:
    """The sentence of a place in the message, and whether it asks."""
    return next(((low[s:t], asked) for s, t, asked in _sentences(low) if s <= at < t), (low, False))


def _sentences(low: str) -> list[tuple[int, int, bool]]:
    """Where the sentences of a message are, and whether they ask."""
    found, start = [], 0
    for m in (*_P["sentence"].finditer(low), None):
        end = m.start() if m else len(low)
        asked = "?" in m.group() if m else bool(_P["asks"].search(low[start:end]))
        found.append((start, end, asked or bool(_P["asks_whether"].search(low[start:end]))))
        start = m.end() if m else end
    return [(start, end, asked) for start, end, asked in found if end > start]


def _sentence_of(low: str, e: Entity) -> tuple[int, int, bool]:
    return next(((s, t, asks) for s, t, asks in _sentences(low) if s <= e.start < t), (0, len(low), True))


def _of_anyone(low: str, e: Entity, _: list[Entity]) -> bool:
    start, _end, asks = _sentence_of(low, e)
    return not asks and bool(_P["anyone"].search(_before(low, e, start)))


def _has_it(low: str, e: Entity, asserted: list[Entity]) -> bool:
    """ "Can I have X on the work phone? My own has had it for years": what is so is not asked."""
    start, _end, asks = _sentence_of(low, e)
    said = not asks and _P["opens"].fullmatch(_before(low, e, start)) and _P["has_it"].match(low[e.end :])
    return bool(said) and any(
        o.end <= start and o.value != e.value and _sentence_of(low, o)[2] for o in asserted
    )


def _one_of_those(low: str, e: Entity, asserted: list[Entity]) -> bool:
    """ "I've a loan phone and my own. Is it all right on the loan one?": the question names one of those."""
    start, end, asks = _sentence_of(low, e)
    told = {o.value for o in asserted if start <= o.start < end}
    if asks or len(told) < 2 or not _P["have"].search(low[start:end]):
        return False
    asked = {o.value for o in asserted if o.start >= end and _sentence_of(low, o)[2]}
    # "I've a work Nokia and my own Samsung. Is it ok on the Nokia?": the form alone names neither
    asked = {value for value in asked if not any(value in other.split("-")[1:] for other in told)}
    return bool(asked) and asked < told and e.value not in asked


def _edition(low: str, e: Entity, _: list[Entity]) -> bool:
    edition = e.text.lower().endswith(" one") and _P["edition_before"].search(low[: e.start])
    return bool(edition and _P["edition_after"].match(low[e.end :]))


def _had(low: str, e: Entity, asserted: list[Entity]) -> bool:
    """ "I have X on my own phone. May I put it on the work phone as well?": what is so is not asked."""
    others = [o for o in asserted if o.start > e.end and o.value != e.value]
    if any(_P["has_and_wants"].fullmatch(low[e.end : o.start]) for o in others):
        return True
    start = max((m.end() for m in _P["sentence"].finditer(low, 0, e.start)), default=0)
    end = _P["sentence"].search(low, e.end)
    if end is None or "?" in end.group():
        return False
    after = low[e.end : end.end()]
    before = _before(low, e, start)
    so = _P["opens"].fullmatch(before) and _P["so_after"].match(after)
    fronted = _P["fronted"].fullmatch(before) and _P["have_after"].match(after)
    if not (so or fronted or _P["had_before"].search(before) or _P["has_after"].match(after)):
        return False
    question = next((m for m in _P["sentence"].finditer(low, end.end()) if "?" in m.group()), None)
    stop = question.end() if question else len(low)
    asked = [o for o in asserted if end.end() <= o.start < stop and o.value != e.value]
    return any(
        (_P["asks"].search(low[end.end() : o.start]) and not _P["and_this"].search(low[end.end() : o.start]))
        or (fronted and _P["wish_after"].match(low[o.end :]))
        for o in asked
    )
