"""What the rules of a book say together when they remain, from lists by code (`CompiledRule.code`).

It says the same as `guidelines.ruling.decide`, a few times faster: codes stand by strictness, so that the
strictest rules are the end of a list in order.
"""

from __future__ import annotations

import datetime as dt
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from itertools import chain
from typing import Any

from guidelines.compiled import CompiledRule
from guidelines.rules import Effect
from guidelines.ruling import NO_GUIDANCE, Ruling, Unclear

NEVER = dt.date.max.toordinal()
_EFFECTS = tuple(Effect)
_CLASH = Unclear.CONFLICTING_GUIDANCE
_OVERDUE = Unclear.REVIEW_OVERDUE
_joined = chain.from_iterable

# A frozen data class costs twice as much to make in the usual way.
_fields: Any = Ruling
_new = object.__new__
_set_effect = _fields.effect.__set__
_set_unclear = _fields.unclear.__set__
_set_rules = _fields.rules.__set__
_set_conditions = _fields.conditions.__set__
_set_approvers = _fields.approvers.__set__


class Voices:
    """What each rule says, by code."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        ordered = sorted(rules, key=lambda c: c.code)
        share: dict[object, Any] = {}
        self._ranks = bytes([c.rank for c in ordered])
        self._first = [bisect_left(self._ranks, rank) for rank in range(4)]
        self._number = array("I", [c.number for c in ordered]).__getitem__
        self._id = [c.rule.id for c in ordered].__getitem__
        self._until = array("I", [_until(c) for c in ordered]).__getitem__
        conditions = [share.setdefault(c.rule.conditions, c.rule.conditions) for c in ordered]
        approvers = [share.setdefault(c.rule.approver, c.rule.approver) for c in ordered]
        self._conditions, self._approver = conditions.__getitem__, approvers.__getitem__
        # By the strictest of the rules that speak, whether there can be conditions, approvers.
        self._conditional = [any(self._speaking(conditions, rank)) for rank in range(4)]
        self._approving = [any(self._speaking(approvers, rank)) for rank in range(4)]

    def _speaking(self, said: Sequence[object], top: int) -> Sequence[object]:
        """What is said by the rules that may speak in a ruling whose strictest rule has that rank."""
        return said[0 if _EFFECTS[top].permissive else self._first[top] : bisect_left(self._ranks, top + 1)]

    def say(self, remaining: list[int], day: int = 0) -> tuple[Ruling, int]:
        """What the remaining rules say together on a day (SPEC section 3, points 3 and 4), their codes in
        order; and the last day on which none that decides is overdue for review. Days are ordinals.
        """
        if not remaining:
            return NO_GUIDANCE, NEVER
        ranks = self._ranks
        low, top = ranks[remaining[0]], ranks[remaining[-1]]
        deciding = speaking = remaining
        mark = None
        if low < top:
            if _EFFECTS[top].permissive:
                deciding = speaking = sorted(remaining, key=self._number)
            else:
                speaking = remaining[bisect_left(remaining, self._first[top]) :]
                if _EFFECTS[low].permissive:
                    mark = _CLASH
                    deciding = sorted(remaining, key=self._number)
                else:
                    deciding = speaking
        until = NEVER
        if mark is None:
            until = min(map(self._until, speaking))
            if until < day:
                mark = _OVERDUE
        ruling = _new(Ruling)
        _set_effect(ruling, _EFFECTS[top])
        _set_unclear(ruling, mark)
        _set_rules(ruling, tuple(map(self._id, deciding)))
        conditions: tuple[str, ...] = ()
        if self._conditional[top]:
            conditions = tuple(dict.fromkeys(_joined(map(self._conditions, speaking))))
        _set_conditions(ruling, conditions)
        approvers: tuple[str, ...] = ()
        if self._approving[top]:
            approvers = tuple(dict.fromkeys(filter(None, map(self._approver, speaking))))
        _set_approvers(ruling, approvers)
        return ruling, until


def _until(compiled: CompiledRule) -> int:
    review = compiled.guideline.review_by
    return NEVER if review is None else review.toordinal()
