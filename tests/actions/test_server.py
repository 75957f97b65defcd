"""The action server as Rasa meets it: every action, answers with payloads, plain words when it fails."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from sqlalchemy import text
from starlette.testclient import TestClient

from actions.server import build
from answers.desk import Desk
from askfirst.settings import CHECKOUT
from guidelines.store import editions
from guidelines.store.books import Books
from guidelines.store.database import Database
from tests.answers.conftest import Home
from tests.answers.corpus import corpus
from tests.answers.talking import TODAY

DOMAIN = yaml.safe_load((CHECKOUT / "bot" / "domain.yml").read_text(encoding="utf-8"))
RULES = yaml.safe_load((CHECKOUT / "data" / "rules.yml").read_text(encoding="utf-8"))["rules"]
ACTION_OF = {rule["steps"][0]["intent"]: rule["steps"][1]["action"] for rule in RULES}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    made = Database(f"sqlite:///{tmp_path / 'askfirst.db'}", patience=0.2)
    made.migrate()
    with made.transaction() as session:
        editions.save_draft(session, corpus(), "the policy writer")
    editions.publish(made, approved_by="the approver", on=TODAY)
    yield made
    made.close()


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[TestClient]:
    desk = Desk(Home(tmp_path), database, Books(database), today=lambda: TODAY)
    with TestClient(build(desk)) as client:
        yield client


def call(intent: str, *entities: dict, text: str = "(secret words)", metadata: dict | None = None) -> dict:
    """What Rasa posts, without the domain (endpoints.yml)."""
    return {
        "next_action": ACTION_OF[intent],
        "sender_id": "a-conversation",
        "version": "3.6.21",
        "tracker": {
            "sender_id": "a-conversation",
            "slots": {},
            "latest_message": {
                "text": text,
                "intent": {"name": intent, "confidence": 0.97},
                "entities": list(entities),
                "metadata": metadata or {},
            },
            "events": [],
            "paused": False,
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
    }


def entity(name: str, value: str) -> dict:
    return {"entity": name, "value": value, "text": value, "how": "exact", "stance": "asserted"}


def test_every_action_of_the_domain_is_there_and_answers(server):
    assert set(ACTION_OF.values()) == set(DOMAIN["actions"])
    assert set(ACTION_OF) == set(DOMAIN["intents"])
    for intent in ACTION_OF:
        response = server.post("/webhook", json=call(intent))

        assert response.status_code == 200, intent
        (message,) = response.json()["responses"]
        assert message["text"], intent
        assert message["custom"]["kind"] != "error", intent
        assert response.json()["events"] == []


def test_a_ruling_comes_with_its_payload_and_buttons_with_what_they_send(server):
    asked = server.post(
        "/webhook", json=call("may_i", entity("app", "wechat"), entity("device", "work-phone"))
    )

    (message,) = asked.json()["responses"]
    assert message["custom"]["kind"] == "question"
    assert {"title": "Defence official", "payload": '/inform{"role": "defence-official"}'} in message[
        "buttons"
    ]

    answer = server.post("/webhook", json=call("inform", entity("role", "defence-official")))

    (message,) = answer.json()["responses"]
    assert message["custom"]["ruling"]["rules"] == ["defence-wechat-work"]


def test_the_profile_and_the_channel_come_with_the_metadata(server, database):
    metadata = {"channel": "chat", "profile": {"role": "defence-member"}}
    answer = server.post(
        "/webhook",
        json=call("may_i", entity("app", "wechat"), entity("device", "work-phone"), metadata=metadata),
    )

    (message,) = answer.json()["responses"]
    assert message["custom"]["context"]["role"] == "defence-member"
    assert message["custom"]["ruling"]["effect"] == "prohibited"


def test_a_compressed_call_is_read(server):
    body = zlib.compress(json.dumps(call("greet")).encode())
    response = server.post("/webhook", content=body, headers={"content-encoding": "deflate"})

    assert response.json()["responses"][0]["custom"]["kind"] == "smalltalk"


def test_a_locked_database_is_said_in_the_payload_and_nowhere_else(server, database, caplog):
    with database.transaction() as session:
        session.execute(text("SELECT 1"))
        response = server.post("/webhook", json=call("may_i", entity("app", "wechat")))

    assert response.status_code == 200
    (message,) = response.json()["responses"]
    assert message["custom"] == {"kind": "error", "reason": "database"}
    assert not message["text"]
    assert "Traceback" not in caplog.text
    assert "secret words" not in caplog.text


def test_what_is_no_call_of_rasa_is_refused(server):
    assert server.post("/webhook", content=b"{").status_code == 400
    assert server.post("/webhook", content=b"[]").status_code == 400
    assert server.post("/webhook", content=b"x", headers={"content-encoding": "deflate"}).status_code == 400
    assert server.post("/webhook", json={"next_action": "action_of_nobody"}).status_code == 404


def test_a_fault_of_ours_leaves_the_question_out_of_the_log_and_the_answer(server, caplog):
    broken = call("may_i")
    broken["tracker"]["latest_message"]["entities"] = [
        {"entity": "app", "value": {"secret words": 1}, "start": "x"},
        5,
    ]
    response = server.post("/webhook", json=broken)

    assert response.status_code == 500
    assert "secret words" not in response.text
    assert "secret words" not in caplog.text


def test_it_says_that_it_is_up(server):
    assert server.get("/health").json() == {"status": "ok"}
