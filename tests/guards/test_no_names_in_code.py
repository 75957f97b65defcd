"""A deployment changes roles, devices, countries and apps as data: the code names none of them."""

import ast

import yaml

from askfirst.settings import CHECKOUT
from tests.guards.checkout import ROOMS, modules, text

VOCABULARY = CHECKOUT / "guidelines" / "packs" / "core" / "vocabulary"
# The root that every scheme has, and ids that are everyday words too.
EVERYDAY = {"any", "overseas", "official", "phone", "tablet", "laptop", "minister", "senator", "contractor"}
EVERYDAY_APPS = {"line", "signal", "messenger"}
# Home, as the vocabulary has it: where a telephone number or a small town is when nothing else is said.
HOME = "AU"
# What looks like a country and is none: spaCy's word for being in a list, and what a command calls a number.
NO_COUNTRY = {"IN", "ID"}
# The names of Rasa's own channels, not of apps that anybody asks about.
OF_RASA = {"bot/askfirst_rasa/leftout.py"}


def ids() -> set[str]:
    """Roles, devices and countries, and the apps that a rule names: other apps have names like `ring`."""
    people_and_places = {concept for scheme in ("role", "device", "country") for concept in concepts(scheme)}
    apps = concepts("app") & words_of_guidelines()
    return (people_and_places | apps) - EVERYDAY - EVERYDAY_APPS - NO_COUNTRY - {HOME}


def concepts(scheme: str) -> set[str]:
    document = yaml.load((VOCABULARY / f"{scheme}.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return {str(concept["id"]) for concept in document["concepts"]} - {"any"}


def words_of_guidelines() -> set[str]:
    found: set[str] = set()
    for file in (CHECKOUT / "guidelines" / "packs").glob("*/guidelines/*.yml"):
        for rule in yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["rules"]:
            found.update(str(app) for app in (rule.get("scope") or {}).get("app") or ())
    return found


def literals(source: str) -> set[str]:
    tree = ast.parse(source)
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_no_role_device_country_or_app_is_named_in_code():
    known = ids()
    named = {
        str(path): sorted(literals(text(path) or "") & known)
        for path in modules(*ROOMS)
        if str(path) not in OF_RASA
    }

    assert known
    assert {path: names for path, names in named.items() if names} == {}
