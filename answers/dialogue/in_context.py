"""A message read in the light of the conversation: what the words alone do not tell is told by what was said
before them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from answers.dates import names_a_day
from answers.dialogue.another_app import another_app, by_its_label
from answers.dialogue.called_off import called_off
from answers.dialogue.carried import carried_over
from answers.dialogue.choosing import SHORT, by_a_quality, by_a_word, by_what_it_is
from answers.dialogue.conversation import Conversation
from answers.dialogue.journey import passed_through
from answers.dialogue.late import answers_in_passing, cleft_told, told_late
from answers.dialogue.references import counted_off, resolve
from answers.dialogue.whom import for_whom, only_told_of, told_of_them
from answers.heard import Detail, Heard, How
from guidelines.vocabulary import DIMENSIONS, Vocabulary

_FEW_MORE = 2
# "Right, but I'm only the adviser" says no yes.
_YES = re.compile(
    r"^\W*(?:(?:yes|yeah|yep|yup|aye|correct|indeed)\b(?! or)"
    r"|right\b(?! or)(?!\W+(?:but|so|now|then|well|and|i|i['’]m|im|for|what|how|can|could|may)\b))",
    re.IGNORECASE,
)
_WHY_AT_THE_END = re.compile(
    r"(?:^|[.?!,;] ?)(?:but |so |and )?why(?: not| is that| so| though| tho)?\W*$", re.IGNORECASE
)
_SUPPOSED = r"(?:hypothe\w*|what[- ]?ifs?|suppos\w+|imagin\w+|speculat\w+|make[- ]believe|pretend\w*)"
_ENOUGH = re.compile(
    r"\b(?:enough|no more|done with|finished with|end of|drop|forget|scrap|ditch|never ?mind|leave|leaving"
    r"|lose|stop|set|put)\b(?: of| about| aside)?(?: (?:the|those|these|that|all|any|my|this|our|with))*"
    rf" {_SUPPOSED}\b"
    rf"|\b{_SUPPOSED}(?: is| are)? (?:over|aside|finished|done)\b"
    r"|\b(?:that|it|this) was (?:only |just |purely |all )*(?:an? )?(?:hypothe\w*|what[- ]?if|supposition)\b",
    re.IGNORECASE,
)
_ANOTHER_IF = re.compile(r"\b(?:if|suppose|supposing|imagine|assuming|were)\b", re.IGNORECASE)
# What a message was read as when nothing in it was found to ask for anything.
_NOTHING_ASKED = ("nlu_fallback", "mention", "out_of_scope", "affirm", "deny")
_IDLE = ("what_if", *_NOTHING_ASKED)
# Above this the understanding is sure that a remark is one.
_SURE = 0.8
# Up to this it hardly knows what a message is.
_UNSURE = 0.5
# What is wanted of one app: after a remark about one, of that.
_ABOUT_AN_APP = ("may_i", "inform", "what_if", "why", "conditions", "alternatives", "approval")
_BRIEFING = re.compile(
    r"\b(?:brief|prep|need to know|should i know|i should know|what to know|know before|advice|heads[- ]up"
    r"|run[- ]?down|run me through|overview|the (?:\w+ )?picture|low[- ]?down)",
    re.IGNORECASE,
)
# What is asked about a ruling that was given: nobody says anew in it what they are.
_ASKS_ABOUT_IT = (
    "why",
    "conditions",
    "alternatives",
    "approval",
    "contact",
    "changes",
    "dispute",
    "thanks",
    "goodbye",
)
_SUPPOSES = re.compile(
    r"\?|\b(?:if|suppose|supposing|imagine|say|assuming|assume|hypothetical\w*|pretend|whether|instead"
    r"|what about|were (?:i|we|it)|had (?:i|we))\b",
    re.IGNORECASE,
)
# What is said as it is, whatever it was read as.
_STATES = re.compile(
    r"\b(?:it|that|this|mine|(?:my|the) [\w -]{2,20}?)(?:['’]s| is)\b|\b(?:i|we)(?:['’]m|['’]re| am| are)\b",
    re.IGNORECASE,
)
_NOT_RIGHT = re.compile(r"\b(?:(?:not|isn['’]?t) (?:right|correct|true)|wrong)\b", re.IGNORECASE)
_SAME = re.compile(r"\b(?:same|likewise|ditto|again)\b", re.IGNORECASE)
_CHOOSES = ("first", "second", "last", "both", "either", "all", "other", "others")
_MAY = re.compile(r"\b(?:can|could|may|am|is|are|allowed|permitted|ok|okay)\b", re.IGNORECASE)
_TOO = re.compile(r"\b(?:as well|also|too|plus)\b", re.IGNORECASE)
_THIRD = re.compile(r"\b(?:he|she|they|his|her|hers|him|their|them)\b", re.IGNORECASE)
_MYSELF = (
    r"(?:\b(?:i|we)(?:['’]?m|['’]?re|['’]?ll be| am| are| will be)\b"
    r"|\bas\b|\b(?:posted|posting|based|stationed)\b)"
)
_SELF = re.compile(_MYSELF, re.IGNORECASE)


def in_context(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> Heard:
    """The message as it is meant at this point of the conversation."""
    heard = for_whom(conversation, counted_off(_without_greeting(heard)))
    if only_told_of(heard):
        return _told_of_another(heard)
    for reads in (by_a_word, by_what_it_is, by_a_quality, by_its_label):
        heard = reads(conversation, heard, vocabulary)
    if conversation.under_way:
        heard = told_of_them(conversation, cleft_told(heard))
        heard = carried_over(conversation, called_off(conversation, heard))
        heard = _without_a_hinted_role(conversation, heard)
    heard = replace(heard, intent=_intent(conversation, heard, vocabulary))
    if conversation.facts.unknown_apps and _only_compared(heard):
        return replace(heard, intent="mention")
    if heard.intent == "correct":
        return _set_against_the_old(conversation, heard)
    heard = _on_the_way(conversation, heard)
    if heard.intent in _ABOUT_AN_APP:
        return _beside_what_waits(conversation, _about_what_was_remarked(conversation, heard))
    return heard


def said_of_oneself(heard: Heard) -> Heard:
    """A remark with no more than what the person says of themselves: their role, and where they will be."""
    kept = tuple(d for d in heard.details if d.stance == "asserted" and _is_of_oneself(d, heard.text))
    return replace(heard, details=kept, unknown=(), ambiguous=(), references=())


def _is_of_oneself(detail: Detail, text: str) -> bool:
    if detail.dimension == "role":
        return bool(_SELF.search(text))
    place = re.escape(detail.words)
    where = rf"{_MYSELF}(?: [\w'’]+){{0,4}}? (?:in|to|at|for|from) (?:the )?{place}"
    return detail.dimension == "country" and bool(re.search(where, text, re.IGNORECASE))


def _without_greeting(heard: Heard) -> Heard:
    """The message without an app whose name is the very greeting."""
    if heard.intent not in ("greet", "thanks", "goodbye"):
        return heard
    opening = heard.text.casefold().strip()
    kept = tuple(
        d
        for d in heard.details
        if d.dimension != "app" or not d.words or not opening.startswith(d.words.casefold())
    )
    return replace(heard, details=kept)


def _intent(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> str:
    if heard.intent == "may_i" and _is_the_app_asked_for(conversation, heard):
        return "inform"
    briefing = conversation.goal == "briefing" or _BRIEFING.search(heard.text)
    if heard.intent == "brief" and conversation.under_way and not briefing and heard.names("country"):
        # "Deploying to Iraq", amid an enquiry, is a detail of it.
        return "inform"
    if heard.intent in ("greet", "help") and heard.names("app"):
        # "Hello, WeChat on my work phone": the greeting is the least of it.
        return "may_i"
    if supposes_no_more(heard) and not (heard.names_anything and heard.intent not in _IDLE):
        idle = not conversation.what_if or heard.intent in ("thanks", "goodbye")
        return "thanks" if idle else "may_i"
    if _yes_to_what_was_offered(conversation, heard):
        return "affirm"
    if conversation.under_way and another_app(conversation, heard):
        return "may_i"
    if _tells_what_is_missing(conversation, heard) or _states(conversation, heard):
        return "inform"
    if _denies_the_answer(conversation, heard):
        return "dispute"
    if _tells_nothing(conversation, heard, vocabulary):
        return "mention"
    if heard.intent not in (*_NOTHING_ASKED, "dispute"):
        return heard.intent
    if conversation.answered and not heard.names_anything and _WHY_AT_THE_END.search(heard.text):
        return "why"
    if {"on_behalf", "follow_up"} <= set(heard.cues) and conversation.under_way:
        # "And my driver, can he?" is about what was asked before.
        return "inform"
    if "own_case" in heard.cues and (conversation.what_if or conversation.on_behalf):
        return "may_i"
    answers = (
        _answers_what_was_asked(conversation, heard)
        or _chooses(conversation, heard, vocabulary)
        or _tells_of_oneself(conversation, heard)
        or _tells_late(conversation, heard, vocabulary)
        or _tells_of_the_other(conversation, heard)
        or _tells_the_days(conversation, heard)
    )
    return "inform" if answers else heard.intent


def supposes_no_more(heard: Heard) -> bool:
    """Whether "enough hypotheticals" ends what was supposed, and nothing else is supposed in its place."""
    found = None if heard.pressed else _ENOUGH.search(heard.text)
    if found is None:
        return False
    return not (heard.names_anything and _ANOTHER_IF.search(heard.text, found.end()))


def _told_of_another(heard: Heard) -> Heard:
    """A remark about somebody, of whom all that it names is."""
    details = tuple(replace(d, stance="other") if d.stance == "asserted" else d for d in heard.details)
    cues = {cue: of for cue, of in heard.cues.items() if cue != "on_behalf"}
    return replace(heard, intent="mention", details=details, cues=cues)


def _without_a_hinted_role(conversation: Conversation, heard: Heard) -> Heard:
    """ "Why? Half the ministry uses it" does not make a minister of whoever said what they are."""
    role = conversation.facts.known.get("role")
    named = heard.asserted("role")
    if role is None or role.unsure or not named or heard.intent not in _ASKS_ABOUT_IT or heard.cues:
        return heard
    if any(d.how == "exact" for d in named) or conversation.on_behalf or conversation.what_if:
        return heard
    return replace(heard, details=tuple(d for d in heard.details if d not in named))


def _tells_what_is_missing(conversation: Conversation, heard: Heard) -> bool:
    """ "It would be used in Hobart only" tells where, and supposes nothing, as long as no place is held."""
    if heard.intent != "what_if" or not conversation.under_way or conversation.what_if or heard.pressed:
        return False
    if not heard.names_anything and not conversation.on_behalf:
        return False
    named = {d.dimension for d in heard.details if d.stance in ("asserted", "other")}
    held = any(conversation.facts.get(d) for d in named)
    return bool(named) and not held and not heard.names("app") and not _SUPPOSES.search(heard.text)


def _denies_the_answer(conversation: Conversation, heard: Heard) -> bool:
    """ "No, that's not right", where nothing was asked, is said of the ruling."""
    if heard.intent != "deny" or conversation.pending or not conversation.answered:
        return False
    return bool(_NOT_RIGHT.search(heard.text))


def _states(conversation: Conversation, heard: Heard) -> bool:
    """ "It's enrolled though" says what is so, and supposes nothing."""
    if heard.intent != "what_if" or not conversation.under_way or conversation.what_if or heard.pressed:
        return False
    said = heard.names_anything and not heard.cues and _STATES.search(heard.text)
    return bool(said) and not _SUPPOSES.search(heard.text)


def _tells_nothing(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> bool:
    """ "It's for counting whales", where nothing was asked, tells no detail of the enquiry; nor does "he has
    all of them", of somebody whom it is not asked for.
    """
    if heard.intent != "inform" or heard.pressed or conversation.pending or heard.confidence > _SURE:
        return False
    if conversation.goal or conversation.what_if or heard.names_anything or "?" in heard.text:
        return False
    if {"follow_up", "own_case", "on_behalf", "dont_know"} & set(heard.cues) or _SAME.search(heard.text):
        return False
    if any(heard.withdrawn(dimension) for dimension in DIMENSIONS):
        return False
    of_others = bool(_THIRD.search(heard.text)) and not conversation.on_behalf
    return of_others or not (heard.references and resolve(conversation, heard, vocabulary))


def _yes_to_what_was_offered(conversation: Conversation, heard: Heard) -> bool:
    """ "Yes but on my own phone", to "did you mean WeChat?", takes WeChat, and the phone."""
    pending = conversation.pending
    if pending is None or heard.intent not in ("inform", "may_i", "correct", *_NOTHING_ASKED):
        return False
    one = len(pending.options) == 1 if pending.asks == "near" else pending.asks == "confirm"
    return one and bool(_YES.match(heard.text)) and not heard.mentions(pending.dimension)


def _answers_what_was_asked(conversation: Conversation, heard: Heard) -> bool:
    """A bare detail after a question answers it: "not on my work phone, my own one"."""
    pending = conversation.pending
    if pending is None or not pending.offers or heard.intent not in ("nlu_fallback", "mention", "dispute"):
        return False
    answers = heard.names(pending.dimension) or bool({"dont_know", "any"} & set(heard.cues))
    return answers or (heard.intent != "dispute" and bool(heard.references))


def _only_compared(heard: Heard) -> bool:
    """ "It's like WhatsApp" says what an unknown app is like, and asks nothing about WhatsApp."""
    named = [d.words for d in heard.details if d.dimension == "app" and d.words]
    return bool(named) and all(
        re.search(rf"\b(?:like|similar to)(?: an?| the)? {re.escape(words)}", heard.text, re.IGNORECASE)
        for words in named
    )


def _is_the_app_asked_for(conversation: Conversation, heard: Heard) -> bool:
    """ "TikTok" to "which app is it about?" says what the reason is wanted of."""
    pending = conversation.pending
    asked = pending is not None and pending.asks == "detail" and pending.dimension == "app"
    bare = len(heard.text.split()) <= SHORT + 2 and not _MAY.search(heard.text)
    return asked and bare and heard.names("app")


def _chooses(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> bool:
    """ "The last one only" picks one of what was named or listed."""
    chooses = any(r.word in _CHOOSES for r in heard.references)
    bare = not heard.names_anything and len(heard.text.split()) <= SHORT + 2
    corrects = heard.intent == "deny" and not conversation.pending  # "no, the first"
    if not chooses or not bare or (heard.confidence > _SURE and not corrects):
        return False
    return any(
        concepts != conversation.facts.get(dimension)
        for dimension, concepts in resolve(conversation, heard, vocabulary).items()
    )


def _tells_of_oneself(conversation: Conversation, heard: Heard) -> bool:
    """ "I'm in Tampa, if it matters", while an enquiry is under way, is a detail of it."""
    if heard.intent != "mention" or heard.confidence > _SURE or not conversation.under_way:
        return False
    if heard.mentions("app"):
        return False
    if devices := heard.asserted("device"):
        # Of a device nothing but which one it is: that it is broken is no detail.
        rest = len(heard.text.split()) - max(len(d.words.split()) for d in devices)
        return rest <= _FEW_MORE
    return bool(said_of_oneself(heard).details)


def _tells_late(conversation: Conversation, heard: Heard, vocabulary: Vocabulary) -> bool:
    """ "Hang on - Nigeria", while an enquiry is under way, is a detail of it."""
    remark = heard.intent in ("mention", "nlu_fallback", "out_of_scope", "deny", "dispute")
    if not remark or heard.confidence > _SURE or not conversation.under_way:
        return False
    return told_late(conversation, heard) or answers_in_passing(conversation, heard, vocabulary)


def _tells_of_the_other(conversation: Conversation, heard: Heard) -> bool:
    """ "She's in Beijing on Thursday", in an enquiry that is put for her, is a detail of it."""
    if heard.intent not in (*_NOTHING_ASKED, "dispute") or not conversation.on_behalf:
        return False
    if not conversation.under_way or (heard.intent != "mention" and heard.confidence > _UNSURE):
        return False
    details = any(heard.mentions(d) for d in ("device", "country"))
    return details and not heard.mentions("app") and bool(_THIRD.search(heard.text))


def _tells_the_days(conversation: Conversation, heard: Heard) -> bool:
    """ "From 2 March", after a briefing, is when one goes."""
    return conversation.goal == "briefing" and not heard.names("app") and names_a_day(heard.text)


def _on_the_way(conversation: Conversation, heard: Heard) -> Heard:
    """ "And via Dubai", after a briefing, is a further stop on the way to where one is going."""
    held = conversation.facts.get("country")
    named = {detail.concept for detail in heard.asserted("country")}
    if conversation.goal != "briefing" or not held or not named or not named <= passed_through(heard):
        return heard
    earlier = tuple(Detail("country", country) for country in held if country not in named)
    return replace(heard, details=(*earlier, *heard.details))


def _about_what_was_remarked(conversation: Conversation, heard: Heard) -> Heard:
    """ "So may I?" after a remark about an app asks about that app."""
    facts = conversation.facts
    if not conversation.mentioned or facts.get("app") or facts.unknown_apps or facts.shared:
        return heard
    if heard.mentions("app") or "any" in heard.cues:
        return heard
    return replace(heard, details=(*heard.details, *(Detail("app", app) for app in conversation.mentioned)))


def _beside_what_waits(conversation: Conversation, heard: Heard) -> Heard:
    """ "WeChat as well", while the answer on TikTok still waits for a detail, asks about both."""
    waiting = conversation.facts.known.get("app")
    if not conversation.waits or waiting is None or not heard.asserted("app") or not _TOO.search(heard.text):
        return heard
    how: How = "inferred" if waiting.unsure else "exact"
    earlier = tuple(Detail("app", app, waiting.words, how) for app in waiting.values)
    return replace(heard, details=(*earlier, *heard.details))


def _set_against_the_old(conversation: Conversation, heard: Heard) -> Heard:
    """The new value of a correction, however it is put: "they've changed it, it's Fiji now, not Japan".

    A value that was not read as a fact is one when it is the only one set against what is withdrawn, or the
    only one that is left of several ("they've cut the second leg, only Tokyo now").
    """
    for dimension in DIMENSIONS:
        if dimension == "role" or heard.names(dimension):
            continue
        others = tuple(d for d in heard.details if d.dimension == dimension and d.stance == "other")
        if len({d.concept for d in others}) != 1:
            continue
        held = conversation.facts.get(dimension)
        if heard.withdrawn(dimension) or (len(held) > 1 and others[0].concept in held):
            taken = tuple(replace(d, stance="asserted") if d in others else d for d in heard.details)
            heard = replace(heard, details=taken)
    return heard
