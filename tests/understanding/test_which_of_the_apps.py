"""Which app is asked about: what is gone or told apart, shared names, hyphens, and what an app is for."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("strava to log my runs with the club, own phone, Suva", ["strava"]),
        ("slack for sending drafts to the office, work laptop", ["slack"]),
        ("face time with the kids, work ipad, Dili", ["facetime"]),
        ("trip it to track my flights using the work phone", ["tripit"]),
        ("Keep the workout app, not Google Keep, on my own phone in Shanghai?", ["keep-fitness"]),
        ("The Emirates airline app on my own phone in Dubai?", ["emirates-airline"]),
        ("threema work - work phone - Geneva", ["threema-work"]),
        ("line to the ministry keeps dropping, work phone", []),
        ("signal to my phone is poor, work phone", []),
        ("meet with the ambassador, work laptop", []),
        ("we chat with my grandkids at weekends, personal phone", []),
        ("Slack huddle with Perth at noon, Defence laptop is at 9 percent", []),
        ("what airline app can I use in the Emirates on my work phone", ["category:travel"]),
    ],
)
def test_an_ordinary_word_is_an_app_by_what_it_is_for(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("Deleted WhatsApp last week. May I have Signal on my own phone?", ["signal"]),
        ("Having ditched Chrome I want Firefox on my own laptop, ok?", ["firefox"]),
        ("Our IT left Skype on my work laptop. Is Zoom all right?", ["zoom"]),
        ("Signal on my work phone please. WhatsApp we've covered already.", ["signal"]),
        ("WhatsApp I already have, may I get Signal on my work phone?", ["signal"]),
        ("Can I use Grab's rival Gojek on my phone in Jakarta?", ["gojek"]),
        ("Douyin, not its overseas version TikTok, on my own phone in Beijing?", ["douyin"]),
        ("Deleted WhatsApp by accident, may I install it again on my work phone?", ["whatsapp"]),
        ("Having WhatsApp and Signal on my phone, ok?", ["whatsapp", "signal"]),
        ("Everyone has Viber and Zalo. Are they all right on my own phone?", ["viber", "zalo"]),
    ],
)
def test_what_is_gone_settled_or_told_from_another_is_not_asked_about(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "names", "apps"),
    [
        ("Do you know whether Vinaloo may be used on my work phone?", ["Vinaloo"], []),
        ("Is the Tala-Mai app ok on my work phone?", ["Tala-Mai"], []),
        ("Is Tala-Mai ok on my work phone", ["Tala-Mai"], []),
        ("Viberly, unrelated to Viber, on my personal phone?", ["Viberly"], []),
        ("It's called ZoomLine. No connection to Zoom. May I use it on my work phone?", ["ZoomLine"], []),
        ("can I have KoroTalk on my work phone", ["KoroTalk"], []),
        ("can I have KakaooTalk on my work phone", [], ["kakaotalk"]),
        ("WhattsApp on my work phone", [], ["whatsapp"]),
        ("Is my Wi-Fi app ok on my phone", [], []),
        ("I'd like to know if DFAT is ok with it", [], []),
        ("Can you tell me whether Sarah is allowed it on her phone", [], []),
    ],
)
def test_a_name_nobody_catalogued_is_heard_whole_and_is_no_slip(read, text, names, apps):
    heard = read(text)
    assert (heard.said("unknown_app"), heard.said("app")) == (names, apps)


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("DiDi in Lima, I mean DiDi Rider, own phone", ["didi-rider"]),
        ("the Chinese edition of DiDi, own phone, Shanghai", ["didi"]),
        ("I need the international version of didi on my own phone in Lima", ["didi-rider"]),
        ("the momo from Vietnam, on my own phone in Hue", ["momo-vn"]),
        ("not the China version of DiDi, the other one, own phone", ["didi-rider"]),
        ("DiDi, not DiDi Rider, own phone, Shanghai?", ["didi"]),
        ("may I have DiDi or DiDi Rider on my phone", ["didi", "didi-rider"]),
        ("May I have Max on my work phone? The messenger from Russia, not HBO Max.", ["max-messenger"]),
        ("can I have Keep on my own phone? it's the Google list one", ["google-keep"]),
        ("Keep the fitness one, the gym app, on my own phone in Suva", ["keep-fitness"]),
        ("whatsap business ok on my work phone", ["whatsapp-business"]),
    ],
)
def test_a_shared_name_is_told_apart_by_what_is_said_before_it_or_in_full(read, text, apps):
    heard = read(text)
    assert heard.said("app") == apps
    assert not heard.said("ambiguous_app")


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        (
            "I translate for the mission, as a local hire, in Lima. May I use Viber on my own phone?",
            ["viber"],
        ),
        ("I message from the office every day. May I use Signal on my work phone?", ["signal"]),
        ("I translate at the consulate. Could I have DeepL on my work laptop?", ["deepl"]),
        ("i message on my ipad ok?", ["imessage"]),
    ],
)
def test_what_i_do_is_no_app(read, text, apps):
    assert read(text).said("app") == apps
