"""How a reply opens: the ruling first, said of whom it is about, and a question where something is open."""

from tests.answers.talking import cue, inferred, said


def test_what_is_asked_for_somebody_else_is_said_of_them(talk):
    talk("may_i", cue("on_behalf"), inferred("role", "diplomat", "can a diplomat"), app="wechat")
    answer = talk(
        "mention", said("device", "personal-phone", "other"), text="on her own phone in China", country="CN"
    )

    assert answer.text.startswith(
        "Yes, with conditions: they may use WeChat on their personal phone in China"
    )

    talk("inform", device="work-phone", app="tiktok")

    assert talk("why").text.startswith("No: they must not use TikTok on their work phone")


def test_several_rulings_that_say_the_same_say_it_first(talk):
    answer = talk("may_i", role="defence-member", device="work-phone", app=["tiktok", "wechat"])

    assert answer.text.startswith("No, for each of these:")
    assert talk("why").text.startswith("No, for each of these")


def test_several_rulings_that_differ_say_by_what(talk):
    answer = talk("may_i", role="defence-member", device="work-phone", app=["tiktok", "facebook"])

    assert answer.text.startswith("That depends on the app:")


def test_conditions_that_several_share_are_said_once(talk):
    answer = talk("may_i", role="diplomat", device="personal-phone", country="JP", app=["line", "kakaotalk"])

    assert answer.text.count("Daily life only") == 1
    assert "Conditions for LINE and KakaoTalk:" in answer.text


def test_a_list_asks_for_the_detail_it_hangs_on_with_buttons(talk):
    reply = talk("list_apps")

    assert reply.payload["kind"] == "list"
    assert reply.payload["question"]["dimension"] == "role"
    assert {"defence-official", "trade-commissioner"} <= set(reply.payload["question"]["options"])
    assert reply.buttons
    assert "No app is permitted" not in reply.text


def test_a_question_within_a_what_if_says_so(talk):
    talk("may_i", app="tiktok", device="work-phone")
    asked = talk("what_if", app="wechat")

    assert asked.payload["kind"] == "question"
    assert "What if: WeChat" in asked.text
