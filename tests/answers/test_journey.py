"""Where somebody passes through, where they go, and when."""

import datetime as dt
from dataclasses import asdict

import pytest

from answers.dialogue.journey import Journey, heard_of
from answers.heard import Detail, Heard

TODAY = dt.date(2026, 11, 27)
NAMES = {"Singapore": "SG", "Jakarta": "ID", "Seoul": "KR", "Tokyo": "JP"}


def told(*texts):
    """What is known after some messages: each leg as `country`, `>` where one only passes through, and its
    days."""
    journey, countries = Journey(), ()
    for text in texts:
        named = sorted((name for name in NAMES if name in text), key=text.index)
        countries = tuple(NAMES[name] for name in named) or countries
        details = tuple(Detail("country", NAMES[name], name) for name in named)
        journey = heard_of(journey, Heard("brief", text=text, details=details), countries, TODAY)
        journey = Journey.from_dict(asdict(journey))
    return [
        f"{'>' if leg.passing else ''}{leg.country} {leg.first or ''} {leg.last or ''}".strip()
        for leg in journey.legs(countries)
    ]


@pytest.mark.parametrize(
    ("texts", "legs"),
    [
        (["we go via Singapore to Jakarta"], [">SG", "ID"]),
        (["to Jakarta via Singapore in March"], [">SG", "ID 2027-03-01"]),
        (["via Singapore on 1 March to Jakarta on 3 March"], [">SG 2027-03-01", "ID 2027-03-03"]),
        (["in March via Singapore to Jakarta"], [">SG", "ID 2027-03-01"]),
        (["I'm being posted to Seoul in March: brief me"], ["KR 2027-03-01"]),
        (["Seoul 1 to 5 May, then Tokyo until 9 May"], ["KR 2027-05-01 2027-05-05", "JP  2027-05-09"]),
        (["brief me, from 1 March", "Seoul"], ["KR 2027-03-01"]),
        (["brief me on Seoul", "from 1 March until 5 April"], ["KR 2027-03-01 2027-04-05"]),
        (["Seoul in March", "sorry, I meant Tokyo"], ["JP 2027-03-01"]),
        (["stopping over in Singapore"], ["SG"]),
        (["Jakarta in March", "and via Singapore to Jakarta"], [">SG", "ID 2027-03-01"]),
    ],
)
def test_a_journey_is_told_in_the_order_of_travel(texts, legs):
    assert told(*texts) == legs


def test_a_new_start_forgets_the_days():
    journey = heard_of(Journey(), Heard("brief", text="from 1 March"), (), TODAY)

    assert heard_of(journey, Heard("start_over", text="start over"), (), TODAY) == Journey()
