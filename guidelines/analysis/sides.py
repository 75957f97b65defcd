"""The laws of two rule sets in one space, each with the sides on which it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from guidelines.analysis.frame import Frame
from guidelines.analysis.space import Law, Lawyer, Space, Values, new_scopes, union
from guidelines.rules import Corpus, Effect
from guidelines.ruling import Ruling, decide
from guidelines.vocabulary import DIMENSIONS

OLD, NEW, BOTH = 1, 2, 3
_MOST_COMPARED = 1_000_000  # pairs of scopes


class Speech(NamedTuple):
    """What a ruling says when a law decides."""

    rule: str
    effect: Effect
    conditions: tuple[str, ...]
    approver: str
    overdue: bool

    @property
    def texts(self) -> frozenset[tuple[str, str]]:
        """The conditions and the approver that it adds to a ruling."""
        found = {("condition", text) for text in self.conditions}
        return frozenset(found | {("approver", self.approver)} if self.approver else found)


class Sides:
    """Two rule sets on a day.

    Args:
        old: the rules before.
        new: the rules after.
        shared: the values that both know, dimension by dimension.
        on: the day.

    Attributes:
        space: the laws of both; a rule that can have no other influence than before is one law on both sides.
        sides: by the number of a law, where it stands.
        speech: by the number of a law, what it says.
        frame: the cells of the laws that do not stand alike on both sides.
        touched: the apps (bits) that those are about.
    """

    def __init__(self, old: Corpus, new: Corpus, shared: Mapping[str, Sequence[str]], on: dt.date) -> None:
        self.on = on
        before, after, values, scopes = _laws(old, new, shared, on)
        self._orders: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.sides: list[int] = []
        self.speech: list[Speech] = []
        laws: list[Law] = []

        def add(law: Law, side: int, *orders: int | None) -> None:
            number = len(laws)
            for order, given in zip(self._orders, orders, strict=True):
                if given is not None:
                    order[number] = given
            laws.append(Law(number, law.guideline, law.rule, law.admits, law.days, law.scopes))
            self.sides.append(side)
            self.speech.append(self._speech(law))

        by_id = {law.rule.id: law for law in before}
        for law in after:
            twin = by_id.get(law.rule.id)
            if twin is not None and self._behaviour(twin) == self._behaviour(law):
                add(law, BOTH, twin.number, law.number)
                del by_id[law.rule.id]
            else:
                add(law, NEW, None, law.number)
        for law in before:
            if law.rule.id in by_id:
                add(law, OLD, law.number, None)
        self.space = Space(values, scopes, laws, [on])
        held = [law for law in laws if law.days and not law.empty]
        changed = [law for law in held if self.sides[law.number] != BOTH]
        known = [(1 << len(shared[dimension])) - 1 for dimension in DIMENSIONS]
        *places, self.touched = (
            union(law.admits[axis] for law in changed) & bits for axis, bits in enumerate(known)
        )
        roles, devices, countries = places
        self.frame = Frame(self.space, held, (roles, devices, countries))

    def _behaviour(self, law: Law) -> tuple[Any, ...]:
        """All of a law that a ruling can depend on, here or by displacing another."""
        rule = law.rule
        return (
            law.admits, law.days, rule.baseline, rule.binding, rule.overrides, law.guideline.id,
            law.guideline.issuer, self._speech(law),
        )  # fmt: skip

    def _speech(self, law: Law) -> Speech:
        rule = law.rule
        return Speech(rule.id, rule.effect, rule.conditions, rule.approver, law.guideline.overdue_on(self.on))

    def outcome(self, side: int, remaining: Sequence[Law]) -> Ruling:
        """The ruling where some laws remain, on one side: 0 for old and 1 for new."""
        order = self._orders[side]
        ordered = sorted(remaining, key=lambda law: order[law.number])
        return decide([(law.guideline, law.rule) for law in ordered], self.on)


def _laws(old: Corpus, new: Corpus, shared: Mapping[str, Sequence[str]], on: dt.date) -> tuple[Any, ...]:
    """Both sides' laws over common values.

    Where one side has values that the other lacks, a scope may be narrower than another only thanks to
    them. Then all values are kept; else the shared ones are enough, and a rule that merely admits a new app
    too counts as unchanged.
    """
    everything = {
        d: list(dict.fromkeys([*shared[d], *old.vocabulary[d].values, *new.vocabulary[d].values]))
        for d in DIMENSIONS
    }
    lists: Mapping[str, Sequence[str]] = everything
    if any(len(everything[d]) > len(shared[d]) for d in DIMENSIONS):
        full = [_lawyers(corpus, Values(everything), on) for corpus in (old, new)]
        masks = [(1 << len(shared[d])) - 1 for d in DIMENSIONS]
        if all(
            _order_kept({law.admits[i] for law in laws}, mask)
            for laws in full
            for i, mask in enumerate(masks)
        ):
            lists = shared
    values, scopes = Values(lists), new_scopes()
    before = Lawyer(old.vocabulary, values, scopes).laws(old, [on])
    after = Lawyer(new.vocabulary, values, scopes).laws(new, [on])
    return before, after, values, scopes


def _lawyers(corpus: Corpus, values: Values, on: dt.date) -> list[Law]:
    return Lawyer(corpus.vocabulary, values, new_scopes()).laws(corpus, [on])


def _order_kept(scopes: set[int], mask: int) -> bool:
    """Whether the same scopes are subsets of each other with and without the values outside of `mask`.

    Only a scope that has such values can be a subset of another without them and not with them. Where there
    are too many of them to compare, the answer is no, which is always safe.
    """
    reaching = [scope for scope in scopes if scope & ~mask]
    if len(reaching) * len(scopes) > _MOST_COMPARED:
        return False
    return all(bool(a & ~b) == bool(a & mask & ~b) for a in reaching for b in scopes)
