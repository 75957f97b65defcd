"""What somebody asked on an earlier visit: the browser remembers in which conversations, to tell them later.

Only conversations that met a gap are remembered, in a cookie that scripts cannot read. Nothing is told before
the person asks to see it: others may use the same browser.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from anyio.to_thread import run_sync
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.responses import Response

from answers import news
from answers.channels import Standing
from answers.reply import Reply
from cases import notices
from cases.privacy import load_key, pseudonym
from guidelines.store.books import NoEdition
from guidelines.store.database import DatabaseAway
from web.api.messages import client_of
from web.door import Door, door
from web.turns import Turn, sender_of

_CHANNEL = "web"
_MOST = 5
_LIFE = 180 * 24 * 3600  # seconds
_ID = re.compile(r"[\w-]{16,64}", re.ASCII)


def remember(request: Request, response: Response, conversation: str, turn: Turn) -> None:
    """Have the browser remember a conversation in which something could not be answered clearly."""
    if any(reply.payload.get("case") for reply in turn.replies) and _ID.fullmatch(conversation):
        _keep(request, response, [conversation, *_remembered(request)])


def forget(request: Request, response: Response, conversation: str) -> None:
    """Have the browser forget a conversation."""
    kept = _remembered(request)
    if conversation in kept:
        _keep(request, response, [one for one in kept if one != conversation])


async def waits(request: Request) -> bool:
    """Whether there is something to tell of an earlier visit, from the edition that answers here now."""
    if not _remembered(request):
        return False
    here, today = door(request), dt.date.today()

    def look() -> bool:
        book = here.books.current()
        with here.database.reading() as session:
            return any(news.waiting(session, asker, book, today) for asker in _askers(request, here))

    try:
        return await run_sync(look)
    except (DatabaseAway, NoEdition):
        return False


async def told(request: Request) -> list[Reply]:
    """The answers to what was asked on earlier visits, written down as told. Raises DatabaseAway."""
    here = door(request)
    book, today = await here.book(), dt.date.today()

    def tell() -> list[Reply]:
        with here.database.transaction() as session:
            return [
                reply
                for asker in _askers(request, here)
                for reply in news.each(session, asker, book, today, partial(_told, here, session, asker))
            ]

    return await run_sync(tell)


def _told(here: Door, session: Session, asker: str, notice: notices.Notice) -> Reply:
    return here.desk.tell(session, notice, asker, channel=_CHANNEL, standing=Standing.of(None))


def _askers(request: Request, here: Door) -> list[str]:
    key = load_key(here.settings.home)
    return [pseudonym(key, sender_of(one, client_of(request))) for one in _remembered(request)]


def _remembered(request: Request) -> list[str]:
    given = request.cookies.get(_name(request), "")
    return [one for one in given.split(".")[:_MOST] if _ID.fullmatch(one)]


def _keep(request: Request, response: Response, conversations: Sequence[str]) -> None:
    kept = list(dict.fromkeys(conversations))[:_MOST]
    attributes: dict[str, Any] = {
        "path": "/", "httponly": True, "samesite": "strict", "secure": not door(request).demo,
    }  # fmt: skip
    if kept:
        response.set_cookie(_name(request), ".".join(kept), max_age=_LIFE, **attributes)
    else:
        response.delete_cookie(_name(request), **attributes)


def _name(request: Request) -> str:
    """In the demo the name carries the port, as browsers share cookies between the ports of a machine."""
    here = door(request)
    return f"askfirst-asked-{here.settings.port}" if here.demo else "__Host-askfirst-asked"
