"""OpenID Connect by Authlib: discovery, the code flow with PKCE and a nonce, and claims turned into a
person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.starlette_client import OAuth
from httpx import HTTPError
from itsdangerous import BadData, URLSafeTimedSerializer
from joserfc.errors import JoseError
from starlette.requests import Request
from starlette.responses import Response

from askfirst.settings import Settings
from web.faults import Refusal
from web.signin.people import Part, Person, parts_of

_FLOW = 600  # seconds that a sign-in at the provider may take
_DISCOVERY = "/.well-known/openid-configuration"


class Provider:
    """The provider that a deployment trusts.

    What a sign-in needs until it comes back (state, nonce, code verifier) is in a signed cookie for that
    time.
    """

    def __init__(self, settings: Settings, key: bytes) -> None:
        self._settings = settings
        self._sealed = URLSafeTimedSerializer(key, salt="sign-in")
        self._cookie = "askfirst-sign-in" if settings.mode == "demo" else "__Secure-askfirst-sign-in"
        self._client = OAuth().register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=settings.oidc_issuer.rstrip("/") + _DISCOVERY,
            client_kwargs={"scope": settings.oidc_scope, "code_challenge_method": "S256", "trust_env": False},
        )

    async def leave(self, request: Request, back: str) -> Response:
        """Send the browser to the provider. Raises Refusal (503) when it cannot be reached."""
        request.scope["session"] = {}
        try:
            response: Response = await self._client.authorize_redirect(request, back)
        except (HTTPError, AuthlibBaseError, JoseError, RuntimeError, ValueError):
            raise Refusal(503, "the sign-in service does not answer right now: try again soon") from None
        response.set_cookie(
            self._cookie, self._sealed.dumps(request.scope["session"]), max_age=_FLOW, path="/sign-in",
            httponly=True, samesite="lax", secure=self._settings.mode != "demo",
        )  # fmt: skip
        return response

    async def arrive(self, request: Request) -> Person:
        """The person that the provider sent back.

        Raises:
            Refusal: 403 when the provider says no, or what came back is not what was asked for.
        """
        try:
            request.scope["session"] = self._sealed.loads(
                request.cookies.get(self._cookie, ""), max_age=_FLOW
            )
        except BadData:
            raise Refusal(
                403, "this sign-in took too long or was begun in another browser: begin again"
            ) from None
        try:
            token = await self._client.authorize_access_token(request)
            claims = dict(token.get("userinfo") or {})
            if claims and self._settings.oidc_roles_claim not in claims:
                # Some providers tell more at this address than in the token; it must be the same person.
                more = await self._client.userinfo(token=token)
                claims = {**more, **claims} if more.get("sub") == claims.get("sub") else claims
        except HTTPError:
            raise Refusal(503, "the sign-in service does not answer right now: try again soon") from None
        except (AuthlibBaseError, JoseError, RuntimeError, ValueError, KeyError, TypeError):
            raise Refusal(403, "the sign-in service did not let you in: begin again") from None
        if not claims.get("sub"):
            raise Refusal(403, "the sign-in service did not say who you are")
        return person_of(claims, self._settings)

    def clear(self, response: Response) -> None:
        """Take what the sign-in needed from the browser."""
        response.delete_cookie(self._cookie, path="/sign-in")


def person_of(claims: Mapping[str, Any], settings: Settings) -> Person:
    """The person of a set of claims. Whoever has no part by a claim is staff."""
    mapped = dict(settings.oidc_roles)
    names = _listed(claims.get(settings.oidc_roles_claim))
    parts = parts_of([mapped.get(name, "") for name in names] if mapped else names)
    # Two people must never share a name in the audit log, nor approve each other as one: the provider's own
    # id,
    # which it alone gives out, is part of the name.
    shown = str(claims.get("name") or claims.get("preferred_username") or claims.get("email") or "").strip()
    who = f"{shown} ({claims['sub']})" if shown else str(claims["sub"])
    return Person(
        id=str(claims["sub"])[:200],
        name=who[:200],
        parts=parts or (Part.STAFF,),
        teams=tuple(_listed(claims.get(settings.oidc_teams_claim))),
    )


def _listed(claim: Any) -> list[str]:
    if isinstance(claim, str):
        return claim.split(",") if "," in claim else claim.split() if claim else []
    return [str(item) for item in claim] if isinstance(claim, list | tuple) else []
