"""What is kept only for a time is gone after it, from the disk too; and nobody else may read what is kept."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from answers.heard import Heard
from briefings import told
from briefings.tables import BriefedRow
from guidelines.store.tables import Base
from web.forgetting import forget
from web.gateways import turns
from web.linking import links
from web.signin import sessions
from web.signin.people import Person

KEY = b"a key"
SECRET = "zorgblat"


@pytest.fixture
def database(client):
    return client.app.state.door.database


@pytest.fixture
def desk(client):
    return client.app.state.door.desk


def on_disk(home) -> bytes:
    return b"".join(file.read_bytes() for file in home.rglob("*") if file.is_file())


def count(database, table: str) -> int:
    with database.reading() as session:
        return len(session.execute(select(Base.metadata.tables[table])).all())


def say(desk, text: str, conversation: str = "somebody", **more) -> None:
    desk.hear(conversation, Heard.from_message({"intent": {"name": "nlu_fallback"}, "text": text, **more}))


@pytest.mark.parametrize(
    ("table", "keep", "days"),
    [
        ("gateway_turns", lambda s: turns.keep(s, "1", "an answer"), 1 / 24),
        ("link_codes", lambda s: links.make_code(s, KEY, "c", "1", "A Name", None, None), 10 / 24 / 60),
        ("sessions", lambda s: sessions.begin(s, Person("1", "A Name", ()), dt.timedelta(8)), 1 / 24),
        ("briefed", lambda s: told.remember(s, "R-1", "an-asker", "api", 1), 90),
    ],
)  # fmt: skip
def test_what_has_its_time_is_forgotten_after_it_without_anybody_coming(
    database, settings, table, keep, days
):
    with database.transaction() as session:
        keep(session)
    due, minute = dt.datetime.now(dt.UTC) + dt.timedelta(days=days), dt.timedelta(minutes=1)

    forget(database, settings, due - minute)
    assert count(database, table) == 1
    forget(database, settings, due + minute)
    assert count(database, table) == 0


def test_words_that_are_old_are_on_the_disk_no_more(database, desk, settings, home):
    for number in range(40):
        say(desk, f"blorp the wizz {SECRET} {number}")
    assert SECRET.encode() in on_disk(home)

    forget(database, settings, dt.datetime.now(dt.UTC) + dt.timedelta(days=settings.keep_text_days + 1))

    assert SECRET.encode() not in on_disk(home)


def test_a_conversation_that_is_forgotten_is_on_the_disk_no_more(database, desk, settings, home):
    stranger = {"entity": "unknown_app", "value": SECRET, "text": SECRET, "candidates": []}
    for number in range(40):
        say(desk, "?", f"conversation {number}", entities=[stranger], intent={"name": "inform"})
    assert SECRET.encode() in on_disk(home)

    for number in range(40):
        desk.forget(f"conversation {number}")
    forget(database, settings)

    with database.reading() as session:
        kept = [str(row) for table in Base.metadata.sorted_tables for row in session.execute(select(table))]
    # An app that nobody catalogued is named in its case and in receipts, which are about no conversation.
    assert not [
        row for row in kept if SECRET in row and "no-guidance" not in row and "unknown-app" not in row
    ]


def test_forgetting_a_conversation_forgets_what_it_was_briefed_on(database, desk):
    details = [
        {"entity": scheme, "value": concept, "text": concept, "how": "exact", "stance": "asserted"}
        for scheme, concept in (("country", "JP"), ("role", "diplomat"), ("device", "work-phone"))
    ]
    say(desk, "brief me", intent={"name": "brief"}, entities=details)
    assert count(database, BriefedRow.__tablename__) == 1

    desk.forget("somebody")

    assert count(database, BriefedRow.__tablename__) == 0


def test_nobody_else_on_the_machine_may_read_the_database(client, home):
    assert list(home.glob("askfirst.db*"))
    assert not [file for file in home.glob("askfirst.db*") if file.stat().st_mode & 0o077]
