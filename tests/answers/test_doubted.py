"""A message of which it is not sure that it asks anything is asked about before anything is ruled."""

from tests.answers.talking import cue, held, ruled

SEEN = {"role": "defence-member", "device": "work-phone", "country": "CN", "app": "wechat"}


def test_what_may_ask_nothing_gets_a_question_and_no_ruling(talk):
    asked = talk("may_i", cue("doubtful"), **SEEN)

    assert asked.payload["kind"] == "question"
    assert asked.payload["ruling"] is None
    assert asked.payload["question"] == {"dimension": "app", "options": ["wechat"], "complete": False}
    assert held(asked) == SEEN
    assert [b["title"] for b in asked.buttons] == ["Yes, answer that", "No"]
    assert "Would you like to know whether that is permitted?" in asked.text


def test_a_yes_has_it_answered(talk):
    talk("may_i", cue("doubtful"), **SEEN)

    assert ruled(talk("affirm")) == ("prohibited", None, ["defence-wechat-work"])


def test_a_no_leaves_it_at_that(talk):
    talk("may_i", cue("doubtful"), **SEEN)

    assert talk("deny").payload["kind"] == "smalltalk"


def test_doubt_about_a_detail_that_was_asked_for_does_not_stand_in_its_way(talk):
    assert talk("may_i", app="wechat", role="defence-member").payload["kind"] == "question"

    answer = talk("inform", cue("doubtful"), device="work-phone", app="wechat")

    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])
