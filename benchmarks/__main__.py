"""`python -m benchmarks`, which is `make bench`: the benchmarks named, or all that need no long time.

`rules`: rulings beside what people would use instead; `agreement`: the rule book against the slow
reference; `analysis`: lint and diff over everything; `console`: its pages on a full database;
`briefings`: those of a demo that runs;
`understanding`: how well questions are understood; `starter`: AskFirst beside Rasa's starter project.
Further words go to the one benchmark named, else to `starter`.
"""

from __future__ import annotations

import inspect
import sys
from importlib import import_module
from importlib.util import find_spec

NAMES = ("rules", "agreement", "analysis", "console", "briefings", "understanding", "starter")
_USUAL = ("rules", "starter")


def main(arguments: list[str]) -> int:
    """Run the benchmarks; the status is that of the worst."""
    named = [argument for argument in arguments if argument in NAMES]
    further = [argument for argument in arguments if argument not in NAMES]
    if further and not named:
        named = ["starter"]
    if further and len(named) > 1:
        print(f"name one of {', '.join(NAMES)}, then what it is to be given", file=sys.stderr)
        return 2
    status = 0
    for name in named or _USUAL:
        if find_spec(f"benchmarks.{name}") is None:
            print(f"there is no benchmark `{name}`", file=sys.stderr)
            return 2
        run = import_module(f"benchmarks.{name}").main
        print(f"\n## {name}", flush=True)
        # Those without parameters read the command line themselves.
        takes = inspect.signature(run).parameters
        sys.argv = [f"benchmarks.{name}", *further]
        status = max(status, run(further) if takes else run())
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
