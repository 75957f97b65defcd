"""The patterns and word lists of the understanding: each is one that the code asks for."""

import re
from pathlib import Path

import pytest
import yaml

UNDERSTANDING = Path(__file__).resolve().parents[2] / "bot" / "understanding"
# Their keys are data: ids of roles and of countries, read one and all.
READ_WHOLE = {"occupations", "sites"}
NAMED = sorted(p for p in (UNDERSTANDING / "lexicon").glob("*.yml") if p.stem not in READ_WHOLE)


@pytest.fixture(scope="module")
def code() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in UNDERSTANDING.glob("*.py"))


@pytest.mark.parametrize("path", NAMED, ids=lambda path: path.stem)
def test_nothing_stands_in_the_lexicon_that_no_code_asks_for(code, path):
    text = path.read_text(encoding="utf-8")
    held = yaml.load(text, yaml.CSafeLoader)
    names = [name for name in held if isinstance(held, dict)]

    def asked_for(name: str) -> bool:
        quoted = re.search(rf"[\"']{re.escape(name)}[\"']", code)
        return bool(quoted) or f"unless: {name}" in text  # a list named from within the file

    assert [name for name in names if not asked_for(name)] == []
