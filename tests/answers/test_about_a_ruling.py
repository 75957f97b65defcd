"""Why, on which conditions, what instead, who approves, who owns it, what changed, and "that is wrong"."""

import pytest

from cases import log
from guidelines.store import editions, receipts
from tests.answers.corpus import corpus
from tests.answers.talking import TODAY, Talk, held, ruled, stranger


@pytest.fixture
def ruled_out(talk: Talk) -> Talk:
    talk("may_i", role="defence-member", device="work-phone", country="CN", app="wechat")
    return talk


def test_why_gives_the_reason_the_guideline_and_the_source(ruled_out):
    reply = ruled_out("why")

    assert reply.payload["kind"] == "reason"
    assert "WeChat is unauthorised software" in reply.text
    assert "“Apps on Defence mobile devices”" in reply.text
    assert "Australian Financial Review" in reply.text


def test_why_does_not_rule_a_second_time(ruled_out):
    given = ruled_out.replies[0].payload["receipt"]

    assert ruled_out("why").payload["receipt"] == given


def test_why_tells_what_was_displaced(talk):
    talk("may_i", role="diplomat", device="work-phone", country="CN", app="wechat")
    reply = talk("why")

    assert {"rule": "dee-work-baseline", "by": "dee-wechat-china-work", "why": "baseline"} in reply.payload[
        "displaced"
    ]
    assert "replaces the general starting point" in reply.text


def test_why_asked_with_everything_in_it_is_answered(talk):
    reply = talk("why", device="work-phone", app="tiktok")

    assert reply.payload["kind"] == "reason"
    assert ruled(reply) == ("prohibited", None, ["pspf-tiktok-work"])
    assert reply.payload["receipt"]


def test_why_with_a_detail_missing_says_what_it_depends_on_and_asks(talk):
    reply = talk("why", app="wechat", device="work-phone", country="CN")

    assert reply.payload["kind"] == "reason"
    assert reply.payload["ruling"] is None
    assert reply.payload["question"]["dimension"] == "role"

    told = talk("inform", role="defence-member")

    assert told.payload["kind"] == "reason"
    assert ruled(told) == ("prohibited", None, ["defence-wechat-work"])


@pytest.mark.parametrize("intent", ["why", "conditions", "alternatives"])
def test_asked_about_nothing_they_ask_which_app(talk, intent):
    reply = talk(intent)

    assert reply.payload["kind"] == "question"
    assert reply.payload["question"]["dimension"] == "app"


def test_conditions_are_listed(talk):
    talk("may_i", role="diplomat", device="personal-phone", country="CN", app="wechat")
    reply = talk("conditions")

    assert reply.payload["kind"] == "conditions"
    assert "- No official information." in reply.text
    assert reply.payload["ruling"]["conditions"][1] == "No official information."


def test_no_condition_makes_a_prohibition_all_right(ruled_out):
    assert "No condition makes it all right." in ruled_out("conditions").text


def test_alternatives_are_permitted_apps_of_the_same_kind(talk):
    talk("may_i", role="diplomat", device="personal-phone", country="JP", app="wechat")
    reply = talk("alternatives")

    assert reply.payload["kind"] == "alternatives"
    apps = {a["context"]["app"]: a["effect"] for a in reply.payload["alternatives"]}
    assert apps == {
        "signal": "allowed", "line": "conditional", "kakaotalk": "conditional", "whatsapp": "conditional",
    }  # fmt: skip
    assert "Instead you may use Signal" in reply.text


def test_alternatives_name_another_device_that_is_permitted(talk):
    talk("may_i", role="diplomat", device="work-phone", country="CN", app="wechat")
    reply = talk("alternatives")

    assert "personal-phone" in {e["context"]["device"] for e in reply.payload["elsewhere"]}
    assert (
        "WeChat itself may be used on your personal phone, personal laptop or enrolled personal phone "
        "in China, with conditions."
    ) in reply.text


def test_nothing_is_suggested_instead_when_nothing_is_permitted(ruled_out):
    reply = ruled_out("alternatives")

    assert reply.payload["alternatives"] == []
    assert "may use" not in reply.text


def test_approval_names_who_approves_and_how_long_it_takes(talk):
    talk("may_i", role="defence-member", device="work-phone", app="whatsapp")
    reply = talk("approval")

    assert reply.payload["kind"] == "approval"
    assert "Ask Defence ICT Security, which was assessing it; allow 20 working days." in reply.text


def test_contact_names_the_owner_of_the_guideline(ruled_out):
    reply = ruled_out("contact")

    assert reply.payload["kind"] == "contact"
    assert "Defence ICT Security (ict-security@defence.example.org)" in reply.text


@pytest.mark.parametrize("intent", ["approval", "contact"])
def test_somebody_is_named_even_when_nothing_was_asked_yet(talk, intent):
    reply = talk(intent)

    assert reply.payload["kind"] == intent
    assert talk.desk.routing.fallback.team in reply.text


def test_the_owner_of_a_gap_is_its_team(talk):
    talk("may_i", stranger("Blorply"))

    assert "example.org" in talk("contact").text


def test_changes_names_the_guidelines_that_changed(talk, database):
    kept = corpus()
    fewer = type(kept)(kept.vocabulary, kept.guidelines[1:])
    with database.transaction() as session:
        editions.save_draft(session, fewer, "the policy writer")
    editions.publish(database, approved_by="the approver", note="Defence has withdrawn it", on=TODAY)

    reply = talk("changes")

    assert reply.payload["kind"] == "changes"
    assert "Withdrawn: “Apps on Defence mobile devices” (Defence has withdrawn it)." in reply.text


def test_a_dispute_is_logged_with_the_receipt_it_concerns(ruled_out, database):
    given = ruled_out.replies[0].payload["receipt"]
    reply = ruled_out("dispute", text="that is wrong, my boss said it is fine")

    assert reply.payload["kind"] == "clarify"
    assert reply.payload["case"] in reply.text
    assert given in reply.text
    with database.reading() as session:
        case = log.find(session, reply.payload["case"])
        met = log.occurrences(session, reply.payload["case"])
        assert receipts.find(session, given) is not None
    assert case is not None
    assert (case.unclear, case.team) == ("disputed", "Defence ICT Security")
    assert [m.receipt for m in met] == [given]


def test_a_dispute_before_anything_was_answered_is_logged_too(talk):
    assert talk("dispute", text="this is useless").payload["case"]


def test_which_apps_lists_what_is_permitted_by_kind(talk):
    reply = talk("list_apps", role="diplomat", device="personal-phone", country="JP")

    assert reply.payload["kind"] == "list"
    assert "- Messaging apps: Signal" in reply.text
    apps = {app for e in reply.payload["rulings"] for app in _listed(e["context"]["app"])}
    assert apps == {"signal", "line", "kakaotalk", "whatsapp"}


def test_which_apps_with_a_detail_missing_lists_what_is_permitted_whatever_it_is(talk):
    reply = talk("list_apps", role="diplomat", country="JP")

    assert reply.payload["kind"] == "list"
    assert {app for e in reply.payload["rulings"] for app in _listed(e["context"]["app"])} == {"signal"}
    assert reply.payload["question"]["dimension"] == "device"


def test_and_in_another_place_asks_for_the_same_list_there(talk):
    talk("list_apps", role="diplomat", device="personal-phone", country="JP")
    reply = talk("inform", country="CN")

    assert reply.payload["kind"] == "list"
    assert "WeChat*" in reply.text


def test_a_briefing_tells_what_is_particular_about_a_place(talk):
    reply = talk("brief", country="CN")

    assert reply.payload["kind"] == "briefing"
    assert held(reply) == {"country": "CN"}
    assert "WeChat on a work phone, for DFAT official: only with approval." in reply.text
    assert "Illustrative" in reply.text.replace("illustrative", "Illustrative")


def test_a_briefing_without_a_place_asks_for_it(talk):
    asked = talk("brief")

    assert asked.payload["question"]["dimension"] == "country"
    assert talk("inform", country="KR").payload["kind"] == "briefing"


def _listed(app) -> list[str]:
    return [app] if isinstance(app, str) else app
