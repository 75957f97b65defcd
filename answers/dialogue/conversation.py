"""What the assistant holds of one conversation. Plain values that go to and from a dictionary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from answers.dialogue.journey import Journey
from guidelines.enquiry import Enquiry
from guidelines.vocabulary import DIMENSIONS, Vocabulary

Known = Literal["said", "chosen", "fuzzy", "inferred", "profile"]
UNSURE = ("fuzzy", "inferred")
MOST_REMEMBERED = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """What is held on one dimension, and how it came to be known.

    `rivals` were named with it, and were taken for somebody else's or for beside the question.
    """

    values: tuple[str, ...]
    how: Known = "said"
    words: str = ""
    candidates: tuple[str, ...] = ()
    rivals: tuple[str, ...] = ()

    @property
    def unsure(self) -> bool:
        """Whether it was guessed from a slip or inferred, and the person has not confirmed it."""
        return self.how in UNSURE


@dataclass(frozen=True, slots=True)
class Stranger:
    """An app or place that the vocabulary lacks, in the person's words, with the ids of near names."""

    words: str
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shared:
    """A name that several concepts share and that the person must choose from; `beside` was named with it."""

    words: str
    candidates: tuple[str, ...]
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pending:
    """What the assistant asked last and is waiting for.

    `detail`: one of `options` of a dimension; `near`: whether one of `options` was meant by a name nobody
    knows; `confirm`: yes or no about what is held on the dimension; `offer`: yes or no to the enquiry as
    understood; `remark`: whether `options`, which were only remarked on, are asked about.
    """

    asks: Literal["detail", "near", "confirm", "offer", "remark"]
    dimension: str = ""
    options: tuple[str, ...] = ()
    complete: bool = False

    @property
    def offers(self) -> bool:
        """Whether it offers concepts to choose from."""
        return self.asks in ("detail", "near")


@dataclass(frozen=True, slots=True)
class Answered:
    """The ruling given last: what `why`, `conditions`, a dispute and so on are about."""

    details: Mapping[str, Any]
    effect: str | None
    unclear: str | None
    rules: tuple[str, ...]
    receipt: str | None = None
    case: str | None = None
    unknown_app: str | None = None
    unknown_place: str | None = None


@dataclass(frozen=True)
class Facts:
    """The details of the enquiry: what is known, what nobody knows, and what the person cannot or need not
    say.
    """

    known: Mapping[str, Fact] = field(default_factory=dict)
    unknown_apps: tuple[Stranger, ...] = ()
    unknown_place: Stranger | None = None
    shared: Mapping[str, Shared] = field(default_factory=dict)
    left_open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, dimension: str) -> tuple[str, ...]:
        """The concepts held on `dimension`; empty when none are."""
        fact = self.known.get(dimension)
        return fact.values if fact else ()

    def with_fact(self, dimension: str, fact: Fact | None) -> Facts:
        """The same with one detail set, or taken away by None; what was open or shared about it is closed."""
        known = {d: f for d, f in self.known.items() if d != dimension}
        if fact is not None and fact.values:
            known[dimension] = fact
        return replace(
            self,
            known=known,
            shared={d: s for d, s in self.shared.items() if d != dimension},
            left_open={d: o for d, o in self.left_open.items() if d != dimension},
            unknown_apps=() if dimension == "app" else self.unknown_apps,
            unknown_place=None if dimension == "country" else self.unknown_place,
        )

    @property
    def unsure(self) -> tuple[str, ...]:
        """The dimensions that were guessed and not confirmed, the app first."""
        return tuple(d for d in reversed(DIMENSIONS) if d in self.known and self.known[d].unsure)

    def enquiry(self) -> Enquiry:
        """What is asked, with the choices of a detail that the person could not say."""
        return Enquiry.of({d: self.get(d) or self.left_open.get(d, ()) for d in DIMENSIONS})

    def context(self) -> dict[str, Any]:
        """What is held, for the reply: never a default."""
        context = Enquiry.of({d: self.get(d) for d in DIMENSIONS}).as_dict()
        if self.unknown_apps:
            words = [stranger.words for stranger in self.unknown_apps]
            context["unknown_app"] = words[0] if len(words) == 1 else words
        if self.unknown_place:
            context["unknown_place"] = self.unknown_place.words
        return context


@dataclass(frozen=True)
class Conversation:
    """One conversation between turns.

    `named` and `beside` are what was named as a fact, and what was named and is none; `own` is the role of
    the person asking while it is asked for somebody else, `another` the last one told of somebody else.
    """

    facts: Facts = Facts()
    base: Facts | None = None
    supposed: tuple[str, ...] = ()
    profile: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    pending: Pending | None = None
    goal: str | None = None
    answered: Answered | None = None
    offered: tuple[str, tuple[str, ...]] = ("", ())
    named: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    beside: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    mentioned: tuple[str, ...] = ()
    journey: Journey = field(default_factory=Journey)
    on_behalf: bool = False
    own: Fact | None = None
    another: Fact | None = None
    misunderstood: int = 0
    turns: int = 0

    @property
    def waits(self) -> bool:
        """Whether a detail was asked for."""
        return self.pending is not None and self.pending.asks == "detail"

    @property
    def under_way(self) -> bool:
        """Whether there is an enquiry that a further detail can be about."""
        facts = self.facts
        return bool(facts.get("app") or facts.unknown_apps or facts.shared or self.goal)

    def holding(self, enquiry: Enquiry) -> Conversation:
        """The same with the details of an enquiry, as if they had been chosen from lists."""
        facts = self.facts
        for dimension in DIMENSIONS:
            if named := enquiry[dimension]:
                facts = facts.with_fact(dimension, Fact(named, "chosen"))
        return replace(self, facts=facts)

    @property
    def what_if(self) -> bool:
        """Whether the facts held are supposed, with the true ones kept aside."""
        return self.base is not None

    def back(self) -> Conversation:
        """The same conversation with the true facts again."""
        return (
            self
            if self.base is None
            else replace(self, facts=self.base, base=None, supposed=(), pending=None)
        )

    def remember(self, dimension: str, concepts: tuple[str, ...]) -> Conversation:
        """Keep what was named, latest last, for words such as "both" and "the other one"."""
        return replace(self, named=_latest_last(self.named, dimension, concepts))

    def put_beside(self, dimension: str, concepts: tuple[str, ...]) -> Conversation:
        """Keep what was named and is no fact, for "and the other one?" where no other was asked about."""
        return replace(self, beside=_latest_last(self.beside, dimension, concepts))

    def to_dict(self) -> dict[str, Any]:
        """As JSON likes it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Conversation:
        """The conversation that `to_dict` wrote; a new one from nothing."""
        if not data:
            return cls()
        pending, answered, base = data.get("pending"), data.get("answered"), data.get("base")
        offered = data.get("offered") or ("", ())
        return cls(
            facts=_facts(data["facts"]),
            base=_facts(base) if base else None,
            supposed=tuple(data.get("supposed", ())),
            profile=_tuples(data.get("profile", {})),
            pending=Pending(**{**pending, "options": tuple(pending["options"])}) if pending else None,
            goal=data.get("goal"),
            answered=Answered(**{**answered, "rules": tuple(answered["rules"])}) if answered else None,
            offered=(offered[0], tuple(offered[1])),
            named=_tuples(data.get("named", {})),
            beside=_tuples(data.get("beside", {})),
            mentioned=tuple(data.get("mentioned", ())),
            journey=Journey.from_dict(data.get("journey")),
            on_behalf=data.get("on_behalf", False),
            own=_fact(data["own"]) if data.get("own") else None,
            another=_fact(data["another"]) if data.get("another") else None,
            misunderstood=data.get("misunderstood", 0),
            turns=data.get("turns", 0),
        )

    def pruned(self, vocabulary: Vocabulary) -> Conversation:
        """Without what the vocabulary (of a newer edition, say) does not hold."""
        facts = _pruned(self.facts, vocabulary)
        pending = self.pending
        if pending and pending.dimension:
            scheme = vocabulary[pending.dimension]
            pending = replace(pending, options=tuple(o for o in pending.options if o in scheme))
        return replace(
            self,
            facts=facts,
            base=_pruned(self.base, vocabulary) if self.base else None,
            pending=pending,
            named=_known_of(self.named, vocabulary),
            beside=_known_of(self.beside, vocabulary),
            own=_pruned_role(self.own, vocabulary),
            another=_pruned_role(self.another, vocabulary),
            mentioned=tuple(c for c in self.mentioned if c in vocabulary["app"]),
            offered=(self.offered[0], tuple(c for c in self.offered[1] if c in vocabulary[self.offered[0]]))
            if self.offered[0]
            else ("", ()),
        )


def _latest_last(
    held: Mapping[str, tuple[str, ...]], dimension: str, concepts: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    earlier = tuple(c for c in held.get(dimension, ()) if c not in concepts)
    return {**held, dimension: (earlier + concepts)[-MOST_REMEMBERED:]}


def _known_of(held: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    return {d: tuple(c for c in concepts if c in vocabulary[d]) for d, concepts in held.items()}


def _pruned_role(fact: Fact | None, vocabulary: Vocabulary) -> Fact | None:
    return fact if fact and all(value in vocabulary["role"] for value in fact.values) else None


def _fact(data: Mapping[str, Any]) -> Fact:
    return Fact(
        tuple(data["values"]),
        data["how"],
        data.get("words", ""),
        tuple(data.get("candidates", ())),
        tuple(data.get("rivals", ())),
    )


def _pruned(facts: Facts, vocabulary: Vocabulary) -> Facts:
    known = {
        dimension: replace(
            fact, values=values, rivals=tuple(r for r in fact.rivals if r in vocabulary[dimension])
        )
        for dimension, fact in facts.known.items()
        if (values := tuple(v for v in fact.values if v in vocabulary[dimension]))
    }
    left_open = {
        dimension: kept
        for dimension, options in facts.left_open.items()
        if (kept := tuple(o for o in options if o in vocabulary[dimension]))
    }
    return replace(facts, known=known, left_open=left_open)


def _facts(data: Mapping[str, Any]) -> Facts:
    place = data.get("unknown_place")
    return Facts(
        known={d: _fact(f) for d, f in data["known"].items()},
        unknown_apps=tuple(Stranger(s["words"], tuple(s["near"])) for s in data.get("unknown_apps", ())),
        unknown_place=Stranger(place["words"], tuple(place["near"])) if place else None,
        shared={
            d: Shared(s["words"], tuple(s["candidates"]), tuple(s["beside"]))
            for d, s in data.get("shared", {}).items()
        },
        left_open=_tuples(data.get("left_open", {})),
    )


def _tuples(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in data.items()}
