"""Given and family names in the Latin alphabet, from the lists that Faker keeps for many countries.

Cyrillic lists are spelt in Latin letters too; names in other scripts are not told apart (cases/redaction.py).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import yaml

WORDS = Path(__file__).with_name("redaction.yml")

# The languages and countries that people who write to an Australian department are likely to bear names of.
_LOCALES = """
az_AZ bg_BG cs_CZ da_DK de_AT de_CH de_DE en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_TH en_US es_AR es_CO
es_ES es_MX et_EE fi_FI fr_CA fr_FR ga_IE ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT ja_JP lt_LT lv_LV mk_MK
nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sv_SE sw tr_TR tw_GH uk_UA uz_UZ vi_VN yo_NG zh_CN
zh_TW zu_ZA
"""
_SHORT = "vi_VN zh_CN zh_TW en_TH"
_LISTS = ("first_name", "first_romanized", "last_name", "last_romanized")
_LATIN = 0x250


@cache
def names() -> frozenset[str]:
    """The names, folded, without those that are also everyday English words."""
    return frozenset(name for locale in _LOCALES.split() for name in _of(locale)) - everyday()


@cache
def names_of_two() -> frozenset[str]:
    """Names of two letters, as in Vietnam and China: they count beside another name only."""
    return frozenset(name for locale in _SHORT.split() for name in _of(locale, shortest=2) if len(name) == 2)


@cache
def _cyrillic() -> dict[str, str]:
    """How Cyrillic letters are usually spelt in English."""
    spelt: dict[str, str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))["cyrillic"]
    return spelt


@cache
def everyday() -> frozenset[str]:
    """Common English words."""
    return frozenset(
        word.casefold() for word in import_module("faker.providers.lorem.en_US").Provider.word_list
    )


def folded(word: str) -> str:
    """A word in lower case, without accents."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(character for character in apart if not unicodedata.combining(character))


def _of(locale: str, shortest: int = 3) -> Iterator[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        listed = getattr(provider, attribute)
        if attribute.startswith(_LISTS) and not callable(listed):
            for item in listed:
                yield from _parts(item, shortest)


def _parts(item: object, shortest: int) -> Iterator[str]:
    """The words of one entry; romanised lists give tuples, and some names are double."""
    text = (
        item if isinstance(item, str) else str(next(iter(item), "")) if isinstance(item, tuple | list) else ""
    )
    for word in text.replace(".", " ").replace("-", " ").split():
        latin = "".join(_cyrillic().get(character, character) for character in word.casefold())
        if len(latin) >= shortest and latin.isalpha() and all(ord(character) < _LATIN for character in latin):
            yield folded(latin)
