"""The pages hold together: links lead somewhere, and commands that are named exist."""

import re
from pathlib import Path

import pytest

from askfirst.settings import CHECKOUT
from tests.guards.checkout import text, tracked

PAGES = [path for path in tracked() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
TARGET = re.compile(r"`make ([a-z-]+)")


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_to_a_file_leads_somewhere(page: Path):
    broken = []
    for link in LINK.findall(text(page) or ""):
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        name, _, fragment = link.partition("#")
        target = (CHECKOUT / page.parent / name).resolve() if name else CHECKOUT / page
        if not target.exists():
            broken.append(link)
        elif fragment and target.suffix == ".md":
            anchors = {anchor(heading) for heading in HEADING.findall(target.read_text(encoding="utf-8"))}
            broken += [link] if fragment not in anchors else []

    assert broken == []


def test_every_make_target_that_a_page_names_exists():
    makefile = text(Path("Makefile")) or ""
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = {
        f"{page}: make {name}"
        for page in PAGES
        for name in TARGET.findall(text(page) or "")
        if name not in targets
    }

    assert sorted(named) == []


def test_every_make_target_explains_itself():
    makefile = text(Path("Makefile")) or ""
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))

    assert targets == set(re.findall(r"^([a-z-]+):.*## \w", makefile, re.MULTILINE))
