"""A log of the server that never holds what a person wrote.

Rasa's messages and tracebacks may quote a question, whole or in part: in an f-string, in the text of an
exception, in a local variable, in a warning. So every record is cleaned when it is made, by whichever logger:

- while a question is being answered, a message that is not our own is reduced to the place it comes from;
- a traceback keeps its places (file, line, function) and the types of the errors, and loses their words;
- a structured event keeps its name;
- a warning gives its place only;
- the level never goes below INFO: debug messages are made of questions.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
import warnings
from types import TracebackType
from typing import Any

import structlog

from askfirst_rasa import turn

#: Loggers whose messages quote nobody: our own.
OURS = "askfirst_rasa"

#: This logger shows the errors of tasks that ended long ago, words and all.
ALWAYS_REDUCED = "asyncio"

_EVENT_NAME = re.compile(r"[a-z0-9_.]+")

Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class EventName(str):
    """The name of a structured event: a constant of Rasa's code."""


class Record(logging.LogRecord):
    """A log record without a person's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self._quotes_nobody():
            self.msg, self.args = f"(message left out) {self.filename}:{self.lineno} in {self.funcName}", ()
        if self.exc_info and self.exc_info[0] is not None:
            self.exc_text = places(self.exc_info)
        self.exc_info = None

    def _quotes_nobody(self) -> bool:
        room = self.name.partition(".")[0]
        if room == OURS or isinstance(self.msg, EventName):
            return True
        return room != ALWAYS_REDUCED and not turn.any_is_answered()


def places(raised: Raised) -> str:
    """A traceback without the words of the error: its places, its type, and the same of what caused it."""
    kind, error, trace = raised
    lines = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += [places((type(cause), cause, cause.__traceback__)), "which led to:"]
    lines += [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([*lines, kind.__name__])


def _event_name(_: Any, __: str, event: dict[str, Any]) -> EventName:
    """What is left of a structured event: its name, and the type of the error that it is about."""
    name = str(event.get("event", ""))
    error = sys.exc_info()[0]
    kept = name if _EVENT_NAME.fullmatch(name) else "(message left out)"
    return EventName(f"{kept} ({error.__name__})" if error else kept)


def _show_warning(
    _: Warning | str, category: type[Warning], filename: str, lineno: int, *__: Any, **___: Any
) -> None:
    if not issubclass(category, DeprecationWarning | PendingDeprecationWarning | FutureWarning):
        logging.getLogger(OURS).warning("%s at %s:%s", category.__name__, filename, lineno)


def configure(level: int | None = None) -> None:
    """Cleans all logging of this process. Takes the place of Rasa's own set-up of its structured log."""
    level = max(level or logging.INFO, logging.INFO)
    logging.basicConfig(format="%(message)s", stream=sys.stdout, level=level)
    logging.getLogger().setLevel(max(logging.getLogger().level, level))
    logging.getLogger("rasa").setLevel(level)
    logging.setLogRecordFactory(Record)
    warnings.showwarning = _show_warning
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, _event_name],
        context_class=dict,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
