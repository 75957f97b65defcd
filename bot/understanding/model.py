"""What was understood of a message."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Span = tuple[int, int]
ASSERTED, NEGATED, OTHER, REPLACED = "asserted", "negated", "other", "replaced"
ASIDE = "aside"  # told beside the question
EXACT, FUZZY, INFERRED, AMBIGUOUS = "exact", "fuzzy", "inferred", "ambiguous"
DIMENSIONS = ("role", "device", "country", "app")


@dataclass
class Entity:
    """One thing named in a message; `start` and `end` are offsets of the text as typed."""

    entity: str
    value: str
    start: int
    end: int
    text: str
    how: str = EXACT
    stance: str = ASSERTED
    confidence: float = 1.0
    candidates: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    employer: bool = False  # a role told by the organisation alone
    firm: bool = False  # a role said of oneself in so many words
    own: bool = False  # a role told of oneself without its name ("I'm her adviser")
    guess: bool = False  # a role that stands alone, likely the asker's own
    weak: bool = False  # a role of which nothing tells whose it is
    spoken_of: bool = False  # a role or an organisation of whom it may be asked, where nobody else is told of
    third: bool = False  # a role that the question is about, said of no one in particular

    @property
    def dimension(self) -> str:
        """The dimension that the entity is about, also for unknown and ambiguous names."""
        if self.entity.endswith("_app"):
            return "app"
        if self.entity in ("unknown_place", "ambiguous_country"):
            return "country"
        return self.entity

    def inside(self, spans: Iterable[Span]) -> bool:
        """Whether one of the spans, pairs of offsets, holds it whole."""
        return any(start <= self.start and self.end <= end for start, end in spans)

    def overlaps(self, other: Entity) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def as_dict(self) -> dict[str, Any]:
        """The entity as Rasa hands it to the actions."""
        return {
            "entity": self.entity,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "confidence_entity": round(self.confidence, 3),
            "how": self.how,
            "stance": self.stance,
            "candidates": list(self.candidates),
            **self.extra,
        }


@dataclass
class Reading:
    """A message as understood."""

    text: str
    intent: str
    confidence: float
    entities: list[Entity]
    ranking: list[tuple[str, float]] = field(default_factory=list)
    masked: str = ""

    def values(self, dimension: str, stance: str = ASSERTED) -> list[str]:
        """The values of a dimension with a stance, in the order of the message."""
        found = [e.value for e in self.entities if e.entity == dimension and e.stance == stance]
        return list(dict.fromkeys(found))
