"""The turn that is being answered: what the person wrote (never to be logged) and what failed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Turn:
    """One message on its way through Rasa. `failures` names the actions that failed."""

    text: str
    failures: list[str] = field(default_factory=list)


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


def current() -> Turn | None:
    """The turn of this task, if it is answering one."""
    return _current.get()


@contextmanager
def answering(text: str) -> Iterator[Turn]:
    """Marks the current task, and those it starts, as answering `text`."""
    turn = Turn(text)
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)
