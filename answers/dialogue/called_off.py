"""What is taken back of several that are held: a place that was cancelled ("Dili's been cut from the
program"), one of a list ("drop QQ", "leave the second one").
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.heard import Detail, Heard, Reference

_OFF = (
    r"(?:cut|dropped|cancell?ed|scrapped|axed|ditched|skipped|struck|removed|called off|taken (?:off|out)"
    r"|postponed|off|out|gone|history|not happening|no longer (?:on|happening)|fallen through)\b"
)
_LEG = r"(?: (?:leg|stop|stopover|visit|trip|part|bit|stay|section|one|side))?"
_IS_OFF = re.compile(
    rf"^{_LEG}(?:['’]?s|['’]ve| is| are| has| have| was| were| got| gets)?(?: just| now| been| being| all)*"
    rf" {_OFF}"
    rf"|^{_LEG} (?:fell through|won['’]?t (?:happen|be happening|go ahead)|isn['’]?t (?:happening|on)"
    r"|dropped (?:off|out))\b",
    re.IGNORECASE,
)
_DROPS = re.compile(
    r"\b(?:cut|dropp?(?:ed|ing)?|cancel(?:l?ed|l?ing)?|scrap(?:ped|ping)?|axed|skip(?:ped|ping)?"
    r"|ditch(?:ed|ing)?|struck|call(?:ed|ing) off|forget|leav(?:e|ing) out|left out"
    r"|(?:taken|took) out|removed"
    r"|(?:not|no longer|aren['’]?t|won['’]?t be) (?:going|doing|visiting|stopping|travelling|flying)"
    r"(?: to| in| at)?)"
    r"(?: the| our| my| that| out)*(?: (?:stop|stopover|leg|visit|trip|part|bit|stay|day|days) (?:in|to|at))?"
    r"(?: the)? $",
    re.IGNORECASE,
)
# Before a word that points back: "leave the second one", "forget about the last one".
_LEAVES = re.compile(
    r"\b(?:leave|drop|forget|skip|scrap|ignore|ditch|lose|never ?mind|(?<!why )not|without|minus|except"
    r"|but not|remove|cut)(?: out| about| off| aside)? (?:the )?$",
    re.IGNORECASE,
)
_POINTS = {
    "first": r"\b(?:the )?(?:first|1st|former)\b",
    "second": r"\b(?:the )?(?:second|2nd)\b",
    "last": r"\b(?:the )?(?:last|latter|final)\b",
    "other": r"\b(?:the )?other\b",
    "others": r"\b(?:the )?(?:others?|rest)\b",
}
_REMARKS = (
    "nlu_fallback",
    "mention",
    "out_of_scope",
    "dispute",
    "brief",
    "inform",
    "affirm",
    "deny",
    "may_i",
)


def called_off(conversation: Conversation, heard: Heard) -> Heard:
    """The message with a place of several held that was cancelled as one that is taken back."""
    held = conversation.facts.get("country")
    if heard.pressed or len(held) < 2:
        return _taken_back(conversation, heard)
    details = tuple(
        replace(d, stance="negated")
        if d.dimension == "country"
        and d.concept in held
        and d.stance != "replaced"
        and _is_off(d, heard.text)
        else d
        for d in heard.details
    )
    return _taken_back(conversation, replace(heard, details=details))


def left_out(reference: Reference, text: str) -> bool:
    """Whether what a word points at is what is left out: "leave the second one"."""
    pattern = _POINTS.get(reference.word)
    found = re.search(pattern, text, re.IGNORECASE) if pattern else None
    return found is not None and bool(_LEAVES.search(text[: found.start()]))


def _taken_back(conversation: Conversation, heard: Heard) -> Heard:
    """Taking back one of several is a correction, however it was read: "drop QQ. The other two"."""
    if heard.intent not in _REMARKS or heard.names("app"):
        return heard
    for dimension in ("app", "country", "device"):
        held = conversation.facts.get(dimension)
        gone = set(heard.withdrawn(dimension)) & set(held)
        if gone and len(gone) < len(held) and (heard.intent != "may_i" or not heard.names_anything):
            return replace(heard, intent="correct")
    return heard


def _is_off(detail: Detail, text: str) -> bool:
    if not detail.words:
        return False
    name = re.sub(r"['’]s$", "", detail.words)
    for found in re.finditer(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
        if _IS_OFF.match(text[found.end() :]) or _DROPS.search(text[: found.start()]):
            return True
    return False
