"""Updates of the Bot API, reduced to what the gateway needs of them: the rest is never kept."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass

from telegram import ChatMember, Message, Update
from telegram.constants import ChatType

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
_CODE = re.compile(r"[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Received:
    """One update. `kind`: say, edit, press, command, declined, added (to a group), flood, nothing.

    `text` is what was said, the arguments of a command, or what a button carries; `name` the command or the
    word of why.
    """

    update: int
    chat: int
    account: str
    kind: str
    text: str = ""
    name: str = ""
    message: int | None = None
    callback: str = ""

    def dumped(self) -> str:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def loaded(cls, text: str) -> Received:
        """What `dumped` wrote."""
        return cls(**json.loads(text))


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
    return Received(update.update_id, message.chat.id, str(user.id), kind, text, name, message.message_id)


def _content(message: Message, *, edited: bool) -> tuple[str, str, str]:
    """The kind, name and text of a message."""
    instead = next((why for field, why in _INSTEAD if getattr(message, field, None)), None)
    text = message.text or ""
    if message.chat.type != ChatType.PRIVATE:
        return ("declined", "group", "") if text or instead else ("nothing", "", "")
    if instead:
        return "declined", instead, ""
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
    """Being added to a group is answered; being blocked or removed is not."""
    change = update.my_chat_member
    assert change is not None
    here = (ChatMember.MEMBER, ChatMember.ADMINISTRATOR, ChatMember.RESTRICTED)
    added = change.old_chat_member.status not in here and change.new_chat_member.status in here
    group = change.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)
    kind = "added" if added and group else "nothing"
    return Received(update.update_id, change.chat.id, str(change.from_user.id), kind, name="group")
