"""The gateway is killed (`kill -9`) at every step between receiving and answering, and started again."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

import pytest

from channels.telegram import words
from tests.channels import dying
from tests.channels.conftest import Telegram, eventually
from tests.channels.dying import Death
from tests.channels.frontdoor import reply

pytestmark = pytest.mark.slow

# A question, a press and an edit: the second time is the press, which has steps of its own.
TIMES = {"answering a press": 1, "taking buttons away": 1}
DEATHS = [
    Death(when, step, nth)
    for step in dying.STEPS
    for when in ("before", "after")
    for nth in range(1, TIMES.get(step, 2) + 1)
]
# Telegram has the message, and nothing that says so has reached the file: nobody can know.
DOUBTFUL = ("after sendMessage", "before writing down that it was sent")


@pytest.fixture(scope="module")
def spawning():
    """Makes processes that have imported everything, without the threads of this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.channels.dying"])
    return context


class Gateways:
    """One gateway after the other on the same file."""

    def __init__(self, telegram: Telegram, options, spawning) -> None:
        self.telegram, self.options, self.spawning = telegram, options, spawning
        self.running: list[BaseProcess] = []

    def start(self, death: Death | None = None) -> BaseProcess:
        process = self.spawning.Process(target=dying.run, args=(self.options, death), daemon=True)
        process.start()
        self.running.append(process)
        return process

    def until(self, text: str) -> None:
        """Wait until something is said last, starting a gateway again whenever it is gone."""

        def said() -> bool:
            if not self.running[-1].is_alive():
                self.start()
            return self.telegram.texts()[-1:] == [text]

        eventually(said, 30)


@pytest.fixture
def gateways(telegram, options, spawning) -> Iterator[Gateways]:
    some = Gateways(telegram, options, spawning)
    yield some
    some.running[-1].terminate()
    for process in some.running:
        process.join(10)


def answer(body):
    text = body["text"]
    return [reply(f"echo: {text}", *([("Work phone", "on my work phone")] if text == "May I?" else []))]


@pytest.mark.parametrize("death", DEATHS, ids=str)
def test_every_update_is_answered_once_and_in_order_whenever_it_is_killed(telegram, gateways, death):
    telegram.door.answer = answer
    first = gateways.start(death)
    telegram.api.say("May I?")
    gateways.until("echo: May I?")
    telegram.api.press(telegram.api.sent()[-1], "Work phone")
    gateways.until("echo: on my work phone")
    number = telegram.api.say("May I in China?")
    gateways.until("echo: May I in China?")
    telegram.api.edit(number, "May I in Japan?")
    expected = [
        "echo: May I?", "echo: on my work phone", "echo: May I in China?",
        f"{words.CORRECTED}\n\necho: May I in Japan?",
    ]  # fmt: skip
    gateways.until(expected[-1])

    first.join(10)
    assert first.exitcode == -9, "it was never killed"
    said = telegram.texts()
    if f"{death.when} {death.step}" in DOUBTFUL:
        assert len(said) <= len(expected) + 1
        said = once(said)
    assert said == expected
    assert [body["text"] for body in telegram.door.heard] == [
        "May I?", "on my work phone", "May I in China?", "May I in Japan?",
    ]  # fmt: skip
    assert telegram.api.unanswered == set()


def once(texts: list[str]) -> list[str]:
    """Without what is said twice in a row."""
    return [text for number, text in enumerate(texts) if texts[number - 1 : number] != [text]]
