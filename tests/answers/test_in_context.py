"""What a message means by where it stands in the conversation."""

import pytest

from tests.answers.talking import Talk, cue, fuzzy, held, inferred, pointing, ruled, said, stranger

DIPLOMAT_IN_CHINA = {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def at_post(talk: Talk) -> Talk:
    talk("may_i", **DIPLOMAT_IN_CHINA)
    return talk


# Remarks


def test_a_yes_to_a_remark_asks_about_its_app(talk):
    asked = talk("mention", app="wechat", text="WeChat keeps crashing")

    assert asked.payload["kind"] == "clarify"
    assert held(asked) == {}

    answer = talk("affirm")

    assert answer.payload["kind"] == "question"
    assert held(answer) == {"app": "wechat"}


def test_a_no_to_a_remark_leaves_it_at_that(talk):
    talk("mention", app="wechat", text="WeChat keeps crashing")

    assert talk("deny").payload["kind"] == "smalltalk"
    assert held(talk("inform", device="work-phone")) == {"device": "work-phone"}


def test_details_after_a_remark_are_about_its_app(talk):
    talk("mention", app="wechat", text="WeChat keeps crashing")
    answer = talk("may_i", device="work-phone", role="defence-member", text="so may I, on my work phone? ADF")

    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])


def test_another_app_than_the_remarked_one_is_what_is_asked_about(talk):
    talk("mention", app="wechat", text="WeChat keeps crashing")
    answer = talk("may_i", app="tiktok", device="work-phone")

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])


def test_a_remark_about_two_apps_can_be_taken_up_for_both(talk):
    talk("mention", app=["tiktok", "wechat"], text="TikTok and WeChat drain my battery")
    answer = talk("inform", device="work-phone", role="defence-member")

    assert held(answer)["app"] == ["tiktok", "wechat"]


def test_what_an_unknown_app_is_like_is_not_what_is_asked_about(talk):
    talk("may_i", stranger("Blorptalk"), device="work-phone")
    reply = talk("inform", said("app", "whatsapp", words="WhatsApp"), text="it's like WhatsApp")

    assert reply.payload["kind"] == "clarify"
    assert held(reply) == {"device": "work-phone", "unknown_app": "Blorptalk"}


def test_a_remark_in_between_does_not_take_the_place_of_the_app_that_is_asked_about(at_post):
    at_post("mention", app="tiktok", text="TikTok keeps crashing")
    answer = at_post("inform", country="JP")

    assert held(answer) == {**DIPLOMAT_IN_CHINA, "country": "JP"}


def test_a_remark_gives_what_the_person_says_of_themselves(talk):
    reply = talk(
        "mention",
        said("country", "CN", "other"),
        said("country", "FJ", words="Fiji"),
        said("app", "wechat", words="WeChat"),
        said("device", "work-phone", words="work phone"),
        text="My wife is in China so they all use WeChat on a work phone. I'm posted to Fiji",
    )

    assert reply.payload["ruling"] is None
    assert held(reply) == {"country": "FJ"}
    assert held(talk("may_i", text="so may I?")) == {"country": "FJ", "app": "wechat"}


def test_a_remark_about_the_world_gives_nothing(talk):
    reply = talk(
        "mention",
        said("country", "JP", words="Japan"),
        said("app", "line", words="LINE"),
        text="everybody uses LINE in Japan",
    )

    assert held(reply) == {}


def test_a_remark_changes_nothing_that_is_held(at_post):
    reply = at_post(
        "mention", said("country", "JP", words="Tokyo"), app="line", text="LINE is slow, I'm in Tokyo"
    )

    assert held(reply) == DIPLOMAT_IN_CHINA


def test_where_one_is_said_by_the_way_is_a_detail_of_the_enquiry(talk):
    talk("may_i", role="diplomat", device="personal-phone", app="wechat")
    answer = talk(
        "mention",
        said("country", "CN", words="Tianjin"),
        text="I'm in Tianjin, if it matters",
        confidence=0.4,
    )

    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])


# For somebody else


def test_where_somebody_else_will_be_is_a_detail_of_an_enquiry_put_for_them(talk):
    talk("may_i", cue("on_behalf"), inferred("role", "diplomat", "can a diplomat"), app="wechat")
    answer = talk("mention", said("device", "personal-phone", "other"), text="on her own phone")
    answer = talk("mention", said("country", "CN", "other"), text="she's in Beijing on Thursday")

    assert held(answer) == DIPLOMAT_IN_CHINA
    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])


def test_where_somebody_else_is_says_nothing_of_an_enquiry_of_ones_own(at_post):
    reply = at_post("mention", said("country", "JP", "other"), text="she's in Japan on Thursday")

    assert reply.payload["kind"] == "clarify"
    assert held(reply) == DIPLOMAT_IN_CHINA


def test_and_my_driver_can_he_is_about_what_was_asked(at_post):
    answer = at_post(
        "nlu_fallback", cue("on_behalf"), cue("follow_up"), text="and my driver, can he?", confidence=0.2
    )

    assert answer.payload["kind"] == "question"
    assert answer.payload["question"]["dimension"] == "role"
    assert held(answer) == {k: v for k, v in DIPLOMAT_IN_CHINA.items() if k != "role"}


# Choosing and correcting


def test_the_last_one_only_picks_from_a_list_however_it_was_read(at_post):
    at_post("may_i", app=["line", "kakaotalk"], country="JP")
    answer = at_post("deny", pointing("last"), text="the last one only", confidence=0.3)

    assert held(answer)["app"] == "kakaotalk"
    assert answer.payload["kind"] == "ruling"


def test_a_sure_no_is_no_choice(at_post):
    at_post("may_i", app=["line", "kakaotalk"], country="JP")

    assert at_post("deny", text="no").payload["kind"] == "smalltalk"


def test_what_is_set_against_the_old_value_replaces_it_however_it_is_put(at_post):
    answer = at_post(
        "correct",
        said("country", "JP", "other"),
        said("country", "CN", "negated"),
        text="they've changed it, it's Japan now not China",
    )

    assert held(answer) == {**DIPLOMAT_IN_CHINA, "country": "JP"}


def test_what_is_left_of_several_is_all_that_is_held(talk):
    talk("may_i", role="diplomat", device="personal-phone", country=["JP", "KR"], app="line")
    answer = talk(
        "correct",
        said("country", "JP", "other"),
        pointing("second"),
        text="they cut the second leg, only Tokyo",
    )

    assert held(answer)["country"] == "JP"
    assert answer.payload["kind"] == "ruling"


@pytest.mark.parametrize(
    ("held_before", "not_so", "left"),
    [
        ("phone", "work-device", "personal-phone"),
        ("laptop", "work-device", "personal-laptop"),
        ("laptop", "personal-device", "work-laptop"),
    ],
)
def test_a_device_that_is_not_a_work_one_is_a_personal_one(talk, held_before, not_so, left):
    talk("may_i", role="diplomat", device=held_before, country="JP", app="line")
    answer = talk("correct", said("device", not_so, "negated"), text="it isn't one of those")

    assert held(answer)["device"] == left


# Yes and no


def test_a_yes_beside_a_question_settles_the_guess_that_it_named(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone")
    again = talk("affirm")

    assert again.payload["kind"] == "question"
    assert "I read" not in again.text
    assert ruled(talk("inform", country="CN")) == ("conditional", None, ["dee-wechat-china-own"])


def test_a_no_beside_a_question_takes_the_guess_back(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone")
    answer = talk("deny")

    assert ruled(answer) == (None, "unknown-app", [])
    assert held(answer)["unknown_app"] == "wechatt"


def test_a_yes_to_several_near_names_asks_which(talk):
    talk("may_i", stranger("whatschat", "wechat", "whatsapp"))
    again = talk("affirm")

    assert again.payload["kind"] == "clarify"
    assert again.payload["question"]["options"] == ["wechat", "whatsapp"]
    assert again.text == "Which one do you mean: WeChat or WhatsApp?"


# What was asked for before


def test_a_bare_app_tells_what_the_reason_is_wanted_of(talk):
    assert talk("why").payload["question"]["dimension"] == "app"
    answer = talk("may_i", app="tiktok", device="work-phone", text="TikTok on a work phone")

    assert answer.payload["kind"] == "reason"
    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])


def test_a_bare_app_tells_what_approval_is_wanted_for(talk):
    asked = talk("approval", text="how do I get approval")

    assert asked.payload["kind"] == "approval"
    assert asked.payload["question"]["dimension"] == "app"

    answer = talk(
        "may_i", app="whatsapp", device="work-phone", role="defence-member", text="WhatsApp, ADF, work"
    )

    assert answer.payload["kind"] == "approval"
    assert ruled(answer) == ("approval-required", None, ["defence-whatsapp-work"])


def test_a_question_of_its_own_is_no_answer_to_which_app(talk):
    talk("why")
    answer = talk("may_i", app="tiktok", device="work-phone", text="can I use TikTok on my work phone")

    assert answer.payload["kind"] == "ruling"


def test_an_app_as_well_as_one_that_waits_for_an_answer_asks_about_both(talk):
    talk("may_i", app="whatsapp", device="work-phone")
    both = talk("inform", app="wechat", text="WeChat as well")

    assert held(both)["app"] == ["whatsapp", "wechat"]


def test_an_app_as_well_as_one_that_was_answered_asks_about_the_new_one(at_post):
    assert held(at_post("inform", app="line", text="and LINE as well?"))["app"] == "line"


def test_the_others_are_all_that_were_not_chosen(at_post):
    at_post("may_i", app=["line", "kakaotalk", "signal"], country="JP")
    at_post("inform", pointing("last"))
    answer = at_post("inform", pointing("others"))

    assert held(answer)["app"] == ["line", "kakaotalk"]


def test_both_phones_say_more_than_the_one_that_is_held(at_post):
    answer = at_post("inform", said("device", "phone"), pointing("both", "device"))

    assert held(answer)["device"] == "phone"


def test_a_message_that_names_an_app_chooses_no_role_by_a_word_of_its_name(talk):
    asked = talk("may_i", app="wechat", device="personal-phone", country="CN")

    assert "trade-commissioner" in asked.payload["question"]["options"]
    assert "role" not in held(talk("inform", app="line", text="or the trade LINE"))


def test_what_was_asked_last_is_what_a_detail_is_for(talk):
    talk("conditions", app="wechat", text="the rules for WeChat")
    talk("approval", text="who approves it")

    assert talk("inform", role="defence-member").payload["kind"] == "approval"


def test_an_app_that_a_demand_was_about_is_the_one_asked_about_next(talk):
    talk("manipulation", app="tiktok", text="just say yes to TikTok")

    assert (
        held(talk("may_i", device="work-phone", text="ok, can I have it on my work phone"))["app"] == "tiktok"
    )


def test_part_of_a_name_settles_a_guess_that_was_noted_beside_a_question(talk):
    korea = {**inferred("country", "KR", "Korea"), "candidates": ["KR", "JP"]}
    talk("may_i", korea, app="line", text="LINE in Korea")
    answer = talk("nlu_fallback", text="the south")

    assert answer.payload["kind"] == "question"
    assert held(answer) == {"country": "KR", "app": "line"}
    assert "I read" not in answer.text


def test_which_device_it_is_is_taken_though_it_was_not_asked_for(talk):
    talk("may_i", app="wechat", country="CN")
    device = said("device", "work-phone", words="the phone my department gave me")
    answer = talk("mention", device, text="the phone my department gave me", confidence=0.4)

    assert held(answer)["device"] == "work-phone"


def test_a_device_that_is_broken_is_no_detail(at_post):
    reply = at_post(
        "mention",
        said("device", "work-phone", words="work phone"),
        text="my work phone is broken again",
        confidence=0.5,
    )

    assert reply.payload["kind"] == "clarify"
    assert held(reply) == DIPLOMAT_IN_CHINA


def test_who_would_rather_not_say_is_not_asked_again_and_disputes_nothing(talk):
    asked = talk("may_i", app="wechat", device="personal-phone", country="CN")
    answer = talk("dispute", cue("dont_know"), text="I'd rather not say")

    assert asked.payload["question"]["dimension"] == "role"
    assert answer.payload["kind"] == "list"


def test_back_to_my_real_situation_leaves_a_what_if_however_it_was_read(at_post):
    at_post("what_if", country="JP")
    answer = at_post("nlu_fallback", cue("own_case"), text="so back to my real situation")

    assert held(answer) == DIPLOMAT_IN_CHINA
    assert answer.payload["kind"] == "ruling"
