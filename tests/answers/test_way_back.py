"""The way back: from what was supposed to what is true, and from somebody else to the person asking."""

import pytest

from tests.answers.talking import Talk, cue, held, inferred, pointing, said

DIPLOMAT = {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}
DEVICES = ["work-phone", "personal-phone"]


@pytest.fixture
def diplomat(talk: Talk) -> Talk:
    """Somebody who has asked, and been answered."""
    talk("may_i", **DIPLOMAT)
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "scrap that what-if",
        "drop that hypothetical please",
        "never mind the supposition",
        "that was only hypothetical",
        "ok, pretending over",
    ],
)
def test_a_supposition_is_dropped_in_many_words(diplomat, text):
    diplomat("what_if", country="JP")
    answer = diplomat("nlu_fallback", text=text, confidence=0.4)

    assert answer.payload["kind"] == "ruling"
    assert held(answer) == DIPLOMAT


def test_a_supposition_that_is_dropped_for_another_makes_no_fact_of_it(diplomat):
    diplomat("what_if", country="JP")
    answer = diplomat("what_if", country="KR", text="forget the what-if, suppose I were in Seoul")

    assert held(answer)["country"] == "KR"
    assert held(diplomat("may_i", app="line", text="LINE?"))["country"] == "CN"


@pytest.mark.parametrize("text", ["but I'm not. And LINE?", "Well, it isn't. LINE?", "I won't though. LINE?"])
def test_what_was_supposed_and_is_not_so_is_left(diplomat, text):
    diplomat("what_if", country="JP")
    answer = diplomat("may_i", cue("follow_up"), app="line", text=text)

    assert held(answer) == {**DIPLOMAT, "app": "line"}


def test_a_supposed_role_that_is_denied_gives_the_true_one_back(diplomat):
    diplomat("what_if", role="senator")
    answer = diplomat("approval", said("role", "senator", "negated"), text="I'm no senator. Who approves?")

    assert held(answer) == DIPLOMAT


def test_a_slip_in_what_is_supposed_stays_supposed(diplomat):
    diplomat("what_if", country="JP")
    answer = diplomat("correct", said("country", "JP", "replaced"), country="KR", text="not Japan, Korea")

    assert held(answer)["country"] == "KR"
    assert held(diplomat("may_i", app="line", text="LINE?"))["country"] == "CN"


def test_nothing_is_left_of_a_what_if_that_supposes_what_is_true(diplomat):
    diplomat("what_if", country="JP")
    reason = diplomat("why", country="CN", text="No, I stay in China. Why that?")

    assert held(reason) == DIPLOMAT
    assert "What if" not in diplomat("inform", cue("follow_up"), app="line", text="and LINE?").text


def test_what_is_said_as_it_is_supposes_nothing(talk):
    talk("may_i", app="line", device="personal-phone", role="diplomat", country="JP")
    told = talk("what_if", device="byod-phone", text="it's enrolled though")

    assert "What if" not in told.text
    assert held(talk("may_i", app="wechat", text="WeChat?"))["device"] == "byod-phone"


def test_what_might_be_is_supposed(talk):
    talk("may_i", app="line", device="personal-phone", role="diplomat", country="JP")
    talk("what_if", device="byod-phone", text="it's enrolled, say")

    assert held(talk("may_i", app="wechat", text="WeChat?"))["device"] == "personal-phone"


@pytest.mark.parametrize("text", ["may I?", "so can I?", "And could I too?"])
def test_leave_asked_for_oneself_is_not_the_others(diplomat, text):
    diplomat("may_i", cue("on_behalf"), role="senator", text="may a senator?")
    answer = diplomat("may_i", text=text)

    assert held(answer) == DIPLOMAT


@pytest.mark.parametrize("about", ["what about senators?", "How about a senator?", "and the senator?"])
def test_what_about_others_leaves_ones_own_role_alone(diplomat, about):
    theirs = diplomat("inform", cue("follow_up"), said("role", "senator", words="senator"), text=about)
    answer = diplomat("may_i", cue("own_case"), text="and for myself?")

    assert held(theirs)["role"] == "senator"
    assert held(answer) == DIPLOMAT


@pytest.mark.parametrize(
    ("role", "text"),
    [
        (inferred("role", "official", "press officer"), "my press officer too?"),
        (said("role", "official", "other", words="press officer"), "and my friend, a press officer?"),
    ],
)
def test_somebody_of_ones_own_is_asked_for_and_tells_nothing_of_oneself(diplomat, role, text):
    theirs = diplomat("inform", cue("follow_up"), role, text=text)
    answer = diplomat("may_i", cue("own_case"), text="and myself?")

    assert held(theirs)["role"] == "official"
    assert held(answer) == DIPLOMAT


def test_and_her_names_no_app(diplomat):
    diplomat("may_i", cue("on_behalf"), role="senator", text="may a senator?")
    answer = diplomat("inform", cue("follow_up"), said("app", "line", words="her"), text="and her, in Japan?")

    assert held(answer)["app"] == "wechat"


def test_he_is_one_tells_his_role_as_soon_as_it_is_asked_for_him(diplomat):
    les = said("role", "locally-engaged-staff", "other", words="LES")
    answer = diplomat("may_i", cue("on_behalf"), les, text="could our driver have it, he's LES")

    assert held(answer)["role"] == "locally-engaged-staff"


def test_the_second_phone_is_counted_among_phones(talk):
    talk("may_i", app="line", role="diplomat", country="JP", device=["work-laptop", *DEVICES])
    answer = talk("inform", pointing("second", "device"), said("device", "phone"), text="the second phone")

    assert held(answer)["device"] == "personal-phone"


def test_the_other_phone_after_that_is_the_other_one(talk):
    talk("may_i", app="line", role="diplomat", country="JP", device=DEVICES)
    talk("inform", pointing("second", "device"), text="the second one")
    answer = talk("inform", pointing("other", "device"), said("device", "phone"), text="the other phone")

    assert held(answer)["device"] == "work-phone"


def test_my_phone_tells_none_of_two_phones_apart(talk):
    talk("may_i", app="line", role="diplomat", country="JP", device=DEVICES)

    assert held(talk("inform", device="phone", text="on my phone"))["device"] == DEVICES


def test_an_ordinal_means_one_of_the_devices_and_no_role_of_the_table(talk):
    talk("may_i", app="wechat", role="official", country="JP", device=DEVICES)
    answer = talk("inform", pointing("second"), text="just the second one")

    assert held(answer)["role"] == "official"
    assert held(answer)["device"] == "personal-phone"


def test_no_the_first_chooses_again(talk):
    talk("may_i", app="line", role="diplomat", device="work-phone", country=["CN", "JP"])
    talk("inform", pointing("last"), text="just the last one")

    assert held(talk("deny", pointing("first"), text="no, the first"))["country"] == "CN"


def test_not_right_is_said_of_the_ruling_where_nothing_was_asked(diplomat):
    answer = diplomat("deny", text="no, that's not right")

    assert answer.payload["case"] is not None


@pytest.mark.parametrize("intent", ["out_of_scope", "mention", "conditions"])
def test_another_app_that_would_get_the_same_is_ruled_on(diplomat, intent):
    answer = diplomat(intent, app="line", text="does LINE fall under the same rule", confidence=0.7)

    assert answer.payload["kind"] == "ruling"
    assert held(answer)["app"] == "line"
