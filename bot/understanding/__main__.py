"""`python -m understanding GAZETTEER DATA`: reads one message a line and prints what was understood.

For tests, and for people who wonder why a message was read as it was:
`echo "WeChat in KL?" | python -m understanding gazetteer.json data/nlu`.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .examples import examples
from .reader import Reader


def main() -> None:
    """Read messages from standard input until it ends."""
    parser = argparse.ArgumentParser(prog="understanding", description=__doc__.splitlines()[0])
    parser.add_argument("gazetteer", type=Path)
    parser.add_argument("data", type=Path)
    options = parser.parse_args()
    reader = Reader(options.gazetteer)
    reader.train(examples(options.data))
    for line in sys.stdin:
        reading = reader.read(json.loads(line) if line.startswith('"') else line.rstrip("\n"))
        entities = [entity.as_dict() for entity in reading.entities]
        print(
            json.dumps(
                {"intent": reading.intent, "confidence": round(reading.confidence, 3), "entities": entities}
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
