"""Plans that changed, where one was before, what is at home, and names that lists of cities lack."""

from __future__ import annotations

import pytest

CHANGED = [
    ("The posting was meant to be in Hanoi, then Bonn, but in the end it's Manila. Viber, work phone?", "PH"),
    ("They told me I'd be going to Cairo, it turned out to be Amman. Signal on my phone?", "JO"),
    ("was due in Lima on Friday, now off to Quito. Uber on my own phone?", "EC"),
    ("It was meant to be Dili but now it's going to be Suva. Viber on own phone?", "FJ"),
    ("We were going to Rome but it's become Athens. Viber, work phone?", "GR"),
    ("I only ever used Uber in Lima. Next week it's Quito, work phone. Still ok?", "EC"),
    ("the Rome trip turned into a Madrid one", "ES"),
    ("my Tokyo visit is now a Seoul visit", "KR"),
    ("the Santiago leg has been axed, brief me on Peru", "PE"),
    ("I did Oslo and Bonn, and since April I've been in Accra. Bolt on my work phone?", "GH"),
    ("Signal on my laptop in Nairobi. Used it every day in Juba.", "KE"),
    ("Forget what I said about Rome. I'm in Oslo. Signal on my work phone?", "NO"),
    ("Next month we move to Berlin. Right now I'm in Dublin: Signal on my work phone here?", "IE"),
    ("Home from a two-year stint in Moscow, now in Hobart. Telegram on my work phone?", "AU"),
]
BESIDE = [
    ("The Nest app to watch my dog in Perth while I'm in Nairobi, own phone?", "KE"),
    ("SmartThings for the alarm at our flat in Adelaide - I'm posted to Paris. own phone", "FR"),
    ("In Geneva for talks on Syria. Signal on my work phone?", "CH"),
    ("defence official, Sydney desk, need TikTok on work phone", "AU"),
    ("My own tablet, WhatsApp, Sofia, second secretary", "BG"),
    ("Viber in Aitutaki on my work phone", "CK"),
    ("going to Mount Hagen, WhatsApp on my work phone?", "PG"),
]
OTHERWISE = [
    ("Next month we move to Berlin. Can I have Signal on my work phone there?", ["DE"]),
    ("we were going to Riga and now also to Vilnius. Signal on my phone?", ["LV", "LT"]),
    ("First I'm in Cairo, then Amman and finally Muscat. Signal on my own phone?", ["EG", "JO", "OM"]),
    ("I'm at my house in Suva, Viber on my work phone?", ["FJ"]),
    ("I'm on the Australia desk at the ministry in Jakarta, Viber on my own phone?", ["ID"]),
    ("Thanks for the help with my phone, Sofia, I'm off to Lima now. Signal?", ["PE"]),
    ("Had it in Juba. Is Signal ok there?", ["SS"]),
    ("The Turkish airline app on my own phone, ok?", []),
]


@pytest.mark.parametrize(("text", "country"), CHANGED + BESIDE)
def test_the_place_that_still_counts_is_the_one_of_the_enquiry(read, text, country):
    assert set(read(text).said("country")) == {country}


@pytest.mark.parametrize(("text", "countries"), OTHERWISE)
def test_what_only_looks_like_a_changed_plan_leaves_the_places(read, text, countries):
    assert read(text).said("country") == countries


def test_a_desk_at_home_and_the_post_of_ones_local_staff_are_guesses(read):
    assert read("apsc lawyer, Hobart desk, want Signal on my own phone").one("country")["how"] == "inferred"
    staff = read("Our local staff in Apia love Viber. I'm the consul, may I have it on my work phone?")
    assert staff.one("country")["value"] == "WS"


def test_a_plan_put_right_is_a_correction(read):
    heard = read("the Oslo trip has become a Lima trip")
    assert heard.intent == "correct"
    assert (heard.said("country"), heard.said("country", "replaced")) == (["PE"], ["NO"])


def test_where_a_flatmate_is_does_not_keep_a_question_from_being_one(read):
    heard = read("Signal in Lusaka; my housemate's in Harare")

    assert (heard.intent, heard.said("cue")) == ("may_i", [])
