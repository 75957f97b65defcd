"""Small promises of the core that other tests do not see: messages, boundaries, what is asked first."""

import datetime as dt

import pytest

from guidelines.completion import Answer, Question, Table, consider
from guidelines.enquiry import Enquiry, UnknownConcept
from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus, Effect, Guideline, Owner, Rule, Scope, unknown_concepts
from guidelines.ruling import Unclear, decide
from guidelines.vocabulary import VocabularyError
from tests.guidelines.test_ruling import ON, VOCABULARY, book, guideline, rule

FIRST, LAST = dt.date(2026, 3, 1), dt.date(2026, 3, 9)
DAY = dt.timedelta(days=1)


def test_a_rule_is_valid_from_its_first_to_its_last_day() -> None:
    held = Rule("r", Effect.ALLOWED, valid_from=FIRST, valid_until=LAST)
    days = (FIRST - DAY, FIRST, LAST, LAST + DAY)
    assert [held.valid_on(day) for day in days] == [False, True, True, False]


def test_a_rule_that_ends_before_it_starts_never_holds() -> None:
    never = Rule("r", Effect.ALLOWED, valid_from=LAST, valid_until=FIRST)
    held = Guideline("g", "g", "D", Owner("t"), (never,))
    vocabulary = book().vocabulary
    a_book = RuleBook(Corpus(vocabulary, (held,)))
    for day in (FIRST - DAY, FIRST + DAY, LAST - DAY, LAST, LAST + DAY):
        assert a_book.rule("mp", "work-phone", "CN", "line", day).effect is None


def test_the_strictness_and_permission_of_each_effect() -> None:
    assert [(e.strictness, e.permissive) for e in Effect] == [(0, True), (1, True), (2, False), (3, False)]


def test_the_books_days_of_change_are_first_days_and_the_days_after_last_ones() -> None:
    a_book = book(
        guideline("g", "D", rule("r", "allowed", valid_from="2026-03-01", valid_until="2026-03-09"))
    )
    assert a_book.breakpoints == (FIRST, LAST + DAY)


def test_what_the_vocabulary_lacks_is_named_with_its_dimension() -> None:
    lacking = Rule("r", Effect.ALLOWED, Scope({"app": ("wechat", "wechatt"), "planet": ("mars",)}))
    assert unknown_concepts(lacking, book().vocabulary) == [("app", "wechatt"), ("planet", "mars")]


def test_a_rule_that_names_a_strange_dimension_makes_no_book() -> None:
    lacking = Rule("r", Effect.ALLOWED, Scope({"planet": ("mars",)}))
    with pytest.raises(VocabularyError, match="rule `r` names planet `mars`"):
        RuleBook(Corpus(book().vocabulary, (Guideline("g", "g", "D", None, (lacking,)),)))


def test_two_rules_of_one_id_make_no_book_and_only_they_are_named() -> None:
    with pytest.raises(VocabularyError) as refused:
        book(guideline("g", "D", rule("a", "allowed"), rule("b", "allowed"), rule("b", "prohibited")))
    assert refused.value.problems == ("rule id `b` stands twice",)


def test_several_problems_of_a_vocabulary_are_told_in_one_line() -> None:
    assert str(VocabularyError(["one", "two"])) == "one; two"


def test_an_enquiry_refuses_what_the_vocabulary_lacks_in_plain_words() -> None:
    with pytest.raises(UnknownConcept, match="`wechatt` is no app in the vocabulary") as refused:
        consider(book(), Enquiry.of({"app": "wechatt"}), ON)
    assert (refused.value.dimension, refused.value.concept) == ("app", "wechatt")


def test_an_answer_a_question_and_a_table_carry_the_enquiry_they_answer() -> None:
    a_book = book(guideline("g", "D", rule("r", "prohibited", scope={"role": ["mp"]})))
    for details, kind in (
        ({"role": "mp", "app": "line"}, Answer),
        ({"app": "line"}, Question),
        ({"role": ["mp", "diplomat"], "app": "line"}, Table),
        ({"role": "mp", "app": ["line", "wechat"]}, Table),
    ):
        enquiry = Enquiry.of(details)
        outcome = consider(a_book, enquiry, ON)
        assert isinstance(outcome, kind)
        assert outcome.enquiry == enquiry


def test_the_detail_that_leaves_the_least_open_is_asked_for_first() -> None:
    by_country = rule("ban", "prohibited", scope={"country": ["CN"]})
    for_few = rule("few", "allowed", scope={"country": ["AU", "JP"], "device": ["work-phone"]})
    others = rule("rest", "conditional", scope={"country": ["AU", "JP"], "device": ["personal-phone"],
                                                "role": ["mp"]})  # fmt: skip
    outcome = consider(
        book(guideline("g", "D", by_country, for_few, others)), Enquiry.of({"app": "line"}), ON
    )
    assert isinstance(outcome, Question)
    assert outcome.dimension == "country"


def test_rulings_of_one_effect_keep_every_condition_approver_and_mark() -> None:
    ask = [
        rule(f"ask-{role}", "approval-required", approver=f"head of {role}", scope={"role": [role]})
        for role in ("mp", "diplomat", "official")
    ]
    a_book = book(guideline("g", "D", *ask, review_by="2026-01-01"))
    outcome = consider(a_book, Enquiry.of({"app": "line"}), ON)
    assert isinstance(outcome, Answer)
    assert outcome.ruling.unclear is Unclear.REVIEW_OVERDUE
    assert set(outcome.ruling.approvers) == {"head of mp", "head of diplomat", "head of official"}
    may = [rule(f"may-{role}", "conditional", scope={"role": [role]}) for role in ("mp", "official")]
    outcome = consider(book(guideline("g", "D", *may)), Enquiry.of({"app": "line"}), ON)
    assert isinstance(outcome, Answer)
    assert set(outcome.ruling.conditions) == {"condition of may-mp", "condition of may-official"}


def test_what_rules_decide_together_is_overdue_from_the_day_after_the_review() -> None:
    held = Guideline("g", "g", "D", None, review_by=FIRST)
    remaining = [(held, Rule("r", Effect.ALLOWED))]
    assert decide(remaining, FIRST).unclear is None
    assert decide(remaining, FIRST + DAY).unclear is Unclear.REVIEW_OVERDUE


def test_an_enquiry_is_complete_when_every_detail_is_one_value() -> None:
    vocabulary = book().vocabulary
    whole = Enquiry.of({"role": "mp", "device": "work-phone", "country": "CN", "app": "line"})
    assert whole.is_complete(vocabulary)
    for role in (None, "official", ["mp", "diplomat"]):
        assert not Enquiry.of({**whole.as_dict(), "role": role}).is_complete(vocabulary)


def test_an_enquiry_is_written_as_an_id_a_list_or_nothing() -> None:
    enquiry = Enquiry.of({"role": "mp", "app": ["line", "wechat"]})
    assert enquiry.as_dict() == {"role": "mp", "device": None, "country": None, "app": ["line", "wechat"]}


def test_the_vocabulary_tells_what_covers_what_what_is_narrower_and_what_it_is_called() -> None:
    scheme = book().vocabulary["role"]
    assert scheme.covers("official", "defence-attache")
    assert not scheme.covers("defence-attache", "official")
    assert scheme.narrower("defence-official") == ("defence-attache", "defence-civilian")
    assert (scheme.label("mp"), scheme.label("pilot")) == ("mp", "pilot")


def test_a_book_finds_a_rule_with_its_guideline_by_id() -> None:
    found, held = book(guideline("g", "D", rule("a", "allowed"), rule("b", "allowed"))).find("b")
    assert (found.id, held.id) == ("g", "b")
    assert not found.overdue_on(ON)


def test_a_rule_that_overrides_its_own_guideline_does_not_displace_itself() -> None:
    own = rule("own", "allowed", overrides=["g"])
    explained = book(guideline("g", "D", own, rule("other", "prohibited"))).explain(
        "mp", "work-phone", "CN", "line", ON
    )
    assert explained.ruling.rules == ("own",)
    assert [(d.rule, d.by, d.why) for d in explained.displaced] == [("other", "own", "override")]


def test_an_explanation_says_that_a_binding_rule_gave_way_to_a_stricter_one() -> None:
    loose = rule("loose", "approval-required", binding=True, approver="the CISO")
    strict = rule("strict", "prohibited", scope={"app": ["wechat"]})
    explained = book(guideline("g", "D", loose), guideline("h", "E", strict)).explain(
        "mp", "work-phone", "CN", "wechat", ON
    )
    assert [(d.rule, d.by, d.why) for d in explained.displaced] == [("loose", "strict", "stricter")]


def test_a_root_that_nothing_is_narrower_than_is_a_value_so_a_dimension_need_not_be_used() -> None:
    used = {"app": VOCABULARY["app"], "device": VOCABULARY["device"]}
    ban = rule("ban", "prohibited", scope={"app": ["wechat"]})
    wechat = {"vocabulary": used, "guidelines": [guideline("g", "D", rule("all", "allowed"), ban)]}
    found = RuleBook(corpus_from_dict(wechat))
    assert found.rule("any", "work-phone", "any", "wechat", ON).rules == ("ban",)
    outcome = consider(found, Enquiry.of({"app": "wechat", "device": "phone"}), ON)
    assert isinstance(outcome, Answer)
    assert (outcome.ruling.effect, outcome.ruling.rules) == (Effect.PROHIBITED, ("ban",))
