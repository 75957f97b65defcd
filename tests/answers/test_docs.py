"""docs/conversation.md names every kind of reply, and every template is used."""

import re
from pathlib import Path

from answers.reply import KINDS
from askfirst.settings import CHECKOUT

PAGE = (CHECKOUT / "docs" / "conversation.md").read_text(encoding="utf-8")
TEMPLATES = CHECKOUT / "answers" / "templates"


def test_every_kind_of_reply_is_described():
    table = PAGE.partition("## Kinds of reply")[2].partition("\n## ")[0]
    described = set(re.findall(r"^\| `([a-z]+)` \| [^|]", table, re.MULTILINE)) - {"kind"}

    assert described == set(KINDS)


def test_every_template_is_asked_for_somewhere():
    code = "".join(path.read_text(encoding="utf-8") for path in Path(CHECKOUT, "answers").rglob("*.py"))
    unused = [
        path.name
        for path in TEMPLATES.glob("*.txt.j2")
        if not path.name.startswith("_")
        and f'"{path.name.removesuffix(".txt.j2")}"' not in code
        and path.name not in code
    ]

    assert unused == []
