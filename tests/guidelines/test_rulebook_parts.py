"""The parts that compile rules and hold their bits, dates and scopes, by themselves."""

from __future__ import annotations

import datetime as dt
import random
import tracemalloc
from typing import Any

import pytest

from guidelines import bits
from guidelines.calendar import Calendar
from guidelines.compiled import CompiledRule
from guidelines.rules import Effect, Guideline, Owner, Rule

FIRST = dt.date(2026, 1, 1)


def compiled(number: int, **more: Any) -> CompiledRule:
    """A rule that admits everything there is, in a book where everything is one value."""
    rule = Rule(f"rule{number}", Effect.ALLOWED, **more)
    return CompiledRule(number, Guideline("g", "g", "D", Owner("t")), rule, (1, 1, 1, 1), number, 0, 0)


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
