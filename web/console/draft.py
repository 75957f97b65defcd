"""The draft: what it changes, in words, in rulings and in real questions; hand it in, approve it, send it
back."""

from __future__ import annotations

from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from cases import closing
from guidelines import editing
from guidelines.analysis.diff import compare
from guidelines.changes import changes
from guidelines.lint import errors
from guidelines.rules import Corpus
from guidelines.store import editions, submissions
from guidelines.store.database import Database, DatabaseAway
from guidelines.store.editions import CannotPublish
from guidelines.store.submissions import CannotSubmit
from guidelines.vocabulary import DIMENSIONS, VocabularyError
from web.console.effects import effects_of
from web.console.frame import database_of, onwards, person_of, show, today
from web.console.saving import both, save
from web.console.words import concept_words, enquiry_words
from web.console.working import CONTENTS, Working
from web.door import door
from web.faults import Refusal
from web.signin.guard import form_of

_MOST_GROUPS = 12
_MOST_FLIPS = 15


async def get_draft(request: Request) -> Response:
    """The page of the draft."""
    return await _page(request)


async def _page(request: Request, problem: str = "", status: int = 200, findings: Any = ()) -> Response:
    edition, draft = await both(request)
    smallest = door(request).settings.small_group
    read = await run_sync(_read, database_of(request), edition, draft, smallest)
    person = person_of(request)
    authors = {author.casefold() for author in read["authors"]}
    return show(
        request, "draft.html", "draft", status=status, edition=edition.edition, draft=draft, problem=problem,
        problem_findings=findings, mine=person.name.casefold() in authors,
        new_vocabulary=draft.corpus.vocabulary if draft else None, dimensions=DIMENSIONS,
        enquiry_words=enquiry_words, most_groups=_MOST_GROUPS, most_flips=_MOST_FLIPS, errors_of=errors,
        smallest=smallest, **read,
    )  # fmt: skip


def _read(database: Database, edition: Working, draft: Working | None, smallest: int) -> dict[str, Any]:
    with database.reading() as session:
        waiting = submissions.waiting(session)
        last = submissions.last(session)
        authors = editions.authors_of_draft(session) if draft else []
        effects = effects_of(session, edition.corpus, draft.corpus, smallest) if draft else None
    return {"waiting": waiting, "last": last, "authors": authors, "effects": effects}


async def post_submit(request: Request) -> Response:
    """Hand the draft in."""
    note, who = form_of(request).get("note"), person_of(request).name

    def run() -> None:
        with database_of(request).transaction() as session:
            submissions.submit(session, who, note)

    return await _do(request, run, "submitted")


async def post_take_back(request: Request) -> Response:
    """Take the submission back."""
    who = person_of(request).name

    def run() -> None:
        with database_of(request).transaction() as session:
            submissions.take_back(session, who)

    return await _do(request, run, "taken-back")


async def post_send_back(request: Request) -> Response:
    """Send the draft back to its authors."""
    why, who = form_of(request).get("why"), person_of(request).name

    def run() -> None:
        with database_of(request).transaction() as session:
            submissions.send_back(session, who, why)

    return await _do(request, run, "sent-back")


async def post_approve(request: Request) -> Response:
    """Publish what was submitted, close the cases it answers, and leave word for those who asked."""
    who, here = person_of(request).name, door(request)
    if form_of(request).get("sure") != "yes":
        return await _page(request, "Tick the box to say that you have read what changes, then approve.", 422)

    def run() -> None:
        edition = submissions.approve(here.database, who)
        closing.after_publish(here.database, here.books, edition.number)

    return await _do(request, run, "published")


async def _do(request: Request, run: Any, done: str) -> Response:
    try:
        await run_sync(run)
    except CannotSubmit as error:
        return await _page(request, str(error), 422)
    except CannotPublish as error:
        return await _page(request, error.problems[0], 422, error.findings)
    except DatabaseAway:
        raise Refusal(503, "nothing was changed, as the database is away: try again soon") from None
    return onwards("/console/draft", done)


async def post_discard(request: Request) -> Response:
    """Throw the draft away, by somebody who says that they are sure."""
    if form_of(request).get("sure") != "yes":
        return await _page(request, "Tick the box to say that you are sure, then send it again.", 422)
    who = person_of(request).name

    def run() -> None:
        with database_of(request).transaction() as session:
            if not editions.discard_draft(session, who):
                raise CannotSubmit("There is no draft to throw away.")
            if submissions.waiting(session):
                submissions.take_back(session, who)

    return await _do(request, run, "discarded")


async def post_revert(request: Request) -> Response:
    """Take one guideline of the draft back to what the edition says."""
    edition, draft = await both(request)
    name = request.path_params["guideline"]
    before = editing.guideline_of(edition.corpus, name)
    held = editing.guideline_of((draft or edition).corpus, name)
    if before is None and held is None:
        raise Refusal(404, "there is no such guideline")
    if not all(person_of(request).owns(one) for one in (before, held) if one):
        raise Refusal(403, "only its own team edits this guideline")
    if form_of(request).get("sure") != "yes":
        raise Refusal(422, "tick the box to say that you are sure, then send it again")
    await save(
        request,
        lambda corpus: (
            editing.with_guideline(corpus, before) if before else editing.without_guideline(corpus, name)
        ),
    )
    return onwards(f"/console/guidelines/{name}" if before else "/console/guidelines", "reverted")


async def post_revert_concept(request: Request) -> Response:
    """Take a name or a concept of the draft back to what the edition says."""
    form = form_of(request)
    dimension, concept_id = form.get("scheme"), form.get("concept")
    edition, draft = await both(request)
    if draft is None or dimension not in DIMENSIONS or concept_id not in draft.corpus.vocabulary[dimension]:
        raise Refusal(404, "the draft holds nothing of that name")
    before = edition.corpus.vocabulary[dimension].concepts.get(concept_id)

    def change(corpus: Corpus) -> Corpus:
        if before is not None:
            return editing.with_concept(corpus, dimension, before)
        return editing.without_concept(corpus, dimension, concept_id)

    try:
        change(draft.corpus)
    except VocabularyError as error:
        return await _page(request, str(error), 422)
    await save(request, change)
    return onwards("/console/draft", "name-reverted")


async def get_editions(request: Request) -> Response:
    """The history of editions."""
    edition, _ = await both(request)

    def read() -> list[editions.Edition]:
        with database_of(request).reading() as session:
            return editions.listed(session)

    return show(
        request,
        "editions.html",
        "guidelines",
        edition=edition.edition,
        listed=list(reversed(await run_sync(read))),
    )


async def get_edition(request: Request) -> Response:
    """One edition, and what it changed."""
    given = str(request.path_params["number"])
    number = int(given) if given.isascii() and given.isdigit() and len(given) < 9 else 0
    newest, _ = await both(request)

    def read() -> dict[str, Any]:
        with database_of(request).reading() as session:
            listed = {one.number: one for one in editions.listed(session)}
            if number not in listed:
                raise Refusal(404, "there is no such edition")
            now = CONTENTS.edition(session, number)
            before = CONTENTS.edition(session, number - 1) if number - 1 in listed else None
        assert now is not None
        return {
            "shown": listed[number],
            "written_list": changes(before.corpus, now.corpus) if before else [],
            "difference": compare(before.corpus, now.corpus, today()) if before else None,
            "vocabulary": now.corpus.vocabulary,
        }

    read_now = await run_sync(read)
    return show(
        request, "edition.html", "guidelines", edition=newest.edition, dimensions=DIMENSIONS,
        concept_words=concept_words, most_groups=_MOST_GROUPS, **read_now,
    )  # fmt: skip
