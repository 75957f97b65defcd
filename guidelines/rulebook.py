"""The compiled rule book: one edition, ready to answer, shared by threads and never changed.

How it is fast: a rule is a bit, and the rules that apply to an enquiry are the AND of a few prepared integers
(`guidelines.chapters`, `guidelines.contents`). Displacement does not depend on the enquiry and is kept as
integers too, so a question costs a few operations for each rule that decides. What a set of remaining rules
says together is worked out once. docs/adr/0006-compiled-rule-book.md tells why it is built this way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from guidelines.compiled import CompiledRule, Values, compile_rules, displaces
from guidelines.contents import Reading, readings
from guidelines.enquiry import UnknownConcept
from guidelines.rules import Corpus, Guideline, Rule
from guidelines.ruling import Ruling, Voice, overdue, settle, voice

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


class _Verdict:
    """What a set of remaining rules says together, and from which day on it is overdue for review."""

    __slots__ = ("_later", "now", "until")

    def __init__(self, remaining: Sequence[Voice]) -> None:
        self.now, self.until = settle(remaining)
        self._later: Ruling | None = None

    def on(self, day: dt.date) -> Ruling:
        if day <= self.until:
            return self.now
        if self._later is None:
            self._later = overdue(self.now)
        return self._later


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
        self._readings = readings(self.compiled, self._values, self.vocabulary)
        self._voices = [voice(compiled.guideline, compiled.rule) for compiled in self.compiled]
        self._overridden = _overridden(self.compiled)
        self._known: dict[object, _Verdict] = {}
        self._verdicts: dict[tuple[int, ...], _Verdict] = {}
        chapters = {chapter for reading in self._readings.values() for chapter in reading.chapters}
        self._whole = chapters.pop() if len(chapters) == 1 else None
        key = len(self.compiled) // 7 if self._whole else 200
        self._most_known = _ROOM_FOR_ANSWERS // (key + 800)

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
            whole = self._whole
            if whole is None:
                return self._read(role, device, country, app, on)
            applicable = (
                whole.apps[app]
                & whole.countries[country]
                & whole.roles[role]
                & whole.devices[device]
                & whole.valid[on]
            )
            verdict = self._known.get(applicable)
            if verdict is None:
                verdict = self._remember(applicable, self._verdict(self._readings[app], [applicable]))
            return verdict.now if on <= verdict.until else verdict.on(on)
        except KeyError:
            self._refuse(role=role, device=device, country=country, app=app)
            raise

    def _read(self, role: str, device: str, country: str, app: str, on: dt.date) -> Ruling:
        key = (role, device, country, app, on)
        verdict = self._known.get(key)
        if verdict is None:
            reading = self._readings[app]
            applicable = reading.applicable(role, device, country, app, on)
            verdict = self._remember(key, self._verdict(reading, applicable))
        return verdict.now if on <= verdict.until else verdict.on(on)

    def _remember(self, key: object, verdict: _Verdict) -> _Verdict:
        if len(self._known) >= self._most_known:
            self._known = {}
        self._known[key] = verdict
        return verdict

    def _verdict(self, reading: Reading, applicable: Sequence[int]) -> _Verdict:
        numbers = reading.remaining(applicable)
        if self._overridden:
            for bits, chapter in zip(applicable, reading.chapters, strict=True):
                for overriding in chapter.at(bits & chapter.overriding):
                    dropped = self._overridden[overriding.number]
                    numbers = [number for number in numbers if number not in dropped]
        numbers.sort()
        if self._whole is None:
            return _Verdict([self._voices[number] for number in numbers])
        key = tuple(numbers)
        verdict = self._verdicts.get(key)
        if verdict is None:
            if len(self._verdicts) >= self._most_known:
                self._verdicts = {}
            verdict = self._verdicts[key] = _Verdict([self._voices[number] for number in numbers])
        return verdict

    def explain(self, role: str, device: str, country: str, app: str, on: dt.date) -> Explanation:
        """The ruling for a complete enquiry with every rule that applied and what displaced it.

        Raises:
            UnknownConcept: one of the four is not a value of its scheme.
        """
        ruling = self.rule(role, device, country, app, on)
        reading = self._readings[app]
        applicable = sorted(reading.rules(reading.applicable(role, device, country, app, on)), key=_number)
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


def _number(compiled: CompiledRule) -> int:
    return compiled.number


def _overridden(rules: Sequence[CompiledRule]) -> dict[int, frozenset[int]]:
    """For each rule that overrides others by name, the numbers of those; never its own."""
    named = {name for compiled in rules for name in compiled.rule.overrides}
    if not named:
        return {}
    meant: dict[str, set[int]] = {name: set() for name in named}
    for compiled in rules:
        for name in (compiled.rule.id, compiled.guideline.id):
            if name in meant:
                meant[name].add(compiled.number)
    return {
        compiled.number: frozenset().union(*(meant[name] for name in compiled.rule.overrides))
        - {compiled.number}
        for compiled in rules
        if compiled.rule.overrides
    }
