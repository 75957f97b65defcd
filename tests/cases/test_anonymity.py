"""Groups too small to be anonymous are not shown, nor can they be worked out by subtraction."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.anonymity import grouped, masked
from guidelines.vocabulary import Concept, Vocabulary

WORDS = Vocabulary(
    {
        "role": [Concept("diplomat", "diplomat", ("ambassador",))],
        "country": [Concept("TO", "Tonga", ("Kingdom of Tonga",)), Concept("CN", "China")],
    }
)


@given(st.dictionaries(st.text("abcdefgh", min_size=1, max_size=3), st.integers(1, 30)), st.integers(2, 10))
def test_no_group_that_is_shown_or_hidden_is_smaller_than_the_threshold(
    counts: dict[str, int], smallest: int
):
    shown = grouped(counts.items(), smallest)

    assert all(group.people >= smallest for group in shown)
    hidden = sum(counts.values()) - sum(group.people for group in shown)
    assert hidden < smallest
    if len([group for group in shown if group.concept]) > 0:
        assert hidden == 0, "what is missing from the total would be a small group"


def test_the_largest_groups_come_first_and_the_rest_are_one():
    shown = [(g.concept, g.people) for g in grouped([("a", 3), ("b", 12), ("c", 7), ("d", 4)], 5)]

    assert shown == [("b", 12), ("c", 7), (None, 7)]


def test_a_rest_that_is_too_small_takes_the_next_group_with_it():
    shown = [(g.concept, g.people) for g in grouped([("a", 9), ("b", 6), ("c", 1)], 5)]

    assert shown == [("a", 9), (None, 7)]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("as the ambassador in Tonga", "as the [role] in [place]"),
        ("diplomats in the kingdom of tonga's capital", "[role] in the [place] capital"),
        ("can I use it?", "can I use it?"),
        ("tongue in chinaware", "tongue in chinaware"),
    ],
)
def test_names_of_roles_and_places_are_masked_in_words(said: str, shown: str):
    assert masked(said, WORDS) == shown


def test_names_that_enough_share_stay_in_words():
    said = "the ambassador goes from Tonga to China"

    assert masked(said, WORDS, {"country": {"TO"}}) == "the [role] goes from Tonga to [place]"
    assert masked(said, WORDS, {"role": {"diplomat"}}) == "the ambassador goes from [place] to [place]"
