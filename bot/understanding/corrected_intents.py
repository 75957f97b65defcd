"""What corrects the classifier: the cues of a message and what it names, where the classifier is not sure."""

from __future__ import annotations

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
    Rule,
)
from .likely_intents import somebody_wants_it
from .model import NEGATED, REPLACED
from .shapes import APPS

CORRECTED_INTENTS: tuple[Rule, ...] = (
    # "come on, just this once" clears nothing
    Rule(
        "starting over without a word for it",
        lambda case: (
            case.top == "start_over" and case.confidence < NEARLY_SURE and not case.says("start_words")
        ),
        FALLBACK,
    ),
    # "our driver, locally engaged, asks about Grab"
    Rule(
        "somebody asks about an app",
        lambda case: (
            case.top in UNASKED
            and case.apps
            and any(e.entity == "role" for e in case.own_facts)
            and case.says("asks_about")
        ),
        "may_i",
    ),
    # "what class can a first secretary fly to London"
    Rule(
        "a list of nothing",
        lambda case: (
            case.top == "list_apps"
            and case.confidence < FIRM
            and not case.apps
            and not case.refers
            and not case.says("apps_meant")
        ),
        "out_of_scope",
    ),
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
        lambda case: case.top == "mention" and somebody_wants_it(case),
        "may_i",
    ),
    # "got my army phone yesterday n want Spotify on it"
    Rule(
        "an app that one wants",
        lambda case: (
            case.apps
            and not case.says("remark")
            and (
                (case.top == "mention" and case.says("wants"))
                or (case.top == "out_of_scope" and case.own_device and case.wants_it)
            )
        ),
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
)
