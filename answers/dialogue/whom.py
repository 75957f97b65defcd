"""For whom it is asked, from turn to turn: the person asking, somebody of theirs, the person asking again.

"And him, on his own phone?" is for whoever was told of before, and "now me again" for the person asking, with
the role that they told of themselves.
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation, Fact
from answers.dialogue.devices import leaves_out_the_noun
from answers.heard import Detail, Heard

_OPENS = (
    r"^\W*(?:(?:and|but|so|ok|okay|then|now|right|well|what about|how about|what of|same for"
    r"|does it apply to)\b\W*)+"
)
_AND_ME = re.compile(rf"{_OPENS}(?:for )?(?:me|myself)\b(?! to\b)", re.IGNORECASE)
# "Her" before a noun is whose the thing is, and "them" may be apps.
_AND_THEM = re.compile(
    rf"{_OPENS}(?:for )?(?:he|she|him|hers?)(?:self)?\b"
    r"(?=\W*$|[,.?;:]| (?:on|in|with|at|then|too|as well|if|when)\b)",
    re.IGNORECASE,
)
_NO_MORE = r"(?=\W*$|,? (?:on|in|with|at|too|as well|then|also)\b)"
_SHALL = r"(?:can|could|may|might|would|should|is|are|does|do|will)"
_COULD_THEY = re.compile(
    rf"^\W*(?:(?:and|but|so|ok|okay|then|now|well)\b\W*)*{_SHALL} (?:he|she|they)\b", re.IGNORECASE
)
_FIRST_PERSON = re.compile(
    r"\b(?:may|can|could|might|should|am|would) (?:i|we)\b"
    r"(?! (?:\w+ )?(?:ask|check|know|confirm|say|tell|let|allow|permit|give|set|help)\b)",
    re.IGNORECASE,
)
# "So may I?", of what was asked for somebody else.
_MAY_I = re.compile(
    r"(?:^|[.?!;,–-] ?)(?:(?:and|so|but|then|ok|okay|well) )*(?:can|could|may|might|am) i"
    r"(?: too| as well| then| also)?\W*$",
    re.IGNORECASE,
)
_THIRD = re.compile(r"\b(?:he|she|they|his|her|hers|him|their|theirs|them)\b", re.IGNORECASE)
_MINE = re.compile(r"\b(?:mine|my own|my)\b", re.IGNORECASE)
_ON_MINE = re.compile(r"\bon (?:mine|my own)\b", re.IGNORECASE)
_SELF = (
    r"(?:\bi['’]?m|\bi am|\bthis is|\bwe['’]?re|\bwe are|\bas|\bspeaking as|\bi work as)"
    r" (?:[\w-]+ ){0,3}?"
)
_ASIDE = re.compile(
    r"\b(?:by the way|btw|incidentally|fyi|for what it['’]?s worth|as it happens)\b", re.IGNORECASE
)
_THEY_ARE = (
    r"\b(?:he|she|they)(?:['’]?s|['’]?re| is| are|['’]?ll be) (?:actually |really |just |also |now )*"
    r"(?:an? |the |our |my |in the |with |from |one of (?:the|our) )*"
)
# "My chief of staff too?", "and my colleague, a diplomat?": nothing is said of them but who they are.
_OF_MINE = r"(?:my|our|his|her|their) "
_THEIRS_TOO = rf"(?:{_OPENS}(?:for )?|^\W*){_OF_MINE}(?:[\w-]+ ){{0,2}}?"
_WHO_IS = rf"{_OPENS}(?:for )?{_OF_MINE}[\w-]+(?: [\w-]+)?, (?:who(?:['’]s| is) )?(?:an? |the )?"
_TOO = r"(?=(?: too| as well| also)*\W*\?)"
_SHALL_MY = (
    rf"(?:^\W*|\b(?:and|but|so|then|also|how|why) |[,.;:?!–-] ){_SHALL} (?:my|our|his|her|the|an?|their) "
    r"(?:\w+ ){0,2}?"
)
_AND_MY = rf"{_OPENS}(?:for )?(?:my|our|his|her|their) (?:\w+ ){{0,2}}?"


def for_whom(conversation: Conversation, heard: Heard) -> Heard:
    """The message with the cue for whom it is asked, which only the conversation tells."""
    if heard.pressed:
        return heard
    elsewhere = conversation.on_behalf or conversation.what_if
    if elsewhere and "own_case" not in heard.cues and _is_for_oneself(conversation, heard):
        return replace(heard, cues={**heard.cues, "own_case": None})
    if not conversation.under_way or "on_behalf" in heard.cues:
        return heard
    if for_them(heard):
        heard = _without_a_pronoun(heard)
        return replace(heard, cues={**heard.cues, "on_behalf": None, "follow_up": None})
    return _of_theirs(conversation, _asked_for(heard))


def for_them(heard: Heard) -> bool:
    """Whether "and him, on his own phone?" asks the same for somebody else."""
    return not heard.pressed and bool(_AND_THEM.match(heard.text))


def of_whoever_was_told(heard: Heard) -> bool:
    """Whether it is asked for somebody who was spoken of before: "could she", and not "could my wife"."""
    return for_them(heard) or bool(_COULD_THEY.match(heard.text))


def only_told_of(heard: Heard) -> bool:
    """Whether "my colleague in Lomé is a contractor, by the way" tells of somebody and asks nothing."""
    return (
        "on_behalf" in heard.cues
        and bool(_ASIDE.search(heard.text))
        and "?" not in heard.text
        and not heard.names("app")
        and not heard.names("device")
    )


def told_of_them(conversation: Conversation, heard: Heard) -> Heard:
    """ "He's LES", where it is asked for him, says his role."""
    if not (conversation.on_behalf or "on_behalf" in heard.cues) or heard.asserted("role"):
        return heard
    details = tuple(
        replace(d, stance="asserted")
        if d.dimension == "role" and d.stance == "other" and _stands_after(_THEY_ARE, d, heard.text)
        else d
        for d in heard.details
    )
    if details == heard.details:
        return heard
    return replace(heard, details=details, cues={**heard.cues, "on_behalf": None})


def noted(conversation: Conversation, heard: Heard) -> Conversation:
    """The conversation with what the message tells of the roles of the person asking and of somebody else."""
    known = conversation.facts.known.get("role")
    if known and heard.asserted("role") and not conversation.on_behalf and heard.intent != "what_if":
        conversation = replace(conversation, own=known)
    for detail in heard.details:
        if detail.dimension != "role" or detail.stance in ("negated", "replaced"):
            continue
        if conversation.on_behalf and _says_oneself(detail, heard.text):
            conversation = replace(conversation, own=Fact((detail.concept,), "said", detail.words))
        elif detail.stance == "other" and not _says_oneself(detail, heard.text):
            conversation = replace(conversation, another=Fact((detail.concept,), "inferred", detail.words))
    return conversation


def to_oneself(conversation: Conversation, heard: Heard) -> Conversation:
    """Back to the true facts, and to the person asking with the role that they told."""
    spoken_of = conversation.facts.known.get("device")
    away, own = conversation.on_behalf, conversation.own
    if away:
        conversation = replace(conversation, on_behalf=False)
        conversation = replace(conversation, facts=conversation.facts.with_fact("role", None))
    conversation = replace(conversation.back(), pending=None)
    if away and own is not None:
        conversation = replace(conversation, facts=conversation.facts.with_fact("role", own))
    devices = heard.asserted("device")
    if spoken_of and devices and all(leaves_out_the_noun(d.words) for d in devices):
        # "Me again, on my own one": the kind of device is the one that was spoken of last.
        conversation = replace(conversation, facts=conversation.facts.with_fact("device", spoken_of))
    return conversation


def _is_for_oneself(conversation: Conversation, heard: Heard) -> bool:
    if _AND_ME.match(heard.text):
        return True
    if not conversation.on_behalf or "on_behalf" in heard.cues or not _FIRST_PERSON.search(heard.text):
        return False
    if _MAY_I.search(heard.text):
        return True
    # "Could I do it for her on mine?" is about the own phone of whoever does it.
    return bool(_ON_MINE.search(heard.text)) or (
        heard.intent == "may_i"
        and heard.names("device")
        and bool(_MINE.search(heard.text))
        and not _THIRD.search(heard.text)
    )


def _asked_for(heard: Heard) -> Heard:
    """ "And would my driver be treated the same?" is asked for the driver, "and our LE staff?" for them."""
    others = [d for d in heard.details if d.dimension == "role" and d.stance == "other"]
    if len(others) != 1 or heard.asserted("role") or _FIRST_PERSON.search(heard.text):
        return heard
    asked = _stands_after(_SHALL_MY, others[0], heard.text)
    if not asked and not _stands_after(_AND_MY, others[0], heard.text, _NO_MORE):
        return heard
    taken = replace(others[0], stance="asserted", how="inferred")
    details = tuple(taken if d is others[0] else d for d in heard.details)
    return replace(heard, details=details, cues={**heard.cues, "on_behalf": None, "follow_up": None})


def _of_theirs(conversation: Conversation, heard: Heard) -> Heard:
    """ "My chief of staff too?" asks the same for somebody of one's own, and tells nothing of oneself."""
    pending = conversation.pending
    if "on_behalf" in heard.cues or (pending is not None and pending.offers and pending.dimension == "role"):
        return heard
    roles = [d for d in heard.details if d.dimension == "role" and d.stance in ("asserted", "other")]
    if len(roles) != 1 or (roles[0].stance == "asserted" and roles[0].how != "inferred"):
        return heard
    too = _stands_after(_THEIRS_TOO, roles[0], heard.text, _TOO)
    if not too and not _stands_after(_WHO_IS, roles[0], heard.text, _NO_MORE):
        return heard
    taken = replace(roles[0], stance="asserted", how="inferred")
    details = tuple(taken if d is roles[0] else d for d in heard.details)
    return replace(heard, details=details, cues={**heard.cues, "on_behalf": None, "follow_up": None})


def _without_a_pronoun(heard: Heard) -> Heard:
    """ "And her, on the loaner?" names no app that is called so."""
    kept = tuple(d for d in heard.details if d.dimension != "app" or not _THIRD.fullmatch(d.words))
    return replace(heard, details=kept)


def _says_oneself(detail: Detail, text: str) -> bool:
    after = rf"\b{re.escape(detail.words)} (?:here|speaking|writing)\b" if detail.words else r"(?!)"
    return _stands_after(_SELF, detail, text) or bool(re.search(after, text, re.IGNORECASE))


def _stands_after(pattern: str, detail: Detail, text: str, end: str = "") -> bool:
    words = re.escape(detail.words)
    return bool(detail.words) and bool(re.search(rf"{pattern}{words}{end}", text, re.IGNORECASE))
