"""What people do with a case: take it up, decide, decline, note, merge and split. Each step is in the audit
log.

The audit row of a step holds what was before and after as JSON, so that the last step can be undone.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import clock, upkeep
from cases.tables import CaseRow, NoteRow
from guidelines.store import audit
from guidelines.store.tables import AuditRow

OPEN = ("new", "in-review", "decided")
CLOSED = ("published", "declined")
NOT_A_QUESTION = "This was not a question."

# Where a case may go by a person's hand; `published` comes only with an edition (cases.closing).
MOVES: Mapping[str, tuple[str, ...]] = {
    "new": ("in-review", "decided", "declined"),
    "in-review": ("new", "decided", "declined"),
    "decided": ("in-review", "declined"),
    "published": ("in-review",),
    "declined": ("in-review",),
}
_MOVED = "case moved"
_ASSIGNED = "case assigned"
_LINKED = "case given a rule"
_UNDONE = "undone: "
UNDOABLE = (_MOVED, _ASSIGNED, _LINKED)


class CannotDo(Exception):
    """Why a step is not possible, in one sentence for the person."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note at a case."""

    id: int
    at: dt.datetime
    who: str
    text: str


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a case's history."""

    seq: int
    at: dt.datetime
    who: str
    action: str
    before: str | None
    after: str | None
    undoable: bool


def row_of(session: Session, case_id: int) -> CaseRow:
    """The row of a case, locked for a change. Raises CannotDo when there is none."""
    row = session.get(CaseRow, case_id, with_for_update=True)
    if row is None:
        raise CannotDo("There is no such case.")
    return row


def move(session: Session, case_id: int, status: str, who: str, reason: str = "") -> CaseRow:
    """Take a case to another state; declining needs a reason.

    Raises:
        CannotDo: the state is no step from the one the case is in, or the reason is missing.
    """
    row = row_of(session, case_id)
    if status not in MOVES[row.status]:
        raise CannotDo(f"A case that is {_spoken(row.status)} cannot become {_spoken(status)}.")
    if status == "declined" and not reason.strip():
        raise CannotDo("Say why the case is declined: those who look at it later want to know.")
    now = dt.datetime.now(dt.UTC)
    values: dict[str, Any] = {
        "status": status,
        "reason": reason.strip() if status == "declined" else None,
        "due_at": clock.SHIPPED.due(row.unclear, status, now),
        "closed_at": now if status in CLOSED else None,
    }
    if status == "in-review" and row.assignee is None:
        values["assignee"] = who
    _change(session, row, who, _MOVED, values)
    return row


def assign(session: Session, case_id: int, assignee: str, who: str) -> CaseRow:
    """Give a case to somebody, or to nobody by an empty name."""
    row = row_of(session, case_id)
    _change(session, row, who, _ASSIGNED, {"assignee": assignee.strip()[:200] or None})
    return row


def link_rule(session: Session, case_id: int, rule: str, who: str) -> CaseRow:
    """Say which rule was drafted to answer a case; a case that nobody had taken up is then in review."""
    row = row_of(session, case_id)
    values: dict[str, Any] = {"rule": rule}
    if row.status == "new":
        now = dt.datetime.now(dt.UTC)
        values |= {"status": "in-review", "due_at": clock.SHIPPED.due(row.unclear, "in-review", now)}
        values["assignee"] = row.assignee or who
    _change(session, row, who, _LINKED, values)
    return row


def add_note(session: Session, case_id: int, text: str, who: str) -> Note:
    """Note something at a case. Raises CannotDo for an empty note."""
    row = row_of(session, case_id)
    said = text.strip()[:4000]
    if not said:
        raise CannotDo("The note is empty.")
    note = NoteRow(case_id=row.id, at=dt.datetime.now(dt.UTC), who=who, text=said)
    session.add(note)
    session.flush()
    audit.note(session, who, "case noted", upkeep.subject_of(row.id), None, f"note {note.id}")
    return Note(note.id, note.at, who, said)


def withdraw_note(session: Session, note_id: int, who: str) -> int:
    """Take a note back; only its author can. The case it is at. Raises CannotDo."""
    note = session.get(NoteRow, note_id, with_for_update=True)
    if note is None or note.withdrawn_at is not None:
        raise CannotDo("There is no such note.")
    if note.who != who:
        raise CannotDo("Only the person who wrote a note can withdraw it.")
    note.withdrawn_at = dt.datetime.now(dt.UTC)
    audit.note(session, who, "note withdrawn", upkeep.subject_of(note.case_id), f"note {note.id}", None)
    return note.case_id


def notes(session: Session, case_id: int) -> list[Note]:
    """The notes at a case, the oldest first."""
    rows = session.scalars(
        select(NoteRow).where(NoteRow.case_id == case_id, NoteRow.withdrawn_at.is_(None)).order_by(NoteRow.id)
    )
    return [Note(row.id, row.at, row.who, row.text) for row in rows]


def merge(session: Session, case_id: int, into: int, who: str) -> CaseRow:
    """Count a case for another one of the same kind; its history stays, and `split` takes it out again.

    Raises:
        CannotDo: the two are no two cases of one kind.
    """
    row, target = row_of(session, case_id), row_of(session, into)
    if row.id == target.id or row.merged_into or target.merged_into or row.unclear != target.unclear:
        raise CannotDo("Only two separate cases of the same kind can be merged.")
    row.merged_into = target.id
    session.flush()
    upkeep.recount(session, target)
    subject = upkeep.subject_of(row.id)
    audit.note(session, who, "case merged", subject, None, upkeep.subject_of(target.id))
    audit.note(session, who, "case merged", upkeep.subject_of(target.id), None, f"with {subject}")
    return target


def split(session: Session, case_id: int, who: str) -> CaseRow:
    """Take a merged case out again. Raises CannotDo when it is not merged."""
    row = row_of(session, case_id)
    if row.merged_into is None:
        raise CannotDo("This case is not merged with another one.")
    target = row_of(session, row.merged_into)
    row.merged_into = None
    session.flush()
    upkeep.recount(session, target)
    upkeep.recount(session, row)
    if row.due_at is None:
        row.due_at = clock.SHIPPED.due(row.unclear, row.status, dt.datetime.now(dt.UTC))
    subject = upkeep.subject_of(row.id)
    audit.note(session, who, "case split off", subject, upkeep.subject_of(target.id), None)
    audit.note(session, who, "case split off", upkeep.subject_of(target.id), f"with {subject}", None)
    return row


def history(session: Session, case_id: int) -> list[Step]:
    """Everything that was done with a case, the latest first."""
    rows = session.scalars(
        select(AuditRow).where(AuditRow.subject == upkeep.subject_of(case_id)).order_by(AuditRow.seq.desc())
    ).all()
    last = next((row.seq for row in rows if row.action in UNDOABLE or row.action.startswith(_UNDONE)), None)
    return [
        Step(
            row.seq,
            row.at,
            row.who,
            row.action,
            row.before,
            row.after,
            row.seq == last and row.action in UNDOABLE,
        )
        for row in rows
    ]


def undo(session: Session, case_id: int, seq: int, who: str) -> CaseRow:
    """Take the last step back. Raises CannotDo when something happened since."""
    row = row_of(session, case_id)
    step = session.get(AuditRow, seq)
    if step is None or step.subject != upkeep.subject_of(case_id) or step.action not in UNDOABLE:
        raise CannotDo("This cannot be undone.")
    before, after = json.loads(step.before or "{}"), json.loads(step.after or "{}")
    if {key: _plain(getattr(row, key)) for key in after} != after:
        raise CannotDo("The case has changed since, so this cannot be undone any more.")
    for key, value in before.items():
        setattr(row, key, dt.datetime.fromisoformat(value) if value and key.endswith("_at") else value)
    audit.note(session, who, f"{_UNDONE}{step.action}", step.subject, step.after, step.before)
    session.flush()
    return row


def _change(session: Session, row: CaseRow, who: str, action: str, values: Mapping[str, Any]) -> None:
    changed = {key: value for key, value in values.items() if getattr(row, key) != value}
    if not changed:
        return
    before = {key: _plain(getattr(row, key)) for key in changed}
    for key, value in changed.items():
        setattr(row, key, value)
    session.flush()
    after = {key: _plain(value) for key, value in changed.items()}
    audit.note(session, who, action, upkeep.subject_of(row.id), json.dumps(before), json.dumps(after))


def _plain(value: Any) -> Any:
    return value.astimezone(dt.UTC).isoformat() if isinstance(value, dt.datetime) else value


def _spoken(status: str) -> str:
    return status.replace("-", " ")
