"""A front door on a real database with the shipped packs, and a stand-in for Rasa at the HTTP edge."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from askfirst.bootstrap import ready
from askfirst.settings import Settings, load
from tests.web.standin import StandIn, serving
from web.app import create_app

ADDRESS = "http://127.0.0.1:8000"
NEIGHBOUR = ("127.0.0.1", 50000)
TOKEN = "a-token-of-this-deployment"

MakeClient = Callable[..., TestClient]


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database holds the shipped packs as its first edition."""
    home = tmp_path_factory.mktemp("home")
    ready(load({"ASKFIRST_HOME": str(home)})).database.close()
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A home of the test's own."""
    return Path(shutil.copytree(prepared, tmp_path / "home"))


@pytest.fixture
def rasa() -> Iterator[StandIn]:
    """The stand-in for Rasa and the action server, listening."""
    standin = StandIn()
    with serving(standin.app()) as port:
        standin.port = port
        yield standin


@pytest.fixture
def settings(home: Path, rasa: StandIn) -> Settings:
    """The settings of a demo."""
    environment = {"ASKFIRST_HOME": str(home), "ASKFIRST_TURN_TIMEOUT": "2"}
    return replace(load(environment), rasa_port=rasa.port, actions_port=rasa.port)


@pytest.fixture
def make_client() -> Iterator[MakeClient]:
    """Opens front doors, and closes them after the test."""
    opened: list[TestClient] = []

    def make(settings: Settings, **options: object) -> TestClient:
        client = TestClient(
            create_app(settings),
            **{"base_url": ADDRESS, "client": NEIGHBOUR, "raise_server_exceptions": True, **options},  # type: ignore[arg-type]
        )
        client.__enter__()
        opened.append(client)
        return client

    yield make
    for client in opened:
        client.__exit__(None, None, None)


@pytest.fixture
def client(settings: Settings, make_client: MakeClient) -> TestClient:
    """A client of the demo on this machine."""
    return make_client(settings)


@pytest.fixture
def deployment(settings: Settings, make_client: MakeClient) -> TestClient:
    """A client of a deployment, without a token yet."""
    return make_client(
        replace(settings, mode="deployment", host="0.0.0.0", api_tokens=(TOKEN,), sign_in="off")
    )


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Nobody else can write to the database."""
    connection = sqlite3.connect(home / "askfirst.db", isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()
