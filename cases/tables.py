"""The tables of the gap log: one case for each distinct gap, and every occurrence under it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from guidelines.store.tables import Base, Moment


class CaseRow(Base):
    """A gap: what was asked about, why it is unclear, whose it is, and how often it was met."""

    __tablename__ = "cases"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    unclear: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(Text)
    about: Mapped[str] = mapped_column(Text)
    team: Mapped[str] = mapped_column(String(200), index=True)
    contact: Mapped[str] = mapped_column(String(300))
    status: Mapped[str] = mapped_column(String(20), index=True)
    count: Mapped[int] = mapped_column(Integer)
    first_at: Mapped[dt.datetime] = mapped_column(Moment)
    last_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class OccurrenceRow(Base):
    """Once that the gap was met: when, by whom (a keyed hash), with which facts, and in which redacted words."""

    __tablename__ = "occurrences"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(Moment, index=True)
    asker: Mapped[str] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(40))
    role: Mapped[str | None] = mapped_column(Text)
    device: Mapped[str | None] = mapped_column(Text)
    country: Mapped[str | None] = mapped_column(Text)
    app: Mapped[str | None] = mapped_column(Text)
    receipt: Mapped[str | None] = mapped_column(String(40))
    edition: Mapped[int | None] = mapped_column(Integer)
    text: Mapped[str | None] = mapped_column(Text)
    spooled: Mapped[str | None] = mapped_column(String(64), unique=True)

    __table_args__ = (Index("ix_occurrences_case_asker", "case_id", "asker"),)
