"""Work and personal devices named in another language: "mon téléphone professionnel"."""

from __future__ import annotations

import re
from functools import lru_cache

from .device_kinds import COMBINE
from .gazetteer import Gazetteer
from .lexicon import load
from .model import INFERRED, Entity
from .text import UNSPACED, Words

_OWNERS = ("work", "personal")


def foreign_devices(words: Words, gazetteer: Gazetteer) -> list[Entity]:
    """The devices that foreign words name with whose they are.

    They are inferred: what is denied or told of others in that language is not understood.
    """
    found: list[Entity] = []
    if not _any_form().search(words.low):
        return found
    for kind, form, pattern in _patterns():
        for match in pattern.finditer(words.low):
            id = COMBINE[kind][form]
            one = Entity("device", id, *match.span(), words.text[slice(*match.span())], how=INFERRED)
            if gazetteer.has("device", id) and not any(one.overlaps(o) for o in found):
                found.append(one)
    return found


def without_overlaps(held: list[Entity], devices: list[Entity], language: str | None) -> list[Entity]:
    """What is held and the devices, without what else was read in the words of a device.

    What was read as English before, "my private tablet", is that in an English message.
    """
    english = [e for e in held if e.entity == "device" and language is None]
    devices = [
        d for d in devices if not any(e.value == d.value and d.inside([(e.start, e.end)]) for e in english)
    ]
    return [e for e in held if e.entity == "app" or not any(e.overlaps(d) for d in devices)] + devices


@lru_cache(maxsize=1)
def _any_form() -> re.Pattern[str]:
    """The words for devices of all languages: most messages have none of them."""
    forms = (
        written for language in load("foreign_devices")["languages"] for written in language["forms"].values()
    )
    return re.compile("|".join(dict.fromkeys(forms)))


@lru_cache(maxsize=1)
def _patterns() -> list[tuple[str, str, re.Pattern[str]]]:
    made = []
    for language in load("foreign_devices")["languages"]:
        for kind in _OWNERS:
            for form, written in language["forms"].items():
                parts = {"form": written, "owner": language[kind]}
                body = language["join"].join(f"(?:{parts[part]})" for part in language["order"].split())
                # where words are not spaced, nothing parts the device from what follows ("携帯で")
                made.append((kind, form, re.compile(rf"(?<![^\W{UNSPACED}]){body}(?![^\W{UNSPACED}])")))
    return made
