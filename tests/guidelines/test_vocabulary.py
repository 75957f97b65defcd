"""What a vocabulary that cannot be used is told, and what its schemes are called."""

import datetime as dt

import pytest

from guidelines.rules import Guideline, Scope
from guidelines.vocabulary import Concept, Scheme, Vocabulary, VocabularyError

PHONE, TABLET = Concept("phone", "phone"), Concept("tablet", "tablet")


def problems_of(make, *given) -> tuple[str, ...]:
    with pytest.raises(VocabularyError) as raised:
        make(*given)
    assert str(raised.value) == "; ".join(raised.value.problems)
    return raised.value.problems


def test_all_that_is_wrong_with_a_scheme_is_said_at_once():
    lost = Concept("flip-phone", "flip phone", broader=("handset",))

    assert problems_of(Scheme, "device", [PHONE, lost, TABLET, PHONE]) == (
        "device `phone` stands twice in the vocabulary",
        "device `flip-phone`: broader `handset` is no device in the vocabulary",
    )


def test_concepts_that_are_broader_than_each_other_are_named():
    round_about = [Concept("a", "a", broader=("b",)), Concept("b", "b", broader=("a",)), PHONE]

    assert problems_of(Scheme, "device", round_about) == (
        "device: broader goes round in a circle among `a`, `b`",
    )


def test_all_that_is_wrong_with_all_schemes_is_said_at_once():
    schemes = {"colour": [], "device": [PHONE, PHONE], "app": [Concept("x", "X", broader=("y",))]}

    assert problems_of(Vocabulary, schemes) == (
        "`colour` is no dimension; use one of role, device, country, app",
        "device `phone` stands twice in the vocabulary",
        "app `x`: broader `y` is no app in the vocabulary",
    )


def test_a_root_that_is_not_given_stands_first_and_is_called_after_its_dimension():
    scheme = Vocabulary({"device": [PHONE]})["device"]

    assert [concept.id for concept in scheme] == ["any", "phone"]
    assert scheme.name == "device"
    assert scheme.label("any") == "any device"


def test_a_scheme_that_is_not_given_holds_only_its_root_as_its_one_value():
    vocabulary = Vocabulary({"device": [PHONE]})

    assert [(scheme.name, len(scheme)) for scheme in vocabulary] == [
        ("role", 1), ("device", 2), ("country", 1), ("app", 1),
    ]  # fmt: skip
    assert vocabulary["app"].values == ("any",)


def test_a_label_is_what_people_say_and_the_id_where_there_is_none():
    scheme = Scheme("device", [Concept("byod-phone", "enrolled personal phone")])

    assert scheme.label("byod-phone") == "enrolled personal phone"
    assert scheme.label("pager") == "pager"


def test_a_scope_that_excludes_nothing_says_so_with_nothing():
    assert Scope({"device": ("phone",)}).excluded("device") == ()


def test_guidance_is_overdue_from_the_day_after_its_review():
    review = dt.date(2026, 3, 9)
    held = Guideline("g", "g", "D", None, review_by=review)

    assert not held.overdue_on(review)
    assert held.overdue_on(review + dt.timedelta(days=1))
