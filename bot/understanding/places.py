"""Countries by name, adjective, capital, city, region and nickname."""

from __future__ import annotations

import re

from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .model import AMBIGUOUS, EXACT, INFERRED, OTHER, Entity
from .spelling import frequency, is_word
from .states import state_behind
from .text import Words, spaced_key

LONGEST = 8
COMMON_WORD = 900
NEEDS_CAPITAL = 60


class PlaceFinder:
    """Finds places and tells which country each is in."""

    def __init__(self) -> None:
        data = load("places")
        self.nicknames = {spaced_key(name): id for name, id in data["nicknames"].items() if id != "null"}
        for id, names in load("sites").items():
            for name in names:
                self.nicknames.setdefault(spaced_key(str(name)), id)
        self.spelled = {spaced_key(name): name for name in data["nicknames"]}
        self.choices = {spaced_key(name): choice for name, choice in data["choices"].items()}
        self.several = {spaced_key(name): ids for name, ids in data["several"].items()}
        self.states = data["states"]
        self.demonyms = {spaced_key(word): id for id, words in data["demonyms"].items() for word in words}
        self.posting_nouns, self.missions = set(data["posting_nouns"]), set(data["missions"])
        self.halves = data["halves"]
        self.half_before, self.half_after = (re.compile(data[k]) for k in ("half_before", "half_after"))
        self.half_denied = re.compile(data["half_denied"])
        self.groups = {spaced_key(name): id for id, names in data["groups"].items() for name in names}
        self.where = set(data["where"])
        self.living, self.sides, self.beside = set(data["living_nouns"]), set(data["sides"]), data["beside"]
        self.careful = {spaced_key(w) for w in data["careful"]}
        self.well_known = {spaced_key(w) for w in data["well_known"]}
        self.never, self.vague = set(data["never"]), {spaced_key(v) for v in data["vague"]}
        self.titles, self.offices = set(data["titles"]), set(data["offices"])
        self.ships, self.carriers = word_list("places", "ships"), word_list("places", "carriers")
        self.things = {spaced_key(t) for t in data["things"]}
        self.given, self.shops = set(data["given"]), set(data["shops"])
        nouns = {kind: "|".join(data[kind]) for kind in ("kin", "pets")}
        self.named_so = {
            name: re.compile(pattern.replace("{kin}", nouns["kin"]).replace("{pets}", nouns["pets"]))
            for name, pattern in data["named_so"].items()
        }
        self.codes, self.plain_codes = set(data["codes"]), set(data["plain_codes"])
        self.short = {n for n in self.nicknames if len(n) <= 3}

    def find(self, words: Words, gazetteer: Gazetteer) -> list[Entity]:
        """The places of a message, longest names first, none overlapping."""
        found: list[Entity] = []
        taken: set[int] = set()
        spans = sorted(words.grams(LONGEST), key=lambda s: (s[0] - s[1], s[0]))
        self._countries = gazetteer.countries
        for i, j, _ in spans:
            name = spaced_key(words.plain[words.all[i].start : words.all[j - 1].end])
            if not name or not taken.isdisjoint(range(i, j)):
                continue
            if words.at(i - 1) in self.ships:
                continue
            if name in self.vague or name in self.things:
                taken.update(range(i, j))
                continue
            entities = self._look_up(words, i, j, name, gazetteer)
            if entities:
                taken.update(range(i, words.index_at(entities[0].end - 1) + 1))
                found += entities
        return sorted(found, key=lambda e: e.start)

    def _look_up(self, words: Words, i: int, j: int, name: str, gazetteer: Gazetteer) -> list[Entity]:
        if self._possessive(words, i, j, name, gazetteer) or self._a_word(words, i, name, gazetteer):
            return []
        if name in self.halves and self._half(words, i, j, self.halves[name]["whole"]):
            return [self._entity(words, i, j, "country", self.halves[name]["id"])]
        if name in self.several:
            return [self._entity(words, i, j, "country", id) for id in self.several[name]]
        if name in self.choices:
            choice = self.choices[name]
            if "prefer" in choice:
                return [
                    self._entity(
                        words, i, j, "country", choice["prefer"], how=INFERRED, candidates=choice["of"]
                    )
                ]
            return [
                self._entity(
                    words,
                    i,
                    j,
                    "ambiguous_country",
                    words.span_text(i, j),
                    how=AMBIGUOUS,
                    candidates=choice["of"],
                )
            ]
        listed = gazetteer.places.get(name, ())
        if len(listed) == 1 and listed[0][1] == "group":
            return (
                [self._entity(words, i, j, "country", listed[0][0])]
                if name not in self.short or words.span_text(i, j).isupper()
                else []
            )
        if name in self.never:
            return []
        if name in self.groups and gazetteer.has("country", self.groups[name]):
            return [self._entity(words, i, j, "country", self.groups[name])]
        own_mission = self.demonyms.get(name) == self.nicknames["at home"] and words.at(j) in self.missions
        if name in self.demonyms and words.at(j) in self.posting_nouns and not own_mission:
            return [self._entity(words, i, j, "country", self.demonyms[name])]
        if name in self.demonyms and self._living(words, i, j):
            return [self._entity(words, i, j, "country", self.demonyms[name], how=INFERRED)]
        if name in self.beside and any(other in words.low for other in self.beside[name]["with"]):
            return [self._entity(words, i, j, "country", self.beside[name]["id"])]
        bearers = (
            [(self.nicknames[name], "nickname")] if name in self.nicknames else gazetteer.places.get(name)
        )
        state = state_behind(words, i, j, [code for code, _ in bearers or ()])
        strange = not bearers and words.all[i].capital and j - i == 1 and not is_word(name)
        if state and gazetteer.has("country", state[0]) and (bearers or strange):
            titled = self._titled(words, i, name, gazetteer.places)
            return [] if titled else [self._entity(words, i, state[1], "country", state[0])]
        if not bearers:
            if (name in self.demonyms and words.at(i) not in ("us", "uk", "english", "polish", "prc")) or (
                name in ("us", "uk", "english")
                and words.all[i].text[:1].isupper()
                and words.at(j) not in ("", "?", ".", ",")
            ):
                return [self._entity(words, i, j, "country", self.demonyms[name], stance=OTHER)]
            return []
        if not self._plausible(words, i, j, name, gazetteer.places):
            return []
        for state in (self.states.get(name),):
            if not state:
                continue
            sure = any(cue in words.low and f"not {cue}" not in words.low for cue in state["after_all"])
            told = not sure and any(cue in words.low for cue in state["unless"])
            denied = sure and words.at(i - 1) == "not"  # "Georgia the state, not Georgia next to Russia"
            if not told and not denied and (sure or any(cue in words.low for cue in state["cues"])):
                return [self._entity(words, i, j, "country", state["us"])]
        known = [code for code, _ in bearers if gazetteer.has("country", code)]
        if not known:
            return []
        if len(known) == 1:
            return [self._entity(words, i, j, "country", known[0])]
        return [
            self._entity(
                words, i, j, "ambiguous_country", words.span_text(i, j), how=AMBIGUOUS, candidates=known
            )
        ]

    def _plausible(self, words: Words, i: int, j: int, name: str, gazetteer_places: dict) -> bool:
        """Whether a name that is also an ordinary word or a first name is a place here."""
        first = words.all[i]
        several = j - i > 1
        titled = self._titled(words, i, name, gazetteer_places)
        if name == "at home" and words.at(j) in ("affairs", "office", "secretary"):
            return False  # a department
        if self._called_so(words, i, j, name):
            return False
        if titled or words.at(j) in ("app", "application", "messenger") or words.at(j) in self.carriers:
            return False
        if self._country_name(name) and name not in self.short and _briefed_on(words, i):
            return True
        if self._gone_to(words, i) and name not in self.short and len(name) > 3:
            kinds = {kind for _, kind in gazetteer_places.get(name, ())}
            if self._country_name(name) or (several and "capital" in kinds):
                return True
        if name in self.short and name not in ("uae", "png", "usa", "prc", "dprk", "drc"):
            return self._short(words, i, j, name)
        if several and len(name) > 6:
            joined_words = all(frequency(words.at(k)) > COMMON_WORD for k in range(i, j))
            return (
                not joined_words
                or name in self.nicknames
                or (any(words.all[k].capital for k in range(i, j)) and "'s" not in words.lows[i:j])
            )
        if len(name) > 3 and name not in self.careful and self._sure(name, gazetteer_places):
            return True
        if len(name) <= 3 and not several and name not in self.nicknames:
            return first.text[:1].isupper() and self._placed(words, i)
        common = frequency(words.at(i)) if not several else 0
        if name in self.nicknames and name not in self.careful and common < 20_000:
            return True
        told = words.at(i - 1) == "," and words.at(j) in ("", ",", ".", "?") and not words.title_case
        if name in self.nicknames and first.text[:1].isupper() and told:
            return True  # "on my own mobile, Wagga"
        if first.capital and words.at(j) == "," and self._sure(name, gazetteer_places):
            before, after = words.low[: first.start], words.low[words.all[j - 1].end :]
            if self.named_so["detail_before"].search(before) and self.named_so["detail_after"].match(after):
                return True  # "my own handset, Viber, Sofia, vice-consul"
        if first.capital and self._sure(name, gazetteer_places):
            before, after = words.low[: first.start], words.low[words.all[j - 1].end :]
            if self.named_so["last_before"].search(before) and self.named_so["last_after"].match(after):
                return True  # "Never mind X. Viber, private phone, Sofia?"
        opens = i == 0 and name in self._countries and words.at(j) == ","
        if self._fragment(words, i, j, name, gazetteer_places):
            return True
        if self._listed(words, j) and (first.capital or opens or name not in self.careful):
            kinds = {kind for _, kind in gazetteer_places.get(name, ())}
            if self._country_name(name) or (kinds and (first.capital or "capital" in kinds or common < 4000)):
                return True
        if name in self.careful or common > COMMON_WORD:
            if len([w for w in words.all if not w.punct]) <= 2 and (
                first.text[:1].isupper() or name in self.careful
            ):
                return self._country_name(name) or any(
                    kind == "capital" for _, kind in gazetteer_places.get(name, ())
                )
            follows = words.all[j] if j < len(words) else None
            if (
                name in self._countries
                and first.text[:1].isupper()
                and not words.shouting
                and not (follows and follows.text[:1].isupper())
            ):
                return True
            return (first.text[:1].isupper() and self._placed(words, i)) or (
                not words.shouting and self._placed(words, i) and common < 4000
            )
        if several and all(frequency(words.at(k)) > COMMON_WORD for k in range(i, j)):
            return first.capital
        if common > NEEDS_CAPITAL * 3 and not first.capital:
            return self._placed(words, i)
        return True

    @staticmethod
    def _possessive(words: Words, i: int, j: int, name: str, gazetteer: Gazetteer) -> bool:
        """Whether the name ends in what an ordinary word owns: "the cook's wages", not the Cooks."""
        if j - i < 2 or words.at(j - 1) != "'s" or not words.all[j - 2].text.islower():
            return False
        towns = any(kind != "country" for _, kind in gazetteer.places.get(name, ()))  # "st john's"
        return is_word(words.at(j - 2)) and not towns

    def _a_word(self, words: Words, i: int, name: str, gazetteer: Gazetteer) -> bool:
        """Whether a country's code of three letters is an ordinary word here: "briefs: can I", not CAN."""
        if len(name) != 3 or name in self.nicknames or frequency(name) <= COMMON_WORD:
            return False
        typed_as_code = words.all[i].text.isupper() and not words.shouting
        return not typed_as_code and all(kind == "country" for _, kind in gazetteer.places.get(name, ()))

    def _half(self, words: Words, i: int, j: int, whole: list[str]) -> bool:
        """Whether "the North" is the country of that name: where the whole is named."""
        before, after = words.low[: words.all[i].start], words.low[words.all[j - 1].end :]
        if not self.half_after.match(after) or not any(w in words.lows for w in whole):
            return False
        typed = words.all[i].text.istitle() and not words.sentence_start(i) and not words.title_case
        typed = typed and (words.at(i - 1) == "the" or bool(self.half_denied.match(after)))
        return typed or bool(self.half_before.search(before))

    def _living(self, words: Words, i: int, j: int) -> bool:
        """Whether a people's adjective tells where somebody lives or goes: "on the Thai side"."""
        side = (
            words.at(j) in self.sides
            and words.at(i - 1) == "the"
            and words.at(i - 2) in ("on", "to", "onto", "at")
        )
        return side or words.at(j) in self.living

    def _titled(self, words: Words, i: int, name: str, gazetteer_places: dict) -> bool:
        """Whether somebody's title stands before a name: "Senator Paris", not "trade commissioner Seoul"."""
        if words.at(i - 1).rstrip(".") not in self.titles:
            return False
        sure = name in self.nicknames or self._sure(name, gazetteer_places)
        if words.at(i - 1) in self.offices and sure:
            return False
        if words.at(i - 2) in self.where:
            return True  # "tiktok for senator hobart"
        # "tiktok own phone senator hobart": among bare details a town in small letters is no surname
        known = sure or gazetteer_places.get(name)
        return not (known and not words.all[i].capital and self._listed(words, i + 1))

    def _called_so(self, words: Words, i: int, j: int, name: str) -> bool:
        """Whether somebody or something has the name of a place: "my cat Cairo", "the Tokyo Mart"."""
        before, after = words.low[: words.all[i].start], words.low[words.all[j - 1].end :]
        shop = words.at(j) in self.shops and words.all[j].capital == words.all[i].capital
        shown = self.named_so["shown_before"].search(before) and self.named_so["shown_after"].match(after)
        if shop or shown or self.named_so["pet_before"].search(before):
            return True
        if name not in self.given or self._gone_to(words, i) or not words.all[i].capital:
            return False
        return bool(self.named_so["kin_before"].search(before)) or any(
            self.named_so[end].match(after) for end in ("kin_after", "names_after", "office_after")
        )

    def _sure(self, name: str, gazetteer_places: dict) -> bool:
        """Whether a name stands for the place wherever it is said, in small letters too."""
        kinds = {kind for _, kind in gazetteer_places.get(name, ())}
        return name in self.well_known or name in self._countries or "capital" in kinds

    def _fragment(self, words: Words, i: int, j: int, name: str, gazetteer_places: dict) -> bool:
        """Whether a name is a fragment about where: "Cork next week", "May I? Sofia, work phone."."""
        known = self._country_name(name) or gazetteer_places.get(name)
        if not known or not words.all[i].capital or words.shouting or not words.sentence_start(i):
            return False
        after = words.low[words.all[j - 1].end :]
        if self.named_so["when_after"].match(after):
            return True
        return i > 0 and bool(self.named_so["fragment_after"].match(after))

    @staticmethod
    def _listed(words: Words, j: int) -> bool:
        """Whether the message is a bare list of names and details, which this ends or stands apart in."""
        wordy = [w.low for w in words.all if not w.punct]
        apart = not words.at(j).isalnum() and (words.at(j) != "'s")
        return (
            1 < len(wordy) <= 8
            and apart
            and not word_list("roles", "function_words").intersection(wordy)
            and not word_list("roles", "asking_words").intersection(wordy)
        )

    def _country_name(self, name: str) -> bool:
        return name in self.nicknames or name in self._countries

    def _short(self, words: Words, i: int, j: int, name: str) -> bool:
        text = words.span_text(i, j)
        if text.isupper() and "." in text.rstrip("."):
            return True  # "D.C."
        if text.isupper() and len([w for w in words.all if not w.punct]) <= 2:
            return True
        if text.isupper() and not words.shouting:
            return (
                name not in self.codes
                or self._placed(words, i)
                or (words.at(i - 1) == "," and words.at(i + 1) in ("", ".", "?", ","))
                or (name == "us" and words.at(i - 1) == "the")
            )
        if name in self.codes | self.plain_codes:
            return text.isupper() and self._placed(words, i)
        return self._placed(words, i) or len(words) <= 6 or frequency(name) == 0

    def _gone_to(self, words: Words, i: int) -> bool:
        """Whether a word of place stands right before, so that small letters tell nothing against a place."""
        before = words.at(i - 2) if words.at(i - 1) == "the" else words.at(i - 1)
        return before in ("in", "to") and before in self.where

    def _placed(self, words: Words, i: int) -> bool:
        before = words.at(i - 1)
        if before in ("the", "sunny", "central", "downtown", "outer", "rural", "greater", "old", "sydney"):
            before = words.at(i - 2)
        return (
            (before in self.where and before != "of")
            or before
            in (
                "posted",
                "about",
                "visiting",
                "visit",
                "post",
                "'s",
                "is",
                "meant",
                "mean",
                "not",
                "about",
                "destination",
                "=",
                ":",
                "->",
            )
            or _briefed_on(words, i)
            or (
                before in ("and", "or", ",", "/", "then")
                and any(words.at(k) in self.where or _briefed_on(words, k) for k in range(max(0, i - 5), i))
            )
        )

    @staticmethod
    def _entity(words: Words, i: int, j: int, entity: str, value: str, **more) -> Entity:
        start, end = words.all[i].start, words.all[j - 1].end
        return Entity(entity, value, start, end, words.text[start:end], **{"how": EXACT, **more})


def _briefed_on(words: Words, i: int) -> bool:
    """Whether a word is what somebody wants a briefing on: "brief me on turkey", "briefing: oman"."""
    before = words.at(i - 1)
    if before in ("on", "re", ":"):
        return any(words.at(k).startswith("brief") for k in range(max(0, i - 5), i - 1))
    return before in ("brief", "briefing")
