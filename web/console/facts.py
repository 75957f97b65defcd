"""Facts behind briefings, edited in the draft like guidelines: host countries and travel practices."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from guidelines import editing
from guidelines.hosting import PHASES, RISKS, HostCountry, Practice
from guidelines.rules import Corpus
from guidelines.vocabulary import ROOT
from web.access import Who
from web.console import factform
from web.console.frame import onwards, person_of, show
from web.console.ruleform import Errors
from web.console.saving import both, save
from web.faults import Refusal
from web.signin.guard import form_of

_CHANGED = "Somebody changed this meanwhile: compare, then save again"
PHASE_NAMES = {"before": "Before leaving", "during": "While away", "after": "After returning"}
RISK_NAMES = {"any": "every trip", "elevated": "trips to places of elevated risk"}


async def get_facts(request: Request) -> Response:
    """All host countries and practices, with what the draft changes."""
    edition, draft = await both(request)
    corpus = (draft or edition).corpus
    words = request.query_params.get("words", "").strip()[:100]
    hosts, practices = _hosts(edition.corpus), _practices(edition.corpus)
    scheme = corpus.vocabulary["country"]
    rows = [
        {"host": h, "name": _name(corpus, h.country), "mark": _mark(h, hosts.get(h.country))}
        for h in corpus.host_countries
        if _fits(words, _name(corpus, h.country), h)
    ]
    rows.sort(key=lambda row: str(row["name"]).casefold())
    listed = [p for p in corpus.practices if _fits(words, p.id, p)]
    phases = [
        (
            PHASE_NAMES[phase],
            [{"practice": p, "mark": _mark(p, practices.get(p.id))} for p in listed if p.phase == phase],
        )
        for phase in PHASES
    ]
    return show(
        request, "facts.html", "facts", edition=edition.edition, draft=draft, wanted=words, rows=rows,
        phases=phases,
        gone=[_name(edition.corpus, code) for code in hosts if code not in _hosts(corpus)]
        + [name for name in practices if name not in _practices(corpus)],
        unknown=len(scheme.values) - len([h for h in corpus.host_countries if h.country in scheme]),
        may_write=person_of(request).may(Who.OWNER), risk_names=RISK_NAMES,
    )  # fmt: skip


def _hosts(corpus: Corpus) -> Mapping[str, HostCountry]:
    return {host.country: host for host in corpus.host_countries}


def _practices(corpus: Corpus) -> Mapping[str, Practice]:
    return {practice.id: practice for practice in corpus.practices}


def _name(corpus: Corpus, country: str) -> str:
    scheme = corpus.vocabulary["country"]
    return scheme.label(country) if country in scheme else country


def _mark(now: object, before: object) -> str:
    return "added" if before is None else "" if before == now else "changed"


def _fits(words: str, name: str, fact: HostCountry | Practice) -> bool:
    said = f"{name} {fact!r}".casefold()
    return all(word in said for word in words.casefold().split())


async def get_country(request: Request) -> Response:
    """The form of what is known of a country, or of one more."""
    corpus, before, host = await _country(request)
    return _country_page(request, corpus, before, host, factform.country_values(host, corpus.vocabulary))


async def post_country(request: Request) -> Response:
    """Save what is known of a country to the draft."""
    corpus, before, host = await _country(request)
    form = form_of(request)
    known, errors = factform.country_from(form, host, corpus.vocabulary)
    if host is None and known.country in _hosts(corpus):
        errors.append({"text": "There are facts about this country already: edit those", "href": "#country"})
    if form.get("seen") != _seen(host):
        errors.append({"text": _CHANGED, "href": "#notes"})
    if errors:
        typed = {field: form.get(field) for field in factform.COUNTRY_FIELDS}
        return _country_page(request, corpus, before, host, typed, errors)
    await save(request, lambda held: editing.with_host_country(held, known))
    return onwards(f"/console/facts#country-{known.country}", "fact-saved")


async def post_country_back(request: Request) -> Response:
    """Take a country back to the edition, or take it out where the edition has none."""
    _, before, _ = await _country(request)
    _sure(request)
    code = request.path_params["country"]
    if form_of(request).get("do") == "remove" or before is None:
        await save(request, lambda held: editing.without_host_country(held, code))
        return onwards("/console/facts", "fact-removed")
    await save(request, lambda held: editing.with_host_country(held, before))
    return onwards(f"/console/facts#country-{code}", "fact-reverted")


async def get_practice(request: Request) -> Response:
    """The form of a practice, or of one more."""
    corpus, before, practice = await _practice(request)
    return _practice_page(request, corpus, before, practice, factform.practice_values(practice))


async def post_practice(request: Request) -> Response:
    """Save a practice to the draft."""
    corpus, before, practice = await _practice(request)
    form = form_of(request)
    known, errors = factform.practice_from(form, practice, corpus.vocabulary)
    if practice is None and known.id in _practices(corpus):
        errors.append({"text": f"There is a practice `{known.id}` already: choose another id", "href": "#id"})
    if form.get("seen") != _seen(practice):
        errors.append({"text": _CHANGED, "href": "#text"})
    if errors:
        typed = {field: form.get(field) for field in factform.PRACTICE_FIELDS}
        return _practice_page(request, corpus, before, practice, typed, errors)
    await save(request, lambda held: editing.with_practice(held, known))
    return onwards(f"/console/facts#practice-{known.id}", "fact-saved")


async def post_practice_back(request: Request) -> Response:
    """Take a practice back to the edition, or take it out where the edition has none."""
    _, before, _ = await _practice(request)
    _sure(request)
    name = request.path_params["practice"]
    if form_of(request).get("do") == "remove" or before is None:
        await save(request, lambda held: editing.without_practice(held, name))
        return onwards("/console/facts", "fact-removed")
    await save(request, lambda held: editing.with_practice(held, before))
    return onwards(f"/console/facts#practice-{name}", "fact-reverted")


async def _country(request: Request) -> tuple[Corpus, HostCountry | None, HostCountry | None]:
    """The working corpus, with what the edition and the draft say of the country of the address.

    Raises:
        Refusal: 404 where neither says anything.
    """
    edition, draft = await both(request)
    corpus = (draft or edition).corpus
    code = request.path_params.get("country")
    if code is None:
        return corpus, None, None
    before, held = _hosts(edition.corpus).get(code), _hosts(corpus).get(code)
    if before is None and held is None:
        raise Refusal(404, "nothing is written down about such a country")
    return corpus, before, held or before


async def _practice(request: Request) -> tuple[Corpus, Practice | None, Practice | None]:
    """As `_country`, for the practice of the address."""
    edition, draft = await both(request)
    corpus = (draft or edition).corpus
    name = request.path_params.get("practice")
    if name is None:
        return corpus, None, None
    before, held = _practices(edition.corpus).get(name), _practices(corpus).get(name)
    if before is None and held is None:
        raise Refusal(404, "there is no such practice")
    return corpus, before, held or before


def _country_page(
    request: Request,
    corpus: Corpus,
    before: HostCountry | None,
    host: HostCountry | None,
    values: Mapping[str, str],
    errors: Errors | None = None,
) -> Response:
    scheme = corpus.vocabulary["country"]
    return _form_page(
        request, "fact-country.html", before, host, values, errors,
        name=_name(corpus, host.country) if host else "",
        countries=[] if host else [scheme.label(code) for code in scheme.values],
        apps=[concept.pref_label for concept in corpus.vocabulary["app"] if concept.id != ROOT],
    )  # fmt: skip


def _practice_page(
    request: Request,
    corpus: Corpus,
    before: Practice | None,
    practice: Practice | None,
    values: Mapping[str, str],
    errors: Errors | None = None,
) -> Response:
    return _form_page(
        request, "fact-practice.html", before, practice, values, errors,
        phases=[(phase, PHASE_NAMES[phase]) for phase in PHASES],
        risks=[(risk, RISK_NAMES[risk]) for risk in RISKS],
        devices=[c.id for c in corpus.vocabulary["device"] if c.id != ROOT],
    )  # fmt: skip


def _form_page(
    request: Request,
    template: str,
    before: object,
    held: object,
    values: Mapping[str, str],
    errors: Errors | None,
    **more: Any,
) -> Response:
    return show(
        request, template, "facts", 422 if errors else 200, values=values, errors=errors or [], held=held,
        differs=before is not None and before != held, in_edition=before is not None, seen=_seen(held),
        confidences=list(factform.CONFIDENCES.items()), **more,
    )  # fmt: skip


def _seen(fact: object) -> str:
    """Short for what a fact says, to notice that somebody changed it meanwhile."""
    return hashlib.sha256(repr(fact).encode()).hexdigest()[:16] if fact is not None else ""


def _sure(request: Request) -> None:
    if form_of(request).get("sure") != "yes":
        raise Refusal(422, "tick the box to say that you are sure, then send it again")
