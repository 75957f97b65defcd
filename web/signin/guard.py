"""Routes for people who are signed in: who may use them, and that a form comes from our own page."""

from __future__ import annotations

import hmac
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from web.access import Endpoint, Guarded, Who
from web.bodies import fields
from web.faults import Refusal
from web.forms import Form
from web.signin.desk import desk_of
from web.signin.sessions import Visitor

CSRF = "csrf"
_LARGEST_FORM = 512 * 1024
_NOT_YOURS = {
    Who.READER: "the console is for policy owners, approvers, auditors and administrators",
    Who.OWNER: "only policy owners and administrators change cases and drafts",
    Who.SUBMITTER: "only policy owners and administrators submit a draft",
    Who.APPROVER: "only approvers and administrators publish a draft or send it back",
    Who.AUDITOR: "only auditors and administrators read the audit log",
}


class ForPeople(Guarded):
    """A route for signed-in people. A form is read here, and refused without the token of the session."""

    def __init__(self, path: str, endpoint: Endpoint, *, who: Who, methods: list[str], name: str) -> None:
        async def guarded(request: Request) -> Response:
            visitor = await desk_of(request).visitor(request)
            if visitor is None:
                return _to_sign_in(request)
            if not visitor.person.may(who):
                raise Refusal(403, _NOT_YOURS.get(who, "this is not for you"))
            request.state.visitor = visitor
            if request.method == "POST":
                request.state.form = await _own_form(request, visitor)
            return await endpoint(request)

        super().__init__(path, guarded, who=Who.ANYONE, methods=methods, name=name)
        self.who = who


async def _own_form(request: Request, visitor: Visitor) -> Form:
    form = Form(await fields(request, _LARGEST_FORM))
    if not hmac.compare_digest(form.get(CSRF).encode(), visitor.csrf.encode()):
        raise Refusal(403, "this form is out of date: go back, load the page again and send it once more")
    return form


def _to_sign_in(request: Request) -> Response:
    if request.method != "GET":
        raise Refusal(401, "you are signed out: sign in, then send this once more")
    place = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return RedirectResponse(f"/sign-in?next={quote(place, safe='')}", 303)


def visitor_of(request: Request) -> Visitor:
    """Who sends a request that came through `ForPeople`."""
    visitor = request.state.visitor
    assert isinstance(visitor, Visitor)
    return visitor


def form_of(request: Request) -> Form:
    """The form of a request that came through `ForPeople`."""
    form = request.state.form
    assert isinstance(form, Form)
    return form


def own_place(place: str, otherwise: str = "/console") -> str:
    """A place on this site to go on to; never one elsewhere."""
    fine = place.startswith("/") and not place.startswith(("//", "/\\")) and place.isprintable()
    return place if fine and "\\" not in place else otherwise
