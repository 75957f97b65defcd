"""A Bot API server for tests, with the types, limits and errors of
https://core.telegram.org/bots/api.

Updates that tests push are given to getUpdates until they are confirmed, or sent to the webhook until it
takes them. Faults are asked for by method: they are given instead of an answer, one for each call.
"""

from __future__ import annotations

import asyncio
import html.parser
import itertools
import json
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.web.standin import serving

TOKEN = "123456:test-token-of-the-emulator"
ME = {"id": 123456, "is_bot": True, "first_name": "AskFirst", "username": "askfirst_test_bot"}
ENTITIES = {
    "b": "bold", "i": "italic", "u": "underline", "s": "strikethrough", "a": "text_link", "code": "code",
    "pre": "pre", "blockquote": "blockquote", "tg-spoiler": "spoiler",
}  # fmt: skip
# "All <, > and & symbols that are not a part of a tag or an HTML entity must be replaced."
_STRAY = re.compile(r"<(?!/?[a-z][a-z-]*(?: [^<>]*)?>)")


class Fault(Exception):
    """An error as the Bot API gives it: a status, a description, and response parameters."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def response(self) -> Response:
        body: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return JSONResponse(body, self.status)


def too_many(seconds: int) -> Fault:
    return Fault(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


class Drop(Fault):
    """The connection breaks before the answer is whole."""

    def __init__(self) -> None:
        super().__init__(200, "")

    def response(self) -> Response:
        return Response(b'{"ok": true', headers={"content-length": "100"})


def conflict() -> Fault:
    return Fault(
        409,
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    )


def bad_gateway() -> Fault:
    return Fault(502, "Bad Gateway")


class Visible(html.parser.HTMLParser):
    """The text of a message after its entities are parsed, and the entities; a Fault for what Telegram does
    not parse.
    """

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.entities = "", []
        self._open: list[tuple[str, int, str]] = []
        if stray := _STRAY.search(text):
            raise Fault(400, f"Bad Request: can't parse entities: unsupported start tag at {stray.start()}")
        self.feed(text)
        self.close()
        if self._open:
            raise Fault(400, "Bad Request: can't parse entities: can't find end tag")

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        if tag not in ENTITIES:
            raise Fault(400, f'Bad Request: can\'t parse entities: unsupported start tag "{tag}"')
        self._open.append((tag, units(self.text), dict(attrs).get("href", "")))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            raise Fault(400, "Bad Request: can't parse entities: unexpected end tag")
        _, offset, url = self._open.pop()
        entity = {"type": ENTITIES[tag], "offset": offset, "length": units(self.text) - offset}
        self.entities.append({**entity, "url": url} if url else entity)

    def handle_data(self, data: str) -> None:
        self.text += data


def units(text: str) -> int:
    """UTF-16 code units, in which the Bot API counts."""
    return len(text.encode("utf-16-le")) // 2


@dataclass
class Call:
    """One call of a method that was answered with ok."""

    method: str
    parameters: dict[str, str]
    at: float
    result: Any = None


@dataclass
class Emulator:
    """The server's state, and the test's side of it."""

    calls: list[Call] = field(default_factory=list)
    attempts: list[str] = field(default_factory=list)
    faults: dict[str, list[Fault]] = field(default_factory=lambda: defaultdict(list))
    messages: dict[tuple[int, int], dict[str, Any]] = field(default_factory=dict)
    webhook: dict[str, Any] = field(default_factory=dict)
    updates: list[dict[str, Any]] = field(default_factory=list)
    webhook_answers: list[int] = field(default_factory=list)
    unanswered: set[str] = field(default_factory=set)
    moved: dict[int, int] = field(default_factory=dict)
    closing: bool = False

    def __post_init__(self) -> None:
        self._update_ids, self._message_ids = itertools.count(1000), itertools.count(1)
        self._callback_ids = itertools.count(1)

    # The test's side

    def push(self, **update: Any) -> int:
        """Something happened on Telegram; its update id."""
        number = next(self._update_ids)
        self.updates.append({"update_id": number, **update})
        return number

    def say(self, text: str = "", chat: int = 42, **fields: Any) -> int:
        """Somebody writes in their private chat; the id of the message."""
        message = self._from_person(chat, text=text, **fields)
        self.push(message=message)
        return message["message_id"]

    def edit(self, message_id: int, text: str, chat: int = 42) -> None:
        """Somebody edits a message of theirs."""
        message = {**self.messages[chat, message_id], "text": text, "edit_date": int(time.time())}
        self.messages[chat, message_id] = message
        self.push(edited_message=message)

    def press(self, message: dict[str, Any], title: str) -> str:
        """Somebody presses a button of a message; the id of the callback query."""
        data = next(b["callback_data"] for b in buttons(message) if b["text"] == title)
        return self.press_data(message, data)

    def press_data(self, message: dict[str, Any], data: str) -> str:
        """A press arrives, of a button that may be gone by now."""
        number = str(next(self._callback_ids))
        self.unanswered.add(number)
        person = _person(message["chat"]["id"])
        query = {"id": number, "from": person, "message": message, "chat_instance": "1", "data": data}
        self.push(callback_query=query)
        return number

    def upgrade(self, group: int, supergroup: int) -> None:
        """A group has become a supergroup, with another number."""
        self.moved[group] = supergroup

    def _chat(self, form: dict[str, str]) -> dict[str, Any]:
        """The chat that a call is about, as it is given with messages."""
        number = int(form["chat_id"])
        if number in self.moved:
            raise Fault(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=self.moved[number],
            )
        if number > 0:
            return {"id": number, "type": "private", "first_name": "Person"}
        return {"id": number, "type": "supergroup" if number <= -(10**12) else "group", "title": "A group"}

    def _from_person(self, chat: int, **fields: Any) -> dict[str, Any]:
        number = next(self._message_ids)
        message: dict[str, Any] = {
            "message_id": number,
            "date": int(time.time()),
            "chat": {"id": chat, "type": "private", "first_name": "Person"},
            "from": _person(chat),
            **{name: value for name, value in fields.items() if value != ""},
        }
        self.messages[chat, number] = message
        return message

    def group_message(self, text: str, chat: int = -100) -> None:
        """Somebody writes in a group."""
        message = self._from_person(chat, text=text)
        message["chat"] = {"id": chat, "type": "group", "title": "A group"}
        message["from"] = _person(42)
        self.push(message=message)

    def sent(self, chat: int = 42) -> list[dict[str, Any]]:
        """The messages that the bot has sent to a chat, as they look now."""
        return [
            self.messages[chat, call.result["message_id"]]
            for call in self.calls
            if call.method == "sendMessage" and call.result["chat"]["id"] == chat
        ]

    def called(self, method: str) -> list[dict[str, str]]:
        """The parameters of the calls of a method that went well."""
        return [call.parameters for call in self.calls if call.method == method]

    # The server's side

    async def method(self, request: Request) -> Response:
        """POST /bot<token>/METHOD_NAME."""
        token, method = request.path_params["token"], request.path_params["method"]
        if token != TOKEN:
            return Fault(401, "Unauthorized").response()
        form = {name: str(value) for name, value in (await request.form()).items()}
        self.attempts.append(method)
        handler = getattr(self, re.sub("[A-Z]", lambda letter: f"_{letter[0].lower()}", f"_{method}"), None)
        try:
            if handler is None:
                raise Fault(404, "Not Found")
            if self.faults[method]:
                raise self.faults[method].pop(0)
            call = Call(method, form, time.monotonic())
            call.result = await handler(form)
        except Fault as fault:
            return fault.response()
        if method != "getUpdates":
            self.calls.append(call)
        return JSONResponse({"ok": True, "result": call.result})

    async def _get_me(self, form: dict[str, str]) -> Any:
        return ME

    async def _set_my_commands(self, form: dict[str, str]) -> Any:
        for command in json.loads(form["commands"]):
            if not 1 <= len(command["command"]) <= 32 or not 1 <= len(command["description"]) <= 256:
                raise Fault(400, "Bad Request: BOT_COMMAND_INVALID")
        return True

    async def _get_updates(self, form: dict[str, str]) -> Any:
        if self.webhook:
            raise Fault(
                409,
                "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete "
                "the webhook first",
            )
        offset, limit = int(form.get("offset") or 0), int(form.get("limit") or 100)
        if offset:
            self.updates[:] = [update for update in self.updates if update["update_id"] >= offset]
        end = time.monotonic() + float(form.get("timeout") or 0)
        while not (self.updates or self.closing or self.faults["getUpdates"]) and time.monotonic() < end:
            await asyncio.sleep(0.02)
        allowed = json.loads(form.get("allowed_updates") or "[]")
        return [u for u in self.updates if not allowed or set(u) & set(allowed)][:limit]

    async def _set_webhook(self, form: dict[str, str]) -> Any:
        self.webhook = dict(form) if form.get("url") else {}
        return True

    async def _delete_webhook(self, form: dict[str, str]) -> Any:
        self.webhook = {}
        return True

    async def _send_message(self, form: dict[str, str]) -> Any:
        text = form.get("text", "")
        chat = self._chat(form)
        parsed = Visible(text) if form.get("parse_mode") == "HTML" else None
        shown = parsed.text if parsed else text
        if not shown.strip():
            raise Fault(400, "Bad Request: message text is empty")
        if units(shown) > 4096:
            raise Fault(400, "Bad Request: message is too long")
        message: dict[str, Any] = {
            "message_id": next(self._message_ids),
            "date": int(time.time()),
            "chat": chat,
            "from": ME,
            "text": shown,
        }
        if parsed and parsed.entities:
            message["entities"] = parsed.entities
        if reply := json.loads(form.get("reply_parameters") or "null"):
            if replied := self.messages.get((chat["id"], reply["message_id"])):
                message["reply_to_message"] = replied
            elif not reply.get("allow_sending_without_reply"):
                raise Fault(400, "Bad Request: message to be replied not found")
        if markup := form.get("reply_markup"):
            message["reply_markup"] = json.loads(markup)
            for button in buttons(message):
                if not 1 <= len(button["callback_data"].encode()) <= 64:
                    raise Fault(400, "Bad Request: BUTTON_DATA_INVALID")
        self.messages[chat["id"], message["message_id"]] = message
        return message

    async def _edit_message_reply_markup(self, form: dict[str, str]) -> Any:
        message = self.messages.get((int(form["chat_id"]), int(form["message_id"])))
        if message is None:
            raise Fault(400, "Bad Request: message to edit not found")
        markup = json.loads(form.get("reply_markup") or "null")
        if markup == message.get("reply_markup"):
            raise Fault(400, "Bad Request: message is not modified")
        message.pop("reply_markup", None)
        if markup:
            message["reply_markup"] = markup
        return message

    async def _answer_callback_query(self, form: dict[str, str]) -> Any:
        if form["callback_query_id"] not in self.unanswered:
            raise Fault(
                400,
                "Bad Request: query is too old and response timeout expired or query ID is invalid",
            )
        if len(form.get("text", "")) > 200:
            raise Fault(400, "Bad Request: MESSAGE_TOO_LONG")
        self.unanswered.discard(form["callback_query_id"])
        return True

    async def _send_chat_action(self, form: dict[str, str]) -> Any:
        return True

    async def _leave_chat(self, form: dict[str, str]) -> Any:
        if self._chat(form)["type"] == "private":
            raise Fault(400, "Bad Request: chat member status can't be changed in private chats")
        return True

    async def deliver_for_ever(self) -> None:
        """Send updates to the webhook, in order, each until it is taken with a 2xx."""
        async with httpx.AsyncClient(trust_env=False) as client:
            while True:
                await asyncio.sleep(0.02)
                if not self.webhook or not self.updates:
                    continue
                secret = self.webhook.get("secret_token", "")
                headers = {"X-Telegram-Bot-Api-Secret-Token": secret} if secret else {}
                try:
                    taken = await client.post(self.webhook["url"], json=self.updates[0], headers=headers)
                except httpx.HTTPError:
                    await asyncio.sleep(0.1)
                    continue
                self.webhook_answers.append(taken.status_code)
                if taken.is_success:
                    self.updates.pop(0)

    def app(self) -> Starlette:
        """The server's application."""

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            delivering = asyncio.create_task(self.deliver_for_ever())
            yield
            delivering.cancel()

        routes = [Route("/bot{token}/{method}", self.method, methods=["GET", "POST"])]
        return Starlette(routes=routes, lifespan=lifespan)


@contextmanager
def emulated() -> Iterator[tuple[Emulator, str]]:
    """An emulator that serves, and its address."""
    server = Emulator()
    with serving(server.app()) as port:
        try:
            yield server, f"http://127.0.0.1:{port}"
        finally:
            # Nobody is left waiting for updates.
            server.closing = True


def buttons(message: dict[str, Any]) -> list[dict[str, str]]:
    """The buttons under a message."""
    return [button for row in message.get("reply_markup", {}).get("inline_keyboard", []) for button in row]


def titles(message: dict[str, Any]) -> list[str]:
    """What the buttons under a message say."""
    return [button["text"] for button in buttons(message)]


def _person(number: int) -> dict[str, Any]:
    return {"id": abs(number), "is_bot": False, "first_name": "Person"}
