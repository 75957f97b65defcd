"""Every update is answered once, in order, none twice and none lost, whatever fails in between."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from starlette.responses import JSONResponse

from askfirst.settings import CHECKOUT
from channels.telegram import words
from channels.telegram.chats import Pace
from channels.telegram.store import MOST_WAITING
from tests.channels import emulator, frontdoor
from tests.channels.conftest import eventually
from tests.channels.emulator import Drop, bad_gateway, conflict, too_many
from tests.channels.frontdoor import reply
from tests.web.standin import free_port

pytestmark = pytest.mark.slow


def test_a_429_is_waited_out_for_as_long_as_it_says(telegram):
    telegram.start()
    telegram.api.faults["sendMessage"] = [too_many(1)]
    began = time.monotonic()
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    assert time.monotonic() - began >= 1
    assert telegram.api.attempts.count("sendMessage") == 2


def test_5xx_is_tried_again_until_it_works(telegram):
    telegram.start()
    telegram.api.faults["sendMessage"] = [bad_gateway(), bad_gateway(), bad_gateway()]
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    assert len(telegram.door.heard) == 1


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage", "setMyCommands", "deleteWebhook"])
def test_a_connection_that_breaks_is_made_again(telegram, method):
    telegram.api.faults[method] += [Drop(), Drop()]
    telegram.start()
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    assert not telegram.api.faults[method]


def test_another_program_that_takes_the_updates_is_pointed_out_and_waited_for(telegram, caplog):
    telegram.api.faults["getUpdates"] += [conflict(), conflict()]
    telegram.start()
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    assert "another program asks for the updates of this bot" in caplog.text


def test_faults_of_asking_for_updates_lose_none(telegram):
    telegram.start()
    telegram.api.faults["getUpdates"] = [bad_gateway(), too_many(1), bad_gateway()]
    for number in range(3):
        telegram.api.say(f"message {number}")

    assert telegram.said(3) == [f"echo: message {number}" for number in range(3)]


def test_a_chat_that_blocked_the_bot_is_let_go_and_the_others_go_on(telegram):
    telegram.start()
    telegram.api.faults["sendMessage"] = [emulator.Fault(403, "Forbidden: bot was blocked by the user")]
    telegram.api.say("hello")
    eventually(lambda: telegram.api.attempts.count("sendMessage") == 1)
    telegram.api.say("hello", chat=7)

    assert telegram.said(1, chat=7) == ["echo: hello"]
    assert telegram.texts() == []


def test_what_telegram_cannot_parse_is_sent_without_layout(telegram):
    telegram.start()
    telegram.api.faults["sendMessage"] = [emulator.Fault(400, "Bad Request: can't parse entities: oops")]
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]


def test_a_long_answer_comes_whole_in_parts_and_its_buttons_come_last(telegram):
    telegram.start()
    paragraphs = [f"Paragraph {number}. " + "All of it counts. " * 30 for number in range(20)]
    long = "\n\n".join(paragraphs)
    telegram.door.answer = lambda _: [reply(long, ("Why?", "/why"))]
    telegram.api.say("hello")

    said = telegram.said(3)
    assert all(len(text) <= 4096 for text in said)
    assert [word for text in said for word in text.split()] == long.split()
    assert [bool(message.get("reply_markup")) for message in telegram.api.sent()] == [False, False, True]


def test_the_same_update_twice_is_answered_once(telegram):
    telegram.start()
    telegram.api.say("hello")
    telegram.said(1)
    message = next(iter(telegram.api.messages.values()))

    telegram.api.updates.append({"update_id": 1000, "message": message})
    telegram.api.say("and now?")

    assert telegram.said(2) == ["echo: hello", "echo: and now?"]


def test_messages_of_one_chat_are_answered_in_order_one_at_a_time(telegram):
    telegram.start()
    telegram.door.delays["message 0"] = 0.5
    for number in range(5):
        telegram.api.say(f"message {number}")

    assert telegram.said(5) == [f"echo: message {number}" for number in range(5)]


def test_a_slow_chat_holds_up_no_other(telegram):
    telegram.start()
    telegram.door.delays["slow"] = 3
    telegram.api.say("slow")
    eventually(lambda: "slow" in telegram.door.asked)
    telegram.api.say("quick", chat=7)

    assert telegram.said(1, chat=7) == ["echo: quick"]
    assert telegram.texts() == []


def test_a_chat_that_floods_is_slowed_down_and_others_are_answered_meanwhile(telegram):
    telegram.start(pace=Pace(burst=2, per_second=2, at_once=1))
    for number in range(MOST_WAITING + 5):
        telegram.api.say(f"message {number}")
    eventually(lambda: telegram.texts())
    telegram.api.say("hello", chat=7)

    eventually(lambda: telegram.texts(7) == ["echo: hello"])
    assert len(telegram.texts()) < 10
    eventually(lambda: words.FLOOD in telegram.texts(), 30)
    answered = [text for text in telegram.texts() if text != words.FLOOD]
    assert answered == [f"echo: message {number}" for number in range(len(answered))]
    assert len(answered) >= MOST_WAITING


def test_a_front_door_that_comes_back_is_asked_again(telegram):
    telegram.start()
    telegram.door.refuse = [JSONResponse({"error": "soon"}, 503), JSONResponse({"error": "soon"}, 502)]
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    assert len(telegram.door.asked) == 3


def test_a_front_door_that_stays_away_gets_people_an_apology(telegram):
    telegram.start(door=f"http://127.0.0.1:{free_port()}")
    telegram.api.say("hello")

    assert telegram.said(1) == [words.SORRY]


def test_an_apology_of_askfirst_itself_is_passed_on_and_not_asked_for_again(telegram):
    telegram.start()
    sorry = {"replies": [reply("Sorry. Your question is kept.", kind="error")], "linked": False}
    telegram.door.refuse = [JSONResponse(sorry, 503)]
    telegram.api.say("hello")

    assert telegram.said(1) == ["Sorry. Your question is kept."]
    assert telegram.door.asked == ["hello"]


def test_telegram_that_cannot_be_reached_at_first_is_waited_for(telegram):
    telegram.api.faults["getMe"] = [bad_gateway(), bad_gateway()]
    telegram.api.say("hello")
    telegram.start()

    assert telegram.said(1) == ["echo: hello"]


def test_what_was_sent_while_nothing_ran_is_answered_at_the_start(telegram):
    telegram.api.say("hello")
    telegram.start()

    assert telegram.said(1) == ["echo: hello"]


def test_a_stop_in_the_middle_of_an_answer_loses_nothing(telegram):
    telegram.door.delays["hello"] = 1
    first = telegram.start()
    telegram.api.say("hello")
    telegram.api.say("and now?")
    eventually(lambda: telegram.door.asked)
    first.stop()
    telegram.door.delays.clear()
    telegram.start(port=free_port())

    assert telegram.said(2) == ["echo: hello", "echo: and now?"]


def test_a_message_that_could_not_be_sent_before_the_end_is_sent_by_the_next(telegram):
    first = telegram.start()
    telegram.api.faults["sendMessage"] = [bad_gateway()] * 1000
    telegram.api.say("hello")
    eventually(lambda: telegram.api.attempts.count("sendMessage") > 2)
    first.stop()
    telegram.api.faults.clear()
    telegram.start(port=free_port())

    assert telegram.said(1) == ["echo: hello"]
    assert len(telegram.door.heard) == 1


def test_a_webhook_takes_updates_with_its_secret_only(telegram, options):
    telegram.start(webhook=f"http://127.0.0.1:{options.port}/from-telegram")
    eventually(lambda: telegram.api.webhook)
    message = {"message_id": 1, "date": 1, "chat": {"id": 42, "type": "private"}, "text": "forged"}
    message["from"] = {"id": 42, "is_bot": False, "first_name": "Person"}
    forged = {"update_id": 1, "message": message}
    for headers in ({}, {"X-Telegram-Bot-Api-Secret-Token": "guessed"}):
        refused = httpx.post(telegram.api.webhook["url"], json=forged, headers=headers)
        assert refused.status_code == 403
    telegram.api.say("hello")
    telegram.api.say("and now?")

    assert telegram.said(2) == ["echo: hello", "echo: and now?"]
    assert telegram.api.webhook_answers == [200, 200]
    assert "getUpdates" not in telegram.api.attempts


def test_a_disk_that_is_full_for_a_while_loses_and_repeats_nothing(telegram):
    gateway = telegram.start().gateway
    store, refusing = gateway.store, {"receive": 2, "answered": 2, "sent": 2}

    def sometimes(name):
        method = getattr(store, name)

        def call(*args, **more):
            if refusing[name]:
                refusing[name] -= 1
                raise sqlite3.OperationalError("database or disk is full")
            return method(*args, **more)

        return call

    for name in refusing:
        setattr(store, name, sometimes(name))
    telegram.api.say("hello")

    assert telegram.said(1) == ["echo: hello"]
    eventually(lambda: not any(refusing.values()))
    telegram.api.say("and now?")
    assert telegram.said(2) == ["echo: hello", "echo: and now?"]
    assert len(telegram.door.heard) == 2


@pytest.fixture
def process(telegram, options, tmp_path: Path):
    """Starts the gateway as the supervisor does, in a process of its own."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ASKFIRST_")},
        "ASKFIRST_HOME": str(tmp_path / "home"),
        "ASKFIRST_PORT": options.door.rpartition(":")[2],
        "ASKFIRST_GATEWAY_TOKENS": f"telegram={frontdoor.TOKEN}",
        "ASKFIRST_TELEGRAM_TOKEN": emulator.TOKEN,
        "ASKFIRST_TELEGRAM_API": options.api,
        "ASKFIRST_TELEGRAM_PORT": str(options.port),
        "ASKFIRST_LOG_LEVEL": "debug",
    }
    started: list[subprocess.Popen[str]] = []

    def start(**changes: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "channels.telegram"]
        one = subprocess.Popen(
            command, cwd=CHECKOUT, env={**environment, **changes}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        started.append(one)
        return one

    yield start
    for one in started:
        one.kill()
        one.wait(10)


def test_killed_between_receiving_and_answering_it_answers_after_its_restart(telegram, process):
    telegram.door.delays["my secret question"] = 60
    first = process()
    telegram.api.say("my secret question")
    telegram.api.say("and another")
    eventually(lambda: telegram.door.asked, 30)
    first.kill()
    said, _ = first.communicate(timeout=10)
    telegram.door.delays.clear()
    process()

    eventually(lambda: len(telegram.texts()) == 2, 30)
    assert telegram.said(2) == ["echo: my secret question", "echo: and another"]
    assert "secret" not in said


def test_neither_words_nor_answers_stay_in_the_gateways_file(telegram, process, tmp_path):
    process()
    telegram.api.say("about Ruritania")
    eventually(lambda: telegram.texts(), 30)
    time.sleep(0.3)

    kept = b"".join(file.read_bytes() for file in (tmp_path / "home").glob("telegram.db*"))
    assert kept
    assert b"Ruritania" not in kept
    assert (tmp_path / "home" / "telegram.db").stat().st_mode & 0o077 == 0


def test_a_token_that_telegram_does_not_know_is_said_in_one_line(process):
    wrong = process(ASKFIRST_TELEGRAM_TOKEN="123456:another-token-altogether")

    said, _ = wrong.communicate(timeout=30)

    assert wrong.returncode == 1
    assert said.splitlines()[-1] == (
        "Telegram does not know ASKFIRST_TELEGRAM_TOKEN: copy it again from BotFather"
    )
    assert "another-token-altogether" not in said
