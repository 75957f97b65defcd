"""The gazetteer written at publication: the names of every concept and place, reloaded when it changes."""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .lexicon import load
from .text import key, spaced_key

_AND = re.compile(r"\W+n\W+", re.IGNORECASE)  # "Touch 'n Go"
_PARENTHESES = re.compile(r"\s*\([^)]*\)")


def latin(name: str) -> bool:
    """Whether a name is written in Latin letters, so that it can be found by its tokens."""
    return all(ord(ch) < 0x250 or not ch.isalpha() for ch in name)


@dataclass
class Gazetteer:
    """Names looked up by key; one key may be shared by several concepts."""

    edition: int = 0
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    groups: dict[str, set[str]] = field(default_factory=dict)
    within: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    names: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    spellings: dict[str, dict[str, str]] = field(default_factory=dict)
    places: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    countries: set[str] = field(default_factory=set)
    other_scripts: dict[str, tuple[str, str]] = field(default_factory=dict)
    other_script_pattern: re.Pattern[str] | None = None

    def has(self, scheme: str, id: str) -> bool:
        """Whether the vocabulary knows this concept."""
        return id in self.labels.get(scheme, {})

    @classmethod
    def of(cls, data: dict[str, Any]) -> Gazetteer:
        """A gazetteer from its JSON form."""
        self = cls(edition=data.get("edition", 0))
        self.labels, self.groups = defaultdict(dict), defaultdict(set)
        self.within = defaultdict(dict)
        self.names, self.spellings = defaultdict(lambda: defaultdict(list)), defaultdict(dict)
        for concept in data["concepts"]:
            self._add_concept(concept)
        extra = load("apps")["nicknames"]
        for alias, id in extra.items():
            if self.has("app", id) and key(alias) not in self.names["app"]:
                self._add_name("app", id, str(alias))
        for place in data.get("places", ()):
            self._add_place(place["name"], place["country"], place["kind"])
        for country in data["concepts"]:
            if country["scheme"] == "country":
                for name in (country["label"], *country["aliases"]):
                    if len(name) > 2 or name.isupper():
                        self._add_place(name, country["id"], "group" if country["group"] else "country")
        if self.other_scripts:
            longest_first = sorted(self.other_scripts, key=len, reverse=True)
            self.other_script_pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
        return self

    def _add_concept(self, concept: dict[str, Any]) -> None:
        scheme, id, label = concept["scheme"], concept["id"], concept["label"]
        self.labels[scheme][id] = label
        self.within[scheme][id] = set(concept.get("within", ()))
        if concept["group"]:
            self.groups[scheme].add(id)
        names = [label, *concept["aliases"]]
        if "(" in label:
            names.append(_PARENTHESES.sub("", label))
        if label.casefold().endswith(".ai"):
            names.append(label[:-3])  # "Otter" for "Otter.ai"
        for name in names:
            self._add_name(scheme, id, str(name))
            if scheme == "app" and _AND.search(str(name)):
                self._add_name(scheme, id, _AND.sub(" and ", str(name)))

    def _add_name(self, scheme: str, id: str, name: str) -> None:
        if not latin(name):
            self.other_scripts.setdefault(name.casefold(), (scheme, id))
            return
        ids = self.names[scheme][key(name)]
        if key(name) and id not in ids:
            ids.append(id)
            self.spellings[scheme].setdefault(key(name), name)

    def _add_place(self, name: str, country: str, kind: str) -> None:
        if not latin(name):
            if len(name) > 1:
                self.other_scripts.setdefault(name.casefold(), ("country", country))
            return
        bearers = self.places.setdefault(spaced_key(name), [])
        if kind in ("country", "group"):
            bearers[:] = [(c, k) for c, k in bearers if k == kind]
        elif any(k in ("country", "group") for _, k in bearers):
            return
        if kind in ("country", "group"):
            self.countries.add(spaced_key(name))
        if all(c != country for c, _ in bearers):
            bearers.append((country, kind))


class GazetteerFile:
    """The gazetteer on disk. Asking for it costs one `stat`; a changed file is read again."""

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self._stamp: tuple[int, int] | None = None
        self._held = Gazetteer.of({"concepts": []})
        self.generation = 0

    def current(self) -> Gazetteer:
        """The gazetteer as it is on disk now; the last good one while the file is missing."""
        try:
            status = os.stat(self.path)
        except FileNotFoundError:
            return self._held
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            with open(self.path, encoding="utf-8") as file:
                self._held = Gazetteer.of(json.load(file))
            self._stamp = stamp
            self.generation += 1
        return self._held
