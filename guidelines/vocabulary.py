"""The four dimensions of an enquiry as SKOS concept schemes.

A scheme is a directed acyclic graph of concepts joined by `broader`. `A` covers `B` when they are the same
concept or `A` is reached from `B` through `broader`. A *value* is a concept that nothing is narrower than
and that is not marked as a group; every other concept is a group. Terms: SKOS Simple Knowledge Organization
System Reference (W3C, 2009).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

DIMENSIONS = ("role", "device", "country", "app")
ROOT = "any"


class VocabularyError(ValueError):
    """A vocabulary that cannot be used; `problems` holds one line for each thing that is wrong."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a scheme: what people call it and which concepts are broader."""

    id: str
    pref_label: str
    alt_labels: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    group: bool = False
    attributes: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def labels(self) -> tuple[str, ...]:
        """Every name of the concept, the preferred one first."""
        return (self.pref_label, *self.alt_labels)


class Scheme:
    """One dimension: its concepts, and which of them cover which.

    Raises:
        VocabularyError: a concept id stands twice, `broader` names no concept, or the graph has a cycle.
    """

    def __init__(self, name: str, concepts: Iterable[Concept]) -> None:
        self.name = name
        listed = list(concepts)
        if not any(concept.id == ROOT for concept in listed):
            listed.insert(0, Concept(ROOT, f"any {name}"))
        problems = _duplicates(name, listed)
        self.concepts: Mapping[str, Concept] = MappingProxyType({concept.id: concept for concept in listed})
        self._broader = {c.id: self._parents(c) for c in self.concepts.values()}
        problems += [
            f"{name} `{concept}`: broader `{parent}` is no {name} in the vocabulary"
            for concept, parents in self._broader.items()
            for parent in parents
            if parent not in self.concepts
        ]
        if problems:
            raise VocabularyError(problems)
        self._narrower: dict[str, list[str]] = {concept: [] for concept in self.concepts}
        for concept, parents in self._broader.items():
            for parent in parents:
                self._narrower[parent].append(concept)
        self._ancestors = self._close_upwards()
        self.values: tuple[str, ...] = tuple(
            c.id for c in self.concepts.values() if not c.group and not self._narrower[c.id]
        )
        self._values_under: dict[str, frozenset[str]] = self._collect_values()

    @staticmethod
    def _parents(concept: Concept) -> tuple[str, ...]:
        if concept.id == ROOT:
            return ()
        return concept.broader or (ROOT,)

    def _close_upwards(self) -> dict[str, frozenset[str]]:
        """The concepts that cover each concept (itself included), in topological order (Kahn, 1962)."""
        waiting = {concept: len(parents) for concept, parents in self._broader.items()}
        ready = [concept for concept, count in waiting.items() if not count]
        ancestors: dict[str, frozenset[str]] = {}
        while ready:
            concept = ready.pop()
            ancestors[concept] = frozenset({concept}).union(*(ancestors[p] for p in self._broader[concept]))
            for child in self._narrower[concept]:
                waiting[child] -= 1
                if not waiting[child]:
                    ready.append(child)
        if len(ancestors) < len(self.concepts):
            circle = sorted(set(self.concepts) - set(ancestors))
            raise VocabularyError(
                [f"{self.name}: broader goes round in a circle among `{'`, `'.join(circle)}`"]
            )
        return ancestors

    def _collect_values(self) -> dict[str, frozenset[str]]:
        under: dict[str, set[str]] = {concept: set() for concept in self.concepts}
        for value in self.values:
            for ancestor in self._ancestors[value]:
                under[ancestor].add(value)
        return {concept: frozenset(values) for concept, values in under.items()}

    def __contains__(self, concept: object) -> bool:
        return concept in self.concepts

    def __getitem__(self, concept: str) -> Concept:
        return self.concepts[concept]

    def __iter__(self) -> Iterator[Concept]:
        return iter(self.concepts.values())

    def __len__(self) -> int:
        return len(self.concepts)

    def covers(self, broad: str, narrow: str) -> bool:
        """Whether `broad` covers `narrow`; both must be concepts of the scheme (else KeyError)."""
        return broad in self._ancestors[narrow]

    def ancestors(self, concept: str) -> frozenset[str]:
        """Every concept that covers `concept`, itself included."""
        return self._ancestors[concept]

    def broader(self, concept: str) -> tuple[str, ...]:
        """The concepts directly broader than `concept`; the root for one that names none."""
        return self._broader[concept]

    def narrower(self, concept: str) -> tuple[str, ...]:
        """The concepts directly narrower than `concept`, in the order of the vocabulary."""
        return tuple(self._narrower[concept])

    def is_value(self, concept: str) -> bool:
        """Whether `concept` is a value: nothing is narrower, and it is no group."""
        return self._values_under[concept] == frozenset({concept})

    def values_under(self, *concepts: str) -> frozenset[str]:
        """The values that any of `concepts` covers. Raises KeyError for an unknown concept."""
        if len(concepts) == 1:
            return self._values_under[concepts[0]]
        return frozenset().union(*(self._values_under[concept] for concept in concepts))

    def label(self, concept: str) -> str:
        """What people call `concept`; the id itself where the scheme does not hold it."""
        found = self.concepts.get(concept)
        return found.pref_label if found else concept


class Vocabulary:
    """The four schemes together. Missing ones hold only the root.

    Raises:
        VocabularyError: with the problems of all schemes.
    """

    def __init__(self, schemes: Mapping[str, Iterable[Concept]]) -> None:
        problems: list[str] = [
            f"`{name}` is no dimension; use one of {', '.join(DIMENSIONS)}"
            for name in schemes
            if name not in DIMENSIONS
        ]
        built: dict[str, Scheme] = {}
        for name in DIMENSIONS:
            try:
                built[name] = Scheme(name, schemes.get(name, ()))
            except VocabularyError as error:
                problems += error.problems
        if problems:
            raise VocabularyError(problems)
        self._schemes = MappingProxyType(built)

    def __getitem__(self, dimension: str) -> Scheme:
        return self._schemes[dimension]

    def __iter__(self) -> Iterator[Scheme]:
        return iter(self._schemes.values())


def _duplicates(name: str, concepts: list[Concept]) -> list[str]:
    seen: set[str] = set()
    problems = []
    for concept in concepts:
        if concept.id in seen:
            problems.append(f"{name} `{concept.id}` stands twice in the vocabulary")
        seen.add(concept.id)
    return problems
