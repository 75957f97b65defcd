"""Rulings a second, AskFirst's rule book beside what people would use instead, on the same made-up rule sets.

`python -m benchmarks rules` prints the tables; sizes may follow. Peers that are not installed, or would take
too long at a size, are left out and named. Times are of this process's CPU, but for PostgreSQL, which works
in another: there they are by the clock.
"""

from __future__ import annotations

import gc
import os
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from benchmarks.peers.dictionary import Dictionary
from benchmarks.peers.engines import Cedar, Rego
from benchmarks.peers.sql import Postgres, Sqlite
from benchmarks.ruleset import Asked, corpus, enquiries
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_PATIENCE = 2.0  # seconds of asking for each peer at each size
_FRESH = 20_000  # enquiries before and again while measuring, none of them twice
_POSTGRES = os.environ.get("ASKFIRST_BENCH_POSTGRES", "postgresql://postgres@127.0.0.1:5432/test")
# The largest size at which building takes a bearable time.
_LARGEST = {"Cedar": 100_000, "Rego": 10_000}


def main(arguments: Sequence[str] = ()) -> int:
    """Print the tables for the sizes given, or for all."""
    for size in [int(argument.replace(",", "")) for argument in arguments] or SIZES:
        _measure(size)
    return 0


def _measure(size: int) -> None:
    given = corpus(size)
    print(f"\n### {size:,} rules\n", flush=True)
    with _quiet():
        gc.collect()
        begun = time.process_time()
        book = RuleBook(given)
        compiled = time.process_time() - begun
        ours = _ours(book)
        rows, best = [], float("inf")
        for build in _peers(given):
            row, micros, complete = _peer(*build, book)
            rows.append(row)
            if complete:
                best = min(best, micros)
    print("| | a ruling, µs | says | agrees with the rule book | AskFirst is faster by |")
    print("|---|---:|---|---|---:|")
    for name, micros in ours.items():
        times = f"{best / micros:.1f} x the best peer" if best < float("inf") else ""
        print(f"| AskFirst, {_NAMES[name]} | {micros:.1f} | whole ruling | | {times} |")
    for name, micros, says, agrees in rows:
        print(f"| {name} | {micros} | {says} | {agrees} | |")
    compiled_size, asked_size = _bytes_a_rule(given)
    applying = [len(book.explain(*asked).applicable) for asked in enquiries(200, 9)]
    print(
        f"\nThe book is compiled in {compiled:.1f} s and takes {compiled_size:.0f} bytes a rule besides the "
        f"corpus; {asked_size:.0f} with all it remembers after 20,000 questions. "
        f"{sum(applying) / len(applying):.0f} rules apply to an enquiry on average, {max(applying)} at most.",
        flush=True,
    )


_NAMES = {
    "start": "the first 2,000 questions after compiling",
    "first": "questions never asked before, once it has run",
    "again": "questions asked before",
}


def _ours(book: RuleBook) -> dict[str, float]:
    asked = enquiries(2 * _FRESH, 5)
    ask = book.rule
    parts = {"start": asked[:2000], "": asked[2000:_FRESH], "first": asked[_FRESH:], "again": asked[-1000:]}
    took = {name: _each(lambda one: ask(*one), part) for name, part in parts.items()}
    return {name: took[name] for name in _NAMES}


def _each(
    ask: Callable[[Asked], Any], asked: Sequence[Asked], clock: Callable[[], float] = time.process_time
) -> float:
    """Microseconds for each question."""
    begun = clock()
    for one in asked:
        ask(one)
    return (clock() - begun) / len(asked) * 1e6


def _peers(given: Corpus) -> Iterator[tuple[str, Callable[[Sequence[str]], Any]]]:
    yield "Dictionary", lambda _: Dictionary(given)
    yield "Sqlite", lambda _: Sqlite(given)
    yield "Postgres", lambda _: Postgres(given, _POSTGRES)
    yield "Cedar", lambda apps: Cedar(given, apps)
    yield "Rego", lambda apps: Rego(given, apps)


def _peer(
    name: str, make: Callable[[Sequence[str]], Any], book: RuleBook
) -> tuple[tuple[str, str, str, str], float, bool]:
    rules = len(book.compiled)
    if rules > _LARGEST.get(name, rules):
        return (name, "not run: building takes too long", "", ""), float("inf"), False
    asked = enquiries(2 * _FRESH, 5)[_FRESH:]
    sliced = name in ("Cedar", "Rego")
    apps = tuple(dict.fromkeys(one[3] for one in asked[:8])) if sliced else ()
    if sliced:
        asked = [one for one in asked if one[3] in apps]
    try:
        peer = make(apps)
    except (ImportError, OSError) as why:
        return (name, f"not run: {why}", "", ""), float("inf"), False
    except Exception as why:  # noqa: BLE001 - whatever a peer raises, the others are still measured
        return (name, f"not run: {type(why).__name__}", "", ""), float("inf"), False
    clock = time.perf_counter if name == "Postgres" else time.process_time
    try:
        few = asked[:20]
        once = _each(peer.ask, few, clock)
        count = max(20, min(len(asked), int(_PATIENCE * 1e6 / once)))
        part = (asked * (count // len(asked) + 1))[:count]
        micros = _each(peer.ask, part, clock)
        checked = part[: min(count, 1000)]
        wrong = sum(not _same(peer, book, one) for one in checked)
    finally:
        with suppress(AttributeError):
            peer.close()
    says = "whole ruling" if peer.complete else "applicable rules only"
    agrees = f"{len(checked) - wrong:,} of {len(checked):,}"
    return (peer.name, f"{micros:,.1f}", says, agrees), micros, peer.complete


def _same(peer: Any, book: RuleBook, asked: Asked) -> bool:
    said = peer.ask(asked)
    if not peer.complete:
        return said == frozenset(book.explain(*asked).applicable)
    ruling = book.rule(*asked)
    return said == (ruling.effect, ruling.unclear, frozenset(ruling.rules))


def _bytes_a_rule(given: Corpus) -> tuple[float, float]:
    """What the book takes over and above the corpus for each rule: once compiled, and when it has remembered
    what 20,000 questions need.
    """
    size = sum(len(guideline.rules) for guideline in given.guidelines)
    asked = enquiries(20_000, 6)
    gc.collect()
    tracemalloc.start()
    book = RuleBook(given)
    compiled, _ = tracemalloc.get_traced_memory()
    for one in asked:
        book.rule(*one)
    gc.collect()
    asked_of, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return compiled / size, asked_of / size


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the garbage collector walking over millions of rules while others are measured."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
