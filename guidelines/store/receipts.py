"""Receipts: what was ruled, kept so that it can be ruled again, in a chain that shows any later change.

Each receipt carries the hash of the one before it (Haber and Stornetta, "How to time-stamp a digital
document", 1991).
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from guidelines.store.tables import ChainRow, ReceiptRow

CHAIN = "receipts"
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Receipt:
    """One answered enquiry: by which edition, for which day, with which outcome."""

    seq: int
    id: str
    at: dt.datetime
    edition: int
    enquiry: Mapping[str, Any]
    on: dt.date
    outcome: Mapping[str, Any]
    channel: str
    previous_hash: str
    hash: str


def append(
    session: Session,
    *,
    edition: int,
    enquiry: Mapping[str, Any],
    on: dt.date,
    outcome: Mapping[str, Any],
    channel: str,
) -> Receipt:
    """Write a receipt in the caller's transaction and return it."""
    end = session.get_one(ChainRow, CHAIN, with_for_update=True)
    row = ReceiptRow(
        seq=end.seq + 1,
        id=_new_id(),
        at=dt.datetime.now(dt.UTC).replace(microsecond=0),
        edition=edition,
        enquiry=_canonical(enquiry),
        on=on.isoformat(),
        outcome=_canonical(outcome),
        channel=channel,
        previous_hash=end.hash,
    )
    row.hash = digest(row)
    session.add(row)
    end.seq, end.hash = row.seq, row.hash
    session.flush()
    return _receipt(row)


def find(session: Session, receipt_id: str) -> Receipt | None:
    """The receipt with that id, however it is typed (spaces, lower case), or None."""
    wanted = receipt_id.strip().upper()
    row = session.scalar(select(ReceiptRow).where(ReceiptRow.id == wanted))
    return _receipt(row) if row else None


def walk(session: Session, after: int = 0) -> Iterator[Receipt]:
    """All receipts in the order of the chain, those after a sequence number."""
    rows = session.scalars(select(ReceiptRow).where(ReceiptRow.seq > after).order_by(ReceiptRow.seq))
    for row in rows.yield_per(1000):
        yield _receipt(row)


def count(session: Session) -> int:
    """How many receipts there are."""
    return session.scalar(select(func.count()).select_from(ReceiptRow)) or 0


def first_broken_link(session: Session) -> tuple[int, str] | None:
    """Walk the chain: the sequence number and what is wrong with the first broken receipt; None when all
    hold.
    """
    expected_seq, expected_hash = 1, GENESIS
    rows = session.scalars(select(ReceiptRow).order_by(ReceiptRow.seq)).yield_per(1000)
    for row in rows:
        if row.seq != expected_seq:
            return expected_seq, f"receipt {expected_seq} is missing"
        if row.previous_hash != expected_hash:
            return row.seq, f"receipt {row.id} does not follow the one before it"
        if row.hash != digest(row):
            return row.seq, f"receipt {row.id} was changed after it was written"
        expected_seq, expected_hash = row.seq + 1, row.hash
    end = session.get_one(ChainRow, CHAIN)
    if (end.seq, end.hash) != (expected_seq - 1, expected_hash):
        return expected_seq, f"receipts after {expected_seq - 1} are missing: the chain ends at {end.seq}"
    return None


def digest(row: ReceiptRow) -> str:
    """The SHA-256 (hex) over everything a receipt says and the hash of the one before."""
    said = [
        row.seq, row.id, row.at.astimezone(dt.UTC).isoformat(), row.edition, row.enquiry, row.on, row.outcome,
        row.channel, row.previous_hash,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def _new_id() -> str:
    """A receipt number that is easy to read out: R-XXXXX-XXXXX, 50 random bits in base 32."""
    letters = base64.b32encode(secrets.token_bytes(7)).decode()[:10]
    return f"R-{letters[:5]}-{letters[5:]}"


def _canonical(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _receipt(row: ReceiptRow) -> Receipt:
    return Receipt(
        row.seq, row.id, row.at, row.edition, json.loads(row.enquiry), dt.date.fromisoformat(row.on),
        json.loads(row.outcome), row.channel, row.previous_hash, row.hash,
    )  # fmt: skip
