"""What is wrong with guidance before it is published.

An *error* makes a ruling impossible to give or to trace, and blocks publishing. Everything else is a
*finding* that the approver sees and may accept.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from guidelines.rules import Corpus, Effect, Rule
from guidelines.vocabulary import DIMENSIONS


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: `code` names the kind, `where` the guideline or rule, `message` what to
    change.
    """

    code: str
    where: str
    message: str
    error: bool = False


def lint(corpus: Corpus, on: dt.date) -> list[Finding]:
    """Everything found in a corpus on a day, errors first."""
    found = [*_identifiers(corpus), *_guidelines(corpus), *_rules(corpus)]
    return sorted(found, key=lambda finding: not finding.error)


def errors(findings: Iterable[Finding]) -> list[Finding]:
    """Those findings that block publishing."""
    return [finding for finding in findings if finding.error]


def _identifiers(corpus: Corpus) -> Iterator[Finding]:
    for kind, ids in (
        ("guideline", [guideline.id for guideline in corpus.guidelines]),
        ("rule", [rule.id for _, rule in corpus.rules()]),
    ):
        for name, count in Counter(ids).items():
            if count > 1:
                yield Finding(
                    "duplicate-id", name, f"{kind} id `{name}` stands {count} times; ids are unique", True
                )


def _guidelines(corpus: Corpus) -> Iterator[Finding]:
    for guideline in corpus.guidelines:
        if not guideline.owner or not guideline.owner.team.strip():
            yield _missing(guideline.id, "owner", "name the team that answers for it, and its contact")
        if not any(source.title.strip() or source.url.strip() for source in guideline.sources):
            yield _missing(guideline.id, "source", "name where it is written down")


def _missing(where: str, what: str, advice: str) -> Finding:
    return Finding(f"missing-{what}", where, f"`{where}` has no {what}: {advice}", True)


def _rules(corpus: Corpus) -> Iterator[Finding]:
    known = {guideline.id for guideline in corpus.guidelines} | {rule.id for _, rule in corpus.rules()}
    for _, rule in corpus.rules():
        yield from _scope(corpus, rule)
        yield from _overrides(rule, known)
        yield from _completeness(rule)


def _scope(corpus: Corpus, rule: Rule) -> Iterator[Finding]:
    for dimension, concept in rule.scope.named():
        if dimension not in DIMENSIONS:
            message = f"rule `{rule.id}` names `{dimension}`; use one of {', '.join(DIMENSIONS)}"
            yield Finding("unknown-dimension", rule.id, message, True)
        elif concept not in corpus.vocabulary[dimension]:
            close = get_close_matches(concept, [known.id for known in corpus.vocabulary[dimension]], n=1)
            hint = f"; did you mean `{close[0]}`?" if close else ""
            message = f"rule `{rule.id}` names {dimension} `{concept}`, which is not in the vocabulary{hint}"
            yield Finding("unknown-concept", rule.id, message, True)


def _overrides(rule: Rule, known: set[str]) -> Iterator[Finding]:
    for name in rule.overrides:
        if name not in known:
            message = f"rule `{rule.id}` overrides `{name}`, but no rule or guideline has that id"
            yield Finding("override-of-nothing", rule.id, message, True)


def _completeness(rule: Rule) -> Iterator[Finding]:
    if rule.effect is Effect.APPROVAL_REQUIRED and not rule.approver.strip():
        yield _missing(rule.id, "approver", "say who approves, and how to ask")
    if rule.effect is Effect.CONDITIONAL and not rule.conditions:
        yield _missing(rule.id, "condition", "a conditional rule says what must be done")
    if not rule.reason.strip():
        yield Finding("missing-reason", rule.id, f"rule `{rule.id}` gives staff no reason")
