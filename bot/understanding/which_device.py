"""Which of the devices of a message is asked about: "my work phone broke, may I have it on my own?"."""

from __future__ import annotations

import re
from collections.abc import Callable

from .lexicon import load
from .model import ASSERTED, INFERRED, NEGATED, OTHER, Entity

_P = {name: re.compile(pattern) for name, pattern in load("which_device").items()}
_COMBINE = load("devices")["combine"]
_FORMS = set(_COMBINE["none"].values())
_ISSUED = {value for kind in ("work", "travel") for value in _COMBINE[kind].values()}


def which_device(low: str, entities: list[Entity], on_behalf: bool) -> None:
    """Set the stance of the devices that are only told of beside the one asked about."""
    devices = sorted((e for e in entities if e.entity == "device"), key=lambda e: e.start)
    for e in devices:
        left_out = _P["all_but"].search(_before(low, e)) and not _P["all_but_after"].match(low[e.end :])
        e.stance = NEGATED if left_out and e.stance == ASSERTED else e.stance
    if not on_behalf:
        _what_mine_is(low, devices)
    for told, stance in ((_denied, NEGATED), (_gone, OTHER), (_known, OTHER), (_had, OTHER)):
        _leave_out(low, devices, told, stance)


def _what_mine_is(low: str, devices: list[Entity]) -> None:
    """ "He has it on his work phone, may I on mine?" means the same kind; "mine, a work laptop" tells it."""
    for e in (d for d in devices if d.stance == ASSERTED and d.text.lower() == "mine"):
        before = [o for o in devices if o.end <= e.start]
        told = [o for o in before if o.stance == ASSERTED and o.text.lower() == "mine"]
        theirs = [o for o in before if o.stance == OTHER]
        own = [o for o in before if o.stance == ASSERTED and o.value not in _FORMS and o not in told]
        if any(
            o.stance == ASSERTED and o.start > e.end and _P["apposition"].fullmatch(low[e.end : o.start])
            for o in devices
        ) or (theirs and own):
            e.stance = OTHER
        elif told:
            e.value = told[-1].value  # "mine belongs to work. May I put it on mine?"
        elif theirs and theirs[-1].value in _ISSUED:
            e.value, e.how = theirs[-1].value, INFERRED


def _before(low: str, e: Entity, start: int = 0) -> str:
    return _P["adjectives"].sub("", low[start : e.start])


def _leave_out(
    low: str, devices: list[Entity], told: Callable[[str, Entity, list[Entity]], bool], stance: str
) -> None:
    """Take out those of which something is told, where another value is left to be asked about."""
    asserted = [e for e in devices if e.stance == ASSERTED]
    out = []
    for e in asserted:
        joined = out and out[-1].end <= e.start and _P["joined"].fullmatch(low[out[-1].end : e.start])
        if told(low, e, asserted) or joined:
            out.append(e)
    left = [e for e in asserted if e not in out]
    if left and not {e.value for e in left} & {e.value for e in out}:
        for e in out:
            e.stance = stance


def _denied(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["not_this_before"].search(_before(low, e)))


def _gone(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["gone_before"].search(_before(low, e)) or _P["gone_after"].match(low[e.end :]))


def _known(low: str, e: Entity, _: list[Entity]) -> bool:
    return bool(_P["known_before"].search(_before(low, e)))


def _had(low: str, e: Entity, asserted: list[Entity]) -> bool:
    """ "I have X on my own phone. May I put it on the work phone as well?": what is so is not asked."""
    start = max((m.end() for m in _P["sentence"].finditer(low, 0, e.start)), default=0)
    end = _P["sentence"].search(low, e.end)
    if end is None or "?" in end.group():
        return False
    after = low[e.end : end.end()]
    if not (_P["had_before"].search(_before(low, e, start)) or _P["has_after"].match(after)):
        return False
    question = next((m for m in _P["sentence"].finditer(low, end.end()) if "?" in m.group()), None)
    stop = question.end() if question else len(low)
    asked = [o for o in asserted if end.end() <= o.start < stop and o.value != e.value]
    return any(
        _P["asks"].search(low[end.end() : o.start]) and not _P["and_this"].search(low[end.end() : o.start])
        for o in asked
    )
