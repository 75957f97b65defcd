"""What the server writes in its log holds nothing that a person wrote."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from .conftest import Actions, Server

pytestmark = pytest.mark.slow

SECRET = "zebra"  # in the questions below, and in nothing else


@pytest.mark.parametrize(
    "question",
    [
        f"stumble over the {SECRET} app",
        f"mutter about the {SECRET} app",
        f"mutter and stumble 微信 “{SECRET}” \\ 'quoted'",
        f"/inform{{ the {SECRET} app, mutter",
        f"/{SECRET} mutter",
    ],
)
def test_a_question_that_fails_inside_rasa_is_not_in_the_log(server: Server, question: str) -> None:
    server.says(question)

    assert SECRET not in server.log.lower()


def test_the_log_still_says_what_failed_and_where(server: Server) -> None:
    server.says(f"stumble over the {SECRET} app")

    assert "Rasa failed in a turn" in server.log
    assert "ValueError" in server.log
    assert "stumbling.py" in server.log


def test_a_failing_action_that_quotes_the_question_is_not_in_the_log(
    server: Server, actions: Actions
) -> None:
    question = f"can I use the {SECRET} app on my phone"
    for status in (200, 400, 500):
        actions.answer = lambda _, status=status: (status, {"error": question, "responses": question})
        server.says(question)

    assert SECRET not in server.log.lower()
    assert "action_ask" in server.log


def test_a_structured_event_loses_what_may_be_a_persons_words(in_rasa: Callable[[str], Any]) -> None:
    lines = in_rasa(
        """
import io, json, logging, structlog
from askfirst_rasa import logs
logs.configure(logging.DEBUG)
stream = io.StringIO()
handler = logging.StreamHandler(stream)
logging.getLogger().handlers = [handler]
log = structlog.get_logger()
def fail(text):
    try:
        raise ValueError(text)
    except ValueError:
        log.exception("rest.message.received.failure", text=text, new_key_of_tomorrow=text)
fail("the zebra app")
log.debug("processor.slots.log", slot_values="zebra")
logging.getLogger("rasa.core.processor").debug("zebra")
print(json.dumps(stream.getvalue()))
"""
    )

    assert "rest.message.received.failure" in lines
    assert "ValueError" in lines
    assert SECRET not in lines


def test_a_traceback_in_the_log_has_places_and_no_words(in_rasa: Callable[[str], Any]) -> None:
    line = in_rasa(
        """
import json, logging, sys
from askfirst_rasa import logs
try:
    try:
        raise KeyError("zebra one")
    except KeyError as error:
        raise RuntimeError("zebra two") from error
except RuntimeError:
    record = logs.Record("rasa", logging.ERROR, "f.py", 1, "it failed", (), sys.exc_info())
print(json.dumps(logging.Formatter().format(record)))
"""
    )

    assert "it failed" in line
    assert "KeyError" in line
    assert "RuntimeError" in line
    assert SECRET not in line
