"""What the understanding heard in one message, as typed values (docs/understanding.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from guidelines.vocabulary import DIMENSIONS

How = Literal["exact", "fuzzy", "inferred", "ambiguous"]
Stance = Literal["asserted", "negated", "other", "replaced", "aside"]

_HOWS: Mapping[str, How] = {how: how for how in get_args(How)}
_STANCES: Mapping[str, Stance] = {stance: stance for stance in get_args(Stance)}

UNKNOWN = {"unknown_app": "app", "unknown_place": "country"}
AMBIGUOUS = {"ambiguous_app": "app", "ambiguous_country": "country"}


@dataclass(frozen=True, slots=True)
class Detail:
    """One concept that was named: its dimension, its id, the words, and how sure that is."""

    dimension: str
    concept: str
    words: str = ""
    how: How = "exact"
    stance: Stance = "asserted"
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """An app or a place that the vocabulary does not hold, in the person's words, and the names near it."""

    dimension: str
    words: str
    near: tuple[str, ...] = ()
    stance: Stance = "asserted"


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A name that several concepts share."""

    dimension: str
    words: str
    candidates: tuple[str, ...]
    stance: Stance = "asserted"


@dataclass(frozen=True, slots=True)
class Reference:
    """A word that points back: there, it, that_one, both, either, all, first, second, last, other."""

    word: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Heard:
    """One message: what is wanted, and what was named."""

    intent: str
    confidence: float = 1.0
    text: str = ""
    details: tuple[Detail, ...] = ()
    unknown: tuple[Unknown, ...] = ()
    ambiguous: tuple[Ambiguous, ...] = ()
    references: tuple[Reference, ...] = ()
    cues: Mapping[str, str | None] = field(default_factory=dict)
    language: str | None = None

    @classmethod
    def from_message(cls, message: Mapping[str, Any]) -> Heard:
        """From Rasa's `tracker.latest_message`, or from any mapping of the same shape."""
        intent = message.get("intent") or {}
        sorted_entities = sorted(message.get("entities") or (), key=lambda e: e.get("start") or 0)
        return cls(
            intent=intent.get("name") or "nlu_fallback",
            confidence=float(intent.get("confidence") or 0.0),
            text=message.get("text") or "",
            **_sorted_out(sorted_entities),
        )

    @classmethod
    def inform(cls, details: Mapping[str, str | Iterable[str]], intent: str = "inform") -> Heard:
        """As if a button had been pressed: `/inform{"device": "work-phone"}`."""
        entities = [
            {"entity": dimension, "value": value}
            for dimension, values in details.items()
            for value in ([values] if isinstance(values, str) else values)
        ]
        return cls(intent=intent, text=f"/{intent}", **_sorted_out(entities))

    @property
    def pressed(self) -> bool:
        """Whether a button was pressed, so that nothing had to be understood."""
        return self.text.startswith("/")

    def asserted(self, dimension: str) -> tuple[Detail, ...]:
        """What was named as a fact of the enquiry, in the order of naming."""
        return tuple(d for d in self.details if d.dimension == dimension and d.stance == "asserted")

    def withdrawn(self, dimension: str) -> tuple[str, ...]:
        """The concepts that were said not to be so (negated, or replaced by a correction)."""
        return tuple(
            d.concept
            for d in self.details
            if d.dimension == dimension and d.stance in ("negated", "replaced")
        )

    def rivals(self, dimension: str) -> tuple[str, ...]:
        """The concepts that were named as somebody else's or beside the question: had that been misread, it
        would be about them.
        """
        facts = {d.concept for d in self.asserted(dimension)}
        named = (d for d in self.details if d.dimension == dimension and d.stance in ("other", "aside"))
        return tuple(dict.fromkeys(d.concept for d in named if d.concept not in facts))

    def without(self, dimension: str) -> Heard:
        """The same message as if it had named nothing on `dimension`."""
        return replace(
            self,
            details=tuple(d for d in self.details if d.dimension != dimension),
            unknown=tuple(u for u in self.unknown if u.dimension != dimension),
            ambiguous=tuple(a for a in self.ambiguous if a.dimension != dimension),
        )

    def names(self, dimension: str) -> bool:
        """Whether anything was named as a fact on `dimension`, known or not."""
        return bool(
            self.asserted(dimension)
            or any(u.dimension == dimension and u.stance == "asserted" for u in self.unknown)
            or any(a.dimension == dimension and a.stance == "asserted" for a in self.ambiguous)
        )

    def mentions(self, dimension: str) -> bool:
        """Whether anything is named on `dimension` as more than an aside, also as no fact of the enquiry."""
        named = [one.dimension for one in self.details if one.stance != "aside"]
        named += [one.dimension for one in self.unknown]
        named += [one.dimension for one in self.ambiguous]
        return dimension in named

    @property
    def names_anything(self) -> bool:
        """Whether any detail was named as a fact."""
        return any(self.names(dimension) for dimension in DIMENSIONS)


def _sorted_out(entities: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    details: list[Detail] = []
    unknown: list[Unknown] = []
    ambiguous: list[Ambiguous] = []
    references: list[Reference] = []
    cues: dict[str, str | None] = {}
    language = None
    for entity in entities:
        name = entity.get("entity")
        stance = _stance(entity.get("stance"))
        near = tuple(entity.get("candidates") or ())
        for value in _values(entity.get("value")):
            words = str(entity.get("text") or value)
            if name in DIMENSIONS:
                details.append(Detail(name, value, words, _how(entity.get("how")), stance, near))
            elif name in UNKNOWN:
                unknown.append(Unknown(UNKNOWN[name], value, near, stance))
            elif name in AMBIGUOUS:
                ambiguous.append(Ambiguous(AMBIGUOUS[name], value, near, stance))
            elif name == "reference":
                references.append(Reference(value, entity.get("of")))
            elif name == "cue":
                cues[value] = entity.get("of")
                language = entity.get("language") or language
    return {
        "details": tuple(dict.fromkeys(details)),
        "unknown": tuple(dict.fromkeys(unknown)),
        "ambiguous": tuple(ambiguous),
        "references": tuple(references),
        "cues": cues,
        "language": language,
    }


def _how(given: str | None) -> How:
    """What is not known for certain to be exact has to be confirmed."""
    return _HOWS.get(given or "exact", "inferred")


def _stance(given: str | None) -> Stance:
    """What is not known for certain to be a fact is none."""
    return _STANCES.get(given or "asserted", "other")


def _values(value: Any) -> list[str]:
    if value is None:
        return []
    return [str(item) for item in value] if isinstance(value, list | tuple) else [str(value)]
