"""The pages of briefings."""

import logging
from dataclasses import replace

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from askfirst.settings import load
from web.app import create_app

SEOUL = {
    "country-1": "South Korea", "arrive-1": "2027-03-01", "leave-1": "2028-03-01", "role": "diplomat",
    "device": ["work-phone", "personal-phone"],
}  # fmt: skip


@pytest.fixture
def settings(home):
    return replace(
        load({"ASKFIRST_HOME": str(home), "ASKFIRST_MARKING": "OFFICIAL"}), rasa_port=9, actions_port=9
    )


@pytest.fixture
def client(settings):
    address, neighbour = "http://127.0.0.1:8000", ("127.0.0.1", 50000)
    with TestClient(create_app(settings), base_url=address, client=neighbour) as client:
        yield client


def brief(client, **fields):
    return client.post("/briefing", data={**SEOUL, **fields}, headers={"accept": "text/html"})


def test_the_form_offers_countries_roles_and_devices(client):
    page = client.get("/briefing").text

    assert '<option value="South Korea">' in page
    assert '<option value="east Asia">' not in page
    assert 'name="device" value="travel-phone"' in page


def test_a_posting_becomes_a_briefing_under_its_receipt(client):
    answer = brief(client)

    assert answer.status_code == 200
    assert answer.url.path.startswith("/briefing/R-")
    assert answer.url.query == b""
    assert "KakaoTalk" in answer.text
    assert '<p class="marking">OFFICIAL</p>' in answer.text
    assert client.get(answer.url.path).text == answer.text


def test_every_form_of_it_can_be_taken_away(client):
    path = brief(client).url.path
    pdf, ics, md, html = (client.get(f"{path}/briefing.{form}") for form in ("pdf", "ics", "md", "html"))

    assert pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"].endswith('.pdf"')
    assert pdf.headers["cache-control"] == "no-store"
    assert Calendar.from_ical(ics.content).walk("VEVENT")
    assert md.text.startswith("**OFFICIAL**")
    assert html.text.startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"country-1": "Chna"}, "No country is called “Chna”. Did you mean “China”"),
        ({"country-1": ""}, "Name the country of these days."),
        ({"country-1": "", "arrive-1": "", "leave-1": ""}, "Name at least one country."),
        ({"country-1": "East Asia"}, "“East Asia” is a group of countries"),
        ({"arrive-1": "tomorrow"}, "“tomorrow” is no date: write it as 2026-03-31."),
        ({"leave-1": "2027-01-01"}, "ends on 2027-01-01, before it begins on 2027-03-01."),
        ({"role": "Diplomatt"}, "No role is called “Diplomatt”. Did you mean “diplomat”"),
    ],
)
def test_a_slip_is_pointed_out_beside_its_field_and_nothing_typed_is_lost(client, fields, words):
    answer = brief(client, **fields)

    assert answer.status_code == 422
    assert words in answer.text
    assert "<title>Error: " in answer.text
    assert 'value="work-phone" checked' in answer.text


@pytest.mark.parametrize(
    "path", ["/briefing/R-AAAAA-AAAAA", "/briefing/x/briefing.pdf", "/briefing/x/other.pdf"]
)
def test_what_nobody_was_given_is_not_found(client, path):
    assert client.get(path).status_code == 404


def test_nothing_of_the_posting_is_logged(client, caplog):
    with caplog.at_level(logging.DEBUG):
        path = brief(client, **{"country-1": "Chna"}) and brief(client).url.path
        client.get(f"{path}/briefing.pdf")

    said = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("askfirst"))
    assert "/briefing/{receipt}" in said
    for word in ("Korea", "KR", "diplomat", "Chna", path.rpartition("/")[2]):
        assert word not in said


def test_a_deployment_asks_for_a_token(home):
    environment = {
        "ASKFIRST_HOME": str(home), "ASKFIRST_MODE": "deployment", "ASKFIRST_API_TOKENS": "a-token-of-ours",
    }  # fmt: skip
    settings = replace(load(environment), rasa_port=9, actions_port=9)
    with TestClient(create_app(settings), base_url="http://127.0.0.1:8000") as client:
        assert client.get("/briefing").status_code == 401
        answer = client.get("/briefing", headers={"authorization": "Bearer a-token-of-ours"})
        assert answer.status_code == 200
