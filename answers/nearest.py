"""Details given by programs and on the command line: ids or labels, and the nearest ones to what is
neither.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz, process

from guidelines.enquiry import Enquiry
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

_MOST = 3
_ENOUGH = 60


class UnknownDetail(ValueError):
    """A detail that is in no vocabulary: which `dimension`, what was `given`, and the `nearest` ids."""

    def __init__(self, dimension: str, given: str, nearest: Sequence[str]) -> None:
        self.dimension, self.given, self.nearest = dimension, given, tuple(nearest)
        hint = f": did you mean {' or '.join(f'`{n}`' for n in nearest)}?" if nearest else ""
        empty = f"`{dimension}` is empty: leave it out, or give an id"
        super().__init__(f"no {dimension} `{given}`{hint}" if given.strip() else empty)


class TooMany(ValueError):
    """Details that name more combinations than can be ruled on at once."""

    def __init__(self, most: int) -> None:
        super().__init__(f"these details come to more than {most} rulings: name fewer at once")


def named(details: Mapping[str, str | Sequence[str] | None], vocabulary: Vocabulary) -> Enquiry:
    """The enquiry that ids or labels name.

    Raises:
        UnknownDetail: for the first that is in no vocabulary.
        ValueError: a key that is no dimension.
    """
    for key in details:
        if key not in DIMENSIONS:
            raise ValueError(f"`{key}` is no detail of an enquiry; use {', '.join(DIMENSIONS)}")
    return Enquiry.of(
        {
            dimension: [concept(vocabulary[dimension], item) for item in _several(details.get(dimension))]
            for dimension in DIMENSIONS
        }
    )


def concept(scheme: Scheme, given: str) -> str:
    """The id that an id or a label means. Raises UnknownDetail."""
    if given in scheme:
        return given
    wanted = given.strip().casefold()
    for found in scheme:
        if found.id.casefold() == wanted:
            return found.id
    for found in scheme:
        if wanted in (label.casefold() for label in found.labels):
            return found.id
    raise UnknownDetail(scheme.name, given, nearest(scheme, given))


def nearest(scheme: Scheme, given: str) -> list[str]:
    """The ids whose id or label is nearest to what was given, the best first (Levenshtein ratio,
    rapidfuzz).
    """
    names = [(name, c.id) for c in scheme if c.id != "any" for name in (c.id, *c.labels)]
    found = process.extract(
        given.casefold(),
        [name.casefold() for name, _ in names],
        scorer=fuzz.ratio,
        limit=12,
        score_cutoff=_ENOUGH,
    )
    return list(dict.fromkeys(names[at][1] for _, _, at in found))[:_MOST]


def _several(given: str | Sequence[str] | None) -> list[str]:
    if given is None:
        return []
    return [given] if isinstance(given, str) else list(given)
