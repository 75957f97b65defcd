"""Whether the answer that was given holds elsewhere too: "does it hold in Zanzibar?", "next month we're in
Fiji, same answer?", "same but on the work phone".
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.heard import Heard

_THE_ANSWER = (
    r"(?:it|that|this|they|these|those|anything|any of (?:it|that|this)|much|the same|(?:the|your|that) "
    r"(?:same )?(?:answer|rules?|ruling|verdict|conditions?|advice|guidance|thing))"
)
_CARRIES = re.compile(
    rf"\b(?:does|do|would|will|is|are|can|did|won['’]?t|doesn['’]?t) {_THE_ANSWER}"
    r"(?: all| be| also| still| then| even| really)*"
    r" (?:hold|apply|go|stand|count|differ|change|vary|carry|extend|different|differently|(?:the )?same"
    r"|any different|true|valid)\b"
    r"|\bany(?:thing)? (?:different|differently|differences?|changes?)\b"
    r"|\bsame (?:answer|rules?|ruling|verdict|story|deal|thing|again|goes|for|in|on|at|with|question"
    r"|conditions?|but|if|when|over|there|here|as)\b|\bsame(?: \w+)?\W*\?|^\W*(?:\w+\W+)?same\b",
    re.IGNORECASE,
)
_HOLDS_THE_SAME = re.compile(r"\bit['’]?s (?:not )?(?:all )?the same\b", re.IGNORECASE)
_LATELY = re.compile(r"\b(?:has|have|had|did|changed|lately|recently|since|new)\b", re.IGNORECASE)
_NOT_ASKED = frozenset(
    ["nlu_fallback", "mention", "out_of_scope", "affirm", "brief", "conditions", "inform", "correct", "may_i"]
)
_WHERE = ("device", "country")


def carried_over(conversation: Conversation, heard: Heard) -> Heard:
    """The message as a question for the same elsewhere, with the place or device that it names as a fact."""
    facts = conversation.facts
    if heard.pressed or not (facts.get("app") or facts.unknown_apps) or not _asks_for_the_same(heard):
        return heard
    for dimension in _WHERE:
        others = {d.concept for d in heard.details if d.dimension == dimension and d.stance == "other"}
        if not heard.names(dimension) and len(others) == 1:
            details = tuple(
                replace(d, stance="asserted") if d.dimension == dimension and d.stance == "other" else d
                for d in heard.details
            )
            heard = replace(heard, details=details)
    named = any(heard.names(d) for d in _WHERE) or any(r.word == "there" for r in heard.references)
    if not named or heard.names("app") or heard.intent in ("inform", "correct", "may_i"):
        return heard
    return replace(heard, intent="may_i")


def _asks_for_the_same(heard: Heard) -> bool:
    if not _CARRIES.search(heard.text) or _HOLDS_THE_SAME.search(heard.text):
        return False
    if heard.intent == "changes":
        # "Does anything change in Japan?" is no question for news.
        return not _LATELY.search(heard.text)
    if heard.intent == "dispute":
        return heard.text.rstrip().endswith("?")
    return heard.intent in _NOT_ASKED
