"""Questions kept on disk while a part is away: redacted, read back once, whatever happens in between."""

import json
import threading
from pathlib import Path

import pytest

from askfirst.bootstrap import shipped
from cases import log
from cases.privacy import load_key, pseudonym
from cases.routing import read
from cases.spool import Spool
from guidelines.store.database import Database, DatabaseAway

ROUTING = read()
VOCABULARY = shipped(None).vocabulary


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = Database(f"sqlite:///{tmp_path / 'spool.db'}", patience=5)
    made.migrate()
    return made


@pytest.fixture
def spool(tmp_path: Path) -> Spool:
    return Spool(tmp_path)


def cases(database: Database) -> list[log.Case]:
    with database.reading() as session:
        return list(log.listed(session))


def test_a_question_that_waited_becomes_a_case_that_was_not_understood(spool, database):
    spool.keep("may I use wechat, says Anna Karenina on 0412 345 678", asker="hash", channel="chat")

    assert spool.drain(database, ROUTING, VOCABULARY) == 1
    (case,) = cases(database)
    assert case.unclear == "not-understood"
    assert case.team
    assert spool.waiting() == []


def test_what_is_kept_is_redacted_and_readable_by_nobody_else(spool):
    spool.keep("may I use wechat, says Anna Karenina on 0412 345 678", asker="hash", channel="chat")

    (place,) = spool.folder.glob("*.json")
    assert "Karenina" not in place.read_text()
    assert "0412" not in place.read_text()
    assert place.stat().st_mode & 0o077 == 0


def test_draining_again_counts_nothing_twice(spool, database):
    spool.keep("may I use wechat", asker="hash", channel="chat")
    (place,) = spool.folder.glob("*.json")
    kept = place.read_text()
    spool.drain(database, ROUTING, VOCABULARY)
    place.write_text(kept)  # as if the process had died before it removed the file

    assert spool.drain(database, ROUTING, VOCABULARY) == 0
    assert [case.count for case in cases(database)] == [1]
    assert spool.waiting() == []


def test_what_cannot_be_read_back_yet_stays(spool, tmp_path):
    spool.keep("may I use wechat", asker="hash", channel="chat")
    away = Database(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder.db'}", patience=0.1)

    with pytest.raises(DatabaseAway):
        spool.drain(away, ROUTING, VOCABULARY)
    assert len(spool.waiting()) == 1


def test_a_damaged_file_is_set_aside_and_the_others_are_read(spool, database):
    spool.keep("may I use wechat", asker="hash", channel="chat")
    (spool.folder / "20200101T000000-x.json").write_text("{")
    (spool.folder / "20200101T000000-y.json").write_text(json.dumps(["no question"]))

    assert spool.drain(database, ROUTING, VOCABULARY) == 1
    assert len(list(spool.folder.glob("*.unreadable"))) == 2


def test_two_processes_that_drain_at_once_count_each_question_once(spool, database):
    for number in range(10):
        spool.keep(f"question number {number}", asker="hash", channel="chat")
    counts: list[int] = []
    threads = [
        threading.Thread(target=lambda: counts.append(spool.drain(database, ROUTING, VOCABULARY)))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(counts) == 10
    assert sum(case.count for case in cases(database)) == 10


def test_the_key_is_made_once_and_kept_from_others(tmp_path):
    keys: set[bytes] = set()
    threads = [threading.Thread(target=lambda: keys.add(load_key(tmp_path / "home"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(keys) == 1
    assert (tmp_path / "home" / "secret.key").stat().st_mode & 0o077 == 0


def test_a_pseudonym_depends_on_the_key(tmp_path):
    one, two = load_key(tmp_path / "one"), load_key(tmp_path / "two")

    assert pseudonym(one, "a conversation") == pseudonym(one, "a conversation")
    assert pseudonym(one, "a conversation") != pseudonym(two, "a conversation")
    assert "conversation" not in pseudonym(one, "a conversation")
