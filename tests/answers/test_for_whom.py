"""For whom it is asked, when a conversation turns to somebody else and back."""

import pytest

from tests.answers.talking import Talk, cue, held, inferred, said

STAFF, WORK, OWN = "official", "work-phone", "personal-phone"


@pytest.fixture
def for_the_senator(talk: Talk) -> Talk:
    """A staffer asks for a senator from the start."""
    talk(
        "may_i",
        cue("on_behalf"),
        said("role", STAFF, "other", words="press secretary"),
        inferred("role", "senator", "the senator"),
        app="line",
        device=WORK,
        country="JP",
        text="I'm the press secretary. May the senator have LINE on her work phone in Japan?",
    )
    return talk


@pytest.mark.parametrize("text", ["And me, on mine?", "ok and for me, on mine", "what about me, on mine"])
def test_and_me_goes_back_to_the_role_that_was_told_of_oneself(for_the_senator, text):
    answer = for_the_senator(
        "what_if", cue("follow_up"), said("device", "personal-device", words="mine"), text=text
    )

    assert held(answer) == {"role": STAFF, "device": OWN, "country": "JP", "app": "line"}


def test_could_i_do_it_for_her_on_mine_is_about_whoever_does_it(for_the_senator):
    answer = for_the_senator(
        "may_i",
        cue("follow_up"),
        said("device", "personal-device", words="mine"),
        text="and could I do it for her on mine?",
    )

    assert held(answer)["role"] == STAFF
    assert held(answer)["device"] == OWN


def test_another_of_theirs_does_not_make_one_forget_who_asks(for_the_senator):
    for_the_senator("may_i", cue("on_behalf"), inferred("role", "mp", "the MP"), text="what about the MP?")
    answer = for_the_senator("may_i", cue("own_case"), app="whatsapp", text="back to me. WhatsApp.")

    assert held(answer)["role"] == STAFF


def test_me_again_on_my_own_one_is_of_the_kind_that_was_spoken_of_last(talk):
    talk("may_i", app="whatsapp", role=STAFF, device=["work-laptop", "work-phone"])
    talk(
        "inform",
        cue("on_behalf"),
        cue("follow_up"),
        inferred("role", "senator", "the senator"),
        device=OWN,
        text="and the senator, on her own phone?",
    )
    answer = talk(
        "may_i",
        cue("own_case"),
        said("device", "personal-device", words="own one"),
        text="me again, on my own one",
    )

    assert held(answer) == {"role": STAFF, "device": OWN, "app": "whatsapp"}


@pytest.fixture
def beside_a_diplomat(talk: Talk) -> Talk:
    talk(
        "may_i",
        said("role", "diplomat", "other", words="consul"),
        role=STAFF,
        device=OWN,
        country="CN",
        app="wechat",
        text="My husband is the consul, I'm an official. WeChat on my own phone in China?",
    )
    return talk


@pytest.mark.parametrize(
    "text",
    [
        "and him, on his own phone?",
        "what about him?",
        "and for him?",
        "ok and he, on his?",
        "and she, on hers?",
    ],
)
def test_and_him_is_for_whoever_was_told_of_which_is_a_guess(beside_a_diplomat, text):
    answer = beside_a_diplomat(
        "inform", cue("follow_up"), said("device", OWN, "other", words="own phone"), text=text
    )
    back = beside_a_diplomat("inform", cue("own_case"), text="me again")

    assert held(answer)["role"] == "diplomat"
    assert answer.payload["unconfirmed"] == ["role"]
    assert held(back)["role"] == STAFF


def test_her_before_a_noun_is_nobody_new(beside_a_diplomat):
    answer = beside_a_diplomat("may_i", cue("follow_up"), app="line", text="and her LINE?")

    assert held(answer)["role"] == STAFF


def test_what_is_told_of_somebody_by_the_way_is_a_remark_and_kept_for_could_she(talk):
    talk("may_i", role="diplomat", device=WORK, country="JP", app="line")
    remark = talk(
        "inform",
        cue("on_behalf"),
        inferred("role", "trade-commissioner", "trade commissioner"),
        said("country", "CN", "other", words="China"),
        text="my colleague in China is a trade commissioner by the way",
    )
    answer = talk("may_i", cue("on_behalf"), country="CN", text="could she have it, in China?")

    assert remark.payload["kind"] == "clarify"
    assert held(remark) == {"role": "diplomat", "device": WORK, "country": "JP", "app": "line"}
    assert held(answer) == {"role": "trade-commissioner", "device": WORK, "country": "CN", "app": "line"}


def test_he_is_one_tells_the_role_of_whom_it_is_asked_for_and_where(talk):
    talk(
        "may_i",
        cue("on_behalf"),
        app="line",
        device=WORK,
        text="may our driver use LINE on an embassy phone?",
    )
    answer = talk(
        "mention",
        said("role", "locally-engaged-staff", "other", words="LES"),
        said("country", "JP", "other", words="Tokyo"),
        text="he's LES, this is Tokyo",
        confidence=0.75,
    )

    assert held(answer) == {"role": "locally-engaged-staff", "device": WORK, "country": "JP", "app": "line"}


def test_would_my_officer_be_treated_the_same_is_asked_for_the_officer(talk):
    talk("may_i", role="senator", device=OWN, country="JP", app="line")
    answer = talk(
        "what_if",
        cue("follow_up"),
        said("role", STAFF, "other", words="electorate officer"),
        text="And would my electorate officer be treated the same?",
    )

    assert held(answer)["role"] == STAFF


@pytest.mark.parametrize("text", ["and our LE staff?", "what about our LE staff, on the same phone?"])
def test_and_our_staff_asks_the_same_for_them_and_is_confirmed_first(talk, text):
    talk("may_i", role="diplomat", device=WORK, country="JP", app="line")
    answer = talk(
        "inform",
        cue("follow_up"),
        said("role", "locally-engaged-staff", "other", words="LE staff"),
        text=text,
    )

    assert held(answer)["role"] == "locally-engaged-staff"
    assert answer.payload["unconfirmed"] == ["role"]


def test_and_our_staff_do_something_asks_nothing_for_them(talk):
    talk("may_i", role="diplomat", device=WORK, country="JP", app="line")
    answer = talk(
        "inform",
        cue("follow_up"),
        said("role", "locally-engaged-staff", "other", words="LE staff"),
        text="and our LE staff like it",
    )

    assert held(answer)["role"] == "diplomat"


@pytest.mark.parametrize("intent", ["why", "alternatives", "contact", "thanks"])
def test_a_role_that_is_hinted_at_in_a_question_about_a_ruling_changes_nothing(talk, intent):
    talk("may_i", role="diplomat", device=WORK, country="CN", app="wechat")
    answer = talk(
        intent, inferred("role", "mp", "parliament"), text="how come? half of parliament answers on it"
    )

    assert held(answer)["role"] == "diplomat"


def test_a_detail_after_asking_for_another_is_of_the_other(talk):
    talk("may_i", role=STAFF, device=WORK, app="line")
    senator = inferred("role", "senator", "the senator")
    talk("may_i", cue("follow_up"), cue("on_behalf"), senator, text="and for the senator herself?")
    answer = talk("inform", country="JP", text="in Tokyo")

    assert (held(answer)["role"], held(answer)["country"]) == ("senator", "JP")
