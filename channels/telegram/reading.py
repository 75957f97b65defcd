"""Updates of the Bot API, reduced to what the gateway needs of them: the rest is never kept."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import asdict, dataclass, fields
from typing import Any

from telegram import Bot, ChatMember, Message, Update
from telegram.constants import ChatType

log = logging.getLogger("askfirst.telegram")

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "my_chat_member")
MOST_CHARACTERS = 2000

# What a message may hold instead of text, and which word of why it is declined with.
_INSTEAD = (
    ("forward_origin", "forwarded"),
    ("photo", "photo"),
    ("voice", "voice"),
    ("audio", "voice"),
    ("video_note", "video"),
    ("video", "video"),
    ("sticker", "sticker"),
    ("animation", "sticker"),
    ("document", "document"),
    ("location", "location"),
    ("venue", "location"),
    ("contact", "contact"),
    *((kind, "other") for kind in ("poll", "dice", "game", "story", "invoice", "paid_media", "checklist")),
)
_COMMAND = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(.*))?", re.DOTALL)
# How an update of the Bot API, not read yet, names its message.
_MESSAGES = ("message", "edited_message")
# "At most 52 significant bits": as large as any number of the Bot API is.
_LARGEST = 2**53
_CODE = re.compile(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """One update. `kind`: say, edit, press, command, declined, leave (a group), flood, nothing.

    `text` is what was said, the arguments of a command, or what a button carries; `name` the command or the
    word of why; `album` what pictures that were sent together have in common.
    """

    update: int
    chat: int
    account: str
    kind: str
    text: str = ""
    name: str = ""
    message: int | None = None
    callback: str = ""
    album: str = ""

    def dumped(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loaded(cls, text: str) -> Received:
        """What `dumped` wrote, of another version of the gateway perhaps."""
        held, known = json.loads(text), {field.name for field in fields(cls)}
        return cls(**{name: value for name, value in held.items() if name in known})


def taken(raw: Any, bot: Bot) -> Received | None:
    """What an update asks of the gateway, from the JSON in which it came; None for what has no number.

    One that cannot be read (the Bot API has grown, say) must not come again for ever: it is declined where
    there is somebody to tell, and otherwise let go.
    """
    number = raw.get("update_id") if isinstance(raw, dict) else None
    if type(number) is not int or not 0 < number <= _LARGEST:
        log.error("an update without a number was let go")
        return None
    try:
        return _sound(read(Update.de_json(raw, bot)))
    except Exception as error:  # noqa: BLE001 - whatever the library makes of it; its words may quote people
        log.error("an update could not be read: %s", type(error).__name__)
        return _unreadable(number, raw)


def _unreadable(number: int, raw: dict[str, Any]) -> Received:
    """Tell the person, as far as the update says who that is: words of a private chat are not ignored."""
    try:
        message = next(raw[name] for name in _MESSAGES if name in raw)
        chat, user = message["chat"], message["from"]
        if chat["type"] == ChatType.PRIVATE and not user["is_bot"]:
            return _sound(Received(number, chat["id"], str(user["id"]), "declined", name="other"))
    except (StopIteration, KeyError, TypeError, ValueError):
        pass
    return Received(number, 0, "", "nothing")


def _sound(received: Received) -> Received:
    """The same, once it is certain that it can be written down. Raises TypeError, ValueError: it cannot.

    The library takes whatever stands where a number or a text should.
    """
    numbers = (received.chat, received.message or 0)
    words = (received.account, received.text, received.callback, received.album)
    if not all(type(number) is int and abs(number) <= _LARGEST for number in numbers):
        raise TypeError("not a number of the Bot API")
    if not all(isinstance(word, str) for word in words):
        raise TypeError("not a text")
    received.dumped().encode()
    return received


def read(update: Update) -> Received:
    """What an update asks of the gateway; `nothing` for what it does not answer."""
    if update.callback_query is not None:
        return _pressed(update)
    if update.my_chat_member is not None:
        return _membership(update)
    message = update.message or update.edited_message
    user = message.from_user if message else None
    if message is None or user is None or user.is_bot:
        return Received(update.update_id, 0, "", "nothing")
    kind, name, text = _content(message, edited=update.edited_message is not None)
    return Received(
        update.update_id,
        message.chat.id,
        str(user.id),
        kind,
        text,
        name,
        message.message_id,
        album=message.media_group_id or "",
    )


def _content(message: Message, *, edited: bool) -> tuple[str, str, str]:
    """The kind, name and text of a message."""
    instead = next((why for field, why in _INSTEAD if getattr(message, field, None)), None)
    text = message.text or ""
    if message.chat.type != ChatType.PRIVATE:
        return ("leave", "group", "") if (text or instead) and not edited else ("nothing", "", "")
    if instead:
        # A place that is shared live is edited every few seconds: it was declined when it began.
        return ("nothing", "", "") if edited else ("declined", instead, "")
    if not text.strip():
        return "nothing", "", ""
    command = _COMMAND.fullmatch(text.strip())
    if text.strip().startswith("/"):
        # Not even one that a button would send, typed by hand, goes to the front door.
        return "command", *((command[1].lower(), (command[2] or "").strip()) if command else ("", ""))
    if _CODE.fullmatch(text.strip()):
        return "command", "link", text.strip()
    if len(text) > MOST_CHARACTERS:
        return "declined", "too-long", ""
    return ("edit" if edited else "say"), "", text


def _pressed(update: Update) -> Received:
    query = update.callback_query
    assert query is not None
    chat = query.message.chat.id if query.message else query.from_user.id
    message = query.message.message_id if query.message else None
    return Received(
        update.update_id,
        chat,
        str(query.from_user.id),
        "press",
        text=query.data or "",
        message=message,
        callback=query.id,
    )


def _membership(update: Update) -> Received:
    """Being added to a group is answered and to a channel is not, and both are left; being blocked or removed
    is no reason to do anything.
    """
    change = update.my_chat_member
    assert change is not None
    here = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)
    added = change.old_chat_member.status not in here and change.new_chat_member.status in here
    kind = "leave" if added and change.chat.type != ChatType.PRIVATE else "nothing"
    name = "" if change.chat.type == ChatType.CHANNEL else "group"
    return Received(update.update_id, change.chat.id, str(change.from_user.id), kind, name=name)
