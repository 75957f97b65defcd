"""News before a reply: what somebody asked earlier that has a clear answer now, worked out for their
facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from answers.dialogue.plan import Plan
from answers.reply import Reply, payload_of
from answers.wording import day
from cases import notices
from cases.closing import is_clear
from cases.notices import Notice
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.ruling import Unclear
from guidelines.vocabulary import DIMENSIONS

_MOST_AT_ONCE = 3
_UNCLEAR = Plan("clarify", "not_understood")

Tell = Callable[[Notice], Reply]


def waiting(session: Session, asker: str, book: RuleBook, on: dt.date) -> list[Notice]:
    """What the asker is still to be told and the edition of that rule book answers clearly."""
    return [n for n in notices.pending(session, asker) if _holds(n, book, on)]


def with_news(session: Session, asker: str, reply: Reply, book: RuleBook, on: dt.date, tell: Tell) -> Reply:
    """The reply with what the asker is still to be told before it; written down as told in the
    transaction."""
    now = waiting(session, asker, book, on)[:_MOST_AT_ONCE]
    if not now:
        return reply
    said = [_said(notice, reply, tell) for notice in now]
    notices.told(session, now)
    texts = [text for text, _ in said]
    news = [entry for _, entry in said]
    return replace(reply, text="\n\n".join([*texts, reply.text]), payload={**reply.payload, "news": news})


def each(session: Session, asker: str, book: RuleBook, on: dt.date, tell: Tell) -> list[Reply]:
    """What the asker is still to be told, each as a reply of its own; written down as told in the
    transaction."""
    now = waiting(session, asker, book, on)
    notices.told(session, now)
    return [
        Reply(_again(notice), (), payload_of(_UNCLEAR, Enquiry().as_dict(), book, ()))
        if notice.unclear == Unclear.NOT_UNDERSTOOD
        else tell(notice)
        for notice in now
    ]


def _again(notice: Notice) -> str:
    asked = f"on {day(notice.asked_at.date())} ({notice.case})"
    return f"You asked something {asked} that I did not understand. Please ask it again: I may now."


def _holds(notice: Notice, book: RuleBook, on: dt.date) -> bool:
    """Whether the answer is (still) a clear one in the edition that answers now."""
    return notice.unclear == Unclear.NOT_UNDERSTOOD or is_clear(book, notice.enquiry, on)


def _said(notice: Notice, reply: Reply, tell: Tell) -> tuple[str, dict[str, Any]]:
    asked = f"on {day(notice.asked_at.date())} ({notice.case})"
    entry: dict[str, Any] = {"case": notice.case, "edition": notice.edition}
    if notice.unclear == Unclear.NOT_UNDERSTOOD:
        return _again(notice), entry
    if _same(notice, reply):
        return f"You asked about this {asked}. There is a clear answer now:", {**entry, **_of(reply)}
    answer = tell(notice)
    return answer.text, {**entry, **_of(answer)}


def _same(notice: Notice, reply: Reply) -> bool:
    """Whether the reply answers just that already."""
    context = reply.payload.get("context") or {}
    asked = notice.enquiry.as_dict()
    return reply.payload.get("kind") == "ruling" and all(context.get(d) == asked[d] for d in asked)


def _of(reply: Reply) -> dict[str, Any]:
    return {key: reply.payload.get(key) for key in ("context", "ruling", "receipt")}


def still(enquiry: Enquiry, book: RuleBook) -> Enquiry:
    """The details that the vocabulary still holds."""
    return Enquiry.of({d: tuple(c for c in enquiry[d] or () if c in book.vocabulary[d]) for d in DIMENSIONS})
