"""Past receipts against another rule book: which outcomes it changes, and what people really asked."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from guidelines.replay import Outcome, rule_again
from guidelines.rulebook import RuleBook
from guidelines.store import receipts

Asked = Counter[str]


@dataclass(frozen=True, slots=True)
class Recalled:
    """A receipt whose outcome another edition changes: what was said, and what would be said."""

    receipt: receipts.Receipt
    then: Outcome
    now: Outcome | None


def recalled(session: Session, book: RuleBook, on: dt.date) -> Iterator[Recalled]:
    """The receipts, the oldest first, whose outcome `book` changes when the same is asked on a day."""
    known: dict[str, Outcome | None] = {}
    for receipt in receipts.walk(session):
        key = _key(receipt.enquiry)
        if key not in known:
            known[key] = rule_again(book, receipt.enquiry, on)
        then = Outcome.of(receipt.outcome)
        if known[key] != then:
            yield Recalled(receipt, then, known[key])


def asked(session: Session) -> Asked:
    """How often each enquiry was asked: its details as JSON text, and a count."""
    return Counter(_key(receipt.enquiry) for receipt in receipts.walk(session))


@dataclass(frozen=True, slots=True)
class Flipped:
    """An enquiry that people asked, how often, and its outcomes by two rule books."""

    enquiry: dict[str, Any]
    count: int
    before: Outcome | None
    after: Outcome | None


def flips(questions: Asked, old: RuleBook, new: RuleBook, on: dt.date) -> list[Flipped]:
    """The questions that people really asked and that two rule books answer otherwise, the most asked
    first.
    """
    found = []
    for text, count in questions.most_common():
        enquiry = json.loads(text)
        before, after = rule_again(old, enquiry, on), rule_again(new, enquiry, on)
        if before != after:
            found.append(Flipped(enquiry, count, before, after))
    return found


def _key(enquiry: Any) -> str:
    return json.dumps(enquiry, ensure_ascii=False, sort_keys=True)
