"""The form at /check, as the server renders it."""

import pytest

from tests.web.conftest import locked
from tests.web.test_chat import words

DEFENCE = {"role": "defence civilian", "device": "work phone", "country": "China", "app": "WeChat", "on": ""}
PAGE = {"accept": "text/html"}


def labels(client):
    """What the vocabulary calls the concepts of the Defence example."""
    book = client.app.state.door.books.current()
    ids = {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"}
    return {dimension: book.vocabulary[dimension].label(concept) for dimension, concept in ids.items()}


def test_the_form_offers_the_names_of_every_dimension(client):
    page = client.get("/check").text

    assert page.count("<datalist") == 4
    assert '<option value="WeChat"></option>' in page
    assert '<option value="China"></option>' in page


def test_the_form_gives_the_ruling_with_its_source(client):
    page = client.post("/check", data=labels(client)).text

    assert "Prohibited" in words(page)
    assert "WeChat · work phone · China" in words(page)
    assert 'rel="noreferrer external"' in page
    assert "This is wrong" not in page
    assert 'value="WeChat"' in page


def test_names_are_taken_in_any_case_and_by_any_of_them_and_so_are_ids(client):
    page = client.post("/check", data={"app": "weixin", "country": "CN", "device": "WORK PHONE"}).text

    assert 'value="WeChat"' in page
    assert 'value="China"' in page
    assert 'value="work phone"' in page


def test_a_missing_detail_that_matters_is_asked_for(client):
    data = {**labels(client), "role": ""}

    assert "One detail is needed" in words(client.post("/check", data=data).text)


def test_a_slip_is_named_beside_its_field_and_at_the_top(client):
    response = client.post("/check", data={"app": "Wechatt"}, headers=PAGE)

    assert response.status_code == 422
    assert "<title>Error: Check an app: AskFirst</title>" in response.text
    assert '<a href="#field-app">No app is called “Wechatt”. Did you mean “WeChat”' in response.text
    assert 'aria-invalid="true" aria-describedby="error-app"' in response.text
    assert 'value="Wechatt"' in response.text


@pytest.mark.parametrize("day", ["31/03/2026", "2026-02-30", "soon"])
def test_a_day_that_is_none_is_refused(client, day):
    response = client.post("/check", data={"on": day}, headers=PAGE)

    assert response.status_code == 422
    assert "The day must be a date such as 2026-03-31." in words(response.text)


def test_facts_are_never_taken_from_an_address(client):
    page = client.get("/check?app=WeChat&device=work-phone").text

    assert 'value="WeChat" list' not in page


def test_without_the_database_no_ruling_is_given(client, home):
    client.get("/check")
    with locked(home):
        response = client.post("/check", data=labels(client), headers=PAGE)

    assert response.status_code == 503
    assert "could not be recorded right now" in words(response.text)
