"""Which app is asked about: details behind an ordinary word, names nobody catalogued, what is conceded."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("Wire, work phone, I'm a senator", ["wire"]),
        ("signal, my own phone, I'm an ensign", ["signal"]),
        ("Slack with the Kiwi delegation, I'm a consul, work laptop", ["slack"]),
        ("I'm not clear whether Slack counts as messaging, work laptop", ["slack"]),
        ("Can't work out whether Signal comes under the ban. Work phone", ["signal"]),
        ("Wire was suggested by my counterpart, I'd have it on my own phone", ["wire"]),
        ("I know I mustn't have TikTok, am I right that Signal is fine on my work phone?", ["signal"]),
        ("Signal, work phone, no bars since Monday", []),
        ("I wonder whether signal comes back in the basement", []),
        ("is it right that signal drops in Suva", []),
        ("the line was suggested by the engineer", []),
    ],
)
def test_an_ordinary_word_is_the_app_by_the_details_and_the_verb_behind_it(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Can I put Talanoa Photos on my own phone?", ["Talanoa Photos"]),
        ("May I have Pukeko Notes on my work tablet?", ["Pukeko Notes"]),
        ("is Zaveer Messenger Plus ok on my work phone", ["Zaveer Messenger Plus"]),
        ("want a Notionish app called PadGrove on my own laptop", ["PadGrove"]),
        ("my barber in Apia takes tips through Tipaloa, may I have it on my own phone", ["Tipaloa"]),
        ("do I have to be careful about TramPal on my work phone", ["TramPal"]),
        ("Is an app called Dabraka likely to be allowed on my work phone", ["Dabraka"]),
        ("may we pay the rent in cash, and is Signal ok on my work phone", []),
        ("Is Sydney Maps ok on my work phone", []),
    ],
)
def test_a_name_nobody_catalogued_is_heard_and_no_more_than_it(read, text, names):
    assert read(text).said("unknown_app") == names


def test_a_word_in_the_names_of_several_apps_is_shared_by_them(read):
    heard = read("can I have Spark on my own phone in Suva").one("ambiguous_app")
    assert heard["candidates"] == ["iflytek-spark", "spark-mail"]
    assert read("is Orchid ok for my work phone").said("unknown_app") == ["Orchid"]


def test_a_shared_name_is_told_apart_in_the_next_sentence(read):
    assert read("DiDi. The Chinese app. Work phone, Shanghai.").said("app") == ["didi"]
    assert read("MAX. That Russian guy again").said("app") == []


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("Is it true that I can't have Telegram on my work phone as a diplomat?", ["telegram"]),
        ("Have we understood correctly that we may not use Zoom on work laptops?", ["zoom"]),
        ("I was right that I can't have Viber. May I have Zalo on my own phone?", ["zalo"]),
        (
            "Telegram was refused. Fair enough. But WhatsApp is another matter, right? Own phone.",
            ["whatsapp"],
        ),
        ("Viber is fine, right? My work phone", ["viber"]),
        ("In Hanoi we all lived on Zalo. What folks here want me on is Viber. Own phone ok?", ["viber"]),
        ("My deputy trusted Slack. I was given something called Zentro. Work laptop ok?", []),
        ("I favour Signal over WhatsApp. Ok on my work phone?", ["signal"]),
        ("Prefer Zoom over the phone, ok on my work laptop?", ["zoom"]),
        ("may I have Viber in place of Zoom on my work phone", ["viber"]),
        ("may we use something in place of Zoom on work laptops", ["zoom"]),
    ],
)
def test_what_is_settled_conceded_or_set_against_another_is_not_asked_about(read, text, apps):
    assert read(text).said("app") == apps
