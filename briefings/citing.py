"""The numbered sources of a briefing."""

from __future__ import annotations

from collections.abc import Iterable

from answers.wording import day
from briefings.model import Cited
from guidelines.rules import Guideline, Source


class Sources:
    """Sources in the order in which they are first cited, each with one number."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, str, str, str], int] = {}
        self._cited: list[Cited] = []

    def ref(self, source: Source, *, illustrative: bool = False, fallback: str = "") -> int | None:
        """The number of a source; None when it says nothing."""
        title = source.title or source.url or fallback
        if not title:
            return None
        key = (title, source.publisher, source.date, source.url)
        if key not in self._numbers:
            self._numbers[key] = len(self._cited) + 1
            date = day(source.date) if source.date else "undated"
            self._cited.append(
                Cited(self._numbers[key], title, source.publisher, date, source.url, illustrative)
            )
        return self._numbers[key]

    def refs(self, guidelines: Iterable[Guideline]) -> tuple[int, ...]:
        """The numbers of the sources of guidelines; the guideline itself stands for one without any."""
        found: dict[int, None] = {}
        for guideline in guidelines:
            illustrative = guideline.provenance == "illustrative"
            own = guideline.sources or (Source(guideline.title, guideline.issuer, "", guideline.issued),)
            for source in own:
                number = self.ref(source, illustrative=illustrative)
                if number:
                    found[number] = None
        return tuple(found)

    def listed(self) -> tuple[Cited, ...]:
        """All of them by number."""
        return tuple(self._cited)
