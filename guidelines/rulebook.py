"""The compiled rule book: one edition, ready to answer, shared by threads and never changed.

How it is fast: a rule is a bit, and the rules that apply to an enquiry are the AND of a few prepared integers
(`guidelines.chapters`, `guidelines.contents`). Displacement does not depend on the enquiry and is kept as
integers too, so a question costs a few operations for each rule that decides. What a set of remaining rules
says together is worked out once. docs/adr/0006-compiled-rule-book.md tells why it is built this way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guidelines.chapters import Chapter
from guidelines.compiled import CompiledRule, Values, compile_rules, displaces
from guidelines.contents import Contents
from guidelines.enquiry import UnknownConcept
from guidelines.rules import Corpus, Guideline, Rule
from guidelines.ruling import Ruling, overdue
from guidelines.vocabulary import DIMENSIONS
from guidelines.voices import Voices

__all__ = ["CompiledRule", "Displacement", "Explanation", "RuleBook", "displaces"]

_ONE_DAY = dt.timedelta(days=1)
_ROOM_FOR_ANSWERS = 1 << 24  # bytes, roughly, for the rulings a book remembers


@dataclass(frozen=True, slots=True)
class Displacement:
    """Why an applicable rule does not decide: `by` displaces `rule`; `why` is override, baseline, narrower
    or stricter.
    """

    rule: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a ruling came about: the rules that applied, the ones displaced and why, and the outcome."""

    applicable: tuple[str, ...]
    displaced: tuple[Displacement, ...]
    ruling: Ruling


_Tables = tuple[Chapter, dict[str, int], dict[str, int], dict[str, int], dict[str, int]]


class _Verdict:
    """What a set of rules says together: up to a day (an ordinal), and when a review is overdue."""

    __slots__ = ("_late", "now", "until")

    def __init__(self, now: Ruling, until: int) -> None:
        self.now, self.until = now, until
        self._late: Ruling | None = None

    def late(self) -> Ruling:
        if self._late is None:
            self._late = overdue(self.now)
        return self._late


class RuleBook:
    """One edition compiled for answering.

    Raises:
        VocabularyError: a rule names a concept that the vocabulary lacks, or two rules share an id.
    """

    def __init__(self, corpus: Corpus, edition: int | None = None) -> None:
        self.corpus = corpus
        self.edition = edition
        self.vocabulary = corpus.vocabulary
        self._values = Values(corpus.vocabulary)
        self.compiled: tuple[CompiledRule, ...] = compile_rules(corpus, self._values)
        self._contents = Contents(self.compiled, self._values)
        self._voices = Voices(self.compiled)
        whole = self._contents.whole
        self._tables = None if whole is None else _tables(whole, self._values)
        self._known: dict[int, _Verdict] = {}
        self._most_known = max(1000, _ROOM_FOR_ANSWERS // (len(self.compiled) // 7 + 800))

    def bit(self, dimension: str, value: str) -> int:
        """The bit that stands for a value in the integers of `CompiledRule.admits`. Raises KeyError."""
        return self._values.bits[dimension][value]

    def mask(self, dimension: str, values: Iterable[str]) -> int:
        """The bits of several values. Raises KeyError for what is no value."""
        return self._values.mask(dimension, frozenset(values))

    def rule(self, role: str, device: str, country: str, app: str, on: dt.date) -> Ruling:
        """The ruling for a complete enquiry on a day.

        Raises:
            UnknownConcept: one of the four is not a value of its scheme.
        """
        try:
            tables = self._tables
            if tables is None:
                contents = self._contents
                reading = contents.read(role, device, country, app, on)
                return self._voices.say(contents.remaining(reading), on.toordinal())[0]
            chapter, roles, devices, countries, apps = tables
            held = roles[role] & devices[device] & countries[country] & apps[app]
        except KeyError:
            self._refuse(role=role, device=device, country=country, app=app)
            raise
        day = on.toordinal()
        lately, valid = chapter.lately
        held &= valid if lately == day else chapter.on(day)
        verdict = self._known.get(held) or self._of_whole(chapter, held)
        return verdict.now if day <= verdict.until else verdict.late()

    def _of_whole(self, chapter: Chapter, applicable: int) -> _Verdict:
        """In a book of one chapter the rules that apply are one integer, and few different ones occur: what
        they say together is kept.
        """
        named = applicable & chapter.overriding
        overriding = [(chapter, named)] if named else []
        reading = [chapter], [applicable], [applicable & chapter.plain], overriding
        verdict = _Verdict(*self._voices.say(self._contents.remaining(reading)))
        if len(self._known) >= self._most_known:
            self._known = {}
        self._known[applicable] = verdict
        return verdict

    def explain(self, role: str, device: str, country: str, app: str, on: dt.date) -> Explanation:
        """The ruling for a complete enquiry with every rule that applied and what displaced it.

        Raises:
            UnknownConcept: one of the four is not a value of its scheme.
        """
        ruling = self.rule(role, device, country, app, on)
        applicable = self._contents.applying(role, device, country, app, on)
        displaced = tuple(
            Displacement(r.rule.id, s.rule.id, why)
            for r in applicable
            for s in applicable
            if (why := displaces(s, r))
        )
        return Explanation(tuple(compiled.rule.id for compiled in applicable), displaced, ruling)

    def find(self, rule_id: str) -> tuple[Guideline, Rule]:
        """The guideline and rule with that id. Raises KeyError."""
        return self.corpus.find(rule_id)

    def _refuse(self, **details: str) -> None:
        for dimension, value in details.items():
            if value not in self._values.bits[dimension]:
                raise UnknownConcept(dimension, value) from None

    @cached_property
    def breakpoints(self) -> tuple[dt.date, ...]:
        """The days on which some rule starts to hold or has stopped holding."""
        rules = [compiled.rule for compiled in self.compiled]
        days = {rule.valid_from for rule in rules if rule.valid_from is not None}
        ends = {rule.valid_until for rule in rules if rule.valid_until is not None}
        return tuple(sorted(days | {day + _ONE_DAY for day in ends if day < dt.date.max}))


def _tables(chapter: Chapter, values: Values) -> _Tables:
    """The tables of a chapter by the names of the values."""
    roles, devices, countries, apps = (
        dict(zip(values.names[dimension], table, strict=True))
        for dimension, table in zip(
            DIMENSIONS, (chapter.roles, chapter.devices, chapter.countries, chapter.apps), strict=True
        )
    )
    return chapter, roles, devices, countries, apps
