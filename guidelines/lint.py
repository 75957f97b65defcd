"""What is wrong with guidance before it is published.

An *error* makes a ruling impossible to give or to trace, and blocks publishing. Everything else is a
*finding* that the approver sees and may accept.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from guidelines.rules import PROVENANCES, Corpus, Effect, Guideline, Rule, unknown_concepts
from guidelines.vocabulary import DIMENSIONS, Scheme, Vocabulary

SOON = dt.timedelta(days=90)
_MOST_CLASHES = 50


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: `code` names the kind, `where` the guideline or rule, `message` what to
    change. `also` are other rules that it is about.
    """

    code: str
    where: str
    message: str
    error: bool = False
    also: tuple[str, ...] = ()


def lint(corpus: Corpus, on: dt.date, *, whole_space: bool = True, thorough: bool = False) -> list[Finding]:
    """Everything found in a corpus, from a day on; errors first.

    The analysis over all enquiries (`whole_space`) finds no errors. It is bounded, and a finding says so when
    it was cut short; `thorough` lifts the bound.
    """
    found = [*blocking(corpus), *_dates(corpus, on), *_reasons(corpus), *_scopes(corpus), *_names(corpus)]
    found += _facts(corpus)
    return [*found, *_whole_space(corpus, on, thorough)] if whole_space else found


def blocking(corpus: Corpus) -> list[Finding]:
    """The errors alone, which takes a fraction of the time."""
    return [*_identifiers(corpus), *_guidelines(corpus), *_rules(corpus)]


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
                message = f"{kind} id `{name}` stands {count} times: give each {kind} an id of its own"
                yield Finding("duplicate-id", name, message, True)


def _guidelines(corpus: Corpus) -> Iterator[Finding]:
    for guideline in corpus.guidelines:
        if not guideline.owner or not guideline.owner.team.strip():
            yield _missing(guideline.id, "owner", "name the team that answers for it, and its contact")
        if not any(source.title.strip() or source.url.strip() for source in guideline.sources):
            yield _missing(guideline.id, "source", "name where it is written down")
        if guideline.provenance and guideline.provenance not in PROVENANCES:
            close = get_close_matches(guideline.provenance, PROVENANCES, n=1)
            hint = f": did you mean `{close[0]}`?" if close else f": use {' or '.join(PROVENANCES)}"
            message = (
                f"`{guideline.id}` has the provenance `{guideline.provenance}`, which says nothing{hint}"
            )
            yield Finding("unknown-provenance", guideline.id, message, True)


def _missing(where: str, what: str, advice: str) -> Finding:
    article = "an" if what[0] in "aeiou" else "a"
    return Finding(f"missing-{what}", where, f"`{where}` lacks {article} {what}: {advice}", True)


def _rules(corpus: Corpus) -> Iterator[Finding]:
    known = {guideline.id for guideline in corpus.guidelines} | {rule.id for _, rule in corpus.rules()}
    for _, rule in corpus.rules():
        yield from _concepts(corpus.vocabulary, rule)
        yield from _overrides(rule, known)
        if rule.effect is Effect.APPROVAL_REQUIRED and not rule.approver.strip():
            yield _missing(rule.id, "approver", "say who approves, and how to ask")
        if rule.effect is Effect.CONDITIONAL and not any(text.strip() for text in rule.conditions):
            yield _missing(rule.id, "condition", "say what must be done before it is allowed")


def _concepts(vocabulary: Vocabulary, rule: Rule) -> Iterator[Finding]:
    for dimension, concept in unknown_concepts(rule, vocabulary):
        if dimension not in DIMENSIONS:
            message = f"rule `{rule.id}` names `{dimension}`: use one of {', '.join(DIMENSIONS)}"
            yield Finding("unknown-dimension", rule.id, message, True)
            continue
        hint = meant(vocabulary[dimension], concept)
        message = f"rule `{rule.id}` names {dimension} `{concept}`, which is not in the vocabulary{hint}"
        yield Finding("unknown-concept", rule.id, message, True)


def meant(scheme: Scheme, concept: str) -> str:
    """A hint at the concept that was perhaps meant, by its id or by one of its names; empty when none is
    near.
    """
    named = {plain(label): known.id for known in scheme for label in known.labels}
    if plain(concept) in named:
        return f": did you mean `{named[plain(concept)]}`?"
    close = get_close_matches(concept, [known.id for known in scheme], n=1)
    return f": did you mean `{close[0]}`?" if close else ""


def _overrides(rule: Rule, known: set[str]) -> Iterator[Finding]:
    for name in rule.overrides:
        if name not in known:
            close = get_close_matches(name, sorted(known), n=1)
            hint = f": did you mean `{close[0]}`?" if close else ""
            message = f"rule `{rule.id}` overrides `{name}`, but no rule or guideline has that id{hint}"
            yield Finding("override-of-nothing", rule.id, message, True)


def _reasons(corpus: Corpus) -> Iterator[Finding]:
    for _, rule in corpus.rules():
        if not rule.reason.strip():
            message = f"rule `{rule.id}` gives staff no reason: say why in one plain sentence"
            yield Finding("missing-reason", rule.id, message)


def _dates(corpus: Corpus, on: dt.date) -> Iterator[Finding]:
    for guideline in corpus.guidelines:
        yield from _review(guideline, on)
        for rule in guideline.rules:
            until = rule.valid_until
            if until is not None and until < on:
                message = f"rule `{rule.id}` expired on {until}: renew it or take it out"
                yield Finding("expired", rule.id, message)
            elif until is not None and until <= on + SOON:
                message = f"rule `{rule.id}` expires on {until}: renew it, or say what holds after that"
                yield Finding("expires-soon", rule.id, message)


def _review(guideline: Guideline, on: dt.date) -> Iterator[Finding]:
    review = guideline.review_by
    if review is None:
        message = f"`{guideline.id}` has no date of review: set `review_by`"
        yield Finding("missing-review", guideline.id, message)
    elif guideline.overdue_on(on):
        message = (
            f"`{guideline.id}` was due for review on {review}: its answers are marked until it is reviewed"
        )
        yield Finding("review-overdue", guideline.id, message)
    elif review <= on + SOON:
        yield Finding("review-soon", guideline.id, f"`{guideline.id}` is due for review on {review}")


def _scopes(corpus: Corpus) -> Iterator[Finding]:
    for _, rule in corpus.rules():
        if unknown_concepts(rule, corpus.vocabulary):
            continue
        for dimension in DIMENSIONS:
            if not rule.scope.admitted(dimension, corpus.vocabulary):
                message = f"rule `{rule.id}` applies to no {dimension} at all: widen its {dimension} scope"
                yield Finding("empty-scope", rule.id, message)


def plain(name: str) -> str:
    """A name as people type it: without accents, capitals and marks."""
    spread = unicodedata.normalize("NFKD", name).casefold()
    return "".join(letter for letter in spread if letter.isalnum() or unicodedata.category(letter) == "So")


def _names(corpus: Corpus) -> Iterator[Finding]:
    for scheme in corpus.vocabulary:
        holders: dict[str, dict[str, str]] = {}
        for concept in scheme:
            for label in concept.labels:
                holders.setdefault(plain(label), {}).setdefault(concept.id, label)
        for shared, concepts in holders.items():
            # A group may be called as the one thing in it is.
            apart = [c for c in concepts if not any(scheme.covers(c, d) for d in concepts if d != c)]
            if shared and len(apart) > 1:
                names = " and ".join(f"`{concept}`" for concept in apart)
                together = "both" if len(apart) == 2 else "all"
                called = concepts[apart[0]]
                message = f"{scheme.name} {names} are {together} called `{called}`: staff will be asked which"
                yield Finding("shared-alias", apart[0], message)


def _facts(corpus: Corpus) -> Iterator[Finding]:
    """Facts about host countries and travel practices that no briefing shows, or that nobody can trace."""
    scheme = corpus.vocabulary["country"]
    for host in corpus.host_countries:
        if host.country not in scheme or not scheme.is_value(host.country):
            message = f"facts about `{host.country}`: no such country is known, so nobody sees them"
            yield Finding("unknown-country", host.country, message)
        if not (host.source.title.strip() or host.source.url.strip()):
            message = f"facts about `{host.country}` lack a source: name where they are written down"
            yield Finding("fact-without-source", host.country, message)
    for practice in corpus.practices:
        if not (practice.source.title.strip() or practice.source.url.strip()):
            message = f"practice `{practice.id}` lacks a source: name who recommends it"
            yield Finding("fact-without-source", practice.id, message)


def _whole_space(corpus: Corpus, on: dt.date, thorough: bool) -> Iterator[Finding]:
    # Only this needs more than the standard library, and what only answers does without it.
    from guidelines.analysis.faults import ENOUGH, find_faults

    if len({rule.id for _, rule in corpus.rules()}) < sum(1 for _ in corpus.rules()):
        return
    enough = None if thorough else ENOUGH
    found = find_faults(corpus, on, enough=enough, most_clashes=_MOST_CLASHES)
    for rule, by in found.never.items():
        because = f": {_listed(by)} always displaces it" if len(by) == 1 else ""
        because = because or (f": {_listed(by)} displace it" if by else "")
        yield Finding(
            "never-decides", rule, f"rule `{rule}` never decides{because}; take it out or narrow them"
        )
    for rule, instead in found.redundant.items():
        why = f", because {_listed(instead)} already says so" if instead else ""
        yield Finding("redundant", rule, f"rule `{rule}` could go without changing a ruling{why}")
    for clash in found.clashes:
        somebody = person(corpus.vocabulary, clash.example)
        message = (
            f"{_listed(clash.rules)} contradict each other for {_combinations(clash.count)}, say {somebody}"
        )
        later = f" from {clash.on}" if clash.on != on else ""
        advice = f"{message}{later}; let one override the other, or narrow one"
        yield Finding("clash", clash.rules[0], advice, also=clash.rules[1:])
    if found.clashing > _MOST_CLASHES:
        message = f"and {found.clashing - _MOST_CLASHES:,} further pairs of rules contradict each other"
        yield Finding("clash", "", message)
    if not found.complete:
        message = (
            f"the analysis was cut short: clashes were looked for and counted in {found.seen} of "
            f"{found.leaves} classes of apps, and rules that never decide or are redundant not at all: use "
            "`--thorough`"
        )
        yield Finding("analysis-cut-short", "", message)


def _listed(rules: Sequence[str]) -> str:
    return " and ".join(f"`{rule}`" for rule in rules)


def _combinations(count: int) -> str:
    return "1 combination" if count == 1 else f"{count:,} combinations"


def person(vocabulary: Vocabulary, example: Mapping[str, str]) -> str:
    """A made-up person in words: "a diplomat in China with a work phone asking about WeChat"."""
    role, device, country, app = (vocabulary[d].label(example[d]) for d in DIMENSIONS)
    return f"{_article(role)} {role} in {country} with {_article(device)} {device} asking about {app}"


def _article(noun: str) -> str:
    # Initials are spelled out when spoken: an MP, a UAE official.
    first = noun.split(" ", 1)[0]
    vowels = "AEFHILMNORSX" if first.isupper() else "aeioAEIO"
    return "an" if noun[:1] in vowels else "a"
