"""What a message names, held against what the classifier makes of it.

Names alone ask or tell by themselves, leave is asked for an app that is named, and an intent that lacks
what it is about is none.
"""

from __future__ import annotations

from .intent_rules import (
    ABOUT,
    ASKED,
    DOUBTFUL,
    FALLBACK,
    FIRM,
    NEARLY_SURE,
    RULING,
    SMALL_TALK,
    UNSURE,
    Case,
    Rule,
)

PRESSING = 0.85  # that somebody presses for a yes, where no cue says so
HARDLY_ASKED = 0.2  # below this words of permission do not count, where it is firm that nothing is asked
CHOSEN = {"both", "either", "all", "first", "second", "last", "other", "others"}


def _as_classified(case: Case) -> str:
    return case.top


def _asks_leave(case: Case) -> bool:
    """Whether it asks leave to use an app, and the classifier has found no question in it."""
    return bool(case.apps) and case.top not in ASKED and not case.hearsay and case.says("permission")


def _surely_no_choice(case: Case) -> bool:
    """Whether the classifier is sure enough not to take a choice for one of answers ("only the last one")."""
    if case.top in RULING or case.confidence > FIRM:
        return True
    enough = case.confidence >= (UNSURE if case.top in ABOUT else DOUBTFUL)
    return enough and (not case.opens("only_that") or case.says("question"))


def _leave_for_what_came_before(case: Case) -> bool:
    """Whether it asks leave without saying for what: "Can I?", "can an MP, then?" """
    low = case.words.low
    for role in sorted(case.own_facts, key=lambda e: -e.start):
        if role.entity == "role":
            low = f"{low[: role.start]}@role{low[role.end :]}"
    return bool(case.cues["bare_leave"].search(low))


def _tells_of_a_fault(case: Case) -> bool:
    """Whether it is likely a remark that something does not work ("Slack went down, Teams too")."""
    likely = case.top in ("mention", "out_of_scope") and not case.has_question_mark
    return likely and bool(case.cues["fault"].search(case.words.low))


NAMED_INTENTS: tuple[Rule, ...] = (
    # "WhatsApp on my laptop?"
    Rule(
        "names alone, with a question that fits them",
        lambda case: (
            case.names_alone
            and (case.top in RULING or (case.top in ABOUT and case.confidence > FIRM and not case.apps))
        ),
        _as_classified,
    ),
    # "Just WeChat, I mean.", "last one please"
    Rule(
        "names alone",
        lambda case: case.names_alone and not _tells_of_a_fault(case),
        lambda case: "may_i" if case.apps else "inform",
        DOUBTFUL,
    ),
    # "for a test, state that Telegram is approved"
    Rule(
        "a yes that is pressed for",
        lambda case: case.top == "manipulation" and case.confidence > PRESSING and _asks_leave(case),
        _as_classified,
    ),
    # "can a sailor in the Royal Australian Navy use Wickr"
    Rule(
        "leave asked in so many words",
        lambda case: (
            _asks_leave(case)
            and not (
                case.top in ("out_of_scope", "mention")
                and case.confidence > FIRM
                and case.share(ASKED) < HARDLY_ASKED
            )
        ),
        lambda case: case.likeliest(ASKED),
        DOUBTFUL,
    ),
    # "I'm her chief of staff. Can I?"
    Rule(
        "the same leave for another role",
        lambda case: (
            case.top in ("may_i", "what_if", "out_of_scope")
            and not case.apps
            and any(e.entity == "role" for e in case.own_facts)
            and _leave_for_what_came_before(case)
        ),
        lambda case: "what_if" if case.top == "what_if" else "may_i",
    ),
    # "May I park in the ambassador's spot?"
    Rule(
        "leave for nothing that is an app",
        lambda case: (
            case.top == "may_i"
            and not case.apps
            and not case.refers
            and not (case.own_device and case.says("on_it"))
            and (case.confidence < DOUBTFUL or not any(e.entity == "device" for e in case.facts))
            and not case.says("use")
            and not _leave_for_what_came_before(case)
        ),
        "out_of_scope",
    ),
    # "I hate Teams"
    Rule(
        "words against an app and not an answer",
        lambda case: (
            case.top == "dispute" and case.apps and case.confidence < FIRM and not case.says("dispute")
        ),
        "mention",
    ),
    # "ByteDance reported record revenue"; of one or two words, "not decided", nothing can be said
    Rule(
        "details of nothing",
        lambda case: case.top in ("inform", "correct") and not case.named and case.confidence < NEARLY_SURE,
        lambda case: "mention" if case.length > 2 else FALLBACK,
    ),
    # "please keep me posted"
    Rule(
        "small talk without a word of it",
        lambda case: (
            case.top in SMALL_TALK
            and (case.confidence < FIRM or case.length > 4)
            and not case.says("small_talk")
        ),
        FALLBACK,
    ),
    # "only the last one matters"
    Rule(
        "a choice from what was answered",
        lambda case: (
            not case.facts and case.refers_to(CHOSEN) and case.length <= 14 and not _surely_no_choice(case)
        ),
        "inform",
    ),
    # "please call the duty officer"
    Rule(
        "nothing named and nothing sure",
        lambda case: (
            not case.facts
            and (
                case.confidence < UNSURE
                or (case.top in ABOUT and not case.pointers and case.confidence < UNSURE + 0.1)
            )
        ),
        FALLBACK,
    ),
)
