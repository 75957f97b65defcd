"""Rulings a second, AskFirst's rule book beside what people would use instead, on the same made-up rule sets.

`python -m benchmarks rules` prints the tables; sizes may follow. Peers that are not installed, or would take
too long at a size, are left out and named. A peer and the rule book are asked in turns. Times are of this
process's CPU, but for PostgreSQL, which works in another: there they are by the clock.
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
_PATIENCE = 2.0  # seconds of asking for each peer at each size, in all its turns
_TURNS = 10
_START = 2_000  # questions that are the first ones after compiling
_WARMING = 18_000  # further ones before the peers are measured
_DRAWN = 20_000
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
    questions = _Questions()
    with _quiet():
        begun = time.process_time()
        book = RuleBook(given)
        compiled = time.process_time() - begun
        start = _each(lambda one: book.rule(*one), questions.fresh(_START))
        for one in questions.fresh(_WARMING):
            book.rule(*one)
        compared = [_peer(name, make, book, questions) for name, make in _peers(given)]
        again = questions.fresh(1000)
        for one in again:
            book.rule(*one)
        repeated = _each(lambda one: book.rule(*one), again)
    print("| | a ruling, µs | AskFirst meanwhile, µs | ratio | says | agrees with the rule book |")
    print("|---|---:|---:|---:|---|---|")
    for row in compared:
        print(f"| {' | '.join(row)} |")
    compiled_size, asked_size = _bytes_a_rule(given)
    applying = [len(book.explain(*asked).applicable) for asked in enquiries(200, 9)]
    print(
        f"\nThe first {_START:,} questions after compiling took {start:.1f} µs each, 1,000 asked before "
        f"{repeated:.1f} µs. It compiles in {compiled:.1f} s and takes {compiled_size:.0f} bytes a rule "
        f"besides the corpus; {asked_size:.0f} with all it remembers after 20,000 questions. "
        f"{sum(applying) / len(applying):.0f} rules apply to an enquiry on average, {max(applying)} at most.",
        flush=True,
    )


class _Questions:
    """Questions of which none is given out twice."""

    def __init__(self) -> None:
        self._given: set[Asked] = set()
        self._seed = 0

    def fresh(self, count: int) -> list[Asked]:
        """That many that nobody was asked before."""
        found: list[Asked] = []
        while len(found) < count:
            self._seed += 1
            drawn = [one for one in enquiries(_DRAWN, self._seed) if one not in self._given]
            found += drawn[: count - len(found)]
            self._given.update(found)
        return found


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
    name: str, make: Callable[[Sequence[str]], Any], book: RuleBook, questions: _Questions
) -> tuple[str, ...]:
    """A row of the table. The peer and the rule book are asked in turns, so that both meet the same noise."""
    if len(book.compiled) > _LARGEST.get(name, len(book.compiled)):
        return name, "not run: building takes too long", "", "", "", ""
    sliced = name in ("Cedar", "Rego")
    apps = tuple(dict.fromkeys(one[3] for one in questions.fresh(8))) if sliced else ()
    try:
        peer = make(apps)
    except (ImportError, OSError) as why:
        return name, f"not run: {why}", "", "", "", ""
    except Exception as why:  # noqa: BLE001 - whatever a peer raises, the others are still measured
        return name, f"not run: {type(why).__name__}", "", "", "", ""
    clock = time.perf_counter if name == "Postgres" else time.process_time
    theirs, ours = [], []
    wrong = checked = 0
    try:
        trial = _each(peer.ask, _about(apps, questions.fresh(5_000))[:20], clock)
        count = max(5, min(1_000, int(_PATIENCE * 1e6 / trial / _TURNS)))
        for _ in range(_TURNS):
            asked = questions.fresh(1_000)
            ours.append(_each(lambda one: book.rule(*one), asked))
            asked = _about(apps, questions.fresh(5_000) if sliced else asked)[:count]
            theirs.append(_each(peer.ask, asked, clock))
            checked += len(asked[:100])
            wrong += sum(not _same(peer, book, one) for one in asked[:100])
    finally:
        with suppress(AttributeError):
            peer.close()
    micros, mine = sum(theirs) / _TURNS, sum(ours) / _TURNS
    says = "whole ruling" if peer.complete else "applicable rules only"
    agrees = f"{checked - wrong:,} of {checked:,}"
    return peer.name, f"{micros:,.1f}", f"{mine:.1f}", f"{micros / mine:,.1f}", says, agrees


def _about(apps: Sequence[str], asked: Sequence[Asked]) -> Sequence[Asked]:
    """Those about these apps; all when none are named."""
    return [one for one in asked if one[3] in apps] if apps else asked


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
