"""The connection to the database, its transactions, and one error for every way in which it can be away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

_MIGRATIONS = Path(__file__).resolve().parent / "migrations"
_WRITES = "askfirst_writes"
_MIGRATING = 0x41736B31  # any number that no other program locks in the same database


class DatabaseAway(Exception):
    """The database cannot be used now: gone, locked, full or unreadable. Nothing of the transaction was
    kept.
    """


class Database:
    """One database, SQLite or PostgreSQL, named by a URL; shared by threads.

    Args:
        url: a SQLAlchemy URL; `postgresql://` means the psycopg driver.
        patience: seconds to wait for a lock before the database counts as away.
    """

    def __init__(self, url: str, patience: float = 3.0) -> None:
        parsed = make_url(url)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        self.url = parsed
        self.engine = _sqlite(parsed, patience) if self.is_sqlite else _postgresql(parsed, patience)
        # PostgreSQL would show each statement what others have committed by then.
        one_state = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        self._reader = self.engine.execution_options(**one_state)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a SQLite file."""
        return self.url.get_backend_name() == "sqlite"

    def migrate(self) -> None:
        """Bring the tables to the newest shape. Raises DatabaseAway."""
        if self.is_sqlite and self.url.database and self.url.database != ":memory:":
            _make_private(Path(self.url.database))
        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with (
            _away(),
            self.engine.connect().execution_options(**{_WRITES: True}) as connection,
            connection.begin(),
        ):
            if not self.is_sqlite:
                # Processes that start together take turns; SQLite's writers do so by themselves.
                connection.execute(text("SET LOCAL lock_timeout = '60s'"))
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that writes: all of it is kept, or nothing. Raises DatabaseAway."""
        with _away(), self.engine.connect().execution_options(**{_WRITES: True}) as connection:
            with Session(connection) as session, session.begin():
                yield session
            connection.commit()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that reads one state of the database. Raises DatabaseAway."""
        with _away(), Session(self._reader) as session:
            yield session

    def ping(self) -> None:
        """Raise DatabaseAway unless the database answers and takes writes now."""
        with self.transaction() as session:
            session.execute(text("SELECT 1"))

    def scrub(self) -> None:
        """Have what was deleted gone from the disk too: SQLite's log of changed pages still holds it.

        Nothing happens while somebody reads an earlier state. PostgreSQL sees to it by itself (`VACUUM`).

        Raises:
            DatabaseAway: it is still there.
        """
        if not self.is_sqlite:
            return
        with _away(), closing(self.engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.close()

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def _make_private(file: Path) -> None:
    """A new file, and the folder where it lies, are nobody else's on this machine; older ones stay as they
    are.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not file.exists():
        file.touch(0o600)


@contextmanager
def _away() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if isinstance(error, DBAPIError) and type(error).__name__ == "IntegrityError":
            raise
        # The statement and its values may hold personal data: only the driver's first line goes on.
        cause = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        raise DatabaseAway(f"the database is not available: {cause}") from None
    except SQLAlchemyError as error:
        if "closed" in str(error):
            raise DatabaseAway("the database is not available: the connection was closed") from None
        raise


def _sqlite(url: Any, patience: float) -> Engine:
    engine = create_engine(url, connect_args={"timeout": patience, "check_same_thread": False})

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, not by the driver
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        # What is deleted is overwritten, not only left for other rows to take its place.
        cursor.execute("PRAGMA secure_delete=ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes the lock at once; one that began by reading could not wait for it.
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: Any, patience: float) -> Engine:
    waits = int(patience * 1000)
    options = f"-c lock_timeout={waits} -c statement_timeout={waits * 20}"
    return create_engine(
        url,
        pool_pre_ping=True,
        pool_timeout=patience,
        connect_args={"connect_timeout": max(1, round(patience)), "options": options},
    )
