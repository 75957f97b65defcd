"""What a briefing says."""

import datetime as dt
from dataclasses import replace

import pytest

from answers.nearest import UnknownDetail
from briefings import forms, local
from briefings.approvals import lead_days
from briefings.assembly import assemble
from briefings.itinerary import CannotBrief, Posting, Stop, posting
from briefings.wording import working_days_before
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus
from guidelines.vocabulary import Vocabulary
from tests.briefings.conftest import TODAY

MARCH = dt.date(2027, 3, 1)


def everything(made):
    """All of a briefing's words in one text."""
    return repr(made)


def test_what_differs_from_home_stands_first_and_leads_with_the_app_that_local_life_runs_on(brief):
    made = brief("KR", role="diplomat", devices=["work-phone"])
    first = made.places[0].boards[0].differs[0]

    assert made.places[0].compared == "Australia"
    assert first.apps == "KakaoTalk"
    assert first.needed
    assert first.there.heading == "Allowed with conditions"
    assert first.home.heading != first.there.heading


@pytest.mark.parametrize(
    ("country", "app"),
    [("KR", "KakaoTalk"), ("JP", "LINE"), ("TW", "LINE"), ("CN", "WeChat"), ("VN", "Zalo")],
)
def test_it_says_what_local_life_runs_on(brief, country, app):
    made = brief(country, role="diplomat", devices=["work-phone", "personal-phone"])

    assert app in [local.app for local in made.places[0].locals]
    assert any(f"Local life runs on {app}" in line.head for line in made.short)


def test_what_an_app_means_names_another_way_when_it_may_not_be_used(brief):
    made = brief("CN", role="locally-engaged-staff", devices=["work-phone"])
    [wechat] = made.places[0].locals

    assert wechat.on[0].said.heading == "Prohibited"
    assert "agree another way to be reached before you arrive" in wechat.meaning


def test_words_of_a_fact_that_say_more_than_a_name_still_find_the_app(brief):
    made = brief("AE", role="diplomat", devices=["personal-phone"])

    assert next((local.app, local.id) for local in made.places[0].locals) == (
        "WhatsApp (text only)",
        "whatsapp",
    )


def test_an_app_that_may_be_used_and_does_not_work_there_is_pointed_out(brief):
    made = brief("CN", role="diplomat", devices=["personal-phone"])
    [caught] = made.places[0].caught

    assert "Signal" in caught.apps
    assert caught.devices == "personal phone"
    assert "allowed on your personal phone, but reported as blocked there." in forms.markdown(made)
    assert any(line.head == "Blocked there, though your guidelines allow it" for line in made.short)


def test_messaging_and_vpn_apps_are_summed_up(brief):
    place = brief("CN", role="diplomat", devices=["work-phone"]).places[0]

    assert [topic.title for topic in place.topics] == ["Messaging apps", "VPN apps"]
    assert "A VPN that crosses the border needs state approval" in place.law[0]


def test_practices_of_elevated_risk_join_in_only_where_the_vocabulary_says_so(brief):
    risky, calm = brief("CN", devices=["phone"]), brief("NZ", devices=["phone"])

    assert risky.places[0].risk
    assert risky.places[0].risk.illustrative
    assert risky.before[0].elevated
    assert not calm.places[0].risk
    assert not [task for task in (*calm.before, *calm.during, *calm.after) if task.elevated]
    assert len(calm.before) > 5


def test_one_risky_place_on_the_way_is_enough_for_the_whole_journey(brief):
    assert brief(Stop("HK", "transit"), "NZ").before[0].elevated


def test_practices_are_for_the_devices_taken(brief):
    with_laptop, without = brief("NZ", devices=["work-laptop"]), brief("NZ", devices=["work-phone"])

    assert {t.id for t in with_laptop.before} != {t.id for t in without.before}


def test_approvals_say_whom_to_ask_how_long_it_takes_and_by_when(brief):
    made = brief("CN", role="diplomat", devices=["work-phone"], arrive=MARCH)
    first = made.approvals[0]

    assert first.apps == "WeChat"
    assert "head of mission" in first.how
    assert first.lead == "10 working days"
    assert first.ask_by == dt.date(2027, 2, 15)


def test_an_approval_that_takes_too_long_is_to_be_asked_for_today(brief):
    made = brief("CN", role="diplomat", devices=["work-phone"], arrive=TODAY + dt.timedelta(days=3))

    assert made.approvals[0].late
    assert made.approvals[0].ask_by == TODAY


@pytest.mark.parametrize(
    ("how", "days"),
    [
        ("Ask; allow 10 working days.", 10),
        ("You will have an answer in two working days.", 2),
        ("An assessment takes 3 weeks.", 15),
        ("Allow 14 calendar days, and 5 working days for the handset.", 10),
        ("Ask your adviser.", None),
    ],
)
def test_lead_times_are_read_from_how_to_ask(how, days):
    assert lead_days(how) == days


def test_working_days_leave_out_weekends():
    assert working_days_before(dt.date(2027, 3, 1), 1) == dt.date(2027, 2, 26)
    assert working_days_before(dt.date(2027, 2, 28), 0) == dt.date(2027, 2, 26)


def test_a_gap_that_touches_the_posting_is_named_and_can_be_logged(brief):
    made = brief("KR", role="mp", devices=["personal-phone"])
    [point] = [point for point in made.unclear if point.gaps]

    assert point.text == "KakaoTalk on your personal phone in South Korea: no guideline covers it."
    assert point.gaps[0].enquiry.as_dict() == {
        "role": "mp", "device": "personal-phone", "country": "KR", "app": "kakaotalk",
    }  # fmt: skip


def test_guidance_that_will_be_overdue_by_the_arrival_is_named(brief):
    made = brief("KR", role="diplomat", devices=["work-phone"], arrive=dt.date(2029, 1, 8))

    assert any("is due for review before you are there" in point.text for point in made.unclear)


def test_the_rulings_are_those_of_the_day_of_arrival_and_of_today_when_that_is_past(brief):
    assert brief("KR", arrive=MARCH).places[0].on == MARCH
    assert brief("KR", arrive=dt.date(2020, 1, 1)).places[0].on == TODAY


def test_it_says_to_ask_again_when_the_facts_are_old_or_a_guideline_is_due(brief):
    soon, later = brief("KR", role="diplomat", days=30), brief("KR", role="diplomat", days=700)

    assert soon.again_on == TODAY + dt.timedelta(days=30)
    assert later.again_on == dt.date(2027, 6, 30)
    assert later.again_why.endswith("is due for review then")


def test_a_rule_that_ends_during_the_stay_is_pointed_out(book, brief):
    ends = dt.date(2027, 6, 30)
    guidelines = [
        replace(g, rules=tuple(replace(r, valid_until=ends) if "kakaotalk" in r.id else r for r in g.rules))
        for g in book.corpus.guidelines
    ]
    within = RuleBook(replace(book.corpus, guidelines=tuple(guidelines)), 2)
    made = brief(
        "KR", role="diplomat", devices=["work-phone"], arrive=MARCH, leave=dt.date(2028, 3, 1), within=within
    )

    assert made.places[0].changes_ahead == (
        "From 1 July 2027 some rulings are different (Work phone): ask again then.",
    )


def test_sources_are_numbered_dated_and_marked_when_illustrative(brief):
    made = brief("CN", role="defence-member", devices=["work-phone"])
    by_title = {source.title: source for source in made.sources}

    assert [source.number for source in made.sources] == list(range(1, len(made.sources) + 1))
    assert by_title["Australia's Defence Department bans Chinese app WeChat"].date == "March 2018"
    assert any(source.illustrative for source in made.sources)
    assert made.illustrative


def test_where_nothing_is_known_it_says_so_and_promises_nothing(brief):
    place = brief("BV", role="diplomat").places[0]

    assert not place.known
    assert "That does not mean that there are none" in place.local_words
    assert "no assurance" in brief("KR").places[0].blocked


def test_home_itself_has_rulings_and_nothing_to_compare(brief):
    place = brief("AU", role="diplomat", devices=["work-phone"]).places[0]

    assert place.purpose == "Home"
    assert not place.compared
    assert sum(len(row.ids) for row in place.boards[0].differs) == 773


def test_without_a_home_in_the_vocabulary_everything_is_said_of_the_place(book):
    scheme = [replace(c, attributes={}) for c in book.vocabulary["country"]]
    schemes = {s.name: list(s) if s.name != "country" else scheme for s in book.vocabulary}
    corpus = Corpus(Vocabulary(schemes), book.corpus.guidelines, book.corpus.host_countries, ())
    made = assemble(RuleBook(corpus, 1), Posting((Stop("KR"),), "diplomat", ("work-phone",)), TODAY)

    assert not made.places[0].compared
    assert made.same == ()
    assert sum(len(row.ids) for row in made.places[0].boards[0].differs) == 773


def test_an_itinerary_keeps_its_places_in_order_and_says_once_what_they_share(brief):
    made = brief(Stop("SG", "transit", MARCH), Stop("KR", "post", MARCH), role="mp", devices=["work-laptop"])

    assert [(place.title, place.purpose) for place in made.places] == [
        ("Singapore", "Transit"),
        ("South Korea", "Posting"),
    ]
    assert [same.places for same in made.same] == ["Singapore and South Korea"]


def test_ids_and_labels_name_the_same_posting(book):
    by_id = posting([Stop("CN")], "diplomat", ["work-phone"], book.vocabulary)

    assert posting([Stop("People's Republic of China")], "Diplomat", ["Work Phone"], book.vocabulary) == by_id


@pytest.mark.parametrize(
    ("stops", "words"),
    [
        ([], "at least one country"),
        ([Stop("east-asia")], "is a group of countries"),
        ([Stop("KR")] * 9, "may have 8 places, not 9"),
        ([Stop("KR", "holiday")], "is no purpose of a stay"),
        ([Stop("KR", "post", MARCH, TODAY)], "ends on 2026-11-23, before it begins on 2027-03-01"),
    ],
)
def test_what_is_no_posting_is_refused_in_one_clear_line(book, stops, words):
    with pytest.raises(CannotBrief) as refused:
        posting(stops, None, (), book.vocabulary)

    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_slip_in_a_name_is_answered_with_the_nearest(book):
    with pytest.raises(UnknownDetail, match="did you mean `CN`"):
        posting([Stop("Chna")], None, (), book.vocabulary)


@pytest.mark.slow
def test_every_country_makes_a_briefing(book, brief):
    empty = [
        country
        for country in book.vocabulary["country"].values
        if not (made := brief(country, role="diplomat", devices=["work-phone"])).short
        or not made.sources
        or (not made.places[0].known and "nothing about local apps" not in made.places[0].local_words)
    ]

    assert len(book.vocabulary["country"].values) == 250
    assert empty == []


def test_the_law_of_a_place_stands_where_the_reader_looks_for_it(brief):
    made = brief("AE", role="diplomat", devices=["work-phone"])
    text = forms.markdown(made)
    section = text.split("### What is blocked or unlawful")[1].split("## Approvals")[0]

    assert "committing an offence through one means prison" in section
    assert any(line.head == "Local law" for line in made.short)
    quiet = forms.markdown(brief("NZ", role="diplomat", devices=["work-phone"]))
    assert "No law about VPNs or messaging is recorded either" in quiet


def test_the_summary_tells_stricter_from_looser_and_from_other_terms(brief):
    china = {line.head: line.text for line in brief("CN", role="diplomat", devices=["work-phone"]).short}
    tuvalu = {line.head: line.text for line in brief("TV", role="diplomat", devices=["work-phone"]).short}

    assert china["Local life runs on WeChat"] == "approval required (in Australia: prohibited)."
    assert china["Stricter than in Australia"].startswith("approval required for Signal, Cisco Secure Client")
    assert china["As in Australia, but on other terms"] == "WhatsApp."
    assert tuvalu["More is allowed than in Australia"] == "allowed with conditions for WhatsApp."


def test_what_depends_on_the_role_is_never_said_to_be_as_at_home(brief):
    heads = [line.head for line in brief("VN", devices=["work-phone"]).short]

    assert "Other than in Australia for some roles" in heads


def test_the_summary_of_a_journey_says_something_of_every_place_and_nothing_twice(brief):
    stops = [Stop("SG", "transit"), Stop("CN", "transit"), Stop("ID", "post")]
    made = brief(*stops, role="diplomat", devices=["work-phone", "personal-phone"])

    assert {n for line in made.short for n in line.places} == {0, 1, 2}
    assert [told.where for told in made.told] == ["Singapore and Indonesia", "China", ""]
    assert len(made.short) <= 12


def test_what_differs_in_two_places_alike_is_printed_once(brief):
    made = brief(Stop("SG", "transit"), Stop("ID", "post"), role="diplomat", devices=["work-phone"])

    assert [place.as_in for place in made.places] == ["", "Singapore"]
    assert made.places[1].boards == made.places[0].boards
    assert "The same as in Singapore, above" in forms.markdown(made)


def test_devices_with_the_same_rows_share_a_table_and_keep_their_rulings(brief):
    [place] = brief("TW", role="trade-commissioner").places

    assert "Work phone and travel phone" in [table.title for table in place.tables]
    assert sum(len(table.devices) for table in place.tables) == sum(
        len(board.devices) for board in place.boards if board.differs
    )


def test_first_things_are_approvals_by_date_and_what_is_essential(brief):
    made = brief("CN", role="diplomat", devices=["work-phone"], arrive=dt.date(2027, 3, 1))
    first = {due.by: [errand.text for errand in due.errands] for due in made.first}

    assert first["By 15 February 2027"][0] == (
        "Ask for approval of WeChat (work phone, China); it takes 10 working days."
    )
    essential = {task.text for task in (*made.before, *made.during, *made.after) if task.essential}
    assert set(first["Before you leave"]) <= essential
    assert set(first["While you are there"]) | set(first["After you return"]) <= essential


def test_an_essential_practice_heads_its_list(brief):
    made = brief("NZ", role="diplomat", devices=["work-phone"])

    for tasks in (made.before, made.during, made.after):
        kinds = [task.essential for task in tasks]
        assert kinds == sorted(kinds, reverse=True)
        assert kinds[0]


def test_whom_to_ask_begins_with_those_who_decide_what_is_different(brief):
    kinds = [contact.matters for contact in brief("CN", role="diplomat", devices=["work-phone"]).contacts]

    assert kinds == sorted(kinds, reverse=True)
    assert kinds[0]
    assert not kinds[-1]


def test_every_app_that_local_life_runs_on_is_one_of_the_catalogue_or_known_to_be_none(book):
    scheme = book.vocabulary["app"]
    strangers = {w for h in book.corpus.host_countries for w in h.needed if local.meant(scheme, w) is None}

    assert strangers == {"Bizbarde", "SMS"}


def test_the_first_page_asks_for_what_is_needed_by_name_and_for_hundreds_of_others_by_number(brief):
    made = brief("RU", role="defence-member", devices=["travel-phone"], arrive=MARCH)
    texts = [errand.text for due in made.first for errand in due.errands if "approval" in errand.text]

    assert texts
    assert texts[0].startswith("Ask for approval of Telegram, VK and MAX (Russian messenger), or of any of ")
    assert "others that you need (travel phone, Russia)" in texts[0]
