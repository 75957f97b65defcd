"""What a person's text may reach inside Rasa."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from .conftest import payloads

INTENTS = frozenset({"inform", "affirm", "start_over"})


@pytest.mark.parametrize(
    ("typed", "given_to_rasa"),
    [
        ("Can I use WeChat?", "Can I use WeChat?"),
        ("/affirm", "/affirm"),
        ("/\u00a0/ hello", "hello"),
        ("  /start_over  ", "/start_over"),
        ('/inform{"device": "work-phone"}', '/inform{"device": "work-phone"}'),
        ('/inform {"app": ["wechat", "line"]}', '/inform{"app": ["wechat", "line"]}'),
        ('/inform{"app": "微信"}', '/inform{"app": "微信"}'),
        ("/inform{}", "/inform"),
        ("/restart", "restart"),
        ("/back", "back"),
        ("/session_start", "session_start"),
        ("//restart", "restart"),
        ("/ /restart", "restart"),
        ("/affirm@0.3", "affirm@0.3"),
        ('/inform@1.0{"device": "x"}', 'inform@1.0{"device": "x"}'),
        ('/inform{"device": 7}', 'inform{"device": 7}'),
        ('/inform{"device": {"a": "b"}}', 'inform{"device": {"a": "b"}}'),
        ('/inform["device"]', 'inform["device"]'),
        ("/inform{broken}", "inform{broken}"),
        ('/inform{"device": "x"} and more', 'inform{"device": "x"} and more'),
        ("/unknown", "unknown"),
        ("and/or", "and/or"),
        ("/", ""),
    ],
)
def test_only_button_payloads_pass_as_such(typed: str, given_to_rasa: str) -> None:
    assert payloads.safe_text(typed, INTENTS) == given_to_rasa


@given(st.text(alphabet=st.sampled_from('/ \t\n\u00a0\u2003{}"@:informstaback_'), max_size=40))
def test_whatever_starts_with_a_slash_names_a_known_intent(typed: str) -> None:
    text = payloads.safe_text(typed, INTENTS)

    assert text == text.strip()
    if text.startswith("/"):
        assert text[1:].partition("{")[0] in INTENTS
