"""What was written differently between two editions: guideline by guideline, rule by rule, concept by
concept, fact by fact.

This is about the texts; what it means for rulings is `guidelines.analysis.diff`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal

from guidelines.hosting import HostCountry, Practice
from guidelines.rules import Corpus, Guideline, Rule
from guidelines.vocabulary import DIMENSIONS, Concept

Kind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is said otherwise."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A guideline, rule, concept, host country or travel practice that came, went or is said otherwise; `of`
    is the guideline, the dimension or the phase."""

    kind: Kind
    what: Literal["guideline", "rule", "concept", "host country", "practice"]
    id: str
    title: str
    of: str
    fields: tuple[Field, ...] = ()


def changes(before: Corpus, after: Corpus) -> list[Change]:
    """Everything that differs, guidelines first, in the order of the newer corpus."""
    return [
        *_guidelines(before, after),
        *_rules(before, after),
        *_concepts(before, after),
        *_host_countries(before, after),
        *_practices(before, after),
    ]


def _guidelines(before: Corpus, after: Corpus) -> Iterator[Change]:
    old = {guideline.id: guideline for guideline in before.guidelines}
    new = {guideline.id: guideline for guideline in after.guidelines}
    for name, guideline in new.items():
        if name not in old:
            yield Change("added", "guideline", name, guideline.title, "")
        elif differing := tuple(_fields(old[name], guideline, ("rules", "id"))):
            yield Change("changed", "guideline", name, guideline.title, "", differing)
    for name, guideline in old.items():
        if name not in new:
            yield Change("removed", "guideline", name, guideline.title, "")


def _rules(before: Corpus, after: Corpus) -> Iterator[Change]:
    old = {rule.id: (guideline, rule) for guideline, rule in before.rules()}
    new = {rule.id: (guideline, rule) for guideline, rule in after.rules()}
    for name, (guideline, rule) in new.items():
        if name not in old:
            yield Change("added", "rule", name, rule.reason, guideline.id)
            continue
        differing = list(_fields(old[name][1], rule, ("id",)))
        if old[name][0].id != guideline.id:
            differing.insert(0, Field("guideline", old[name][0].id, guideline.id))
        if differing:
            yield Change("changed", "rule", name, rule.reason, guideline.id, tuple(differing))
    for name, (guideline, rule) in old.items():
        if name not in new:
            yield Change("removed", "rule", name, rule.reason, guideline.id)


def _concepts(before: Corpus, after: Corpus) -> Iterator[Change]:
    for dimension in DIMENSIONS:
        old, new = before.vocabulary[dimension], after.vocabulary[dimension]
        for concept in new:
            if concept.id not in old:
                yield Change("added", "concept", concept.id, concept.pref_label, dimension)
            elif differing := tuple(_fields(old[concept.id], concept, ("id",))):
                yield Change("changed", "concept", concept.id, concept.pref_label, dimension, differing)
        for concept in old:
            if concept.id not in new:
                yield Change("removed", "concept", concept.id, concept.pref_label, dimension)


def _host_countries(before: Corpus, after: Corpus) -> Iterator[Change]:
    old = {host.country: host for host in before.host_countries}
    new = {host.country: host for host in after.host_countries}
    for code in dict.fromkeys((*new, *old)):
        scheme = (after if code in new else before).vocabulary["country"]
        title = scheme.label(code) if code in scheme else code
        if code not in old:
            yield Change("added", "host country", code, title, "")
        elif code not in new:
            yield Change("removed", "host country", code, title, "")
        elif differing := tuple(_fields(old[code], new[code], ("country",))):
            yield Change("changed", "host country", code, title, "", differing)


def _practices(before: Corpus, after: Corpus) -> Iterator[Change]:
    old = {practice.id: practice for practice in before.practices}
    new = {practice.id: practice for practice in after.practices}
    for name in dict.fromkeys((*new, *old)):
        one = new.get(name) or old[name]
        if name not in old:
            yield Change("added", "practice", name, one.text, one.phase)
        elif name not in new:
            yield Change("removed", "practice", name, one.text, one.phase)
        elif differing := tuple(_fields(old[name], one, ("id",))):
            yield Change("changed", "practice", name, one.text, one.phase, differing)


_Written = Guideline | Rule | Concept | HostCountry | Practice


def _fields(before: _Written, after: _Written, without: tuple[str, ...]) -> Iterator[Field]:
    if before is after:
        return
    for one in fields(after):
        if one.name in without:
            continue
        then, now = getattr(before, one.name), getattr(after, one.name)
        if then != now:
            yield Field(one.name.replace("_", " "), said(then), said(now))


def said(value: Any) -> str:
    """A value as one line of text."""
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "; ".join(f"{key}: {said(part)}" for key, part in value.items()) or "nothing"
    if isinstance(value, tuple | list):
        return ", ".join(said(part) for part in value) or "nothing"
    if hasattr(value, "__dataclass_fields__"):
        parts = {one.name: getattr(value, one.name) for one in fields(value)}
        return said({name: part for name, part in parts.items() if part})
    return str(value)
