"""Concepts in words."""

import pytest

from answers.wording import Words
from askfirst.bootstrap import shipped


@pytest.mark.parametrize(
    ("country", "place"),
    [
        ("JP", "in Japan"),
        ("US", "in the United States"),
        ("UA", "in Ukraine"),
        ("BS", "in the Bahamas"),
        ("GM", "in the Gambia"),
        ("GS", "in South Georgia and the South Sandwich Islands"),
        ("VA", "in Vatican City"),
        ("CD", "in the Democratic Republic of the Congo"),
    ],
)
def test_a_place_has_its_article(country, place):
    assert Words(shipped(None).vocabulary).place(country) == place
