"""What a person meets in the chat."""

import pytest

from channels.telegram import words
from tests.channels.conftest import eventually
from tests.channels.emulator import buttons, titles
from tests.channels.frontdoor import reply

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("gateway")]

LONG_VALUE = '/inform{"country": "' + "x" * 200 + '"}'


def ask_with_buttons(body):
    if body["text"].startswith("/"):
        return [reply("chosen")]
    return [reply("Which one is it?", ("Work phone", '/inform{"device": "a"}'), ("Own phone", LONG_VALUE))]


def test_a_question_is_answered_by_the_front_door(telegram):
    telegram.api.say("May I?")

    assert telegram.said(1) == ["echo: May I?"]
    assert telegram.door.heard[0]["account"] == "42"


def test_a_button_says_its_value_and_all_buttons_of_the_message_go(telegram):
    telegram.door.answer = ask_with_buttons
    telegram.api.say("May I?")
    telegram.said(1)
    asked = telegram.api.sent()[0]
    assert titles(asked) == ["Work phone", "Own phone"]

    telegram.api.press(asked, "Own phone")

    assert telegram.said(2)[1] == "chosen"
    assert telegram.door.heard[1]["text"] == LONG_VALUE
    assert buttons(asked) == []
    assert telegram.api.called("answerCallbackQuery")[0].get("text") is None


def test_a_button_pressed_twice_counts_once(telegram):
    telegram.door.answer = ask_with_buttons
    telegram.api.say("May I?")
    telegram.said(1)
    asked = dict(telegram.api.sent()[0])

    telegram.api.press(asked, "Work phone")
    telegram.api.press(asked, "Work phone")

    eventually(lambda: len(telegram.api.called("answerCallbackQuery")) == 2)
    assert telegram.said(2)[1] == "chosen"
    assert telegram.api.called("answerCallbackQuery")[1]["text"] == words.OLD_BUTTON


def test_a_button_of_an_earlier_question_is_answered_kindly_and_does_nothing(telegram):
    telegram.door.answer = ask_with_buttons
    telegram.api.say("May I?")
    telegram.said(1)
    telegram.api.say("And this?")
    telegram.said(2)
    first, second = telegram.api.sent()

    telegram.api.press(first, "Work phone")

    eventually(lambda: telegram.api.called("answerCallbackQuery"))
    assert telegram.api.called("answerCallbackQuery")[0]["text"] == words.OLD_BUTTON
    eventually(lambda: buttons(first) == [])
    assert titles(second) == ["Work phone", "Own phone"]
    assert len(telegram.door.heard) == 2


def test_somebody_elses_button_says_nothing_in_another_chat(telegram):
    telegram.door.answer = ask_with_buttons
    telegram.api.say("May I?")
    telegram.said(1)
    data = buttons(telegram.api.sent()[0])[0]["callback_data"]
    telegram.api.say("/language", chat=77)
    telegram.said(1, chat=77)

    telegram.api.press_data(telegram.api.sent(77)[0], data)

    eventually(lambda: telegram.api.called("answerCallbackQuery"))
    assert telegram.api.called("answerCallbackQuery")[0]["text"] == words.OLD_BUTTON


def test_an_edited_message_is_a_correction_and_the_answer_says_so(telegram):
    question = telegram.api.say("May I in China?")
    telegram.said(1)

    telegram.api.edit(question, "May I in Japan?")

    assert telegram.said(2)[1] == f"{words.CORRECTED}\n\necho: May I in Japan?"
    assert telegram.api.sent()[1]["reply_to_message"]["message_id"] == question
    assert [(body["written"], body["edited"]) for body in telegram.door.heard] == [
        (str(question), False), (str(question), True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"photo": [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]}, "photo"),
        ({"voice": {"file_id": "1", "file_unique_id": "1", "duration": 1}}, "voice"),
        (
            {
                "sticker": {
                    "file_id": "1", "file_unique_id": "1", "type": "regular", "width": 1, "height": 1,
                    "is_animated": False, "is_video": False,
                }
            },
            "sticker",
        ),
        ({"document": {"file_id": "1", "file_unique_id": "1"}}, "document"),
        ({"location": {"longitude": 1.0, "latitude": 1.0}}, "location"),
        ({"contact": {"phone_number": "1", "first_name": "A"}}, "contact"),
        (
            {
                "text": "May I?",
                "forward_origin": {"type": "hidden_user", "date": 1, "sender_user_name": "Somebody"},
            },
            "forwarded",
        ),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)  # fmt: skip
def test_what_is_no_text_of_their_own_is_declined_with_a_word_of_why(telegram, what, why):
    telegram.api.say(**what)

    assert telegram.said(1) == [words.DECLINED[why]]
    assert telegram.door.heard == []


def test_a_group_is_declined_and_its_words_are_not_read(telegram):
    telegram.api.group_message("@askfirst_test_bot may I?")

    assert telegram.said(1, chat=-100) == [words.DECLINED["group"]]
    assert telegram.door.heard == []


def test_a_group_that_the_bot_is_added_to_is_told_why_and_left(telegram):
    bot = {"id": 123456, "is_bot": True, "first_name": "AskFirst"}
    telegram.api.push(
        my_chat_member={
            "chat": {"id": -100, "type": "group", "title": "A group"},
            "from": {"id": 42, "is_bot": False, "first_name": "Person"},
            "date": 1,
            "old_chat_member": {"user": bot, "status": "left"},
            "new_chat_member": {"user": bot, "status": "member"},
        }
    )

    assert telegram.said(1, chat=-100) == [words.DECLINED["group"]]
    eventually(lambda: telegram.api.called("leaveChat"))


def test_being_blocked_is_no_reason_to_write(telegram):
    bot = {"id": 123456, "is_bot": True, "first_name": "AskFirst"}
    telegram.api.push(
        my_chat_member={
            "chat": {"id": 42, "type": "private", "first_name": "Person"},
            "from": {"id": 42, "is_bot": False, "first_name": "Person"},
            "date": 1,
            "old_chat_member": {"user": bot, "status": "member"},
            "new_chat_member": {"user": bot, "status": "kicked", "until_date": 0},
        }
    )
    telegram.api.say("hello", chat=7)

    assert telegram.said(1, chat=7) == ["echo: hello"]
    assert telegram.texts() == []


def test_the_commands_are_named_for_the_menu_and_each_is_answered(telegram):
    eventually(lambda: telegram.api.called("setMyCommands"))
    for number, (name, _) in enumerate(words.COMMANDS, 1):
        telegram.api.say(f"/{name}", chat=number)

    for number, (name, _) in enumerate(words.COMMANDS, 1):
        said = telegram.said(2 if name == "help" else 1, chat=number)
        assert said[0] != words.UNKNOWN_COMMAND


def test_start_says_what_this_is_and_that_telegram_reads_along(telegram):
    telegram.api.say("/start")

    assert telegram.said(1) == [words.START]


def test_brief_takes_the_country_along(telegram):
    telegram.api.say("/brief Japan")
    telegram.api.say("/brief@askfirst_test_bot")

    assert telegram.said(2) == ["echo: Brief me for Japan", "echo: /brief"]


def test_neither_an_unknown_command_nor_what_a_button_would_send_is_a_question(telegram):
    telegram.api.say('/inform{"app": "x"}')
    telegram.api.say("/nonsense")

    assert all(text.startswith("There is no such command.") for text in telegram.said(2))
    assert telegram.door.heard == []


def test_forgetting_reaches_the_front_door_and_ends_the_buttons(telegram):
    telegram.door.answer = ask_with_buttons
    telegram.api.say("May I?")
    telegram.said(1)
    telegram.api.say("/forget")

    assert telegram.said(2)[1] == words.FORGOTTEN
    assert telegram.door.forgotten == ["42"]
    telegram.api.press(telegram.api.sent()[0], "Work phone")
    eventually(lambda: telegram.api.called("answerCallbackQuery"))
    assert len(telegram.door.heard) == 1


@pytest.mark.parametrize("how", ["/link ABCD-2345", "/start ABCD-2345", "ABCD-2345"])
def test_a_code_links_the_account_however_it_is_sent(telegram, how):
    telegram.door.codes["ABCD-2345"] = "Alex"
    telegram.api.say(how)

    assert telegram.said(1) == [words.LINKED.format(name="Alex")]
    assert telegram.door.linked == {"42": "Alex"}


def test_a_wrong_code_says_why_it_does_not_work(telegram):
    telegram.api.say("/link WRONG")

    assert telegram.said(1) == ["That did not work: that code is not known."]


def test_the_link_can_be_removed_from_the_chat(telegram):
    telegram.door.linked["42"] = "Alex"
    telegram.api.say("/unlink")
    telegram.api.say("/unlink")

    assert telegram.said(2) == [words.UNLINKED, words.WAS_NOT_LINKED]


def test_something_slow_shows_that_one_is_at_work(telegram):
    telegram.door.delays["slow"] = 1.5
    telegram.api.say("quick")
    telegram.said(1)
    assert telegram.api.called("sendChatAction") == []

    telegram.api.say("slow")

    eventually(lambda: telegram.api.called("sendChatAction"))
    assert telegram.api.called("sendChatAction")[0]["action"] == "typing"
    assert telegram.said(2)[1] == "echo: slow"


def test_a_message_that_is_too_long_to_be_read_says_so(telegram):
    telegram.api.say("x" * 2001)

    assert telegram.said(1) == [words.TOO_LONG]
    assert telegram.door.heard == []


def test_a_new_answer_is_pushed_once_and_written_down_as_told(telegram):
    telegram.door.waiting = [{"id": 5, "account": "42", "reply": reply("There is an answer now.")}]

    assert telegram.said(1) == ["There is an answer now."]
    eventually(lambda: telegram.door.told)
    assert telegram.door.told == [5]
