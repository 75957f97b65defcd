"""Given and family names in the Latin alphabet, from the lists that Faker keeps for many countries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module

# The languages and countries that people who write to an Australian department are likely to bear names of.
_LOCALES = """
en en_GB en_IE en_IN en_NG en_NZ en_PK en_TH en_US cs_CZ de_DE es_ES fi_FI fr_FR hr_HR hu_HU id_ID it_IT ja_JP
nl_NL pl_PL pt_BR ro_RO sv_SE sw tr_TR vi_VN yo_NG zh_CN zh_TW
"""
_LISTS = ("first_name", "first_romanized", "last_name", "last_romanized")
_LATIN = 0x250


@cache
def names() -> frozenset[str]:
    """The names, in lower case, without those that are also everyday English words."""
    everyday = {word.casefold() for word in import_module("faker.providers.lorem.en_US").Provider.word_list}
    return frozenset(name for locale in _LOCALES.split() for name in _of(locale)) - everyday


def _of(locale: str) -> Iterator[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    for attribute in dir(provider):
        listed = getattr(provider, attribute)
        if attribute.startswith(_LISTS) and not callable(listed):
            for item in listed:
                yield from _parts(item)


def _parts(item: object) -> Iterator[str]:
    """The words of one entry; romanised lists give tuples, and some names are double."""
    text = (
        item if isinstance(item, str) else str(next(iter(item), "")) if isinstance(item, tuple | list) else ""
    )
    for word in text.replace(".", " ").replace("-", " ").split():
        if len(word) > 2 and word.isalpha() and all(ord(character) < _LATIN for character in word):
            yield word.casefold()
