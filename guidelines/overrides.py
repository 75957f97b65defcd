"""Which rules override others by name."""

from __future__ import annotations

from collections.abc import Sequence

from guidelines.chapters import Chapter
from guidelines.compiled import CompiledRule


class Overrides:
    """For each rule that overrides others by name, by its number, the numbers of those; never its own."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        named = {name for compiled in rules for name in compiled.rule.overrides}
        meant: dict[str, set[int]] = {name: set() for name in named}
        for compiled in rules:
            for name in (compiled.rule.id, compiled.guideline.id):
                if name in meant:
                    meant[name].add(compiled.number)
        self._dropped = {
            compiled.number: frozenset().union(*(meant[name] for name in compiled.rule.overrides))
            - {compiled.number}
            for compiled in rules
            if compiled.rule.overrides
        }

    def without(self, chapter: Chapter, held: int, remaining: list[int]) -> list[int]:
        """The remaining rules, by their numbers, that none of these rules of a chapter overrides."""
        for rule in chapter.at(held & chapter.overriding):
            dropped = self._dropped[rule.number]
            if not dropped.isdisjoint(remaining):
                remaining = [number for number in remaining if number not in dropped]
        return remaining
