"""The channel, in a real Rasa server with a real (small) action server."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from .conftest import Actions, Server

pytestmark = pytest.mark.slow

QUESTION = "can I use this app on my phone"


def error(reason: str) -> list[dict[str, Any]]:
    return [{"text": None, "buttons": [], "custom": {"kind": "error", "reason": reason}}]


def test_a_question_is_answered_by_the_action_server(server: Server, actions: Actions) -> None:
    buttons = [{"title": "Work phone", "payload": '/inform{"device": "work-phone"}'}]
    actions.replies({"text": "First.\n\nSecond.", "buttons": buttons, "custom": {"kind": "question"}})

    replies = server.says(QUESTION)

    assert replies == [{"text": "First.\n\nSecond.", "buttons": buttons, "custom": {"kind": "question"}}]
    assert [body["next_action"] for body in actions.asked] == ["action_ask"]


def test_a_reply_of_rasa_itself_has_the_same_shape(server: Server) -> None:
    assert server.says("hello") == [{"text": "Hello.", "buttons": [], "custom": None}]


def test_actions_see_the_metadata_and_the_channel(server: Server, actions: Actions) -> None:
    server.says(QUESTION, profile={"role": "diplomat"}, request="r-1")

    tracker = actions.asked[-1]["tracker"]
    assert tracker["latest_message"]["metadata"] == {"profile": {"role": "diplomat"}, "request": "r-1"}
    assert tracker["latest_input_channel"] == "askfirst"


def test_a_button_reaches_its_intent_with_its_details(server: Server, actions: Actions) -> None:
    server.says('/inform{"device": ["work-phone", "work-tablet"]}')

    heard = actions.asked[-1]["tracker"]["latest_message"]
    assert heard["intent"]["name"] == "inform"
    assert [entity["value"] for entity in heard["entities"]] == ["work-phone", "work-tablet"]


@pytest.mark.parametrize("command", ["/restart", "/back", "/session_start", " /restart", "//restart", "/ask"])
def test_a_typed_command_is_plain_text(server: Server, actions: Actions, command: str) -> None:
    server.says(QUESTION, sender="commander")
    server.says(command, sender="commander")
    server.says(QUESTION, sender="commander")

    events = [event for body in actions.asked for event in body["tracker"]["events"]]
    assert not {"restart", "rewind"} & {event["event"] for event in events}
    typed = [event["text"] for event in events if event["event"] == "user"]
    assert not [text for text in typed if text.startswith("/")]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"sender": "", "message": QUESTION},
        {"sender": "a", "message": None},
        {"sender": "a", "message": QUESTION, "metadata": "profile"},
        {"sender": "a", "message": "   "},
    ],
)
def test_an_unreadable_request_is_an_error_and_never_an_answer(server: Server, body: dict[str, Any]) -> None:
    assert server.post(**body).json() == error("unreadable")


def test_a_body_that_is_not_json_is_refused(server: Server) -> None:
    response = httpx.post(f"{server.address}/webhooks/askfirst/webhook", content=b"hello", timeout=10)

    assert response.status_code == 400
    assert response.json() == error("unreadable")


@pytest.mark.parametrize("status", [400, 404, 500])
def test_a_failing_action_is_an_error(server: Server, actions: Actions, status: int) -> None:
    actions.answer = lambda body: (status, {"error": "broken", "action_name": body["next_action"]})

    replies = server.says(QUESTION)

    assert replies[0]["custom"]["kind"] == "error"
    assert len(replies) == 1


def test_an_action_that_answers_nonsense_is_an_error(server: Server, actions: Actions) -> None:
    actions.answer = lambda _: (200, {"events": "none", "responses": 7})

    assert server.says(QUESTION) == error("action-failed")


def test_a_slow_action_is_an_error_within_its_time(server: Server, actions: Actions) -> None:
    def slowly(body: dict[str, Any]) -> tuple[int, Any]:
        time.sleep(8)
        return 200, {"events": [], "responses": [{"text": "Too late."}]}

    actions.answer = slowly

    assert server.says(QUESTION) == error("action-failed")


def test_a_conversation_that_waits_too_long_is_told_so_in_time(server: Server, actions: Actions) -> None:
    def slowly(body: dict[str, Any]) -> tuple[int, Any]:
        time.sleep(3.5)
        return 200, {"events": [], "responses": [{"text": "At last."}]}

    actions.answer = slowly
    with ThreadPoolExecutor(2) as pool:
        replies = list(pool.map(lambda _: server.says(QUESTION, sender="queueing"), range(2)))

    assert sorted(str(reply[0]["text"]) for reply in replies) == ["At last.", "None"]
    assert error("timeout") in replies


def test_a_stopped_action_server_is_an_error_until_it_is_back(server: Server, actions: Actions) -> None:
    assert server.says(QUESTION)[0]["text"] == "Answered."

    actions.stop()
    while_away = server.says(QUESTION)
    actions.start()

    assert while_away == error("action-failed")
    assert server.says(QUESTION)[0]["text"] == "Answered."


def test_an_action_server_that_was_started_anew_is_not_noticed(server: Server, actions: Actions) -> None:
    for _ in range(5):
        server.says(QUESTION)
        actions.stop()
        actions.start()

        assert server.says(QUESTION)[0]["text"] == "Answered."


def test_an_action_without_an_answer_is_an_error(server: Server, actions: Actions) -> None:
    actions.replies()

    assert server.says(QUESTION) == error("silent")


def test_an_error_inside_rasa_says_nothing_of_the_question(server: Server) -> None:
    assert server.says("stumble over this") == error("failed")


def test_after_an_error_the_next_question_is_answered(server: Server, actions: Actions) -> None:
    actions.answer = lambda _: (500, {})
    server.says(QUESTION, sender="patient")
    actions.replies({"text": "Back again."})

    assert server.says(QUESTION, sender="patient")[0]["text"] == "Back again."


def test_the_questions_of_one_conversation_are_answered_in_order_and_at_once(
    server: Server, actions: Actions
) -> None:
    def after_a_moment(body: dict[str, Any]) -> tuple[int, Any]:
        time.sleep(0.2)
        return 200, {"events": [], "responses": [{"text": str(len(actions.asked))}]}

    actions.answer = after_a_moment
    started = time.monotonic()
    for _ in range(4):
        server.says(QUESTION, sender="patient")
    one_by_one = time.monotonic() - started
    actions.asked.clear()
    started = time.monotonic()
    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: server.says(QUESTION, sender="hasty"), range(4)))

    assert sorted(reply[0]["text"] for reply in replies) == ["1", "2", "3", "4"]
    # Rasa's own lock looks once a second, which would make it some two seconds longer.
    assert time.monotonic() - started < one_by_one + 1.5


def test_a_long_conversation_stays_short_for_the_action_server(server: Server, actions: Actions) -> None:
    for _ in range(30):
        server.says(QUESTION, sender="talkative")

    sizes = [len(body["tracker"]["events"]) for body in actions.asked]
    assert max(sizes) <= 14
    assert sizes[-1] == sizes[10]


def test_the_health_names_the_model(server: Server) -> None:
    health = httpx.get(f"{server.address}/webhooks/askfirst/health", timeout=5)

    assert health.json() == {"status": "ok", "model": "small.tar.gz"}


def test_rasas_own_api_cannot_be_reached(server: Server) -> None:
    for path in ("/conversations/somebody/tracker", "/status", "/domain", "/model/parse"):
        assert httpx.get(server.address + path, timeout=5).status_code == 404
