"""10,000 cases with 200,000 occurrences and as many receipts: no page of the console reads them all.

What a page costs is told by the steps of SQLite's machine; `make bench ARGS=console` reads the clock.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.pool import Pool

from benchmarks.console import FORMS, OCCURRENCES, PAGES, console, pages

STEPS = 1000
#: Whoever reads every occurrence takes five steps for each at the very least.
ENOUGH_FOR_ALL = 5 * OCCURRENCES // STEPS


@contextmanager
def counting() -> Iterator[list[int]]:
    """Counts the steps, in thousands, of every SQLite connection opened within."""
    taken = [0]

    def count() -> None:
        taken[0] += 1

    def watch(connection: Any, _record: object) -> None:
        connection.set_progress_handler(count, STEPS)

    event.listen(Pool, "connect", watch)
    try:
        yield taken
    finally:
        event.remove(Pool, "connect", watch)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_no_page_reads_all_there_is() -> None:
    with counting() as taken, console(full=True) as client:
        cost = {}
        for name, ask in pages(client):
            ask()
            before = taken[0]
            ask()
            cost[name] = taken[0] - before
    assert {name: steps for name, steps in cost.items() if steps >= ENOUGH_FOR_ALL} == {}
    assert len(cost) == len(PAGES) + len(FORMS)
