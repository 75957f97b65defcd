"""The rule book against the slow reference evaluator (tests/guidelines/reference.py), a million times.

`python -m benchmarks agreement [COUNT]`: many sets of 200 rules in which exclusions, dates, baseline, binding
and overrides are frequent; books of one chapter and of many; different random enquiries for each.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Sequence

from benchmarks.ruleset import RICH, Asked, corpus, enquiries
from guidelines import contents
from guidelines.formats import corpus_to_dict
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus
from tests.guidelines import reference
from tests.guidelines.remembering import remembering

_RULES = 200
_ENQUIRIES = 50_000
_DIVISIONS = {"one chapter": (2048, 512, 1536), "by app": (0, 512, 1536), "every kind": (0, 2, 20)}


def main(arguments: Sequence[str] = ()) -> int:
    """Compare at least as many rulings as asked for; 1 when any differed."""
    wanted = int(arguments[0].replace(",", "")) if arguments else 1_000_000
    met: Counter[str] = Counter()
    begun = time.monotonic()
    seed = 0
    while met["compared"] < wanted:
        given = corpus(_RULES, 1000 + seed, RICH)
        asked = enquiries(min(_ENQUIRIES, wanted - met["compared"]), 1000 + seed)
        _compare(given, asked, list(_DIVISIONS.values())[seed % len(_DIVISIONS)], met)
        seed += 1
    print(f"\n### The rule book against the reference: {met['compared']:,} rulings\n")
    print(
        f"{seed} sets of {_RULES} rules, {time.monotonic() - begun:.0f} s: {met['different']:,} different.\n"
    )
    print("| ruling | met |\n|---|---:|")
    for name, count in sorted(met.items()):
        if name not in ("compared", "different"):
            print(f"| {name} | {count:,} |")
    return 1 if met["different"] else 0


def _compare(given: Corpus, asked: Sequence[Asked], division: tuple[int, ...], met: Counter[str]) -> None:
    names = ("SMALL_BOOK", "LONG_CHAPTER", "LONG_COMMON")
    usual = [getattr(contents, name) for name in names]
    try:
        for name, size in zip(names, division, strict=True):
            setattr(contents, name, size)
        book = RuleBook(given)
    finally:
        for name, size in zip(names, usual, strict=True):
            setattr(contents, name, size)
    plain = corpus_to_dict(given)
    with remembering():
        for *details, on in asked:
            expected = reference.rule(plain, dict(zip(reference.DIMENSIONS, details, strict=True)), on)
            found = book.rule(*details, on)
            met["compared"] += 1
            met[f"{found.effect or 'none'}{f', {found.unclear}' if found.unclear else ''}"] += 1
            same = (
                (found.effect, found.unclear) == (expected["effect"], expected["unclear"])
                and set(found.rules) == expected["rules"]
                and set(found.conditions) == expected["conditions"]
            )
            if not same:
                met["different"] += 1
                print(f"differs: {details} on {on}: {found} but {expected}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
