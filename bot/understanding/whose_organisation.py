"""Whether a message tells that the person asking is with an organisation that it names: "DFAT here".

As in `whose_role.py` the first rule that applies decides. Where none does, it is only mentioned.
"""

from __future__ import annotations

from .model import ASSERTED, INFERRED
from .role_case import Case
from .verdicts import (
    DENIED,
    OF_ANOTHER,
    OF_THE_ASKER,
    OF_WHOM_IT_IS_FOR,
    SAID_IN_SO_MANY_WORDS,
    Rule,
    Verdict,
)


def _with(case: Case) -> bool:
    return case.said_before("with") and not case.goes_on("then_thing")


def _is_with(case: Case) -> bool:
    """Whether he or she is said to be there: "she's at Treasury", "my colleague works for the ATO"."""
    of_a_person = case.of_a_person and (_with(case) or case.said_before("is_there"))
    there = of_a_person or case.said_before("they_are_there")
    there = there or case.said_before("one_of_mine_there")
    return there and not case.goes_on("then_thing")


def _asked_for(case: Case) -> bool:
    """Whether it asks "may he" or "may she", and not "may I"."""
    theirs = case.said_anywhere("may_they") or case.said_anywhere("may_the_one")
    return theirs and not case.asks_for_oneself


def _opens_with(case: Case) -> bool:
    return case.nothing_in_clause_but("organisation_opening")


ORGANISATIONS: tuple[Rule, ...] = (
    # "I'm not with Defence"
    Rule("denied", lambda case: case.said_before("organisation_denied"), DENIED),
    # "If I were DFAT instead, could I?"
    Rule(
        "supposed_to_be",
        lambda case: case.said_before("if_i_were") and not case.goes_on("then_thing"),
        OF_THE_ASKER,
    ),
    # "ok if you're air force"
    Rule(
        "asked_for_one_there",
        lambda case: (
            case.said_before("one_who_is") and not case.goes_on("then_thing") and not case.asks_for_oneself
        ),
        OF_THE_ASKER,
    ),
    # "I joined the Navy, then moved to Home Affairs"
    Rule("left_since", lambda case: case.left_since, OF_ANOTHER),
    # "ex-Army, now a contractor", "I used to be with Defence"
    Rule(
        "past",
        lambda case: case.said_before("organisation_past") and not case.said_before("supposed"),
        OF_ANOTHER,
    ),
    # "Posted there with DFAT"
    Rule(
        "posted_with",
        lambda case: case.said_before("with_directly") and not case.goes_on("then_thing"),
        OF_THE_ASKER,
    ),
    # "would anybody mind if an Austrade bloke had it? I'm the bloke"
    Rule("that_is_the_asker", lambda case: case.goes_on("that_is_me_later"), OF_THE_ASKER),
    # "our graduate (she's at Treasury, I'm at DFAT) asks whether she may ..."
    Rule(
        "with_whom_it_is_asked_for",
        lambda case: _is_with(case) and _asked_for(case),
        Verdict(ASSERTED, INFERRED, third=True),
    ),
    # "he's at Treasury; may I have it?"
    Rule("somebody_is_with", _is_with, OF_ANOTHER),
    # "my wife works at Treasury"
    Rule(
        "of_somebody_else", lambda case: case.of_a_person and not case.said_anywhere("asked_for"), OF_ANOTHER
    ),
    # "someone who works at Treasury"
    Rule(
        "somebody_with",
        lambda case: (
            _with(case) and case.said_before("somebody_there") and not case.said_before("someone_from")
        ),
        OF_ANOTHER,
    ),
    # "I work at Treasury", "can someone from Treasury ...?"
    Rule("with", _with, OF_THE_ASKER),
    # "on a work trip for Austrade"
    Rule("trip_for", lambda case: case.said_before("work_for"), OF_THE_ASKER),
    # "I'm a Treasury analyst and a reservist"
    Rule(
        "one_there_and_more",
        lambda case: (
            case.said_before("am_a") and case.goes_on("organisation_person") and case.goes_on("person_and_a")
        ),
        SAID_IN_SO_MANY_WORDS,
    ),
    # "I'm Defence, heading to Fiji", "as a Defence official"
    Rule(
        "am",
        lambda case: (case.said_before("am") or case.said_before("as_a")) and case.goes_on("after_org"),
        OF_THE_ASKER,
    ),
    # "AFP officer, so not Defence", "I'm a poor Treasury bloke"
    Rule(
        "person_of",
        lambda case: (
            case.said_before("a_person_of")
            and case.goes_on("organisation_person")
            and not case.goes_on("person_told")
        ),
        OF_THE_ASKER,
    ),
    # "I'm both a reservist and a Treasury analyst"
    Rule(
        "also_one_there",
        lambda case: (
            case.said_before("i_am_this_and_a")
            and case.goes_on("organisation_person")
            and not case.somebody_said
        ),
        SAID_IN_SO_MANY_WORDS,
    ),
    # "I'm a Navy lieutenant"
    Rule("one_there", lambda case: case.said_before("am_a") and case.goes_on("one_there"), OF_THE_ASKER),
    # "I run the Austrade office"
    Rule(
        "runs_a_part_of",
        lambda case: case.said_before("i_run") and case.goes_on("organisation_person"),
        OF_THE_ASKER,
    ),
    # "Hi, DFAT here"
    Rule(
        "detail",
        lambda case: case.said_before("organisation_fragment") and case.goes_on("organisation_there"),
        OF_THE_ASKER,
    ),
    # "the reasoning behind no WeChat for ADF"
    Rule(
        "asked_about",
        lambda case: (
            case.said_before("organisation_for")
            and case.goes_on("after_org")
            and case.said_before("asked_about")
        ),
        OF_THE_ASKER,
    ),
    # "What about Defence personnel?"
    Rule(
        "opens_with_staff",
        lambda case: _opens_with(case) and case.goes_on("then_staff") and not case.goes_on("person_told"),
        OF_THE_ASKER,
    ),
    # "Tokyo, DFAT here has ..."
    Rule(
        "between_commas",
        lambda case: case.said_before("organisation_comma") and case.goes_on("organisation_ends"),
        OF_THE_ASKER,
    ),
    # "Trish from Border Force, ...", "signaller in the army, can I ...?"
    Rule(
        "somebody_from",
        lambda case: case.nothing_before_but("somebody_from") and case.goes_on("then_speaks"),
        OF_THE_ASKER,
    ),
    # "DFAT Tokyo"
    Rule(
        "opens_with_place",
        lambda case: _opens_with(case) and case.place_next and not case.somebody_said,
        OF_THE_ASKER,
    ),
    # "can Defence staff use it?"
    Rule(
        "asked_of_its_staff",
        lambda case: case.said_before("whole_staff") and case.goes_on("then_staff_word"),
        OF_THE_ASKER,
    ),
    # "can the ATO auditor in our team use ...?", "may Austrade in Dubai have ...?"
    Rule(
        "asked_of_one_there",
        lambda case: (
            case.said_before("whole_staff") and case.goes_on("one_who_may") and not case.goes_on("then_thing")
        ),
        OF_WHOM_IT_IS_FOR,
    ),
    # "..., RAAF instructor"
    Rule("in_a_fragment", lambda case: case.in_a_fragment, OF_THE_ASKER),
)
