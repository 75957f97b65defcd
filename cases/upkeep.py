"""What changes in a case each time its gap is met: how much it weighs, its clock, and whether it opens
again."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from cases import clock, weight
from cases.tables import CaseRow, OccurrenceRow
from guidelines.store import audit

PROGRAM = "AskFirst"


def target(session: Session, row: CaseRow) -> CaseRow:
    """The case that a gap counts for: another one, where people merged the two."""
    seen = {row.id}
    while row.merged_into is not None and row.merged_into not in seen:
        seen.add(row.merged_into)
        row = session.get_one(CaseRow, row.merged_into)
    return row


def members(session: Session, case_id: int) -> tuple[int, ...]:
    """The case itself and those that were merged into it, whose occurrences count for it."""
    found = [case_id]
    for one in found:
        found += session.scalars(select(CaseRow.id).where(CaseRow.merged_into == one))
    return tuple(found)


def subject_of(case_id: int) -> str:
    """How the audit log names a case."""
    return f"case C-{case_id:04d}"


def met(session: Session, row: CaseRow, *, asker: str, text: str | None, at: dt.datetime) -> None:
    """Bring the case up to date, before the occurrence is added, in the caller's transaction."""
    session.refresh(row, with_for_update=True)
    mine = OccurrenceRow.case_id.in_(members(session, row.id))
    known = select(OccurrenceRow.id).where(mine, OccurrenceRow.asker == asker).limit(1)
    new_person = session.scalar(known) is None
    soon = weight.imminent(text, at)
    row.people += new_person
    row.heat = weight.added(row.heat, at, new_person=new_person, soon=soon)
    if soon:
        row.urgent_at = max(at, row.urgent_at or at)
    if row.due_at is None and row.status == "new":
        row.due_at = clock.SHIPPED.due(row.unclear, row.status, at)
    if row.status == "published":
        # It was answered, and yet somebody met it again: the answer did not close it.
        audit.note(session, PROGRAM, "case reopened: met again", subject_of(row.id), row.status, "new")
        row.status, row.closed_at = "new", None
        row.due_at = clock.SHIPPED.due(row.unclear, row.status, at)
    session.flush()


def recount(session: Session, row: CaseRow) -> None:
    """Count a case anew from its occurrences: after a merge or a split."""
    people: set[str] = set()
    row.count, row.heat, row.urgent_at = 0, 0.0, None
    rows = session.execute(
        select(OccurrenceRow.at, OccurrenceRow.asker, OccurrenceRow.text)
        .where(OccurrenceRow.case_id.in_(members(session, row.id)))
        .order_by(OccurrenceRow.at)
    ).all()
    for at, asker, text in rows:
        soon = weight.imminent(text, at)
        row.heat = weight.added(row.heat, at, new_person=asker not in people, soon=soon)
        row.urgent_at = at if soon else row.urgent_at
        row.count += 1
        people.add(asker)
    row.people = len(people)
    if rows:
        row.first_at, row.last_at = rows[0][0], rows[-1][0]
