"""What the conversation asks of the room that makes briefings: a short one, and what changed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.orm import Session

from answers.dialogue.journey import Journey
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Brief:
    """A briefing as a reply shows it: its most telling lines, and where the whole of it is."""

    itinerary: str
    lines: tuple[str, ...]
    address: str
    path: str
    receipt: str
    cases: tuple[str, ...]
    again: str
    illustrative: bool


class Briefs(Protocol):
    """Makes briefings for conversations, in the transaction of their turn."""

    def short(
        self,
        session: Session,
        enquiry: Enquiry,
        journey: Journey,
        book: RuleBook,
        on: dt.date,
        *,
        channel: str,
        asker: str,
    ) -> Brief | None:
        """The briefing for what is held; None where that is no place to be briefed on."""
        ...

    def news(
        self,
        session: Session,
        book: RuleBook,
        on: dt.date,
        *,
        asker: str,
        may: Callable[[Sequence[str]], bool],
    ) -> tuple[str, ...]:
        """What the asker is still to be told about places they were briefed on; told from now on.

        Args:
            may: whether these countries may be named where the asker is told.
        """
        ...

    def forget(self, session: Session, asker: str) -> None:
        """Forget what the asker was briefed on."""
        ...
