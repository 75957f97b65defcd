"""A permission has to stand for every reading of what a message names.

"My sister lives in Japan, I'm posted to Fiji" names two places, and which of them counts is a judgement of
language, which can be wrong. Where the other reading would be ruled more strictly, the person is asked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from answers.dialogue.conversation import Fact, Facts
from answers.dialogue.plan import Entry
from guidelines.completion import Outcome, Question, Table, consider
from guidelines.rulebook import RuleBook
from guidelines.ruling import Ruling


def in_doubt(
    facts: Facts, permitted: Iterable[Entry], book: RuleBook, on: dt.date
) -> tuple[str, tuple[str, ...]] | None:
    """The dimension on which the message names something else that would be ruled more strictly, and the
    values that it may be about; None where what is permitted stands however the message is read.
    """
    rivalled = {dimension: fact for dimension, fact in facts.known.items() if fact.rivals}
    if not rivalled:
        return None
    for entry in permitted:
        if _stands(entry, rivalled, book, on):
            continue
        # It may take two other readings at once: then the first of them is asked about.
        alone = (d for d, fact in rivalled.items() if not _stands(entry, {d: fact}, book, on))
        dimension = next(alone, next(iter(rivalled)))
        fact = rivalled[dimension]
        return dimension, (*fact.values, *fact.rivals)
    return None


def _stands(entry: Entry, rivalled: dict[str, Fact], book: RuleBook, on: dt.date) -> bool:
    """Whether nothing stricter is said, whichever of the values that were named are meant."""
    enquiry = entry.enquiry
    for dimension, fact in rivalled.items():
        if held := enquiry[dimension]:
            enquiry = enquiry.with_detail(dimension, (*held, *fact.rivals))
    return _no_stricter(consider(book, enquiry, on), entry.ruling)


def _no_stricter(outcome: Outcome, given: Ruling) -> bool:
    if isinstance(outcome, Question) or given.effect is None:
        return False
    rulings = [one.ruling for one in (outcome.entries if isinstance(outcome, Table) else (outcome,))]
    return all(
        one.effect is not None
        and one.unclear is given.unclear
        and one.effect.strictness <= given.effect.strictness
        for one in rulings
    )
