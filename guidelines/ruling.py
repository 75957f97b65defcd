"""What a ruling says (SPEC section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from guidelines.rules import Effect, Guideline, Rule


class Unclear(StrEnum):
    """Why an answer is not a clear one; each such answer is logged as a case."""

    NO_GUIDANCE = "no-guidance"
    CONFLICTING_GUIDANCE = "conflicting-guidance"
    UNKNOWN_APP = "unknown-app"
    UNKNOWN_PLACE = "unknown-place"
    NOT_UNDERSTOOD = "not-understood"
    DISPUTED = "disputed"
    REVIEW_OVERDUE = "review-overdue"


@dataclass(frozen=True, slots=True)
class Ruling:
    """The outcome of one enquiry: the effect, why it is unclear if it is, and the rules that decided.

    `effect` is None when no rule says anything: nothing is permitted then, the advice is to hold off.
    """

    effect: Effect | None
    unclear: Unclear | None = None
    rules: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()

    @property
    def permits(self) -> bool:
        """Whether the person may go ahead: a permissive effect."""
        return self.effect is not None and self.effect.permissive


NO_GUIDANCE = Ruling(None, Unclear.NO_GUIDANCE)
_EFFECTS = tuple(Effect)


class Voice(NamedTuple):
    """What a rule says when it remains: all that a ruling is made of."""

    rank: int
    id: str
    review_by: dt.date | None
    conditions: tuple[str, ...]
    approver: str


def voice(guideline: Guideline, rule: Rule) -> Voice:
    """The voice of a rule."""
    return Voice(rule.effect.strictness, rule.id, guideline.review_by, rule.conditions, rule.approver)


def decide(remaining: Sequence[tuple[Guideline, Rule]], day: dt.date) -> Ruling:
    """What the rules that remain after displacement say together on a day (SPEC section 3, points 3, 4)."""
    ruling, until = settle([voice(guideline, rule) for guideline, rule in remaining])
    return ruling if day <= until else overdue(ruling)


def settle(remaining: Sequence[Voice]) -> tuple[Ruling, dt.date]:
    """What the remaining rules say together, and the last day on which none that decides is overdue."""
    if not remaining:
        return NO_GUIDANCE, dt.date.max
    ranks = [one[0] for one in remaining]
    top = max(ranks)
    strictest = _EFFECTS[top]
    clash = not strictest.permissive and _EFFECTS[min(ranks)].permissive
    speaking = remaining if strictest.permissive else [one for one in remaining if one[0] == top]
    until = dt.date.max
    if not clash:
        until = min([one[2] for one in speaking if one[2] is not None], default=until)
    ruling = Ruling(
        strictest,
        Unclear.CONFLICTING_GUIDANCE if clash else None,
        tuple([one[1] for one in (remaining if clash else speaking)]),
        _distinct([condition for one in speaking for condition in one[3]]),
        _distinct([one[4] for one in speaking if one[4]]),
    )
    return ruling, until


def overdue(ruling: Ruling) -> Ruling:
    """The same ruling, marked as resting on guidance that is overdue for review."""
    return Ruling(ruling.effect, Unclear.REVIEW_OVERDUE, ruling.rules, ruling.conditions, ruling.approvers)


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
