"""OpenID Connect against a real provider."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import httpx
import oidc_provider_mock
import pytest
from starlette.testclient import TestClient

from web.signin.oidc import person_of
from web.signin.people import Part

OWNER = oidc_provider_mock.User(
    sub="u-100", claims={"name": "Olga Owner", "groups": ["guideline-writers"], "teams": ["Post Security"]}
)
NOBODY_SPECIAL = oidc_provider_mock.User(sub="u-200", claims={"name": "Sid Staff"})


@pytest.fixture(scope="module")
def provider() -> Iterator[str]:
    with oidc_provider_mock.run_server_in_thread(
        require_nonce=True, user_claims=[OWNER, NOBODY_SPECIAL]
    ) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def deployment(settings, make_client, provider: str) -> TestClient:
    return make_client(
        replace(
            settings,
            mode="deployment",
            api_tokens=("t",),
            sign_in="oidc",
            oidc_issuer=provider,
            oidc_client_id="askfirst",
            oidc_client_secret="a secret",
            oidc_roles_claim="groups",
            oidc_roles=(("guideline-writers", "policy-owner"), ("guideline-approvers", "approver")),
        ),
        base_url="https://askfirst.example",
    )


def leave(client: TestClient, place: str = "/console") -> str:
    response = client.get(f"/sign-in/leave?next={place}", follow_redirects=False)
    assert response.status_code == 302
    return response.headers["location"]


def at_the_provider(address: str, sub: str) -> str:
    """Where the provider sends the browser back to."""
    response = httpx.post(address, data={"sub": sub}, trust_env=False)
    assert response.status_code == 302, response.text
    return response.headers["location"]


def sign_in(client: TestClient, sub: str, place: str = "/console") -> httpx.Response:
    return client.get(at_the_provider(leave(client, place), sub), follow_redirects=False)


def test_the_way_to_the_provider_carries_state_nonce_and_a_code_challenge(
    deployment: TestClient, provider: str
):
    address = leave(deployment)

    asked = parse_qs(urlsplit(address).query)
    assert address.startswith(provider)
    assert asked["redirect_uri"] == ["https://askfirst.example/sign-in/back"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(asked[name] for name in ("state", "nonce", "code_challenge"))


def test_an_owner_comes_back_signed_in_to_where_they_wanted_to_go(deployment: TestClient):
    response = sign_in(deployment, "u-100", "/console/coverage")

    assert (response.status_code, response.headers["location"]) == (303, "/console/coverage")
    cookie = next(c for c in response.headers.get_list("set-cookie") if c.startswith("__Host-askfirst="))
    assert all(word in cookie for word in ("Secure", "HttpOnly", "SameSite=lax"))
    page = deployment.get("/console")
    assert page.status_code == 200
    assert "Olga Owner (u-100)" in page.text


def test_whoever_has_no_part_is_staff_and_sees_no_console(deployment: TestClient):
    assert sign_in(deployment, "u-200").headers["location"] == "/"

    response = deployment.get("/console", headers={"accept": "text/html"})

    assert response.status_code == 403
    assert "The console is for policy owners" in response.text


def test_somebody_signed_in_may_use_the_chat_without_a_token(deployment: TestClient):
    assert deployment.get("/").status_code == 401
    sign_in(deployment, "u-200")

    assert deployment.get("/").status_code == 200


def test_coming_back_with_another_state_lets_nobody_in(deployment: TestClient):
    back = at_the_provider(leave(deployment), "u-100")

    response = deployment.get(back.replace("state=", "state=x"), headers={"accept": "text/html"})

    assert response.status_code == 403
    assert "did not let you in" in response.text


def test_coming_back_in_another_browser_lets_nobody_in(deployment: TestClient):
    back = at_the_provider(leave(deployment), "u-100")
    deployment.cookies.clear()

    assert deployment.get(back).status_code == 403


def test_a_code_works_once(deployment: TestClient):
    back = at_the_provider(leave(deployment), "u-100")
    assert deployment.get(back, follow_redirects=False).status_code == 303

    assert deployment.get(back, follow_redirects=False).status_code == 403


def test_somebody_the_provider_refuses_is_told_so(deployment: TestClient):
    address = leave(deployment)
    response = httpx.post(address, data={"action": "deny"}, trust_env=False)

    assert deployment.get(response.headers["location"]).status_code == 403


def test_a_provider_that_is_away_is_said_to_be(settings, make_client):
    client = make_client(
        replace(settings, mode="deployment", api_tokens=("t",), sign_in="oidc", oidc_issuer="http://127.0.0.1:9",
                oidc_client_id="a"),
        base_url="https://askfirst.example",
    )  # fmt: skip

    response = client.get("/sign-in/leave", headers={"accept": "text/html"})

    assert response.status_code == 503
    assert "does not answer right now" in response.text


@pytest.mark.parametrize(
    ("claim", "parts"),
    [
        (["approver", "auditor"], (Part.APPROVER, Part.AUDITOR)),
        ("approver auditor", (Part.APPROVER, Part.AUDITOR)),
        (["root"], (Part.STAFF,)),
        (None, (Part.STAFF,)),
        ({"a": 1}, (Part.STAFF,)),
    ],
)
def test_claims_become_parts(settings, claim: object, parts: tuple[Part, ...]):
    assert person_of({"sub": "1", "roles": claim}, settings).parts == parts


def test_two_people_of_one_name_stay_two(settings):
    one, two = (person_of({"sub": sub, "name": "Kim Lee"}, settings).name for sub in ("1", "2"))

    assert one != two
