"""The turn that is being answered, and the actions that failed on the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass
class Turn:
    """One message on its way through Rasa. `failures` names the actions that failed, and how."""

    failures: list[str] = field(default_factory=list)


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)
_open: list[Turn] = []


def current() -> Turn | None:
    """The turn of this task, if it is answering one."""
    return _current.get()


def any_is_answered() -> bool:
    """Is any task answering a turn at this moment?"""
    return bool(_open)


@contextmanager
def answering() -> Iterator[Turn]:
    """Marks the current task, and those it starts, as answering a message."""
    turn = Turn()
    token = _current.set(turn)
    _open.append(turn)
    try:
        yield turn
    finally:
        _open.pop()
        _current.reset(token)
