"""Receipts: chained, findable, and any later change shows."""

import datetime as dt
import threading

import pytest
from sqlalchemy import text

from guidelines.rules import Corpus
from guidelines.store import receipts
from guidelines.store.database import Database, DatabaseAway
from tests.store.test_editions import publish

TODAY = dt.date(2026, 11, 23)


def write(database: Database, app: str = "wechat") -> receipts.Receipt:
    with database.transaction() as session:
        return receipts.append(
            session,
            edition=1,
            enquiry={"role": "defence-member", "device": "work-phone", "country": "CN", "app": app},
            on=TODAY,
            outcome={"effect": "prohibited", "unclear": None, "rules": ["defence-wechat-work"]},
            channel="web",
        )


@pytest.fixture(autouse=True)
def _edition(database: Database, corpus: Corpus) -> None:
    publish(database, corpus)


def test_a_receipt_is_found_by_its_number_as_people_type_it(database: Database) -> None:
    written = write(database)
    with database.reading() as session:
        assert receipts.find(session, f" {written.id.lower()} ") == written
        assert receipts.find(session, "R-AAAAA-AAAAA") is None


def test_an_untouched_chain_holds(database: Database) -> None:
    for _ in range(5):
        write(database)
    with database.reading() as session:
        assert receipts.first_broken_link(session) is None


@pytest.mark.parametrize(
    ("harm", "seq"),
    [
        ('UPDATE receipts SET outcome = \'{"effect":"allowed"}\' WHERE seq = 3', 3),
        ("UPDATE receipts SET edition = 1, channel = 'cli' WHERE seq = 2", 2),
        ("DELETE FROM receipts WHERE seq = 4", 4),
        ("DELETE FROM receipts WHERE seq = 5", 5),
    ],
)
def test_the_first_broken_link_is_named(database: Database, harm: str, seq: int) -> None:
    for _ in range(5):
        write(database)
    with database.transaction() as session:
        session.execute(text(harm))
    with database.reading() as session:
        broken = receipts.first_broken_link(session)
    assert broken is not None
    assert broken[0] == seq


def write_and_fail(database: Database) -> None:
    with database.transaction() as session:
        receipts.append(session, edition=1, enquiry={}, on=TODAY, outcome={}, channel="web")
        raise RuntimeError("after the receipt")


def test_a_receipt_of_a_transaction_that_fails_is_not_kept(database: Database) -> None:
    with pytest.raises(RuntimeError, match="after the receipt"):
        write_and_fail(database)
    with database.reading() as session:
        assert list(receipts.walk(session)) == []
        assert receipts.first_broken_link(session) is None


def test_many_writers_at_once_make_one_chain(database: Database) -> None:
    refused: list[DatabaseAway] = []

    def some() -> None:
        for _ in range(10):
            try:
                write(database)
            except DatabaseAway as away:
                refused.append(away)

    threads = [threading.Thread(target=some) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(list(receipts.walk(session))) == 40 - len(refused)
        assert receipts.first_broken_link(session) is None
    assert not refused
