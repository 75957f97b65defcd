"""Facts behind briefings in the console: written, checked, published by a second person, told."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from answers.heard import Detail, Heard
from askfirst.bootstrap import ready
from askfirst.settings import Settings
from tests.console.people import sign_in
from tests.console.test_loop import answers_from, send, text_of

KOREA = "/console/facts/countries/KR"
SOURCE = "Cable from the post | Seoul post | https://example.org/cable | 2026-11-01"


def page(client: TestClient, path: str, status: int = 200) -> str:
    response = client.get(path, headers={"accept": "text/html"})
    assert response.status_code == status, response.text
    return response.text


def seen(client: TestClient, path: str) -> str:
    return page(client, path).split('name="seen" value="')[1].split('"')[0]


def write(client: TestClient, path: str = KOREA, **fields: str):
    """The form of a country or practice, with what a test leaves out as it should be."""
    given = {"seen": seen(client, path), "source": SOURCE, "confidence": "verified", **fields}
    return send(client, path, **given)


def test_everybody_of_policy_reads_the_facts_and_only_owners_write(client: TestClient):
    sign_in(client, "sam")
    text = text_of(page(client, "/console/facts"))

    assert "KakaoTalk" in text
    assert "A VPN that crosses the border needs state approval" in text
    assert "Delete files, apps and accounts the trip does not call for." in text
    page(client, KOREA, 403)
    assert send(client, KOREA, needed="LINE").status_code == 403


def test_facts_are_found_by_words(client: TestClient):
    sign_in(client, "priya")
    text = text_of(page(client, "/console/facts?words=dirhams"))

    assert "1 country" in text
    assert "United Arab Emirates" in text


def test_a_country_is_edited_approved_by_a_second_person_and_told_to_those_briefed(
    client: TestClient, settings: Settings
):
    app = ready(settings)
    details = (Detail("country", "KR"), Detail("role", "diplomat"), Detail("device", "work-phone"))
    app.desk.hear("ana", Heard("brief", details=details))
    sign_in(client, "priya")

    saved = text_of(
        write(client, needed="KakaoTalk\nLINE", law="A VPN needs a licence.", notes="Ask the post.").text
    )
    assert "It is in the draft. Nobody is briefed from it until it is published." in saved
    assert "South Korea changed in the draft" in saved
    draft = text_of(page(client, "/console/draft"))
    assert "Changed host country South Korea" in draft
    assert "A VPN needs a licence." in draft
    send(client, "/console/draft/submit", note="News from Seoul.")
    sign_in(client, "mei")
    assert "Published." in text_of(send(client, "/console/draft/approve", sure="yes").text)

    answers_from(app.desk, 2)
    told = app.desk.hear("ana", Heard("thanks")).text
    assert "South Korea: local life now runs on LINE too." in told
    assert "South Korea: local law, new or reworded: A VPN needs a licence." in told


def test_a_country_of_which_nothing_was_known_gets_facts_and_loses_them_again(client: TestClient):
    sign_in(client, "priya")
    text = text_of(write(client, "/console/new-country", country="Tuvalu", needed="WhatsApp").text)
    assert "Tuvalu added in the draft" in text

    removed = send(client, "/console/facts/countries/TV/back", sure="yes")
    assert "Tuvalu" not in text_of(removed.text)


def test_a_practice_is_written_marked_as_essential_and_taken_back(client: TestClient):
    sign_in(client, "priya")
    path = "/console/facts/practices/take-only-needed"
    fields = {"phase": "before", "risk": "any", "devices": "phone\nlaptop", "text": "Pack little."}
    text = text_of(write(client, path, essential="yes", **fields).text)
    assert "Pack little. essential changed in the draft" in text

    back = text_of(send(client, f"{path}/back", sure="yes").text)
    assert "Pack no device that the work does not require." in back
    assert "in the draft" not in back.split("Before leaving")[1]

    text = text_of(write(client, "/console/new-practice", id="spare-charger", **fields).text)
    assert "added in the draft" in text


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        (KOREA, {"needed": "KakaoTalk", "source": ""}, "Name one source"),
        (KOREA, {"needed": "LINE", "source": "A | B | javascript:alert(1)"}, "begins with https://"),
        (KOREA, {"needed": ""}, "Write down at least one thing that is known"),
        (KOREA, {"needed": "LINE", "seen": "0000"}, "Somebody changed this meanwhile"),
        (KOREA, {"needed": "LINE", "confidence": "certain"}, "Say how sure it is"),
        ("/console/new-country", {"country": "Atlantis", "needed": "LINE"}, "Name one country"),
        ("/console/new-country", {"country": "East Asia", "needed": "LINE"}, "Name one country"),
        (
            "/console/new-country",
            {"country": "Japan", "needed": "LINE"},
            "There are facts about this country",
        ),
        (
            "/console/new-practice",
            {"id": "patch-before-travel", "text": "x", "phase": "later", "risk": "any", "devices": "toaster"},
            "No kind of device is called “toaster”",
        ),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(client: TestClient, path, fields, words):
    sign_in(client, "priya")
    refused = write(client, path, **fields)

    assert refused.status_code == 422
    assert words in text_of(refused.text)
    assert "There is no draft" in text_of(page(client, "/console/draft"))


def test_to_take_something_out_one_has_to_be_sure(client: TestClient):
    sign_in(client, "priya")

    assert send(client, f"{KOREA}/back", do="remove").status_code == 422
    assert send(client, "/console/facts/countries/ZZ/back", sure="yes").status_code == 404
