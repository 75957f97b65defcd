"""The app of the question: what is only told of, or compared with, is not asked about."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("The whole ministry pays with Paytm, am I allowed PayPal on my own phone?", ["paypal"]),
        ("Our guards are on Viber, the cooks on Telegram. Could I have Skype on my work phone?", ["skype"]),
        ("My staff are mad for Trello but I prefer Evernote. Is it ok on a work tablet?", ["evernote"]),
        ("Since Hangouts was closed I've been looking at Zoom. Is that fine on my laptop?", ["zoom"]),
        ("Waze keeps failing in Dakar so may I have Google Maps on my work phone", ["google-maps"]),
        ("I have Signal and Telegram on my phone. Is Telegram ok?", ["telegram"]),
    ],
)
def test_what_is_only_told_of_is_not_asked_about(read, text, apps):
    heard = read(text)
    assert heard.said("app") == apps
    assert all(e["how"] == "exact" for e in heard.entities if e["stance"] == "asserted" == e["entity"])


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("is Viber as leaky as Zalo - may I have it on my own phone", ["viber"]),
        ("Wire is meant to be safer than WhatsApp; okay on my work phone?", ["wire"]),
        ("Unlike WeChat, Snapchat isn't Chinese. May I have it on my work phone?", ["snapchat"]),
        ("if WhatsApp is banned, then is Viber all right on my work phone?", ["viber"]),
        ("WeChat no, Zalo? on my work phone", ["zalo"]),
        ("Zoom, leaving Teams aside, on the work laptop?", ["zoom"]),
        ("Is Zalo really worse than Viber? I want to know if I can have Viber here", ["viber"]),
        ("KakaoMap beats Waze. Is it ok on my work phone", ["kakaomap"]),
        ("Organic Maps needs no network, which Waze does not. May I take it to Oslo", ["organic-maps"]),
        ("instead of WeChat what may I use", ["wechat"]),
    ],
)
def test_what_another_is_held_against_is_not_asked_about(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    "text",
    [
        "may I use WhatsApp? Telegram?",
        "I use WhatsApp and Telegram. Are they ok?",
        "The guards use WhatsApp, the drivers Telegram. Can I have either?",
        "I've got WhatsApp on my phone. Is it ok? And Telegram?",
        "Everyone here has WhatsApp. Can I get it on my phone, or is Telegram better",
        "My team uses Signal, so WhatsApp is fine, right? And Telegram?",
        "I use WhatsApp at home. Is Telegram okay too?",
        "Is WhatsApp any better than Telegram? May I have both?",
        "is WhatsApp as well as Telegram allowed",
    ],
)
def test_what_is_asked_about_together_stays(read, text):
    assert read(text).said("app") == ["whatsapp", "telegram"]


def test_who_prefers_a_name_that_nobody_catalogued_asks_about_it(read):
    heard = read("my staff are all on Duolingo but I prefer Lingvoro. ok on a work tablet?")
    assert heard.said("app") == []
    assert heard.said("unknown_app") == ["Lingvoro"]


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Grimblex: a calendar app. Allowed on my work phone?", "Grimblex"),
        ("I'm after Plonkade, a weather app. Is it allowed?", "Plonkade"),
        ("the office has a chat app, Vrimble; may the minister use it?", "Vrimble"),
    ],
)
def test_what_kind_of_app_a_name_is_is_not_asked_about(read, text, unknown):
    heard = read(text)
    assert heard.said("app") == []
    assert heard.said("unknown_app") == [unknown]
