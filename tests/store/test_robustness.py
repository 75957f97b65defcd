"""A process killed while publishing, a full disk, a database that goes away: nothing is lost or half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from guidelines.formats import corpus_from_dict
from guidelines.rules import Corpus
from guidelines.store import editions, receipts
from guidelines.store.books import Books
from guidelines.store.database import Database, DatabaseAway
from tests.store.conftest import POSTGRESQL, _postgresql, plain_pack
from tests.store.test_editions import DEFENCE, TODAY, publish
from tests.store.test_receipts import write


def child(program: str, *args: str) -> subprocess.Popen[str]:
    """A process of its own, which says `ready` on a line when it has come to the point."""
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *args],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip


PUBLISH_AND_WAIT = """
    import sys, time
    from sqlalchemy import event
    from guidelines.store import editions
    from guidelines.store.database import Database

    database = Database(sys.argv[1])

    @event.listens_for(database.engine, "commit")
    def wait(connection):
        # Everything is written, and nothing is kept yet.
        if connection.get_execution_options().get("askfirst_writes"):
            print("ready", flush=True)
            time.sleep(60)

    editions.publish(database, approved_by="Lee")
"""


def test_a_process_killed_in_the_middle_of_publishing_leaves_the_old_edition_and_the_draft(
    url: str, database: Database, corpus: Corpus
) -> None:
    publish(database, corpus)
    with database.transaction() as session:
        editions.save_draft(session, corpus_from_dict(plain_pack("conditional")), "Kim")
    process = child(PUBLISH_AND_WAIT, url)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    process.stdout.close()
    assert process.stderr is not None
    process.stderr.close()
    with database.reading() as session:
        assert [edition.number for edition in editions.listed(session)] == [1]
        draft = editions.draft(session)
        assert draft is not None
        assert draft.changed_by == "Kim"
    assert Books(database).current().rule(*DEFENCE, TODAY).effect == "prohibited"
    # Nothing is left locked: the next one publishes.
    assert _patiently(lambda: editions.publish(database, approved_by="Lee", on=TODAY)).number == 2
    assert Books(database).current().rule(*DEFENCE, TODAY).effect == "conditional"


def _patiently(act):  # type: ignore[no-untyped-def]
    """What `act` gives, tried again while the killed process's lock is being let go."""
    for _ in range(10):
        try:
            return act()
        except DatabaseAway:
            time.sleep(0.2)
    return act()


FILL_THE_DISK = """
    import resource, signal, sys
    from pathlib import Path
    from guidelines.store import editions, receipts
    from guidelines.store.database import Database, DatabaseAway
    from tests.store.conftest import plain_pack
    from tests.store.test_receipts import write

    database, file = Database(sys.argv[1]), Path(sys.argv[2])
    for _ in range(3):
        write(database)
    # As a full disk does: nothing can grow beyond what is there now.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    most = max(f.stat().st_size for f in file.parent.glob(file.name + "*")) + 8192
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    kept, refused = 3, ""
    for _ in range(400):
        try:
            write(database)
            kept += 1
        except DatabaseAway as away:
            refused = str(away)
            break
    print(kept, refused, flush=True)
"""


def test_a_full_disk_loses_nothing_and_says_so(tmp_path: Path, corpus: Corpus) -> None:
    file = tmp_path / "askfirst.db"
    database = Database(f"sqlite:///{file}")
    database.migrate()
    publish(database, corpus)
    process = child(FILL_THE_DISK, f"sqlite:///{file}", str(file))
    out, err = process.communicate(timeout=60)
    kept, _, refused = out.strip().partition(" ")
    assert refused.startswith("the database is not available"), (out, err)
    # What was confirmed is there, what was refused is not, and the chain holds.
    with database.reading() as session:
        assert len(list(receipts.walk(session))) == int(kept)
        assert receipts.first_broken_link(session) is None
    # With room again, it goes on.
    write(database)
    with database.reading() as session:
        assert len(list(receipts.walk(session))) == int(kept) + 1
    database.close()


@pytest.fixture
def postgresql() -> Iterator[str]:
    """The address of a new PostgreSQL database."""
    yield from _postgresql()


def _cut_off(url: str, *, allow: bool) -> None:
    """Let nobody in, and throw everybody out; or let them in again."""
    name = url.rsplit("/", 1)[1]
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS {str(allow).lower()}")  # type: ignore[call-overload]
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,)
        )


def test_answers_go_on_while_postgresql_is_gone_and_receipts_survive(postgresql: str, corpus: Corpus) -> None:
    database = Database(postgresql, patience=1.0)
    database.migrate()
    publish(database, corpus)
    books = Books(database)
    assert books.current().rule(*DEFENCE, TODAY).effect == "prohibited"
    for _ in range(3):
        write(database)
    _cut_off(postgresql, allow=False)
    time.sleep(0.5)
    assert books.current().rule(*DEFENCE, TODAY).effect == "prohibited"
    with pytest.raises(DatabaseAway, match="the database is not available"):
        write(database)
    _cut_off(postgresql, allow=True)
    _patiently(lambda: write(database))
    publish(database, corpus_from_dict(plain_pack("conditional")))
    time.sleep(0.5)
    assert books.current().rule(*DEFENCE, TODAY).effect == "conditional"
    with database.reading() as session:
        assert len(list(receipts.walk(session))) == 4
        assert receipts.first_broken_link(session) is None
    database.close()


def _append_and_lose_the_connection(database: Database, url: str) -> None:
    with database.transaction() as session:
        receipts.append(session, edition=1, enquiry={}, on=TODAY, outcome={}, channel="web")
        _cut_off(url, allow=True)
        session.execute(text("SELECT 1"))


def test_a_connection_lost_in_the_middle_of_a_transaction_keeps_nothing_of_it(
    postgresql: str, corpus: Corpus
) -> None:
    database = Database(postgresql, patience=1.0)
    database.migrate()
    publish(database, corpus)
    with pytest.raises(DatabaseAway):
        _append_and_lose_the_connection(database, postgresql)
    with database.reading() as session:
        assert list(receipts.walk(session)) == []
        assert receipts.first_broken_link(session) is None
    database.close()


START = """
    from askfirst import bootstrap, settings

    print("ready", flush=True)
    input()
    app = bootstrap.ready(settings.load())
    print(app.books.current().edition)
"""


def test_processes_that_start_together_on_an_empty_database_make_one_edition(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", url)
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ASKFIRST_PACKS", "core")
    starting = [child(START) for _ in range(3)]
    for process in starting:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in starting:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate() for process in starting] == [("1\n", "")] * 3
