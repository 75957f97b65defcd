"""The rule book that a running process answers from, renewed when an edition is published."""

from __future__ import annotations

import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as StillBuilding

from guidelines.rulebook import RuleBook
from guidelines.store import editions
from guidelines.store.database import Database, DatabaseAway

_LOOK_EVERY = 0.4  # seconds; a published edition answers within one second
_WAIT_FOR_BUILD = 0.3  # seconds; a large edition is built beside the answering


class NoEdition(Exception):
    """Nothing was published yet, so there is nothing to answer from."""

    def __init__(self) -> None:
        super().__init__("no edition has been published yet: import guidelines and publish them first")


class Books:
    """Compiled editions, shared by threads. Readers of an old edition keep it as long as they hold it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._current: RuleBook | None = None
        self._looked = float("-inf")
        self._lock = threading.Lock()
        self._building: tuple[int, Future[RuleBook]] | None = None
        self._builder = ThreadPoolExecutor(1, "rule-book")
        self._older: dict[int, RuleBook] = {}

    def current(self) -> RuleBook:
        """The rule book of the newest edition.

        While the database is away, or a newer edition is still being compiled, this is the last one.

        Raises:
            NoEdition: none was ever published.
            DatabaseAway: and no edition was read before.
        """
        if self._current is not None and time.monotonic() - self._looked < _LOOK_EVERY:
            return self._current
        with self._lock:
            if self._current is None or time.monotonic() - self._looked >= _LOOK_EVERY:
                self._look()
        if self._current is None:
            raise NoEdition
        return self._current

    def _look(self) -> None:
        try:
            with self._database.reading() as session:
                number = editions.newest(session)
        except DatabaseAway:
            if self._current is None:
                raise
            self._looked = time.monotonic()
            return
        if number is not None and (self._current is None or self._current.edition != number):
            self._renew(number)
        self._looked = time.monotonic()

    def _renew(self, number: int) -> None:
        if self._building is None or self._building[0] != number:
            self._building = (number, self._builder.submit(self._compile, number))
        building = self._building[1]
        try:
            self._current = building.result(None if self._current is None else _WAIT_FOR_BUILD)
            self._building = None
        except StillBuilding:
            return
        except DatabaseAway:
            self._building = None
            if self._current is None:
                raise

    def _compile(self, number: int) -> RuleBook:
        with self._database.reading() as session:
            corpus = editions.corpus_of(session, number)
        return RuleBook(corpus, number)

    def at(self, number: int) -> RuleBook:
        """The rule book of any edition. Raises KeyError when there is none of that number."""
        if self._current is not None and self._current.edition == number:
            return self._current
        book = self._older.get(number)
        if book is None:
            book = self._compile(number)
            self._older = {**dict(list(self._older.items())[-3:]), number: book}
        return book
