"""A role or an organisation where it stands in a message: all that the rules of `whose_role.py` look at."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .asker import asks_for_oneself
from .lexicon import load
from .lexicon import words as word_list
from .text import Words, spaced_key


def _patterns() -> dict[str, re.Pattern[str]]:
    raw = load("role_patterns")
    return {name: re.compile(pattern.replace("{between}", raw["between"])) for name, pattern in raw.items()}


PATTERNS = _patterns()
CAPITALS, OWN_ONLY, ADJECTIVES = (word_list("roles", name) for name in ("capitals", "own_only", "adjectives"))
#: Which role each phrase of the lexicon stands for.
ROLE_OF = {phrase: id for id, phrases in load("roles")["terms"].items() for phrase in phrases}

_NICKNAMES = frozenset(load("places")["nicknames"])
_FUNCTION = word_list("roles", "function_words")
_TELLING = (
    _FUNCTION
    | word_list("roles", "asking_words")
    | word_list("roles", "no_fragment")
    | (word_list("asides", "verbs") - {"posted"})
)
_BREAKS = {".", ",", ";", ":", "?", "!", "(", ")", "-", "\n"}


@dataclass(frozen=True)
class Case:
    """A role or an organisation at tokens i up to j. What is told of it is looked up when a rule asks."""

    words: Words
    i: int
    j: int
    places: Mapping[str, object]
    named: Sequence[tuple[int, int, str]]  # what the lexicon finds in the message: first token, end token, id

    def said_before(self, pattern: str) -> bool:
        """Whether a pattern is found in all that comes before."""
        return PATTERNS[pattern].search(self.before) is not None

    def said_in_clause(self, pattern: str) -> bool:
        """Whether a pattern is found in what comes before within the clause."""
        return PATTERNS[pattern].search(self.clause) is not None

    def said_after(self, pattern: str) -> bool:
        """Whether a pattern is found in all that comes after."""
        return PATTERNS[pattern].search(self.after) is not None

    def said_anywhere(self, pattern: str) -> bool:
        """Whether a pattern is found in the message."""
        return PATTERNS[pattern].search(self.words.low) is not None

    def goes_on(self, pattern: str) -> bool:
        """Whether what comes after begins with a pattern."""
        return PATTERNS[pattern].match(self.after) is not None

    def has_theirs(self, pattern: str) -> bool:
        """Whether something of theirs comes after; the "'s" may be part of the phrase."""
        ending = "'s" if self.phrase.endswith("'s") else ""
        return PATTERNS[pattern].match(ending + self.after) is not None

    def nothing_before_but(self, pattern: str) -> bool:
        """Whether a pattern is all that comes before."""
        return PATTERNS[pattern].fullmatch(self.before) is not None

    def nothing_in_clause_but(self, pattern: str) -> bool:
        """Whether a pattern is all that comes before within the clause."""
        return PATTERNS[pattern].fullmatch(self.clause) is not None

    @cached_property
    def before(self) -> str:
        """The message up to here, in lower case."""
        return self.words.low[: self.words.all[self.i].start]

    @cached_property
    def after(self) -> str:
        """The message from here on, in lower case."""
        return self.words.low[self.words.all[self.j - 1].end :]

    @cached_property
    def clause(self) -> str:
        """What comes before within the clause."""
        return PATTERNS["split"].split(self.before)[-1]

    @cached_property
    def phrase(self) -> str:
        """The phrase itself in lower case, with plain apostrophes."""
        return self.words.low[self.words.all[self.i].start : self.words.all[self.j - 1].end]

    @property
    def in_capitals(self) -> bool:
        """Whether the phrase is typed in capitals."""
        return self.words.span_text(self.i, self.j).isupper()

    @property
    def speaks_of_oneself(self) -> bool:
        """Whether the message has the word "I"."""
        return "i" in self.words.lows

    @cached_property
    def of_oneself(self) -> bool:
        """Whether it is said of the person asking: "I'm a", "speaking as a"."""
        return self.said_before("self")

    @cached_property
    def asked_of(self) -> bool:
        """Whether the question is about it: "may a", "is it ok for the"."""
        return self.said_before("modal")

    @cached_property
    def for_somebody(self) -> bool:
        """Whether it is somebody for whom something is asked or done: "on behalf of the", "for our"."""
        return self.said_before("for")

    @cached_property
    def of_a_person(self) -> bool:
        """Whether the clause is about somebody else: "my colleague is a"."""
        return self.said_in_clause("person")

    @cached_property
    def of_somebody_else(self) -> bool:
        """Whether it is said of somebody else: "my colleague is a", "she's a"."""
        return self.of_a_person or self.said_before("they_are")

    @property
    def asks_for_oneself(self) -> bool:
        """Whether it asks "may I", and nothing for anybody else."""
        return asks_for_oneself(self.words)

    @property
    def asker_tells_and_asks(self) -> bool:
        """Whether it asks "may I" and tells what one is: no one else is asked for, whatever they have."""
        return self.asks_for_oneself and self.said_anywhere("i_am_a")

    @cached_property
    def staff_of_them(self) -> bool:
        """Whether it is somebody whose people are meant: "the office of a", "the ambassador's driver"."""
        return self.said_before("office_of") or self.has_theirs("their_staff")

    @cached_property
    def opens(self) -> bool:
        """Whether only words of greeting and the like come before within the clause."""
        return self.nothing_in_clause_but("opening")

    @cached_property
    def plural(self) -> bool:
        """Whether it is said of several; "LES" is not."""
        return self.phrase.endswith("s") and self.phrase not in CAPITALS

    @cached_property
    def alone(self) -> bool:
        """Whether it is one of them, and neither an article nor a preposition leads to it."""
        return not self.plural and not self.said_in_clause("no_article")

    @cached_property
    def somebody_said(self) -> bool:
        """Whether what comes after tells what somebody said, did or has."""
        return self.goes_on("somebody_said")

    @property
    def may_be_where_one_works(self) -> bool:
        """Whether one may be with an organisation ("an offsite with Treasury"). Whose a device is tells
        nothing of who has it: contractors have an "ATO laptop" too.
        """
        its_device = self.goes_on("device_next")
        return self.said_before("where_one_works") and not its_device and not self.of_its_doings

    @property
    def of_its_doings(self) -> bool:
        """Whether it is said of an organisation what it has or does: "Treasury in Canberra says no"."""
        return self.somebody_said or any(self.goes_on(p) for p in ("then_thing", "acts", "doing"))

    @cached_property
    def boss(self) -> str | None:
        """The role of whose office it is, if the question is for them: "a minister's office. May he ...?" """
        return ROLE_OF.get(self.phrase.partition("'")[0]) if self.said_after("may_they") else None

    @property
    def of_their_staff(self) -> bool:
        """Whether one says to be on somebody's staff: "I'm a senator's adviser", "senator's adviser here"."""
        told = self.of_oneself or self.said_before("self_loosely") or self.goes_on("it_speaks")
        return "'s " in self.phrase and told

    @cached_property
    def doubtful_word(self) -> bool:
        """Whether it is a role only of the person asking ("private"), and is not said of them."""
        if self.phrase not in OWN_ONLY:
            return False
        adjective = self.phrase in ADJECTIVES
        own = self.of_oneself or (self.asked_of and not adjective)
        return not own or (adjective and self.goes_on("noun_next"))

    @cached_property
    def in_or_on(self) -> bool:
        """Whether the phrase says in or on what somebody is, or works: "in uniform", "on contract"."""
        return self.phrase.startswith(("in ", "on ", "work ", "works ", "working "))

    @cached_property
    def detail(self) -> bool:
        """Whether it stands among details, or opens a clause, and nothing is said of it: "Darwin, sapper"."""
        return (self.opens or self.said_before("detail_before")) and self.goes_on("fragment_after")

    @property
    def named_before(self) -> bool:
        """Whether a role or an organisation was named already: "not DFAT, just a contractor"."""
        return any(end <= self.i for _, end, _ in self.named)

    @cached_property
    def place_next(self) -> bool:
        """Whether a place follows: "HOM Tokyo"."""
        return any(
            spaced_key(self.words.span_text(self.j, end)) in self.places
            or self.words.span_text(self.j, end).lower() in _NICKNAMES
            for end in range(self.j + 4, self.j, -1)
            if end <= len(self.words)
        )

    @cached_property
    def is_the_asker(self) -> bool:
        """Whether it is said that this one is oneself: "a contractor (me)", "... The corporal is me"."""
        one = re.escape(self.phrase.rpartition("'s ")[2])  # "an MP's adviser ... The adviser is me"
        said = PATTERNS["that_one_is_me"].pattern.replace("{phrase}", one)
        if re.search(said, self.words.low) and not self.said_before("possessed_self"):
            return True
        owner = self.phrase.endswith("'s") or self.after.startswith("'s")
        somebody_of_theirs = owner and not self.goes_on("then_device")
        them = self.goes_on("one_of_them") and not self.goes_on("device_next")
        return them and not (self.staff_of_them or somebody_of_theirs)

    @property
    def denied(self) -> bool:
        """Whether one says not to be it: "I'm not a diplomat", "people think I'm a diplomat. I'm not"."""
        if self.said_before("taken_for_it") and self.goes_on("but_it_is_wrong"):
            return True
        return self.said_before("not_self") and not self.said_before("asked_why_not")

    @property
    def past(self) -> bool:
        """Whether it is said to be over, and not only supposed."""
        return self.said_before("past") and not self.said_before("hypothetic")

    @cached_property
    def left_since(self) -> bool:
        """Whether it was a step of a career that went on elsewhere: "I joined the Navy, then ..."."""
        on = any(start >= self.j for start, _, _ in self.named)
        return on and self.said_before("a_step") and self.goes_on("the_next_step")

    @property
    def few_bare_words(self) -> bool:
        """Whether the message is short and has no word that makes a sentence: "consul Bali WeChat"."""
        return len(self.words) <= 7 and not _FUNCTION.intersection(self.words.lows)

    @property
    def in_a_fragment(self) -> bool:
        """Whether an organisation stands among bare details: "..., RAAF instructor"."""
        words, i, j = self.words, self.i, self.j
        begin = next((k + 1 for k in range(i - 1, -1, -1) if words.at(k) in _BREAKS), 0)
        end = next((k for k in range(j, len(words)) if words.at(k) in _BREAKS), len(words))
        rest = [words.at(k) for k in (*range(begin, i), *range(j, end))]
        if self.goes_on("then_thing") or len(rest) > 7:
            return False
        return not _TELLING.intersection(rest) and (begin == i or (begin == 0 and end == len(words)))
