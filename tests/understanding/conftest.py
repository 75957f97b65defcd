"""The understanding runs in Rasa's environment: the tests talk to it there, in one process for them all."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from answers.gazetteer import concept_entries, write
from askfirst.bootstrap import shipped

ROOT = Path(__file__).resolve().parents[2]
PYTHON = ROOT / ".venv-rasa" / "bin" / "python"


@dataclass
class Understood:
    """What was understood of one message."""

    intent: str
    entities: list[dict[str, Any]]

    def said(self, entity: str, stance: str = "asserted") -> list[str]:
        """The values of an entity with a stance, in the order of the message."""
        found = [e["value"] for e in self.entities if e["entity"] == entity and e["stance"] == stance]
        return list(dict.fromkeys(found))

    def one(self, entity: str) -> dict[str, Any]:
        """The only entity of that name."""
        (found,) = [e for e in self.entities if e["entity"] == entity]
        return found


@pytest.fixture(scope="session")
def gazetteer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The gazetteer of the default packs."""
    path = tmp_path_factory.mktemp("understanding") / "gazetteer.json"
    write(concept_entries(shipped(None).vocabulary), 1, path)
    return path


@pytest.fixture(scope="session")
def read(gazetteer: Path) -> Iterator[Callable[[str], Understood]]:
    """Reads a message as Rasa's process does."""
    process = subprocess.Popen(
        [str(PYTHON), "-m", "understanding", str(gazetteer), str(ROOT / "data" / "nlu")],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "bot")},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def understand(text: str) -> Understood:
        process.stdin.write(json.dumps(text) + "\n")
        process.stdin.flush()
        answer = json.loads(process.stdout.readline())
        return Understood(answer["intent"], answer["entities"])

    yield understand
    process.stdin.close()
    process.wait(timeout=20)
