"""Which app is meant: versions, vendors, replaced ones, ordinary words and names nobody catalogued."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("not Facebook itself, the Lite version, on my own phone", ["facebook-lite"]),
        ("WhatsApp, not the Business version, on my work phone", ["whatsapp"]),
        ("may i use facebook lite (didn't mean regular facebook) on my work tablet", ["facebook-lite"]),
        ("DiDi on my work phone in Shanghai, I mean the Chinese one", ["didi"]),
        ("Max at the embassy in Astana, the Russian messenger, on my own phone?", ["max-messenger"]),
        ("may I have the Russian messenger Max on my work phone", ["max-messenger"]),
        ("the didi app, not the Chinese version, on my own phone in Mexico City", ["didi-rider"]),
        ("huaweis stuff on my own laptop, diplomat, Suva", ["vendor:huawei"]),
        ("any of googles apps on my personal tablet?", ["vendor:google"]),
        ("my mate tracks his bike with the Tesla app; I'd like Strava on my phone", ["strava"]),
    ],
)
def test_the_version_that_is_told_is_the_app(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("WeChat, the mainland version, on my own phone in Suva", ["FJ"]),
        ("Weixin please, not the mainland WeChat Pay", []),
        ("I'm a diplomat on the mainland, WeChat on my work phone", ["CN"]),
        ("On the mainland WhatsApp is blocked. May I use it on my work phone", ["CN"]),
    ],
)
def test_a_place_that_tells_which_version_is_none(read, text, places):
    assert read(text).said("country") == places


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("everyone reckons Viber is safe so presumably Signal is? my work phone", ["signal"]),
        ("Slack took over from Skype in our section. Is Slack ok on my work phone", ["slack"]),
        ("Skype was replaced by Teams here; may I have Teams on my own phone", ["microsoft-teams"]),
        ("I swapped WhatsApp for Signal. Okay on my work phone?", ["signal"]),
        ("Can I use Telegram? Kidding. Signal on my work phone then", ["signal"]),
        ("Signal, sorry. He no longer uses WhatsApp", ["signal"]),
        ("WhatsApp. Sorry, Telegram", ["telegram"]),
        ("my wife has Viber but I don't want it on my work phone, can I have Signal", ["signal"]),
        ("may I use Zoom or Webex for video calls on my work laptop", ["zoom", "webex"]),
        ("Everyone has Viber. Can I have it too, or is Signal fine", ["viber", "signal"]),
        ("what replaces Skype for staff on work phones?", ["skype"]),
        ("Of Zoom and Webex we only want the second on my work laptop. Ok?", ["webex"]),
        ("Between Grab and Gojek it's the former my driver wants; may I, on my own phone?", ["grab"]),
        ("Of Zoom and Webex I have the second already; may I use it?", ["zoom", "webex"]),
        ("We've WhatsApp already, now my hosts want Viber, own phone. May I?", ["viber"]),
        ("We've WhatsApp, now they want Viber, may I use either?", ["whatsapp", "viber"]),
        ("can I have Proton VPN but not their mail app on my own phone", ["proton-vpn"]),
        ("Is DiDi Rider, rather than the mainland DiDi, ok on my work phone", ["didi-rider"]),
    ],
)
def test_what_was_replaced_or_taken_back_is_not_asked_about(read, text, apps):
    assert read(text).said("app") == apps


def test_what_somebody_has_and_the_asker_does_not_want_is_no_fact(read):
    heard = read("my driver has Careem on his but we won't use it")
    assert (heard.said("app"), heard.said("app", "negated")) == ([], ["careem"])


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("work laptop, Nadi, slack, I'm a contractor", ["slack"]),
        ("zoom or signal on my work phone in Apia", ["zoom", "signal"]),
        ("could I take signal to Tarawa on the loan phone", ["signal"]),
        ("teams and people for the office laptop", []),
        ("Box for storing documents: can it go on my work laptop?", ["box"]),
        ("any objection to wire on my own phone while in Oslo", ["wire"]),
        ("may I book Bolt rides from my own phone in Tallinn", ["bolt"]),
        ("Bolt off my work mobile, ok?", ["bolt"]),
        ("may Line stay on my work phone in Tokyo", ["line"]),
        ("Wire the messenger, is it ok on my laptop", ["wire"]),
        ("Line the chat app - may I have it on my phone", ["line"]),
        ("my work phone has no reception, signal, or wifi in Suva", []),
        ("may line managers stay on WhatsApp", ["whatsapp"]),
        ("I grab taxis from the rank. May I use Uber on my phone", ["uber"]),
        ("The box for storing documents is full. Is Slack ok on my work laptop", ["slack"]),
        ("there is no objection to line managers using WhatsApp on work phones?", ["whatsapp"]),
        ("drive from the office to Nadi. may I use Waze on my phone", ["waze"]),
    ],
)
def test_an_ordinary_word_among_details_or_with_its_kind_is_the_app(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "names", "apps"),
    [
        ('can our senator\'s office use "Plonkit" for video meetings on the work laptop', ["Plonkit"], []),
        (
            "a colleague recommended Flibbert for maps. may an attaché use it on a work phone",
            ["Flibbert"],
            [],
        ),
        ("and Zoombini? it's an app for maths there", ["Zoombini"], []),
        ("Tried Duolingo last time. Now I'm asking about Babbelo on my own phone", ["Babbelo"], []),
        ("I'm asking about Marcus on the third floor", [], []),
        ("WhatsApp in Pretoria. Definitely South Africa, South, not East!", [], ["whatsapp"]),
        ("then Tokyo? that's an app hub", [], []),
        ("Apia, for HADREX", [], []),
    ],
)
def test_a_name_nobody_catalogued_is_heard_and_no_other_word(read, text, names, apps):
    heard = read(text)
    assert (heard.said("unknown_app"), heard.said("app")) == (names, apps)


def test_either_in_what_was_once_refused_chooses_nothing(read):
    assert read("our old boss never let us use either").said("reference") == []
    assert read("can I have either?").said("reference") == ["either"]


def test_two_apps_that_were_put_somewhere_are_both_asked_about(read):
    assert read("I put Viber and Zalo on my work phone, is that fine?").said("app") == ["viber", "zalo"]
    assert read("I put Viber, I meant Zalo").said("app") == ["zalo"]
