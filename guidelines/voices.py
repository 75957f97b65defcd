"""What the rules of a book say together when they remain, from lists by number (`CompiledRule.number`).

It says the same as `guidelines.ruling.decide`, a few times faster: what is needed of all the rules is fetched
by one call.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import itemgetter
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
    """What each rule says, by number."""

    def __init__(self, rules: Sequence[CompiledRule]) -> None:
        share: dict[object, Any] = {}
        self._ids = [c.rule.id for c in rules]
        self._ranks = bytes([c.rank for c in rules])
        self._until = array("I", [_until(c) for c in rules]).__getitem__
        conditions = [share.setdefault(c.rule.conditions, c.rule.conditions) for c in rules]
        approvers = [share.setdefault(c.rule.approver, c.rule.approver) for c in rules]
        self._conditions, self._approver = conditions.__getitem__, approvers.__getitem__
        # By the strictest of the rules that speak, whether there can be conditions or approvers.
        self._adding = [
            any(c.rule.conditions or c.rule.approver for c in _speaking(rules, rank)) for rank in range(4)
        ]

    def say(self, remaining: list[int], day: int = 0) -> tuple[Ruling, int]:
        """What the remaining rules, given by their numbers, say together on a day (SPEC section 3, points 3
        and 4); and the last day on which none that decides is overdue for review. Days are ordinals. The
        list is put in order.
        """
        if len(remaining) > 1:
            remaining.sort()
            of_each = itemgetter(*remaining)
            ranks = of_each(self._ranks)
            rules = of_each(self._ids)
        elif remaining:
            ranks = (self._ranks[remaining[0]],)
            rules = (self._ids[remaining[0]],)
        else:
            return NO_GUIDANCE, NEVER
        speaking = remaining
        mark = None
        until = NEVER
        if 3 in ranks or 2 in ranks:
            top = 3 if 3 in ranks else 2
            clash = 0 in ranks or 1 in ranks
            if clash:
                mark = _CLASH
            if not clash or self._adding[top]:
                speaking = [number for number, rank in zip(remaining, ranks, strict=True) if rank == top]
            if not clash:
                rules = tuple(map(self._ids.__getitem__, speaking))
        else:
            top = 1 if 1 in ranks else 0
        if mark is None:
            until = min(map(self._until, speaking))
            if until < day:
                mark = _OVERDUE
        ruling = _new(Ruling)
        _set_effect(ruling, _EFFECTS[top])
        _set_unclear(ruling, mark)
        _set_rules(ruling, rules)
        if self._adding[top]:
            _set_conditions(ruling, tuple(dict.fromkeys(_joined(map(self._conditions, speaking)))))
            _set_approvers(ruling, tuple(dict.fromkeys(filter(None, map(self._approver, speaking)))))
        else:
            _set_conditions(ruling, ())
            _set_approvers(ruling, ())
        return ruling, until


def _until(compiled: CompiledRule) -> int:
    review = compiled.guideline.review_by
    return NEVER if review is None else review.toordinal()


def _speaking(rules: Sequence[CompiledRule], top: int) -> Iterator[CompiledRule]:
    """The rules that may speak in a ruling whose strictest rule has that rank."""
    permissive = _EFFECTS[top].permissive
    return (c for c in rules if (c.rank <= top if permissive else c.rank == top))
