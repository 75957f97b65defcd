"""POST /api/v1/rulings."""

from dataclasses import replace

import pytest

from tests.web.conftest import locked
from tests.web.standin import NOTHING, free_port

PATH = "/api/v1/rulings"
DEFENCE = {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"}


def rule(client, **details):
    return client.post(PATH, json=details)


def test_a_ruling_has_the_payload_of_the_contract(client):
    response = rule(client, **DEFENCE)

    payload = response.json()
    assert response.status_code == 200
    assert {"kind", "context", "ruling", "question", "edition", "receipt", "case"} <= set(payload)
    assert payload["kind"] == "ruling"
    assert payload["context"] == DEFENCE
    assert payload["ruling"]["effect"] == "prohibited"
    assert payload["ruling"]["unclear"] is None
    assert payload["ruling"]["rules"]
    assert payload["ruling"]["sources"][0]["publisher"]
    assert payload["question"] is None
    assert payload["edition"] == 1
    assert payload["receipt"]
    assert payload["case"] is None


def test_a_ruling_needs_no_rasa(settings, make_client):
    client = make_client(replace(settings, rasa_port=free_port(), actions_port=free_port()))

    assert rule(client, **DEFENCE).json()["ruling"]["effect"] == "prohibited"


def test_what_is_missing_is_asked_for_when_it_matters(client):
    payload = rule(client, device="work-phone", country="CN", app="wechat").json()

    assert payload["kind"] == "question"
    assert payload["question"]["dimension"] == "role"
    assert payload["question"]["options"]
    assert payload["context"] == {**DEFENCE, "role": None}


def test_null_is_the_same_as_missing(client):
    details = {"device": "work-phone", "country": "CN", "app": "wechat"}

    without, with_null = rule(client, **details).json(), rule(client, role=None, **details).json()

    assert without["question"] == with_null["question"]


def test_several_of_a_kind_get_a_ruling_each(client):
    payload = rule(client, **{**DEFENCE, "device": ["work-phone", "personal-phone"]}).json()

    assert payload["kind"] == "list"
    assert [entry["context"]["device"] for entry in payload["rulings"]] == ["work-phone", "personal-phone"]


def test_the_root_of_a_dimension_asks_about_everything_in_it(client):
    payload = rule(client, **{**DEFENCE, "role": "any"}).json()

    assert payload["kind"] == "list"
    assert payload["context"]["role"] == "any"
    assert "prohibited" in {entry["ruling"]["effect"] for entry in payload["rulings"]}


def test_more_rulings_than_can_be_given_at_once_are_refused_and_none_is_left_out(client):
    vocabulary = client.get("/api/v1/vocabulary").json()["dimensions"]
    many = {d: [concept["id"] for concept in vocabulary[d]][:50] for d in ("country", "device")}

    response = rule(client, **{**DEFENCE, **many})

    assert response.status_code == 422
    assert "more than 100 rulings" in response.json()["error"]


def test_a_date_is_taken_into_account(client):
    before, after = rule(client, on="2017-06-01", **DEFENCE).json(), rule(client, **DEFENCE).json()

    assert before["ruling"]["rules"] != after["ruling"]["rules"]


def test_an_unknown_id_is_named_with_the_nearest_ones(client):
    response = rule(client, **{**DEFENCE, "app": "wechatt"})

    assert response.status_code == 422
    assert "`wechatt`" in response.json()["error"]
    assert "did you mean `wechat`" in response.json()["error"]


@pytest.mark.parametrize(
    ("details", "line"),
    [
        ({"on": "31/03/2026"}, "`on` must be a date such as `2026-03-31`"),
        ({"on": "2026-02-30"}, "`on` must be a date"),
        ({"on": 20260331}, "`on` must be a date"),
        ({"role": 7}, "`role` must be an id or a list of ids"),
        ({"role": ["diplomat", 7]}, "`role` must be an id or a list of ids"),
        ({"app": ["wechat"] * 51}, "`app` names more than 50 ids"),
        ({"role": ""}, "`role` is empty: leave it out, or give an id"),
        ({"app": "x" * 201}, "`app` is longer than any id: at most 200 characters"),
        ({"rol": "diplomat"}, "no field `rol`: did you mean `role`?"),
        ({"hue": "red"}, "no field `hue`: the fields are role, device, country, app, on"),
    ],
)
def test_what_cannot_be_ruled_on_is_refused_in_one_clear_line(client, details, line):
    response = rule(client, **details)

    assert response.status_code == 422
    assert list(response.json()) == ["error"]
    assert line in response.json()["error"]


def test_nothing_at_all_is_answered_by_a_question(client):
    assert rule(client).json()["kind"] == "question"


def test_without_the_database_no_ruling_is_given(client, home):
    with locked(home):
        response = rule(client, **DEFENCE)

    assert response.status_code == 503
    assert response.headers["retry-after"]
    assert response.json() == {
        "kind": "error",
        "context": NOTHING,
        "ruling": None,
        "question": None,
        "edition": 1,
        "receipt": None,
        "case": None,
    }
