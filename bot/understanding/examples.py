"""The training messages of `data/nlu`, read without Rasa."""

from __future__ import annotations

from pathlib import Path

import yaml


def examples(folder: Path) -> list[tuple[str, str]]:
    """Pairs of message and intent from Rasa's NLU files."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text("utf-8"))["nlu"]:
            lines = (line.strip() for line in block["examples"].splitlines())
            found += [(line[2:].strip(), block["intent"]) for line in lines if line.startswith("- ")]
    return found
