"""A real desk over a real SQLite database, with one edition published."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from answers.desk import Desk
from guidelines.rulebook import RuleBook
from guidelines.store import editions
from guidelines.store.books import Books
from guidelines.store.database import Database
from tests.answers.corpus import corpus
from tests.answers.talking import TODAY, Talk


@dataclass(frozen=True)
class Home:
    """Settings, as far as the desk needs them."""

    home: Path


@pytest.fixture(scope="session")
def book() -> RuleBook:
    return RuleBook(corpus(), 1)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'askfirst.db'}", patience=0.5)
    made.migrate()
    with made.transaction() as session:
        editions.save_draft(session, corpus(), "the policy writer")
    editions.publish(made, approved_by="the approver", on=TODAY)
    yield made
    made.close()


@pytest.fixture
def desk(database: Database, tmp_path: Path) -> Desk:
    return Desk(Home(tmp_path), database, Books(database), today=lambda: TODAY)


@pytest.fixture
def talk(desk: Desk) -> Talk:
    return Talk(desk)
