"""An edited message takes back what it said: the answer is to what it says now, and to nothing else."""

from __future__ import annotations

import pytest

from answers.desk import Desk
from guidelines.store.books import Books
from tests.answers.conftest import Home, book, database
from tests.answers.talking import TODAY, Talk, held, ruled

__all__ = ["book", "database"]


class Written(Talk):
    """A conversation in a channel where messages have ids and can be edited; buttons have none."""

    def write(self, number: int, intent: str, *, edited: bool = False, **details):
        hear, message = self.desk.hear, {"id": str(number), "edited": edited}
        self.desk.hear = lambda *args, **more: hear(*args, **more, message=message)
        try:
            return self(intent, **details)
        finally:
            self.desk.hear = hear


@pytest.fixture
def talk(database, tmp_path):
    return Written(Desk(Home(tmp_path), database, Books(database), today=lambda: TODAY))


@pytest.fixture
def fresh(talk):
    """Another conversation at the same desk."""
    return Written(talk.desk, conversation="another")


def test_an_edit_takes_back_the_details_that_it_says_no_more(talk, fresh):
    talk.write(1, "may_i", app="whatsapp", device="work-phone", country="CN", role="defence-member")

    corrected = talk.write(1, "may_i", edited=True, app="whatsapp", device="work-phone", role="diplomat")

    asked = fresh.write(1, "may_i", app="whatsapp", device="work-phone", role="diplomat")
    assert held(corrected) == {"role": "diplomat", "device": "work-phone", "app": "whatsapp"}
    assert (corrected.payload["kind"], corrected.text.split("receipt")[0]) == (
        asked.payload["kind"], asked.text.split("receipt")[0],
    )  # fmt: skip


def test_what_was_said_before_the_message_stays(talk):
    talk.write(1, "inform", role="diplomat")
    talk.write(2, "may_i", app="whatsapp", country="CN")

    corrected = talk.write(2, "may_i", edited=True, app="signal", device="work-phone")

    assert held(corrected) == {"role": "diplomat", "device": "work-phone", "app": "signal"}


def test_what_was_chosen_by_a_button_since_stays(talk):
    """Nobody is asked twice for what they chose."""
    asked = talk.write(1, "may_i", app="wechat", country="CN", role="diplomat")
    chosen = asked.buttons[0]["title"]
    device = held(talk.press(asked, chosen))["device"]

    corrected = talk.write(1, "may_i", edited=True, app="wechat", country="JP", role="diplomat")

    assert held(corrected) == {"role": "diplomat", "device": device, "country": "JP", "app": "wechat"}


def test_a_message_can_be_edited_again_and_again(talk):
    talk.write(1, "may_i", app="whatsapp", country="CN")
    talk.write(1, "may_i", edited=True, app="whatsapp", country="JP", role="mp")

    corrected = talk.write(1, "may_i", edited=True, app="whatsapp", device="work-phone", role="diplomat")

    assert held(corrected) == {"role": "diplomat", "device": "work-phone", "app": "whatsapp"}


def test_an_edit_of_an_earlier_message_is_heard_as_a_new_one(talk):
    talk.write(1, "may_i", app="whatsapp", country="CN", role="diplomat")
    talk.write(2, "may_i", app="signal", device="work-phone")

    corrected = talk.write(1, "may_i", edited=True, app="whatsapp", country="JP", role="diplomat")

    assert held(corrected) == {
        "role": "diplomat", "device": "work-phone", "country": "JP", "app": "whatsapp",
    }  # fmt: skip


def test_an_edit_ends_a_question_that_the_message_led_to(talk):
    asked = talk.write(1, "may_i", app="wechat", country="CN")
    assert asked.payload["question"]

    corrected = talk.write(
        1, "may_i", edited=True, app="wechat", country="CN", role="defence-member", device="work-phone"
    )

    assert corrected.payload["kind"] == "ruling"
    assert ruled(corrected)[0]


def test_after_forgetting_an_edit_is_a_new_message(talk):
    talk.write(1, "may_i", app="whatsapp", country="CN", role="diplomat")
    talk.desk.forget(talk.conversation)

    corrected = talk.write(1, "may_i", edited=True, app="whatsapp", device="work-phone")

    assert held(corrected) == {"device": "work-phone", "app": "whatsapp"}


def test_a_denied_detail_is_back_when_the_denial_is_taken_back(talk):
    talk.write(1, "may_i", app="whatsapp", device="work-phone", country="CN", role="diplomat")
    talk.write(2, "correct", device="personal-phone")

    corrected = talk.write(2, "inform", edited=True, country="JP")

    assert held(corrected)["device"] == "work-phone"
    assert held(corrected)["country"] == "JP"
