"""The state or province behind the name of a town ("Katherine NT", "Denmark, the one in WA", "Albany, NY"),
and the one that somebody stands for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .lexicon import load
from .model import Entity
from .text import Words

_CODES: dict[str, list[str]] = load("places")["state_codes"]
_HOME: str = load("places")["nicknames"]["at home"]
_SMALL: set[str] = {str(code) for code in load("places")["small_state_codes"]}
_STANDS_FOR = re.compile(load("stance_patterns")["of_a_state"])
_BEHIND = re.compile(
    r"(?:,? (?:but |i mean )?(?:the )?(?:one |town )?(?:over |up )?in |,? ?\(|,? )([A-Za-z]{2,3})\b(?!')"
)
_GOES_ON = re.compile(r"\s*(?:[^\w\s-]|$|(?:on|for|with|this|next|at|as|and|or|until|till|from|to|in|by)\b)")


def state_behind(words: Words, i: int, j: int, bearers: Iterable[str]) -> tuple[str, int] | None:
    """The country of the state whose code follows a name, and the token after the code.

    `bearers` are the countries that are known to have a place of the name.
    """
    match = _BEHIND.match(words.plain, words.all[j - 1].end)
    if match is None:
        return None
    code, typed = match[1].upper(), match[1]
    if not (typed.isupper() and not words.shouting) and not (
        typed.islower() and typed in _SMALL and not words.all[i].capital
    ):
        return None
    known = set(bearers)
    found = [country for country, codes in _CODES.items() if code in codes]
    here = [country for country in found if country in known]
    apart = match.group().startswith((",", " (")) or bool(here)
    goes_on = words.low[match.end() :]
    if not (here or len(code) > 2) and not _GOES_ON.match(goes_on):
        return None  # "Lima, SA desk"
    if not (here or found) or not apart:
        return None
    return (here or found)[0], words.index_at(match.end() - 1) + 1


def stood_for(words: Words, app: Entity) -> bool:
    """Whether an app's short name is the state that somebody stands for: "Senator for WA"."""
    return app.text.upper() in _CODES[_HOME] and bool(_STANDS_FOR.search(words.low[: app.start]))
