"""What was guessed is confirmed before anything permissive is said; what is not understood is asked again."""

from cases import log
from tests.answers.talking import cue, first_line, fuzzy, held, inferred, pointing, ruled, said


def test_a_fuzzy_app_is_confirmed_before_anything_permissive_is_said(talk):
    asked = talk(
        "may_i", fuzzy("app", "wechat", "wechatt"), role="diplomat", device="personal-phone", country="CN"
    )

    assert asked.payload["kind"] == "question"
    assert asked.payload["question"] == {"dimension": "app", "options": ["wechat"], "complete": False}
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


def test_right_but_is_no_yes_to_a_guess(talk):
    details = {"role": "diplomat", "device": "personal-phone", "app": "line"}
    talk("may_i", inferred("country", "KR", "Korea"), **details)
    answer = talk("mention", text="Right, but I'm only asking for now")
    agreed = talk("mention", text="right, that one")

    assert answer.payload["ruling"] is None
    assert ruled(agreed) == ("conditional", None, ["dee-local-messaging-own"])


def test_an_inferred_detail_that_changes_nothing_is_not_asked_about(talk):
    answer = talk(
        "may_i", inferred("country", "KR", "Korea"), role="diplomat", device="personal-phone", app="signal"
    )

    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_alternatives_and_lists_confirm_a_guess_first(talk):
    asked = talk(
        "list_apps", inferred("role", "diplomat", "my ambassador"), device="personal-phone", country="JP"
    )

    assert asked.payload["kind"] == "question"

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

    assert asked.payload["kind"] == "question"
    assert asked.payload["ruling"] is None


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


# On behalf of somebody


def test_a_role_that_is_said_of_somebody_else_needs_no_confirming(talk):
    answer = talk(
        "may_i",
        cue("on_behalf"),
        inferred("role", "diplomat", "a diplomat"),
        app="signal",
        device="work-phone",
    )

    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_a_role_that_only_follows_from_the_words_is_confirmed(talk):
    asked = talk(
        "may_i",
        cue("on_behalf"),
        inferred("role", "diplomat", "my ambassador"),
        app="signal",
        device="work-phone",
    )

    assert first_line(asked) == "Is it for a diplomat?"
    assert ruled(talk("affirm")) == ("allowed", None, ["dee-signal"])


def test_her_phone_is_the_phone_of_whom_it_is_asked_for(talk):
    talk("may_i", cue("on_behalf"), inferred("role", "diplomat", "my diplomat"), app="signal")
    reply = talk("inform", said("device", "work-phone", "other"), said("country", "JP", "other"))

    assert held(reply) == {"role": "diplomat", "device": "work-phone", "country": "JP", "app": "signal"}


def test_an_answer_to_the_question_about_the_device_is_no_guess(talk):
    asked = talk("may_i", role="diplomat", country="CN", app="wechat")

    assert asked.payload["question"]["dimension"] == "device"
    option = next(o for o in asked.payload["question"]["options"] if o.startswith("personal"))
    answer = talk("inform", inferred("device", option, "my own one"))

    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])


def test_an_answer_that_sounds_like_a_dispute_is_an_answer(talk):
    asked = talk("may_i", role="diplomat", country="CN", app="wechat")
    assert asked.payload["question"]["dimension"] == "device"

    answer = talk("dispute", said("device", "work-phone", "negated"), device="personal-phone")

    assert ruled(answer) == ("conditional", None, ["dee-wechat-china-own"])


APART = (inferred("country", "JP", "Tokyo"), inferred("country", "CN", "Beijing"))


def test_which_of_several_is_meant_is_asked_before_anything_permissive_is_said(talk):
    asked = talk("may_i", *APART, role="diplomat", device="personal-phone", app="line")

    assert asked.payload["kind"] == "question"
    assert asked.payload["question"]["options"] == ["JP", "CN"]
    assert asked.payload["ruling"] is None
    assert "say “all of them”" in first_line(asked)
    assert "I read" not in asked.text

    assert ruled(talk("inform", country="JP")) == ("conditional", None, ["dee-local-messaging-own"])


def test_all_of_several_that_were_asked_about_are_answered(talk):
    talk("may_i", *APART, role="diplomat", device="personal-phone", app="line")
    answer = talk("inform", pointing("all"))

    assert answer.payload["kind"] == "list"
    assert [entry["context"]["country"] for entry in answer.payload["rulings"]] == ["JP", "CN"]
    assert "unconfirmed" not in answer.payload


def test_what_may_be_used_instead_of_a_guessed_app_is_not_told_before_the_guess_is_confirmed(talk):
    asked = talk(
        "alternatives",
        fuzzy("app", "category:fitness-location", "fitnes app"),
        role="dfat-official",
        device="personal-device",
    )

    assert asked.payload["kind"] == "question"
    assert asked.payload["question"]["options"] == ["category:fitness-location"]
    assert [b["value"] for b in asked.buttons] == ["/affirm", "/deny"]
