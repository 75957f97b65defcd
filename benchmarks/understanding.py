"""`make understanding`: how well questions are understood, in Rasa's environment, with today's vocabulary."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from answers.gazetteer import concept_entries, write
from askfirst.bootstrap import shipped

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Write the gazetteer of the default packs and score with it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gazetteer.json"
        write(concept_entries(shipped(None).vocabulary), 0, path)
        python = ROOT / ".venv-rasa" / "bin" / "python"
        command = [str(python), str(ROOT / "benchmarks" / "understanding_score.py"), str(path), *sys.argv[1:]]
        return subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT / "bot")}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
