"""People may ask anonymously, and may change their minds."""

from __future__ import annotations

import re

from starlette.testclient import TestClient

from answers.desk import Desk
from cases import log
from guidelines.store.database import Database
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
