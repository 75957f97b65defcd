"""People may ask anonymously, and may change their minds."""

from __future__ import annotations

import json
import re
import time
from unittest.mock import patch

import pytest
from starlette.testclient import TestClient

from answers.desk import Desk
from cases import log
from guidelines.store.database import Database
from tests.console.people import sign_in
from tests.console.test_loop import BLORPLY, answers_from, draft_a_rule, send, text_of
from web.turns import sender_of


def opt(client: TestClient, tell: str) -> str:
    response = client.post("/telling", data={"conversation": "ana", "tell": tell})
    assert response.status_code == 200
    return response.text


def test_who_asks_anonymously_is_told_so_and_leaves_nothing_that_links(
    client: TestClient, ask, desk: Desk, database: Database
):
    page = opt(client, "no")

    assert "nothing links your questions to this conversation" in page
    assert re.search(r'name="tell" value="yes"[^>]*>Tell me of answers later', page)
    for _ in range(2):
        ask("ana", unknown_app="Blorply", role="diplomat", device="work-phone", country="CN")

    with database.reading() as session:
        [case] = log.listed(session)
        askers = {one.asker for one in log.occurrences(session, case.number)}
    assert len(askers) == 2


def test_who_wants_to_be_told_again_is_linked_again(client: TestClient, ask, database: Database):
    opt(client, "no")
    page = opt(client, "yes")
    assert "You are told here, next time you come" in page
    for _ in range(2):
        ask("ana", unknown_app="Blorply", role="diplomat", device="work-phone", country="CN")

    with database.reading() as session:
        [case] = log.listed(session)
        assert len({one.asker for one in log.occurrences(session, case.number)}) == 1
        assert sender_of("ana", "") not in {one.asker for one in log.occurrences(session, case.number)}


CONVERSATION = "conversation-of-ana"
SHOW = "Something that you asked on an earlier visit has a clear answer now"


def ask_on_the_page(client: TestClient, database: Database) -> None:
    """Ask about an app that nobody knows, on the chat page."""
    said = json.dumps({"text": "Blorply?", "named": {**BLORPLY}})
    response = client.post("/turn", json={"conversation": CONVERSATION, "text": said})
    assert response.status_code == 200, response.text
    with database.reading() as session:
        assert [case.number for case in log.listed(session)] == ["C-0001"]


def publish_an_answer(client: TestClient, desk: Desk) -> None:
    kept = dict(client.cookies)
    sign_in(client, "priya")
    draft_a_rule(client)
    send(client, "/console/draft/submit", note="Blorply is ruled out.")
    sign_in(client, "mei")
    send(client, "/console/draft/approve", sure="yes")
    answers_from(desk, 2)
    client.cookies.clear()
    client.cookies.update(kept)


def visit_until_told(client: TestClient) -> None:
    """Come to the page until it tells of an answer: each process looks for a new edition on its own."""
    end = time.monotonic() + 20
    while SHOW not in client.get("/").text:
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_answer_is_announced_only_where_its_edition_answers_already(
    client: TestClient, ask, desk: Desk, database: Database
):
    ask_on_the_page(client, database)
    books = client.app.state.door.books
    with patch.object(books, "current", return_value=books.current()):
        publish_an_answer(client, desk)
        assert SHOW not in client.get("/").text

    visit_until_told(client)


def test_who_comes_back_another_day_is_told_of_what_they_asked(
    client: TestClient, ask, desk: Desk, database: Database
):
    ask_on_the_page(client, database)
    assert SHOW not in client.get("/").text
    publish_an_answer(client, desk)

    visit_until_told(client)
    page = text_of(client.post("/earlier").text)

    assert "What I asked earlier" in page
    assert "You asked about this on" in page
    assert "Nobody has assessed Blorply" in page
    assert SHOW not in client.get("/").text
    assert "was told already" in text_of(client.post("/earlier").text)


def test_only_a_browser_that_asked_is_told(client: TestClient, ask, desk: Desk, database: Database):
    ask_on_the_page(client, database)
    cookie = next(name for name in client.cookies if name.startswith("askfirst-asked"))
    assert client.cookies[cookie] == CONVERSATION
    publish_an_answer(client, desk)

    client.cookies.clear()

    assert SHOW not in client.get("/").text


def test_a_clear_answer_leaves_nothing_in_the_browser(client: TestClient, ask):
    named = {"role": "defence-member", "device": "work-phone", "country": "CN", "app": "wechat"}
    said = json.dumps({"text": "WeChat?", "named": named})
    client.post("/turn", json={"conversation": CONVERSATION, "text": said})

    assert not client.cookies


@pytest.mark.parametrize(("path", "fields"), [("/telling", {"tell": "no"}), ("/forget", {})])
def test_who_asks_anonymously_or_forgets_leaves_nothing_in_the_browser(
    client: TestClient, ask, database: Database, path: str, fields: dict[str, str]
):
    ask_on_the_page(client, database)
    assert client.cookies

    client.post(path, data={"conversation": CONVERSATION, **fields})

    assert not client.cookies
