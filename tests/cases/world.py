"""A small world on a real database: a pack, a desk, people who ask, and owners who publish."""

from __future__ import annotations

import copy
import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from answers.desk import Desk
from answers.heard import Heard
from answers.reply import Reply
from cases import closing
from guidelines.formats import corpus_from_dict
from guidelines.store import editions
from guidelines.store.books import Books
from guidelines.store.database import Database
from tests.store.conftest import plain_pack

TODAY = dt.date(2026, 6, 1)
MAY = "can a diplomat use {app} on a work phone in China?"


class World:
    """Everything that a test of the gap loop needs."""

    def __init__(self, home: Path, url: str | None = None) -> None:
        self.database = Database(url or f"sqlite:///{home / 'askfirst.db'}", patience=1.0)
        self.database.migrate()
        self.books = Books(self.database)
        self.pack = plain_pack()
        self.pack["vocabulary"]["role"] += [
            {"id": role, "prefLabel": role, "altLabels": [], "broader": ["any"]} for role in ("clerk", "cook")
        ]
        self.edition = 0
        self.publish()
        self.desk = Desk(SimpleNamespace(home=home), self.database, self.books, today=lambda: TODAY)

    def publish(self, pack: dict[str, Any] | None = None) -> closing.Closed:
        """Publish the pack, or another one, and close what it answers."""
        with self.database.transaction() as session:
            editions.save_draft(session, corpus_from_dict(pack or self.pack), "an author")
        edition = editions.publish(self.database, approved_by="an approver", on=TODAY)
        self.edition = edition.number
        self.books = Books(self.database)
        if hasattr(self, "desk"):
            self.desk._books = self.books
        return closing.after_publish(self.database, self.books, edition.number, TODAY)

    def with_rule(self, **scope: list[str]) -> dict[str, Any]:
        """The pack with one more rule of that scope, which allows."""
        pack = copy.deepcopy(self.pack)
        pack["guidelines"][0]["rules"].append(
            {"id": "new-rule", "effect": "allowed", "scope": scope, "reason": "It was looked at and is fine."}
        )
        return pack

    def with_app(self, id: str, label: str, **rule: list[str]) -> dict[str, Any]:
        """The pack with one more app, and a rule about it."""
        pack = self.with_rule(**(rule or {"app": [id]}))
        pack["vocabulary"]["app"].append({"id": id, "prefLabel": label, "altLabels": [], "broader": ["any"]})
        return pack

    def ask(
        self, who: str, text: str = "", intent: str = "may_i", channel: str = "web", **named: str
    ) -> Reply:
        """One message of a conversation, as the understanding hands it over."""
        entities = [{"entity": name, "value": value, "text": value} for name, value in named.items()]
        message = {"text": text or "may I?", "intent": {"name": intent}, "entities": entities}
        return self.desk.hear(who, Heard.from_message(message), channel=channel)

    def ask_about(self, who: str, app: str = "wechat", role: str = "diplomat", **more: Any) -> Reply:
        """A whole question: by default about a gap, since nothing is said about diplomats."""
        return self.ask(who, role=role, device="work-phone", country="CN", app=app, **more)
