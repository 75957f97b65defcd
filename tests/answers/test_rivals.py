"""A permission stands for every reading of what was named, or it is asked which one is meant."""

import pytest

from tests.answers.talking import first_line, held, ruled, said

OWN_PHONE = {"role": "diplomat", "device": "personal-phone"}


@pytest.mark.parametrize("stance", ["other", "aside"])
def test_a_place_that_may_be_somebody_elses_is_asked_about_where_it_is_stricter_there(talk, stance):
    asked = talk("may_i", said("country", "JP"), said("country", "FJ", stance), **OWN_PHONE, app="line")

    assert asked.payload["kind"] == "question"
    assert asked.payload["ruling"] is None
    assert asked.payload["question"]["dimension"] == "country"
    assert asked.payload["question"]["options"] == ["JP", "FJ"]
    assert first_line(asked) == (
        "The answer differs between what you named. Which one is it about: Japan or Fiji?"
    )
    assert held(asked) == {**OWN_PHONE, "country": "JP", "app": "line"}

    assert ruled(talk("inform", country="JP")) == ("conditional", None, ["dee-local-messaging-own"])


def test_the_other_one_may_be_meant(talk):
    talk("may_i", said("country", "JP"), said("country", "FJ", "other"), **OWN_PHONE, app="line")

    assert ruled(talk("inform", country="FJ"))[0] != "conditional"


def test_nothing_is_asked_where_the_other_reading_is_no_stricter(talk):
    answer = talk("may_i", said("country", "JP"), said("country", "CN", "other"), **OWN_PHONE, app="signal")

    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_nothing_is_asked_where_it_is_ruled_out_anyway(talk):
    answer = talk(
        "may_i", said("device", "work-phone"), said("device", "personal-phone", "other"), app="tiktok"
    )

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])


def test_what_was_denied_is_no_rival(talk):
    answer = talk("may_i", said("country", "JP"), said("country", "FJ", "negated"), **OWN_PHONE, app="line")

    assert ruled(answer) == ("conditional", None, ["dee-local-messaging-own"])


def test_the_same_thing_named_more_broadly_is_no_rival(talk):
    answer = talk(
        "may_i", said("country", "JP"), said("country", "east-asia", "other"), **OWN_PHONE, app="line"
    )

    assert ruled(answer) == ("conditional", None, ["dee-local-messaging-own"])


def test_a_role_that_may_be_somebody_elses_is_asked_about(talk):
    asked = talk(
        "may_i",
        said("role", "diplomat"),
        said("role", "defence-member", "other"),
        device="personal-phone",
        country="CN",
        app="wechat",
    )

    assert asked.payload["question"]["dimension"] == "role"
    assert asked.payload["question"]["options"] == ["diplomat", "defence-member"]


def test_a_rival_of_an_earlier_message_is_forgotten_once_the_detail_is_said_again(talk):
    talk("may_i", said("country", "JP"), said("country", "FJ", "other"), **OWN_PHONE, app="line")
    talk("inform", country="JP")

    assert ruled(talk("may_i", app="signal")) == ("allowed", None, ["dee-signal"])
