"""Every message and conversation that examiners wrote, said to the whole system.

What is still misread is in `tests/understanding/known_misses.yml`, message by message: nothing may join it
unnoticed, and none of it may be permitted what was not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from benchmarks.conversations import OWN, Asker, measure_set, read_set
from tests.e2e.system import System

pytestmark = pytest.mark.slow
SETS = sorted(path.name for path in OWN.glob("blind*"))
KNOWN: dict[str, list[str]] = yaml.safe_load((OWN / "known_misses.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def asker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asker]:
    """A client of a system of its own, so that thousands of cases are in nobody's way."""
    running = System(tmp_path_factory.mktemp("understanding") / "home")
    try:
        yield Asker(running.start().address)
    finally:
        running.stop()


@pytest.mark.parametrize("name", SETS)
def test_what_an_examiner_wrote_is_understood_and_never_wrongly_permitted(asker: Asker, name: str) -> None:
    singles, silent, *conversations = measure_set(asker, OWN / name)

    misses = [miss for tally in (singles, silent, *conversations) for miss in tally.misses]
    assert [miss.say for miss in misses if miss.wrongly_permitted] == []
    assert [miss.say for miss in silent.misses] == []
    unexpected = [(miss.say, miss.wrong) for miss in misses if miss.say not in KNOWN.get(name, [])]
    assert unexpected == []


def test_each_known_miss_is_a_message_of_its_set() -> None:
    for name, messages in KNOWN.items():
        entries = [
            turn["say"]
            for path in Path(OWN / name).glob("*.yml")
            for entry in read_set(OWN / name, path.stem)
            for turn in entry.get("turns", [entry])
        ]
        assert set(messages) <= set(entries), name
