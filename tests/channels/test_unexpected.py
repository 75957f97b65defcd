"""What Telegram may send beside questions: nothing of it stops the queue, and nobody is answered in vain."""

import logging

import httpx
import pytest

from channels.telegram import words
from channels.telegram.reading import Received, taken
from channels.telegram.store import Store
from tests.channels.conftest import eventually
from tests.channels.emulator import Fault, bad_gateway, too_many
from tests.channels.frontdoor import reply

pytestmark = pytest.mark.slow

PERSON = {"id": 42, "is_bot": False, "first_name": "Person"}
BOT = {"id": 123456, "is_bot": True, "first_name": "AskFirst"}
PRIVATE = {"id": 42, "type": "private", "first_name": "Person"}
GROUP = {"id": -100, "type": "group", "title": "A group"}
CHANNEL = {"id": -100200, "type": "channel", "title": "A channel"}
PHOTO = [{"file_id": "1", "file_unique_id": "1", "width": 1, "height": 1}]


# What the Bot API says an administrator of a channel is known to be.
ADMINISTRATOR = {"status": "administrator", "is_anonymous": False} | dict.fromkeys(
    (
        "can_be_edited", "can_manage_chat", "can_delete_messages", "can_manage_video_chats",
        "can_invite_users", "can_restrict_members", "can_promote_members", "can_change_info",
        "can_post_stories",
        "can_edit_stories", "can_delete_stories", "can_post_messages",
    ),
    True,
)  # fmt: skip


def message(**fields):
    return {"message_id": 900, "date": 1, "chat": PRIVATE, "from": PERSON, **fields}


def joined(chat, **member):
    return {
        "chat": chat,
        "from": PERSON,
        "date": 1,
        "old_chat_member": {"user": BOT, "status": "left"},
        "new_chat_member": {"user": BOT, "status": "member", **member},
    }


@pytest.mark.parametrize(
    "update",
    [
        {"message": "Zembla"},
        {"message": {"text": "Zembla"}},
        {"message": message(text={"Zembla": 1})},
        {"message": {**message(text="Zembla"), "date": "yesterday"}},
        {"message": {**message(text="Zembla"), "chat": {**PRIVATE, "id": "Zembla"}}},
        {"message": {**message(text="Zembla"), "chat": {**PRIVATE, "id": 2**70}}},
        {"message": {**message(text="Zembla"), "from": {"id": 42}}},
        {"message": message(text="Zembla", entities=[{"type": "bold"}])},
        {"message": message(text="Zembla", chat={**PRIVATE, "type": "hall"})},
        {"message": message(new_kind_of_message={"words": "Zembla"})},
        {"callback_query": {"id": "1"}},
        {"callback_query": {"id": "1", "from": PERSON, "chat_instance": "1", "data": ["Zembla"]}},
        {"my_chat_member": {"chat": GROUP}},
        {"something_new": {"text": "Zembla"}},
        {},
    ],
    ids=str,
)
def test_an_update_that_cannot_be_read_stops_nothing_and_is_in_no_log(telegram, gateway, caplog, update):
    caplog.set_level(logging.INFO)
    telegram.api.push(**update)
    telegram.api.say("hello", chat=7)

    assert telegram.said(1, chat=7) == ["echo: hello"]
    eventually(lambda: not telegram.api.updates)
    assert "Zembla" not in caplog.text
    assert all(text in words.DECLINED.values() for text in telegram.texts())


def test_a_private_message_of_an_unknown_form_is_declined(telegram, gateway):
    telegram.api.push(message=message(text="May I?", entities=[{"type": "bold"}]))

    assert telegram.said(1) == [words.DECLINED["other"]]


def test_the_webhook_lets_go_what_cannot_be_read_and_refuses_what_is_no_update(telegram, options):
    telegram.start(webhook=f"http://127.0.0.1:{options.port}/from-telegram")
    eventually(lambda: telegram.api.webhook)
    url, secret = telegram.api.webhook["url"], telegram.api.webhook["secret_token"]
    headers = {"X-Telegram-Bot-Api-Secret-Token": secret}

    def posted(content) -> int:
        return httpx.post(url, content=content, headers=headers).status_code

    # Telegram would send it again for ever, and nothing else meanwhile.
    telegram.api.push(message={"text": "Zembla"})
    telegram.api.say("hello")
    assert telegram.said(1) == ["echo: hello"]

    assert posted(b"no JSON") == 400
    assert posted(b"[" * 100_000) == 400
    assert posted(b'{"update_id": "1"}') == 400
    # Its length is not said before, so that it cannot be judged by that.
    assert posted(b" " * 1000 for _ in range(2000)) == 413
    assert telegram.said(1) == ["echo: hello"]


@pytest.mark.parametrize(
    "update",
    [
        {"channel_post": {"message_id": 1, "date": 1, "chat": CHANNEL, "text": "May I?"}},
        {"edited_channel_post": {"message_id": 1, "date": 1, "edit_date": 2, "chat": CHANNEL, "text": "?"}},
        {"inline_query": {"id": "1", "from": PERSON, "query": "May I?", "offset": ""}},
        {"chosen_inline_result": {"result_id": "1", "from": PERSON, "query": "May I?"}},
        {"business_message": message(text="May I?", business_connection_id="1")},
        {"poll_answer": {"poll_id": "1", "user": PERSON, "option_ids": [0], "option_persistent_ids": ["1"]}},
        {"shipping_query": {"id": "1", "from": PERSON, "invoice_payload": "x", "shipping_address": {
            "country_code": "AU", "state": "", "city": "", "street_line1": "", "street_line2": "",
            "post_code": ""}}},
        {"message_reaction": {"chat": PRIVATE, "message_id": 1, "user": PERSON, "date": 1,
            "old_reaction": [], "new_reaction": [{"type": "emoji", "emoji": "👍"}]}},
        {"message": message(pinned_message=message(text="May I?"))},
        {"message": message(message_auto_delete_timer_changed={"message_auto_delete_time": 86400})},
        {"message": {**message(text="May I?"), "from": BOT}},
        {"edited_message": message(edit_date=2, location={"longitude": 1.0, "latitude": 1.0})},
        {"edited_message": message(edit_date=2, photo=PHOTO, caption="May I?")},
        {"edited_message": message(edit_date=2, chat=GROUP, text="May I?")},
    ],
    ids=lambda update: next(iter(update)),
)  # fmt: skip
def test_what_is_not_for_the_bot_is_left_alone(telegram, gateway, update):
    """A place that is shared live, say, is edited every few seconds: it was declined when it began."""
    telegram.api.push(**update)
    telegram.api.say("hello", chat=7)

    assert telegram.said(1, chat=7) == ["echo: hello"]
    assert telegram.texts() == []
    assert telegram.api.sent(-100) == telegram.api.sent(-100200) == []


def test_an_album_is_declined_once(telegram, gateway):
    for _ in range(4):
        telegram.api.say(photo=PHOTO, media_group_id="77")
    telegram.api.say(photo=PHOTO, media_group_id="78")

    assert telegram.said(2) == [words.DECLINED["photo"]] * 2


def test_an_edit_that_changes_no_word_is_no_correction(telegram, gateway):
    question = telegram.api.say("May I in China?")
    telegram.said(1)

    telegram.api.edit(question, "May I in China?")
    telegram.api.edit(question, "May I in Japan?")
    telegram.api.edit(question, "May I in Japan?")
    telegram.api.edit(question, "May I in China?")

    assert [text.rpartition("\n")[2] for text in telegram.said(3)] == [
        "echo: May I in China?", "echo: May I in Japan?", "echo: May I in China?",
    ]  # fmt: skip


def test_a_command_that_is_said_to_be_edited_is_done_once(telegram, gateway):
    command = telegram.api.say("/forget")
    telegram.said(1)
    telegram.api.edit(command, "/forget")
    telegram.api.edit(command, "/help")

    assert len(telegram.said(3)) == 3
    assert telegram.door.forgotten == ["42"]


def test_words_cannot_be_guessed_from_what_they_are_known_by(tmp_path):
    """Two gateways know the same words by different digests; nobody without a token can compare."""
    rows = []
    for token in ("one", "two"):
        store = Store(tmp_path / token, token)
        store.receive([Received(1, 42, "42", "say", "May I?", message=1)])
        rows.append(store._connection.execute("SELECT digest FROM inbox").fetchone()[0])
        store.close()

    assert len(rows[0]) == len(rows[1]) == 64
    assert rows[0] != rows[1]


def test_a_file_of_an_earlier_gateway_goes_on(tmp_path):
    store = Store(tmp_path / "gateway.db", "token")
    store._connection.executescript("DROP INDEX inbox_message; ALTER TABLE inbox DROP COLUMN message;")
    earlier = '{"update": 1, "chat": 42, "account": "42", "kind": "say", "text": "hello", "was": 1}'
    store._connection.execute(
        "INSERT INTO inbox (id, chat, body, received_at) VALUES (1, 42, ?, 0)", (earlier,)
    )
    store.close()

    store = Store(tmp_path / "gateway.db", "token")

    assert store.next(42) == Received(1, 42, "42", "say", "hello")
    assert store.receive([Received(2, 42, "42", "say", "and now?", message=2)]) == {42}
    store.close()


@pytest.mark.parametrize("fault", [bad_gateway(), too_many(1)], ids=["502", "429"])
def test_a_group_is_told_once_and_left_although_leaving_fails_first(telegram, gateway, fault):
    telegram.api.faults["leaveChat"].append(fault)
    telegram.api.push(my_chat_member=joined(GROUP))

    eventually(lambda: telegram.api.called("leaveChat"))
    assert telegram.said(1, chat=-100) == [words.DECLINED["group"]]


def test_a_group_where_the_bot_may_not_write_is_left_all_the_same(telegram, gateway):
    telegram.api.faults["sendMessage"] += [
        Fault(400, "Bad Request: not enough rights to send text messages to the chat")
    ] * 2
    telegram.api.push(my_chat_member=joined(GROUP))

    eventually(lambda: telegram.api.called("leaveChat"))
    assert telegram.api.sent(-100) == []


def test_a_group_that_became_another_is_told_and_left_under_its_new_number(telegram, gateway):
    telegram.api.upgrade(-100, -1000000000100)
    telegram.api.push(my_chat_member=joined(GROUP))

    eventually(lambda: telegram.api.called("leaveChat"))
    assert telegram.said(1, chat=-1000000000100) == [words.DECLINED["group"]]
    assert telegram.api.called("leaveChat")[0]["chat_id"] == "-1000000000100"


def test_a_group_that_speaks_to_the_bot_is_left(telegram, gateway):
    telegram.api.group_message("@askfirst_test_bot may I?")

    assert telegram.said(1, chat=-100) == [words.DECLINED["group"]]
    eventually(lambda: telegram.api.called("leaveChat"))


def test_a_channel_is_left_without_a_word_to_its_readers(telegram, gateway):
    telegram.api.push(my_chat_member=joined(CHANNEL, **ADMINISTRATOR))

    eventually(lambda: telegram.api.called("leaveChat"))
    assert telegram.api.sent(-100200) == []


def test_a_press_is_answered_although_telegram_fails_first(telegram, gateway):
    telegram.door.answer = lambda _: [reply("On which device?", ("Work phone", "/inform"))]
    telegram.api.say("May I?")
    telegram.said(1)
    telegram.api.faults["answerCallbackQuery"] += [bad_gateway(), bad_gateway()]
    telegram.api.faults["editMessageReplyMarkup"] += [bad_gateway(), too_many(1)]
    telegram.api.press(telegram.api.sent()[0], "Work phone")

    telegram.said(2)
    assert telegram.api.unanswered == set()
    assert "reply_markup" not in telegram.api.sent()[0]


def test_presses_among_too_many_messages_are_answered_too(telegram, gateway):
    telegram.door.answer = lambda _: [reply("On which device?", ("Work phone", "/inform"))]
    telegram.api.say("May I?")
    first = telegram.said(1) and telegram.api.sent()[0]
    data = first["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    telegram.door.delays["slow"] = 1
    telegram.api.say("slow")
    eventually(lambda: "slow" in telegram.door.asked)
    for _ in range(25):
        telegram.api.say("again")
    telegram.api.press_data(first, data)

    eventually(lambda: not telegram.api.unanswered, 20)


@pytest.mark.parametrize("raw", [None, [], "x", {}, {"update_id": True}, {"update_id": 2**70}], ids=str)
def test_what_has_no_number_is_no_update(raw):
    assert taken(raw, None) is None
