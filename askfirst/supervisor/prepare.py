"""Makes the home ready, in a process that ends when it is done: `python -m askfirst.supervisor.prepare`."""

import hashlib
import sys
from pathlib import Path

from askfirst import settings
from askfirst.cli._faults import explain
from askfirst.settings import CHECKOUT

# What the gazetteer is made with: a new version of these makes it anew.
GAZETTEER_CODE = ("answers/gazetteer.py", "requirements/main.txt")


def main() -> int:
    """Migrate the database, publish the default packs in a new one, and write the gazetteer."""
    try:
        prepare(settings.load())
    except Exception as error:  # noqa: BLE001 - the supervisor shows the last line to a person
        line, status = explain(error)
        sys.stderr.write(line + "\n")
        return status
    return 0


def prepare(current: settings.Settings) -> None:
    """Make the database ready, and the gazetteer unless it is already that of the newest edition."""
    from askfirst import bootstrap
    from guidelines.store import editions

    app = bootstrap.ready(current)
    with app.database.reading() as session:
        published = editions.listed(session)
    if not published:
        # Somebody has a first draft in work: until it is published there is nothing to answer from.
        return
    edition = published[-1]
    stamp = current.gazetteer.with_name(f"{current.gazetteer.name}.made-from")
    if _is_made(current.gazetteer, stamp, edition.content_hash):
        return
    bootstrap.write_gazetteer(app.books.current(), current.gazetteer)
    stamp.write_text(_made_from(current.gazetteer, edition.content_hash), encoding="ascii")


def _is_made(gazetteer: Path, stamp: Path, content: str) -> bool:
    if not (gazetteer.is_file() and stamp.is_file()):
        return False
    return stamp.read_text(encoding="ascii") == _made_from(gazetteer, content)


def _made_from(gazetteer: Path, content: str) -> str:
    """A hash of what it was made from and of the very file, which a publication since then has replaced."""
    file = gazetteer.stat()
    parts = [content, f"{file.st_mtime_ns} {file.st_size}"]
    parts += [hashlib.sha256((CHECKOUT / name).read_bytes()).hexdigest() for name in GAZETTEER_CODE]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
