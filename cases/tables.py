"""The tables of the gap log: one case for each distinct gap, and every occurrence under it."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Float, ForeignKey, Index, Integer, String, Text, UniqueConstraint
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
    # How many asked, how much that weighs (cases.weight), and since when somebody needs it soon.
    people: Mapped[int] = mapped_column(Integer, default=0)
    heat: Mapped[float] = mapped_column(Float, default=0.0, index=True)
    urgent_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    # What people do with it (cases.workflow).
    due_at: Mapped[dt.datetime | None] = mapped_column(Moment, index=True)
    assignee: Mapped[str | None] = mapped_column(String(200), index=True)
    reason: Mapped[str | None] = mapped_column(Text)
    rule: Mapped[str | None] = mapped_column(String(200))
    edition: Mapped[int | None] = mapped_column(Integer)
    closed_at: Mapped[dt.datetime | None] = mapped_column(Moment)
    merged_into: Mapped[int | None] = mapped_column(Integer, index=True)

    __table_args__ = (Index("ix_cases_status_heat", "merged_into", "status", "heat"),)


class OccurrenceRow(Base):
    """Once that the gap was met: when, by whom (a keyed hash), with which facts, and in which redacted
    words."""

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


class NoteRow(Base):
    """What somebody of the policy teams noted at a case; a withdrawn note keeps its row."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    withdrawn_at: Mapped[dt.datetime | None] = mapped_column(Moment)


class NoticeRow(Base):
    """Somebody (a keyed hash) who is to be told, in the channel they asked in, what holds for their facts
    now."""

    __tablename__ = "notices"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    asker: Mapped[str] = mapped_column(String(64), index=True)
    channel: Mapped[str] = mapped_column(String(40), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), index=True)
    facts: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[dt.datetime] = mapped_column(Moment)
    edition: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[dt.datetime] = mapped_column(Moment)
    told_at: Mapped[dt.datetime | None] = mapped_column(Moment)

    __table_args__ = (UniqueConstraint("asker", "case_id", "edition", "facts", name="uq_notices_once"),)


class HushedRow(Base):
    """Somebody (a keyed hash) who does not want to be told."""

    __tablename__ = "hushed"

    asker: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
