"""GET /api/v1/health and GET /api/v1/vocabulary."""

import time
from dataclasses import replace

from tests.web.conftest import locked
from tests.web.standin import free_port


def health(client):
    return client.get("/api/v1/health")


def test_all_is_well_when_every_part_is_up(client):
    response = health(client)

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "parts": {
            "front_door": {"up": True},
            "rasa": {"up": True},
            "actions": {"up": True},
            "database": {"up": True},
        },
        "edition": 1,
    }


def test_a_part_that_is_down_is_named(settings, make_client):
    response = health(make_client(replace(settings, rasa_port=free_port())))

    assert response.status_code == 503
    assert response.json()["status"] == "degraded"
    assert response.json()["parts"]["rasa"] == {"up": False}
    assert response.json()["parts"]["actions"] == {"up": True}


def test_rasa_without_its_model_is_not_up(client, rasa):
    rasa.healthy = False

    assert health(client).json()["parts"]["rasa"] == {"up": False}


def test_a_database_that_takes_no_writes_is_down_and_that_is_said_quickly(client, home):
    health(client)
    began = time.monotonic()
    with locked(home):
        response = health(client)

    assert time.monotonic() - began < 2.5
    assert response.status_code == 503
    assert response.json()["status"] == "down"
    assert response.json()["parts"]["database"] == {"up": False}
    assert response.json()["edition"] == 1


def test_the_vocabulary_names_the_concepts_of_every_dimension(client):
    given = client.get("/api/v1/vocabulary").json()

    assert given["edition"] == 1
    assert list(given["dimensions"]) == ["role", "device", "country", "app"]
    wechat = next(concept for concept in given["dimensions"]["app"] if concept["id"] == "wechat")
    assert wechat["label"] == "WeChat"
    assert "Weixin" in wechat["also"]
    assert wechat["group"] is False
    assert "any" not in [concept["id"] for concept in given["dimensions"]["role"]]


def test_the_vocabulary_is_not_sent_again_to_who_holds_the_edition(client):
    first = client.get("/api/v1/vocabulary")

    second = client.get("/api/v1/vocabulary", headers={"if-none-match": first.headers["etag"]})

    assert (second.status_code, second.content) == (304, b"")
