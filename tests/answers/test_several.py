"""Words that point back, several things at once, broader and unknown ones."""

import pytest

from tests.answers.talking import Talk, cue, held, pointing, ruled, said, stranger

DIPLOMAT_IN_CHINA = {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def at_post(talk: Talk) -> Talk:
    talk("may_i", **DIPLOMAT_IN_CHINA)
    return talk


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


@pytest.mark.parametrize(("word", "app"), [("first", "line"), ("second", "wechat"), ("last", "wechat")])
def test_of_two_apps_one_is_picked_though_a_device_is_asked_for(talk, word, app):
    asked = talk("may_i", role="diplomat", country="JP", app=["line", "wechat"])
    assert asked.payload["question"]["dimension"] == "device"
    answer = talk("inform", pointing(word), text=f"the {word} one")

    assert held(answer)["app"] == app
    assert held(answer).get("device") is None


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


# Several at once


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


def test_work_and_personal_phone_said_in_three_words_are_two_devices(talk):
    reply = talk(
        "may_i",
        role="diplomat",
        country="CN",
        app="wechat",
        device=["work-device", "personal-device", "phone"],
    )

    assert held(reply)["device"] == ["work-phone", "personal-phone"]


def test_the_first_one_of_two_apps_is_not_the_first_of_many_roles(talk):
    asked = talk("may_i", device="work-phone", country="CN", app=["wechat", "whatsapp"])

    assert asked.payload["question"]["dimension"] == "role"
    assert held(talk("inform", pointing("first")))["app"] == "wechat"


def test_what_about_an_app_after_a_list_asks_about_that_app(talk):
    talk("list_apps", role="diplomat", country="JP")
    reply = talk("inform", app="line")

    assert reply.payload["kind"] == "question"
    assert reply.payload["question"]["dimension"] == "device"


def test_a_kind_of_apps_after_a_list_narrows_the_list(talk):
    talk("list_apps", role="diplomat", device="personal-phone", country="JP")
    reply = talk("inform", app="category:messaging")

    assert reply.payload["kind"] == "list"
    assert "Signal" in reply.text
