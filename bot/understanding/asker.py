"""For whom a question is put: the person asking, or somebody of theirs."""

from __future__ import annotations

import re

from .lexicon import load
from .model import ASSERTED, EXACT, INFERRED, OTHER, Entity, Span
from .text import Words

_P = {name: re.compile(pattern) for name, pattern in load("asker").items()}


def on_behalf(words: Words, roles: list[Entity]) -> Span | None:
    """Where a message says that it asks for somebody else, (0, 0) if only a role tells; None if it does not.

    The roles that are not of whom it is asked for are made somebody else's.
    """
    if _for_oneself(words, roles):
        return None
    said = _P["on_behalf"].search(words.low)
    if _back_to_me(words, roles):
        return None
    if not said and not any(r.how == INFERRED and not r.guess and not r.own for r in roles):
        return None
    if not said and _on_ones_own(words, roles):
        return None
    asked_for = any((r.how == INFERRED or r.third) and not r.own and r.stance == ASSERTED for r in roles)
    if asked_for or _P["asks_for_somebody"].search(words.low):
        for role in roles:
            if (role.how != INFERRED or role.own) and not role.third:
                role.stance = OTHER if role.stance == ASSERTED else role.stance
    return said.span() if said else (0, 0)


def _back_to_me(words: Words, roles: list[Entity]) -> bool:
    """Whether what was begun for somebody else is taken back: "if she were ... no, I'm asking about me"."""
    taken_back = _P["back_to_me"].search(words.low)
    if not taken_back or _P["on_behalf"].search(words.low, taken_back.end()):
        return False
    for role in roles:
        if (role.third or role.how == INFERRED) and not role.own and not role.guess:
            role.stance = OTHER if role.stance == ASSERTED else role.stance
    return True


def asks_for_another(low: str) -> bool:
    """Whether a message in lower case says in words that it asks for somebody else: "can my minister"."""
    return bool(_P["on_behalf"].search(low))


def asks_for_oneself(words: Words) -> bool:
    """Whether it asks "may I", and nothing for anybody else."""
    if _P["for_me_too"].search(words.low):
        return True
    return bool(_P["may_i"].search(words.low)) and not _P["may_they"].search(words.low)


def asked_about(words: Words, roles: list[Entity]) -> bool:
    """Whether the question is about a role in general, "may a diplomat ...?", or is for one by a guess."""
    return any(
        r.stance == ASSERTED
        and (
            r.third
            or (r.how == INFERRED and not r.guess and not r.own)
            or _P["about_a_role"].search(words.low[: r.start])
        )
        for r in roles
    )


def _on_ones_own(words: Words, roles: list[Entity]) -> bool:
    """Whether only a role tells that it is for somebody, but what it is to be on is the asker's own:
    "EO for an MP, TikTok on my own phone?" Whoever says what they are asks for themselves then.
    """
    if not _P["own_device"].search(words.low) or _P["asks_in_words"].search(words.low):
        return False
    if any(r.third and r.stance == ASSERTED for r in roles):
        return False  # "may a senator have it on my work phone?"
    _mine_alone(roles)
    return True


def _for_oneself(words: Words, roles: list[Entity]) -> bool:
    """Whether it asks "may I" and says who I am; whoever else is named is then nobody's concern.

    "The senator I work for wants to know if I am permitted ..." asks for the staffer.
    """
    return asks_for_oneself(words) and _mine_alone(roles)


def _mine_alone(roles: list[Entity]) -> bool:
    """Make the others somebody else's where a message tells both what I am and what others are."""
    mine = [r for r in roles if r.own] or [
        r for r in roles if r.stance == ASSERTED and (r.how == EXACT or r.firm) and not r.third
    ]
    others = [r for r in roles if r.stance == ASSERTED and r not in mine]
    if not mine or not others:
        return False
    for role in others:
        role.stance = OTHER
    if not any(r.stance == ASSERTED for r in mine):
        for role in mine:
            role.stance = ASSERTED
    return True
