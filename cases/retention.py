"""Forgetting: the words of questions and what conversations held, after a time; counts and receipts stay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete

from cases import log
from cases.tables import NoticeRow
from guidelines.store import conversations
from guidelines.store.database import Database

CONVERSATIONS = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted."""

    texts: int
    conversations: int
    notices: int


def sweep(database: Database, keep_text_days: int, now: dt.datetime | None = None) -> Forgotten:
    """Delete the words of questions older than so many days, conversations untouched for a month, and notices
    that were told or that nobody came for in that time.

    Raises:
        DatabaseAway: nothing was deleted.
    """
    now = now or dt.datetime.now(dt.UTC)
    before = now - dt.timedelta(days=keep_text_days)
    with database.transaction() as session:
        texts = log.forget_text(session, before)
        held = conversations.forget_older_than(session, now - CONVERSATIONS)
        old = delete(NoticeRow).where(NoticeRow.made_at < before)
        notices: int = session.execute(old).rowcount  # type: ignore[attr-defined]
    return Forgotten(texts, held, notices)
