"""Cases are given to people from the inbox, many at once, and by keyboard (tests/e2e/test_loop.py)."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient

from tests.console.conftest import Ask
from tests.console.people import sign_in, token_of
from tests.console.test_loop import BLORPLY, send, text_of
from tests.console.test_pages import GAP, seen


@pytest.fixture
def two_cases(client: TestClient, ask: Ask) -> TestClient:
    ask("ana", **BLORPLY)
    ask("ben", **GAP)
    return sign_in(client, "priya")


def assign(client: TestClient, assignee: str, *cases: int, back: str = "/console?order=due"):
    fields = [("csrf", token_of(client)), ("assignee", assignee), ("back", back)]
    body = "&".join(f"{key}={value}" for key, value in [*fields, *(("case", n) for n in cases)])
    return client.post(
        "/console/assign", content=body.replace(" ", "+"), headers={
            "accept": "text/html", "content-type": "application/x-www-form-urlencoded",
        },
    )  # fmt: skip


def test_ticked_cases_are_given_to_somebody_and_each_can_be_undone(two_cases: TestClient):
    page = assign(two_cases, "Daniel Okafor", 1, 2)

    assert "Done. The cases are assigned." in text_of(page.text)
    assert page.url.query == b"order=due&done=many-assigned"
    assert text_of(page.text).count("New Daniel Okafor") == 2
    assert "C-0001" in seen(two_cases, "/console?assignee=Daniel+Okafor")
    history = seen(two_cases, "/console/cases/2")
    assert "Case assigned by Priya Nair" in history
    assert "assigned to: Daniel Okafor before: assigned to: nobody Undo" in history


def test_only_the_ticked_ones_are_given_away_and_an_empty_name_takes_them_back(two_cases: TestClient):
    assign(two_cases, "Priya Nair", 2)
    assert "C-0001" not in seen(two_cases, "/console?assignee=Priya+Nair")

    assign(two_cases, "", 2)

    assert "No case fits" in seen(two_cases, "/console?assignee=Priya+Nair")


def test_nothing_happens_where_nothing_is_ticked(two_cases: TestClient):
    assert "No case was ticked" in text_of(assign(two_cases, "Priya Nair").text)


def test_the_way_back_leads_nowhere_else(two_cases: TestClient):
    page = assign(two_cases, "Priya Nair", 1, back="https://elsewhere.example/")

    assert page.url.path == "/console"


@pytest.mark.parametrize("persona", ["mei", "sam"])
def test_who_reads_only_ticks_nothing(two_cases: TestClient, persona: str):
    sign_in(two_cases, persona)

    assert "Give the ticked cases" not in seen(two_cases, "/console")
    assert assign(two_cases, "Mei Tan", 1).status_code == 403


def test_a_name_that_is_no_app_can_be_closed_as_no_question(two_cases: TestClient):
    page = text_of(send(two_cases, "/console/cases/1/not-a-question").text)

    assert "Reason: This was not a question." in page


def test_an_error_of_the_console_leads_back_to_it(two_cases: TestClient):
    for path, status in (("/console/cases/99", 404), ("/console/audit", 403)):
        assert "Go back to the inbox" in seen(two_cases, path, status)
    assert "Ask a question or check an app" in seen(two_cases, "/nowhere", 404)


def test_a_group_of_messages_is_merged_at_once_and_one_of_them_split_off_again(client: TestClient, ask: Ask):
    for who, text in (("ana", "frob the wozzle"), ("ben", "frob a wozzle"), ("cat", "frob that wozzle")):
        for _ in range(2):
            ask(who, text, "nlu_fallback")
    sign_in(client, "priya")
    page = client.get("/console/similar").text
    into = re.search(r'name="into" value="(\d+)"', page)[1]
    others = [number for number in ("1", "2", "3") if number != into]
    assert f"Merge all 3 into C-000{into}" in text_of(page)

    body = f"csrf={token_of(client)}&into={into}&case={others[0]}&case={others[1]}"
    form = {"accept": "text/html", "content-type": "application/x-www-form-urlencoded"}
    merged = text_of(client.post("/console/similar/merge", content=body, headers=form).text)

    assert "The cases of the group count as one now" in merged
    assert "No two open messages are alike" in merged
    assert "3 people asked" in seen(client, f"/console/cases/{into}")
    send(client, f"/console/cases/{others[0]}/split")
    assert "2 people asked" in seen(client, f"/console/cases/{into}")
    assert client.post("/console/similar/merge", content=body, headers=form).status_code == 422
