"""What is answered to one update: the front door is asked, or the gateway answers by itself."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from channels.telegram import words
from channels.telegram.door import Door, DoorAway, Refused
from channels.telegram.layout import laid_out, said
from channels.telegram.reading import Received
from channels.telegram.sending import Sender
from channels.telegram.store import Out, Store


@dataclass(frozen=True)
class Answer:
    """The messages that answer an update, whether they take the place of the buttons before them, and a name
    that other updates with the same answer share: it is sent once.
    """

    outs: list[Out]
    retires: bool = False
    name: str = ""


class Handler:
    """Answers updates, each of them once."""

    def __init__(self, door: Door, store: Store, sender: Sender) -> None:
        self._door, self._store, self._sender = door, store, sender
        self._commands: dict[str, Callable[[Received], Awaitable[Answer]]] = {
            "start": self._start,
            "help": self._help,
            "brief": self._brief,
            "language": self._language,
            "link": self._link,
            "unlink": self._unlink,
            "forget": self._forget,
        }

    async def handle(self, received: Received) -> Answer:
        """The answer to an update. Whatever fails, there is one."""
        try:
            return await self._answer(received)
        except DoorAway:
            return Answer(said(words.SORRY, reply_to=received.message))
        except Refused as refused:
            return Answer(said(words.NOT_LINKED.format(why=refused.line.rstrip("."))))

    async def _answer(self, received: Received) -> Answer:
        match received.kind:
            case "say" | "edit":
                return await self._ask(received, received.text, written=received.message)
            case "press":
                return await self._press(received)
            case "command":
                command = self._commands.get(received.name)
                return await command(received) if command else Answer(said(words.UNKNOWN_COMMAND))
            case "leave":
                why = words.DECLINED[received.name] if received.name else ""
                return Answer([Out(why, why, leave=True)])
            case "flood":
                return Answer(said(words.FLOOD))
            case _:
                why = words.TOO_LONG if received.name == "too-long" else words.DECLINED[received.name]
                return Answer(said(why, reply_to=received.message), name=received.album)

    async def _ask(
        self, received: Received, text: str, *, written: int | None = None, after: str = ""
    ) -> Answer:
        edited = received.kind == "edit"
        async with self._sender.at_work(received.chat):
            replies = await self._door.ask(
                received.account, str(received.update), text, written, edited=edited
            )
        outs: list[Out] = []
        for number, reply in enumerate(replies):
            corrects = edited and number == 0
            outs += laid_out(
                reply,
                before=words.CORRECTED if corrects else "",
                reply_to=received.message if corrects else None,
            )
        if after:
            outs += said(after)
        return Answer(outs, retires=True)

    async def _press(self, received: Received) -> Answer:
        value = self._store.value_of(received.chat, received.text)
        await self._sender.pressed(received.callback, None if value else words.OLD_BUTTON)
        await self._sender.strip(received.chat, received.message)
        if value is None:
            return Answer([])
        return await self._ask(received, value)

    async def _start(self, received: Received) -> Answer:
        # A code can come along with the link that opens the chat.
        return await self._link(received) if received.text else Answer(said(words.START))

    async def _help(self, received: Received) -> Answer:
        return await self._ask(received, "/help", after=words.HELP_COMMANDS)

    async def _brief(self, received: Received) -> Answer:
        return await self._ask(received, f"Brief me for {received.text}" if received.text else "/brief")

    async def _language(self, received: Received) -> Answer:
        return Answer(said(words.LANGUAGE))

    async def _link(self, received: Received) -> Answer:
        if not received.text:
            return Answer(said(words.LINK_HOW))
        name = await self._door.link(received.account, received.text)
        return Answer(said(words.LINKED.format(name=name)), retires=True)

    async def _unlink(self, received: Received) -> Answer:
        was_linked = await self._door.unlink(received.account)
        return Answer(said(words.UNLINKED if was_linked else words.WAS_NOT_LINKED), retires=True)

    async def _forget(self, received: Received) -> Answer:
        await self._door.forget(received.account)
        self._store.forget(received.chat)
        return Answer(said(words.FORGOTTEN), retires=True)
