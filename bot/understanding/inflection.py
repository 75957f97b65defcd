"""Places in a declined form, which the lists of names lack: Russian "в Лиме" for "Лима"."""

from __future__ import annotations

import re

from .gazetteer import Gazetteer
from .lexicon import load
from .model import Entity
from .text import Words

_BEFORE = re.compile(load("inflection")["before"], re.IGNORECASE)
_ENDINGS, _NOMINATIVE = load("inflection")["endings"], load("inflection")["nominative"]
_CYRILLIC = re.compile(r"[\u0400-\u052f]{4,}")
_STEM = 3


def declined_places(words: Words, gazetteer: Gazetteer) -> list[Entity]:
    """Places that stand after a word of place in another case than that of the lists."""
    found = []
    for match in _CYRILLIC.finditer(words.text):
        if match.group().casefold() in gazetteer.other_scripts or not _BEFORE.search(
            words.text[: match.start()]
        ):
            continue
        country = _country(match.group().casefold(), gazetteer)
        if country:
            found.append(Entity("country", country, match.start(), match.end(), match.group()))
    return found


def _country(word: str, gazetteer: Gazetteer) -> str | None:
    """The one country that a declined name can be of."""
    stems = [word[: -len(ending)] for ending in _ENDINGS if word.endswith(ending)]
    names = [stem + ending for stem in stems if len(stem) >= _STEM for ending in _NOMINATIVE]
    concepts = [gazetteer.other_scripts[name] for name in names if name in gazetteer.other_scripts]
    ids = {id for scheme, id in concepts if scheme == "country"}
    return ids.pop() if len(ids) == 1 else None
