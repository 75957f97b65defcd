"""Which of several devices a word picks: "my own iPad and the work laptop. Zoom on the former?"."""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, EXACT, INFERRED, OTHER, Entity
from .text import Words
from .which_device import asks, told_of

_DATA = load("picked_devices")
_NAMES = ("before", "denied", "adjectives", "adjectives_after", "wants", "ordinal", "marked")
_P = {name: re.compile(_DATA[name].replace("{marks}", _DATA["marks"])) for name in _NAMES}
ORDINAL = _P["ordinal"]
_MARKS = set(_DATA["marks"].split("|"))
#: Where in the order of what was named a word points.
PLACE = {"former": 0, "first": 0, "second": 1, "latter": 1, "last": -1}
_OF_TWO = ("former", "latter")
_PICKED_FROM = ("app", "country", "device")


def pick(words: Words, entities: list[Entity], references: list[Entity]) -> list[Entity]:
    """Leave the one device that the question picks of those named before; the references that are left."""
    devices = sorted((e for e in entities if e.entity == "device"), key=lambda e: e.start)
    picks = [
        (said, e)
        for said, e in (*_by_their_order(words, entities, devices), *_by_a_mark(words, devices))
        if _is_asked_about(words.low, said)
    ]
    if not picks:
        _by_an_unknown_mark(words, devices)
    values = {e.value for _, e in picks}
    if len(values) != 1 or not any(_P["before"].search(words.low[: said.start()]) for said, _ in picks):
        return references
    if any(e.stance != ASSERTED and "-" in e.value for _, e in picks):
        return references
    for _, e in picks:
        e.stance = ASSERTED  # also a form of which nothing tells whose it is: that is asked about
    last = max(said.start() for said, _ in picks)
    for e in devices:
        if e.stance == ASSERTED and e.end <= last and e.value not in values:
            e.stance = OTHER
    return [r for r in references if not any(r.start < m.end() and m.start() < r.end for m, _ in picks)]


def _by_their_order(
    words: Words, entities: list[Entity], devices: list[Entity]
) -> list[tuple[re.Match[str], Entity]]:
    """What "the former" or "the second" picks, where several of nothing but devices are named."""
    found = []
    for said in ORDINAL.finditer(words.low):
        so_far = [e for e in entities if e.end <= said.start() and e.stance == ASSERTED]
        named = {d: {e.value for e in so_far if e.dimension == d} for d in _PICKED_FROM}
        before = [e for e in devices if e.end <= said.start() and "-" in e.value]
        order = list(dict.fromkeys(e.value for e in before))
        which = said["which"]
        enough = len(order) == 2 if which in _OF_TWO else len(order) > 1
        if enough and [d for d, values in named.items() if len(values) > 1] == ["device"]:
            value = order[PLACE[which]]
            asserted = [e for e in before if e.value == value and e.stance == ASSERTED]
            found.append((said, (asserted or [e for e in before if e.value == value])[0]))
    return found


def _by_a_mark(words: Words, devices: list[Entity]) -> list[tuple[re.Match[str], Entity]]:
    """What "the white one" picks, where one device alone was said to be white."""
    found = []
    for said in _P["marked"].finditer(words.low):
        before = [e for e in devices if e.end <= said.start()]
        marked = [e for e in before if said["mark"] in _adjectives(words.low, e)]
        marked = [e for e in marked if "-" in e.value] or marked
        if len({e.value for e in before}) > 1 and len({e.value for e in marked}) == 1:
            found.append((said, marked[0]))
    return found


def _by_an_unknown_mark(words: Words, devices: list[Entity]) -> None:
    """ "My own phone is a Nokia. Is it ok on the Samsung?" is about another one: which one is asked."""
    for said in _P["marked"].finditer(words.low):
        before = [e for e in devices if e.end <= said.start() and e.stance == ASSERTED and "-" in e.value]
        marks = set().union(*(_MARKS & _adjectives(words.low, e) for e in before))
        if not marks or said["mark"] in marks or not _is_asked_about(words.low, said):
            continue
        for e in devices:
            if said.start() <= e.start and e.end <= said.end() and e.stance == OTHER:
                e.stance = ASSERTED
        for e in before:
            e.how = INFERRED if e.how == EXACT else e.how


def _adjectives(low: str, e: Entity) -> set[str]:
    before, after = _P["adjectives"].search(low[: e.start]), _P["adjectives_after"].match(low[e.end :])
    said = [low[e.start : e.end], before.group() if before else "", after["said"] if after else ""]
    return set(re.findall(r"\w+", " ".join(said)))


def _is_asked_about(low: str, said: re.Match[str]) -> bool:
    if _P["denied"].search(low[: said.start()]) or told_of(low, said.start(), said.end()):
        return False
    sentence, question = asks(low, said.start())
    return question or bool(_P["wants"].search(sentence))
