"""AskFirst on Telegram, end to end: the real client, gateway, front door, Rasa and action server; only the
Bot API is emulated.
"""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from channels.telegram import words
from tests.channels import emulator
from tests.channels.emulator import Emulator, buttons, titles
from tests.e2e.system import System, eventually

SECONDS = 60
HEADLINE = "Can I use WeChat on my work phone while posted in China?"
BLORPLY = {"id": "blorply", "prefLabel": "Blorply", "altLabels": [], "broader": ["any"]}
CODE = re.compile(r"[A-Z2-9]{4}-[A-Z2-9]{4}")


@dataclass
class Chat:
    """Somebody's private chat with the bot."""

    api: Emulator
    system: System
    number: int

    def says(self, text: str) -> dict[str, Any]:
        """Say something, and give the last message of the answer."""
        return self.after(lambda: self.api.say(text, chat=self.number))

    def after(self, what: Any) -> dict[str, Any]:
        """Do something, and give the last message that comes of it."""
        before = len(self.api.sent(self.number))
        what()
        eventually(lambda: len(self.api.sent(self.number)) > before, SECONDS)
        return self.api.sent(self.number)[-1]

    def presses(self, message: dict[str, Any], title: str) -> dict[str, Any]:
        """Press a button, and give the last message of the answer."""
        return self.after(lambda: self.api.press(message, title))

    def link(self, page: Page, **details: str) -> dict[str, Any]:
        """Link this chat to whoever is signed in on a page."""
        return self.says(f"/link {page.code(**details)}")


@dataclass
class Page:
    """The page of linked accounts, signed in."""

    client: httpx.Client

    @classmethod
    def of(cls, system: System, who: str) -> Page:
        client = httpx.Client(base_url=system.address, follow_redirects=True, timeout=30)
        client.post("/sign-in", data={"persona": f"persona-{who}"})
        return cls(client)

    def post(self, path: str, **fields: str) -> str:
        csrf = re.search(r'name="csrf" value="([^"]+)"', self.client.get("/linking").text)
        assert csrf is not None
        return self.client.post(path, data={"csrf": csrf[1], **fields}).text

    def code(self, role: str = "diplomat", device: str = "personal-phone") -> str:
        found = CODE.search(self.post("/linking/code", channel="telegram", role=role, device=device))
        assert found is not None
        return found[0]

    def revoke(self) -> str:
        number = re.search(r'name="link" value="(\d+)"', self.client.get("/linking").text)
        assert number is not None
        return self.post("/linking/revoke", link=number[1])


@pytest.fixture(scope="module")
def api() -> Iterator[tuple[Emulator, str]]:
    with emulator.emulated() as server:
        yield server


@pytest.fixture(scope="module")
def on_telegram(api, tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(
        tmp_path_factory.mktemp("telegram") / "home",
        ASKFIRST_TELEGRAM_TOKEN=emulator.TOKEN,
        ASKFIRST_TELEGRAM_API=api[1],
    )
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def chat(api, on_telegram):
    """Opens chats."""
    return lambda number: Chat(api[0], on_telegram, number)


def publish(system: System, tmp_path, **content: Any) -> None:
    file = tmp_path / "more.json"
    file.write_text(json.dumps({"edition": 0, "vocabulary": {}, "guidelines": [], **content}))
    done = system.command("guidelines", "import", str(file), "--publish", "--approve-as", "An Approver")
    assert done.returncode == 0, done.stderr


def guideline(name: str, **rule: Any) -> dict[str, Any]:
    return {
        "id": name,
        "title": f"A test of {name}",
        "issuer": "Tests",
        "owner": {"team": "Test team", "contact": "tests@example.org"},
        "version": "1",
        "status": "in-force",
        "review_by": "2036-01-01",
        "provenance": "illustrative",
        "sources": [
            {"title": "A test", "publisher": "Tests", "url": "https://example.org/test", "date": "2026"}
        ],
        "rules": [{"id": f"{name}-rule", "valid_from": "2020-01-01", **rule}],
    }


def test_link_ask_press_correct_be_told_and_unlink(on_telegram, chat, tmp_path):
    me, page = chat(42), Page.of(on_telegram, "alex")
    assert me.says("/start")["text"] == words.START

    # Link.
    assert me.link(page)["text"] == words.LINKED.format(name="Alex Brennan")

    # Ask: who asks is known by the link, so it is not asked again.
    answer = me.says(HEADLINE)
    assert "WeChat on your work phone in China" in answer["text"]
    assert "diplomat" in answer["text"]
    assert "receipt" in answer["text"]
    assert "llustrative guidance" in answer["text"]

    # Press.
    why = me.presses(answer, "Why?")
    assert "WeChat" in why["text"]
    assert buttons(answer) == []

    # Correct, by editing the message.
    question = me.api.say("And LINE in China on my own phone?", chat=42)
    eventually(lambda: "LINE on your personal phone in China" in me.api.sent(42)[-1]["text"], SECONDS)
    corrected = me.after(lambda: me.api.edit(question, "And LINE in Japan on my own phone?", chat=42))
    assert corrected["text"].startswith(words.CORRECTED)
    assert "in Japan" in corrected["text"]
    assert "China" not in corrected["text"]
    corrected = me.after(lambda: me.api.edit(question, "And LINE on my own phone?", chat=42))
    assert "LINE on your personal phone" in corrected["text"]
    assert "Japan" not in corrected["text"]
    assert "China" in corrected["text"]  # as the question before it

    # Ask what nobody can answer yet, and be told once somebody has.
    unclear = me.says("Can I use Blorply on my own phone in Japan?")
    assert "Blorply" in unclear["text"]
    case = re.search(r"C-\d{4}", unclear["text"])
    assert case is not None
    told = me.after(
        lambda: publish(
            on_telegram,
            tmp_path,
            vocabulary={"app": [BLORPLY]},
            guidelines=[
                guideline(
                    "blorply", effect="allowed", scope={"app": ["blorply"]}, overrides=[],
                    reason="It was looked at, and it is fine.",
                )
            ],
        )
    )  # fmt: skip
    assert f"({case[0]}). There is an answer now." in told["text"]
    assert "Blorply" in told["text"]

    # Unlink, on the page: the next question is nobody's.
    assert "Nothing is linked to you." in page.revoke()
    after = me.says("Can I use Blorply on my own phone in Japan?")
    assert "general guidance" in after["text"]
    assert "diplomat" not in after["text"]
    assert on_telegram.address in after["text"]


def test_a_question_with_choices_is_answered_by_pressing_one(on_telegram, chat, api):
    """Somebody who linked themselves as an official is still asked what the answer hangs on."""
    me = chat(43)
    me.link(Page.of(on_telegram, "priya"))
    asked = me.says("Can I use WeChat in China?")
    assert titles(asked)

    answer = me.presses(asked, titles(asked)[0])

    assert "receipt" in answer["text"] or titles(answer)
    assert all(len(button["callback_data"].encode()) <= 64 for m in api[0].sent(43) for button in buttons(m))


def test_somebody_unlinked_gets_public_guidance_and_no_more(on_telegram, chat):
    me = chat(44)

    public = me.says("I'm with Defence. Can I use WeChat on my work phone?")
    more = me.says("I'm a diplomat posted to China, can I use WhatsApp on my work phone there?")

    assert public["text"].startswith("No: do not use WeChat on your work phone")
    assert "general guidance" in more["text"]
    assert on_telegram.address in more["text"]
    for said in ("China", "diplomat", "WhatsApp"):
        assert said not in more["text"]


def test_a_brief_and_help_and_forgetting(on_telegram, chat):
    me = chat(45)
    me.link(Page.of(on_telegram, "mei"))

    assert "Japan" in me.says("/brief Japan")["text"]
    me.says("/help")
    eventually(lambda: words.COMMANDS[0][1] in me.api.sent(45)[-1]["text"], SECONDS)
    assert f"{on_telegram.address}/check" in me.api.sent(45)[-2]["text"]
    assert me.says("/forget")["text"] == words.FORGOTTEN


def test_a_killed_gateway_and_a_killed_front_door_lose_nothing(on_telegram, chat):
    me = chat(46)
    me.link(Page.of(on_telegram, "sam"))
    restarts = on_telegram.parts["telegram-gateway"]["restarts"]
    on_telegram.signal("rasa", signal.SIGSTOP)
    try:
        me.api.say(HEADLINE, chat=46)
        on_telegram.signal("telegram-gateway", signal.SIGKILL)
        eventually(lambda: on_telegram.parts["telegram-gateway"]["restarts"] > restarts, SECONDS)
    finally:
        on_telegram.signal("rasa", signal.SIGCONT)
    eventually(lambda: len(me.api.sent(46)) > 1, SECONDS)
    on_telegram.signal("web", signal.SIGKILL)

    answer = me.says("Can I use LINE on my own phone in Japan?")

    assert "LINE on your personal phone in Japan" in answer["text"]
    assert len(me.api.sent(46)) == 3


def test_what_was_typed_is_in_no_log_of_the_gateway(on_telegram, chat):
    chat(47).says("Can I use Zorkmessenger in Vladivostok?")

    log = (on_telegram.home / "logs" / "telegram-gateway.log").read_text()
    assert "Zork" not in log
    assert "Vladivostok" not in log
    assert emulator.TOKEN not in log


def test_where_telegram_may_not_be_used_it_says_so_and_answers_nothing(on_telegram, chat, tmp_path):
    """The deployment's own guidelines say no to Telegram in one country; everywhere else it answers."""
    me = chat(48)
    me.link(Page.of(on_telegram, "noor"))
    publish(
        on_telegram,
        tmp_path,
        guidelines=[
            guideline(
                "no-telegram", effect="prohibited", overrides=[], reason="It is watched there.",
                scope={
                    "app": ["telegram"], "country": ["VN"], "role": ["official"],
                    "device": ["personal-device"],
                },
                binding=True,
            )
        ],
    )  # fmt: skip
    elsewhere = me.says("Can I use WhatsApp on my own phone in Japan?")

    there = me.says("Can I use WhatsApp on my own phone in Vietnam?")

    assert "WhatsApp on your personal phone in Japan" in elsewhere["text"]
    assert there["text"].startswith("The guidelines do not let you use Telegram on this device there")
    assert on_telegram.address in there["text"]
    assert buttons(there) == []
    for said in ("Vietnam", "WhatsApp", "diplomat", "receipt"):
        assert said not in there["text"]
    assert "Vietnam" not in me.says("why?")["text"]
