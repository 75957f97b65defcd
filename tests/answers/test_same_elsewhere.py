"""Whether the answer holds elsewhere, what was cancelled of several, and details that are told in passing."""

import pytest

from tests.answers.talking import Talk, cue, held, pointing, said, shared

AT_HOME = {"role": "diplomat", "device": "personal-phone", "country": "AU", "app": "wechat"}


@pytest.fixture
def ruled_at_home(talk: Talk) -> Talk:
    talk("may_i", **AT_HOME)
    return talk


@pytest.mark.parametrize(
    ("intent", "stance", "text"),
    [
        ("out_of_scope", "asserted", "does it hold in Japan too?"),
        ("out_of_scope", "asserted", "weekend in Japan coming up, does that still go there?"),
        ("out_of_scope", "asserted", "Does anything differ in Japan?"),
        ("changes", "asserted", "would anything change in Japan?"),
        ("inform", "other", "next month were in Japan, same answer?"),
        ("mention", "other", "we sail to Japan after that, any different?"),
        ("nlu_fallback", "asserted", "would the rules be the same in Japan"),
        ("brief", "asserted", "Same in Japan? I cover that too."),
    ],
)
def test_whether_it_holds_elsewhere_asks_for_the_same_there(ruled_at_home, intent, stance, text):
    answer = ruled_at_home(intent, said("country", "JP", stance, words="Japan"), text=text, confidence=0.5)

    assert answer.payload["kind"] in ("ruling", "question", "list")
    assert held(answer) == {**AT_HOME, "country": "JP"}


def test_the_same_on_another_device_is_asked(ruled_at_home):
    answer = ruled_at_home(
        "mention", said("device", "work-phone", words="work phone"), text="fine. same but on the work phone"
    )

    assert answer.payload["kind"] == "ruling"
    assert held(answer)["device"] == "work-phone"


def test_what_has_changed_lately_is_still_news(ruled_at_home):
    answer = ruled_at_home("changes", country="JP", text="has anything changed in Japan lately?")

    assert answer.payload["kind"] == "changes"


@pytest.mark.parametrize(
    "text",
    [
        "Japan's been cut from the program",
        "the Japan leg is off",
        "they've scrapped Japan",
        "we're no longer going to Japan",
        "the stop in Japan has been dropped",
        "Japan fell through",
    ],
)
def test_a_place_of_several_that_was_cancelled_is_taken_away(talk, text):
    talk("may_i", app="wechat", device="work-phone", role="diplomat", country=["CN", "JP"])
    answer = talk("brief", said("country", "JP", words="Japan"), text=text, confidence=0.5)

    assert held(answer)["country"] == "CN"
    assert answer.payload["kind"] == "ruling"


def test_the_other_two_after_one_was_dropped_are_those_that_are_left(talk):
    talk("may_i", app=["line", "wechat", "signal"], device="work-phone", role="diplomat", country="JP")
    answer = talk(
        "mention",
        said("app", "line", "negated"),
        pointing("others"),
        text="drop LINE. The other two",
        confidence=0.5,
    )

    assert held(answer)["app"] == ["wechat", "signal"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("leave the second one", "line"),
        ("forget about the second one", "line"),
        ("why not the second one?", "wechat"),
        ("just the second one", "wechat"),
    ],
)
def test_what_is_left_out_by_a_word_that_points_leaves_the_rest(talk, text, left):
    talk("may_i", app=["line", "wechat"], device="work-phone", role="diplomat", country="JP")
    answer = talk("inform", pointing("second"), text=text)

    assert held(answer)["app"] == left


def test_the_other_one_is_also_what_was_named_and_not_asked_about(talk):
    talk(
        "may_i",
        said("device", "personal-phone", "other", words="my own"),
        said("device", "work-phone", words="work one"),
        app="wechat",
        role="diplomat",
        country="CN",
        text="I can take the work phone or my own. WeChat on the work one?",
    )
    answer = talk("inform", cue("follow_up"), pointing("other"), text="and the other one?")

    assert held(answer)["device"] == "personal-phone"


def test_the_other_one_of_two_is_told_by_what_the_first_was_taken_for(talk):
    talk("may_i", app="wechat", role="diplomat", country="CN", device=["work-phone", "personal-phone"])
    first = talk("inform", said("device", "work-device", words="work one"), text="just the work one for now")
    answer = talk("inform", cue("follow_up"), pointing("other"), text="and the other one?")

    assert held(first)["device"] == "work-phone"
    assert held(answer)["device"] == "personal-phone"


def test_a_remark_that_opens_with_what_one_is_tells_it(talk):
    talk("may_i", app="tiktok")
    answer = talk(
        "out_of_scope",
        said("role", "defence-member", words="army reserve"),
        text="army reserve, i drive a bus the rest of the week",
        confidence=0.75,
    )

    assert held(answer) == {"role": "defence-member", "app": "tiktok"}


@pytest.mark.parametrize(
    "text",
    ["Only ever in Japan, it wouldn't travel.", "just Japan, as I say", "always in Japan - nowhere else"],
)
def test_where_it_will_only_be_used_is_told_in_passing(talk, text):
    talk("may_i", app="tiktok", role="official", device="work-phone")
    answer = talk("mention", said("country", "JP", words="Japan"), text=text, confidence=0.4)

    assert held(answer)["country"] == "JP"


def test_what_it_would_be_used_on_is_told_and_not_supposed(talk):
    talk("may_i", app=["line", "wechat"], role="diplomat", country="CN")
    told = talk("what_if", device="work-phone", text="both would sit on the work phone")
    answer = talk("may_i", app="line", text="just LINE for now")

    assert held(told)["device"] == "work-phone"
    assert held(answer) == {"role": "diplomat", "device": "work-phone", "country": "CN", "app": "line"}


def test_what_tells_no_detail_when_none_was_asked_is_a_remark(ruled_at_home):
    whales = ruled_at_home("inform", text="it's for counting whales, nothing secret about it", confidence=0.4)
    friend = ruled_at_home(
        "inform",
        pointing("all"),
        cue("any"),
        text="my roommate is a cook, he has all of them",
        confidence=0.6,
    )

    assert whales.payload["kind"] == "clarify"
    assert friend.payload["kind"] == "clarify"
    assert held(friend) == AT_HOME


def test_another_app_put_up_while_a_guess_is_confirmed_is_ruled_and_not_explained(talk):
    talk(
        "may_i",
        said("app", "line") | {"how": "inferred"},
        role="diplomat",
        device="personal-phone",
        country="JP",
    )
    talk("why", text="gimme the reason")
    answer = talk("inform", cue("follow_up"), app="whatsapp", text="how about WhatsApp")

    assert answer.payload["kind"] == "ruling"


def test_what_a_shared_name_is_told_apart_by_is_not_asked_about(talk):
    talk("may_i", shared("chat", "wechat", "line"))
    answer = talk("mention", app=["signal", "line"], text="the one like in Signal, LINE", confidence=0.4)

    assert held(answer)["app"] == "line"


def test_why_at_the_end_of_what_was_not_understood_asks_for_the_reason(ruled_at_home):
    assert ruled_at_home("nlu_fallback", text="dream on, I know. Why not?").payload["kind"] == "reason"
