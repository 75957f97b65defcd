"""What a change to the guidelines would do: in words, in rulings, and in questions that were really asked."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from cases.flips import Flip, flips
from guidelines.analysis.diff import Difference, compare
from guidelines.changes import Change, changes
from guidelines.lint import Finding, lint
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus
from guidelines.vocabulary import VocabularyError
from web.console.frame import today


@dataclass(frozen=True)
class Effects:
    """What a corpus would change. `difference` is None while it cannot be compiled."""

    changes: list[Change]
    findings: list[Finding]
    difference: Difference | None
    flips: list[Flip]
    looked_at: int


def effects_of(session: Session, before: Corpus, after: Corpus, smallest: int) -> Effects:
    """What changes from one corpus to another; fewer than `smallest` questions name no role and no place."""
    on = today()
    written = changes(before, after)
    findings = lint(after, on)
    touched = {change.id for change in written}
    shown = [one for one in findings if one.error or not touched.isdisjoint((one.where, *one.also))]
    try:
        old, new = RuleBook(before), RuleBook(after)
    except VocabularyError:
        return Effects(written, shown, None, [], 0)
    flipped, looked_at = flips(session, old, new, on, smallest)
    return Effects(written, shown, compare(before, after, on), flipped, looked_at)
