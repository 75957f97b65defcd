"""POST /api/v1/rulings: the ruling for details given as ids, without a conversation."""

from __future__ import annotations

import datetime as dt
import difflib
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from answers.nearest import TooMany, UnknownDetail, concept
from guidelines.rulebook import RuleBook
from guidelines.store.database import DatabaseAway
from guidelines.vocabulary import DIMENSIONS
from web.bodies import json_object
from web.door import door
from web.faults import Refusal
from web.turns import RETRY_AFTER, error_payload

_MOST_NAMED = 50
_LONGEST = 200


async def post_ruling(request: Request) -> Response:
    """The payload of SPEC section 4: a ruling, or the question that would settle it, or a list."""
    given = await json_object(request)
    known(given, (*DIMENSIONS, "on"))
    on = day(given.get("on"))
    here = door(request)
    book = await here.book()
    details = {dimension: concepts(book, dimension, given.get(dimension)) for dimension in DIMENSIONS}
    try:
        reply = await run_sync(partial(here.desk.rule, details, channel="api", on=on))
    except TooMany as error:
        raise Refusal(422, str(error)) from None
    except DatabaseAway:
        return JSONResponse(error_payload(book.edition), 503, headers={"retry-after": str(RETRY_AFTER)})
    return JSONResponse(reply.payload)


def known(given: dict[str, Any], fields: tuple[str, ...]) -> None:
    """Raise Refusal (422) for a field that is none of `fields`: a slip would change the answer unseen."""
    for name in given:
        if name not in fields:
            near = difflib.get_close_matches(name, fields, 1)
            hint = f"did you mean `{near[0]}`?" if near else f"the fields are {', '.join(fields)}"
            raise Refusal(422, f"no field `{name[:80]}`: {hint}")


def concepts(book: RuleBook, dimension: str, given: Any) -> list[str]:
    """The concepts given for a dimension; none when it is missing.

    Raises:
        Refusal: 422, for what is no id, or an id that the vocabulary lacks.
    """
    listed = [given] if isinstance(given, str) else [] if given is None else given
    if not isinstance(listed, list) or not all(isinstance(item, str) for item in listed):
        raise Refusal(422, f"`{dimension}` must be an id or a list of ids")
    if len(listed) > _MOST_NAMED:
        raise Refusal(422, f"`{dimension}` names more than {_MOST_NAMED} ids")
    for item in listed:
        if not item.strip():
            raise Refusal(422, f"`{dimension}` is empty: leave it out, or give an id")
        if len(item) > _LONGEST:
            raise Refusal(422, f"`{dimension}` is longer than any id: at most {_LONGEST} characters")
    try:
        return [concept(book.vocabulary[dimension], item) for item in listed]
    except UnknownDetail as error:
        raise Refusal(422, str(error)) from None


def day(given: Any) -> dt.date | None:
    """The day that is asked about; None for today.

    Raises:
        Refusal: 422, for what is no date.
    """
    if given is None:
        return None
    try:
        if not isinstance(given, str) or len(given) != 10:
            raise ValueError
        return dt.date.fromisoformat(given)
    except ValueError:
        raise Refusal(422, "`on` must be a date such as `2026-03-31`") from None
