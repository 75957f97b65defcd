"""The audit log: every change, by whom, with before and after. Rows are only added."""

from __future__ import annotations

import datetime as dt

from sqlalchemy.orm import Session

from guidelines.store.tables import AuditRow


def note(
    session: Session, who: str, action: str, subject: str, before: str | None = None, after: str | None = None
) -> None:
    """Add a row in the caller's transaction, so that a change without its row cannot happen."""
    session.add(
        AuditRow(
            at=dt.datetime.now(dt.UTC), who=who, action=action, subject=subject, before=before, after=after
        )
    )
