"""The demo's sign-in: choose somebody. It cannot be left on anywhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from askfirst.errors import SettingError
from askfirst.settings import load
from tests.console.people import sign_in, token_of
from web.access import Guarded, Who
from web.app import create_app
from web.routes import EVERY_ROUTE
from web.signin.guard import ForPeople, own_place


def test_every_route_states_who_may_use_it():
    assert all(isinstance(route, Guarded) and isinstance(route.who, Who) for route in EVERY_ROUTE)


def test_every_route_for_people_looks_at_who_is_signed_in():
    people = set(Who) - {Who.ANYONE, Who.TOKEN, Who.GATEWAY}

    assert {route.path for route in EVERY_ROUTE if route.who in people} == {
        route.path for route in EVERY_ROUTE if isinstance(route, ForPeople)
    }


def test_without_a_session_only_the_chat_and_the_sign_in_are_for_anyone():
    open_to_all = {route.path for route in EVERY_ROUTE if route.who is Who.ANYONE}

    assert open_to_all == {"/static/{name}", "/sign-in", "/sign-in/leave", "/sign-in/back"}


def test_choosing_a_persona_signs_in_with_a_cookie_no_script_can_read(client: TestClient):
    response = client.post("/sign-in", data={"persona": "persona-priya"}, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/console"
    cookie = response.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie


def test_staff_are_sent_to_the_chat_instead_of_the_console(client: TestClient):
    response = client.post("/sign-in", data={"persona": "persona-alex"}, follow_redirects=False)

    assert response.headers["location"] == "/"


def test_nobody_of_another_name_can_be_chosen(client: TestClient):
    assert client.post("/sign-in", data={"persona": "root"}).status_code == 403


def test_signing_out_ends_the_session_for_good(client: TestClient):
    sign_in(client, "priya")
    kept = dict(client.cookies)
    assert client.get("/console").status_code == 200

    client.post("/sign-out", data={"csrf": token_of(client)})

    client.cookies.update(kept)
    assert client.get("/console", follow_redirects=False).status_code == 303


def test_signing_in_anew_ends_the_session_before(client: TestClient):
    sign_in(client, "priya")
    before = dict(client.cookies)
    client.post("/sign-in", data={"persona": "persona-mei"}, follow_redirects=False)
    client.cookies.clear()
    client.cookies.update(before)

    assert client.get("/console", follow_redirects=False).status_code == 303


def test_a_session_nobody_began_is_worth_nothing(client: TestClient):
    client.cookies.set("askfirst-8000", "x" * 43)

    response = client.get("/console/cases/1", follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["location"] == "/sign-in?next=%2Fconsole%2Fcases%2F1"


def test_a_session_ends_after_its_hours(client: TestClient, settings):
    sign_in(client, "priya")
    import datetime as dt

    from sqlalchemy import update

    from guidelines.store.database import Database
    from web.signin.sessions import SessionRow

    database = Database(settings.database_url)
    with database.transaction() as session:
        session.execute(update(SessionRow).values(began_at=dt.datetime.now(dt.UTC) - dt.timedelta(hours=9)))

    assert client.get("/console", follow_redirects=False).status_code == 303


@pytest.mark.parametrize(
    "place", ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:x", ""]
)
def test_sign_in_goes_on_to_no_other_site(place: str):
    assert own_place(place) == "/console"


def test_too_many_tries_have_to_wait(client: TestClient):
    answers = [client.post("/sign-in", data={"persona": "nobody"}).status_code for _ in range(30)]

    assert answers[0] == 403
    assert answers[-1] == 429


def test_a_deployment_with_personas_does_not_start(settings):
    with pytest.raises(SettingError, match="without a password"):
        create_app(replace(settings, mode="deployment", api_tokens=("t",)))


def test_a_setting_for_personas_in_a_deployment_is_refused():
    with pytest.raises(SettingError, match="works in a demo on this machine only"):
        load({"ASKFIRST_MODE": "deployment", "ASKFIRST_API_TOKENS": "t", "ASKFIRST_SIGN_IN": "personas"})


def test_a_deployment_without_a_provider_lets_nobody_in(settings, make_client):
    client = make_client(replace(settings, mode="deployment", api_tokens=("t",), sign_in="off"))

    response = client.get("/sign-in", headers={"accept": "text/html"})

    assert response.status_code == 503
    assert "ASKFIRST_OIDC_ISSUER" in response.text
    assert client.post("/sign-in", data={"persona": "persona-noor"}).status_code == 403


POSTS = [route for route in EVERY_ROUTE if isinstance(route, ForPeople) and "POST" in route.methods]


@pytest.mark.parametrize("route", POSTS, ids=lambda route: route.name)
def test_no_form_is_taken_without_its_token(client: TestClient, route: ForPeople):
    sign_in(client, "noor")
    path = route.path.format(
        case="1", note="1", seq="1", guideline="x", rule="y", number="1", concept="c", scheme="app",
        country="CN", practice="p",
    )  # fmt: skip

    for data in ({"other": "1"}, {"csrf": ""}, {"csrf": "guessed"}):
        response = client.post(path, data=data, headers={"accept": "text/html"})
        assert response.status_code == 403
        assert "out of date" in response.text
