"""What each conversation holds between two turns, under a hash of its id."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from guidelines.store.tables import ConversationRow


def load(session: Session, key: str) -> dict[str, Any] | None:
    """The state of a conversation, or None for a new one."""
    state = session.scalar(select(ConversationRow.state).where(ConversationRow.key == key))
    return json.loads(state) if state else None


def save(session: Session, key: str, state: Mapping[str, Any]) -> None:
    """Keep the state of a conversation."""
    values = {
        "state": json.dumps(state, ensure_ascii=False, separators=(",", ":")),
        "changed_at": dt.datetime.now(dt.UTC),
    }
    kept = update(ConversationRow).where(ConversationRow.key == key).values(values)
    if not session.execute(kept.execution_options(synchronize_session=False)).rowcount:  # type: ignore[attr-defined]
        session.execute(insert(ConversationRow).values(key=key, **values))


def forget(session: Session, key: str) -> None:
    """Forget a conversation."""
    session.execute(delete(ConversationRow).where(ConversationRow.key == key))


def forget_older_than(session: Session, moment: dt.datetime) -> int:
    """Forget conversations untouched since `moment`; how many."""
    return session.execute(delete(ConversationRow).where(ConversationRow.changed_at < moment)).rowcount  # type: ignore[attr-defined]
