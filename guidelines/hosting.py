"""What is known of host countries, and good practice for travel: facts that briefings are made of.

They are no permission: a briefing sets them beside the rulings. They are published in editions, as
guidelines are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from guidelines.rules import Source
from guidelines.vocabulary import Scheme

PHASES = ("before", "during", "after")
RISKS = ("any", "elevated")


@dataclass(frozen=True, slots=True)
class HostCountry:
    """What local life runs on in a country, what its networks stop and what its law says of it, in the words
    of the source."""

    country: str
    needed: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()
    law: tuple[str, ...] = ()
    notes: str = ""
    source: Source = field(default_factory=lambda: Source(""))
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing to do before, during or after a trip; `elevated` risk means for high-risk places only. What
    is `essential` comes first, for readers who do nothing else."""

    id: str
    phase: str
    text: str
    devices: tuple[str, ...] = ()
    risk: str = "any"
    source: Source = field(default_factory=lambda: Source(""))
    confidence: str = ""
    essential: bool = False


def concepts_named(scheme: Scheme, words: str) -> tuple[str, ...]:
    """The concepts of a scheme that bear a name, however it is capitalised; several where they share it."""
    wanted = words.casefold().strip()
    exact = [concept.id for concept in scheme if concept.pref_label.casefold() == wanted]
    if exact:
        return tuple(exact)
    return tuple(c.id for c in scheme if wanted in (label.casefold() for label in c.alt_labels))


def named_apps(scheme: Scheme, names: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names as concept ids where each is borne by one concept alone, and the words that are left."""
    known: dict[str, None] = {}
    words = []
    for name in names:
        concepts = concepts_named(scheme, name)
        if len(concepts) == 1:
            known[concepts[0]] = None
        else:
            words.append(name)
    return tuple(known), tuple(words)
