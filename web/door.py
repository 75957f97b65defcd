"""What the front door holds while it is open: the parts that its routes use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request

from answers.desk import Desk
from askfirst.settings import Settings
from cases.privacy import load_key, pseudonym
from guidelines.rulebook import RuleBook
from guidelines.store import conversations
from guidelines.store.books import Books, NoEdition
from guidelines.store.database import Database, DatabaseAway
from web.faults import Refusal
from web.health import Parts
from web.turns import Turns


@dataclass(frozen=True)
class Door:
    """The parts, wired once when the program starts."""

    settings: Settings
    database: Database
    books: Books
    desk: Desk
    turns: Turns
    parts: Parts

    @property
    def demo(self) -> bool:
        """Whether this is the demo."""
        return self.settings.mode == "demo"

    async def book(self) -> RuleBook:
        """The rule book that answers now; read beside the event loop.

        Raises:
            Refusal: 503, when there is none to be had.
        """
        try:
            return await run_sync(self.books.current)
        except NoEdition:
            raise Refusal(503, "no edition of the guidelines is published yet") from None
        except DatabaseAway:
            raise Refusal(503, "the guidelines cannot be read right now", {"retry-after": "10"}) from None

    def forget(self, sender: str) -> None:
        """Forget what is held of a conversation. Raises DatabaseAway."""
        with self.database.transaction() as session:
            conversations.forget(session, pseudonym(load_key(self.settings.home), sender))


def door(request: Request) -> Door:
    """The front door that a request came through."""
    held: Any = request.app.state.door
    assert isinstance(held, Door)
    return held
