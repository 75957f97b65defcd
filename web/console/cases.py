"""A case: everything known about it, and what people do with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from cases import inbox, similar, workflow
from cases.anonymity import Masks
from cases.close import close
from cases.log import number_of
from cases.story import story
from cases.tables import CaseRow
from cases.workflow import CannotDo
from guidelines.rulebook import RuleBook
from guidelines.ruling import Unclear
from guidelines.store.database import Database, DatabaseAway
from guidelines.vocabulary import DIMENSIONS
from web.access import Who
from web.console.frame import database_of, number_field, number_in, onwards, person_of, show, today
from web.console.words import concept_words, step_words
from web.door import door
from web.faults import Refusal
from web.signin.guard import form_of, own_place

T = TypeVar("T")

UNKNOWN = {str(Unclear.UNKNOWN_APP): "app", str(Unclear.UNKNOWN_PLACE): "country"}


async def get_case(request: Request) -> Response:
    """The page of a case."""
    return await case_page(request, number_in(request, "case"))


async def case_page(
    request: Request, case_id: int, problem: str = "", status: int = 200, **given: Any
) -> Response:
    """The page of a case, with what was wrong with what somebody tried."""
    book = await door(request).book()
    smallest = door(request).settings.small_group
    read = await run_sync(_read, database_of(request), case_id, book, smallest)
    return show(
        request,
        "case.html",
        "inbox",
        status=status,
        edition=book.edition,
        book=book,
        problem=problem,
        given=given,
        smallest=smallest,
        me=person_of(request).name,
        unknown=UNKNOWN.get(read["case"].unclear, ""),
        now=dt.datetime.now(dt.UTC),
        step_words=step_words,
        concept_words=concept_words,
        dimensions=DIMENSIONS,
        **read,
    )


def _read(database: Database, case_id: int, book: RuleBook, smallest: int) -> dict[str, Any]:
    with database.reading() as session:
        row = session.get(CaseRow, case_id)
        if row is None:
            raise Refusal(404, "there is no such case")
        told = story(session, row, book.vocabulary, smallest)
        decided = tuple((told.outcome or {}).get("rules") or ())
        return {
            "case": row,
            "number": number_of(row.id),
            "story": told,
            "close": close(book, told.enquiry, today(), decided) if told.enquiry.app else [],
            "alike": similar.alike(session, row, Masks(book.vocabulary, smallest)),
            "notes": workflow.notes(session, row.id),
            "history": workflow.history(session, row.id),
            "moves": workflow.MOVES[row.status],
            "assignees": inbox.assignees(session),
        }


async def change(request: Request, step: Callable[[Session], T]) -> T:
    """Do something in one transaction, by a person who may.

    Raises:
        CannotDo: it is not possible; the page says why.
        Refusal: 503, when the database is away.
    """
    if not person_of(request).may(Who.OWNER):
        raise Refusal(403, "only policy owners and administrators change cases")

    def run() -> T:
        with database_of(request).transaction() as session:
            return step(session)

    try:
        return await run_sync(run)
    except DatabaseAway:
        raise Refusal(503, "nothing was changed, as the database is away: try again soon") from None


async def _step(
    request: Request, step: Callable[[Session, int, str], object], done: str, fragment: str = ""
) -> Response:
    case_id, who = number_in(request, "case"), person_of(request).name
    try:
        await change(request, lambda session: step(session, case_id, who))
    except CannotDo as error:
        return await case_page(request, case_id, str(error), 422)
    return onwards(f"/console/cases/{case_id}{fragment}", done)


async def post_move(request: Request) -> Response:
    """Take a case to another state, or decline it with a reason."""
    form = form_of(request)
    status, reason = form.get("status"), form.get("reason")
    if status not in {move for moves in workflow.MOVES.values() for move in moves}:
        raise Refusal(422, "there is no such state")
    return await _step(
        request,
        lambda session, case_id, who: workflow.move(session, case_id, status, who, reason),
        "declined" if status == "declined" else "moved",
    )


async def post_not_a_question(request: Request) -> Response:
    """Close what was no question at all."""
    return await _step(
        request,
        lambda session, case_id, who: workflow.move(
            session, case_id, "declined", who, workflow.NOT_A_QUESTION
        ),
        "declined",
    )


async def post_assign(request: Request) -> Response:
    """Give a case to somebody."""
    assignee = form_of(request).get("assignee")
    return await _step(
        request, lambda session, case_id, who: workflow.assign(session, case_id, assignee, who), "assigned"
    )


async def post_note(request: Request) -> Response:
    """Note something."""
    text = form_of(request).get("text")
    return await _step(
        request,
        lambda session, case_id, who: workflow.add_note(session, case_id, text, who),
        "noted",
        "#notes",
    )


async def post_withdraw(request: Request) -> Response:
    """Withdraw one's own note."""
    note = number_field(request, "note")
    return await _step(
        request, lambda session, _case, who: workflow.withdraw_note(session, note, who), "withdrawn", "#notes"
    )


async def post_undo(request: Request) -> Response:
    """Take the last step back."""
    seq = number_field(request, "seq")
    return await _step(
        request, lambda session, case_id, who: workflow.undo(session, case_id, seq, who), "undone", "#history"
    )


async def post_merge(request: Request) -> Response:
    """Count a case for another one."""
    case_id, into, who = number_in(request, "case"), number_field(request, "into"), person_of(request).name
    try:
        await change(request, lambda session: workflow.merge(session, case_id, into, who))
    except CannotDo as error:
        return await case_page(request, case_id, str(error), 422)
    return onwards(own_place(form_of(request).get("back"), f"/console/cases/{into}"), "merged")


async def post_split(request: Request) -> Response:
    """Take a merged case out again."""
    return await _step(request, lambda session, case_id, who: workflow.split(session, case_id, who), "split")
