"""Whose a gap is: no case can be ownerless, whatever it is about."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from askfirst.bootstrap import shipped
from cases.gap import Gap
from cases.routing import ROUTES, RoutingError, read
from guidelines.enquiry import Enquiry
from guidelines.rules import Owner
from guidelines.ruling import Unclear
from guidelines.vocabulary import Vocabulary

ROUTING = read()
VOCABULARY = shipped(None).vocabulary
MEANT = {
    dimension: list(VOCABULARY[dimension].concepts) for dimension in ("role", "device", "country", "app")
}

detail = {dimension: st.lists(st.sampled_from(concepts), max_size=2) for dimension, concepts in MEANT.items()}


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(list(Unclear)), st.fixed_dictionaries(detail), st.booleans())
def test_no_case_is_ownerless(unclear, details, empty_vocabulary):
    vocabulary = Vocabulary({}) if empty_vocabulary else VOCABULARY
    owner = ROUTING.owner(Gap(unclear, Enquiry.of(details), words="something"), vocabulary)

    assert owner.team
    assert owner.contact


def test_every_concept_that_the_routes_name_is_in_the_shipped_vocabulary():
    for route in ROUTING.routes:
        for key, wanted in route.when.items():
            if key != "unclear":
                assert all(concept in VOCABULARY[key] for concept in wanted), route


def test_a_gap_of_a_member_of_parliament_goes_to_parliament():
    gap = Gap(Unclear.NO_GUIDANCE, Enquiry.of({"role": "mp", "app": "wechat"}))

    assert "Parliamentary" in ROUTING.owner(gap, VOCABULARY).team


def test_a_clash_goes_to_the_owner_of_the_guideline_and_else_on_down_the_routes():
    gap = Gap(Unclear.CONFLICTING_GUIDANCE, Enquiry.of({"role": "defence-member"}))
    owner = Owner("Defence ICT", "ict@example.org")

    assert ROUTING.owner(gap, VOCABULARY, [owner]) == owner
    assert "Defence" in ROUTING.owner(gap, VOCABULARY).team


def test_several_roles_fit_a_route_only_when_it_covers_them_all():
    gap = Gap(Unclear.NO_GUIDANCE, Enquiry.of({"role": ["mp", "diplomat"]}))

    assert ROUTING.owner(gap, VOCABULARY) == ROUTING.fallback


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("routes: []", "needs a `fallback`"),
        ("fallback: {team: A}", "an owner needs a `team` and a `contact`"),
        ("fallback: {team: A, contact: b}\nroutes: [{owner: guideline}]", "route 1 needs `when` and `owner`"),
        (
            "fallback: {team: A, contact: b}\nroutes: [{when: {unclear: [odd]}, owner: guideline}]",
            "`odd` is no kind of unclear",
        ),
        (
            "fallback: {team: A, contact: b}\nroutes: [{when: {colour: [red]}, owner: guideline}]",
            "`colour` is nothing that a route can look at",
        ),
    ],
)
def test_a_wrong_routing_file_says_where_it_is_wrong(tmp_path: Path, text: str, says: str):
    place = tmp_path / "routing.yml"
    place.write_text(text)

    with pytest.raises(RoutingError, match=re.escape(says)) as error:
        read(place)
    assert "`routing.yml`" in str(error.value)


def test_the_shipped_routes_are_read():
    assert ROUTES.is_file()
    assert ROUTING.routes
