"""A log of the server that never holds what a person wrote.

Rasa's messages and tracebacks may quote a question: in an f-string, in the text of an exception, in a local
variable, in a warning. So every record is cleaned when it is made, whichever logger made it:

- the text of the turn, wherever it appears, is masked;
- a traceback keeps its places (file, line, function) and the type of the error, and loses the error's words;
- a structured event keeps its name and a short list of harmless keys;
- warnings give their place only;
- the level never goes below INFO: debug messages are made of questions.
"""

from __future__ import annotations

import logging
import sys
import traceback
import warnings
from types import TracebackType
from typing import Any

import structlog

from askfirst_rasa import turn

MASK = "[what the person wrote]"

#: Keys of a structured event that never hold a person's words.
HARMLESS = {"event", "level", "event_info", "filename", "action_name", "url", "len_extraction_events"}

_Raised = tuple[type[BaseException], BaseException, TracebackType | None]


def without_question(message: str) -> str:
    """The message with the text of the current turn masked, also where JSON or `repr` wrote it."""
    current = turn.current()
    if current is None or not current.text:
        return message
    text = current.text
    for written in {text, repr(text)[1:-1], text.encode("unicode_escape").decode("ascii"), text.lower()}:
        message = message.replace(written, MASK)
    return message


def places(raised: _Raised) -> str:
    """A traceback without the words of the error: its places, its type, and the same of what caused it."""
    kind, error, trace = raised
    lines = []
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        lines += [places((type(cause), cause, cause.__traceback__)), "which led to:"]
    lines += [f"  {f.filename}:{f.lineno} in {f.name}" for f in traceback.extract_tb(trace)]
    return "\n".join([*lines, kind.__name__])


class Record(logging.LogRecord):
    """A log record without a person's words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.msg, self.args = without_question(super().getMessage()), ()
        if self.exc_info and self.exc_info[0] is not None:
            self.exc_text = places(self.exc_info)
        self.exc_info = None


def _harmless_keys(_: Any, method: str, event: dict[str, Any]) -> dict[str, Any]:
    """Keeps the keys that never hold a person's words, and the type of an error."""
    error = sys.exc_info()[1]
    kept = {key: value for key, value in event.items() if key in HARMLESS}
    if error is not None and method in ("exception", "error", "critical"):
        kept["error"] = type(error).__name__
    return kept


def _show_warning(
    _: Warning | str, category: type[Warning], filename: str, lineno: int, *__: Any, **___: Any
) -> None:
    logging.getLogger("askfirst_rasa").warning("%s at %s:%s", category.__name__, filename, lineno)


def configure(level: int | None = None) -> None:
    """Cleans all logging of this process. Takes the place of Rasa's own set-up of its structured log."""
    level = max(level or logging.INFO, logging.INFO)
    logging.basicConfig(format="%(message)s", stream=sys.stdout, level=level)
    logging.getLogger("rasa").setLevel(level)
    logging.setLogRecordFactory(Record)
    warnings.showwarning = _show_warning
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            structlog.processors.add_log_level,
            _harmless_keys,
            structlog.processors.KeyValueRenderer(key_order=["event"]),
        ],
        context_class=dict,
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=True,
    )
