"""POST /api/v1/messages."""

import asyncio
import time
from dataclasses import replace

import httpx
import pytest
from starlette.responses import JSONResponse, PlainTextResponse

from cases import log
from tests.web.conftest import NEIGHBOUR, locked
from tests.web.standin import NOTHING, free_port, smalltalk
from web.app import create_app

PATH = "/api/v1/messages"


def ask(client, text="May I use this?", conversation="c1"):
    return client.post(PATH, json={"conversation": conversation, "text": text})


def test_a_message_reaches_rasa_and_its_reply_comes_back(client, rasa):
    response = ask(client, "May I use this?")

    assert response.status_code == 200
    assert response.json() == {
        "replies": [{"text": "Hello.", "buttons": [], "payload": smalltalk()["custom"]}]
    }
    assert rasa.heard[0]["message"] == "May I use this?"
    assert rasa.heard[0]["metadata"] == {"channel": "api"}


def test_rasa_is_not_told_what_the_client_calls_the_conversation(client, rasa):
    ask(client, conversation="kim.lee@example.gov.au")
    ask(client, conversation="kim.lee@example.gov.au")
    ask(client, conversation="another")

    first, second, third = (heard["sender"] for heard in rasa.heard)
    assert first == second != third
    assert "kim" not in first


@pytest.mark.parametrize("key", ["value", "payload"])
def test_buttons_have_a_title_and_a_value(client, rasa, key):
    rasa.replies = [{**smalltalk(), "buttons": [{"title": "Yes", key: "/affirm"}]}]

    assert ask(client).json()["replies"][0]["buttons"] == [{"title": "Yes", "value": "/affirm"}]


def test_several_replies_come_in_their_order(client, rasa):
    rasa.replies = [smalltalk("One."), smalltalk("Two.")]

    assert [reply["text"] for reply in ask(client).json()["replies"]] == ["One.", "Two."]


def asked_at_once(settings, *messages):
    """The statuses of messages, (conversation, text), that are sent at the same moment in this order."""

    async def run():
        app = create_app(settings)
        transport = httpx.ASGITransport(app, client=NEIGHBOUR)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
            tasks = []
            for conversation, text in messages:
                tasks.append(
                    asyncio.create_task(client.post(PATH, json={"conversation": conversation, "text": text}))
                )
                await asyncio.sleep(0.05)
            statuses = [response.status_code for response in await asyncio.gather(*tasks)]
        await app.state.door.turns.rasa.close()
        return statuses

    return asyncio.run(run())


def test_two_messages_of_one_conversation_are_answered_in_order(settings, rasa):
    rasa.delays = {"slow": 0.5}

    statuses = asked_at_once(settings, ("c", "slow"), ("c", "quick"))

    assert statuses == [200, 200]
    assert rasa.finished == ["slow", "quick"]


def test_another_conversation_does_not_wait(settings, rasa):
    rasa.delays = {"slow": 0.5}

    asked_at_once(settings, ("c", "slow"), ("d", "quick"))

    assert rasa.finished == ["quick", "slow"]


def test_a_conversation_that_talks_too_fast_is_told_to_wait(settings, rasa):
    rasa.delays = {"slow": 1.5}

    statuses = asked_at_once(settings, *[("c", "slow")] + [("c", "quick")] * 17)

    assert statuses.count(429) == 2
    assert statuses.count(200) == 16


@pytest.mark.parametrize(
    ("body", "status", "line"),
    [
        ({"text": "hi"}, 422, "`conversation` is missing: any words that tell this conversation from others"),
        ({"conversation": "", "text": "hi"}, 422, "`conversation` is missing"),
        ({"conversation": 7, "text": "hi"}, 422, "`conversation` is missing"),
        ({"conversation": "c" * 201, "text": "hi"}, 422, "at most 200 characters"),
        ({"conversation": "a\nb", "text": "hi"}, 422, "without control characters"),
        ({"conversation": "c"}, 422, "`text` is missing: write your question in it"),
        ({"conversation": "c", "text": " \n "}, 422, "`text` is missing"),
        ({"conversation": "c", "text": ["hi"]}, 422, "`text` is missing"),
        ({"conversation": "c", "text": "/"}, 422, "`text` holds no words"),
        ({"conversation": "c", "text": "x" * 2001}, 422, "`text` is 2,001 characters long: at most 2,000"),
        (["c", "hi"], 400, "the body must be a JSON object"),
    ],
)
def test_what_is_no_message_is_refused_in_one_clear_line(client, rasa, body, status, line):
    response = client.post(PATH, json=body)

    assert response.status_code == status
    assert list(response.json()) == ["error"]
    assert line in response.json()["error"]
    assert "\n" not in response.json()["error"]
    assert rasa.heard == []


def test_a_text_of_2000_characters_is_read(client, rasa):
    assert ask(client, "é" * 2000).status_code == 200
    assert rasa.heard[0]["message"] == "é" * 2000


def test_control_characters_are_read_as_spaces(client, rasa):
    ask(client, "May I\x00use\x1bthis?")

    assert rasa.heard[0]["message"] == "May I use this?"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"{", "the body is not JSON"),
        (b"\xff\xfe", "the body is not JSON"),
        (b"[" * 50_000, "the body is not JSON"),
        (b'{"conversation": "c", "text": "\\ud800"}', "half of a character"),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(client, content, line):
    response = client.post(PATH, content=content, headers={"content-type": "application/json"})

    assert response.status_code == 400
    assert line in response.json()["error"]


def test_another_content_type_is_refused(client):
    response = client.post(PATH, data={"conversation": "c", "text": "hi"})

    assert response.status_code == 415
    assert response.json() == {"error": "the content type must be `application/json`"}


def test_a_body_that_is_too_large_is_refused(client):
    assert ask(client, "x" * 70_000).status_code == 413


def test_a_large_body_that_does_not_say_how_large_it_is_is_refused(client):
    response = client.post(
        PATH, content=(b"x" * 10_000 for _ in range(10)), headers={"content-type": "application/json"}
    )

    assert response.status_code == 413
    assert response.json() == {"error": "the body is larger than 64 KB"}


def test_asking_by_get_says_that_it_does_not_work_that_way(client):
    response = client.get(PATH)

    assert response.status_code == 405
    assert response.json() == {"error": "this address does not take that kind of request"}


def apologises(response):
    """Whether a response is the apology of SPEC section 4."""
    assert response.status_code == 503
    assert int(response.headers["retry-after"]) > 0
    (reply,) = response.json()["replies"]
    assert reply["text"].startswith("Sorry, I cannot look that up right now")
    assert reply["buttons"] == []
    assert reply["payload"] == {
        "kind": "error",
        "context": NOTHING,
        "ruling": None,
        "question": None,
        "edition": 1,
        "receipt": None,
        "case": None,
    }
    return reply


@pytest.mark.parametrize(
    "respond",
    [
        lambda _: JSONResponse([]),
        lambda _: JSONResponse(
            [{"text": None, "buttons": [], "custom": {"kind": "error", "reason": "timeout"}}]
        ),
        lambda _: JSONResponse({"detail": "broken"}, 500),
        lambda _: PlainTextResponse("Traceback (most recent call last):"),
        lambda _: JSONResponse([{"text": "half a reply"}]),
        lambda _: JSONResponse([None]),
    ],
    ids=["silent", "a part failed", "status 500", "no JSON", "no payload", "no reply"],
)
def test_when_rasa_fails_the_person_gets_an_apology(client, rasa, respond):
    rasa.respond = respond

    reply = apologises(ask(client))

    assert "Your question is kept" in reply["text"]
    assert "Traceback" not in reply["text"]


def test_when_rasa_is_slow_the_person_gets_an_apology_in_time(client, rasa):
    # Whoever waited for it would get its answer and no apology.
    rasa.delays = {"slow": 4}

    apologises(ask(client, "slow"))


def test_when_rasa_is_down_the_question_becomes_a_case(settings, make_client):
    client = make_client(settings_without_rasa(settings))

    apologises(ask(client, "Kim Lee here, 0412 345 678: may I use WeChat on a borrowed phone?"))

    case = wait_for_a_case(client)
    assert case.unclear == "not-understood"
    assert "WeChat on a borrowed phone" in words_of(client, case)
    assert "Lee" not in case.subject + words_of(client, case)
    assert "345" not in case.subject + words_of(client, case)


def test_when_the_database_is_locked_too_the_question_is_kept_until_it_is_back(settings, home, make_client):
    client = make_client(settings_without_rasa(settings))

    with locked(home):
        apologises(ask(client, "May I use WeChat on a borrowed phone?"))
        assert len(list((home / "spool").glob("*.json"))) == 1

    assert "WeChat" in wait_for_a_case(client).subject
    assert list((home / "spool").glob("*.json")) == []


def test_a_question_kept_before_a_restart_becomes_a_case_after_it(settings, home, make_client):
    with locked(home):
        before = make_client(settings_without_rasa(settings))
        ask(before, "May I use WeChat on a borrowed phone?")

    after = make_client(settings_without_rasa(settings))

    assert "WeChat" in wait_for_a_case(after).subject


def test_the_press_of_a_button_is_no_question_to_keep(settings, home, make_client):
    client = make_client(settings_without_rasa(settings))

    reply = apologises(ask(client, '/inform{"device": "work-phone"}'))

    assert "kept" not in reply["text"]
    assert not (home / "spool").exists()


def test_what_cannot_be_kept_is_not_promised(settings, home, make_client):
    (home / "spool").write_text("a file where the folder should be")
    client = make_client(settings_without_rasa(settings))

    reply = apologises(ask(client))

    assert "kept" not in reply["text"]
    assert "ask again" in reply["text"]


def settings_without_rasa(settings):
    """The settings with nothing listening where Rasa should be."""
    return replace(settings, rasa_port=free_port())


def cases_of(client):
    with client.app.state.door.database.reading() as session:
        return list(log.listed(session))


def words_of(client, case):
    with client.app.state.door.database.reading() as session:
        return " ".join(met.text or "" for met in log.occurrences(session, case.number))


def wait_for_a_case(client):
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if found := cases_of(client):
            return found[0]
        time.sleep(0.1)
    raise AssertionError("no case was made of the question")
