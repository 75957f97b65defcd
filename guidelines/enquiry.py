"""What is asked: up to four details, each a value, a broader concept, several of them, or missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from guidelines.vocabulary import DIMENSIONS, Vocabulary

Named = tuple[str, ...] | None


class UnknownConcept(ValueError):
    """An enquiry that names a concept the vocabulary lacks; it says which `dimension` and which `concept`."""

    def __init__(self, dimension: str, concept: str) -> None:
        self.dimension, self.concept = dimension, concept
        super().__init__(f"`{concept}` is no {dimension} in the vocabulary")


@dataclass(frozen=True, slots=True)
class Enquiry:
    """Concept ids for each dimension; None where the detail is missing."""

    role: Named = None
    device: Named = None
    country: Named = None
    app: Named = None

    @classmethod
    def of(cls, details: Mapping[str, str | Sequence[str] | None]) -> Enquiry:
        """An enquiry from a mapping of dimension to an id, several ids, or None.

        The root is a concept like any other: it asks about everything, and leaves nothing to be asked.
        """
        named: dict[str, Named] = {}
        for dimension in DIMENSIONS:
            given = details.get(dimension)
            ids = (given,) if isinstance(given, str) else tuple(given or ())
            named[dimension] = tuple(dict.fromkeys(ids)) or None
        return cls(**named)

    def __getitem__(self, dimension: str) -> Named:
        return getattr(self, dimension)

    def with_detail(self, dimension: str, concepts: Named) -> Enquiry:
        """The same enquiry with one detail set, or taken away by None."""
        return replace(self, **{dimension: concepts})

    @property
    def missing(self) -> tuple[str, ...]:
        """The dimensions about which nothing was said."""
        return tuple(dimension for dimension in DIMENSIONS if self[dimension] is None)

    def is_complete(self, vocabulary: Vocabulary) -> bool:
        """Whether every detail is one value."""
        return all(
            (named := self[dimension]) is not None
            and len(named) == 1
            and vocabulary[dimension].is_value(named[0])
            for dimension in DIMENSIONS
        )

    def check(self, vocabulary: Vocabulary) -> None:
        """Raise UnknownConcept for the first concept that the vocabulary lacks."""
        for dimension in DIMENSIONS:
            for concept in self[dimension] or ():
                if concept not in vocabulary[dimension]:
                    raise UnknownConcept(dimension, concept)

    def as_dict(self) -> dict[str, Any]:
        """The details as JSON likes them: an id, a list of ids, or None."""
        return {
            dimension: named[0] if named is not None and len(named) == 1 else list(named) if named else None
            for dimension in DIMENSIONS
            for named in (self[dimension],)
        }
