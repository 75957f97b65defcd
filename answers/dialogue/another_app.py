"""A newly named app, amid an enquiry, takes the place of the one before: "same again but Brave", "AnyDesk
instead?", "is Signal a yes or a no there?".
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dialogue.conversation import Conversation
from answers.heard import Detail, Heard
from guidelines.vocabulary import Vocabulary

# What stands beside an app that somebody puts up for a ruling, and asks nothing else.
_BESIDE = frozenset(
    re.findall(
        r"\w+",
        "and or so but then ok okay well hmm what how about say maybe perhaps just only instead rather for"
        " instance example in general generally too again now please the an a is it there here as such like"
        " on its own by itself",
    )
)
_SAME = re.compile(r"\b(?:same|likewise|ditto)\b", re.IGNORECASE)
_ITS_THE_SAME = re.compile(
    r"\b(?:it|that|this|he|she|they)(?:['’]?s|['’]?re| is| was| are)? (?:\w+ )?the same"
)
_SAME_ANSWER = re.compile(
    r"\bsame(?:\W*$| (?:answers?|rules?|ruling|treatment|verdict|conditions?|guidance|advice|outcome|result"
    r"|story|deal|way|policy|boat)\b)",
    re.IGNORECASE,
)
# Questions about a ruling, which are not for one.
_ABOUT_IT = ("why", "approval", "contact", "changes", "dispute", "list_apps")
_DOES = r"(?:does|do|would|will|is|are|can|has|have)"
_YES_OR_NO = re.compile(r"\byes,? or (?:an? |is it (?:an? )?)?no\b", re.IGNORECASE)
_ASKING_ABOUT = re.compile(
    r"\bi(?:['’]?m| am| was) (?:just |only |now |really )*asking (?:\w+ )?(?:about|after)\b", re.IGNORECASE
)
_FEW = 10
# The name of an app, with its capital, where nothing but an app can stand.
_PUT_UP = re.compile(
    r"\b(?:(?:[Ww]ould|[Ww]ill|[Cc]ould|[Mm]ight) ([A-Z]\w+) (?:do|be (?:ok|okay|fine|allowed|alright))\b"
    r"|(?:[Dd]oes|[Ww]ould|[Ww]ill) ([A-Z]\w+) (?:get|have|fall under|come under|share) the same\b"
    r"|[Ii]s ([A-Z]\w+) (?:an? (?:yes|no|go|goer)|ok|okay|fine|allowed|permitted)\b)"
)


def another_app(conversation: Conversation, heard: Heard) -> bool:
    """Whether the message puts up an app for the ruling that the last one got."""
    named = [d.words for d in heard.asserted("app")]
    named += [u.words for u in heard.unknown if u.dimension == "app" and u.stance == "asserted"]
    if not named or not all(named):
        return False
    bare = set(re.findall(r"[\w'’]+", _without(heard.text, named).casefold())) <= _BESIDE
    if heard.intent == "alternatives":
        return bare and _is_new(conversation, heard) and "instead of" not in heard.text.casefold()
    if heard.intent == "manipulation":
        return bool(_YES_OR_NO.search(heard.text)) and heard.confidence <= 0.8
    ends = any(re.search(rf"{re.escape(n)}\W*(?:please|then|too|now)?\W*$", heard.text, re.I) for n in named)
    same = ends and _SAME.search(heard.text) and not _ITS_THE_SAME.search(heard.text.casefold())
    same = same or _gets_the_same(heard, named)
    return bool(same or _YES_OR_NO.search(heard.text) or _ASKING_ABOUT.search(heard.text)) or (
        bare and heard.text.rstrip().endswith("?")
    )


def _gets_the_same(heard: Heard, named: list[str]) -> bool:
    """Whether it is asked if one app "gets the same answer", or "falls under the same rule"."""
    if len(named) != 1 or heard.intent in _ABOUT_IT or not _SAME_ANSWER.search(heard.text):
        return False
    asks = rf"^\W*(?:(?:and|but|so|ok|okay|then|well)\b\W*)*{_DOES} (?:the )?{re.escape(named[0])}\b"
    return bool(re.search(asks, heard.text, re.IGNORECASE))


def by_its_label(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The app whose name is an ordinary word too, where one asks for another: "would Signal do there?"."""
    if heard.pressed or not conversation.under_way or len(heard.text.split()) > _FEW:
        return heard
    if heard.mentions("app"):
        return heard
    found = _PUT_UP.search(heard.text)
    if not found:
        return heard
    apps = vocabulary["app"]
    name = next(filter(None, found.groups()))
    meant = [app for app in apps.values if name in apps[app].labels]
    if len(meant) != 1:
        return heard
    return replace(heard, intent="may_i", details=(*heard.details, Detail("app", meant[0], name)))


def _is_new(conversation: Conversation, heard: Heard) -> bool:
    return tuple(d.concept for d in heard.asserted("app")) != conversation.facts.get("app")


def _without(text: str, named: list[str]) -> str:
    for words in named:
        text = re.sub(rf"{re.escape(words)}", " ", text, flags=re.IGNORECASE)
    return text
