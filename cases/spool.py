"""Questions that could not be answered because a part was away, kept on disk until things are back.

Each question is a file of its own, written under another name first and then renamed (POSIX rename is
atomic), and removed only after the transaction that made it a case is through. The name of the file goes
into the occurrence, so that a question that was read back just before a crash is not counted twice.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy.exc import IntegrityError

from cases import log
from cases.gap import Gap
from cases.redaction import redact
from cases.routing import Routing
from guidelines.enquiry import Enquiry
from guidelines.ruling import Unclear
from guidelines.store.database import Database
from guidelines.vocabulary import Vocabulary

_WRITTEN = ".json"


@dataclass(frozen=True, slots=True)
class Spooled:
    """One question on disk: its (redacted) words, who asked (a keyed hash), where, and when."""

    name: str
    text: str
    asker: str
    channel: str
    at: dt.datetime


class Spool:
    """The folder of questions that wait for the database."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "spool"

    def keep(self, text: str, *, asker: str, channel: str, known: tuple[str, ...] = ()) -> str:
        """Keep a question, redacted; the name it is kept under.

        Raises:
            OSError: the disk cannot be written either.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        now = dt.datetime.now(dt.UTC)
        name = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(8)}"
        said = {"text": redact(text, known), "asker": asker, "channel": channel, "at": now.isoformat()}
        waiting = self.folder / f".{name}"
        with os.fdopen(
            os.open(waiting, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
        ) as file:
            json.dump(said, file, ensure_ascii=False)
            file.flush()
            os.fsync(file.fileno())
        waiting.rename(self.folder / f"{name}{_WRITTEN}")
        return name

    def waiting(self) -> list[Spooled]:
        """The questions that wait, the oldest first. A file that holds no question is set aside, not lost."""
        found = []
        for place in sorted(self.folder.glob(f"*{_WRITTEN}")):
            try:
                found.append(_read(place))
            except FileNotFoundError:
                # Another process read it back meanwhile.
                continue
            except (ValueError, KeyError, TypeError):
                place.rename(place.with_suffix(".unreadable"))
        return found

    def drain(self, database: Database, routing: Routing, vocabulary: Vocabulary) -> int:
        """Turn the questions that wait into cases; how many.

        Raises:
            DatabaseAway: it is still away; what was not read back stays.
        """
        done = 0
        for question in self.waiting():
            gap = Gap(Unclear.NOT_UNDERSTOOD, Enquiry(), words=question.text)
            subject = f"“{question.text}” (asked while a part was away)"
            met = log.Met(
                question.asker, question.channel, question.text, spooled=question.name, at=question.at
            )
            try:
                with database.transaction() as session:
                    fresh = not log.already_spooled(session, question.name)
                    if fresh:
                        log.record(session, gap, routing.owner(gap, vocabulary), subject, met)
            except IntegrityError:
                # Another process reads back too, and was first with this one.
                fresh = False
            done += fresh
            (self.folder / f"{question.name}{_WRITTEN}").unlink(missing_ok=True)
        return done


def _read(place: Path) -> Spooled:
    said: Any = json.loads(place.read_text(encoding="utf-8"))
    return Spooled(
        name=place.stem,
        text=str(said["text"]),
        asker=str(said["asker"]),
        channel=str(said["channel"]),
        at=dt.datetime.fromisoformat(said["at"]),
    )
