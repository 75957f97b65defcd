"""What the main job must show: the headline question, from asking to the case in the log."""

from cases import log
from tests.answers.talking import Talk, first_line, held, pointing, ruled, said, shared, stranger


def test_wechat_on_a_work_phone_in_china_asks_for_the_role_and_then_names_the_defence_guideline(talk):
    asked = talk("may_i", app="wechat", device="work-phone", country="CN")

    assert asked.payload["kind"] == "question"
    assert asked.payload["question"]["dimension"] == "role"
    assert asked.payload["ruling"] is None
    assert "depends on your role" in asked.text
    assert {"Defence official", "Trade commissioner"} <= {b["title"] for b in asked.buttons}

    answer = talk("inform", role="defence-official")

    assert answer.payload["kind"] == "ruling"
    assert ruled(answer) == ("prohibited", None, ["defence-wechat-work"])
    assert first_line(answer) == "No: do not use WeChat on your work phone in China."
    assert "WeChat · work phone · China · Defence official" in answer.text
    assert "Australian Financial Review, March 2018" in answer.text
    assert answer.payload["ruling"]["sources"][0]["url"].startswith("https://www.afr.com/")
    assert "Illustrative" not in answer.text


def test_the_same_as_a_diplomat_is_the_illustrative_departments_answer_and_says_so(talk):
    answer = talk("may_i", app="wechat", device="work-phone", country="CN", role="diplomat")

    assert ruled(answer) == ("approval-required", None, ["dee-wechat-china-work"])
    assert first_line(answer) == (
        "Not without approval: ask before you use WeChat on your work phone in China."
    )
    assert "Ask the head of mission through the post security officer" in answer.text
    assert "Illustrative guidance" in answer.text
    assert answer.payload["ruling"]["provenance"] == "illustrative"


def test_the_context_is_carried_and_a_correction_replaces(talk):
    talk("may_i", app="wechat", device="work-phone", country="CN", role="diplomat")

    own = talk("inform", {"entity": "cue", "value": "follow_up"}, device="personal-phone")

    assert held(own) == {"role": "diplomat", "device": "personal-phone", "country": "CN", "app": "wechat"}
    assert ruled(own) == ("conditional", None, ["dee-wechat-china-own"])
    assert "- No official information." in own.text

    meant = talk("correct", country="JP")

    assert held(meant)["country"] == "JP"
    assert ruled(meant) == (None, "no-guidance", [])


def test_a_question_whose_answer_is_the_same_for_every_role_asks_nothing(talk):
    answer = talk("may_i", app="tiktok", device="work-phone")

    assert ruled(answer) == ("prohibited", None, ["pspf-tiktok-work"])
    assert held(answer) == {"device": "work-phone", "app": "tiktok"}
    assert "You did not say which role or country; the answer is the same for all." in answer.text


def test_an_app_that_nobody_catalogued_is_not_permitted_and_becomes_a_case(talk, database):
    answer = talk("may_i", stranger("Blorply"), text="Can I use Blorply?")

    assert answer.payload["kind"] == "ruling"
    assert ruled(answer) == (None, "unknown-app", [])
    assert answer.payload["question"] is None
    assert answer.payload["context"]["unknown_app"] == "Blorply"
    assert answer.payload["context"]["app"] is None
    assert first_line(answer) == "There is no guidance on “Blorply”: hold off for now."

    with database.reading() as session:
        case = log.find(session, answer.payload["case"])

    assert case is not None
    assert (case.unclear, case.count) == ("unknown-app", 1)
    assert case.team in answer.text


def test_asking_again_about_an_unknown_app_counts_in_the_same_case(desk, database):
    for who in ("one", "two", "three"):
        Talk(desk, who)("may_i", stranger("Blorply" if who != "two" else "blorply!"))

    with database.reading() as session:
        cases = [case for case in log.listed(session) if case.unclear == "unknown-app"]

    assert [case.count for case in cases] == [3]


def test_near_names_are_offered_as_buttons_and_not_taken(talk):
    answer = talk(
        "may_i", stranger("WeChatter", "wechat"), device="personal-phone", role="diplomat", country="CN"
    )

    assert ruled(answer) == (None, "unknown-app", [])
    assert "Did you mean WeChat?" in answer.text
    assert [b["value"] for b in answer.buttons] == ['/inform{"app": "wechat"}']

    chosen = talk.press(answer, "WeChat")

    assert ruled(chosen) == ("conditional", None, ["dee-wechat-china-own"])
    assert held(chosen)["app"] == "wechat"
    assert "unknown_app" not in held(chosen)


def test_a_yes_to_the_one_near_name_means_that_app(talk):
    talk("may_i", stranger("WeChatter", "wechat"), device="personal-phone", role="diplomat", country="CN")

    assert ruled(talk("affirm")) == ("conditional", None, ["dee-wechat-china-own"])


def test_a_no_to_the_near_name_leaves_the_app_unknown_and_offers_it_no_more(talk):
    case = talk("may_i", stranger("WeChatter", "wechat")).payload["case"]
    answer = talk("deny")

    assert ruled(answer) == (None, "unknown-app", [])
    assert answer.payload["case"] == case
    assert held(answer) == {"unknown_app": "WeChatter"}
    assert "Did you mean" not in answer.text
    assert answer.buttons == ()


def test_what_is_out_of_scope_gets_no_ruling(talk):
    answer = talk("out_of_scope", app="wechat")

    assert answer.payload["kind"] == "declined"
    assert answer.payload["ruling"] is None
    assert held(answer) == {}


def test_who_presses_for_a_yes_gets_none_and_changes_nothing_that_is_held(talk):
    """What was named is held, so that the question may be put properly next; what is held stays as it is."""
    first = talk("manipulation", app="wechat", device="work-phone")
    second = talk("manipulation", app="tiktok", country="CN")

    for answer in (first, second):
        assert answer.payload["kind"] == "declined"
        assert answer.payload["ruling"] is None
    assert held(first) == {"app": "wechat", "device": "work-phone"}
    assert held(second) == {"app": "wechat", "device": "work-phone", "country": "CN"}


def test_an_mps_own_phone_and_wechat_has_no_guidance_and_a_case_with_an_owner(talk, database):
    answer = talk("may_i", role="mp", device="personal-phone", app="wechat")

    assert ruled(answer) == (None, "no-guidance", [])
    assert first_line(answer) == "There is no guidance on WeChat on your personal phone: hold off for now."
    with database.reading() as session:
        case = log.find(session, answer.payload["case"])
    assert case is not None
    assert case.team
    assert f"Logged as case {case.number} for {case.team}" in answer.text


def test_rules_that_clash_say_hold_off_and_name_both(talk):
    answer = talk("may_i", role="trade-commissioner", device="work-phone", country="KR", app="kakaotalk")

    assert ruled(answer) == (
        "prohibited",
        "conflicting-guidance",
        ["trade-kakaotalk-allowed", "trade-kakaotalk-work"],
    )
    assert first_line(answer) == (
        "Hold off: the guidance on KakaoTalk on your work phone in South Korea contradicts itself."
    )
    assert answer.payload["case"]


def test_a_permission_past_its_review_date_is_not_worded_as_a_permission(talk):
    answer = talk("may_i", role="diplomat", device="personal-phone", country="FJ", app="strava")

    assert ruled(answer) == ("allowed", "review-overdue", ["dee-strava"])
    assert first_line(answer).startswith("Check first:")
    assert "you may use" not in answer.text.lower()
    assert answer.payload["case"]


def test_a_name_that_several_apps_bear_is_asked_about(talk):
    asked = talk("may_i", shared("Messenger", "whatsapp", "signal"), role="diplomat", device="work-phone")

    assert asked.payload["kind"] == "question"
    assert asked.payload["question"]["dimension"] == "app"
    assert asked.payload["question"]["options"] == ["whatsapp", "signal"]
    assert held(asked).get("app") is None

    answer = talk("inform", pointing("last"))

    assert held(answer)["app"] == "signal"
    assert ruled(answer) == ("allowed", None, ["dee-signal"])


def test_an_unknown_place_is_a_ruling_that_permits_nothing(talk):
    answer = talk(
        "may_i",
        stranger("Freedonia", entity="unknown_place"),
        app="line",
        device="personal-phone",
        role="diplomat",
    )

    assert ruled(answer)[:2] == (None, "unknown-place")
    assert answer.payload["context"]["country"] is None
    assert answer.payload["context"]["unknown_place"] == "Freedonia"
    assert answer.payload["case"]


def test_what_is_ruled_out_everywhere_is_ruled_out_in_an_unknown_place_too(talk):
    answer = talk("may_i", stranger("Freedonia", entity="unknown_place"), app="tiktok", device="work-phone")

    assert ruled(answer) == ("prohibited", "unknown-place", ["pspf-tiktok-work"])


def test_every_ruling_has_a_receipt_that_is_in_the_text(talk):
    answer = talk("may_i", app="tiktok", device="work-phone")

    assert answer.text.endswith(f"Edition 1 · receipt {answer.payload['receipt']}")


def test_somebody_elses_details_and_denied_ones_are_no_facts(talk):
    answer = talk(
        "may_i",
        said("country", "JP", "other"),
        said("device", "work-phone", "negated"),
        said("country", "FJ"),
        said("device", "personal-phone"),
        app="signal",
        role="diplomat",
    )

    assert held(answer) == {"role": "diplomat", "device": "personal-phone", "country": "FJ", "app": "signal"}
