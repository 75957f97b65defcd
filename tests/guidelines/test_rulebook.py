"""What a rule book promises besides its rulings: what it remembers, its bits, and its days of change."""

from __future__ import annotations

import datetime as dt

import pytest

from guidelines.formats import corpus_from_dict
from guidelines.rulebook import RuleBook
from guidelines.ruling import Unclear
from guidelines.whole import Whole
from tests.guidelines.test_ruling import ON, VOCABULARY, book, guideline, rule, rule_on

DAY = dt.timedelta(days=1)
BAN = rule("ban", "prohibited", scope={"app": ["wechat"]})


def test_a_book_knows_which_edition_it_holds():
    corpus = corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": []})

    assert (RuleBook(corpus, 7).edition, RuleBook(corpus).edition) == (7, None)


def test_questions_to_which_the_same_rules_apply_get_the_very_same_ruling():
    a_book = book(guideline("g", "D", BAN, rule("all", "allowed"), review_by=ON.isoformat()))

    assert rule_on(a_book, country="CN") is rule_on(a_book, country="JP", on=ON - DAY)
    assert rule_on(a_book, on=ON + DAY) is rule_on(a_book, country="JP", on=ON + 9 * DAY)
    assert rule_on(a_book, app="line").rules == ("all",)


def test_a_remembered_ruling_is_overdue_from_the_day_after_its_review_and_not_before():
    a_book = book(guideline("g", "D", BAN, review_by=ON.isoformat()))
    days = [ON, ON + DAY, ON, ON + DAY, ON - DAY]

    marks = [rule_on(a_book, on=day).unclear for day in days]
    assert marks == [None, Unclear.REVIEW_OVERDUE, None, Unclear.REVIEW_OVERDUE, None]


def test_a_book_forgets_rulings_rather_than_remember_too_many():
    apart = [rule(f"in {c}", "prohibited", scope={"country": [c]}) for c in ("AU", "CN", "JP")]
    a_book = book(guideline("g", "D", *apart))
    remembered = a_book._contents
    assert isinstance(remembered, Whole)
    assert 10_000 < remembered._most_known < 25_000  # 16 MiB, at some 800 bytes each
    remembered._most_known = 2

    for country in ("AU", "CN", "JP", "AU", "CN", "JP"):
        assert rule_on(a_book, country=country).rules == (f"in {country}",)
        assert 0 < len(remembered._known) <= 2


def test_each_value_has_a_bit_of_its_own_and_several_have_theirs_together():
    a_book = book()
    wechat, line = a_book.bit("app", "wechat"), a_book.bit("app", "line")

    assert (wechat.bit_count(), line.bit_count(), wechat & line) == (1, 1, 0)
    assert a_book.mask("app", ["wechat", "line", "wechat"]) == wechat | line
    for concept in ("category:messaging", "wechatt"):
        with pytest.raises(KeyError):
            a_book.bit("app", concept)
        with pytest.raises(KeyError):
            a_book.mask("app", ["line", concept])


def test_the_days_of_change_stand_in_order_once_each_and_the_last_day_of_all_ends_nothing():
    dates = [("2026-03-01", "2026-03-09"), ("2026-03-10", "2026-04-01"), (None, "2026-03-09")]
    rules = [rule(f"r{n}", "allowed", valid_from=a, valid_until=b) for n, (a, b) in enumerate(dates)]
    forever = rule("forever", "allowed", valid_from="2026-02-01", valid_until="9999-12-31")
    a_book = book(guideline("g", "D", *rules, forever, rule("always", "allowed")))

    days = [(2026, 2, 1), (2026, 3, 1), (2026, 3, 10), (2026, 4, 2)]
    assert a_book.breakpoints == tuple(dt.date(*day) for day in days)
