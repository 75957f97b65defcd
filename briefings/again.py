"""The day after which a briefing should be asked for again, and why then."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from answers.reply import deciding
from briefings.itinerary import Posting
from briefings.verdicts import Sheet
from guidelines.rulebook import RuleBook


def ask_again(
    book: RuleBook, posting: Posting, sheets: Iterable[Sheet], today: dt.date, days: int
) -> tuple[dt.date, str]:
    """The earliest of: a guideline behind it is due for review, a rule starts or stops to hold, `days` have
    passed."""
    limit = today + dt.timedelta(days=days)
    found = [(limit, f"because it is then {days} days old")]
    rulings = {r: None for sheet in sheets for held in sheet for r in held.there.rulings}
    guidelines = {g.id: g for ruling in rulings for g, _ in deciding(book, ruling.rules)}
    for guideline in guidelines.values():
        if guideline.review_by and today <= guideline.review_by < limit:
            found.append((guideline.review_by, f"because “{guideline.title}” is due for review then"))
    last = posting.returns or limit
    for change in book.breakpoints:
        if today < change <= min(limit, last):
            found.append((change - dt.timedelta(days=1), "because some rule starts or stops to hold then"))
    return min(found, key=lambda one: one[0])
