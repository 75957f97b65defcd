"""Details that are told late, amid an enquiry, however the message was read: "hang on - Nigeria", "it's
Kigali I'm going to after all", "I should add that my phone is enrolled".
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.heard import Detail, Heard
from guidelines.vocabulary import Vocabulary

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
# Small words that may stand before a detail that is told as an answer.
_SMALL = (
    r"(?:only|just|ever|always|mainly|mostly|usually|in|on|at|from|for|with|to|of|the|an?|my|our|his|her|its|their"
    r"|it['’]?s|i['’]?m|i|am|is|as|yes|yeah|no|ok|okay|well|so|oh|um|and|but|like|be|used|currently|actually)"
)
_ONLY = re.compile(r"^\W*(?:\w+\W+)?(?:only|just|always|ever|mostly|mainly)\b", re.IGNORECASE)
_TO_BE_EXACT = re.compile(
    r"\b(?:to be (?:exact|precise|specific|clear)|more (?:exactly|precisely|specifically)|strictly speaking"
    r"|specifically|if you (?:want|need) (?:it|to know) exactly)\b",
    re.IGNORECASE,
)
_THINGS = ("country", "device")
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
    """ "It's Kigali I'm going to after all" and "still Kigali" say where one goes, put another way."""
    details = tuple(
        replace(d, stance="asserted")
        if d.stance == "other" and (_cleft(d, heard.text) or _still(d, heard.text))
        else d
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


def _still(detail: Detail, text: str) -> bool:
    found = rf"\bstill (?:in |at |on |the |my )*{re.escape(detail.words)}\b"
    return bool(detail.words) and detail.dimension in _THINGS and bool(re.search(found, text, re.IGNORECASE))


def answers_in_passing(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> bool:
    """Whether a message that was read as a remark opens with a detail that is wanted: "army reserve, I drive
    a bus the rest of the week", "only ever in Bendigo", "on the pool phone we hand them, yes".
    """
    if heard.mentions("app") or heard.text.rstrip().endswith("?"):
        return False
    pending = conversation.pending
    asked = pending.dimension if pending is not None and pending.offers else ""
    exactly = bool(_TO_BE_EXACT.search(heard.text))
    for detail in heard.asserted("role") + heard.asserted("device") + heard.asserted("country"):
        held = conversation.facts.get(detail.dimension)
        if not detail.words or (held and not exactly):
            continue
        wanted = detail.dimension in (asked, "role") or exactly or _ONLY.match(heard.text)
        if wanted and _opens_with(detail, heard.text):
            return True
        whole = vocabulary[detail.dimension].is_value(detail.concept) and detail.how == "exact"
        if whole and detail.dimension == asked and _placed_first(detail, heard.text):
            return True
    return False


def _opens_with(detail: Detail, text: str) -> bool:
    found = rf"^\W*(?:{_SMALL}\W+)*{re.escape(detail.words)}(?:\W*$|\s*[,.;:!(–—]|\s+-)"
    return bool(re.search(found, text, re.IGNORECASE))


def _placed_first(detail: Detail, text: str) -> bool:
    found = rf"^\W*(?:{_SMALL}\W+)*(?:on|in|at|from|with) (?:[\w'’]+ ){{0,4}}?{re.escape(detail.words)}\b"
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
