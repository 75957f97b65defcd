"""Guidelines as plain dictionaries, lists and strings: what JSON and YAML files hold (SPEC sections 2 and 4).

Reading is strict: an unknown key or a value of the wrong kind is a problem with its place, never dropped
silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from guidelines.formats.errors import FormatError, near
from guidelines.formats.hosting import host_country_from_dict, hosting_to_dict, practice_from_dict
from guidelines.formats.reader import Reader, many, read_source
from guidelines.rules import Corpus, Effect, Guideline, Owner, Rule, Scope
from guidelines.vocabulary import DIMENSIONS, Concept, Vocabulary, VocabularyError

_CONCEPT_KEYS = ("id", "prefLabel", "altLabels", "broader", "group", "attributes")
_RULE_KEYS = (
    "id", "effect", "scope", "except", "conditions", "approver", "reason", "baseline", "binding", "overrides",
    "valid_from", "valid_until",
)  # fmt: skip
_GUIDELINE_KEYS = (
    "id", "title", "issuer", "owner", "version", "status", "issued", "review_by", "provenance", "sources",
    "notes", "rules",
)  # fmt: skip
_OWNER_KEYS = ("team", "contact")

# "issue date" is spelled in several ways by the people who write guidelines.
_ALIASES = {"issue_date": "issued", "date": "issued"}


def concept_from_dict(given: Any, place: str, problems: list[str]) -> Concept:
    """A concept from its plain form; what is wrong is added to `problems`."""
    read = Reader(given, place, _CONCEPT_KEYS, problems)
    concept = read.required("id")
    attributes = read.given.get("attributes") or {}
    if not isinstance(attributes, Mapping):
        read.wrong("attributes", "keys and values")
        attributes = {}
    return Concept(
        concept, read.text("prefLabel") or concept, read.texts("altLabels"), read.texts("broader"),
        read.flag("group"), {**attributes, **read.extra},
    )  # fmt: skip


def concept_to_dict(concept: Concept) -> dict[str, Any]:
    """The plain form of a concept; `group` and `attributes` only where they say something."""
    plain: dict[str, Any] = {
        "id": concept.id,
        "prefLabel": concept.pref_label,
        "altLabels": list(concept.alt_labels),
        "broader": list(concept.broader),
    }
    if concept.group:
        plain["group"] = True
    if concept.attributes:
        plain["attributes"] = dict(concept.attributes)
    return plain


def _scope(read: Reader, key: str) -> dict[str, tuple[str, ...]]:
    given = read.given.get(key)
    if given is None:
        return {}
    inner = Reader(given, f"{read.place}, {key}", DIMENSIONS, read.problems, closed=True)
    return {d: inner.texts(d) for d in DIMENSIONS if inner.given.get(d) is not None}


def rule_from_dict(given: Any, place: str, problems: list[str]) -> Rule:
    """A rule from its plain form; what is wrong is added to `problems`."""
    name = given.get("id") if isinstance(given, Mapping) else None
    read = Reader(given, f"{place}, rule `{name}`" if name else place, _RULE_KEYS, problems)
    effect = read.required("effect")
    if effect and effect not in list(Effect):
        choices = ", ".join(Effect)
        read.problems.append(
            f"{read.place}: `effect` is `{effect}`; use one of {choices}{near(effect, list(Effect))}"
        )
    rule = Rule(
        id=read.required("id"),
        effect=Effect(effect) if effect in list(Effect) else Effect.PROHIBITED,
        scope=Scope(_scope(read, "scope"), _scope(read, "except")),
        conditions=read.texts("conditions"),
        approver=_approver(read),
        reason=read.text("reason").strip(),
        baseline=read.flag("baseline"),
        binding=read.flag("binding"),
        overrides=read.texts("overrides"),
        valid_from=read.date("valid_from"),
        valid_until=read.date("valid_until"),
        extra=read.extra,
    )
    if rule.valid_from and rule.valid_until and rule.valid_until < rule.valid_from:
        problems.append(
            f"{read.place}: valid_until {rule.valid_until} is before valid_from {rule.valid_from}"
        )
    return rule


def _approver(read: Reader) -> str:
    """Who approves, and how to ask: a text, or a mapping whose values are joined in their order."""
    value = read.given.get("approver")
    if isinstance(value, Mapping):
        return "; ".join(str(part) for part in value.values() if part)
    return read.text("approver").strip()


def rule_to_dict(rule: Rule) -> dict[str, Any]:
    """The plain form of a rule, as in SPEC section 2."""
    return {
        "id": rule.id,
        "effect": rule.effect.value,
        "scope": {d: list(concepts) for d, concepts in rule.scope.include.items()},
        "except": {d: list(concepts) for d, concepts in rule.scope.exclude.items()},
        "conditions": list(rule.conditions),
        "approver": rule.approver or None,
        "reason": rule.reason,
        "baseline": rule.baseline,
        "binding": rule.binding,
        "overrides": list(rule.overrides),
        "valid_from": rule.valid_from.isoformat() if rule.valid_from else None,
        "valid_until": rule.valid_until.isoformat() if rule.valid_until else None,
        **rule.extra,
    }


def _owner(read: Reader) -> Owner | None:
    given = read.given.get("owner")
    if given is None:
        return None
    if isinstance(given, str):
        return Owner(given)
    inner = Reader(given, f"{read.place}, owner", _OWNER_KEYS, read.problems)
    return Owner(inner.text("team"), inner.text("contact"))


def _listed(read: Reader, key: str) -> list[Any]:
    given = read.given.get(key)
    if given is None:
        return []
    if not isinstance(given, list):
        read.wrong(key, "a list")
        return []
    return given


def guideline_from_dict(given: Any, place: str, problems: list[str]) -> Guideline:
    """A guideline from its plain form; what is wrong is added to `problems`."""
    if isinstance(given, Mapping):
        given = {_ALIASES.get(key, key): value for key, value in given.items()}
    name = given.get("id") if isinstance(given, Mapping) else None
    place = f"{place}, guideline `{name}`" if name else place
    read = Reader(given, place, _GUIDELINE_KEYS, problems)
    return Guideline(
        id=read.required("id"),
        title=read.text("title").strip(),
        issuer=read.text("issuer").strip(),
        owner=_owner(read),
        rules=tuple(
            rule_from_dict(r, f"{place}, rule {n}", problems)
            for n, r in enumerate(_listed(read, "rules"), start=1)
        ),
        version=read.text("version"),
        status=read.text("status"),
        issued=read.text("issued"),
        review_by=read.date("review_by"),
        provenance=read.text("provenance"),
        sources=tuple(
            read_source(s, f"{place}, source {n}", problems)
            for n, s in enumerate(_listed(read, "sources"), start=1)
        ),
        notes=read.text("notes").strip(),
        extra=read.extra,
    )


def guideline_to_dict(guideline: Guideline) -> dict[str, Any]:
    """The plain form of a guideline, as in SPEC section 4."""
    owner = guideline.owner
    return {
        "id": guideline.id,
        "title": guideline.title,
        "issuer": guideline.issuer,
        "owner": {"team": owner.team, "contact": owner.contact} if owner else None,
        "version": guideline.version,
        "status": guideline.status,
        "issued": guideline.issued,
        "review_by": guideline.review_by.isoformat() if guideline.review_by else None,
        "provenance": guideline.provenance,
        "sources": [
            {"title": s.title, "publisher": s.publisher, "url": s.url, "date": s.date}
            for s in guideline.sources
        ],
        "notes": guideline.notes,
        **guideline.extra,
        "rules": [rule_to_dict(rule) for rule in guideline.rules],
    }


def corpus_to_dict(corpus: Corpus, edition: int | None = None) -> dict[str, Any]:
    """A whole edition in its plain form: {"edition", "vocabulary", "guidelines"} (SPEC section 4)."""
    return {
        "edition": edition,
        "vocabulary": {
            scheme.name: [concept_to_dict(concept) for concept in scheme] for scheme in corpus.vocabulary
        },
        "guidelines": [guideline_to_dict(guideline) for guideline in corpus.guidelines],
        **hosting_to_dict(corpus.host_countries, corpus.practices),
    }


def corpus_from_dict(given: Mapping[str, Any], place: str = "file") -> Corpus:
    """The corpus from its plain form.

    Raises:
        FormatError: with a line for everything that is wrong.
    """
    problems: list[str] = []
    vocabulary = vocabulary_from_dict(given.get("vocabulary") or {}, place, problems)
    guidelines = many(given.get("guidelines"), guideline_from_dict, f"{place}, guideline", problems)
    hosts = many(given.get("host_countries"), host_country_from_dict, f"{place}, host country", problems)
    practices = many(given.get("practices"), practice_from_dict, f"{place}, practice", problems)
    if problems:
        raise FormatError(problems)
    try:
        return Corpus(Vocabulary(vocabulary), tuple(guidelines), tuple(hosts), tuple(practices))
    except VocabularyError as error:
        raise FormatError(f"{place}: {problem}" for problem in error.problems) from error


def vocabulary_from_dict(given: Any, place: str, problems: list[str]) -> dict[str, list[Concept]]:
    """Concepts by scheme from the plain form of a vocabulary; what is wrong is added to `problems`."""
    read = Reader(given, f"{place}, vocabulary", DIMENSIONS, problems, closed=True)
    return {
        d: many(read.given.get(d), concept_from_dict, f"{place}, vocabulary, {d}", problems)
        for d in DIMENSIONS
        if read.given.get(d) is not None
    }


def dumps(corpus: Corpus, edition: int | None = None) -> str:
    """A whole edition as JSON text, always the same text for the same content."""
    return json.dumps(corpus_to_dict(corpus, edition), ensure_ascii=False, indent=1)
