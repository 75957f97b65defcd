"""Banks of messages about one thing each: who asks, others beside them, where, on what device, which app.

Each was written by somebody who had not seen the code. What is still misread is in `banks/known_misses.yml`,
which nothing may join unnoticed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.conversations import fits

BANKS = Path(__file__).parent / "banks"
NAMES = ("apps", "devices", "others", "places", "roles")
DIMENSIONS = ("role", "device", "country", "app")


def load(name: str) -> Any:
    return yaml.load((BANKS / f"{name}.yml").read_text(encoding="utf-8"), yaml.CSafeLoader)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_bank_says_is_read(read, name: str) -> None:
    misread = []
    for entry in load(name):
        if "context" not in entry:
            continue
        understood = read(entry["say"])
        wrong = [
            dimension
            for dimension in DIMENSIONS
            if not fits(entry["context"].get(dimension), understood.said(dimension), dimension)
        ]
        if wrong:
            misread.append((entry["say"], wrong))

    assert [(say, wrong) for say, wrong in misread if say not in load("known_misses")[name]] == []
