"""Word lists of the understanding, kept as data beside this module."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent / "lexicon"


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file of a name."""
    with open(HERE / f"{name}.yml", encoding="utf-8") as file:
        # Every scalar stays a string ("no" is a word here). The loader in C is ten times as fast.
        return yaml.load(file, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


@cache
def words(name: str, list_name: str) -> frozenset[str]:
    """A list of a lexicon file as a set; a list may be a YAML list or one string of words."""
    found = load(name)[list_name]
    return frozenset(found.split()) if isinstance(found, str) else frozenset(str(w) for w in found)
