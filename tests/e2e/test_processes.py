"""The real processes under the real supervisor."""

import os
import signal
import subprocess

import httpx
import psutil
import pytest

from askfirst.settings import CHECKOUT
from tests.e2e.system import System, eventually

QUESTION = "Can I use WeChat on my work phone while posted in China?"


@pytest.fixture(scope="module")
def own(tmp_path_factory):
    """A system that these tests may break."""
    running = System(tmp_path_factory.mktemp("processes") / "home")
    try:
        yield running.start()
    finally:
        running.stop()


def test_everything_is_up_once_it_says_so(own):
    health = own.health()

    assert health["status"] == "ok"
    assert health["edition"] == 1
    assert all(part["up"] for part in health["parts"].values())


def test_only_this_machine_can_reach_any_of_the_servers(own):
    supervisor = psutil.Process(own.process.pid)
    listening = {
        connection.laddr.ip
        for child in supervisor.children(recursive=True)
        for connection in child.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }

    assert listening == {"127.0.0.1"}


@pytest.mark.parametrize("part", ["rasa", "actions"])
def test_a_part_that_is_killed_comes_back_and_answers(own, part):
    before = own.parts[part]["pid"]

    own.signal(part, signal.SIGKILL)

    eventually(lambda: own.parts[part]["pid"] not in (None, before) and own.parts[part]["ready"], 60)
    eventually(lambda: own.health()["status"] == "ok")
    assert own.ask(f"after-{part}", QUESTION)[0]["payload"]["kind"] in ("ruling", "question")


def test_the_text_of_a_question_is_in_no_log(own):
    own.ask("private", "Can I use WeChat on my zebra-striped phone?")

    logs = "".join(
        path.read_text(encoding="utf-8", errors="replace") for path in (own.home / "logs").iterdir()
    )
    assert "zebra" not in logs


def test_a_second_one_on_the_same_home_says_so(own):
    second = own.command("up")

    assert second.returncode == 1
    assert second.stderr.startswith("AskFirst is already running on `")
    assert len(second.stderr.splitlines()) == 1


def test_ctrl_c_stops_everything_and_the_next_start_is_quick(tmp_path):
    running = System(tmp_path / "home").start()
    children = psutil.Process(running.process.pid).children(recursive=True)

    assert running.stop(signal.SIGINT) == 0
    assert [child for child in children if child.is_running()] == []

    running.start()
    assert "Training" not in running.said
    assert running.stop(signal.SIGTERM) == 0


def test_the_front_door_answers_with_an_apology_while_rasa_is_still_loading(tmp_path):
    running = System(tmp_path / "home")
    with running.output.open("w") as output:
        running.process = subprocess.Popen(
            [str(CHECKOUT / ".venv/bin/askfirst"), "up"],
            env=running.environment,
            stdout=output,
            stderr=output,
        )
    try:
        eventually(lambda: _pid(running, "rasa"), 180)
        # Held in the middle of loading, however fast this machine is.
        running.signal("rasa", signal.SIGSTOP)
        answer = eventually(lambda: _asked(running), 60)
        assert answer.status_code == 503
        assert answer.json()["replies"][0]["payload"]["kind"] == "error"
        assert "is ready at" not in running.said

        running.signal("rasa", signal.SIGCONT)
        eventually(lambda: "is ready at" in running.said, 60)
        assert running.ask("early", QUESTION)[0]["payload"]["kind"] in ("ruling", "question")
    finally:
        running.stop()


def _pid(running: System, part: str) -> int | None:
    try:
        return running.parts.get(part, {}).get("pid")
    except FileNotFoundError:
        return None


def _asked(running: System) -> httpx.Response | None:
    try:
        return running.post("/api/v1/messages", {"conversation": "early", "text": QUESTION})
    except httpx.TransportError:
        return None


def test_make_start_stops_with_everything_it_started(tmp_path):
    running = System(tmp_path / "home")
    with running.output.open("w") as output:
        make = subprocess.Popen(
            ["make", "--no-print-directory", "start"],
            cwd=CHECKOUT,
            env=running.environment,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        eventually(lambda: "is ready at" in running.said, 180)
        children = psutil.Process(make.pid).children(recursive=True)
        assert len(children) >= 4
    finally:
        # As a terminal does on Ctrl-C: to everything in the foreground.
        os.killpg(make.pid, signal.SIGINT)
    make.wait(30)
    assert [child for child in children if child.is_running()] == []
