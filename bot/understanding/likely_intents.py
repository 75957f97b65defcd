"""Statements that are likely questions, and questions that are likely statements: where the classifier leaves
it open whether anything is asked.
"""

from __future__ import annotations

import re

from .intent_rules import (
    ASKED,
    DOUBTFUL,
    FALLBACK,
    FIRM,
    NEARLY_SURE,
    UNASKED,
    Case,
    Rule,
)

SURELY_NOTHING = 0.8  # below this an app beside a detail of one's own is asked back about, not declined


def _asks(case: Case) -> bool:
    """Whether it asks in so many words."""
    return case.says("question", "permission", "asked")


def _gives_a_device(case: Case) -> bool:
    """Whether one's device is told as a detail beside an app, as by whoever asks, and nothing is remarked."""
    given = bool(case.apps) and case.shapes.gives_a_device(case.words, case.named)
    return given and not case.says("remark", "how_to")


def _wants_it_on_a_device(case: Case) -> bool:
    """Whether an app is wanted on a device: "we'd like DJI Fly on a work tablet in Honiara"."""
    device = any(e.dimension == "device" for e in case.own_facts)
    return case.wants_it and device and not case.says("remark", "how_to")


def _asks_in_a_fragment(case: Case) -> bool:
    """Whether an app and a device stand alone in it, and it neither remarks nor asks in so many words."""
    in_a_fragment = case.shapes.asks_in_a_fragment(case.words, case.named)
    return in_a_fragment and not _asks(case) and not case.says("remark")


def _may_be_a_statement(case: Case) -> bool:
    """Whether the classifier is not sure of a question that statements are taken for."""
    if case.top == "may_i":
        return case.confidence < FIRM
    if case.top == "brief" and "brief" in case.low:
        return False
    return case.top in ("contact", "why", "alternatives", "brief") and case.confidence < NEARLY_SURE


def somebody_wants_it(case: Case) -> bool:
    """Whether others ask for an app and one tells of oneself ("she wants me on LINE, work phone")."""
    return bool(case.apps) and _tells_of_oneself(case) and case.says("wanted")


def _tells_of_oneself(case: Case) -> bool:
    return any(e.dimension in ("device", "role", "country") for e in case.own_facts)


def _likely_asks(case: Case) -> bool:
    """Whether it is more likely than not that something is asked."""
    if case.confidence < 0.6:
        asked = case.share(ASKED)
        return asked > 1 - asked
    return False


def _asks_at_last(case: Case) -> bool:
    """Whether it ends in a short question that names an app ("... Telegram there?")."""
    low = case.words.low
    if not low.rstrip().endswith("?"):
        return False
    last = max((m.end() for m in re.finditer(r"[.!;?](?=\s+\S)", low)), default=0)
    return len(low[last:].split()) <= 8 and any(e.start >= last for e in case.apps)


LIKELY_INTENTS: tuple[Rule, ...] = (
    # "She also wants WhatsApp."
    Rule(
        "another app for somebody",
        lambda case: (
            case.top in UNASKED | {FALLBACK} and case.apps and case.length <= 8 and case.says("wants_too")
        ),
        "may_i",
    ),
    # "We are two diplomats in Baku. Bolt, own phones."
    Rule(
        "an app and a device in a sentence of their own",
        lambda case: (
            (
                case.top in UNASKED
                or (case.top in {"alternatives", "correct", "dispute"} and case.confidence < DOUBTFUL)
            )
            and _asks_in_a_fragment(case)
        ),
        "may_i",
    ),
    # "she is only on Viber; I'm a consul in Accra, own phone": asked back about, as it is doubtful
    Rule(
        "an app beside a device that is a detail",
        lambda case: (
            (
                case.top in ("mention", "out_of_scope")
                or (case.top == "alternatives" and case.confidence < FIRM)
            )
            and not case.says("instead")
            and _gives_a_device(case)
        ),
        "may_i",
    ),
    # "The train line to Geelong is closed this weekend."
    Rule(
        "a statement taken for a question",
        lambda case: (
            _may_be_a_statement(case)
            and case.says("statement")
            and not _asks(case)
            and not somebody_wants_it(case)
            and not _asks_in_a_fragment(case)
            and not _gives_a_device(case)
            and not _wants_it_on_a_device(case)
        ),
        "mention",
    ),
    # "Quorvo is a ridiculous name for an app"
    Rule(
        "alternatives that nobody asks for",
        lambda case: (
            case.top == "alternatives"
            and case.confidence < FIRM
            and not _asks(case)
            and not case.says("instead")
        ),
        "mention",
    ),
    # "Wikiloc up in the hills around Thimphu, own phone, army": asked back about, as it is doubtful
    Rule(
        "an app beside a detail of one's own",
        lambda case: (
            case.top in UNASKED
            and case.apps
            and _tells_of_oneself(case)
            and not (case.top == "manipulation" and case.confidence > DOUBTFUL)
            and not case.says("remark", "how_to")
            and (
                case.share({"mention", "out_of_scope"}) < SURELY_NOTHING
                or (case.says("permission") and not case.hearsay)
                or case.shapes.on_a_device(case.words, case.named)
            )
        ),
        "may_i",
    ),
    # "then Waze maybe?"
    Rule(
        "a remark with a question in it",
        lambda case: (
            case.top == "mention"
            and case.has_question_mark
            and case.facts
            and (_likely_asks(case) or (case.confidence < FIRM and _asks_at_last(case)))
        ),
        lambda case: case.likeliest(ASKED),
    ),
)
