"""What rules say together, read off the lists of a book, against `decide`, which looks at each rule."""

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.ruleset import RICH, enquiries
from benchmarks.ruleset import corpus as generated
from guidelines import contents
from guidelines.calendar import Calendar
from guidelines.compiled import CompiledRule
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect, Guideline, Rule
from guidelines.ruling import decide, overdue
from guidelines.voices import Voices
from tests.guidelines.test_ruling import ON, book, guideline, rule

DAY = dt.timedelta(days=1)


def compiled(n: int, effect: Effect, review_by: dt.date | None = None, said: str = "") -> CompiledRule:
    permits = effect is Effect.CONDITIONAL
    held = Rule(
        f"r{n}", effect, conditions=(said,) if said and permits else (), approver="" if permits else said
    )
    return CompiledRule(
        n, Guideline("g", "g", "D", None, review_by=review_by), held, (1,) * 4, effect.strictness, 0
    )


@st.composite
def rules(draw: st.DrawFn) -> list[CompiledRule]:
    reviews = st.sampled_from([None, ON - DAY, ON, ON + DAY])
    said = st.sampled_from(["", "one", "other"])
    few = st.sampled_from(draw(st.lists(st.sampled_from(list(Effect)), min_size=1, max_size=4)))
    return [compiled(n, draw(few), draw(reviews), draw(said)) for n in range(draw(st.integers(1, 7)))]


@settings(deadline=None)
@given(rules(), st.data())
def test_the_lists_of_a_book_say_what_the_rules_say(held: list[CompiledRule], data: st.DataObject) -> None:
    numbers = data.draw(st.lists(st.sampled_from(range(len(held))), unique=True))
    remaining = [(held[n].guideline, held[n].rule) for n in sorted(numbers)]
    voices = Voices(held)

    for day in (ON - 2 * DAY, ON, ON + 2 * DAY):
        assert voices.say(list(numbers), day.toordinal())[0] == decide(remaining, day)
    ruling, until = voices.say(list(numbers))
    assert decide(remaining, dt.date.fromordinal(until)) == ruling
    if until < dt.date.max.toordinal():
        assert decide(remaining, dt.date.fromordinal(until + 1)) == overdue(ruling)


def test_what_an_allowed_rule_asks_for_is_said_beside_a_conditional_one_that_asks_for_nothing() -> None:
    owner = Guideline("g", "g", "D", None)
    allowed = Rule("allowed", Effect.ALLOWED, conditions=("tell your desk",))
    conditional = Rule("conditional", Effect.CONDITIONAL)
    voices = Voices([CompiledRule(n, owner, r, (1,) * 4, n, 0) for n, r in enumerate((allowed, conditional))])

    ruling, _ = voices.say([0, 1])
    assert (ruling.effect, ruling.conditions) == (Effect.CONDITIONAL, ("tell your desk",))


def test_a_calendar_keeps_few_days_and_is_right_about_all() -> None:
    first = ON - 10 * DAY
    held = [Rule(f"r{n}", Effect.ALLOWED, valid_from=first + n * DAY) for n in range(20)]
    owner = Guideline("g", "g", "D", None)
    calendar = Calendar([CompiledRule(n, owner, one, (1,) * 4, 0, 0) for n, one in enumerate(held)])

    for _ in range(2):
        for n in range(-2, 22):
            valid = calendar[(first + n * DAY).toordinal()]
            assert valid == sum(1 << i for i, one in enumerate(held) if one.valid_on(first + n * DAY))
    assert 0 < len(calendar) <= 4


def test_rules_are_overridden_by_name_and_by_guideline_but_never_by_themselves() -> None:
    a_book = book(
        guideline("g", "D", rule("own", "allowed", overrides=["g", "other"]), rule("fellow", "prohibited")),
        guideline("h", "D", rule("other", "prohibited"), rule("free", "prohibited")),
    )
    found = a_book.rule("mp", "work-phone", "CN", "line", ON)

    assert found.rules == ("own", "free")


def test_a_book_of_many_chapters_says_what_one_chapter_says(monkeypatch) -> None:
    corpus = generated(2_600, 3, RICH)
    in_chapters = RuleBook(corpus)
    monkeypatch.setattr(contents, "SMALL_BOOK", 10**6)
    whole = RuleBook(corpus)

    assert [in_chapters.rule(*one) for one in enquiries(3_000, 4)] == [
        whole.rule(*one) for one in enquiries(3_000, 4)
    ]
