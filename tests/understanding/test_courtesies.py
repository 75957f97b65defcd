"""Greetings, thanks and farewells in the languages of where people are."""

import pytest


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("asante sana", "thanks"),
        ("Grazie!", "thanks"),
        ("vinaka mate", "thanks"),
        ("ok merci beaucoup :)", "thanks"),
        ("Terima kasih banyak", "thanks"),
        ("cảm ơn", "thanks"),
        ("谢谢！", "thanks"),
        ("thanks heaps, tenkyu tumas", "thanks"),
        ("ขอบคุณครับ", "thanks"),
        ("Konnichiwa", "greet"),
        ("Bonjour all", "greet"),
        ("sayonara", "goodbye"),
        ("ciao ciao", "goodbye"),
    ],
)
def test_a_message_of_nothing_but_courtesies_is_one_and_names_nothing(read, text, intent):
    heard = read(text)

    assert heard.intent == intent
    assert heard.entities == []


@pytest.mark.parametrize(("text", "app"), [("gracias, and WhatsApp?", "whatsapp"), ("Ola?", "ola-cabs")])
def test_a_message_that_names_an_app_beside_it_or_by_it_is_about_the_app(read, text, app):
    assert read(text).said("app") == [app]


@pytest.mark.parametrize(
    "text",
    [
        "now me again, on my own one",
        "ok, me again. Instagram?",
        "back to us",
        "right, now for me",
        "Back to me.",
        "and on the work tablet, for myself once more",
        "ok, back to what I actually am",
        "thanks, my true circumstances",
        "so back to my own role",
        "no, as I really am please",
    ],
)
def test_whoever_asks_for_oneself_again_says_so(read, text):
    assert "own_case" in [e["value"] for e in read(text).entities if e["entity"] == "cue"]


@pytest.mark.parametrize(
    "text",
    [
        "remind me again who approves it",
        "tell us again why",
        "is it me or is it slow",
        "explain it for me again",
        "I went back to what the rules say",
        "as I am a diplomat, may I?",
    ],
)
def test_what_is_told_to_me_again_is_no_case_of_my_own(read, text):
    assert "own_case" not in [e["value"] for e in read(text).entities if e["entity"] == "cue"]
