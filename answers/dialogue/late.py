"""Details that are told late, amid an enquiry, however the message was read: "hang on - Nigeria", "it's
Kigali I'm going to after all", "I should add that my phone is enrolled".
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.heard import Detail, Heard

# What somebody opens with who has left something out, or had it wrong.
_OPENS = (
    r"(?:hang on|hold on|wait|sorry|oops|whoops|my mistake|my bad|correction|scratch that|actually|i meant?"
    r"|no|oh|ah|silly me|make that|make it|it turns out|turns out)"
)
# What somebody says who adds to what they told.
_ADDS = re.compile(
    r"\b(?:i )?(?:should|ought to|must|forgot to|meant to|had better|didn['’]?t|did not) "
    r"(?:add|mention|say|tell|note|have (?:added|mentioned|said|told|noted))\b"
    r"|\b(?:turns out|turned out|after all)\b",
    re.IGNORECASE,
)
_I_AM = r"(?:i|we)(?:['’]?m|['’]?re|['’]?ll| am| are| will| shall| have to| go\b| fly\b)"
# What of "my phone is ..." tells which phone it is, and not how it works.
_WHICH = (
    r"(?:really |actually |now |also |in fact )?"
    r"(?:an? |the |my |from |on |enrolled|managed|registered|issued|provided|owned|paid|bought)"
)
_IT_IS = (
    r"\b(?:it|that|this|they|what i (?:have|got))(?:['’]?s|['’]?ve| is| was|['’]?ll be| will be| have| has)"
    r"(?: given me| issued me| handed me| got| be)?"
)


def told_late(conversation: Conversation, heard: Heard) -> bool:
    """Whether the message tells a detail of the enquiry that is under way."""
    if heard.mentions("app"):
        return False
    left_open = conversation.facts.left_open
    return any(
        (detail.dimension in left_open and detail.dimension == "device" and _says_which(detail, heard.text))
        or (detail.dimension == "device" and _adds(heard.text) and _says_which(detail, heard.text))
        or (detail.dimension == "country" and (_put_right(detail, heard.text) or _cleft(detail, heard.text)))
        for detail in heard.details
        if detail.stance == "asserted"
    )


def cleft_told(heard: Heard) -> Heard:
    """ "It's Kigali I'm going to after all" says where one goes, though not in the usual order."""
    details = tuple(
        replace(d, stance="asserted") if d.stance == "other" and _cleft(d, heard.text) else d
        for d in heard.details
    )
    return replace(heard, details=details)


def _adds(text: str) -> bool:
    return bool(_ADDS.search(text)) or bool(re.match(rf"{_OPENS}\b", text.strip(), re.IGNORECASE))


def _cleft(detail: Detail, text: str) -> bool:
    if detail.dimension != "country" or not detail.words:
        return False
    words = re.escape(detail.words)
    found = rf"\bit(?:['’]?s| is|['’]?ll be| will be| was) (?:in |to )?{words},? (?:that |where )?{_I_AM}"
    return bool(re.search(found, text, re.IGNORECASE))


def _put_right(detail: Detail, text: str) -> bool:
    """Whether the place stands by itself after words that take something back: "oops, Nigeria"."""
    words = re.escape(detail.words)
    found = (
        rf"^\W*{_OPENS}\b(?:\W+{_OPENS}\b)*\W+(?:(?:it['’]?s|i['’]?m|to|in|for|make that) )*{words}"
        r"(?: now| instead| then| after all)?(?:\W*$|\s*[,.;:(!–—]|\s+-)"
    )
    return bool(detail.words) and bool(re.search(found, text, re.IGNORECASE))


def _says_which(detail: Detail, text: str) -> bool:
    """Whether it is said which device it is: "it's a work laptop", "my phone is enrolled"."""
    if not detail.words:
        return False
    words = re.escape(detail.words)
    return bool(
        re.search(rf"{_IT_IS} (?:on )?(?:an? |my |the |one of )*{words}", text, re.IGNORECASE)
        or re.search(
            rf"\b(?:my|our|the|this) (?:\w+ )?{words}(?:['’]?s| is| was| has been) {_WHICH}", text, re.I
        )
    )
