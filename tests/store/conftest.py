"""Real databases: SQLite always, and PostgreSQL where one listens on this machine (in CI it must)."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from guidelines.formats import corpus_from_dict
from guidelines.rules import Corpus
from guidelines.store.database import Database

POSTGRESQL = os.environ.get("ASKFIRST_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1:5432/postgres")


def plain_pack(effect: str = "prohibited") -> dict[str, Any]:
    """A small pack in its plain form: one Defence guideline on WeChat."""
    return {
        "vocabulary": {
            "role": [
                {"id": "any", "prefLabel": "anyone", "altLabels": [], "broader": []},
                {
                    "id": "defence-official",
                    "prefLabel": "Defence official",
                    "altLabels": [],
                    "broader": ["any"],
                },
                {
                    "id": "defence-member",
                    "prefLabel": "ADF",
                    "altLabels": [],
                    "broader": ["defence-official"],
                },
                {"id": "diplomat", "prefLabel": "diplomat", "altLabels": [], "broader": ["any"]},
            ],
            "device": [{"id": "work-phone", "prefLabel": "work phone", "altLabels": [], "broader": ["any"]}],
            "country": [{"id": "CN", "prefLabel": "China", "altLabels": ["PRC"], "broader": ["any"]}],
            "app": [{"id": "wechat", "prefLabel": "WeChat", "altLabels": ["微信"], "broader": ["any"]}],
        },
        "guidelines": [
            {
                "id": "defence-apps",
                "title": "Apps on Defence devices",
                "issuer": "Department of Defence",
                "owner": {"team": "Defence Security", "contact": "the service desk"},
                "review_by": "2030-01-01",
                "provenance": "illustrative",
                "sources": [
                    {"title": "Notice", "publisher": "Test", "url": "https://example.org", "date": "2026"}
                ],
                "rules": [
                    {
                        "id": "defence-wechat-work",
                        "effect": effect,
                        "scope": {"role": ["defence-official"], "app": ["wechat"]},
                        "conditions": ["turn it off"] if effect == "conditional" else [],
                        "reason": "It is not authorised software.",
                        "valid_from": "2018-03-11",
                    }
                ],
            }
        ],
    }


@pytest.fixture
def corpus() -> Corpus:
    """One guideline about one app."""
    return corpus_from_dict(plain_pack())


def _postgresql() -> Iterator[str]:
    name = f"askfirst_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
    yield f"{POSTGRESQL.rsplit('/', 1)[0]}/{name}"
    with psycopg.connect(POSTGRESQL, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a new database, of each kind in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'askfirst.db'}"
    else:
        yield from _postgresql()


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A new database with its tables."""
    database = Database(url, patience=1.0)
    database.migrate()
    yield database
    database.close()
