"""What is around every page of the console: who is signed in, where one is, what was just done."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from guidelines.store.database import Database
from web.access import Who
from web.console.components import component
from web.console.words import day, effect_words, marked, moment, number, status_words
from web.door import door
from web.faults import Refusal
from web.pages import words
from web.rendering import environment, page
from web.signin.guard import form_of, visitor_of
from web.signin.people import Person

PLACES = (
    ("inbox", "/console", "Inbox", Who.READER),
    ("guidelines", "/console/guidelines", "Guidelines", Who.READER),
    ("facts", "/console/facts", "Facts", Who.READER),
    ("draft", "/console/draft", "Draft", Who.READER),
    ("coverage", "/console/coverage", "Coverage", Who.READER),
    ("explain", "/console/explain", "Explain", Who.READER),
    ("reports", "/console/reports", "Reports", Who.READER),
    ("audit", "/console/audit", "Audit log", Who.AUDITOR),
)

# What a page says after something was done; the address carries the key, never words.
DONE = {
    "moved": "Done. The case has moved.",
    "assigned": "Done. The case is assigned.",
    "many-assigned": "Done. The cases are assigned. Each can be undone from its history.",
    "none-ticked": "No case was ticked, so nothing was changed.",
    "noted": "Your note is added.",
    "withdrawn": "The note is withdrawn.",
    "merged": "The two cases count as one now. You can split them again.",
    "many-merged": "The cases of the group count as one now. Each can be split off again.",
    "split": "The case stands by itself again.",
    "undone": "Undone.",
    "declined": "The case is declined, with your reason.",
    "alias": "The name is in the draft. It is understood once the draft is published.",
    "rule-saved": "The rule is in the draft. Nobody is answered from it until it is published.",
    "rule-removed": "The rule is no longer in the draft. You can take the guideline back to the edition.",
    "guideline-saved": "The guideline is in the draft. Nobody is answered from it until it is published.",
    "fact-saved": "It is in the draft. Nobody is briefed from it until it is published.",
    "fact-removed": "It is no longer in the draft.",
    "fact-reverted": "It is as in the edition again.",
    "reverted": "The guideline is as in the edition again.",
    "name-reverted": "The name is as in the edition again.",
    "discarded": "The draft is thrown away. The edition answers as before.",
    "submitted": "The draft is submitted. A second person has to approve it.",
    "taken-back": "The submission is taken back. Go on writing.",
    "sent-back": "The draft is sent back to its authors, with your words.",
    "published": "Published. Questions are answered from the new edition within a second.",
}

environment.globals["component"] = component
environment.globals["marked"] = marked
environment.filters["as_lists"] = lambda details: {
    d: [named] if isinstance(named, str) else named for d, named in details.items() if named
}
environment.filters["day"] = day
environment.filters["moment"] = moment
environment.filters["number"] = number
environment.filters["effect_words"] = effect_words
environment.filters["status_words"] = status_words


def person_of(request: Request) -> Person:
    """Who sends a request."""
    return visitor_of(request).person


def database_of(request: Request) -> Database:
    """The database of the front door."""
    return door(request).database


def today() -> dt.date:
    """The day on which rulings are looked at."""
    return dt.date.today()


def show(request: Request, template: str, here: str, status: int = 200, **context: Any) -> Response:
    """A page of the console."""
    visitor = visitor_of(request)
    person = visitor.person
    done = DONE.get(request.query_params.get("done", "")) if request.method == "GET" else None
    text = page(
        f"console/{template}",
        here=here,
        demo=door(request).demo,
        edition=context.pop("edition", None),
        person=person,
        csrf=visitor.csrf,
        places=[place for place in PLACES if person.may(place[3])],
        may_work=person.may(Who.OWNER),
        may_approve=person.may(Who.APPROVER),
        done=done,
        words=words,
        **context,
    )
    return HTMLResponse(text, status)


def onwards(place: str, done: str = "", **query: object) -> Response:
    """Go on to a page after something was done, which then says so."""
    asked = {**({"done": done} if done else {}), **{k: v for k, v in query.items() if v not in ("", None)}}
    path, _, fragment = place.partition("#")
    address = f"{path}{'&' if '?' in path else '?'}{urlencode(asked)}" if asked else path
    return RedirectResponse(f"{address}#{fragment}" if fragment else address, 303)


def number_in(request: Request, name: str) -> int:
    """A number in the address. Raises Refusal (404) for what is none."""
    given = str(request.path_params[name])
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Refusal(404, "there is nothing at this address")
    return int(given)


def number_field(request: Request, name: str) -> int:
    """A number in the form. Raises Refusal (422) for what is none."""
    given = form_of(request).get(name)
    if not given.isascii() or not given.isdigit() or len(given) > 9:
        raise Refusal(422, f"`{name}` must be a number")
    return int(given)
