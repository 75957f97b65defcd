"""The packs of other governments: each stands on the core alone, and never answers for an Australian."""

from __future__ import annotations

import datetime as dt
from functools import cache

import pytest
import yaml

from guidelines.formats.packs import PACKS, Content, default_packs, read_content
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus, Effect
from guidelines.vocabulary import DIMENSIONS

PREFIXES = {
    "india": ("in",),
    "united-states": ("us",),
    "united-kingdom": ("gb",),
    "canada": ("ca",),
    "european-union": ("eu",),
    "new-zealand": ("nz",),
    "other-governments": (
        "at", "be", "ch", "cz", "dk", "fr", "hk", "ie", "jp", "kr", "no", "se", "tw", "ua",
    ),
}  # fmt: skip
NOTHING = (None, set())


@cache
def pack(name: str) -> Content:
    return read_content(PACKS / name)


@cache
def corpus(name: str) -> Corpus:
    return pack(name).over(pack("core").over(None))


@cache
def book(name: str) -> RuleBook:
    return RuleBook(corpus(name))


@cache
def about(name: str) -> dict:
    return yaml.safe_load((PACKS / name / "pack.yml").read_text("utf-8"))


def rule_ids(name: str) -> list[str]:
    return [rule.id for _, rule in corpus(name).rules()]


every_pack = pytest.mark.parametrize("name", PREFIXES)


@every_pack
def test_a_pack_says_what_it_is_and_is_not_imported_by_default(name: str) -> None:
    assert about(name)["id"] == name
    assert about(name)["provenance"] == "public-record"
    assert about(name)["default"] is False
    assert "says nothing about Australian staff" in about(name)["description"]
    assert PACKS / name not in default_packs()


@every_pack
def test_a_pack_loads_on_top_of_the_core_and_every_id_it_uses_exists(name: str) -> None:
    assert rule_ids(name)
    assert book(name).compiled, "the rule book refuses a rule that names an unknown concept"


@every_pack
def test_every_rule_has_a_reason_and_every_guideline_an_owner_and_a_source(name: str) -> None:
    for guideline in corpus(name).guidelines:
        assert guideline.title, guideline.id
        assert guideline.issuer, guideline.id
        assert guideline.owner is not None, guideline.id
        assert guideline.owner.team, guideline.id
        assert guideline.owner.contact, guideline.id
        assert "@" not in guideline.owner.contact, "a published office name, not an address"
        assert guideline.version, guideline.id
        assert guideline.issued, guideline.id
        assert guideline.provenance == "public-record", guideline.id
        assert guideline.review_by is not None, guideline.id
        assert guideline.review_by >= dt.date(2027, 6, 30), guideline.id
        assert guideline.sources, guideline.id
        for source in guideline.sources:
            assert "" not in (source.title, source.publisher, source.date), guideline.id
            assert source.url.startswith("http"), guideline.id
        for rule in guideline.rules:
            assert rule.reason.endswith("."), rule.id
            assert not rule.extra, rule.id
            assert rule.valid_from is not None, rule.id
            assert bool(rule.conditions) == (rule.effect is Effect.CONDITIONAL), rule.id
            assert bool(rule.approver) == (rule.effect is Effect.APPROVAL_REQUIRED), rule.id


@every_pack
def test_a_guideline_that_has_ended_says_so_and_its_rules_end_too(name: str) -> None:
    for guideline in corpus(name).guidelines:
        ended = guideline.status in ("ended", "superseded")
        assert ended or guideline.status == "in-force", guideline.id
        assert all(bool(rule.valid_until) == ended for rule in guideline.rules), guideline.id


@every_pack
def test_ids_start_with_the_code_of_their_jurisdiction(name: str) -> None:
    starts = tuple(f"{code}-" for code in PREFIXES[name])
    named = [guideline.id for guideline in pack(name).guidelines] + rule_ids(name)
    named += [concept.id for concept in pack(name).concepts["role"]]
    assert [each for each in named if not each.startswith(starts)] == []


def test_rule_and_guideline_ids_are_unique_over_all_packs() -> None:
    folders = [folder for folder in sorted(PACKS.iterdir()) if (folder / "pack.yml").exists()]
    guidelines = [guideline for folder in folders for guideline in read_content(folder).guidelines]
    for kind in ([g.id for g in guidelines], [rule.id for g in guidelines for rule in g.rules]):
        assert sorted({each for each in kind if kind.count(each) > 1}) == []


@every_pack
def test_a_pack_adds_to_the_core_vocabulary_and_replaces_nothing(name: str) -> None:
    for dimension in DIMENSIONS:
        own = {concept.id for concept in pack(name).concepts.get(dimension, ())}
        core = {concept.id for concept in pack("core").concepts.get(dimension, ())}
        others = {
            concept.id
            for other in PREFIXES
            if other != name
            for concept in pack(other).concepts.get(dimension, ())
        }
        assert own & core == set(), "a foreign role or app is never in the core"
        assert own & others == set()


@every_pack
def test_a_foreign_role_answers_to_no_name_that_the_core_or_another_pack_uses(name: str) -> None:
    taken = {
        label.casefold()
        for other in ("core", *PREFIXES)
        if other != name
        for concept in pack(other).concepts["role"]
        for label in concept.labels
    }
    own = {label.casefold() for concept in pack(name).concepts["role"] for label in concept.labels}
    assert own & taken == set()


@every_pack
def test_a_new_app_answers_to_no_name_that_the_catalogue_uses(name: str) -> None:
    core = {label.casefold() for concept in pack("core").concepts["app"] for label in concept.labels}
    own = [label for concept in pack(name).concepts.get("app", ()) for label in concept.labels]
    assert [label for label in own if label.casefold() in core] == []
    for concept in pack(name).concepts.get("app", ()):
        assert str(concept.attributes["source"]).startswith("http"), concept.id


@every_pack
def test_a_foreign_rule_admits_only_roles_of_its_own_pack(name: str) -> None:
    roles = {concept.id for concept in pack(name).concepts["role"]}
    for _, rule in corpus(name).rules():
        admitted = rule.scope.admitted("role", corpus(name).vocabulary)
        assert admitted, rule.id
        assert admitted <= roles, rule.id


@every_pack
def test_a_foreign_pack_never_contradicts_itself(name: str) -> None:
    rules = book(name)
    vocabulary = rules.vocabulary
    roles = [c.id for c in pack(name).concepts["role"] if vocabulary["role"].is_value(c.id)]
    scopes = [rule.scope.included("app") for _, rule in corpus(name).rules()]
    apps = set().union(*(vocabulary["app"].values_under(*scope) for scope in scopes if scope != ("any",)))
    clashes = [
        (role, device, app, ruling.rules)
        for role in roles
        for device in vocabulary["device"].values
        for app in sorted(apps)
        for country in ("CN", "IN")
        for on in (dt.date(2020, 8, 1), dt.date(2023, 6, 1), dt.date(2026, 11, 23))
        if (ruling := rules.rule(role, device, country, app, on)).unclear == "conflicting-guidance"
    ]
    assert clashes == []


def _apps_of(rule_id: str) -> tuple[str, ...]:
    return corpus("india").find(rule_id)[1].scope.included("app")


@pytest.mark.parametrize(
    ("rule_id", "apps", "said"),
    [
        ("in-mod-42-apps", 42, "Complete list"),
        ("in-meity-59-apps", 59, "Complete list"),
        ("in-meity-43-apps", 40, "Complete list"),
        ("in-meity-118-apps", 8, "Partial list"),
        ("in-meity-54-apps", 19, "Partial list"),
        ("in-army-89-apps", 55, "Partial list"),
    ],
)
def test_an_indian_list_holds_its_apps_once_each_and_says_whether_it_is_complete(
    rule_id: str, apps: int, said: str
) -> None:
    guideline, rule = corpus("india").find(rule_id)
    assert len(_apps_of(rule_id)) == len(set(_apps_of(rule_id))) == apps
    assert guideline.notes.startswith(said)
    if said == "Partial list":
        assert "part of" in rule.reason


def test_the_list_of_forty_two_names_the_apps_of_the_advisory_of_november_2017() -> None:
    assert set(_apps_of("in-mod-42-apps")) == {
        "weibo", "wechat", "shareit", "truecaller", "uc-news", "uc-browser", "beautyplus", "newsdog",
        "vivavideo", "parallel-space", "apus-browser", "youcam-perfect", "virus-cleaner-hi",
        "cm-browser", "mi-community", "du-recorder", "vault-hide", "youcam-makeup", "mi-store",
        "cache-clear-du", "du-battery-saver", "du-cleaner", "du-privacy", "360-security", "du-browser",
        "clean-master", "baidu-translate", "baidu-maps", "wonder-camera", "es-file-explorer",
        "photo-wonder", "qq-international", "qq-music", "qq-mail", "qq-player", "qq-newsfeed", "wesync",
        "qq-security-center", "selfiecity", "netease-mail-master", "mi-video-call", "qq-launcher",
    }  # fmt: skip


# pack, role, device, country, app, day: the effect expected and the rules that decide.
ENQUIRIES = [
    ("india", "in-army-member", "personal-phone", "CN", "wechat", "2020-08-01",
     "prohibited", {"in-mod-42-apps", "in-army-89-apps"}),
    ("india", "in-army-member", "personal-phone", "IN", "wechat", "2020-08-01",
     "prohibited", {"in-mod-42-apps", "in-army-89-apps", "in-meity-59-apps"}),
    ("india", "in-army-member", "work-phone", "IN", "wechat", "2018-03-11", "prohibited", {"in-mod-42-apps"}),
    ("india", "in-army-member", "personal-phone", "IN", "wechat", "2017-11-23", *NOTHING),
    ("india", "in-paramilitary-member", "personal-phone", "IN", "truecaller", "2020-08-01",
     "prohibited", {"in-mod-42-apps"}),
    ("india", "in-army-member", "personal-phone", "IN", "whatsapp", "2021-01-01",
     "conditional", {"in-army-whatsapp"}),
    ("india", "in-army-member", "personal-phone", "IN", "zoom", "2021-01-01",
     "prohibited", {"in-army-89-apps"}),
    ("india", "in-navy-member", "personal-phone", "CN", "wechat", "2020-08-01", *NOTHING),
    ("india", "in-navy-member", "personal-tablet", "IN", "facebook", "2020-08-01",
     "prohibited", {"in-navy-facebook"}),
    ("india", "in-diplomat", "personal-laptop", "FR", "zoom", "2023-01-01",
     "conditional", {"in-mha-zoom-private"}),
    ("india", "in-diplomat", "work-laptop", "FR", "zoom", "2023-01-01",
     "prohibited", {"in-mha-zoom-official"}),
    ("india", "in-diplomat", "work-laptop", "FR", "webex", "2023-01-01",
     "approval-required", {"in-nic-video-meetings"}),
    ("india", "in-diplomat", "personal-phone", "IN", "tiktok", "2021-01-01",
     "prohibited", {"in-meity-59-apps"}),
    ("india", "in-diplomat", "personal-phone", "FR", "tiktok", "2021-01-01", *NOTHING),
    ("india", "in-finance-ministry-official", "work-laptop", "IN", "chatgpt", "2025-03-01",
     "prohibited", {"in-finance-ai"}),
    ("india", "in-other-central-official", "work-laptop", "IN", "chatgpt", "2025-03-01", *NOTHING),
    ("united-states", "us-navy-member", "work-phone", "JP", "tiktok", "2020-01-10",
     "prohibited", {"us-navy-tiktok"}),
    ("united-states", "us-navy-member", "work-phone", "JP", "tiktok", "2024-01-10",
     "prohibited", {"us-navy-tiktok", "us-tiktok-executive"}),
    ("united-states", "us-soldier", "personal-phone", "JP", "tiktok", "2024-01-10", *NOTHING),
    ("united-states", "us-house-staff", "work-laptop", "US", "whatsapp", "2025-07-01",
     "prohibited", {"us-house-whatsapp"}),
    ("united-states", "us-house-staff", "work-phone", "US", "signal", "2025-07-01",
     "allowed", {"us-house-messengers"}),
    ("united-states", "us-senate", "work-phone", "US", "whatsapp", "2025-07-01", *NOTHING),
    ("united-states", "us-house-staff", "work-laptop", "US", "microsoft-copilot", "2025-01-15",
     "prohibited", {"us-house-copilot"}),
    ("united-states", "us-house-staff", "work-laptop", "US", "microsoft-copilot", "2026-01-15", *NOTHING),
    ("united-states", "us-house-staff", "work-phone", "US", "chatgpt", "2026-01-15",
     "conditional", {"us-house-chatgpt"}),
    ("united-states", "us-texas-state-contractor", "byod-phone", "US", "webull", "2025-03-01",
     "prohibited", {"us-texas-chinese-apps"}),
    ("united-kingdom", "gb-minister", "personal-phone", "GB", "tiktok", "2024-01-10",
     "conditional", {"gb-government-tiktok-personal", "gb-parliament-tiktok-own-phone"}),
    ("united-kingdom", "gb-diplomat", "work-phone", "KR", "kakaotalk", "2024-01-10",
     "approval-required", {"gb-third-party-apps"}),
    ("united-kingdom", "gb-diplomat", "work-phone", "KR", "whatsapp", "2024-01-10",
     "conditional", {"gb-channels-corporate-device"}),
    ("united-kingdom", "gb-scottish-minister", "work-tablet", "GB", "tiktok", "2024-01-10",
     "prohibited", {"gb-scotland-tiktok"}),
    ("canada", "ca-diplomat", "travel-phone", "CN", "wechat", "2024-01-10",
     "prohibited", {"ca-federal-wechat-kaspersky"}),
    ("canada", "ca-diplomat", "personal-phone", "CN", "wechat", "2024-01-10", *NOTHING),
    ("canada", "ca-diplomat", "personal-phone", "CN", "tiktok", "2024-01-10",
     "allowed", {"ca-federal-tiktok-personal"}),
    ("canada", "ca-mp", "byod-phone", "CA", "tiktok", "2024-01-10", "prohibited", {"ca-house-tiktok"}),
    ("european-union", "eu-commission-official", "byod-phone", "BE", "tiktok", "2024-01-10",
     "prohibited", {"eu-commission-tiktok"}),
    ("european-union", "eu-commission-official", "personal-phone", "BE", "tiktok", "2024-01-10",
     "conditional", {"eu-commission-tiktok-personal"}),
    ("european-union", "eu-mep", "personal-phone", "BE", "tiktok", "2024-01-10", *NOTHING),
    ("new-zealand", "nz-diplomat", "work-phone", "CN", "tiktok", "2024-01-10",
     "prohibited", {"nz-mfat-tiktok"}),
    ("other-governments", "ua-state-official", "work-phone", "UA", "telegram", "2025-01-10",
     "prohibited", {"ua-telegram"}),
    ("other-governments", "fr-civil-servant", "work-phone", "FR", "candy-crush", "2024-01-10",
     "prohibited", {"fr-recreational-apps"}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "role", "device", "country", "app", "day", "effect", "rules"),
    ENQUIRIES,
    ids=[f"{role}-{device}-{country}-{app}-{day}" for _, role, device, country, app, day, *_ in ENQUIRIES],
)
def test_an_enquiry_is_answered_by_the_decision_that_governs_it(
    name: str, role: str, device: str, country: str, app: str, day: str, effect: str | None, rules: set[str]
) -> None:
    ruling = book(name).rule(role, device, country, app, dt.date.fromisoformat(day))
    assert (ruling.effect, set(ruling.rules)) == (effect, rules)
    assert ruling.unclear == (None if effect else "no-guidance")


@every_pack
def test_australian_staff_get_no_answer_from_a_foreign_pack(name: str) -> None:
    for role in ("defence-member", "diplomat", "mp"):
        ruling = book(name).rule(role, "work-phone", "CN", "tiktok", dt.date(2026, 11, 23))
        assert ruling.unclear == "no-guidance"


def test_importing_every_foreign_pack_changes_no_australian_answer() -> None:
    shipped = sum((read_content(folder) for folder in default_packs()), Content())
    australian = RuleBook(shipped.over(None))
    together = RuleBook(sum((pack(name) for name in PREFIXES), shipped).over(None))
    day = dt.date(2026, 11, 23)
    values = australian.vocabulary
    for app in ("wechat", "tiktok", "whatsapp", "signal", "kakaotalk", "deepseek", "zoom", "kaspersky"):
        for role in values["role"].values:
            for device in values["device"].values:
                for country in ("AU", "CN", "IN", "KR"):
                    enquiry = (role, device, country, app, day)
                    assert together.rule(*enquiry) == australian.rule(*enquiry), enquiry


@every_pack
def test_the_page_on_packs_names_every_guideline_and_counts_them_right(name: str) -> None:
    page = (PACKS.parent.parent / "docs" / "packs.md").read_text("utf-8")
    guidelines = corpus(name).guidelines
    assert [guideline.id for guideline in guidelines if f"`{guideline.id}`" not in page] == []
    assert f"{len(guidelines)} guidelines, {len(rule_ids(name))} rules" in page
