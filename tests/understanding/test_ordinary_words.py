"""Apps whose names are ordinary words, and names nobody catalogued, as questions use them."""

import pytest


@pytest.mark.parametrize(
    ("text", "app"),
    [
        ("Grab in KL on my DFAT mobile please", "grab"),
        ("What conditions apply to Signal on a personal phone? Diplomat, Yangon.", "signal"),
        ("Can I check X on my work phone in Wellington", "x-twitter"),
        ("teams call with the ministry from my personal laptop, am I permitted?", "microsoft-teams"),
        ("any objection to Discord?", "discord"),
        ("zoom in rome on my own phone?", "zoom"),
        ("how about grab, personal phone, Canberra", "grab"),
        ("may I use the application known as Signal", "signal"),
        ("facbook mesenger in the states", "messenger"),
        ("Tencent apps on a personal phone, am I allowed any of them?", "vendor:tencent"),
    ],
)
def test_an_ordinary_word_is_the_app_where_a_question_names_no_other(read, text, app):
    assert read(text).said("app") == [app]


@pytest.mark.parametrize(
    "text",
    [
        "no signal in the basement on my work phone",
        "the line on my work phone is bad, can you fix it?",
        "can I keep my phone on in the meeting?",
        "may I ring my wife on the work phone?",
        "is it ok to meet on a work phone?",
        "is the session on my laptop ok?",
        "Teams from Hobart and Broome will compete",
        "imo the new ambassador in Doha is doing well",
    ],
)
def test_an_ordinary_word_stays_one_where_the_sentence_uses_it_so(read, text):
    assert read(text).said("app") == []


def test_what_an_app_is_called_in_brackets_is_no_second_app(read):
    assert read("is Session (the messenger) okay on a travel phone").said("app") == ["session"]


def test_words_of_an_apps_name_say_nothing_of_the_place(read):
    assert read("facetime calls in rome on my own phone?").said("country") == ["IT"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("is the app Zibblefax allowed on my work phone?", "Zibblefax"),
        ("can we use grindle pay in Kenya", "grindle pay"),
        ("Flock Relay — am I allowed it on my work laptop?", "Flock Relay"),
    ],
)
def test_an_app_nobody_catalogued_keeps_the_whole_of_its_name(read, text, words):
    assert read(text).said("unknown_app") == [words]


@pytest.mark.parametrize("text", ["the app store is down", "can I use the app there"])
def test_the_app_alone_names_none(read, text):
    assert read(text).said("unknown_app") == []


@pytest.mark.parametrize(
    ("text", "devices"),
    [
        ("tik tok on personal??", ["personal-device"]),
        ("WhatsApp, both my phones, work & personal, Tashkent", ["work-phone", "personal-phone"]),
        ("I'm not very good with computers. May I do it with the office iPad?", ["work-tablet"]),
        ("it isn't a work one, it's mine", ["personal-device"]),
        ("oh and gojek, on my phone though. Personal.", ["personal-phone"]),
    ],
)
def test_devices_as_people_add_them(read, text, devices):
    assert read(text).said("device") == devices


def test_an_app_that_is_taken_back_is_not_asked_about(read):
    heard = read("wanting Strava on garmin... skip garmin, just Strava, my own phone, ok?")
    assert heard.said("app") == ["strava"]


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("could I keep the drafts in drop box", ["dropbox"]),
        ("may I catch a Bolt in Tallinn, is the app ok", ["bolt"]),
        ("Bolt taxis in Riga on my work phone?", ["bolt"]),
        ("can I zoom right in on Google Maps on my work laptop", ["google-maps"]),
        ("I'll be brave and ask: Viber on a work phone?", ["viber"]),
        ("voice messages in Signal, are those allowed", ["signal"]),
        ("Notion across all my devices?", ["notion"]),
        ("Otter for interviews?", ["otter-ai"]),
        ("Gemini, my Argentinian colleague, is on Viber. May I use it on my work phone?", ["viber"]),
        ("Flying Emirates to Rome. Is Bolt fine on my own phone", ["bolt"]),
        ("Nobody has ever told me not to have Canva on my laptop. am I allowed", ["canva"]),
        ("X rather than Bluesky on my work phone, allowed?", ["x-twitter"]),
        ("is Facebok Messenger banned", ["messenger"]),
        ("Signal anyone? is it cleared for use on work phones", ["signal"]),
        ("Hinge any better?", ["hinge"]),
        ("they sent photos via 百度网盘. Can I open it on my own laptop", ["baidu-netdisk"]),
        ("how do i get signoff for Telegram", ["telegram"]),
        ("I've no interest in TikTok. Is Lemon8 allowed on my own phone?", ["lemon8"]),
    ],
)
def test_a_word_is_the_app_where_it_is_used_as_one(read, text, apps):
    assert read(text).said("app") == apps


def test_a_kind_of_app_behind_a_strange_name_is_part_of_it(read):
    heard = read("Is Nauti Messenger allowed on my own phone in Asmara?")

    assert (heard.said("unknown_app"), heard.said("app")) == (["Nauti Messenger"], [])


def test_a_name_told_from_a_known_one_is_none_of_it(read):
    heard = read("TokTik (no, not TikTok) on my own phone, may I?")

    assert (heard.said("unknown_app"), heard.said("app")) == (["TokTik"], [])
