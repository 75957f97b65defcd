"""What can be said of whose a role or an organisation is, and how the rules that say it are applied."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .model import ASSERTED, EXACT, INFERRED, NEGATED, OTHER
from .role_case import Case


@dataclass(frozen=True)
class Verdict:
    """What is said of a role; stance, how and the flags are those of an entity (`model.py`)."""

    stance: str
    how: str = EXACT
    employer: bool = False
    firm: bool = False
    guess: bool = False
    weak: bool = False
    third: bool = False
    spoken_of: bool = False
    of_boss: bool = False  # not the role that is named, but the one whose office it is


class Rule(NamedTuple):
    """A way of naming a role, and whose it is then. Without a verdict it is no role."""

    name: str
    applies: Callable[[Case], bool]
    verdict: Verdict | None


NO_ROLE = None
OF_THE_ASKER = Verdict(ASSERTED)
OF_WHOM_IT_IS_FOR = Verdict(ASSERTED, INFERRED)  # told without saying that one is it, or asked for somebody
OF_ANYBODY = Verdict(ASSERTED, third=True)  # the question is about it, and about no one in particular
OF_ANOTHER = Verdict(OTHER)
OF_SOME_OTHERS = Verdict(OTHER, spoken_of=True)  # theirs, unless it is asked about nobody else
DENIED = Verdict(NEGATED)
SAID_IN_SO_MANY_WORDS = Verdict(ASSERTED, firm=True)


def judge(rules: tuple[Rule, ...], case: Case) -> Verdict | None:
    """What the first rule that applies says."""
    for rule in rules:
        if rule.applies(case):
            return rule.verdict
    return NO_ROLE
