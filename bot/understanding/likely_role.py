"""The role that a question is likely about where none is told for certain: a guess, and so asked about."""

from __future__ import annotations

import re

from .asker import asks_for_oneself
from .lexicon import load
from .model import ASIDE, ASSERTED, INFERRED, OTHER, Entity
from .text import Words

_P = {name: re.compile(pattern) for name, pattern in load("likely_role").items()}


def likely_role(words: Words, entities: list[Entity]) -> None:
    """The one role that the question may be about, where none is sure: a guess, and so asked about."""
    roles = [e for e in entities if e.entity == "role"]
    if any(e.stance == ASSERTED and (not e.own or asks_for_oneself(words)) for e in roles):
        return
    likely = next((e for e in roles if e.stance == OTHER and e.weak and not e.inside(words.asides)), None)
    likely = likely or _spoken_of(words, entities, roles)
    if likely:
        for e in roles:  # "I do an MP's socials. May she ...": it is for the MP
            e.stance = OTHER if e.own else e.stance
        likely.stance, likely.how, likely.weak = ASSERTED, INFERRED, True


def where_one_works(words: Words, entities: list[Entity]) -> None:
    """Where no role is told, the one organisation that is named may be one's own: "Canva for an offsite with
    Treasury". What was only noted for that is dropped.
    """
    noted = [e for e in entities if e.entity == "role" and e.stance == ASIDE]
    told = any(e.entity == "role" and e.stance != ASIDE for e in entities)
    one = len({e.value for e in noted}) == 1 and not noted[0].inside(words.asides)
    if one and not told and _asks_about_an_app(entities):
        noted[0].stance = ASSERTED
    entities[:] = [e for e in entities if e.entity != "role" or e.stance != ASIDE]


def _spoken_of(words: Words, entities: list[Entity], roles: list[Entity]) -> Entity | None:
    """Of whom it is asked where nothing is said of oneself: "is it ok on contractors' laptops?" """
    if asks_for_oneself(words) or _P["of_oneself"].search(words.low):
        return None
    asks = _asks_about_an_app(entities) and _P["asks_something"].search(words.low)
    if not asks and not _P["asks_for_a_briefing"].search(words.low):
        return None
    pointed = _P["they_may_want"].search(words.low)  # "Six MPs go to Seoul. What may they use?"
    told = [e for e in roles if e.spoken_of and e.stance == OTHER]
    return next((e for e in told if pointed or not e.inside(words.asides)), None)


def _asks_about_an_app(entities: list[Entity]) -> bool:
    return any(e.dimension == "app" and e.stance == ASSERTED for e in entities)
