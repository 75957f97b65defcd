"""A part is away: an apology, status 503, and the question becomes a case once things are back."""

import signal
import sqlite3
import time
from contextlib import contextmanager

import pytest

from tests.e2e.system import System, eventually

KEEPS_TEN_SECONDS = 25


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A system that these tests may break."""
    running = System(tmp_path_factory.mktemp("failures") / "home", ASKFIRST_TURN_TIMEOUT="6")
    try:
        yield running.start()
    finally:
        for part in ("rasa", "actions"):
            running.signal(part, signal.SIGCONT)
        running.stop()


@contextmanager
def stopped(system, part):
    """A part hangs: it takes connections and answers nothing."""
    system.signal(part, signal.SIGSTOP)
    try:
        yield
    finally:
        system.signal(part, signal.SIGCONT)


@contextmanager
def locked(system):
    """Somebody else holds the database."""
    connection = sqlite3.connect(system.home / "askfirst.db", isolation_level=None, timeout=10)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.execute("ROLLBACK")
        connection.close()


def apology(system, conversation, text):
    """What a person gets for a message while a part is away."""
    began = time.monotonic()
    response = system.post("/api/v1/messages", {"conversation": conversation, "text": text})
    assert response.status_code == 503, response.text
    assert time.monotonic() - began < KEEPS_TEN_SECONDS
    assert response.headers["retry-after"]
    (reply,) = response.json()["replies"]
    assert reply["payload"]["kind"] == "error"
    assert set(reply["payload"]["context"].values()) == {None}
    assert reply["text"].startswith("Sorry, I cannot look that up right now")
    assert "Traceback" not in response.text
    return reply["text"]


def answered_again(system, conversation):
    """Whether the same conversation gets an answer now."""
    response = system.post("/api/v1/messages", {"conversation": conversation, "text": "Can I use TikTok?"})
    return response.status_code == 200


def is_a_case(system, words):
    """Whether the list of cases shows a question."""
    return words in system.command("cases", "list").stdout


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_a_part_that_hangs(own, part):
    question = f"Can I use WeChat beside the {part} tonight?"

    with stopped(own, part):
        assert "Your question is kept" in apology(own, f"hang-{part}", question)
        assert own.health()["parts"][part] == {"up": False}
        assert own.health()["status"] == "degraded"

    eventually(lambda: is_a_case(own, f"beside the {part} tonight"), 40)
    eventually(lambda: answered_again(own, f"hang-{part}"), 60)


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_a_part_that_is_gone(own, part):
    eventually(lambda: own.health()["status"] == "ok", 60)
    question = f"Can I use WeChat without the {part} today?"

    own.signal(part, signal.SIGKILL)
    apology(own, f"gone-{part}", question)

    eventually(lambda: is_a_case(own, f"without the {part} today"), 40)
    eventually(lambda: own.health()["status"] == "ok", 60)
    assert answered_again(own, f"gone-{part}")


def test_a_database_that_is_locked(own):
    eventually(lambda: own.health()["status"] == "ok", 60)
    with locked(own):
        apology(own, "locked", "Can I use WeChat while it is locked?")
        assert own.health()["parts"]["database"] == {"up": False}
        ruling = own.post(
            "/api/v1/rulings",
            {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"},
        )
        assert ruling.status_code == 503
        assert ruling.json()["kind"] == "error"

    eventually(lambda: is_a_case(own, "while it is locked"), 40)
    assert answered_again(own, "locked")


def test_the_form_answers_without_rasa(own):
    details = {"role": "defence-civilian", "device": "work-phone", "country": "CN", "app": "wechat"}

    with stopped(own, "rasa"):
        assert own.post("/api/v1/rulings", details).json()["ruling"]["effect"] == "prohibited"


def test_no_log_holds_what_was_asked_while_parts_were_away(own):
    logs = "".join(path.read_text("utf-8", errors="replace") for path in (own.home / "logs").iterdir())

    assert "beside the" not in logs
    assert "while it is locked" not in logs
    assert "Traceback" not in (own.home / "logs" / "web.log").read_text("utf-8")
