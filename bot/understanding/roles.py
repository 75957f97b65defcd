"""Roles: what the person asking is, told from what other people in the sentence are."""

from __future__ import annotations

import re

from .gazetteer import Gazetteer
from .lexicon import load
from .model import ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity
from .phrases import Phrases
from .text import Words, key

_BETWEEN = (
    "(?:(?:"
    + "|".join(sorted(load("roles")["between"].split(), key=len, reverse=True))
    + r"|\w+ly|el[12]|aps ?\d|(?:team|group|bunch|pair|couple|number|member|delegation|one) of)[ ,]+)*"
)
_SELF = re.compile(
    r"(?:\b(?:i am|i'm|im|iam|am i|we are|we're|were|as|speaking as|being|myself|i work as|working as|work as|i serve as|serving as|i will be|i'll be|"
    r"going as|become|becoming|became|role is|job is|position is|role[:=]|i was|i were|we were|if i'd been|me, ?|me being|hired as|employed as|engaged as|that i'm|"
    r"posted as|deployed as|travelling as|appointed|counts? as|consider myself|technically|suppose i'm|cos i'm|i got a job as|my title is|title is|job title is|for me as|us|we) +)" + _BETWEEN + "$"
)  # fmt: skip
_NOT_SELF = re.compile(
    r"(?:\bnot|n't|never|no longer|rather than|instead of|isnt|aint|wasnt|not as) +" + _BETWEEN + "$"
)
_PAST = re.compile(
    r"(?:used to be|was once|before i was|ex-|former|formerly|was previously|previously|retired|until last year i was|i was) +"
    + _BETWEEN
    + "$"
)
_HYPOTHETIC = re.compile(r"\b(?:if|what if|suppose|say|imagine|assume|assuming|pretend|were)\b")
_FOR = re.compile(
    r"(?:on behalf of|for|by|asking for|question from|query from|request from|question for|behalf of|representing) +(?:a|an|the|my|our|one of our|one of my|the new|our new|my new|another|some|"
    + r"\w+'s)? ?(?:\w+ )?$"
)
_SOMEONES = re.compile(
    r"\b(?:my|our|the|a|an|his|her|their|your|some|another|every|any|that|this|one of (?:our|my|the)|two|three|several|many|most|all|other)(?: \w+)? +$"
)
_MODAL = re.compile(
    r"(?:\b(?:can|could|may|might|should|shall|would|will|do|does|is|are|am|must|if|whether|that|when|allows?|lets?|permits?|for|ok for|okay for|banned for|allowed for|apply to|applies to|about|comfortable with|happy with|ok with|okay with|fine with|problem with|issue with|rules for|guidance for|what|which apps can|apps can|apps may|where|how can|why can't|why can|can't|cannot|may a)\W+)"
    + r"(?:a|an|the|my|our|any|some|all|new|every|one of (?:our|my)|other|foreign|australian|federal|junior|senior|another|serving|visiting|"
    + r"\w+'s| )*$"
)
_VERB_AFTER = re.compile(
    r"^s?,? ?(?:(?:driver|officer|employee|staff|member|person|colleague|worker|cook|guard|people|personnel)s? )?(?:may |can |could |should |must |is |are |might )?(?:also |still |be able to |now |ever |really |just |even |(?:who|that) (?:is|are) [\w ]{3,40}? )?(?:be |been )?(?:use|using|have|install|keep|get|download|run|bring|take|message|put|allowed|permitted|able|ok|on (?:his|her|their|a)|in |posted|travelling|traveling|going|visiting|contact|chat|call|join|open|access|need|too|\?|$|wechat|whatsapp)"
)
_WANTS = re.compile(
    r"^s? ?(?:[\w' ]{0,25} )?(?:wants|wants to|would like|wishes|is asking|asked me|asks|is wondering|wonders|needs|is keen|is going|is travelling|is traveling|is flying|is visiting|is about to|is being posted|is posted|will be|is off|plans|has asked|'s asking|'s going|'s keen|intends|is due|has been posted|heads|is heading|are going|are travelling|want to know|hopes|is looking|insists|is in )"
)
_ASKED_FOR = re.compile(
    r"\b(?:can|could|may|should|would|will|whether|if) +(?:he|she|they|him|her|them)\b|\b(?:is|are) +(?:he|she|they) (?:allowed|permitted|able|ok|okay|free|good|cleared|fine)\b|\b(?:his|her|their) +(?:\w+ )?(?:phone|mobile|handset|laptop|ipad|iphone|device|tablet)|what (?:can|should|may) (?:he|she|they)\b"
)
_PERSON = re.compile(
    r"\b(?:my|our|his|her|their|a|the) (?:\w+ )?(?:colleague|friend|mate|husband|wife|partner|brother|sister|dad|father|mum|mother|boss|son|daughter|neighbour|flatmate|cousin|uncle|aunt|ex|supervisor|manager|housemate|girlfriend|boyfriend|spouse|fiance|fiancee|kid|predecessor|counterpart|contact|hubby|missus|director|teammate|roommate|brother-in-law|sister-in-law)(?:'s| is| was|,| who| works| used| has)[^.?!;]*$"
)
_WITH = re.compile(
    r"(?:\b(?:now|currently|these days|today) (?:with|at|in|for)|\b(?:i'm|im|i am|we're|we are|am|i|we|i've been|been) +(?:\w+ )?(?:with|from|at|in|for|over at|part of|work(?:ing)?(?: \w+)? (?:for|at|in|with|within|inside)|employed by|based at|seconded to|here for|join(?:ed|ing)|posted by|attached to|moved to|transferred to|represent|seconded into|on secondment (?:to|with|at)|on loan to)"
    r"|\b(?:work(?:ing|s)?) (?:for|at|in|with|within)|^(?:with|from|at)|^(?:it's |its |hi from )|\bhere (?:with|from|at)|\b(?:employed by|seconded to)|\bas part of|\bmy (?:department|agency|employer|organisation|dept|org|portfolio|home agency|home department|service|outfit) is|\b(?:department|agency|employer|dept)[:=]|staff (?:at|of|in)|someone (?:at|in|from)|(?:el ?[12]|aps ?\d|ses|grad|graduate|official|analyst|lawyer|economist|adviser|advisor|secretary|director|manager|linguist|engineer) (?:at|in|with|from)|(?:allowed|approved|ok|okay|permitted|banned|fine|rules|apps|list|guidance|policy) for|calling from|writing from|asking from|speaking from|employee (?:of|at)|official (?:at|in|from|with)|officer (?:at|in|from|with)|public servant (?:at|in|from|with)|civilian (?:at|in|from|with)|a grad(?:uate)? (?:at|in|with)|me[:,] ?) +(?:the |a |an |our |australian )*$"
)
_AM = re.compile(
    r"\b(?:i'm|im|i am|we're|we are|as|i'm in fact|i said i'm|i'm actually|i meant|i'm now|no,|sorry,|actually,?|meant|nah,?|no) +(?:a |an |the |actually |now |just |still |also |only |in |ex |part of )*$"
)
_AFTER_ORG = re.compile(
    r"^ ?(?:here\b|official|officer|employee|staff|staffer|person|people|personnel|worker|analyst|grad\b|graduate|lawyer|engineer|policy officer|civilian|public servant|member\b|guy|gal|bloke|type|secondee|legal officer|linguist|investigator|researcher|adviser|advisor|scientist|liaison|,|\.|$|!|-|and\b|not\b|so\b|but\b|posted|going|heading|travelling)"
)
_SPLIT = re.compile(
    r"[.?!;]|,? \bbut\b|,? (?:and|so|while) (?=i\b|i'm\b|im\b)|, (?:so|and i|can|could|is|what|he|she|they)\b"
)
_EMPLOYED = re.compile(
    r"(?:\bwork(?:ing|s)?(?: directly| full time| part time| casually)? (?:for|with|under)|\bstaff(?:er)? (?:to|of|for|in)|\badvis[eo]r (?:to|for)|\badvise|\bassist(?:ant)? (?:to|for)|\bea (?:to|for)|\bpa (?:to|for)|\bchief of staff (?:to|for)|\b(?:officer|manager|secretary|intern|volunteer|speechwriter|diary manager|scheduler|researcher|media adviser|advisor|receptionist) (?:to|for|with|in)|\bemployed by|\b(?:work|am|i'm|job|based|position|staffer|working|posted|role|intern) (?:is )?(?:in|at|out of)|\bin)(?: the office of)? +(?:a|an|the|my|our|one of the|one of our|some|federal|local|labor|liberal|greens|crossbench|opposition|government|coalition|independent|nationals|backbench|cabinet|junior|teal|foreign| )*$"
)
_OFFICE = re.compile(
    r"^(?:'s|s'|s| \w+'s)? ?(?:\w+ )?(?:electorate |parliamentary |ministerial |canberra )?(?:office|staff|team)"
)
_FRAGMENT_AFTER = re.compile(
    r"^s?(?: actually| btw| mate| please| by the way| now|(?: ?[,.!;:/?)-]|$| here| in | on | at | going| posted| with | from | and | based| travelling| heading| asking|\s+question| wanting| deployed| visiting| to | wechat| for | off to| but | or | now| then))"
)


_FUNCTION = set(
    "i i'm im my me we our the a an is are was were be he she they his her their it this that told said says has have had wants asked met saw with not n't 's".split()
)


class RoleFinder:
    """Finds roles; which words stand for which concept is data: `lexicon/roles.yml`."""

    def __init__(self) -> None:
        data = load("roles")
        self.terms = Phrases(data["terms"], plurals=True)
        self.organisations = Phrases(data["organisations"])
        self._organisation_words = {w for listed in data["organisations"].values() for w in listed}
        self.generic = set(data["generic"])
        self.employers = Phrases(data["employers"], plurals=True)

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The roles of a message."""
        found: list[Entity] = []
        for i, j, id in self.employers.find(words):
            before, after = self._around(words, i, j)
            office = _OFFICE.match(after)
            if _EMPLOYED.search(before) and (
                office or not re.search(r"\b(?:in|at|out of) (?:\w+ )*$", before)
            ):
                end = words.all[j - 1].end + (office.end() if office else 0)
                found.append(self._entity(words, i, end, id, ASSERTED, EXACT))
        terms = [(i, j, id, False) for i, j, id in self.terms.find(words)] + self._listed(words, gazetteer)
        organisations = self.organisations.find(words)
        for i, j, id, listed in sorted(terms, key=lambda t: (t[0] - t[1], not t[3])):
            start, end = words.all[i].start, words.all[j - 1].end
            if any(e.start < end and start < e.end for e in found):
                continue
            if any(a <= i and j <= b and b - a > j - i for a, b, _ in organisations):
                continue
            entity = self._term(words, i, j, id)
            if entity:
                found.append(entity)
        known = gazetteer.names.get("role", {})
        for i, j, id in organisations:
            named = known.get(key(words.span_text(i, j)), [])
            id = named[0] if len(named) == 1 else id
            stance = self._organisation(words, i, j)
            start = words.all[i].start
            if stance and not any(e.start <= start < e.end for e in found):
                entity = self._entity(words, i, words.all[j - 1].end, id, stance, EXACT)
                entity.employer = True
                found.append(entity)
        found = self._settled(found)
        return sorted((e for e in found if gazetteer.has("role", e.value)), key=lambda e: e.start)

    def _settled(self, found: list[Entity]) -> list[Entity]:
        """Leave out what is only the employer, or only "official", of somebody who said more."""
        said = [e for e in found if e.stance == ASSERTED]
        terms = [e for e in said if not e.employer and e.value not in self.generic]
        better = terms or [e for e in said if e.value not in self.generic]
        return [e for e in found if e.stance != ASSERTED or not better or e in better]

    def _listed(self, words: Words, gazetteer: Gazetteer) -> list[tuple[int, int, str, bool]]:
        """Names of roles in the vocabulary; they go before the lexicon's."""
        known, more = gazetteer.names.get("role", {}), []
        for i, j, name in words.grams(6):
            ids = known.get(name) or known.get(name[:-1] if name.endswith("s") else "", [])
            if len(ids) == 1 and ids[0] != "any" and len(name) > 1:
                spoken = words.span_text(i, j).lower()
                if spoken in self._organisation_words or spoken.split()[0] in ("with", "at", "from"):
                    continue
                more.append((i, j, ids[0], True))
        return more

    @staticmethod
    def _around(words: Words, i: int, j: int) -> tuple[str, str]:
        return words.low[: words.all[i].start], words.low[words.all[j - 1].end :]

    def _term(self, words: Words, i: int, j: int, id: str) -> Entity | None:
        before, after = self._around(words, i, j)
        clause = _SPLIT.split(before)[-1]
        make = lambda stance, how=EXACT: self._entity(words, i, words.all[j - 1].end, id, stance, how)  # noqa: E731
        phrase = words.span_text(i, j).lower()
        if (
            phrase in ("pm", "les", "leo", "a based", "dip", "teal", "hom", "mp", "da")
            and not (phrase in ("hom", "mp") and len(words.all) < 40)
            and not words.span_text(i, j).isupper()
            and not _SELF.search(before)
        ):
            return None
        if phrase == "member for" and not _SELF.search(before):
            return None
        if phrase in ("local staff", "local staff member") and not _SELF.search(before):
            return make(OTHER)
        if (
            phrase in ("major", "captain", "corporal", "general", "official", "officials")
            and not _SELF.search(before)
            and not _MODAL.search(before)
        ):
            return None
        if re.match(
            r"s?'s? (?:phone|mobile|laptop|ipad|device|tablet|iphone|handset)", after
        ) and _MODAL.search(before + ""):
            return make(ASSERTED, INFERRED)
        if _NOT_SELF.search(before):
            return make(NEGATED)
        if _PAST.search(before) and not _HYPOTHETIC.search(before):
            return make(OTHER)
        if re.search(r"\basking for (?:a|my) \w+ (?:who|that)", clause):
            return make(ASSERTED, INFERRED)
        if _PERSON.search(clause):
            return make(ASSERTED, INFERRED) if _ASKED_FOR.search(words.low) else make(OTHER)
        if re.match(r"(?:in|on|work|works|working) ", phrase) and re.search(
            r"(?:^|\bi|\bi'm|\bim|\bi am|\bwe|\bwe're|[,.;])\W*(?:\w+ly |currently |now |still |also )?$",
            before,
        ):
            return make(ASSERTED)
        if (
            re.match(r"(?:in|on|work|works|working) ", phrase)
            and not _SELF.search(before)
            and not re.search(
                r"\b(?:i'm|i am|im|we're|work|working|serve|serving|i|am|^)\W*(?:\w+ )?$", before
            )
        ):
            return make(OTHER)
        if re.search(r"\b(?:i'm|i am|im|we're|we are) (?:\w+ ){0,2}$", before) and phrase.startswith("in "):
            return make(ASSERTED)
        if _SELF.search(before) or re.search(r"\bi work (?:\w+ )?as +" + _BETWEEN + "$", before):
            return make(ASSERTED)
        if re.search(
            r"\b(?:i|we) (?:serve|work|am|serving|contract|consult)\w* (?:\w+ )?$", before
        ) and phrase.startswith(("in ", "on ", "contract", "consult")):
            return make(ASSERTED)
        if _FOR.search(before):
            owned = re.search(
                r"\b(?:work|working|works|interpret|interpreting|job|advise|assistant|ea|pa|staff|driver|cook) +(?:for|of|to) +[\w ]*$",
                before,
            )
            return make(OTHER if owned else ASSERTED, INFERRED)
        if _MODAL.search(before) and (_VERB_AFTER.match(after) or _FRAGMENT_AFTER.match(after)):
            entity = make(ASSERTED, INFERRED if _SOMEONES.search(before) else EXACT)
            entity.third = True
            return entity
        if _SOMEONES.search(clause) and (_WANTS.match(after) or _ASKED_FOR.search(after)):
            return make(ASSERTED, INFERRED)
        if len(words) <= 7 and not _FUNCTION.intersection(words.lows):
            return make(ASSERTED)
        opening = re.fullmatch(
            r"\W*(?:hi|hello|hey|g'day|ok|okay|so|sorry|no|yes|yep|actually|well|and|um|ordinary|regular|plain|humble|simple|mere|fyi|oh|btw|nah|currently|now|new|a|an|the|role|me|just|both|still|only|aussie|australian|what about|how about|same for|and for|what about for|how about for|or|but|for|also|acting|deputy|assistant|senior|former|hi all|hi there|hey there|morning|good morning|good afternoon|afternoon|evening|job|position|my role|serving|junior|federal|i'm|thanks|hmm|[ ,.!:=-])*",
            clause,
        )
        if (opening or re.search(r"[,;/(:] ?(?:a |an |also |and |as )?$", before)) and _FRAGMENT_AFTER.match(
            after
        ):
            if re.search(r"\b(?:the|a|an)\W+$", before) and re.match(
                r"s? (?:is|was|has|said|told|will)", after
            ):
                return make(OTHER)
            return make(ASSERTED)
        return make(OTHER)

    def _organisation(self, words: Words, i: int, j: int) -> str | None:
        before, after = self._around(words, i, j)
        clause = re.split(r"[.?!;]", before)[-1]
        if re.search(
            r"(?:\bnot|n't|never|no longer|left)(?: with| in| at| from| for| part of)? (?:the )?$", before
        ):
            return NEGATED
        if (
            re.search(
                r"\b(?:used to|was|previously|formerly|were) (?:\w+ )?(?:in|with|at|for|be)? ?(?:the )?$",
                before,
            )
            and "if" not in before
        ):
            return OTHER
        if _PERSON.search(clause) and not _ASKED_FOR.search(words.low):
            return OTHER
        if _WITH.search(before) and not re.match(
            r" ?(?:issued|phone|laptop|mobile|ipad|device|handset|tablet|iphone|network|policy|rules|website|says|said|people|guy|minister|building|contact|counterpart|colleague)",
            after,
        ):
            third = re.search(
                r"\b(?:he|she|they|who|someone|somebody|people|person|guy|woman|man|friends?|contacts?) (?:\w+ )?(?:works?|is|are|was)? ?(?:with|at|in|for|from) +(?:the )?$",
                before,
            )
            asked = re.search(
                r"\b(?:can|could|may|should|is|would) (?:a |some)?(?:one|body|person|someone|somebody|anyone) (?:from|at|in|with) (?:the )?$",
                before,
            )
            return OTHER if third and not asked else ASSERTED
        if re.search(
            r"\b(?:stint|posting|work|working|tour|job|trip|contracting|consulting|secondment|travelling|posted|deployed)\b[^.?!,]{0,40}\bfor (?:the )?$",
            before,
        ):
            return ASSERTED
        if _AM.search(before) and _AFTER_ORG.match(after):
            return ASSERTED
        if re.search(r"\bas an? $", before) and _AFTER_ORG.match(after):
            return ASSERTED
        opening = re.fullmatch(
            r"\W*(?:hi|hello|hey|ok|so|sorry|no|yes|yep|and|i meant|actually|g'day|well|for|the|what about|how about|same for|oh|[ ,.!:-])*",
            clause,
        )
        if opening and re.match(
            r"^ ?(?:here\b|official|officer|employee|staff|[,.]|$|personnel|public servant|member|going|posted|civilian)",
            after,
        ):
            return ASSERTED
        if re.search(r"[,;/] ?$", before) and re.match(r" ?(?:[,.;/]|$|here\b)", after):
            return ASSERTED
        if re.search(r"\b(?:can|may|are|do|does|is|for) (?:a |an |all |any |the )?$", before) and re.match(
            r" ?(?:staff|official|officer|employee|personnel|member|people|civilian|public servant)", after
        ):
            return ASSERTED
        return None

    @staticmethod
    def _entity(words: Words, i: int, end: int, id: str, stance: str, how: str) -> Entity:
        start = words.all[i].start
        return Entity("role", id, start, end, words.text[start:end], how=how, stance=stance)
