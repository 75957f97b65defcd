"""What a ruling says (SPEC section 3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

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


def decide(remaining: Sequence[tuple[Guideline, Rule]], day: dt.date) -> Ruling:
    """What the rules that remain after displacement say together (SPEC section 3, points 3 and 4)."""
    if not remaining:
        return NO_GUIDANCE
    strictest = max((rule.effect for _, rule in remaining), key=lambda effect: effect.strictness)
    permissive = sum(rule.effect.permissive for _, rule in remaining)
    clash = 0 < permissive < len(remaining)
    if strictest.permissive or clash:
        deciding = list(remaining)
    else:
        deciding = [(guideline, rule) for guideline, rule in remaining if rule.effect is strictest]
    unclear = None
    if clash:
        unclear = Unclear.CONFLICTING_GUIDANCE
    elif any(guideline.overdue_on(day) for guideline, _ in deciding):
        unclear = Unclear.REVIEW_OVERDUE
    speaking = [rule for _, rule in deciding if rule.effect is strictest or strictest.permissive]
    return Ruling(
        effect=strictest,
        unclear=unclear,
        rules=tuple(rule.id for _, rule in deciding),
        conditions=_distinct(condition for rule in speaking for condition in rule.conditions),
        approvers=_distinct(rule.approver for rule in speaking if rule.approver),
    )


def _distinct(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
