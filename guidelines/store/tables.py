"""The tables of the guideline database. Editions, receipts and audit rows are only ever added."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import BigInteger, DateTime, ForeignKey, Integer, LargeBinary, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Base(DeclarativeBase):
    """The one base of all rooms' tables."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC; it comes back aware whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """Refuse a naive moment: nobody could say which hour it means."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(dt.UTC) if value else None

    def process_result_value(self, value: dt.datetime | None, dialect: object) -> dt.datetime | None:
        """The moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


_Serial = BigInteger().with_variant(Integer(), "sqlite")


class EditionRow(Base):
    """One published edition: compressed canonical JSON with its hash, who wrote it and who approved it."""

    __tablename__ = "editions"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    published_at: Mapped[dt.datetime] = mapped_column(Moment)
    submitted_by: Mapped[str] = mapped_column(String(200))
    approved_by: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(Text, default="")


class DraftRow(Base):
    """The working copy that becomes the next edition; it is never answered from."""

    __tablename__ = "drafts"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    base_edition: Mapped[int | None]
    changed_at: Mapped[dt.datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(200))


class ReceiptRow(Base):
    """What was ruled: enough to rule it again, chained to the receipt before by its hash."""

    __tablename__ = "receipts"

    seq: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(40), unique=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    edition: Mapped[int] = mapped_column(ForeignKey("editions.number"))
    enquiry: Mapped[str] = mapped_column(Text)
    on: Mapped[str] = mapped_column(String(10))
    outcome: Mapped[str] = mapped_column(Text)
    channel: Mapped[str] = mapped_column(String(40))
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class ChainRow(Base):
    """The end of a hash chain; a writer locks it, so receipts are chained one after the other."""

    __tablename__ = "chains"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[str] = mapped_column(String(64))


class ConversationRow(Base):
    """The facts that a conversation holds, under a hash of its id; no words of the person."""

    __tablename__ = "conversations"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    state: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


class AuditRow(Base):
    """Who changed what, when, from what to what."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(_Serial, primary_key=True, autoincrement=True)
    at: Mapped[dt.datetime] = mapped_column(Moment)
    who: Mapped[str] = mapped_column(String(200))
    action: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(200))
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
