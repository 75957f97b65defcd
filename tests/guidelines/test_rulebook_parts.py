"""The parts that compile rules and hold their bits, dates and scopes, by themselves."""

from __future__ import annotations

import datetime as dt
import random
import tracemalloc
from typing import Any

import pytest

from guidelines import bits
from guidelines.calendar import Calendar
from guidelines.compiled import CompiledRule, Masks, displaces
from guidelines.rules import Effect, Guideline, Owner, Rule
from guidelines.scopes import Scopes
from tests.guidelines.test_ruling import book, guideline, rule

FIRST = dt.date(2026, 1, 1)


def compiled(
    number: int, admits: Masks = (1, 1, 1, 1), rank: int = 0, issuer: int = 0, **more: Any
) -> CompiledRule:
    """A rule that admits the first value of each dimension, unless told otherwise."""
    rule = Rule(f"rule{number}", tuple(Effect)[rank], **more)
    held = Guideline("g", "g", "D", Owner("t"))
    return CompiledRule(number, held, rule, admits, rank=rank, issuer=issuer)


def test_many_bits_take_room_for_the_highest_only():
    tracemalloc.start()
    held = bits.of(range(0, 800_000, 100_000))
    room = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert list(bits.places(held)) == list(range(0, 800_000, 100_000))
    assert room < 1_000_000


@pytest.mark.parametrize("size", [5, 1500, 2500])
def test_a_calendar_tells_for_every_day_which_rules_are_valid_however_many_there_are(size):
    chance = random.Random(size)
    days = [FIRST + dt.timedelta(days=n) for n in range(60)]
    dates = [(chance.choice([None, *days]), chance.choice([None, *days])) for _ in range(size)]
    rules = [compiled(n, valid_from=start, valid_until=end) for n, (start, end) in enumerate(dates)]
    calendar = Calendar(rules)

    for day in (FIRST - dt.timedelta(days=1), *days, days[-1] + dt.timedelta(days=1)):
        held = [c.number for c in rules if c.rule.valid_on(day)]
        assert list(bits.places(calendar.on(day.toordinal()))) == held, day


def test_a_calendar_knows_a_rule_of_one_day_and_passes_over_one_that_never_holds():
    day = dt.timedelta(days=1)
    never = compiled(0, valid_from=FIRST + day, valid_until=FIRST)
    one_day = compiled(1, valid_from=FIRST, valid_until=FIRST)
    calendar = Calendar([never, one_day])

    assert [calendar.on((FIRST + n * day).toordinal()) for n in (-1, 0, 1, 2)] == [0, 0b10, 0, 0]


@pytest.mark.parametrize(("size", "most"), [(499, 4), (500, 1024)])
def test_a_calendar_remembers_four_days_or_many_where_there_are_many_rules(size, most):
    calendar = Calendar([compiled(n) for n in range(size)])
    everything = (1 << size) - 1
    kept = []

    for day in range(1, 1100):
        assert calendar[day] == everything
        kept.append(len(calendar))
    assert max(kept) == most


def rules_of_one_question(seed: int) -> list[CompiledRule]:
    """Rules that all admit one value of each dimension, as those that apply together do: for even seeds the
    first of three, for odd ones the last. The higher the seed, the more of them are binding.
    """
    chance = random.Random(seed)
    asked, others = (0b100, (0b001, 0b010, 0b011)) if seed % 2 else (0b001, (0b010, 0b100, 0b110))

    def some() -> int:
        return asked | chance.choice([0, 0, *others])

    return [
        compiled(n, (some(), some(), some(), some()), chance.randrange(4), chance.randrange(2),
                 binding=chance.random() < seed / 10)
        for n in range(60)
    ]  # fmt: skip


def within(inner: CompiledRule, outer: CompiledRule) -> bool:
    """Whether every value that one admits is admitted by the other."""
    return all(mine & ~its == 0 for mine, its in zip(inner.admits, outer.admits, strict=True))


@pytest.mark.parametrize("seed", range(6))
def test_what_a_rule_leaves_of_others_is_all_but_the_broader_ones_that_yield_to_it(seed):
    rules = rules_of_one_question(seed)
    scopes = Scopes(rules)
    left = {
        s.number: bits.of(
            r.number
            for r in rules
            if not within(s, r) or (r.rule.binding and r.issuer != s.issuer and r.rank >= s.rank)
        )
        for s in rules
    }

    assert {s.number: scopes.left_by(s) for s in rules} == left
    scopes.finish()
    assert {s.number: scopes.left_by(s) for s in rules} == left


@pytest.mark.parametrize("seed", range(6))
def test_a_binding_rule_is_displaced_by_narrower_rules_of_its_issuer_and_by_stricter_ones(seed):
    rules = rules_of_one_question(seed)
    scopes = Scopes(rules)

    for binding in rules:
        entitled = [s for s in rules if s.issuer == binding.issuer or s.rank > binding.rank]
        assert scopes.entitled(binding) == bits.of(s.number for s in entitled)
        narrower = [s for s in entitled if within(s, binding)]
        assert scopes.displacing(binding) == bits.of(s.number for s in narrower)


def test_scopes_remember_what_a_rule_leaves_only_while_a_book_is_compiled():
    rules = rules_of_one_question(5)
    scopes = Scopes(rules)

    assert scopes.left_by(rules[0]) is scopes.left_by(rules[0])
    scopes.finish()
    assert scopes.left_by(rules[0]) is not scopes.left_by(rules[0])


def test_a_binding_rule_of_an_issuer_that_has_no_rule_here_yields_to_stricter_ones():
    scopes = Scopes([compiled(0, rank=2), compiled(1, rank=3)])

    assert scopes.entitled(compiled(2, rank=2, issuer=7, binding=True)) == 0b10


def test_a_rule_may_loosen_a_binding_one_of_its_issuer_and_one_less_strict_than_itself():
    binding = compiled(0, rank=2, issuer=0, binding=True)
    own = [compiled(1, rank=rank, issuer=0).may_loosen(binding) for rank in range(4)]
    others = [compiled(1, rank=rank, issuer=1).may_loosen(binding) for rank in range(4)]

    assert (own, others) == ([True] * 4, [False, False, False, True])


@pytest.mark.parametrize("axis", range(4), ids=["role", "device", "country", "app"])
def test_a_scope_is_narrower_when_it_is_a_proper_part_on_one_dimension_and_no_more_on_others(axis):
    def admitting(here: int, elsewhere: int) -> CompiledRule:
        admits = [elsewhere] * 4
        admits[axis] = here
        return compiled(0, (admits[0], admits[1], admits[2], admits[3]))

    broad = admitting(0b011, 0b011)
    assert admitting(0b001, 0b011).narrower_than(broad)
    assert admitting(0b001, 0b010).narrower_than(broad)
    assert admitting(0b011, 0b010).narrower_than(broad)
    assert not admitting(0b011, 0b011).narrower_than(broad)
    assert not admitting(0b101, 0b001).narrower_than(broad)
    assert not admitting(0b111, 0b001).narrower_than(broad)


NARROW, BROAD = (1, 1, 1, 1), (1, 1, 1, 3)


@pytest.mark.parametrize(
    ("s", "r", "why"),
    [
        ({}, {}, "narrower"),
        ({}, {"admits": NARROW}, None),
        ({"admits": BROAD}, {"admits": NARROW}, None),
        ({}, {"binding": True}, None),
        ({}, {"binding": True, "issuer": 1}, "narrower"),
        ({}, {"binding": True, "rank": 0}, "stricter"),
        ({}, {"binding": True, "rank": 2}, None),
        ({}, {"rank": 3}, "narrower"),
        ({"binding": True}, {"rank": 3}, "narrower"),
        ({"admits": BROAD}, {"admits": NARROW, "baseline": True, "binding": True}, "baseline"),
        ({"baseline": True}, {}, None),
        ({"baseline": True}, {"baseline": True}, "narrower"),
        ({"overrides": ("rule0",), "admits": BROAD}, {"admits": NARROW}, "override"),
        ({"overrides": ("g",), "baseline": True}, {"binding": True}, "override"),
        ({"overrides": ("rule1", "rule2")}, {"admits": NARROW}, None),
    ],
)
def test_why_a_rule_displaces_another(s, r, why):
    displacing = compiled(1, **{"admits": NARROW, "rank": 1, "issuer": 1, **s})
    displaced = compiled(0, **{"admits": BROAD, "rank": 1, "issuer": 0, **r})

    assert displaces(displacing, displaced) == why
    assert displaces(displacing, displacing) is None


def test_rules_are_numbered_in_their_order_and_share_equal_scopes():
    held = [
        guideline("g", "D", rule("a", "prohibited"), rule("b", "allowed", scope={"app": ["wechat"]})),
        guideline("h", "E", rule("c", "conditional", scope={"app": ["vendor-country:CN"]})),
        guideline("i", "D", rule("d", "allowed")),
    ]
    a, b, c, d = book(*held).compiled

    assert [(x.number, x.rank) for x in (a, b, c, d)] == [(0, 3), (1, 0), (2, 1), (3, 0)]
    assert a.issuer == b.issuer == d.issuer != c.issuer
    assert a.admits is d.admits
    assert b.admits is c.admits
