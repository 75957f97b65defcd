"""In which of several places an app is to be used, and whose places are the enquiry's."""

from __future__ import annotations

import pytest

PASSED_THROUGH = [
    ("Connecting in Dubai and then on to Lisbon. WhatsApp on the travel phone?", "PT"),
    ("Flying Sydney to Lima with a stopover in Santiago; Uber on my work phone in Lima, allowed?", "PE"),
    ("Bound for Tarawa via Nadi and Honiara. Signal on my work phone ok?", "KI"),
    ("I change planes in Frankfurt, destination Sarajevo. Viber on my work phone?", "BA"),
    ("we stop over in KL en route to Dhaka, can i use Signal on my own phone once we land", "BD"),
    ("Came home through Singapore, I'm in Canberra now. Grab on my work phone?", "AU"),
    ("Only in Doha for two hours, then Amman for a month. Signal on my work phone?", "JO"),
    ("I have a layover in Doha on the way to Accra. Can I use WhatsApp during the layover?", "QA"),
    ("In Lagos till Friday, then Abuja, then Accra. I'd want Uber in the last one only, work phone", "GH"),
]
ONLY_THERE = [
    ("My desk covers Laos and I sit in Hanoi. It's in Hanoi I'd use Zalo, own phone. Okay?", "VN"),
    ("Until Sunday I'm in Nadi but won't use it here, it's for when I'm in Apia: Viber, work phone?", "WS"),
    ("Originally the course was in Paris, then it moved to Rome. Signal on my travel phone?", "IT"),
    ("The workshop got switched from Hanoi to Manila. Viber on my work phone there?", "PH"),
    ("May I use Signal in Vilnius on my work phone? I've just arrived from Riga.", "LT"),
    ("Bought my phone in Shenzhen, use it in Wellington. Is TikTok ok?", "NZ"),
    ("My colleague in Bangkok asked me, currently in Hobart, to try LINE on my work phone. Allowed?", "AU"),
    ("I was second secretary in Manila. Now I'm in Darwin. Viber on a work laptop, permitted?", "AU"),
    ("In Suva until the ninth, then Apia. Is Viber okay on my own phone there?", "WS"),
    ("Our bags are still stuck in Dubai and the hotel in Lima wants Viber. Ok on a work phone?", "PE"),
    ("My patch is Laos but I live in Hanoi. Zalo on my own phone?", "VN"),
    ("I'm a policy officer for Fiji and I work in Darwin. Viber on a work laptop?", "AU"),
    ("The Thai embassy sent us a card. We're in Suva. Can I have Line on my work phone?", "FJ"),
]
WHOSE = [
    ("The delegation leaves for Seoul on Monday. WhatsApp on their loan phones?", "KR"),
    ("Hosting a Fijian delegation in Hobart, Viber on my work phone?", "AU"),
    ("My wife is a major about to go to Djibouti. Could she have Skype on her own phone?", "DJ"),
    ("My counterpart in Hanoi sent me a Zalo invite. Can I accept it on my work phone?", "VN"),
    ("May the head of our branch use Signal on her work phone while she is in Wellington?", "NZ"),
    ("WhatsApp on the phone they lend you when you fly to China?", "CN"),
    ("On exchange with the Royal Navy in Portsmouth, Strava on my own phone?", "GB"),
]
NOT_THERE = [
    "Once I've left China, may I keep Weibo on my work laptop?",
    "Anywhere but Hong Kong, can I use Signal on my work phone?",
    "Is Telegram alright for the Ukraine friendship group, on my work phone?",
    "We used to hold the talks in Doha. Signal on my work phone?",
    "I'm the desk officer for Laos. Zalo on my work laptop?",
    "The Oman trip is off. Signal on my work phone?",
]


@pytest.mark.parametrize(("text", "country"), PASSED_THROUGH + ONLY_THERE + WHOSE)
def test_the_place_of_use_is_told_from_the_others(read, text, country):
    assert set(read(text).said("country")) == {country}


@pytest.mark.parametrize("text", NOT_THERE)
def test_a_place_that_was_left_or_excluded_is_none_of_the_enquiry(read, text):
    assert read(text).said("country") == []


def test_a_counterparts_place_is_a_guess(read):
    text = "My counterpart in Hanoi sent me a Zalo invite. Can I accept it on my work phone?"
    assert read(text).one("country")["how"] == "inferred"


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Flying to Rome via Doha. Is WhatsApp ok on my work phone in both?", ["IT", "QA"]),
        ("travelling through Fiji, Tonga and Samoa: Signal?", ["FJ", "TO", "WS"]),
        ("I'm in Suva until March, then Apia. May I use Viber on my work phone?", ["FJ", "WS"]),
        ("I'm the ambassador in Hanoi and cover Laos too. WhatsApp on my work phone in both?", ["VN", "LA"]),
    ],
)
def test_all_stops_are_asked_about_where_the_question_says_so(read, text, countries):
    assert sorted(read(text).said("country")) == sorted(countries)
