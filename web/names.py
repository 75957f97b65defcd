"""From what a person or program wrote to concepts, and what was nearly meant when nothing fits."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process, utils

from guidelines.vocabulary import ROOT, Scheme

_MOST_NEAR = 4
_NEAR_ENOUGH = 60


def named(scheme: Scheme, words: str) -> str | None:
    """The concept with that id or name, in any case; None when there is none or there are several."""
    if words in scheme:
        return words
    wanted = words.strip().casefold()
    found = {
        concept.id
        for concept in scheme
        if concept.id.casefold() == wanted or any(label.casefold() == wanted for label in concept.labels)
    }
    return found.pop() if len(found) == 1 else None


def nearest(scheme: Scheme, words: str) -> Sequence[str]:
    """The ids whose id or names look most like `words`, the best first; none when nothing does."""
    names: list[str] = []
    owners: list[str] = []
    for concept in scheme:
        if concept.id != ROOT:
            for name in (concept.id, *concept.labels):
                names.append(name)
                owners.append(concept.id)
    matches = process.extract(
        words, names, scorer=fuzz.WRatio, processor=utils.default_process, limit=20, score_cutoff=_NEAR_ENOUGH
    )
    return list(dict.fromkeys(owners[index] for _, _, index in matches))[:_MOST_NEAR]


def unknown_line(dimension: str, words: str, near: Sequence[str]) -> str:
    """One line that names what is unknown and what was perhaps meant."""
    hint = f": did you mean {', '.join(f'`{concept}`' for concept in near)}?" if near else ""
    return f"`{words[:80]}` is no {dimension} in the vocabulary{hint}"
