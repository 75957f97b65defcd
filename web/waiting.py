"""Questions that could not be answered: kept on disk, and made cases once the database is back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from anyio.to_thread import run_sync

from cases.privacy import pseudonym
from cases.routing import Routing
from cases.spool import Spool
from guidelines.rulebook import RuleBook
from guidelines.store.books import Books, NoEdition
from guidelines.store.database import Database, DatabaseAway
from web.pages.words import is_command

log = logging.getLogger("askfirst.web")

LOOK_EVERY = 2.0


class Waiting:
    """The questions of this instance that wait to become cases."""

    def __init__(
        self, spool: Spool, database: Database, books: Books, routing: Routing, key: Callable[[], bytes]
    ) -> None:
        self.spool, self.database, self.books, self.routing, self._key = spool, database, books, routing, key

    async def keep(self, text: str, sender: str, channel: str) -> bool:
        """Keep a question, redacted; False when there is none to keep or nowhere to keep it."""
        if is_command(text):
            return False
        try:
            await run_sync(self._keep, text, sender, channel)
        except OSError as error:
            log.error("a question could not be kept: %s", error.strerror)
            return False
        return True

    def _keep(self, text: str, sender: str, channel: str) -> None:
        asker = pseudonym(self._key(), sender)
        self.spool.keep(text, asker=asker, channel=channel, known=_names(self._book()))

    def _book(self) -> RuleBook | None:
        try:
            return self.books.current()
        except (DatabaseAway, NoEdition):
            return None

    async def drain_for_ever(self) -> None:
        """Look again and again for questions that can become cases now."""
        while True:
            try:
                await run_sync(self.drain)
            except Exception as error:  # noqa: BLE001 - whatever is wrong with one look, there is a next one
                log.error("questions that wait could not be read back: %s", type(error).__name__)
            await asyncio.sleep(LOOK_EVERY)

    def drain(self) -> int:
        """Make cases of the questions that wait, if the database takes them; how many."""
        if not self.spool.waiting() or (book := self._book()) is None:
            return 0
        try:
            return self.spool.drain(self.database, self.routing, book.vocabulary)
        except DatabaseAway:
            return 0


def _names(book: RuleBook | None) -> tuple[str, ...]:
    """What the vocabulary calls things: no names of people."""
    if book is None:
        return ()
    return tuple(name for scheme in book.vocabulary for concept in scheme for name in concept.labels)
