"""The emulated Bot API gives what python-telegram-bot's own types know, and errs as the library expects."""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    Message,
    ReplyParameters,
    TelegramObject,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.channels.emulator import TOKEN, Emulator, Fault, bad_gateway, too_many

pytestmark = pytest.mark.slow


@pytest.fixture
def call(api):
    """Calls a method of a bot that talks to the emulator."""

    def call(method: str, *args: Any, token: str = TOKEN, **more: Any) -> Any:
        async def run() -> Any:
            async with Bot(token, base_url=f"{api[1]}/bot") as bot:
                return await getattr(bot, method)(*args, **more)

        return asyncio.run(run())

    return call


def unknown(given: TelegramObject) -> list[str]:
    """The fields, however deep, that the library's types do not know."""
    found = [f"{type(given).__name__}.{name}" for name in given.api_kwargs]
    for name in given._get_attrs_names(include_private=False):
        value = getattr(given, name)
        for one in value if isinstance(value, tuple | list) else (value,):
            if isinstance(one, TelegramObject):
                found += unknown(one)
    return found


def lacking(given: Any, known: Any, at: str = "") -> list[str]:
    """What was given and the library does not give back."""
    if isinstance(given, dict) and isinstance(known, dict):
        return [
            fault
            for name, value in given.items()
            for fault in ([at + name] if name not in known else lacking(value, known[name], f"{at}{name}."))
        ]
    if isinstance(given, list) and isinstance(known, list | tuple) and len(given) == len(known):
        return [fault for one, other in zip(given, known, strict=True) for fault in lacking(one, other, at)]
    return [] if given == known else [f"{at} {given!r} is {known!r}"]


def everything(emulator: Emulator) -> list[dict[str, Any]]:
    """One of each update that the emulator makes."""
    number = emulator.say("May I?")
    emulator.edit(number, "May I now?")
    emulator.group_message("May I?")
    markup = {"inline_keyboard": [[{"text": "Yes", "callback_data": "1"}]]}
    sent = {
        "message_id": 99, "date": 1, "chat": {"id": 42, "type": "private", "first_name": "Person"},
        "from": {"id": 1, "is_bot": True, "first_name": "Bot"}, "text": "Well?", "reply_markup": markup,
    }  # fmt: skip
    emulator.press(sent, "Yes")
    return emulator.updates


def test_the_updates_are_those_of_the_types():
    for raw in everything(Emulator()):
        update = Update.de_json(raw, None)

        assert unknown(update) == []
        assert lacking(raw, update.to_dict()) == []


def test_a_message_that_was_sent_is_one_of_the_types(api, call):
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Yes", callback_data="1")]])
    number = api[0].say("May I?")
    sent = call(
        "send_message", 42, "<b>So</b> 👍 <a href='https://example.org/'>see</a>", parse_mode="HTML",
        reply_markup=keyboard, reply_parameters=ReplyParameters(number),
    )  # fmt: skip

    assert isinstance(sent, Message)
    assert unknown(sent) == []
    assert lacking(api[0].sent()[0], sent.to_dict()) == []
    assert [(one.type, sent.parse_entity(one)) for one in sent.entities] == [
        ("bold", "So"),
        ("text_link", "see"),
    ]
    edited = call("edit_message_reply_markup", chat_id=42, message_id=sent.message_id)
    assert edited.reply_markup is None


def test_every_method_of_the_emulator_is_one_of_the_bots():
    names = [name for name, _ in inspect.getmembers(Emulator, inspect.iscoroutinefunction)]
    methods = [name.removeprefix("_") for name in names if name.startswith("_")]
    assert {"get_me", "get_updates", "send_message", "answer_callback_query"} <= set(methods)

    assert [method for method in methods if not hasattr(Bot, method)] == []


@pytest.mark.parametrize(
    ("fault", "error", "says"),
    [
        (too_many(3), RetryAfter, "Retry in"),
        (bad_gateway(), NetworkError, "Bad Gateway"),
        (Fault(403, "Forbidden: bot was blocked by the user"), Forbidden, "bot was blocked by the user"),
        (Fault(400, "Bad Request: chat not found"), BadRequest, "Chat not found"),
    ],
    ids=lambda given: type(given).__name__,
)
def test_errors_are_those_of_the_library(api, call, fault, error, says):
    api[0].faults["sendMessage"].append(fault)

    with pytest.raises(error, match=says):
        call("send_message", 42, "So")


def test_a_group_that_became_another_says_its_new_number(api, call):
    api[0].upgrade(-100, -1000000000100)

    with pytest.raises(ChatMigrated) as moved:
        call("send_message", -100, "So")

    assert moved.value.new_chat_id == -1000000000100


def test_a_token_that_is_not_known_is_refused(api, call):
    with pytest.raises(InvalidToken):
        call("get_me", token="1:other")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a < b", "unsupported start tag"),
        ("<big>a</big>", "unsupported start tag"),
        ("<b>a", "can't find end tag"),
        ("<b><i>a</b></i>", "unexpected end tag"),
        ("<b> </b>", "text is empty"),
        ("👍" * 2049, "message is too long"),
    ],
)
def test_what_telegram_does_not_take_is_refused(api, call, text, says):
    with pytest.raises(BadRequest, match=f"(?i){says}"):
        call("send_message", 42, text, parse_mode="HTML")


def test_a_press_is_answered_once_and_only_if_there_was_one(api, call):
    callback = api[0].press_data({"message_id": 1, "chat": {"id": 42, "type": "private"}, "date": 1}, "x")
    assert call("answer_callback_query", callback)

    with pytest.raises(BadRequest, match="(?i)query is too old"):
        call("answer_callback_query", callback)
