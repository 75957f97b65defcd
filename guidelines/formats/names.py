"""Words of imported guidelines that nothing is called: concepts, and kinds of provenance."""

from __future__ import annotations

from collections.abc import Iterator

from guidelines.formats.errors import FormatError, near
from guidelines.formats.packs import Content
from guidelines.formats.places import with_lines
from guidelines.lint import meant
from guidelines.rules import PROVENANCES, Corpus, Guideline
from guidelines.vocabulary import DIMENSIONS, ROOT, Vocabulary


def check_names(content: Content, vocabulary: Vocabulary) -> None:
    """Check that the guidelines name what there is, in the vocabulary that they are laid over.

    Raises:
        FormatError: a line for each word that nothing is called, with its place and the nearest right one.
    """
    problems: list[str] = []
    for guideline in content.guidelines:
        path, place = content.origins.get(guideline.id, (None, f"guideline `{guideline.id}`"))
        wrong = list(_unknown(guideline, vocabulary, place))
        problems += with_lines(wrong, path, place.partition(", ")[0]) if wrong and path else wrong
    if problems:
        raise FormatError(problems)


def check_broader(content: Content, base: Corpus | None) -> None:
    """Check that what the concepts name as broader is there, in the content or in what it is laid over.

    Raises:
        FormatError: a line for each word that nothing is called, with its place and the nearest right one.
    """
    problems: list[str] = []
    for dimension, listed in content.concepts.items():
        known = {ROOT, *(c.id for c in listed), *(c.id for c in (base.vocabulary[dimension] if base else ()))}
        for concept in listed:
            path, place = content.origins.get((dimension, concept.id), (None, f"vocabulary, {dimension}"))
            wrong = [
                f"{place}, broader: no {dimension} is called `{parent}`{near(parent, known)}"
                for parent in concept.broader
                if parent not in known
            ]
            problems += with_lines(wrong, path, place.partition(", ")[0]) if wrong and path else wrong
    if problems:
        raise FormatError(problems)


def _unknown(guideline: Guideline, vocabulary: Vocabulary, place: str) -> Iterator[str]:
    word = guideline.provenance
    if word and word not in PROVENANCES:
        choices = " or ".join(PROVENANCES)
        yield f"{place}: `provenance` is `{word}`; use {choices}{near(word, PROVENANCES)}"
    for number, rule in enumerate(guideline.rules, start=1):
        for part, named in (("scope", rule.scope.include), ("except", rule.scope.exclude)):
            for dimension in DIMENSIONS:
                scheme = vocabulary[dimension]
                for concept in named.get(dimension, ()):
                    if concept not in scheme:
                        where = f"{place}, rule {number}, rule `{rule.id}`, {part}, {dimension}"
                        yield f"{where}: no {dimension} is called `{concept}`{meant(scheme, concept)}"
