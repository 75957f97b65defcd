"""The edition and the draft that the console works on, and how a change is saved to the draft."""

from __future__ import annotations

from collections.abc import Callable

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request

from guidelines.changes import Change, changes, said
from guidelines.lint import Finding, lint
from guidelines.rules import Corpus
from guidelines.store import audit, editions
from guidelines.store.database import Database, DatabaseAway
from web.console.effects import Effects, effects_of
from web.console.frame import database_of, person_of, today
from web.console.working import CONTENTS, Working
from web.door import door
from web.faults import Refusal


def read_both(database: Database) -> tuple[Working | None, Working | None]:
    """The newest edition and the draft."""
    with database.reading() as session:
        return CONTENTS.edition(session), CONTENTS.draft(session)


async def both(request: Request) -> tuple[Working, Working | None]:
    """The newest edition and the draft. Raises Refusal (503) when nothing was ever published."""
    try:
        edition, draft = await run_sync(read_both, database_of(request))
    except DatabaseAway:
        raise Refusal(503, "the guidelines cannot be read right now: try again soon") from None
    if edition is None:
        raise Refusal(503, "no edition of the guidelines is published yet")
    return edition, draft


def findings_for(corpus: Corpus, where: str) -> list[Finding]:
    """What lint says about one rule or guideline."""
    return [finding for finding in lint(corpus, today()) if finding.where == where]


async def effects_for(request: Request, before: Corpus, after: Corpus) -> Effects:
    """What would change from one corpus to another, worked out beside the answering."""
    smallest = door(request).settings.small_group

    def run() -> Effects:
        with database_of(request).reading() as session:
            return effects_of(session, before, after, smallest)

    return await run_sync(run)


async def save(
    request: Request, change: Callable[[Corpus], Corpus], also: Callable[[Session], object] | None = None
) -> None:
    """Change the draft in one transaction, from what it holds by then.

    Raises:
        Refusal: 503 when the database is away.
    """
    who = person_of(request).name

    def run() -> None:
        with database_of(request).transaction() as session:
            working = CONTENTS.working(session)
            if working is None:
                raise Refusal(503, "no edition of the guidelines is published yet")
            changed = change(working.corpus)
            editions.save_draft(session, changed, who)
            note_changes(session, working.corpus, changed, who)
            if also:
                also(session)

    try:
        await run_sync(run)
    except DatabaseAway:
        raise Refusal(503, "nothing was saved, as the database is away: try again soon") from None


def note_changes(session: Session, before: Corpus, after: Corpus, who: str) -> None:
    """Write into the audit log what each change to the draft says, before and after."""
    for one in changes(before, after):
        then = _whole(before, one) if one.kind == "removed" else _fields(one, "before")
        now = _whole(after, one) if one.kind == "added" else _fields(one, "after")
        what = f"{one.what} {one.kind} in the draft"
        audit.note(session, who, what, f"{one.what} {one.id}", then or None, now or None)


def _fields(change: Change, side: str) -> str:
    return "; ".join(f"{field.name}: {getattr(field, side)}" for field in change.fields)


def _whole(corpus: Corpus, change: Change) -> str:
    """What something says that came or went: all of it for a rule or a concept, else what it is called."""
    match change.what:
        case "rule":
            return said(corpus.find(change.id)[1])
        case "concept":
            return said(corpus.vocabulary[change.of][change.id])
    return change.title
