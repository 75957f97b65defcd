"""The sign-in desk of a front door: how people come in, who is in, and how often somebody may try."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from askfirst.settings import Settings
from cases.privacy import load_key
from guidelines.store.database import Database, DatabaseAway
from web.faults import Refusal
from web.limits import Buckets, Pace
from web.signin import sessions
from web.signin.oidc import Provider
from web.signin.people import Person
from web.signin.personas import Persona, personas
from web.signin.sessions import Cookie, Visitor

# Enough for somebody who mistypes, too little for somebody who tries out.
TRIES = Pace(burst=20, per_second=0.5)


@dataclass(frozen=True)
class SignIn:
    """What the routes of sign-in use. `provider` is None unless people sign in by OpenID Connect."""

    settings: Settings
    database: Database
    cookie: Cookie
    tries: Buckets
    personas: dict[str, Persona]
    provider: Provider | None

    @property
    def life(self) -> dt.timedelta:
        """How long a session lasts at most."""
        return dt.timedelta(hours=self.settings.session_hours)

    async def visitor(self, request: Request) -> Visitor | None:
        """Who sends a request, or None for somebody who is not signed in.

        Raises:
            Refusal: 503, when that cannot be looked up.
        """
        token = request.cookies.get(self.cookie.name)
        if not token:
            return None
        try:
            return await run_sync(self._find, token)
        except DatabaseAway:
            raise Refusal(503, "your sign-in cannot be looked up right now: try again soon") from None

    def _find(self, token: str) -> Visitor | None:
        with self.database.reading() as session:
            found = sessions.find(session, token, self.life)
        if found is None:
            return None
        visitor, stale = found
        if stale:
            with self.database.transaction() as session:
                sessions.seen(session, token)
        return visitor

    async def let_in(self, request: Request, person: Person, response: Response) -> Response:
        """Begin a session; an older one of the same browser ends, so that nobody can plant one (fixation)."""
        old = request.cookies.get(self.cookie.name)
        try:
            token = await run_sync(self._begin, person, old)
        except DatabaseAway:
            raise Refusal(503, "nobody can sign in right now: try again soon") from None
        self.cookie.set(response, token, self.life)
        return response

    def _begin(self, person: Person, old: str | None) -> str:
        with self.database.transaction() as session:
            if old:
                sessions.end(session, old)
            return sessions.begin(session, person, self.life)

    async def let_out(self, request: Request, response: Response) -> Response:
        """End the session of a request."""
        token = request.cookies.get(self.cookie.name, "")
        try:
            await run_sync(self._end, token)
        except DatabaseAway:
            raise Refusal(
                503, "you cannot be signed out right now: try again, or close the browser"
            ) from None
        self.cookie.clear(response)
        return response

    def _end(self, token: str) -> None:
        with self.database.transaction() as session:
            sessions.end(session, token)

    def try_once(self, request: Request) -> None:
        """Count a try to sign in. Raises Refusal (429) when there were too many."""
        client = request.client.host if request.client else ""
        wait = self.tries.wait(client)
        if wait:
            raise Refusal(
                429, "too many tries to sign in: wait a moment", {"retry-after": str(int(wait) + 1)}
            )


def sign_in(settings: Settings, database: Database) -> SignIn:
    """The sign-in desk for these settings.

    Raises:
        SettingError: personas would be open to more than a demo on this machine.
    """
    by_personas = settings.sign_in == "personas"
    return SignIn(
        settings=settings,
        database=database,
        cookie=Cookie.of(settings),
        tries=Buckets(TRIES),
        personas=personas(settings) if by_personas else {},
        provider=Provider(settings, load_key(settings.home)) if settings.sign_in == "oidc" else None,
    )


def desk_of(request: Request) -> SignIn:
    """The sign-in desk that a request came through."""
    held: Any = request.app.state.sign_in
    assert isinstance(held, SignIn)
    return held
