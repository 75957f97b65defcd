"""What a few words mean after what was said."""

import pytest

from tests.answers.talking import Talk, cue, held, pointing, said, shared


@pytest.fixture
def at_post(talk: Talk) -> Talk:
    talk("may_i", role="diplomat", device="personal-phone", country="CN", app="wechat")
    return talk


def test_both_phones_are_the_two_that_were_named_before(talk):
    talk("may_i", app="signal", device=["work-phone", "personal-phone"])
    answer = talk("may_i", said("device", "phone", words="phones"), pointing("both", "device"), app="line")

    assert held(answer) == {"app": "line", "device": ["work-phone", "personal-phone"]}


def test_which_of_several_is_meant_is_told_by_where_it_is_from(talk):
    asked = talk("may_i", shared("chat", "wechat", "line"))
    answer = talk("inform", text="the made in China one")

    assert asked.payload["question"] == {
        "dimension": "app",
        "options": ["wechat", "line"],
        "complete": False,
    }
    assert held(answer) == {"app": "wechat"}


def test_one_of_the_choices_by_name_settles_it_whatever_else_it_is_called(talk):
    talk("may_i", shared("chat", "wechat", "line"))
    answer = talk("inform", shared("messenger", "signal", "whatsapp"), app="line", text="the LINE messenger")

    assert held(answer) == {"app": "line"}


def test_what_a_choice_is_set_against_does_not_choose(talk):
    talk("may_i", shared("chat", "wechat", "line"))
    answer = talk("inform", text="mine, not the line one")

    assert held(answer) == {}


def test_a_bare_word_picks_one_of_several_that_are_supposed(at_post):
    at_post("what_if", device=["personal-laptop", "work-laptop"], text="what if it were laptops?")
    answer = at_post("inform", said("device", "work-device", words="work one"), text="just the work one")

    assert held(answer)["device"] == "work-laptop"
    assert held(at_post("may_i", app="line", text="LINE on it?"))["device"] == "work-laptop"


def test_she_is_the_senator_to_whoever_works_for_one_which_is_a_guess(talk):
    talk("may_i", said("role", "official", words="work for a senator"), app="line", device="work-phone")
    answer = talk("may_i", cue("on_behalf"), text="can she use it too?")

    assert held(answer) == {"role": "senator", "app": "line", "device": "work-phone"}
    assert answer.payload["unconfirmed"] == ["role"]


def test_back_to_where_one_is_ends_a_what_if(at_post):
    supposed = at_post("what_if", country="JP", text="what if I were in Japan?")
    answer = at_post("conditions", country="CN", text="ok, back to China: what are the conditions?")
    after = at_post("may_i", app="whatsapp", text="and WhatsApp?")

    assert held(supposed)["country"] == "JP"
    assert answer.payload["kind"] == "conditions"
    assert held(answer)["country"] == "CN"
    assert held(after)["country"] == "CN"


def test_the_last_one_is_of_the_places_where_one_of_them_is_taken_back(talk):
    talk("may_i", app="whatsapp", device="work-phone", country=["CN", "JP"])
    answer = talk(
        "correct",
        pointing("last"),
        said("country", "CN", "negated"),
        text="just the last one, the China trip got cancelled",
    )

    assert held(answer) == {"app": "whatsapp", "device": "work-phone", "country": "JP"}


def test_where_one_goes_amid_an_enquiry_is_a_detail_and_a_briefing_only_by_that_word(talk):
    talk("may_i", app="strava", device="personal-phone")
    detail = talk("brief", country="FJ", text="deploying to Fiji")
    briefing = talk("brief", country="JP", text="brief me on Japan")

    assert detail.payload["kind"] != "briefing"
    assert held(detail) == {"app": "strava", "device": "personal-phone", "country": "FJ"}
    assert briefing.payload["kind"] == "briefing"
