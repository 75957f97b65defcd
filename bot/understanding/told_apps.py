"""Whether a strange word is told to be an app by what stands around it."""

from __future__ import annotations

from collections.abc import Callable

from .frames import AFTER
from .lexicon import words as word_list
from .model import Entity
from .text import Words

_GRANTS, _RULES = word_list("apps", "grants"), word_list("apps", "rules")
_BEFORE = word_list("apps", "had")
_OF_THINGS = word_list("apps", "said_of_apps")


def told_to_be_an_app(words: Words, k: int, held: list[Entity], ends: Callable[[Words, int], bool]) -> bool:
    """Whether a strange word is said to be an app ("Quorvo, the secure chat thing"), or stands beside one
    in a list ("Wireguard, Tailscale. either ok").
    """
    i = k + 1 + (words.at(k + 1) in (",", "-", "(", ":", "is"))
    named = any(e.dimension == "app" for e in held)
    parted = k == 0 or words.at(k - 1) in (",", ".", ":", ";", "-", "?", "!")
    devices = {
        n
        for e in held
        if e.dimension == "device"
        for n in (words.index_at(e.start), words.index_at(e.end - 1))
    }
    if (parted or words.at(k - 1) in _BEFORE) and not named:
        if words.at(k + 1) == "on" and devices.intersection(range(k + 2, k + 6)):
            return True  # "posted to Colombo, PickMe on work phone?", "am I ok with Shazam on a work phone"
        if words.at(k + 1) in AFTER and devices:
            return True  # "mailchimp ok on a work laptop?"
    if (
        words.at(k - 1) in ("about", "against", "on", "re", "regarding", "concerning", "of")
        and words.at(k - 2) in _RULES
        and devices
        and not named
    ):
        return True  # "is there any rule about Nusachat on a tablet"
    asked_of = words.at(k - 1) in ("would", "will", "could", "can", "should") and words.at(k + 1) == "be"
    if asked_of and words.at(k + 2) in _OF_THINGS and not named:
        return True  # "would Pixelhoard be acceptable on my laptop"
    if words.at(k - 1) in ("has", "have") and words.at(k + 1) == "been" and words.at(k + 2) in AFTER:
        return True  # "has ParkPilotto been cleared"
    if (
        words.at(k - 1) == ","
        and words.at(k - 2) in word_list("apps", "things") - {"one"}
        and (words.at(k + 1) or ".") in (",", ".", ";", ":", "-", "?", ")")
    ):
        return True  # "there's this chat app, Quillo, that ..."
    if words.at(k - 1) in ("prefer", "prefers") and named:
        return True  # "they are all on Duolingo but I prefer Lingvoro"
    if words.at(k - 1) == "for" and words.at(k - 2) in _GRANTS:
        return True  # "authorisation for Doctolib"
    if words.at(i) in ("the", "that", "a", "an", "some", "this"):
        ends = [n for n in range(i + 1, i + 6) if words.at(n) in word_list("apps", "things")]
        inside = words.lows[i + 1 : ends[0]] if ends else []
        if (
            ends
            and all(w[:1].isalpha() or w == "-" for w in inside)
            and not {"on", "in", "for", "at", "is"} & set(inside)
        ):
            return True
    apps = {
        n
        for e in held
        if e.dimension == "app"
        for n in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)
    }
    chosen = bool({"both", "either", "neither"} & set(words.lows))
    joins = {"and", "or", "n", "&", "/", "+"}
    if (words.at(k - 1) in joins and k - 2 in apps) or (words.at(k + 1) in joins and k + 2 in apps):
        return ends(words, k + 1) or words.at(k + 1) in joins
    return chosen and words.at(k - 1) == "," and k - 2 in apps and ends(words, k + 1)
