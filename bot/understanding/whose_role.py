"""Whose a role is that a message names: the asker's own, somebody else's, or no role at all.

The first rule that applies decides, so the order counts: an exception stands above what it is an exception
of. The patterns that the rules name are in `lexicon/role_patterns.yml`.
"""

from __future__ import annotations

from .model import ASSERTED, INFERRED, OTHER
from .role_case import ADJECTIVES, CAPITALS, OWN_ONLY, Case
from .verdicts import (
    DENIED,
    NO_ROLE,
    OF_ANOTHER,
    OF_ANYBODY,
    OF_SOME_OTHERS,
    OF_THE_ASKER,
    OF_WHOM_IT_IS_FOR,
    SAID_IN_SO_MANY_WORDS,
    Rule,
    Verdict,
)


def _local_staff_of_a_post(case: Case) -> bool:
    if case.phrase not in ("local staff", "local staff member") or case.of_oneself:
        return False
    a_detail = case.opens or case.said_before("comma_before")
    return not (a_detail and (case.goes_on("then_where") or case.place_next))


def _runs_an_office(case: Case) -> bool:
    return case.phrase.endswith("office") and case.said_before("runs_office")


def _told_of_many(case: Case) -> bool:
    return (
        case.phrase.endswith("s")
        and case.goes_on("people_there")
        and not case.asked_of
        and not case.speaks_of_oneself
    )


def _asked_whether_they_may(case: Case) -> bool:
    return case.asked_of and (case.goes_on("verb_after") or case.goes_on("fragment_after"))


def _stands_alone(case: Case) -> bool:
    return case.alone and (case.goes_on("alone_after") or case.place_next)


ROLES: tuple[Rule, ...] = (
    # "in Parliament House": a building
    Rule(
        "a_building",
        lambda case: case.phrase.endswith("parliament") and case.goes_on("house_next"),
        NO_ROLE,
    ),
    # "I manage the residence for the ambassador"
    Rule("kept_for_somebody", lambda case: case.said_before("kept_for"), OF_ANOTHER),
    # "at 2 pm"
    Rule(
        "abbreviation_not_in_capitals",
        lambda case: case.phrase in CAPITALS and not case.in_capitals and not case.of_oneself,
        NO_ROLE,
    ),
    # "I'm a backbencher, member for Groom"
    Rule(
        "member_for_a_seat_oneself",
        lambda case: case.phrase == "member for" and case.said_before("i_am_that_too"),
        OF_THE_ASKER,
    ),
    # "the member for Grayndler rang"
    Rule(
        "member_for_a_seat",
        lambda case: (
            case.phrase == "member for"
            and not (case.of_oneself or case.of_a_person or case.for_somebody or case.asked_of)
            and not case.said_before("in_brackets")
        ),
        NO_ROLE,
    ),
    # "the boss (Member for Grayndler) would like ..."
    Rule(
        "told_of_the_boss_in_brackets",
        lambda case: case.said_before("in_brackets") and case.said_anywhere("may_they"),
        OF_WHOM_IT_IS_FOR,
    ),
    # "the local staff use Zalo", but not "Local staff, Hanoi": that is what the asker is
    Rule("local_staff_of_a_post", _local_staff_of_a_post, OF_SOME_OTHERS),
    # "about senators (I'm one)", "on a corporal's laptop? The corporal is me"
    Rule("is_the_asker", lambda case: case.is_the_asker, OF_THE_ASKER),
    # "... for us? - Maj Smith"
    Rule(
        "signed_with_it",
        lambda case: case.doubtful_word and case.said_before("signed") and case.goes_on("name_ends"),
        Verdict(ASSERTED, guess=True),
    ),
    # "phone, private"
    Rule(
        "whose_a_device_is",
        lambda case: (
            case.phrase == "private" and case.said_before("whose_it_is") and case.goes_on("no_unit_next")
        ),
        NO_ROLE,
    ),
    # "a private chat"
    Rule(
        "doubtful_word_in_a_sentence",
        lambda case: (
            case.doubtful_word and not (case.said_before("stands_alone") and case.goes_on("then_stands"))
        ),
        NO_ROLE,
    ),
    # "Private, 3RAR"
    Rule(
        "doubtful_adjective_alone",
        lambda case: case.doubtful_word and case.phrase in ADJECTIVES and not case.after.startswith(" "),
        Verdict(ASSERTED, INFERRED, guess=True),
    ),
    # "Captain, Townsville"
    Rule("doubtful_word_alone", lambda case: case.doubtful_word, Verdict(ASSERTED, guess=True)),
    # "I run a minister's office. He wants ..."
    Rule(
        "boss_of_an_office_asked_for",
        lambda case: (_runs_an_office(case) or case.of_their_staff) and case.boss is not None,
        Verdict(ASSERTED, INFERRED, of_boss=True),
    ),
    # "I run a minister's office"
    Rule("runs_an_office", _runs_an_office, OF_THE_ASKER),
    # "I am on the staff of a senator. Can she ...?"
    Rule(
        "staff_of_somebody_asked_for",
        lambda case: case.staff_of_them and case.said_anywhere("may_they"),
        Verdict(OTHER, weak=True),
    ),
    # "the ambassador's driver"
    Rule("staff_of_somebody", lambda case: case.staff_of_them, OF_ANOTHER),
    # "on my electorate office laptop", "approved for my official mobile"
    Rule(
        "kind_of_device",
        lambda case: (
            (case.phrase in OWN_ONLY or case.phrase.endswith(" office")) and case.goes_on("device_next")
        ),
        NO_ROLE,
    ),
    # "on a diplomat's phone"; who says what they are says more than whose the device is
    Rule(
        "owner_of_a_device",
        lambda case: case.goes_on("then_device") and (case.asked_of or case.said_before("on_whose")),
        Verdict(ASSERTED, INFERRED, employer=True),
    ),
    # "my electorate officer's boss, i.e. me"
    Rule("boss_of_somebody", lambda case: case.has_theirs("their_boss"), OF_ANOTHER),
    # "honorary... no, just a normal vice-consul"
    Rule(
        "no_just_this",
        lambda case: (
            case.said_before("no_just_a") and not (case.of_a_person or case.said_anywhere("of_them"))
        ),
        OF_THE_ASKER,
    ),
    # "not DFAT, just a contractor"
    Rule("only_this", lambda case: case.named_before and case.said_before("just_a"), OF_THE_ASKER),
    # "everyone here is a diplomat but me"
    Rule(
        "all_but_the_asker",
        lambda case: (
            (case.said_before("all_of_them_are") and case.goes_on("but_me"))
            or case.said_before("but_me_before")
        ),
        OF_ANOTHER,
    ),
    # "contractors like me"
    Rule("like_the_asker", lambda case: case.goes_on("like_me"), OF_THE_ASKER),
    # "Home Affairs A-based in New Delhi": posted, and of that department
    Rule(
        "posted_by_another_department",
        lambda case: (
            case.phrase.replace("-", " ") == "a based"
            and case.named_before
            and "dfat" not in case.before[-8:]
        ),
        OF_ANOTHER,
    ),
    # "can my boss, a senator, join by Zoom"
    Rule("of_a_boss_asked_for", lambda case: case.said_before("boss_asked_for"), OF_WHOM_IT_IS_FOR),
    # "It's Senator Abara, dictating from the car"
    Rule(
        "introduced_by_name",
        lambda case: case.nothing_before_but("it_is_me") and case.goes_on("then_name"),
        OF_THE_ASKER,
    ),
    # "who is in charge?"
    Rule("in_charge", lambda case: case.phrase == "charge" and not case.of_oneself, NO_ROLE),
    # "it is for the minister herself"
    Rule("in_person", lambda case: case.goes_on("in_person"), OF_WHOM_IT_IS_FOR),
    # "if it's good enough for the PM, why not me?"
    Rule(
        "compared_with",
        lambda case: case.said_before("if_it_is_for") and case.goes_on("why_not_me") and not case.of_oneself,
        OF_ANOTHER,
    ),
    # "I'm not a diplomat", but not "why can't diplomats ...?"
    Rule("denied", lambda case: case.denied, DENIED),
    # "wife of a diplomat"
    Rule("somebody_married_to", lambda case: case.said_before("wed_to"), OF_ANOTHER),
    # "I'm applying to be a diplomat"
    Rule("not_yet", lambda case: case.said_before("not_yet"), OF_ANOTHER),
    # "half the office is contractors, not me"
    Rule(
        "said_of_others",
        lambda case: (
            case.plural
            and case.said_before("others_are")
            and case.goes_on("told_there")
            and not case.said_after("asked_for")
        ),
        OF_ANOTHER,
    ),
    # "the diplomats here all use WhatsApp"
    Rule("told_of_many", _told_of_many, OF_SOME_OTHERS),
    # "I was a diplomat", but not "if I was a diplomat"
    Rule("past", lambda case: case.past or case.left_since, OF_ANOTHER),
    # "I'm a newly elected senator"
    Rule("said_in_so_many_words", lambda case: case.said_before("self_loosely"), SAID_IN_SO_MANY_WORDS),
    # "I'm a reservist and a Home Affairs officer"
    Rule(
        "also_this",
        lambda case: (
            case.said_before("i_am_this_and_a") and not case.somebody_said and not case.goes_on("acts")
        ),
        SAID_IN_SO_MANY_WORDS,
    ),
    # "I'm the ambassador", "I'm her chief of staff"
    Rule(
        "said_to_be_the_one",
        lambda case: case.said_before("possessed_self") and not case.goes_on("then_device"),
        SAID_IN_SO_MANY_WORDS,
    ),
    # "after twenty years in uniform I ..."
    Rule(
        "time_in_service",
        lambda case: case.phrase.startswith("in ") and case.said_before("my_time") and case.speaks_of_oneself,
        OF_THE_ASKER,
    ),
    # "the consul asked me to install it"
    Rule(
        "wants_something_of_the_asker",
        lambda case: case.goes_on("asks_me") and not case.said_anywhere("asked_for"),
        OF_ANOTHER,
    ),
    # "asking for a friend who is a diplomat"
    Rule("asked_for_one_who_is", lambda case: case.said_in_clause("asking_for_one"), OF_WHOM_IT_IS_FOR),
    # "he's a contractor, not a senator"
    Rule(
        "not_something_else",
        lambda case: case.said_after("and_not_a") and case.said_before("they_are"),
        OF_WHOM_IT_IS_FOR,
    ),
    # "my wife is a diplomat. Can she ...?"
    Rule(
        "somebody_asked_for",
        lambda case: (
            case.of_somebody_else
            and case.said_anywhere("asked_for")
            and case.said_anywhere("asks")
            and not case.asker_tells_and_asks
        ),
        OF_WHOM_IT_IS_FOR,
    ),
    # "my wife is a diplomat"
    Rule("somebody_else", lambda case: case.of_somebody_else, OF_ANOTHER),
    # "Strava for someone in uniform?", "... when you work in Defence"
    Rule("asked_for_one_in_it", lambda case: case.in_or_on and case.said_before("for_someone"), OF_ANYBODY),
    # "I work for an MP", where that is the phrase itself
    Rule("in_it_oneself", lambda case: case.in_or_on and case.said_before("joined"), OF_THE_ASKER),
    # "allowed as someone in the Navy"
    Rule(
        "as_one_in_it", lambda c: c.in_or_on and c.said_before("as_one") and not c.somebody_said, OF_THE_ASKER
    ),
    # "no, as I was: in uniform"
    Rule("told_of_me", lambda case: case.in_or_on and case.said_before("told_of_me"), OF_THE_ASKER),
    # "what a week it has been in the Senate"
    Rule(
        "not_in_it_oneself",
        lambda case: case.in_or_on and not case.of_oneself and not case.said_before("in_service"),
        OF_ANOTHER,
    ),
    # "I'm like in the army"
    Rule(
        "more_or_less_in_it",
        lambda case: case.phrase.startswith("in ") and case.said_before("i_am"),
        OF_THE_ASKER,
    ),
    # "speaking as a diplomat"
    Rule("said_of_oneself", lambda case: case.of_oneself, OF_THE_ASKER),
    # "I do contract work for Defence", "we serve in the Navy"
    Rule(
        "serves",
        lambda case: (
            case.phrase.startswith(("in ", "on ", "contract", "consult")) and case.said_before("serves")
        ),
        OF_THE_ASKER,
    ),
    # "permission is sought for use of Signal by a serving member"
    Rule(
        "sought_by_one",
        lambda case: (
            case.said_before("sought_by") and not (case.asks_for_oneself and case.said_before("used_already"))
        ),
        OF_ANYBODY,
    ),
    # "for the ambassador's dinner"
    Rule(
        "for_a_thing_of_theirs",
        lambda case: case.for_somebody and case.has_theirs("then_thing_of"),
        OF_ANOTHER,
    ),
    # "it's compulsory for officials here"
    Rule(
        "required_of_others",
        lambda case: case.plural and case.said_before("required_of_them"),
        OF_SOME_OTHERS,
    ),
    # "I'm not asking for my ambassador"
    Rule("not_asked_for", lambda case: case.said_before("not_asked_for"), OF_ANOTHER),
    # "The UK banned TikTok for its ministers"
    Rule(
        "ruled_for_theirs",
        lambda case: (
            case.said_before("ruled_for_theirs")
            or (case.said_before("ruled_for_them") and case.said_after("and_me"))
        ),
        OF_SOME_OTHERS,
    ),
    # "I work for our ambassador"
    Rule(
        "works_for_somebody",
        lambda case: case.for_somebody and case.said_before("works_for_one"),
        Verdict(OTHER, INFERRED),
    ),
    # "on behalf of a senator"
    Rule("on_behalf_of_somebody", lambda case: case.for_somebody, OF_WHOM_IT_IS_FOR),
    # "can a diplomat use Signal?", "may our ambassador ...?"
    Rule(
        "asked_of_one",
        lambda case: _asked_whether_they_may(case) and case.said_before("someones"),
        Verdict(ASSERTED, INFERRED, third=True),
    ),
    # "can diplomats use Signal?"
    Rule("asked_of_several", _asked_whether_they_may, OF_ANYBODY),
    # "our ambassador wants to use Signal"
    Rule(
        "somebody_wants",
        lambda case: (
            case.said_in_clause("someones")
            and (case.goes_on("wants") or case.said_after("asked_for"))
            and not case.asker_tells_and_asks
        ),
        OF_WHOM_IT_IS_FOR,
    ),
    # "Minister wants Zoom on her laptop", "Diplomats in Tokyo want to use LINE"
    Rule("one_wants", lambda c: not c.plural and c.opens and c.goes_on("they_want"), OF_WHOM_IT_IS_FOR),
    Rule("they_want", lambda case: case.opens and case.goes_on("they_want"), OF_ANYBODY),
    # "Tokyo, diplomat, LINE"
    Rule("few_bare_words", lambda case: case.few_bare_words, OF_THE_ASKER),
    # "The trade commissioner in Dubai is retiring"
    Rule(
        "told_of_somebody",
        lambda case: case.detail and case.said_before("article_before") and case.somebody_said,
        OF_ANOTHER,
    ),
    # "Ambassador, by the way", "a minister's staffer, off to Guam"
    Rule("detail", lambda case: case.detail, OF_THE_ASKER),
    # "Visiting ambassador at the embassy told us"
    Rule(
        "stands_alone_and_did_something", lambda case: _stands_alone(case) and case.somebody_said, OF_ANOTHER
    ),
    # "Third sec Apia. Is Messenger okay?"
    Rule("stands_alone", _stands_alone, OF_THE_ASKER),
    # "local hire IT guy at the embassy": nothing says that it is somebody else, so it is taken for a guess
    # and asked about.
    Rule(
        "guessed",
        lambda case: case.alone and case.phrase not in OWN_ONLY and not case.somebody_said,
        Verdict(ASSERTED, INFERRED, guess=True),
    ),
    # "Brief a new defence attaché please"
    Rule(
        "nothing_tells_whose",
        lambda case: not case.plural and not case.said_before("met") and not case.goes_on("acts"),
        Verdict(OTHER, weak=True, spoken_of=True),
    ),
    # "someone sold our senator a car", "to send files to a contractor"
    Rule("dealt_with", lambda case: case.said_before("dealt_with"), OF_ANOTHER),
    # "I'll meet the ambassador at ten"
    Rule("mentioned", lambda _: True, OF_SOME_OTHERS),
)
