"""Greetings, thanks and farewells in the languages of where people are: "asante sana", "grazie!"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container
from functools import cache

from .lexicon import load
from .lexicon import words as word_list

_KINDS = ("thanks", "goodbye", "greet")


def courtesy(text: str, apps: Container[str] = ()) -> str | None:
    """The intent of a message of nothing but such words and small ones beside them; None of any other, and of
    one that is the name of one of the `apps`.
    """
    said = _plain(text)
    tokens = said.split()
    if not tokens or len(tokens) > 8:
        return None
    for kind in _KINDS:
        found = _pattern(kind).findall(said)
        if not found or any(phrase.replace(" ", "") in apps for phrase in found):
            continue
        rest = _pattern(kind).sub(" ", said)
        if set(rest.split()) <= word_list("courtesies", "beside"):
            return kind
    return None


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    phrases = {_plain(phrase) for phrase in load("courtesies")[kind].split(",")} - {""}
    longest_first = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest_first))})(?!\S)")


def _plain(text: str) -> str:
    """Lower case, without accents on Latin letters and without anything that is no letter."""
    parts = unicodedata.normalize(
        "NFD", text.casefold().replace("đ", "d").replace("ø", "o").replace("ł", "l")
    )
    latin = "".join(c for c in parts if not ("\u0300" <= c <= "\u036f"))
    marks = unicodedata.normalize("NFC", latin)
    kept = "".join(
        c if unicodedata.category(c)[0] in "LMN" or c in "'" else " " for c in marks.replace("’", "'")
    )
    return " ".join(kept.split())
