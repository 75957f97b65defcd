"""The core pack's vocabularies: complete, sound, and as people say it."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import pycountry
import pytest

from guidelines.formats.packs import PACKS, read_content
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme, Vocabulary
from scripts.build_vocabulary import generated_files
from scripts.vocabulary.files import read_yaml
from scripts.vocabulary.labels import folded

CORE: Path = PACKS / "core"
FACTS: dict[str, Any] = read_yaml(CORE / "facts" / "apps.yml")
REGIONS: list[dict[str, Any]] = read_yaml(CORE / "inputs" / "regions.yml")["groups"]

# The contract's ids, each with what is directly broader.
ROLES = {
    "official": {ROOT},
    "defence-official": {"official"},
    "defence-member": {"defence-official"},
    "defence-civilian": {"defence-official"},
    "defence-attache": {"defence-official"},
    "dfat-official": {"official"},
    "diplomat": {"dfat-official"},
    "locally-engaged-staff": {"dfat-official"},
    "trade-commissioner": {"official"},
    "other-official": {"official"},
    "contractor": {ROOT},
    "parliamentarian": {ROOT},
    "mp": {"parliamentarian"},
    "senator": {"parliamentarian"},
    "minister": {"parliamentarian"},
    "parliamentary-staff": {ROOT},
}
DEVICES = {
    "work-device": {ROOT},
    "personal-device": {ROOT},
    "phone": {ROOT},
    "tablet": {ROOT},
    "laptop": {ROOT},
    "work-phone": {"work-device", "phone"},
    "work-tablet": {"work-device", "tablet"},
    "work-laptop": {"work-device", "laptop"},
    "travel-phone": {"work-device", "phone"},
    "personal-phone": {"personal-device", "phone"},
    "personal-tablet": {"personal-device", "tablet"},
    "personal-laptop": {"personal-device", "laptop"},
    "byod-phone": {"personal-device", "phone"},
}
SHARED_PLACE_NAMES = {"korea", "congo", "the congo", "virgin islands"}


@pytest.fixture(scope="module")
def core() -> Vocabulary:
    return read_content(CORE).over(None).vocabulary


@pytest.fixture(scope="module")
def named(core: Vocabulary) -> dict[str, dict[str, set[str]]]:
    """For each scheme and each name, as people type it, the concepts that bear it."""
    found: dict[str, dict[str, set[str]]] = {}
    for scheme in core:
        found[scheme.name] = defaultdict(set)
        for concept in scheme:
            for label in concept.labels:
                found[scheme.name][folded(label)].add(concept.id)
    return found


@pytest.mark.parametrize(("dimension", "expected"), [("role", ROLES), ("device", DEVICES)])
def test_roles_and_devices_are_those_of_the_contract(
    core: Vocabulary, dimension: str, expected: dict[str, set[str]]
) -> None:
    scheme = core[dimension]
    assert {c.id: set(scheme.broader(c.id)) for c in scheme if c.id != ROOT} == expected


@pytest.mark.parametrize("dimension", ["role", "device"])
def test_every_role_and_device_says_what_it_means(core: Vocabulary, dimension: str) -> None:
    assert all(concept.attributes["definition"].endswith(".") for concept in core[dimension])


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_concept_reaches_the_root(core: Vocabulary, dimension: str) -> None:
    scheme = core[dimension]
    assert all(scheme.covers(ROOT, concept.id) for concept in scheme)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_broader_is_written_out_for_every_concept_but_the_root(core: Vocabulary, dimension: str) -> None:
    assert [concept.id for concept in core[dimension] if not concept.broader] == [ROOT]


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_groups_are_not_empty(core: Vocabulary, dimension: str) -> None:
    scheme: Scheme = core[dimension]
    assert [concept.id for concept in scheme if not scheme.values_under(concept.id)] == []


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_a_concept_has_each_name_once_and_none_with_stray_spaces(core: Vocabulary, dimension: str) -> None:
    for concept in core[dimension]:
        names = [folded(label) for label in concept.labels]
        assert len(names) == len(set(names)), concept.id
        assert all(label == " ".join(label.split()) and label for label in concept.labels), concept.id


@pytest.mark.parametrize("dimension", ["role", "device"])
def test_no_two_roles_and_no_two_devices_share_a_name(
    named: dict[str, dict[str, set[str]]], dimension: str
) -> None:
    assert {name: ids for name, ids in named[dimension].items() if len(ids) > 1} == {}


def test_places_share_a_name_only_where_people_really_mean_several(
    named: dict[str, dict[str, set[str]]],
) -> None:
    assert {name for name, ids in named["country"].items() if len(ids) > 1} == SHARED_PLACE_NAMES


def test_apps_share_exactly_the_names_listed_as_shared(named: dict[str, dict[str, set[str]]]) -> None:
    shared = {name: ids for name, ids in named["app"].items() if len(ids) > 1}
    assert shared == {folded(name): set(apps) for name, apps in FACTS["ambiguous_aliases"].items()}


def test_all_catalogued_apps_are_values_with_their_maker_its_country_and_their_kind(core: Vocabulary) -> None:
    scheme = core["app"]
    assert len(FACTS["apps"]) == len(scheme.values) == 773
    for app in FACTS["apps"]:
        kinds = {broader.split(":")[0] for broader in scheme.broader(app["id"])}
        assert scheme.is_value(app["id"])
        assert kinds == {"vendor", "category", "vendor-country"}, app["id"]
        assert scheme.covers(f"category:{app['category']}", app["id"])
        assert scheme.covers(f"vendor-country:{app['vendor_country'] or 'unknown'}", app["id"])
        assert scheme[app["id"]].pref_label == app["name"]


def test_names_in_every_script_of_the_catalogue_are_kept(named: dict[str, dict[str, set[str]]]) -> None:
    for app in FACTS["apps"]:
        for name in [app["name"], *app["aliases"]]:
            assert app["id"] in named["app"][folded(name)]


@pytest.mark.parametrize(
    ("group", "app"),
    [
        ("vendor:tencent", "wechat"),
        ("vendor:tencent", "qq-music"),
        ("vendor:meta-platforms", "whatsapp"),
        ("vendor:bytedance", "tiktok"),
        ("vendor:alphabet", "gmail"),
        ("vendor:kaspersky-lab", "kaspersky"),
        ("vendor-country:CN", "deepseek"),
        ("vendor-country:unknown", "letsvpn"),
        ("category:vpn", "nordvpn"),
        ("category:ai-assistant", "chatgpt"),
    ],
)
def test_an_app_is_found_under_its_groups_and_its_makers_owner(
    core: Vocabulary, group: str, app: str
) -> None:
    assert core["app"].covers(group, app)


def test_a_maker_owned_by_another_stands_under_its_owner(core: Vocabulary) -> None:
    assert core["app"].broader("vendor:whatsapp-llc") == ("vendor:meta-platforms",)


def test_the_makers_country_of_an_app_is_a_place(core: Vocabulary) -> None:
    codes = {c.id.split(":")[1] for c in core["app"] if c.id.startswith("vendor-country:")}
    assert codes - {"unknown"} <= set(core["country"].values)


@pytest.mark.parametrize(
    ("dimension", "words", "concept"),
    [
        ("role", "ADF", "defence-member"),
        ("role", "in uniform", "defence-member"),
        ("role", "Defence APS", "defence-civilian"),
        ("role", "defence attache", "defence-attache"),
        ("role", "DFAT", "dfat-official"),
        ("role", "HOM", "diplomat"),
        ("role", "LE staff", "locally-engaged-staff"),
        ("role", "Austrade", "trade-commissioner"),
        ("role", "work for a senator", "parliamentary-staff"),
        ("role", "electorate officer", "parliamentary-staff"),
        ("role", "MP", "mp"),
        ("device", "office mobile", "work-phone"),
        ("device", "DFAT laptop", "work-laptop"),
        ("device", "my own handset", "personal-phone"),
        ("device", "burner", "travel-phone"),
        ("device", "BYOD", "byod-phone"),
        ("device", "iPad", "tablet"),
        ("country", "the PRC", "CN"),
        ("country", "Mainland China", "CN"),
        ("country", "the Emirates", "AE"),
        ("country", "PNG", "PG"),
        ("country", "ROK", "KR"),
        ("country", "DPRK", "KP"),
        ("country", "DRC", "CD"),
        ("country", "Burma", "MM"),
        ("country", "Holland", "NL"),
        ("country", "Turkey", "TR"),
        ("country", "Cote d'Ivoire", "CI"),
        ("country", "St Lucia", "LC"),
        ("country", "Czech Republic", "CZ"),
        ("country", "at home", "AU"),
        ("country", "Five Eyes", "five-eyes"),
        ("app", "insta", "instagram"),
        ("app", "fb", "facebook"),
        ("app", "WA", "whatsapp"),
        ("app", "微信", "wechat"),
        ("app", "抖音", "douyin"),
        ("app", "카카오톡", "kakaotalk"),
        ("app", "Chinese apps", "vendor-country:CN"),
        ("app", "apps from the US", "vendor-country:US"),
        ("app", "VPNs", "category:vpn"),
        ("app", "chatbots", "category:ai-assistant"),
        ("app", "Tencent", "vendor:tencent"),
        ("app", "Kaspersky products", "vendor:kaspersky-lab"),
    ],
)
def test_what_people_say_names_one_concept(
    named: dict[str, dict[str, set[str]]], dimension: str, words: str, concept: str
) -> None:
    assert named[dimension][folded(words)] == {concept}


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("KR", "South Korea"),
        ("LA", "Laos"),
        ("TW", "Taiwan"),
        ("HK", "Hong Kong"),
        ("MO", "Macau"),
        ("CZ", "Czechia"),
        ("NO", "Norway"),
        ("MM", "Myanmar"),
        ("CD", "Democratic Republic of the Congo"),
        ("CG", "Republic of the Congo"),
    ],
)
def test_places_go_by_their_everyday_names(core: Vocabulary, code: str, label: str) -> None:
    assert core["country"][code].pref_label == label


def test_every_iso_country_is_a_value_and_nothing_else_but_kosovo_is(core: Vocabulary) -> None:
    official = {country.alpha_2 for country in pycountry.countries}
    assert set(core["country"].values) == official | {"XK"}


def test_adjectives_of_places_are_no_names_of_places(
    core: Vocabulary, named: dict[str, dict[str, set[str]]]
) -> None:
    assert core["country"]["CN"].attributes["demonyms"][0] == "Chinese"
    for adjective in ("Chinese", "Russian", "American", "Emirati", "Korean", "Japanese"):
        assert folded(adjective) not in named["country"]


def test_every_inhabited_place_has_an_adjective_and_a_capital(core: Vocabulary) -> None:
    uninhabited = {"AQ", "BV", "GS", "HM", "SJ", "TF", "UM"}
    for code in set(core["country"].values) - uninhabited:
        assert core["country"][code].attributes["demonyms"], code
        assert core["country"][code].attributes["capitals"] or code == "TK", code


def test_every_place_is_in_exactly_one_base_region(core: Vocabulary) -> None:
    base = [group["id"] for group in REGIONS if group.get("base")]
    for code in core["country"].values:
        assert [group for group in base if core["country"].covers(group, code)] in [[g] for g in base], code


def test_overseas_is_everywhere_but_home(core: Vocabulary) -> None:
    assert set(core["country"].values) - core["country"].values_under("overseas") == {"AU"}


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("five-eyes", {"AU", "CA", "GB", "NZ", "US"}),
        ("five-eyes-partners", {"CA", "GB", "NZ", "US"}),
        ("east-asia", {"CN", "HK", "JP", "KP", "KR", "MN", "MO", "TW"}),
        ("g7", {"CA", "DE", "FR", "GB", "IT", "JP", "US"}),
        ("gulf-states", {"AE", "BH", "KW", "OM", "QA", "SA"}),
    ],
)
def test_groups_of_places_have_their_members(core: Vocabulary, group: str, members: set[str]) -> None:
    assert core["country"].values_under(group) == members


@pytest.mark.parametrize(
    ("group", "size"), [("european-union", 27), ("nato", 32), ("asean", 11), ("pacific-islands-forum", 18)]
)
def test_alliances_and_unions_are_complete(core: Vocabulary, group: str, size: int) -> None:
    assert len(core["country"].values_under(group)) == size


def test_the_elevated_risk_group_says_that_it_is_an_example_and_why_each_place_is_in_it(
    core: Vocabulary,
) -> None:
    group = core["country"]["elevated-risk"]
    assert group.attributes["provenance"] == "illustrative"
    assert set(group.attributes["reasons"]) == core["country"].values_under("elevated-risk")
    assert all(reason.endswith(".") for reason in group.attributes["reasons"].values())


@pytest.mark.parametrize("dimension", ["app", "country"])
def test_words_marked_as_ordinary_are_names_of_what_they_mark(core: Vocabulary, dimension: str) -> None:
    for concept in core[dimension]:
        names = {folded(label) for label in concept.labels}
        names |= {folded(capital) for capital in concept.attributes.get("capitals", [])}
        assert {folded(word) for word in concept.attributes.get("ordinary_words", [])} <= names, concept.id


@pytest.mark.parametrize("name", ["country.yml", "app.yml"])
def test_generated_files_are_up_to_date(name: str) -> None:
    committed = (CORE / "vocabulary" / name).read_text(encoding="utf-8")
    assert committed == generated_files()[name], "run python -m scripts.build_vocabulary"


@pytest.mark.parametrize(("name", "entries"), [("host-countries", 71), ("travel-practices", 64)])
def test_facts_kept_for_briefings_name_their_sources(name: str, entries: int) -> None:
    facts = read_yaml(CORE / "facts" / f"{name}.yml")
    assert len(facts) == entries
    assert all(fact["source"]["title"] for fact in facts)


def test_the_documentation_lists_the_names_that_apps_share() -> None:
    names = {app["id"]: app["name"] for app in FACTS["apps"]}
    page = (CORE.parents[2] / "docs" / "vocabulary.md").read_text(encoding="utf-8")
    for word, apps in FACTS["ambiguous_aliases"].items():
        assert f"| {word} | {', '.join(names[app] for app in apps)} |" in page
