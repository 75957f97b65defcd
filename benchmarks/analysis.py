"""`python -m benchmarks.analysis`: how long a diff, lint and coverage of large rule sets take.

The rule sets are generated (`benchmarks/corpora.py`) over the shipped vocabulary, widened to 14 roles, with
8 devices, 250 countries and 773 apps. A diff is measured after few and after many rules were edited, and with
an edition that has no rule in common. Lint is measured on rules that come and go in time as well
(`benchmarks/ruleset.py`).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import time
from collections.abc import Callable
from typing import Any

from askfirst.bootstrap import shipped
from benchmarks.corpora import edited, generated, widened
from benchmarks.ruleset import corpus as dated
from guidelines.analysis.coverage import cover
from guidelines.analysis.diff import compare
from guidelines.analysis.faults import ENOUGH, find_faults
from guidelines.lint import blocking

ON = dt.date(2026, 11, 23)


def timed(act: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds on the clock, seconds of processor time, and what came out."""
    clock, processor = time.perf_counter(), time.process_time()
    found = act()
    return time.perf_counter() - clock, time.process_time() - processor, found


def main() -> int:
    """Measure and print a table, or JSON."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--rules", type=int, nargs="*", default=[1000, 10_000])
    options.add_argument("--edited", type=float, nargs="*", default=[0.001, 0.01, 0.05, 0.3])
    options.add_argument("--thorough", action="store_true", help="Let lint finish, whatever it takes.")
    options.add_argument("--json", action="store_true")
    given = options.parse_args()
    vocabulary = widened(shipped(None).vocabulary)
    enough = None if given.thorough else ENOUGH
    results = []
    for count in given.rules:
        corpus = generated(vocabulary, count)
        others = {f"{share:.1%} of rules edited": edited(corpus, share) for share in given.edited}
        others["no rule in common"] = generated(vocabulary, count, seed=9)
        for what, other in others.items():
            clock, processor, found = timed(lambda a=corpus, b=other: compare(a, b, ON))
            note = f"{found.changed:,} of {found.compared:,} changed, {len(found.groups)} groups"
            results.append((count, f"diff, {what}", clock, processor, note))
        clock, processor, wrong = timed(lambda a=corpus: blocking(a))
        results.append((count, "errors that block publishing", clock, processor, f"{len(wrong)} errors"))
        for what, rules in (("lint", corpus), ("lint, rules with dates", dated(count))):
            clock, processor, faults = timed(lambda a=rules: find_faults(a, ON, enough=enough))
            note = (
                f"{faults.seen} of {faults.leaves} classes of apps, {len(faults.never)} never decide, "
                f"{len(faults.redundant)} redundant, {faults.clashing:,} pairs clash"
            )
            results.append((count, what, clock, processor, note))
        clock, processor, table = timed(lambda a=corpus: cover(a, ON, "role", "device"))
        note = f"{table.whole.silent:,} without guidance, {table.whole.clash:,} clashing"
        results.append((count, "coverage, role by device", clock, processor, note))
    if given.json:
        keys = ("rules", "what", "seconds", "processor_seconds", "found")
        print(json.dumps([dict(zip(keys, row, strict=True)) for row in results], indent=1))
        return 0
    print("| rules | what | seconds | processor seconds | found |\n|---|---|---|---|---|")
    for count, what, clock, processor, note in results:
        print(f"| {count:,} | {what} | {clock:.2f} | {processor:.2f} | {note} |")
    return 0


if __name__ == "__main__":
    main()
