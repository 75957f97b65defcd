"""The table of those who were briefed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from guidelines.store.tables import Base, Moment


class BriefedRow(Base):
    """Somebody who was briefed: by which receipt, and up to which edition they know what changed."""

    __tablename__ = "briefed"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    receipt: Mapped[str] = mapped_column(String(40), index=True)
    asker: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(40))
    edition: Mapped[int]
    at: Mapped[dt.datetime] = mapped_column(Moment)
