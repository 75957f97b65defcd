"""A front door whose Rasa is a stand-in that hands what is named in a message to the real desk."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import JSONResponse
from starlette.testclient import TestClient

from answers.desk import Desk
from answers.heard import Heard
from askfirst.settings import Settings, load
from guidelines.store.books import Books
from guidelines.store.database import Database
from tests.web.conftest import client, home, make_client, prepared, rasa
from tests.web.standin import StandIn

__all__ = ["client", "home", "make_client", "prepared", "rasa"]

Ask = Callable[..., dict[str, Any]]


@pytest.fixture
def settings(home: Path, rasa: StandIn) -> Settings:
    """The settings of a demo, patient with a busy machine."""
    patient = load({"ASKFIRST_HOME": str(home), "ASKFIRST_TURN_TIMEOUT": "60"})
    return replace(patient, rasa_port=rasa.port, actions_port=rasa.port)


@pytest.fixture
def database(settings: Settings) -> Database:
    """The database of the front door."""
    return Database(settings.database_url)


@pytest.fixture
def desk(settings: Settings, database: Database) -> Desk:
    """The desk that answers the chat."""
    return Desk(settings, database, Books(database))


@pytest.fixture
def ask(client: TestClient, rasa: StandIn, desk: Desk) -> Ask:
    """Asks in a conversation through the front door; what is named is given as the understanding would."""

    def heard(body: dict[str, Any]) -> JSONResponse:
        said = json.loads(body["message"]) if body["message"].startswith("{") else {"text": body["message"]}
        entities = [
            {"entity": name, "value": value, "text": value} for name, value in said.get("named", {}).items()
        ]
        message = {
            "text": said["text"],
            "intent": {"name": said.get("intent", "may_i")},
            "entities": entities,
        }
        channel = (body.get("metadata") or {}).get("channel", "web")
        reply = desk.hear(body["sender"], Heard.from_message(message), channel=channel)
        return JSONResponse([{"text": reply.text, "buttons": [], "custom": dict(reply.payload)}])

    rasa.respond = heard

    def ask(conversation: str, text: str = "may I?", intent: str = "may_i", **named: str) -> dict[str, Any]:
        said = json.dumps({"text": text, "intent": intent, "named": named})
        response = client.post("/api/v1/messages", json={"conversation": conversation, "text": said})
        assert response.status_code == 200, response.text
        found: dict[str, Any] = response.json()["replies"][-1]
        return found

    return ask
