"""English words and spelling slips.

The word list is that of pyspellchecker (word frequencies of film subtitles, MIT), which keeps ordinary
words from being taken for misspelt app names.
"""

from __future__ import annotations

import gzip
import json
import re
from functools import lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

from .lexicon import words


@lru_cache(maxsize=1)
def _frequencies() -> dict[str, int]:
    path = files("spellchecker") / "resources" / "en.json.gz"
    return json.loads(gzip.decompress(path.read_bytes()))


def frequency(word: str) -> int:
    """How common an English word is; 0 for a word that is none."""
    return _frequencies().get(word, 0)


# A stem that doubles its last letter: "scaner" is "scanner" misspelt.
_SHORT_STEM = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


@lru_cache(maxsize=16384)
def is_word(word: str) -> bool:
    """Whether this is an English word, also inflected or a short form used in messages."""
    low = word.lower().strip("'")
    if frequency(low) or low in words("english", "also_words"):
        return True
    for ending in ("'s", "s", "es", "ed", "ing", "er", "ly", "n't", "in"):
        stem = low[: -len(ending)] if low.endswith(ending) else ""
        if len(stem) > 2 and frequency(stem) > 200:
            return not (ending in ("er", "ed", "ing") and _SHORT_STEM.fullmatch(stem))
    if "is" in low and frequency(low.replace("is", "iz")) > 200:
        return True  # British: "organised" beside "organized"
    if "our" in low and frequency(low.replace("our", "or")) > 200:
        return True  # British: "honour" beside "honor"
    doubled = re.fullmatch(r"(.+l)l(?:ing|ed|er)", low)  # British: "dialling" beside "dial"
    return bool(doubled and frequency(doubled[1]) > 200)


@lru_cache(maxsize=65536)
def sound(name: str) -> str:
    """A rough sound of a name, so that "wattsap" and "whatsapp" are alike: consonants without doubles."""
    s = name.lower()
    for pattern, sub in (
        (r"(.)\1+", r"\1"), (r"^wh", "w"), (r"ph", "f"), (r"ck|c(?=[aouklrt])|q", "k"), (r"c(?=[eiy])", "s"),
        (r"x", "ks"), (r"ts|tz|z", "s"), (r"dg", "j"), (r"tch", "ch"), (r"gh", "g"), (r"[aeiouyh']+", ""),
        (r"(.)\1+", r"\1"),
    ):  # fmt: skip
        s = re.sub(pattern, sub, s)
    return name[:1].lower() + s


def slip_distance(written: str, name: str) -> int | None:
    """Edit distance when `written` may be a slip for `name`, else None; longer names may differ more.

    A name with letters added at its end ("wechatter") is a name of its own, not a slip.
    """
    if written == name or len(name) < 4 or len(written) < 4:
        return None
    longer = max(len(written), len(name))
    limit = 1 if len(name) < 8 else 2
    alike = sound(written) == sound(name)
    if alike and longer >= 6:
        limit = 3
    distance = OSA.distance(written, name, score_cutoff=limit)
    if distance > limit:
        return None
    if len(name) < 5 and not (distance == 1 and written[0] == name[0] and len(written) >= len(name)):
        return None
    if written.startswith(name) and len(written) - len(name) > 1:
        return None
    if not alike and written[0] != name[0] and distance > 1:
        return None
    return distance
