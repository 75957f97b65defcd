"""The answers that a gateway got: the same message asked again, after a fault of the network say, gets the
same answer and is not counted twice. They are forgotten after an hour.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from guidelines.store.tables import Base, Moment

KEPT = dt.timedelta(hours=1)


class GatewayTurnRow(Base):
    """One answer, under a hash of the channel, the account and the message."""

    __tablename__ = "gateway_turns"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    answer: Mapped[str] = mapped_column(Text)
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


def find(session: Session, key: str) -> Any:
    """The answer that a message got; None when it is new."""
    row = session.get(GatewayTurnRow, key)
    return json.loads(row.answer) if row else None


def keep(session: Session, key: str, answer: Any) -> None:
    """Keep an answer, and forget those that nobody asks for again."""
    now = dt.datetime.now(dt.UTC)
    forget_old(session, now)
    session.merge(GatewayTurnRow(key=key, answer=json.dumps(answer, ensure_ascii=False), at=now))


def forget_old(session: Session, now: dt.datetime) -> None:
    """Forget the answers that no gateway asks for again."""
    session.execute(delete(GatewayTurnRow).where(GatewayTurnRow.at < now - KEPT))
