"""The intent that a plain phrase tells, whatever the classifier makes of the message."""

from __future__ import annotations

from .intent_rules import ABOUT, ASKED, DOUBTFUL, RULING, UNASKED, WEAK, Case, Rule
from .lexicon import words as word_list
from .model import OTHER

CERTAIN = 0.9  # a remark of which the dialogue is as sure is never taken for a follow-up
_OBJECTS = word_list("fillers", "objects")


def _of_ones_own_case(case: Case) -> str:
    """What is asked of it: leave, where nothing else is, as of "and for me again?"."""
    for cue, intent in (
        ("why_do", "why"),
        ("conditions", "conditions"),
        ("owner", "contact"),
        ("approver", "approval"),
    ):
        if case.says(cue):
            return intent
    return case.top if case.top in ABOUT and case.confidence >= DOUBTFUL else "may_i"


def _uses_something_else(case: Case) -> bool:
    """Whether what would be used is neither named nor a word for an app or a device."""
    match = case.cues["other_object"].search(case.low)
    if match is None or case.refers:
        return False
    start, end = match.span("object")
    inside = any(e.start < end and start < e.end for e in case.named if e.entity != "cue")
    return not inside and not _OBJECTS.intersection(match["object"].split())


TOLD_INTENTS: tuple[Rule, ...] = (
    # "now it's my mate's turn, so reset yourself please": the next person must not inherit anything
    Rule("start over, in so many words", lambda case: case.says("reset") and not case.apps, "start_over"),
    # "and for me?", "back to my real situation: why?"
    Rule(
        "one's own case",
        lambda case: (
            case.gives_cue("own_case")
            and (
                case.top in ASKED | WEAK | {"help"} or (case.top == "start_over" and case.says("supposition"))
            )
        ),
        _of_ones_own_case,
    ),
    # "under what conditions may I use Teams on a travel phone?"
    Rule(
        "conditions by name",
        lambda case: (
            case.top in RULING | {"brief", "mention", "out_of_scope", "alternatives", "approval"}
            and case.says("conditions")
        ),
        "conditions",
    ),
    # "anything new in the rules?"
    Rule(
        "what has changed",
        lambda case: (not case.apps or case.top == "changes") and case.says("changed"),
        "changes",
    ),
    # "who owns the TikTok policy"
    Rule(
        "whose guidance it is",
        lambda case: case.top not in ("contact", "dispute") and case.says("owner"),
        "contact",
    ),
    # "who signs off on Telegram?"
    Rule(
        "who approves",
        lambda case: (
            case.says("approver")
            and (
                case.top in RULING | UNASKED | {"approval", "why", "brief"}
                or (case.top == "contact" and case.confidence < DOUBTFUL)
            )
        ),
        "approval",
    ),
    # "I'm locally engaged staff, if that matters"
    Rule(
        "an if that supposes nothing",
        lambda case: case.top == "what_if" and case.says("if_it_matters", "i_should_say"),
        "inform",
    ),
    # "so you know before I ask anything: senator, own phone, going to Taipei"
    Rule(
        "details told ahead",
        lambda case: (
            case.top in UNASKED | {"brief", "correct"}
            and case.own_facts
            and not case.apps
            and not case.has_question_mark
            and "brief" not in case.low.replace("briefly", "")
            and case.says("told_ahead")
        ),
        "inform",
    ),
    # "not on the work one, on my personal phone"
    Rule(
        "this and not that",
        lambda case: (
            case.top in {"may_i", "deny", "mention", "out_of_scope", "inform"}
            and not case.apps
            and not case.has_question_mark
            and case.contrasted
            and len(case.low.split()) <= 12
        ),
        "correct",
    ),
    # "the trip was moved to Astana"
    Rule(
        "plans were changed",
        lambda case: (
            (case.top in UNASKED or (case.top == "brief" and "brief" not in case.low))
            and case.facts
            and not case.apps
            and not case.has_question_mark
            and case.says("rearranged")
        ),
        "correct",
    ),
    # "Next month I go to Xiamen. Same there?"
    Rule(
        "the same somewhere else",
        lambda case: (
            case.top in RULING | {"brief", "mention", "out_of_scope"}
            and case.facts
            and not case.apps
            and case.says("same_there")
        ),
        "inform",
    ),
    # "thanks for logging it"
    Rule(
        "thanks for something",
        lambda case: case.top == "mention" and not case.facts and case.says("thanked"),
        "thanks",
    ),
    # "Permission sought for Evernote on a Defence-issued tablet."
    Rule(
        "permission sought, as officials write",
        lambda case: case.top in ("approval", "may_i") and case.says("sought"),
        "may_i",
    ),
    # "how's the weather there?"
    Rule(
        "the weather",
        lambda case: not case.apps and case.says("weather"),
        "out_of_scope",
        CERTAIN,
    ),
    # "what can you do for me?"
    Rule(
        "what the assistant is for",
        lambda case: all(e.entity == "role" for e in case.facts) and case.says("what_you_do"),
        "help",
    ),
    # "That's wrong, our security team told us Teams is fine on it."
    Rule(
        "somebody else's word against the answer",
        lambda case: case.top in RULING | UNASKED and case.says("contradicts"),
        "dispute",
    ),
    # "what can I use instead of CapCut"
    Rule("what to use instead", lambda case: case.says("use_instead"), "alternatives"),
    # "why do you care what's on my own phone"
    Rule(
        "why that is so",
        lambda case: (
            case.says("why_do")
            and (
                case.top in ("approval", "correct", "manipulation", "may_i", "mention", "why")
                or (case.top in WEAK and case.confidence < DOUBTFUL)
            )
        ),
        "why",
    ),
    # "so the last one is a no?"
    Rule(
        "a question that sounds like an answer",
        lambda case: case.top in ("affirm", "deny") and case.has_question_mark and case.refers,
        "may_i",
    ),
    # "can I use the gym at Parliament House"
    Rule(
        "something that is no app",
        lambda case: (
            case.top in ASKED
            and not case.apps
            and (case.says("something_else") or _uses_something_else(case))
        ),
        "out_of_scope",
    ),
    # "how do I mute Slack", "what does VPN stand for"
    Rule(
        "how an app is worked, or what a word means",
        lambda case: case.top in ASKED and case.says("how_to"),
        "out_of_scope",
    ),
    # "India banned a heap of Chinese apps back in 2020"
    Rule(
        "what was decided once",
        lambda case: case.top in RULING | {"list_apps"} and case.says("reported"),
        "mention",
    ),
    # "Spotify keeps recommending the same three songs."
    Rule(
        "a remark that asks nothing",
        lambda case: (
            case.top in RULING
            and case.says("remark")
            and not case.says("asked", "permission", "question", "wanted")
        ),
        "mention",
    ),
    # "She'll be in Geneva."
    Rule(
        "details of somebody else",
        lambda case: (
            case.top in ("inform", "correct")
            and case.facts
            and not case.pointers
            and not case.has_question_mark
            and all(e.stance == OTHER for e in case.facts)
        ),
        "mention",
    ),
    # "Our Chinese neighbours gave us mooncakes"
    Rule(
        "what others do",
        lambda case: (
            case.top in RULING | {"conditions", "alternatives", "list_apps"}
            and not case.own_facts
            and case.says("about_others")
            and not case.says("asked")
        ),
        "mention",
    ),
)
