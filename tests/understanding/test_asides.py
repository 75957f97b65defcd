"""What a message tells beside its question, and several of a kind that it does not join."""

import pytest


@pytest.mark.parametrize(
    ("text", "apps"),
    [
        ("Todoist on my work phone? the other grads use Notion", ["todoist"]),
        ("my kids play roblox nonstop. I would like chess.com on my own tablet. ok?", ["chess-com"]),
        ("Member of Parliament. Bluesky on my work phone, and no I do not want X.", ["bluesky"]),
        ("I've given up Facebook. Is Instagram fine on my personal phone in Lisbon?", ["instagram"]),
        ("may I have Signal or Telegram on my own phone", ["signal", "telegram"]),
        ("my landlord uses Viber, may I have it on my own phone?", ["viber"]),
    ],
)
def test_an_app_told_of_beside_the_one_asked_about_is_not_asked_about(read, text, apps):
    assert read(text).said("app") == apps


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Is LINE ok on my parliamentary phone in Taipei? My chief of staff had it in Tokyo.", ["TW"]),
        ("In Bangkok for Home Affairs, ex Manila. Lazada on my own iPad?", ["TH"]),
        ("warrant officer, going to Honiara for six months (Dili before that). messenger?", ["SB"]),
        ("I'm the member for Bendigo and off to Suva: WhatsApp on my parliamentary phone?", ["FJ"]),
        ("I hear India banned CamScanner; I'm in Nairobi. OK on my work phone?", ["KE"]),
    ],
)
def test_a_place_of_somebody_else_or_of_before_is_not_where_it_is_used(read, text, countries):
    assert read(text).said("country") == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("My new deputy arrives from Lagos on Friday. I'm in Accra, may I have Bolt?", ["GH"]),
        ("can I run Kaspersky on a work laptop back in Canberra", ["AU"]),
        ("hang on, they've switched it to Lusaka", ["ZM"]),
        ("based in Muscat", ["OM"]),
        ("Here in Perth. Not planning to go to China or anywhere.", ["AU"]),
        ("Kimi and Qwen, own phone, Suva", ["FJ"]),
        ("is DJI fine on a work tablet", []),
        ("why is capcut a no on a work laptop", []),
    ],
)
def test_the_place_of_the_enquiry_is_held(read, text, countries):
    assert read(text).said("country") == countries


def test_another_persons_device_is_not_handed_on(read):
    heard = read("My wife is a diplomat. Is she allowed KakaoTalk on her work phone? I've got it on mine.")
    assert heard.said("device") == ["work-phone"]
    assert heard.said("device", "other") == []


def test_a_question_with_an_aside_is_still_a_question(read):
    assert read("spotify on my work laptop, the bloke next to me has it all day").intent == "may_i"
    assert read("my landlady is on Viber, doesn't matter to me").intent == "mention"


@pytest.mark.parametrize(
    ("text", "dimension", "how"),
    [
        (
            "posted Port Moresby, but I'm on leave in Bali just now: Gojek on my own phone?",
            "country",
            "inferred",
        ),
        ("I'd have WeChat for family. Is Signal all right on my own phone?", "app", "inferred"),
        ("WhatsApp on my own phone in Fiji and in Samoa", "country", "exact"),
        ("Jakarta, then Dili: WhatsApp on my work phone", "country", "exact"),
        ("WeChat on the work phone, DiDi on my own", "device", "exact"),
        ("is Signal ok? and Telegram?", "app", "exact"),
        ("which of Signal or Viber is better", "app", "exact"),
    ],
)
def test_several_that_nothing_joins_are_guesses_and_joined_ones_are_not(read, text, dimension, how):
    named = [e for e in read(text).entities if e["entity"] == dimension and e["stance"] == "asserted"]
    assert len({e["value"] for e in named}) == 2
    assert {e["how"] for e in named} == {how}


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("Private, 3RAR, insta on my own phone?", ["defence-member"]),
        ("Strava on my own phone at Wagga - recruit", ["defence-member"]),
        ("proton mail for a private account on my own phone", []),
        ("We have a major problem with Teams", []),
        ("DJI Fly on an issued tablet, army survey, Darwin?", ["defence-member"]),
        ("Opera browser, work laptop, Home Affairs Sydney. Allowed?", ["other-official"]),
        ("a report on the Chinese navy, can I use Zoom", []),
        ("passport officer, locally hired, in London. WhatsApp on my work phone?", ["locally-engaged-staff"]),
        ("spouse of a diplomat, Beijing, wechat on my own phone", []),
        ("Senator's media adviser, TikTok on the work phone?", ["parliamentary-staff"]),
    ],
)
def test_a_role_that_stands_among_bare_details_is_the_askers(read, text, roles):
    assert read(text).said("role") == roles


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("EA to the minister. He would like to know whether he may use Signal.", "minister"),
        ("Malabo: may a diplomat hold Telegram on a work phone?", "diplomat"),
        ("I run a minister's office. He wants Otter on the work tablet", "minister"),
    ],
)
def test_whom_it_may_be_about_is_a_guess(read, text, role):
    found = [e for e in read(text).entities if e["entity"] == "role" and e["stance"] == "asserted"]
    assert [(e["value"], e["how"]) for e in found] == [(role, "inferred")]


def test_a_name_added_to_is_no_slip_for_its_neighbour(read):
    heard = read("can i have WeChatly on my work phone")
    assert heard.said("app") == []
    assert heard.one("unknown_app")["value"] == "WeChatly"


def test_letters_around_an_article_are_no_app(read):
    assert read("Strava on my own phone draws the trip on a map, ok?").said("app") == ["strava"]
