"""The compiled rule book: one edition, ready to answer, shared by threads and never changed.

How it is fast: a rule is a bit, and the rules that apply to an enquiry are the AND of a few prepared integers
(`guidelines.chapters`, `guidelines.contents`). Displacement does not depend on the enquiry and is kept as
integers too, so a question costs a few operations for each rule that remains. A small book remembers what a
set of rules says together (`guidelines.whole`). docs/adr/0006-compiled-rule-book.md tells why it is built
this way.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from guidelines.compiled import CompiledRule, Values, compile_rules, displaces
from guidelines.contents import Contents, is_small
from guidelines.enquiry import UnknownConcept
from guidelines.overrides import Overrides
from guidelines.rules import Corpus, Guideline, Rule
from guidelines.ruling import Ruling
from guidelines.voices import Voices
from guidelines.whole import Whole

__all__ = ["CompiledRule", "Displacement", "Explanation", "RuleBook", "displaces"]

_ONE_DAY = dt.timedelta(days=1)


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
        self._voices = Voices(self.compiled)
        overrides = Overrides(self.compiled)
        applying = [compiled for compiled in self.compiled if all(compiled.admits)]
        self._contents: Whole | Contents
        if is_small(applying):
            self._contents = Whole(applying, self._values, overrides, self._voices)
        else:
            self._contents = Contents(applying, self._values, overrides)

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
        day = on.toordinal()
        try:
            contents = self._contents
            if isinstance(contents, Whole):
                return contents.rule(role, device, country, app, day)
            return self._voices.say(contents.remaining(role, device, country, app, day), day)[0]
        except KeyError:
            self._refuse(role=role, device=device, country=country, app=app)
            raise

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
