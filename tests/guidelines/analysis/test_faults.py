"""Rules that never decide, are redundant or clash, against the slow reference."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from guidelines.analysis.faults import Faults, find_faults
from guidelines.formats import corpus_from_dict
from tests.guidelines import reference
from tests.guidelines.analysis.test_diff import full_ruling
from tests.guidelines.test_ruling import DEFENCE_BAN, ON, VOCABULARY, guideline, rule
from tests.guidelines.test_ruling_random import DAYS, packs


def faults(*guidelines: dict[str, Any]) -> Faults:
    return find_faults(corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": list(guidelines)}), ON)


def test_a_rule_that_narrower_ones_displace_everywhere_never_decides() -> None:
    parts = [
        rule(f"in-{country}", "prohibited", scope={"country": [country]}) for country in ("AU", "CN", "JP")
    ]
    found = faults(guideline("g", "D", rule("all", "allowed"), *parts))
    assert found.never == {"all": ("in-AU", "in-CN", "in-JP")}


def test_a_narrower_rule_that_says_the_same_is_redundant() -> None:
    found = faults(guideline("g", "D", rule("all", "prohibited"), DEFENCE_BAN))
    assert found.redundant == {"defence-wechat-work": ("all",)}
    assert found.never == {}


def test_a_clash_is_shown_with_somebody_whom_it_meets() -> None:
    other = rule("phones", "allowed", scope={"device": ["work-phone"], "country": ["CN"]})
    found = faults(guideline("g", "D", DEFENCE_BAN), guideline("h", "E", other))
    (clash,) = found.clashes
    assert clash.rules == ("defence-wechat-work", "phones")
    assert clash.count == 2
    assert clash.example == {
        "role": "defence-attache", "device": "work-phone", "country": "CN", "app": "wechat",
    }  # fmt: skip


def test_an_analysis_cut_short_says_so_and_names_no_rule_that_it_does_not_know() -> None:
    found = find_faults(
        corpus_from_dict({
            "vocabulary": VOCABULARY,
            "guidelines": [guideline("g", "D", rule("all", "prohibited"), DEFENCE_BAN)],
        }),
        ON,
        enough=0,
    )  # fmt: skip
    assert not found.complete
    assert (found.seen, found.leaves) == (0, 2)
    assert (found.never, found.redundant) == ({}, {})


def cells(pack: dict[str, Any]) -> list[dict[str, str]]:
    space = [reference.values(pack["vocabulary"], d) for d in reference.DIMENSIONS]
    return [dict(zip(reference.DIMENSIONS, combination, strict=True)) for combination in product(*space)]


def without(pack: dict[str, Any], rule_id: str) -> dict[str, Any]:
    kept = [
        {**g, "review_by": None, "rules": [r for r in g["rules"] if r["id"] != rule_id]}
        for g in pack["guidelines"]
    ]
    return {**pack, "guidelines": kept}


@settings(max_examples=120, deadline=None)
@given(packs(most_rules=6), st.sampled_from(DAYS[3:7]), st.sampled_from([0, 12]))
def test_never_deciding_redundant_and_clashing_rules_are_just_those_of_the_reference(
    pack: dict[str, Any], on: dt.date, length: int
) -> None:
    until = on + dt.timedelta(days=length)
    days = [on + dt.timedelta(days=n) for n in range(length + 1)]
    days = [day for day in days if day == on or any(_starts(r, day) for _, r in _rules(pack))]
    found = find_faults(corpus_from_dict(pack), on, until)
    everywhere = cells(pack)
    rulings = {day: [full_ruling(pack, enquiry, day) for enquiry in everywhere] for day in days}
    plain = without(pack, "")
    unmarked = {day: [_heard(full_ruling(plain, e, day)) for e in everywhere] for day in days}
    deciding = {r for day in days for ruling in rulings[day] for r in ruling[2]}
    looked_at = {
        r["id"]
        for _, r in _rules(pack)
        if any(reference.valid(r, day) for day in days)
        and all(reference.admitted(pack["vocabulary"], r, d) for d in reference.DIMENSIONS)
    }
    assert set(found.never) == looked_at - deciding if everywhere else True
    redundant = {
        r
        for r in looked_at & deciding
        if all(
            [_heard(full_ruling(without(pack, r), e, day)) for e in everywhere] == unmarked[day]
            for day in days
        )
    }
    assert set(found.redundant) == redundant
    permits = {r["id"] for _, r in _rules(pack) if r["effect"] in ("allowed", "conditional")}
    clashing: dict[tuple[str, ...], Counter[dt.date]] = {}
    for day in days:
        for ruling in rulings[day]:
            if ruling[1] == "conflicting-guidance":
                for pair in product(ruling[2] & permits, ruling[2] - permits):
                    clashing.setdefault(tuple(sorted(pair)), Counter())[day] += 1
    # On the first day on which they clash.
    expected = {pair: min(by_day.items()) for pair, by_day in clashing.items()}
    assert {c.rules: (c.on, c.count) for c in found.clashes} == expected
    assert found.clashing == len(expected)
    for clash in found.clashes:
        assert set(clash.rules) <= full_ruling(pack, dict(clash.example), clash.on)[2]


def _heard(ruling: tuple[Any, ...]) -> tuple[Any, ...]:
    return ruling[0], ruling[1], ruling[3], ruling[4]


def _rules(pack: dict[str, Any]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    return [(g, r) for g in pack["guidelines"] for r in g["rules"]]


def _starts(r: dict[str, Any], day: dt.date) -> bool:
    """Whether the rule's validity changes on the day."""
    before = day - dt.timedelta(days=1)
    return reference.valid(r, day) != reference.valid(r, before)
