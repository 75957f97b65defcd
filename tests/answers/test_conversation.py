"""Holding a conversation: what is kept, replaced, supposed and forgotten."""

import pytest

from tests.answers.talking import Talk, cue, held, ruled, said

DIPLOMAT_IN_CHINA = {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def at_post(talk: Talk) -> Talk:
    talk("may_i", **DIPLOMAT_IN_CHINA)
    return talk


def test_a_new_app_replaces_the_app_and_keeps_the_rest(at_post):
    answer = at_post("may_i", app="signal")

    assert held(answer) == {**DIPLOMAT_IN_CHINA, "app": "signal"}
    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_small_talk_keeps_what_is_held(at_post):
    for intent in ("greet", "thanks", "help", "goodbye"):
        reply = at_post(intent)

        assert reply.payload["kind"] == "smalltalk"
        assert held(reply) == DIPLOMAT_IN_CHINA
        assert reply.payload["ruling"] is None


def test_start_over_clears(at_post):
    reply = at_post("start_over")

    assert reply.payload["kind"] == "smalltalk"
    assert held(reply) == {}
    assert at_post("why").payload["question"]["dimension"] == "app"


def test_a_correction_replaces_the_old_value(at_post):
    reply = at_post("correct", said("country", "CN", "replaced"), country="KR", app="line")

    assert held(reply) == {**DIPLOMAT_IN_CHINA, "country": "KR", "app": "line"}


def test_a_correction_of_one_of_two_keeps_the_other(talk):
    talk("may_i", role="diplomat", device="personal-phone", country=["CN", "JP"], app="line")
    reply = talk("correct", said("country", "CN", "replaced"), country="KR")

    assert held(reply)["country"] == ["KR", "JP"]


def test_a_detail_that_is_taken_back_is_not_held_any_more(at_post):
    reply = at_post("correct", said("role", "diplomat", "negated"))

    assert "role" not in held(reply)
    assert reply.payload["question"]["dimension"] == "role"


def test_a_detail_is_never_asked_for_twice(talk):
    asked = talk("may_i", app="wechat", role="diplomat")
    dimensions = [asked.payload["question"]["dimension"]]
    answer = talk("inform", device="personal-phone")
    if answer.payload["question"]:
        dimensions.append(answer.payload["question"]["dimension"])
        answer = talk("inform", country="CN")

    assert len(set(dimensions)) == len(dimensions)
    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])


def test_a_detail_given_by_the_way_counts_too(at_post):
    reply = at_post("why", role="defence-official", device="work-phone")

    assert reply.payload["kind"] == "reason"
    assert ruled(reply) == ("prohibited", None, ["defence-wechat-work"])


def test_pressing_a_button_gives_the_detail(talk):
    asked = talk("may_i", app="wechat", device="work-phone", country="CN")
    answer = talk.press(asked, "Defence official")

    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])


def test_why_to_a_question_does_not_change_what_the_answer_is_for(talk):
    talk("may_i", app="wechat", device="work-phone", country="CN")
    why = talk("why")

    assert why.payload["kind"] == "reason"
    assert why.payload["question"]["dimension"] == "role"

    answer = talk("inform", role="defence-member")

    assert answer.payload["kind"] == "ruling"
    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])


# What if


def test_a_what_if_branches_and_the_next_plain_question_goes_back(at_post):
    supposed = at_post("what_if", role="defence-official", device="work-phone")

    assert ruled(supposed) == ("prohibited", None, ["defence-wechat-work"])
    assert "What if:" in supposed.text

    reason = at_post("why")

    assert ruled(reason) == ("prohibited", None, ["defence-wechat-work"])

    back = at_post("may_i", app="signal")

    assert held(back) == {**DIPLOMAT_IN_CHINA, "app": "signal"}


def test_what_leans_on_a_what_if_stays_in_it(at_post):
    at_post("what_if", country="JP")
    reply = at_post("inform", cue("follow_up"), app="line")

    assert held(reply) == {**DIPLOMAT_IN_CHINA, "country": "JP", "app": "line"}
    assert held(at_post("may_i", app="wechat")) == DIPLOMAT_IN_CHINA


def test_each_what_if_starts_from_the_true_facts(at_post):
    at_post("what_if", country="JP")
    reply = at_post("what_if", device="work-phone")

    assert held(reply) == {**DIPLOMAT_IN_CHINA, "device": "work-phone"}


def test_and_what_if_goes_on_from_the_what_if(at_post):
    at_post("what_if", country="JP")
    reply = at_post("what_if", cue("follow_up"), device="work-phone")

    assert held(reply) == {**DIPLOMAT_IN_CHINA, "country": "JP", "device": "work-phone"}


def test_an_answer_to_a_question_within_a_what_if_stays_in_it(talk):
    talk("may_i", app="tiktok", device="work-phone")
    asked = talk("what_if", app="wechat")

    assert asked.payload["kind"] == "question"
    answer = talk("inform", role="defence-member")

    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])
    assert held(talk("may_i", device="work-laptop")) == {"app": "tiktok", "device": "work-laptop"}


def test_a_what_if_with_nothing_before_it_is_what_is_asked(talk):
    talk("what_if", role="diplomat", country="CN", device="personal-phone", app="wechat")
    reply = talk("may_i", app="signal")

    assert held(reply) == {**DIPLOMAT_IN_CHINA, "app": "signal"}


# People who are signed in


def test_a_profile_fills_what_is_missing_and_words_come_first(desk):
    talk = Talk(desk, profile={"role": "diplomat", "country": "CN"})

    answer = talk("may_i", app="wechat", device="personal-phone")
    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])
    assert held(answer) == DIPLOMAT_IN_CHINA
    assert held(talk("inform", country="JP"))["country"] == "JP"
    assert held(talk("start_over")) == {"role": "diplomat", "country": "CN"}


def test_two_conversations_know_nothing_of_each_other(desk):
    Talk(desk, "one")("may_i", **DIPLOMAT_IN_CHINA)

    assert held(Talk(desk, "two")("greet")) == {}


def test_a_greeting_that_is_also_the_name_of_an_app_is_a_greeting(talk):
    reply = talk("greet", said("app", "line", words="Hello"), text="hello there")

    assert reply.payload["kind"] == "smalltalk"
    assert held(reply) == {}


def test_a_greeting_before_a_question_does_not_hide_it(talk):
    answer = talk("greet", said("app", "tiktok", words="TikTok"), text="hi, TikTok?", device="work-phone")

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])
