"""Changes to a corpus, each giving a new one: a guideline, a rule, a name or a concept more, other or
fewer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from guidelines.hosting import HostCountry, Practice
from guidelines.rules import Corpus, Guideline, Rule
from guidelines.vocabulary import DIMENSIONS, Concept, Vocabulary


def guideline_of(corpus: Corpus, guideline_id: str) -> Guideline | None:
    """The guideline of that id, or None."""
    return next((guideline for guideline in corpus.guidelines if guideline.id == guideline_id), None)


def with_guideline(corpus: Corpus, guideline: Guideline) -> Corpus:
    """The corpus with a guideline in the place of the one of the same id, or at the end."""
    if guideline_of(corpus, guideline.id) is None:
        return replace(corpus, guidelines=(*corpus.guidelines, guideline))
    return replace(
        corpus, guidelines=tuple(guideline if g.id == guideline.id else g for g in corpus.guidelines)
    )


def without_guideline(corpus: Corpus, guideline_id: str) -> Corpus:
    """The corpus without a guideline."""
    return replace(corpus, guidelines=tuple(g for g in corpus.guidelines if g.id != guideline_id))


def with_rule(corpus: Corpus, guideline_id: str, rule: Rule, instead_of: str | None = None) -> Corpus:
    """The corpus with a rule in a guideline: in the place of another one, or at the end.

    Raises:
        KeyError: there is no such guideline.
    """
    guideline = guideline_of(corpus, guideline_id)
    if guideline is None:
        raise KeyError(guideline_id)
    wanted = instead_of or rule.id
    if any(held.id == wanted for held in guideline.rules):
        rules = tuple(rule if held.id == wanted else held for held in guideline.rules)
    else:
        rules = (*guideline.rules, rule)
    return with_guideline(corpus, replace(guideline, rules=rules))


def without_rule(corpus: Corpus, guideline_id: str, rule_id: str) -> Corpus:
    """The corpus without a rule of a guideline. Raises KeyError when there is no such guideline."""
    guideline = guideline_of(corpus, guideline_id)
    if guideline is None:
        raise KeyError(guideline_id)
    return with_guideline(
        corpus, replace(guideline, rules=tuple(r for r in guideline.rules if r.id != rule_id))
    )


def with_concept(corpus: Corpus, dimension: str, concept: Concept) -> Corpus:
    """The corpus with a concept in the place of the one of the same id, or at the end.

    Raises:
        VocabularyError: the vocabulary that results cannot be used.
    """
    schemes: dict[str, Iterable[Concept]] = {d: list(corpus.vocabulary[d]) for d in DIMENSIONS}
    held = list(schemes[dimension])
    if any(one.id == concept.id for one in held):
        schemes[dimension] = [concept if one.id == concept.id else one for one in held]
    else:
        schemes[dimension] = [*held, concept]
    return replace(corpus, vocabulary=Vocabulary(schemes))


def without_concept(corpus: Corpus, dimension: str, concept_id: str) -> Corpus:
    """The corpus without a concept.

    Raises:
        VocabularyError: another concept is narrower.
    """
    schemes: dict[str, Iterable[Concept]] = {d: list(corpus.vocabulary[d]) for d in DIMENSIONS}
    schemes[dimension] = [concept for concept in schemes[dimension] if concept.id != concept_id]
    return replace(corpus, vocabulary=Vocabulary(schemes))


def with_name(corpus: Corpus, dimension: str, concept_id: str, name: str) -> Corpus:
    """The corpus with another name for a concept. Raises KeyError when there is no such concept."""
    concept = corpus.vocabulary[dimension][concept_id]
    name = " ".join(name.split())
    if name.casefold() in {label.casefold() for label in concept.labels}:
        return corpus
    return with_concept(corpus, dimension, replace(concept, alt_labels=(*concept.alt_labels, name)))


def with_host_country(corpus: Corpus, host: HostCountry) -> Corpus:
    """The corpus with what is known of a country, in the place of what was, or at the end."""
    hosts = corpus.host_countries
    if all(held.country != host.country for held in hosts):
        return replace(corpus, host_countries=(*hosts, host))
    return replace(
        corpus, host_countries=tuple(host if held.country == host.country else held for held in hosts)
    )


def without_host_country(corpus: Corpus, country: str) -> Corpus:
    """The corpus with nothing known of a country."""
    return replace(corpus, host_countries=tuple(h for h in corpus.host_countries if h.country != country))


def with_practice(corpus: Corpus, practice: Practice) -> Corpus:
    """The corpus with a travel practice, in the place of the one of the same id, or at the end."""
    practices = corpus.practices
    if all(held.id != practice.id for held in practices):
        return replace(corpus, practices=(*practices, practice))
    return replace(corpus, practices=tuple(practice if p.id == practice.id else p for p in practices))


def without_practice(corpus: Corpus, practice_id: str) -> Corpus:
    """The corpus without a travel practice."""
    return replace(corpus, practices=tuple(p for p in corpus.practices if p.id != practice_id))


def slug(words: str, taken: Iterable[str] = ()) -> str:
    """An id made of words, different from those that are taken."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    base = "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "new"
    known = set(taken)
    if base not in known:
        return base
    number = next(n for n in range(2, len(known) + 3) if f"{base}-{n}" not in known)
    return f"{base}-{number}"
