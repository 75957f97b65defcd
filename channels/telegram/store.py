"""What the gateway must not forget when it is killed: updates that wait, messages to send, live buttons.

An update is written down before Telegram is told that it arrived, and its answer in the same transaction that
takes it off the list. Words of people and of answers are deleted as soon as they are handled and sent.
"""

from __future__ import annotations

import hashlib
import hmac
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
# As long as the front door keeps a conversation that nobody comes back to.
BUTTONS_KEPT = 30 * 86400
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
    """The gateway's own SQLite file.

    Args:
        file: where it is; it is made, and nobody but its owner may read it.
        key: a secret, for what is kept to be known again and not to be read.
    """

    def __init__(self, file: Path, key: str) -> None:
        self._key = key.encode()
        file.parent.mkdir(parents=True, exist_ok=True)
        self._connection = sqlite3.connect(file, isolation_level=None, timeout=5)
        file.chmod(0o600)
        # A write-ahead log would keep what is deleted for a while.
        self._connection.execute("PRAGMA journal_mode=TRUNCATE")
        self._connection.execute("PRAGMA synchronous=FULL")
        self._connection.execute("PRAGMA secure_delete=ON")
        self._connection.executescript(_TABLES)
        held = {row[1] for row in self._connection.execute("PRAGMA table_info(inbox)")}
        for column in ("message INTEGER", "digest TEXT"):
            if column.partition(" ")[0] not in held:
                self._connection.execute(f"ALTER TABLE inbox ADD COLUMN {column}")
        if "made_at" not in {row[1] for row in self._connection.execute("PRAGMA table_info(buttons)")}:
            self._connection.execute("ALTER TABLE buttons ADD COLUMN made_at REAL NOT NULL DEFAULT 0")
        self._connection.execute("CREATE INDEX IF NOT EXISTS inbox_message ON inbox (chat, message)")

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
                if received.kind == "nothing" or self._is_unchanged(received):
                    body = None
                elif self._waiting(received.chat) >= MOST_WAITING:
                    flood = Received(
                        received.update, received.chat, received.account, "flood", callback=received.callback
                    )
                    body = flood.dumped()
                else:
                    body = received.dumped()
                done = run(
                    "INSERT OR IGNORE INTO inbox (id, chat, body, received_at, message, digest) "
                    "VALUES (?, ?, ?, ?, ?, ?)",
                    (received.update, received.chat, body, now, received.message, self._digest(received)),
                )
                if done.rowcount and body is not None:
                    new.add(received.chat)
        return new

    def _is_unchanged(self, received: Received) -> bool:
        """Whether it is a message that is said to be edited and says the same: the Bot API warns that it
        reports changes that nobody sees.
        """
        query = "SELECT digest FROM inbox WHERE chat = ? AND message = ? AND id != ? ORDER BY id DESC LIMIT 1"
        row = self._connection.execute(query, (received.chat, received.message, received.update)).fetchone()
        return row is not None and row[0] is not None and row[0] == self._digest(received)

    def _digest(self, received: Received) -> str | None:
        """What a text is known again by, which says nothing to anybody who has not the bot's token."""
        if received.kind not in ("say", "edit", "command"):
            return None
        said = f"{received.name}\n{received.text}"
        return hmac.new(self._key, said.encode(), hashlib.sha256).hexdigest()

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

    def answered(
        self, received: Received, outs: Sequence[Out], *, retire: bool = False, name: str = ""
    ) -> None:
        """Take an update off the list and put its answer into the outbox, both or neither.

        Args:
            retire: whether the answer takes the place of the buttons that were live in the chat.
            name: what the answer is known by, where it is sent once for several updates.
        """
        known_by = f"album {received.chat} {name}" if name else f"update {received.update}"
        with self._transaction() as run:
            if retire:
                run("DELETE FROM buttons WHERE chat = ?", (received.chat,))
            for position, out in enumerate(outs):
                self._put(run, f"{known_by} {position}", received.chat, out)
            run("UPDATE inbox SET body = NULL WHERE id = ?", (received.update,))

    def flooded_presses(self, chat: int) -> list[str]:
        """The presses among the updates that were too many, as many as can be answered."""
        query = "SELECT body FROM inbox WHERE chat = ? AND body IS NOT NULL ORDER BY id"
        waiting = [Received.loaded(row[0]) for row in self._connection.execute(query, (chat,))]
        presses = [one.callback for one in waiting if one.kind == "flood" and one.callback]
        return presses[:MOST_WAITING]

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
                run(
                    "INSERT INTO buttons (id, chat, value, made_at) VALUES (?, ?, ?, ?)",
                    (button, chat, value, time.time()),
                )
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
        """Forget the numbers of what cannot come again, and old buttons that nobody pressed."""
        old = time.time() - REMEMBERED
        with self._transaction() as run:
            run("DELETE FROM inbox WHERE body IS NULL AND received_at < ?", (old,))
            run("DELETE FROM outbox WHERE body IS NULL AND made_at < ?", (old,))
            run("DELETE FROM buttons WHERE made_at < ?", (time.time() - BUTTONS_KEPT,))

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield self._connection.execute
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")
