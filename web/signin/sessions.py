"""Sessions: kept in the database under a hash of what the browser holds, and over after a time."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import secrets
from dataclasses import dataclass

from sqlalchemy import String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column
from starlette.responses import Response

from askfirst.settings import Settings
from guidelines.store import audit
from guidelines.store.tables import Base, Moment
from web.signin.people import Person

_SEEN_EVERY = dt.timedelta(minutes=1)
IDLE = dt.timedelta(hours=1)


class SessionRow(Base):
    """One browser that somebody is signed in with."""

    __tablename__ = "sessions"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(Text)
    csrf: Mapped[str] = mapped_column(String(64))
    began_at: Mapped[dt.datetime] = mapped_column(Moment)
    seen_at: Mapped[dt.datetime] = mapped_column(Moment, index=True)


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in, and the token that their forms carry."""

    person: Person
    csrf: str


@dataclass(frozen=True)
class Cookie:
    """The cookie of a session: its name, and how it is kept from others."""

    name: str
    secure: bool

    @classmethod
    def of(cls, settings: Settings) -> Cookie:
        """In the demo the name carries the port, as browsers share cookies between the ports of a machine."""
        if settings.mode == "demo":
            return cls(f"askfirst-{settings.port}", secure=False)
        return cls("__Host-askfirst", secure=True)

    def set(self, response: Response, token: str, life: dt.timedelta) -> None:
        """Give the browser its token."""
        response.set_cookie(
            self.name, token, max_age=int(life.total_seconds()), path="/", secure=self.secure, httponly=True,
            samesite="lax",
        )  # fmt: skip

    def clear(self, response: Response) -> None:
        """Take the token from the browser."""
        response.delete_cookie(self.name, path="/", secure=self.secure, httponly=True, samesite="lax")


def begin(session: Session, person: Person, life: dt.timedelta) -> str:
    """Begin a session, forget those that are over, and return the token for the browser."""
    now = dt.datetime.now(dt.UTC)
    forget_over(session, life, now)
    token = secrets.token_urlsafe(32)
    session.add(
        SessionRow(
            key=_key(token),
            person=json.dumps(person.as_dict(), ensure_ascii=False),
            csrf=secrets.token_urlsafe(32),
            began_at=now,
            seen_at=now,
        )
    )
    audit.note(session, person.name, "signed in", person.id, None, ", ".join(person.parts))
    return token


def find(session: Session, token: str, life: dt.timedelta) -> tuple[Visitor, bool] | None:
    """Who holds a token, and whether it is time to write down that they were seen; None when it is over."""
    row = session.get(SessionRow, _key(token))
    now = dt.datetime.now(dt.UTC)
    if row is None or row.began_at < now - life or row.seen_at < now - IDLE:
        return None
    visitor = Visitor(Person.from_dict(json.loads(row.person)), row.csrf)
    return visitor, row.seen_at < now - _SEEN_EVERY


def seen(session: Session, token: str) -> None:
    """Write down that somebody is still there."""
    row = session.get(SessionRow, _key(token))
    if row is not None:
        row.seen_at = dt.datetime.now(dt.UTC)


def end(session: Session, token: str) -> None:
    """End a session."""
    row = session.get(SessionRow, _key(token))
    if row is not None:
        person = Person.from_dict(json.loads(row.person))
        audit.note(session, person.name, "signed out", person.id)
        session.delete(row)


def forget_over(session: Session, life: dt.timedelta, now: dt.datetime) -> None:
    """Forget who was signed in with sessions that are over."""
    over = (SessionRow.began_at < now - life) | (SessionRow.seen_at < now - IDLE)
    session.execute(delete(SessionRow).where(over))


def _key(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
