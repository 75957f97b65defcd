"""What the gateway must not forget when it is killed: updates that wait, messages to send, live buttons.

An update is written down before Telegram is told that it arrived, and its answer in the same transaction that
takes it off the list. Words of people and of answers are deleted as soon as they are handled and sent.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from channels.telegram.reading import Received

MOST_WAITING = 20
# Telegram itself keeps updates for a day at most.
REMEMBERED = 2 * 86400
_TABLES = """
CREATE TABLE IF NOT EXISTS inbox (
    id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, body TEXT, received_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS inbox_waiting ON inbox (chat, id) WHERE body IS NOT NULL;
CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, chat INTEGER NOT NULL, body TEXT,
    made_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS outbox_unsent ON outbox (chat, id) WHERE body IS NOT NULL;
CREATE TABLE IF NOT EXISTS buttons (
    id TEXT PRIMARY KEY, chat INTEGER NOT NULL, value TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS buttons_chat ON buttons (chat);
"""


@dataclass(frozen=True, slots=True)
class Out:
    """A message to send: its text as HTML, the same without tags, its buttons, and what it replies to.

    `buttons` are rows of (title, value); once it is in the outbox the values are ids of stored buttons.
    """

    html: str
    plain: str
    buttons: Sequence[Sequence[tuple[str, str]]] = ()
    reply_to: int | None = None
    leave: bool = False
    id: int = field(default=0, compare=False)


class Store:
    """The gateway's own SQLite file."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file, isolation_level=None, timeout=5)
        file.chmod(0o600)
        # A write-ahead log would keep what is deleted for a while.
        self._connection.execute("PRAGMA journal_mode=TRUNCATE")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.executescript(_TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def receive(self, updates: Iterable[Received]) -> set[int]:
        """Write updates down, each once, and give the chats that have something new.

        A chat that has too many waiting already gets them without their words: they are answered together.
        """
        now, new = time.time(), set()
        with self._transaction() as run:
            for received in updates:
                if received.kind == "nothing":
                    body = None
                elif self._waiting(received.chat) >= MOST_WAITING:
                    flood = Received(received.update, received.chat, received.account, "flood")
                    body = flood.dumped()
                else:
                    body = received.dumped()
                done = run(
                    "INSERT OR IGNORE INTO inbox (id, chat, body, received_at) VALUES (?, ?, ?, ?)",
                    (received.update, received.chat, body, now),
                )
                if done.rowcount and body is not None:
                    new.add(received.chat)
        return new

    def _waiting(self, chat: int) -> int:
        query = "SELECT COUNT(*) FROM inbox WHERE chat = ? AND body IS NOT NULL"
        return int(self._connection.execute(query, (chat,)).fetchone()[0])

    def chats(self) -> set[int]:
        """The chats that have something waiting, to be answered or to be sent."""
        waiting = "SELECT chat FROM {} WHERE body IS NOT NULL"
        query = f"{waiting.format('inbox')} UNION {waiting.format('outbox')}"
        return {row[0] for row in self._connection.execute(query)}

    def next(self, chat: int) -> Received | None:
        """The update of a chat that is to be answered next."""
        query = "SELECT body FROM inbox WHERE chat = ? AND body IS NOT NULL ORDER BY id LIMIT 1"
        row = self._connection.execute(query, (chat,)).fetchone()
        return Received.loaded(row[0]) if row else None

    def answered(self, received: Received, outs: Sequence[Out], *, retire: bool) -> None:
        """Take an update off the list and put its answer into the outbox, both or neither.

        Args:
            retire: whether the answer takes the place of the buttons that were live in the chat.
        """
        with self._transaction() as run:
            if retire:
                run("DELETE FROM buttons WHERE chat = ?", (received.chat,))
            for position, out in enumerate(outs):
                self._put(run, f"update {received.update} {position}", received.chat, out)
            run("UPDATE inbox SET body = NULL WHERE id = ?", (received.update,))

    def answered_flood(self, received: Received, outs: Sequence[Out]) -> None:
        """Answer all updates of a chat that were too many, together."""
        with self._transaction() as run:
            rows = run("SELECT id, body FROM inbox WHERE chat = ? AND body IS NOT NULL", (received.chat,))
            flood = [row[0] for row in rows.fetchall() if Received.loaded(row[1]).kind == "flood"]
            for position, out in enumerate(outs):
                self._put(run, f"update {received.update} {position}", received.chat, out)
            run(f"UPDATE inbox SET body = NULL WHERE id IN ({','.join('?' * len(flood))})", flood)

    def push(self, name: str, chat: int, outs: Sequence[Out]) -> None:
        """Put a message that nobody asked for into the outbox, once for its name."""
        with self._transaction() as run:
            for position, out in enumerate(outs):
                self._put(run, f"{name} {position}", chat, out)

    def _put(self, run: Any, name: str, chat: int, out: Out) -> None:
        if run("SELECT 1 FROM outbox WHERE name = ?", (name,)).fetchone():
            return
        rows = []
        for row in out.buttons:
            kept = []
            for title, value in row:
                # The Bot API takes 64 bytes with a button: the value stays here, under a short id.
                button = secrets.token_urlsafe(12)
                run("INSERT INTO buttons (id, chat, value) VALUES (?, ?, ?)", (button, chat, value))
                kept.append((title, button))
            rows.append(kept)
        body = json.dumps(
            {
                "html": out.html,
                "plain": out.plain,
                "buttons": rows,
                "reply_to": out.reply_to,
                "leave": out.leave,
            },
            ensure_ascii=False,
        )
        run(
            "INSERT INTO outbox (name, chat, body, made_at) VALUES (?, ?, ?, ?)",
            (name, chat, body, time.time()),
        )

    def unsent(self, chat: int) -> Out | None:
        """The message of a chat that is to be sent next."""
        query = "SELECT id, body FROM outbox WHERE chat = ? AND body IS NOT NULL ORDER BY id LIMIT 1"
        row = self._connection.execute(query, (chat,)).fetchone()
        return Out(**json.loads(row[1]), id=row[0]) if row else None

    def sent(self, out: Out) -> None:
        """Take a message off the list; its words are deleted."""
        with self._transaction() as run:
            run("UPDATE outbox SET body = NULL WHERE id = ?", (out.id,))

    def value_of(self, chat: int, button: str) -> str | None:
        """What a button of a chat says; nothing when it is not live any more."""
        query = "SELECT value FROM buttons WHERE chat = ? AND id = ?"
        row = self._connection.execute(query, (chat, button)).fetchone()
        return row[0] if row else None

    def forget(self, chat: int) -> None:
        """Forget the live buttons of a chat."""
        with self._transaction() as run:
            run("DELETE FROM buttons WHERE chat = ?", (chat,))

    def tidy(self) -> None:
        """Forget the numbers of updates and messages that cannot come again."""
        old = time.time() - REMEMBERED
        with self._transaction() as run:
            run("DELETE FROM inbox WHERE body IS NULL AND received_at < ?", (old,))
            run("DELETE FROM outbox WHERE body IS NULL AND made_at < ?", (old,))

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection.execute
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
