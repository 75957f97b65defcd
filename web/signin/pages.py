"""The pages of sign-in: choose a persona in the demo, or go to the provider and come back."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from web.access import Who
from web.bodies import form
from web.faults import Refusal
from web.rendering import page
from web.signin.desk import SignIn, desk_of
from web.signin.guard import own_place
from web.signin.people import Person
from web.signin.sessions import Visitor

_NEXT = "askfirst-next"
_OFF = (
    "nobody can sign in here yet: whoever runs this deployment sets ASKFIRST_OIDC_ISSUER and "
    "ASKFIRST_OIDC_CLIENT_ID"
)


async def get_sign_in(request: Request) -> Response:
    """How to sign in."""
    desk = desk_of(request)
    if desk.settings.sign_in == "off":
        raise Refusal(503, _OFF)
    visitor = await desk.visitor(request)
    return HTMLResponse(_page(request, desk, visitor))


async def post_sign_in(request: Request) -> Response:
    """Become a persona. There are none outside the demo."""
    desk = desk_of(request)
    desk.try_once(request)
    given = await form(request)
    persona = desk.personas.get(given.get("persona", ""))
    if persona is None:
        raise Refusal(403, "there is nobody of that name to sign in as")
    response = RedirectResponse(_onwards(persona.person, given.get("next", "")), 303)
    return await desk.let_in(request, persona.person, response)


async def get_leave(request: Request) -> Response:
    """Go to the provider."""
    desk = desk_of(request)
    desk.try_once(request)
    if desk.provider is None:
        raise Refusal(404, "there is no sign-in service here")
    back = (desk.settings.public_url or str(request.base_url).rstrip("/")) + "/sign-in/back"
    response = await desk.provider.leave(request, back)
    response.set_cookie(
        _NEXT, own_place(request.query_params.get("next", "")), max_age=600, path="/sign-in", httponly=True,
        samesite="lax", secure=desk.cookie.secure,
    )  # fmt: skip
    return response


async def get_back(request: Request) -> Response:
    """Come back from the provider."""
    desk = desk_of(request)
    desk.try_once(request)
    if desk.provider is None:
        raise Refusal(404, "there is no sign-in service here")
    person = await desk.provider.arrive(request)
    response = RedirectResponse(_onwards(person, request.cookies.get(_NEXT, "").strip('"')), 303)
    desk.provider.clear(response)
    response.delete_cookie(_NEXT, path="/sign-in")
    return await desk.let_in(request, person, response)


async def post_sign_out(request: Request) -> Response:
    """End the session."""
    return await desk_of(request).let_out(request, RedirectResponse("/sign-in", 303))


def _onwards(person: Person, place: str) -> str:
    place = own_place(place)
    return place if person.may(Who.READER) or not place.startswith("/console") else "/"


def _page(request: Request, desk: SignIn, visitor: Visitor | None) -> str:
    return page(
        "signin/page.html",
        here="sign-in",
        demo=desk.settings.mode == "demo",
        edition=None,
        personas=list(desk.personas.values()),
        visitor=visitor,
        next=own_place(request.query_params.get("next", "")),
    )
