"""Signing in to a front door in tests."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


def sign_in(client: TestClient, persona: str) -> TestClient:
    """Become a persona of the demo."""
    client.cookies.clear()
    response = client.post("/sign-in", data={"persona": f"persona-{persona}"}, follow_redirects=False)
    assert response.status_code == 303, response.text
    return client


def token_of(client: TestClient, path: str = "/sign-in") -> str:
    """The token that the forms of somebody who is signed in carry."""
    found = _CSRF.search(client.get(path).text)
    assert found
    return found[1]
