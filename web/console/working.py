"""What a change starts from: the draft, or the newest edition; read once for each content."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import select
from sqlalchemy.orm import Session

from guidelines.rules import Corpus
from guidelines.store import content, editions
from guidelines.store.tables import DraftRow, EditionRow

_MOST_KEPT = 6


@dataclass(frozen=True)
class Working:
    """A corpus with what names its content; `edition` is its number, or what the draft began from."""

    corpus: Corpus
    content_hash: str
    edition: int | None
    is_draft: bool


class Contents:
    """Corpora by the hash of their content, the latest used ones kept."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Corpus] = OrderedDict()
        self._lock = Lock()

    def draft(self, session: Session) -> Working | None:
        """The working draft, or None."""
        row = session.execute(
            select(DraftRow.content_hash, DraftRow.base_edition).where(
                DraftRow.name == editions.WORKING_DRAFT
            )
        ).first()
        if row is None:
            return None
        found = self._get(row[0])
        if found is None:
            full = session.get_one(DraftRow, editions.WORKING_DRAFT)
            found = self._keep(full.content_hash, content.unpack(full.content, full.content_hash))
        return Working(found, row[0], row[1], is_draft=True)

    def edition(self, session: Session, number: int | None = None) -> Working | None:
        """An edition, by default the newest; None when there is none."""
        number = number if number is not None else editions.newest(session)
        digest = session.scalar(select(EditionRow.content_hash).where(EditionRow.number == number))
        if digest is None:
            return None
        found = self._get(digest)
        if found is None:
            row = session.get_one(EditionRow, number)
            found = self._keep(digest, content.unpack(row.content, digest))
        return Working(found, digest, number, is_draft=False)

    def working(self, session: Session) -> Working | None:
        """The draft, else the newest edition."""
        return self.draft(session) or self.edition(session)

    def _get(self, digest: str) -> Corpus | None:
        with self._lock:
            if digest in self._kept:
                self._kept.move_to_end(digest)
            return self._kept.get(digest)

    def _keep(self, digest: str, corpus: Corpus) -> Corpus:
        with self._lock:
            self._kept[digest] = corpus
            while len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return corpus


CONTENTS = Contents()
