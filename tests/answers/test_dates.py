"""Days of travel in what people write."""

import datetime as dt

import pytest

from answers.dates import days_in

TODAY = dt.date(2026, 11, 27)


def read(text):
    """The days of a text, a stay's last day with a bar before it."""
    return [f"{'|' if one.ends else ''}{one.day}" for one in days_in(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I'm being posted to Seoul in March: brief me", ["2027-03-01"]),
        ("from 1 March to 5 April 2027", ["2027-03-01", "|2027-04-05"]),
        ("1-5 March 2027 in Paris", ["2027-03-01", "|2027-03-05"]),
        ("from 2027-03-01 to 2027-09-30", ["2027-03-01", "|2027-09-30"]),
        ("on 3/2/2027 for two weeks", ["2027-02-03", "|2027-02-16"]),
        ("posted to Seoul, March 2027 till 2029", ["2027-03-01", "|2029-12-31"]),
        ("from Dec 2026 to Feb 2027", ["2026-12-01", "|2027-02-28"]),
        ("leaving on March 3rd, back on 20 March", ["2027-03-03", "|2027-03-20"]),
        ("from next month until the end of June", ["2026-12-01", "|2027-06-30"]),
        ("in three weeks", ["2026-12-18"]),
        ("tomorrow", ["2026-11-28"]),
        ("mid-March", ["2027-03-15"]),
        ("in November", ["2026-11-27"]),
        ("next November", ["2027-11-01"]),
        ("in May", ["2027-05-01"]),
    ],
)
def test_days_are_read_as_people_write_them(text, days):
    assert read(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "may I use WeChat in China",
        "can I march in Tokyo",
        "31 February",
        "soon",
        "version 1/2 of the app",
        "",
    ],
)
def test_what_is_no_day_is_not_guessed_at(text):
    assert read(text) == []
