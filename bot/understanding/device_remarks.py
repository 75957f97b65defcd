"""What a message remarks of a device: lent for a place, left alone, had by others and wanted as well.

`which_device.py` judges a device by the words around it. Here whole clauses are looked at, once places are
known. The patterns are data: `lexicon/device_remarks.yml`. What is only likely is a guess, and asked about.
"""

from __future__ import annotations

from .device_kinds import COMBINE, FORM_OF
from .gazetteer import Gazetteer
from .lexicon import load
from .model import ASIDE, ASSERTED, EXACT, INFERRED, OTHER, Entity
from .text import Words
from .whose_device import pattern

_P = {name: pattern(written) for name, written in load("device_remarks").items()}


def remarked(words: Words, entities: list[Entity], gazetteer: Gazetteer) -> None:
    """Settle the devices of a message by what is remarked of them."""
    devices = sorted((e for e in entities if e.entity == "device"), key=lambda e: e.start)
    _lent_for_a_place(words.low, devices, entities, gazetteer)
    _left_alone(words.low, devices)
    _so_would_i(words.low, devices)
    _of_the_same_kind(words.low, devices)


def _lent_for_a_place(low: str, devices: list[Entity], entities: list[Entity], gazetteer: Gazetteer) -> None:
    """ "They're lending me a phone for Seoul": what is lent for a place is for travel."""
    for e in devices:
        form = FORM_OF.get(e.value)
        place = any(o.entity == "country" and _P["for_it"].fullmatch(low[e.end : o.start]) for o in entities)
        lent = form and place and _P["lending"].search(low[: e.start])
        id = COMBINE["travel"][form] if form else ""
        if lent and gazetteer.has("device", id):
            e.value, e.how = id, INFERRED if lent["passive"] and e.how == EXACT else e.how


def _left_alone(low: str, devices: list[Entity]) -> None:
    """ "The work one stays clean. On mine I'd like it": of the first only that is told."""
    own = [e for e in devices if e.stance == ASSERTED]
    alone = {e.value for e in own if "-" in e.value and _P["left_alone"].match(low[e.end :])}
    rest = {e.value for e in own} - alone
    last = max((e.end for e in own if e.value in alone), default=0)
    if len(alone) == 1 and any("-" in e.value and e.start > last for e in own if e.value in rest):
        for e in own:
            e.stance = OTHER if e.value in alone else e.stance


def _so_would_i(low: str, devices: list[Entity]) -> None:
    """ "Parents put it on their own phones, and so would I": on the person's own as well, likely."""
    if any(e.stance == ASSERTED for e in devices):
        return
    for e in devices:
        if e.stance in (OTHER, ASIDE) and _P["so_would_i"].match(low[e.end :]):
            e.stance, e.how = ASSERTED, INFERRED if e.how == EXACT else e.how


def _of_the_same_kind(low: str, devices: list[Entity]) -> None:
    """ "A colleague uses it on her work phone. Same kind of phone, may I?": what that one is, likely."""
    for e in devices:
        if e.value not in FORM_OF or e.stance != ASSERTED or not _P["same_kind"].search(low[: e.start]):
            continue
        told = [o for o in devices if o.end <= e.start and FORM_OF[e.value] in o.value.split("-")[1:]]
        if len({o.value for o in told}) == 1:
            e.value, e.how = told[0].value, INFERRED
