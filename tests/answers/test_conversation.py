"""Holding a conversation: what is kept, replaced, supposed, forgotten, confirmed and pointed back at."""

import pytest

from cases import log
from tests.answers.talking import (
    Talk,
    cue,
    first_line,
    fuzzy,
    held,
    inferred,
    pointing,
    ruled,
    said,
    stranger,
)

DIPLOMAT_IN_CHINA = {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def at_post(talk: Talk) -> Talk:
    talk("may_i", **DIPLOMAT_IN_CHINA)
    return talk


# What is held


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


# Guesses


def test_a_fuzzy_app_is_confirmed_before_anything_permissive_is_said(talk):
    asked = talk(
        "may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone", country="CN"
    )

    assert asked.payload["kind"] == "clarify"
    assert asked.payload["ruling"] is None
    assert asked.payload["unconfirmed"] == ["app"]
    assert first_line(asked) == "Did you mean WeChat?"
    assert [b["value"] for b in asked.buttons] == ["/affirm", "/deny"]

    answer = talk("affirm")

    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])
    assert "unconfirmed" not in answer.payload


def test_a_fuzzy_app_that_is_ruled_out_is_answered_at_once_with_what_was_assumed(talk):
    answer = talk("may_i", fuzzy("app", "tiktok", "tiktock"), device="work-phone")

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])
    assert "I read “tiktock” as TikTok." in answer.text
    assert answer.payload["unconfirmed"] == ["app"]


def test_a_guess_that_is_denied_becomes_an_unknown_app_in_the_persons_words(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone", country="CN")
    answer = talk("deny")

    assert ruled(answer) == (None, "unknown-app", [])
    assert answer.payload["context"]["unknown_app"] == "wechatt"
    assert answer.payload["case"]


def test_a_guess_that_is_denied_with_the_right_name_takes_that(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone", country="JP")
    answer = talk("deny", app="line")

    assert ruled(answer) == ("conditional", None, ["dee-local-messaging-own"])


def test_an_inferred_country_is_confirmed_when_the_answer_hangs_on_it(talk):
    asked = talk(
        "may_i", inferred("country", "KR", "Korea"), role="diplomat", device="personal-phone", app="line"
    )

    assert first_line(asked) == "Did you mean South Korea?"
    assert ruled(talk("affirm")) == ("conditional", None, ["dee-local-messaging-own"])


def test_an_inferred_detail_that_changes_nothing_is_not_asked_about(talk):
    answer = talk(
        "may_i", inferred("country", "KR", "Korea"), role="diplomat", device="personal-phone", app="signal"
    )

    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_alternatives_and_lists_confirm_a_guess_first(talk):
    asked = talk(
        "list_apps", inferred("role", "diplomat", "my ambassador"), device="personal-phone", country="JP"
    )

    assert asked.payload["kind"] == "clarify"

    answer = talk("affirm")

    assert answer.payload["kind"] == "list"
    assert "LINE" in answer.text


def test_another_language_is_answered_in_english_with_what_was_recognised(talk):
    reply = talk("other_language", cue("foreign", language="es"), app="signal", device="work-phone")

    assert reply.payload["kind"] == "clarify"
    assert reply.payload["ruling"] is None
    assert "Signal · work phone" in reply.text

    asked = talk("affirm")

    assert asked.payload["question"]["dimension"] == "role"


# Pointing back


def test_both_means_the_two_that_were_named(talk):
    talk("may_i", role="diplomat", device="personal-phone", country="JP", app="line")
    talk("may_i", app="kakaotalk")
    reply = talk("may_i", pointing("both", "app"))

    assert held(reply)["app"] == ["line", "kakaotalk"]
    assert reply.payload["kind"] == "list"


def test_the_first_one_is_the_first_button(talk):
    asked = talk("may_i", app="wechat", device="work-phone", country="CN")
    answer = talk("inform", pointing("first"))

    assert held(answer)["role"] == asked.payload["question"]["options"][0]


def test_the_first_one_after_a_list_is_the_first_of_the_list(talk):
    talk("may_i", role="diplomat", device="personal-phone", country="JP", app=["line", "wechat"])
    answer = talk("may_i", pointing("first"))

    assert held(answer)["app"] == "line"


def test_the_other_one_is_the_one_that_is_not_held(talk):
    talk("may_i", role="diplomat", device="personal-phone", country="JP", app="line")
    talk("may_i", app="signal")
    answer = talk("may_i", pointing("other", "app"))

    assert held(answer)["app"] == "line"


def test_there_keeps_the_country_that_is_held(at_post):
    assert held(at_post("may_i", pointing("there", "country"), app="signal"))["country"] == "CN"


def test_the_work_one_after_my_phone_is_the_work_phone(talk):
    talk("may_i", role="diplomat", country="CN", app="wechat", device="phone")
    reply = talk("inform", said("device", "work-device", words="the work one"))

    assert held(reply)["device"] == "work-phone"


def test_my_own_one_instead_of_the_work_phone_is_the_personal_phone(talk):
    talk("may_i", role="diplomat", country="CN", app="wechat", device="work-phone")
    reply = talk(
        "inform",
        said("device", "work-phone", "negated"),
        said("device", "personal-device", words="my own one"),
    )

    assert held(reply)["device"] == "personal-phone"


# Several at once, broader ones, unknown ones


def test_two_apps_are_two_rulings_each_with_its_own_receipt(talk):
    reply = talk("may_i", role="diplomat", device="personal-phone", country="CN", app=["wechat", "signal"])

    assert reply.payload["kind"] == "list"
    assert reply.payload["ruling"] is None
    assert held(reply)["app"] == ["wechat", "signal"]
    entries = reply.payload["rulings"]
    assert [e["context"]["app"] for e in entries] == ["wechat", "signal"]
    assert [e["ruling"]["effect"] for e in entries] == ["conditional", "allowed"]
    assert len({e["receipt"] for e in entries}) == 2


def test_a_broader_device_that_agrees_is_one_ruling(talk):
    answer = talk("may_i", role="diplomat", device="phone", country="JP", app="signal")

    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_a_broader_device_that_does_not_agree_is_a_short_table(talk):
    reply = talk("may_i", role="diplomat", device="phone", country="CN", app="wechat")

    assert reply.payload["kind"] == "list"
    assert {e["ruling"]["effect"] for e in reply.payload["rulings"]} == {"approval-required", "conditional"}


def test_a_known_and_an_unknown_app_are_answered_together(talk):
    reply = talk("may_i", stranger("Blorply"), role="diplomat", device="work-phone", app="signal")

    assert reply.payload["kind"] == "list"
    assert reply.payload["context"]["app"] == "signal"
    assert reply.payload["context"]["unknown_app"] == "Blorply"
    unclear = {e["context"].get("unknown_app"): e["ruling"]["unclear"] for e in reply.payload["rulings"]}
    assert unclear == {"Blorply": "unknown-app", None: None}


def test_a_person_who_cannot_say_gets_a_table(talk):
    talk("may_i", role="diplomat", country="CN", app="wechat")
    reply = talk("inform", cue("dont_know"))

    assert reply.payload["kind"] == "list"
    assert "device" not in held(reply)
    assert {e["ruling"]["effect"] for e in reply.payload["rulings"]} == {"approval-required", "conditional"}


# What is not understood, and mentions


def test_two_misunderstandings_in_a_row_show_the_form_and_log_a_case(talk, database):
    first = talk("nlu_fallback", text="blub")
    second = talk("nlu_fallback", text="blub blub, call me on 0412 345 678, Anna Karenina")

    assert (first.payload["kind"], first.payload["case"]) == ("clarify", None)
    assert "/check" in second.text
    with database.reading() as session:
        case = log.find(session, second.payload["case"])
        met = log.occurrences(session, second.payload["case"])
    assert case is not None
    assert case.unclear == "not-understood"
    assert met[0].text is not None
    assert "0412" not in met[0].text
    assert "Karenina" not in met[0].text


def test_understanding_something_in_between_starts_the_count_again(talk):
    talk("nlu_fallback", text="blub")
    talk("greet")

    assert talk("nlu_fallback", text="blub").payload["case"] is None


def test_a_mention_gets_no_ruling_and_is_not_held(talk):
    reply = talk("mention", app="wechat", text="WeChat keeps crashing")

    assert reply.payload["kind"] == "clarify"
    assert reply.payload["ruling"] is None
    assert held(reply) == {}
    assert reply.buttons[0]["title"] == "May I use WeChat?"

    asked = talk.press(reply, "May I use WeChat?")

    assert asked.payload["kind"] == "question"
    assert held(asked) == {"app": "wechat"}


def test_a_bare_detail_after_a_question_answers_it_however_it_was_read(talk):
    talk("may_i", app="wechat", device="work-phone", country="CN")

    assert ruled(talk("mention", role="defence-official")) == ("prohibited", None, ["defence-wechat-work"])


def test_an_answer_that_is_not_understood_leaves_the_question_open(talk):
    talk("may_i", app="wechat", device="work-phone", country="CN")
    again = talk("nlu_fallback", text="blub")

    assert again.payload["kind"] == "clarify"
    assert again.payload["question"]["dimension"] == "role"
    assert ruled(talk("inform", role="defence-official"))[0] == "prohibited"


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


def test_why_to_a_question_does_not_change_what_the_answer_is_for(talk):
    talk("may_i", app="wechat", device="work-phone", country="CN")
    why = talk("why")

    assert why.payload["kind"] == "reason"
    assert why.payload["question"]["dimension"] == "role"

    answer = talk("inform", role="defence-member")

    assert answer.payload["kind"] == "ruling"
    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])


def test_a_no_to_what_was_assumed_in_a_prohibition_takes_it_back(talk):
    talk("may_i", fuzzy("app", "tiktok", "tiktock"), device="work-phone")
    answer = talk("deny")

    assert ruled(answer) == (None, "unknown-app", [])
    assert held(answer) == {"device": "work-phone", "unknown_app": "tiktock"}


def test_a_yes_to_what_was_assumed_settles_it(talk):
    talk("may_i", fuzzy("app", "tiktok", "tiktock"), device="work-phone")
    answer = talk("affirm")

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])
    assert "unconfirmed" not in answer.payload


def test_a_guess_is_asked_about_again_when_the_answer_is_not_understood(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone", country="CN")
    again = talk("nlu_fallback", text="blub")

    assert again.payload["kind"] == "clarify"
    assert "Did you mean WeChat?" in again.text
    assert [b["title"] for b in again.buttons] == ["Yes", "No"]
    assert ruled(talk("affirm")) == ("conditional", None, ["dee-wechat-china-own"])


def test_a_guess_that_is_not_answered_is_still_not_taken(talk):
    talk("may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone")
    asked = talk("inform", country="CN")

    assert asked.payload["kind"] == "clarify"
    assert asked.payload["ruling"] is None


def test_several_rulings_name_what_they_share_once_and_then_what_is_their_own(talk):
    reply = talk("may_i", role="diplomat", device="personal-phone", country="CN", app=["wechat", "signal"])

    lines = reply.text.split("\n")
    assert "personal phone · China · diplomat" in lines
    assert "- WeChat: yes, with conditions" in lines
    assert "- Signal: yes" in lines


def test_the_rest_of_a_broader_app_is_called_other(talk):
    reply = talk("may_i", role="diplomat", device="personal-phone", country="JP", app="category:messaging")

    assert "- WeChat: no guidance, hold off (case C-0001)" in reply.text
    assert "- Signal: yes" in reply.text
