"""docs/api.md says everything that the API does."""

import re

import pytest

from answers.reply import KINDS
from askfirst.settings import CHECKOUT
from guidelines.rules import Effect
from guidelines.ruling import Unclear
from web.routes import ROUTES

PAGE = (CHECKOUT / "docs" / "api.md").read_text("utf-8")
API = [route for route in ROUTES if route.path.startswith("/api/")]


@pytest.mark.parametrize("route", API, ids=lambda route: route.name)
def test_every_route_of_the_api_is_in_the_docs(route):
    method = next(method for method in ("POST", "GET") if method in route.methods)

    assert f"`{method} {route.path}`" in PAGE


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_reply_is_in_the_docs(kind):
    assert f"\n| `{kind}` |" in PAGE


@pytest.mark.parametrize("word", [*Effect, *Unclear])
def test_every_effect_and_every_kind_of_unclear_is_in_the_docs(word):
    assert f"`{word}`" in PAGE


def test_every_key_of_a_payload_and_of_a_ruling_is_in_the_docs(client):
    details = {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"}
    payload = client.post("/api/v1/rulings", json=details).json()

    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert set(payload) <= documented
    assert set(payload["ruling"]) <= documented
