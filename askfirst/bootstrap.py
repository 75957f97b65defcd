"""Wires the parts together for a process: settings to database, books and desk."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from askfirst.errors import SettingError
from askfirst.settings import Settings
from guidelines.formats.packs import PACKS, Content, default_packs, read_content
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus
from guidelines.store import editions
from guidelines.store.books import Books
from guidelines.store.database import Database, DatabaseAway

if TYPE_CHECKING:
    from answers.desk import Desk
    from briefings.desk import Briefer

SHIPPED_BY = "shipped packs"
SET_UP_BY = "first start"


@dataclass(frozen=True)
class App:
    """What a process of AskFirst works with."""

    settings: Settings
    database: Database
    books: Books

    @cached_property
    def desk(self) -> Desk:
        """The one way to an answer."""
        from answers.channels import read
        from answers.desk import Desk
        from briefings.chat import ChatBriefs

        try:
            limits = read(self.settings.channels, self.settings.public_address)
        except ValueError as error:
            raise SettingError(f"ASKFIRST_CHANNELS: {error}") from None
        for channel, _ in self.settings.gateway_tokens:
            if channel not in limits.channels:
                raise SettingError(
                    f"ASKFIRST_GATEWAY_TOKENS names the channel `{channel}`, and ASKFIRST_CHANNELS does not "
                    "say what may be said in it"
                )
        briefs = ChatBriefs(self.briefer, self.settings.public_address)
        return Desk(self.settings, self.database, self.books, limits=limits, briefs=briefs)

    @cached_property
    def briefer(self) -> Briefer:
        """Makes briefings and finds them again."""
        from briefings.desk import Briefer

        return Briefer(self.settings, self.database, self.books)


def build(settings: Settings) -> App:
    """The parts for these settings; nothing is read or written yet."""
    database = Database(settings.database_url)
    return App(settings, database, Books(database))


def ready(settings: Settings) -> App:
    """The parts, with the tables up to date and a first edition published in a new database.

    Raises:
        SettingError: ASKFIRST_PACKS names a pack that is not shipped.
        DatabaseAway: the database cannot be used.
        FormatError, CannotPublish: a pack is not fit to be published.
    """
    app = build(settings)
    app.database.migrate()
    with app.database.reading() as session:
        new = editions.newest(session) is None and editions.draft(session) is None
    if new:
        corpus = shipped(settings.packs)
        with suppress(_AlreadyBegun):
            editions.publish_change(
                app.database, partial(_first, corpus), changed_by=SHIPPED_BY, approved_by=SET_UP_BY,
                note="The packs that AskFirst ships",
            )  # fmt: skip
    return app


class _AlreadyBegun(Exception):
    """Another process was first."""


def _first(corpus: Corpus, base: Corpus | None) -> Corpus:
    if base is not None:
        raise _AlreadyBegun
    return corpus


def prepare(settings: Settings) -> App:
    """As `ready`, and the gazetteer written: everything that the servers need."""
    app = ready(settings)
    write_gazetteer(app.books.current(), settings.gazetteer)
    return app


def shipped(names: tuple[str, ...] | None) -> Corpus:
    """The corpus of the named packs of `guidelines/packs`, or of the default ones.

    Raises:
        SettingError: there is no such pack.
        FormatError: a pack cannot be read.
    """
    if names is None:
        folders = default_packs()
    else:
        folders = [PACKS / name for name in names]
        for folder in folders:
            if not (folder / "pack.yml").is_file():
                known = ", ".join(sorted(path.parent.name for path in PACKS.glob("*/pack.yml")))
                raise SettingError(f"ASKFIRST_PACKS names `{folder.name}`, but the packs are {known}")
    content = Content()
    for folder in folders:
        content += read_content(folder)
    return content.over(None)


def write_gazetteer(book: RuleBook, path: Path) -> None:
    """Write the names that the understanding looks for, from the vocabulary of an edition."""
    from answers.gazetteer import concept_entries, write

    write(concept_entries(book.vocabulary), book.edition or 0, path)


def keep_fresh(app: App, every: float = 0.5) -> threading.Event:
    """Watch for newly published editions in a thread: compile them early and renew the gazetteer.

    Args:
        app: the parts of this process.
        every: seconds between two looks.

    Returns:
        An event that stops the watching once it is set.
    """
    stop = threading.Event()

    def watch() -> None:
        held = app.books.current().edition
        while not stop.wait(every):
            try:
                book = app.books.current()
                if book.edition != held:
                    write_gazetteer(book, app.settings.gazetteer)
                    held = book.edition
            except (DatabaseAway, OSError):
                continue  # the next look comes soon; until then the last edition answers

    threading.Thread(target=watch, name="edition-watch", daemon=True).start()
    return stop
