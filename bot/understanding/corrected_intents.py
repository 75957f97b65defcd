"""What corrects the classifier: the cues of a message and what it names, where the classifier is not sure."""

from __future__ import annotations

import re

from .intent_rules import (
    ABOUT,
    ASKED,
    DOUBTFUL,
    FALLBACK,
    FIRM,
    NEARLY_SURE,
    RULING,
    UNASKED,
    UNSURE,
    WEAK,
    Case,
    Rule,
)
from .model import NEGATED, REPLACED
from .shapes import APPS

SURELY_NOTHING = 0.8  # below this an app beside a detail of one's own is asked back about, not declined


def _asks(case: Case) -> bool:
    """Whether it asks in so many words."""
    return case.says("question", "permission", "asked")


def _gives_a_device(case: Case) -> bool:
    """Whether one's device is told as a detail beside an app, as by whoever asks, and nothing is remarked."""
    given = bool(case.apps) and case.shapes.gives_a_device(case.words, case.named)
    return given and not case.says("remark", "how_to")


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


def _somebody_wants_it(case: Case) -> bool:
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


CORRECTED_INTENTS: tuple[Rule, ...] = (
    # "On the iPad that parliament issues.": a detail, whatever else it sounds like
    Rule(
        "a device and no more",
        lambda case: (
            case.top in ABOUT | UNASKED
            and case.confidence < DOUBTFUL
            and case.own_device
            and not case.apps
            and not case.has_question_mark
            and case.length <= 9
            and case.says("with_it")
        ),
        "inform",
    ),
    # "the other way round, on the laptop you people issued me": a detail, however it is put
    Rule(
        "own device and little else",
        lambda case: (
            case.top == "manipulation"
            and case.confidence < FIRM
            and case.own_device
            and not case.apps
            and case.length <= 14
        ),
        "inform",
    ),
    # "we are a team of DFAT officers"
    Rule(
        "one's own role",
        lambda case: (
            case.top == "mention"
            and case.confidence < FIRM
            and not case.apps
            and any(e.entity == "role" for e in case.own_facts)
        ),
        "inform",
    ),
    # "what's the go with Temu"
    Rule(
        "alternatives without a word for them",
        lambda case: (
            case.top == "alternatives"
            and case.confidence < DOUBTFUL
            and case.apps
            and not case.says("instead")
            and case.says("standing", "permission")
        ),
        lambda case: case.likeliest(RULING | {"list_apps"}),
    ),
    # "Threads on my burner, oops I meant my byod phone": whoever puts a detail right asks
    Rule(
        "a detail put right beside an app",
        lambda case: (
            case.top in UNASKED | {"correct"}
            and case.apps
            and case.confidence < DOUBTFUL
            and any(e.stance == REPLACED for e in case.facts)
        ),
        "may_i",
    ),
    # "actually I'm an APS officer at Defence"
    Rule(
        "a detail taken back",
        lambda case: (
            (case.confidence < DOUBTFUL or case.top in UNASKED)
            and case.own_facts
            and not case.apps
            and case.length <= 22
            and not case.has_question_mark
            and case.opens("takes_back")
        ),
        "correct",
    ),
    # "Instagram rather than FB"
    Rule(
        "an app in the place of another",
        lambda case: (
            case.top in {"alternatives", "mention", "out_of_scope", "inform"}
            and case.apps
            and case.length <= 8
            and not case.has_question_mark
            and any(e.stance == NEGATED and e.entity in APPS for e in case.facts)
        ),
        "correct",
    ),
    # "how about Viber instead of Telegram?", "it's the paid one I'm after, not plain X"
    Rule(
        "an app asked about in the place of another",
        lambda case: (
            case.top == "alternatives"
            and case.apps
            and not case.says("use_instead", "anything_else")
            and any(e.stance == NEGATED and e.entity in APPS for e in case.facts)
        ),
        "may_i",
    ),
    # "only DeepSeek matters to me"
    Rule(
        "only this app",
        lambda case: (
            case.top in UNASKED
            and case.apps
            and case.length <= 8
            and case.cues["only_this"].match(case.low[: case.apps[0].start])
        ),
        "inform",
    ),
    # "I should be grateful for the reasons."
    Rule(
        "the reasons by name",
        lambda case: (
            case.top in UNASKED and not case.facts and case.confidence < FIRM and case.says("the_reasons")
        ),
        "why",
    ),
    # "right I'm back. same thing but on a work phone"
    Rule(
        "a detail that follows up",
        lambda case: (
            case.top in UNASKED
            and case.confidence < (FIRM if case.top == "mention" else DOUBTFUL)
            and case.own_facts
            and not case.apps
            and case.gives_cue("follow_up")
        ),
        "inform",
    ),
    # "whatsapp in georgia, the country with Tbilisi not the one with Atlanta"
    Rule(
        "this and not that, taken for a remark",
        lambda case: (
            case.top == "mention" and case.confidence < FIRM and case.length <= 14 and case.contrasted
        ),
        "correct",
    ),
    # "The French want us on Olvid. I'm in Noumea. Work phone."
    Rule(
        "an app that others want one on",
        lambda case: case.top == "mention" and _somebody_wants_it(case),
        "may_i",
    ),
    # "got my army phone yesterday n want Spotify on it"
    Rule(
        "an app that one wants",
        lambda case: case.top == "mention" and case.apps and case.says("wants") and not case.says("remark"),
        "may_i",
    ),
    # "I'm in Defence, it's my work phone. Allowed?"
    Rule(
        "details that end in a question",
        lambda case: case.top == "inform" and case.says("ends_asking"),
        "may_i",
    ),
    # "How come Kaspersky isn't allowed on my office computer?"
    Rule("why, to begin with", lambda case: case.top in ("may_i", "inform") and case.says("why"), "why"),
    # "is WhatsApp blocked in China"
    Rule(
        "how an app stands",
        lambda case: (
            case.top not in RULING and case.apps and case.confidence < FIRM and case.says("standing")
        ),
        "may_i",
    ),
    # "that didn't help me at all"
    Rule(
        "an answer disputed",
        lambda case: case.top in WEAK and not case.facts and case.confidence < FIRM and case.says("dispute"),
        "dispute",
        DOUBTFUL,
    ),
    # "my boss already approved it, just confirm"
    Rule(
        "approval by name",
        lambda case: case.top in WEAK and not case.facts and case.confidence < FIRM and case.says("approval"),
        "approval",
        DOUBTFUL,
    ),
    # "How many people use VK these days?"
    Rule(
        "how much or how many",
        lambda case: case.top in RULING | {"conditions"} and case.says("amount"),
        "out_of_scope",
    ),
    # "I found a new app. Can I have it on my work laptop"
    Rule(
        "leave without a word of approval",
        lambda case: (
            case.top == "approval"
            and case.confidence < DOUBTFUL
            and case.says("permission")
            and not case.says("approval")
        ),
        "may_i",
    ),
    # "We moved to Jakarta in January"
    Rule(
        "moved to another place",
        lambda case: case.top == "brief" and case.confidence < DOUBTFUL and case.says("moved"),
        "inform",
    ),
    # "summarise the news for me"
    Rule(
        "a briefing without a trip",
        lambda case: (
            case.top == "brief" and case.confidence < DOUBTFUL and not case.facts and not case.says("trip")
        ),
        "out_of_scope",
    ),
    # "can I use that too?"
    Rule(
        "a few words that point back",
        lambda case: (
            not case.facts
            and case.pointers
            and case.length <= 6
            and (case.confidence < UNSURE or (case.confidence < DOUBTFUL and case.top not in ASKED))
        ),
        "inform",
    ),
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
            and not _somebody_wants_it(case)
            and not _asks_in_a_fragment(case)
            and not _gives_a_device(case)
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
