"""What people say they are in another language: "je suis diplomate", "trabajo para un senador"."""

from __future__ import annotations

import re
from functools import lru_cache

from .gazetteer import Gazetteer
from .lexicon import load
from .model import ASSERTED, INFERRED, OTHER, Entity
from .text import Words

NO_MORE = r"(?!\w)"  # the word ends


def with_foreign(words: Words, roles: list[Entity], gazetteer: Gazetteer) -> list[Entity]:
    """The roles, and those that foreign words tell of the person asking: before them none is the asker's.

    They are inferred: what is denied or told of others in that language is hardly understood.
    """
    if not _leads().search(words.low):
        return roles
    told = [
        Entity("role", id, *m.span("role"), words.text[slice(*m.span("role"))], INFERRED, guess=True)
        for id, pattern in _patterns()
        for m in pattern.finditer(words.low)
        if gazetteer.has("role", id)
    ]
    if not told:
        return roles
    apart = [r for r in roles if not any(r.overlaps(t) for t in told)]
    for role in apart:
        role.stance = OTHER if role.stance == ASSERTED else role.stance
    return sorted([*apart, *told], key=lambda e: e.start)


def unsure_in(language: str | None, roles: list[Entity]) -> None:
    """What an English word tells in a message of another language is a guess: "für einen Senator"."""
    for role in roles if language else ():
        role.how, role.guess = INFERRED, True


@lru_cache(maxsize=1)
def _leads() -> re.Pattern[str]:
    """What they open with in all languages: most messages have none of them."""
    languages = load("foreign_roles")["languages"]
    leads = (language.get(lead) for language in languages for lead in ("am", "works_for"))
    return re.compile("|".join(lead for lead in leads if lead))


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    data, made = load("foreign_roles"), []
    for language in data["languages"]:
        roles = language["roles"]
        bosses = "|".join(roles[boss] for boss in data["bosses"])
        said = [(id, language["am"], names) for id, names in roles.items()]
        if "works_for" in language:
            said.append((data["staff"], language["works_for"], bosses))
        # where words are not spaced, nothing parts them, and what follows tells what is meant
        opens, parts = ("", "[ ,]*") if "then" in language else (r"(?<!\w)", "[ ,]+")
        then = language.get("then", NO_MORE)
        for id, lead, names in said:
            body = rf"{opens}(?:{lead}){parts}{language['between']}(?P<role>{names}){then}"
            made.append((id, re.compile(body)))
    return made
