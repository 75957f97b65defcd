"""Incomplete and broad enquiries: answered at once, asked about, or split (SPEC section 3)."""

from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from guidelines.ruling import Unclear
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, VOCABULARY, book, concept, guideline, rule

HEADLINE = {"device": "work-phone", "country": "CN", "app": "wechat"}


def test_what_is_the_same_for_every_role_is_answered_at_once() -> None:
    outcome = consider(book(guideline("g", "D", rule("all", "prohibited"))), Enquiry.of(HEADLINE), ON)
    assert isinstance(outcome, Answer)
    assert (outcome.ruling.effect, outcome.ruling.rules) == ("prohibited", ("all",))


def test_rules_of_one_effect_are_all_named_when_a_missing_detail_does_not_matter() -> None:
    two = (
        rule("attaches", "prohibited", scope={"role": ["defence-attache"]}),
        rule("everyone", "prohibited", scope={}),
    )
    outcome = consider(book(guideline("g", "D", *two)), Enquiry.of(HEADLINE), ON)
    assert isinstance(outcome, Answer)
    assert set(outcome.ruling.rules) == {"attaches", "everyone"}


def test_the_detail_that_matters_is_asked_for_and_only_choices_that_matter_are_offered() -> None:
    outcome = consider(book(guideline("g", "D", DEFENCE_BAN)), Enquiry.of(HEADLINE), ON)
    assert isinstance(outcome, Question)
    assert outcome.dimension == "role"
    assert set(outcome.options) == {"defence-official", "diplomat", "mp"}
    assert outcome.complete


def test_a_detail_that_would_not_change_the_answer_is_never_asked_for() -> None:
    enquiry = Enquiry.of({"app": "wechat", "role": "defence-attache"})
    outcome = consider(book(guideline("g", "D", DEFENCE_BAN)), enquiry, ON)
    assert isinstance(outcome, Question)
    assert outcome.dimension == "device"


def test_a_broader_role_is_answered_once_when_all_it_covers_agree() -> None:
    enquiry = Enquiry.of({**HEADLINE, "role": "defence-official"})
    outcome = consider(book(guideline("g", "D", DEFENCE_BAN)), enquiry, ON)
    assert isinstance(outcome, Answer)
    assert outcome.ruling.rules == ("defence-wechat-work",)


def test_a_broader_concept_whose_parts_differ_becomes_a_table() -> None:
    enquiry = Enquiry.of({"app": "wechat", "role": "defence-attache", "device": "phone", "country": "CN"})
    outcome = consider(book(guideline("g", "D", DEFENCE_BAN)), enquiry, ON)
    assert isinstance(outcome, Table)
    assert [(e.enquiry["device"], e.ruling.effect, e.ruling.unclear) for e in outcome.entries] == [
        (("work-phone",), "prohibited", None),
        (("personal-phone",), None, Unclear.NO_GUIDANCE),
    ]


def test_several_apps_named_get_an_entry_each_even_when_they_agree() -> None:
    enquiry = Enquiry.of({**HEADLINE, "role": "mp", "app": ["wechat", "line"]})
    outcome = consider(book(guideline("g", "D", rule("all", "allowed"))), enquiry, ON)
    assert isinstance(outcome, Table)
    assert [(e.enquiry["app"], e.ruling.effect) for e in outcome.entries] == [
        (("wechat",), "allowed"), (("line",), "allowed"),
    ]  # fmt: skip


def test_a_missing_detail_that_matters_to_one_of_several_is_asked_for_first() -> None:
    enquiry = Enquiry.of({**HEADLINE, "app": ["wechat", "line"]})
    outcome = consider(book(guideline("g", "D", DEFENCE_BAN)), enquiry, ON)
    assert isinstance(outcome, Question)
    assert outcome.dimension == "role"


def test_an_empty_group_has_no_guidance() -> None:
    a_book = book(guideline("g", "D", rule("r", "prohibited", scope={"country": ["CN"]})))
    scheme = a_book.vocabulary["country"]
    assert scheme.values_under("elevated-risk") == {"CN"}
    outcome = consider(a_book, Enquiry.of({"country": "elevated-risk"}), ON)
    assert isinstance(outcome, Answer)
    assert outcome.ruling.effect == "prohibited"


def test_where_most_places_agree_home_stands_for_them_and_any_other_may_be_named() -> None:
    places = [concept(f"place-{n}", "north" if n % 2 else "south") for n in range(30)]
    places.append(concept("home-country", "north", attributes={"home": True}))
    vocabulary = {**VOCABULARY, "country": [concept("north"), concept("south"), *places]}
    ban = rule("ban", "prohibited", scope={"country": ["place-1", "place-2"]})
    plain = {"vocabulary": vocabulary, "guidelines": [guideline("g", "D", rule("all", "allowed"), ban)]}
    outcome = consider(RuleBook(corpus_from_dict(plain)), Enquiry.of({"app": "wechat"}), ON)
    assert isinstance(outcome, Question)
    assert (outcome.dimension, outcome.options) == ("country", ("place-1", "place-2", "home-country"))
    assert not outcome.complete


def test_whoever_names_the_root_asks_about_everything_and_is_not_asked_for_it() -> None:
    defence = rule("ban", "prohibited", scope={"role": ["defence-official"]})
    rules = book(guideline("g", "D", rule("all", "allowed"), defence))
    assert isinstance(consider(rules, Enquiry.of({"app": "wechat"}), ON), Question)
    outcome = consider(rules, Enquiry.of({"role": "any", "app": "wechat"}), ON)
    assert isinstance(outcome, Table)
    assert {(entry.ruling.effect, entry.ruling.rules) for entry in outcome.entries} == {
        ("prohibited", ("ban",)),
        ("allowed", ("all",)),
    }
