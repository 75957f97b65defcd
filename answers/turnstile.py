"""One writer at a time within a process.

SQLite lets one transaction write and has the others look again every few milliseconds, so that under load
some wait for seconds while others overtake them. The threads of a process queue here instead, and go in the
order they came.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from guidelines.store.database import Database, DatabaseAway

_PATIENCE = 5.0


class Turnstile:
    """The way to the transactions of a database, first come, first served.

    Args:
        patience: seconds that a thread waits for its turn before the database counts as away.
    """

    def __init__(self, database: Database, patience: float = _PATIENCE) -> None:
        self._database, self._patience = database, patience
        self._mutex = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._busy = False

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """As `Database.transaction`. Raises DatabaseAway."""
        self._enter()
        try:
            with self._database.transaction() as session:
                yield session
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._mutex:
            if not self._busy:
                self._busy = True
                return
            mine = threading.Event()
            self._waiting.append(mine)
        if mine.wait(self._patience):
            return
        with self._mutex:
            if mine.is_set():
                # It was called just as it gave up.
                return
            self._waiting.remove(mine)
        raise DatabaseAway("the database is not available: too many turns wait for it")

    def _leave(self) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._busy = False
