"""Who may use what, and from where."""

from dataclasses import replace

import pytest

from askfirst.errors import SettingError
from tests.web.conftest import ADDRESS, TOKEN
from web.access import Guarded, Who, hostname
from web.app import create_app
from web.routes import EVERY_ROUTE, ROUTES

GUARDED = [route for route in ROUTES if route.who is not Who.ANYONE]
BEARER = {"authorization": f"Bearer {TOKEN}"}


def send(client, route, **options):
    method = "POST" if "POST" in route.methods else "GET"
    return client.request(method, route.path, **options)


def test_every_route_states_who_may_use_it(client):
    assert all(isinstance(route, Guarded) and isinstance(route.who, Who) for route in client.app.routes)
    assert len(client.app.routes) == len(EVERY_ROUTE)


def test_only_static_files_are_for_anyone():
    assert [route.path for route in ROUTES if route.who is Who.ANYONE] == ["/static/{name}"]


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_a_deployment_demands_a_token(deployment, route):
    response = send(deployment, route)

    assert response.status_code == 401
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert response.json() == {
        "error": "send a token that this deployment knows: `Authorization: Bearer ...`"
    }


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_a_wrong_token_opens_nothing(deployment, route):
    wrong = ["Bearer wrong", f"Basic {TOKEN}", TOKEN, "Bearer", "Bearer ", f"Bearer {TOKEN}x", "Bearer ü"]

    statuses = [send(deployment, route, headers={b"authorization": header.encode()}) for header in wrong]

    assert {response.status_code for response in statuses} == {401}


@pytest.mark.parametrize("route", GUARDED, ids=lambda route: route.name)
def test_the_right_token_opens_every_route(deployment, route):
    assert send(deployment, route, headers=BEARER).status_code in (200, 415)


def test_a_deployment_answers_under_any_name(deployment):
    response = deployment.get("/api/v1/health", headers={**BEARER, "host": "askfirst.example.gov.au"})

    assert response.status_code == 200


def test_two_tokens_may_use_the_same_name_for_their_conversations(settings, rasa, make_client):
    client = make_client(replace(settings, mode="deployment", api_tokens=("one", "two"), sign_in="off"))
    for token in ("one", "two"):
        client.post(
            "/api/v1/messages",
            json={"conversation": "c1", "text": "hi"},
            headers={"authorization": f"Bearer {token}"},
        )

    first, second = (heard["sender"] for heard in rasa.heard)
    assert first != second


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "localhost:9000", "[::1]:8000", "LOCALHOST"])
def test_the_demo_answers_under_the_names_of_this_machine(client, host):
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8000", "10.0.0.5", ""]
)
def test_the_demo_refuses_to_answer_under_another_name(client, host):
    response = client.get("/api/v1/health", headers={"host": host})

    assert response.status_code == 403
    assert response.json() == {"error": "this is a demo that answers on this machine only"}


def test_the_demo_refuses_other_machines(settings, make_client):
    client = make_client(settings, client=("192.0.2.7", 40000))

    assert client.get("/").status_code == 403


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "askfirst.example"])
def test_a_demo_does_not_start_on_an_address_that_others_reach(settings, host):
    with pytest.raises(SettingError, match="would open a demo"):
        create_app(replace(settings, host=host))


@pytest.mark.parametrize("path", ["/", "/turn", "/forget", "/check", "/api/v1/messages", "/api/v1/rulings"])
def test_a_page_of_another_site_can_send_nothing(client, rasa, path):
    signs = [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ]

    responses = [client.post(path, json={"conversation": "c", "text": "hi"}, headers=sign) for sign in signs]

    assert {response.status_code for response in responses} == {403}
    assert rasa.heard == []


def test_our_own_page_can(client):
    response = client.post(
        "/turn",
        json={"conversation": "c", "text": "hi"},
        headers={"origin": ADDRESS, "sec-fetch-site": "same-origin"},
    )

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("header", "name"),
    [("localhost:1", "localhost"), ("[::1]:1", "::1"), ("::1", "::1"), ("a.b", "a.b"), ("", "")],
)
def test_a_host_header_is_read_without_its_port(header, name):
    assert hostname(header) == name
