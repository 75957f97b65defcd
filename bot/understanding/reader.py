"""Reading a message: every finder in turn, then the stance of what they found, then the intent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from . import occupations
from .apart import apart
from .apps import AppFinder
from .asides import asides, dispensable, set_aside
from .asker import asked_about, on_behalf
from .classifier import Classifier, Sample
from .courtesies import courtesy
from .decisions import Decider
from .device_remarks import remarked
from .devices import DeviceFinder
from .focus import of_the_question
from .foreign_devices import foreign_devices, without_overlaps
from .foreign_roles import unsure_in, with_foreign
from .gazetteer import Gazetteer, GazetteerFile
from .gist import gist, marked, masked, shape
from .inflection import declined_places
from .language import foreign
from .lexicon import load
from .lexicon import words as word_list
from .likely_role import likely_role, where_one_works
from .model import ASSERTED, FUZZY, OTHER, Entity, Reading
from .picked_apps import pick_app
from .picked_devices import pick
from .places import PlaceFinder
from .references import ReferenceFinder
from .roles import RoleFinder
from .slips import Slips
from .spelling import is_word
from .stance import StanceJudge
from .states import stood_for
from .text import Words, spaced_key
from .unknown import UnknownFinder
from .unknown_places import unknown_places
from .which_app import without_versions
from .which_device import their_device

if TYPE_CHECKING:
    from .embedding import SentenceEncoder

_FROM_ITS_MAKER = re.compile(r"\bone (?:made )?(?:from|by|of) $")
_THE_ONE = re.compile(r" one\b")
_IT_IS_A = re.compile(
    r"(?:\bit's|\bits|\bit is|\bthat's|\bis) (?:a|an|the|some)(?: kind of| sort of)? (?:\w+ )?$"
)
_ENDS_NO_PLACE = {"and", "or", "on", "in", "for", "a", "an", "the"}
_AND_ALSO = re.compile(r"(?:\b(?:and|or|also|plus|then|rest|before|after|else)\b|[&+/.?!;])")
_NAMED = re.compile(r",? (?:that's |that is |which is )?(?:called|named) (?:the )?[\"']?")
_WITHIN = re.compile(r" ?\(| in (?:the )?")
_CALLED_SO = re.compile(r" ?\((?:the|a|an) (?:\w+ )?")
_P = {name: re.compile(pattern) for name, pattern in load("stance_patterns").items()}


class Reader:
    """Understands single messages against a gazetteer."""

    def __init__(self, gazetteer: GazetteerFile | str | Path) -> None:
        self._file = gazetteer if isinstance(gazetteer, GazetteerFile) else GazetteerFile(gazetteer)
        self._places, self._devices, self._roles = PlaceFinder(), DeviceFinder(), RoleFinder()
        self._apps, self._unknown = AppFinder(self._places.demonyms), UnknownFinder()
        self._stance, self._references, self._decider = StanceJudge(), ReferenceFinder(), Decider()
        self._slips: tuple[Gazetteer | None, Slips | None] = (None, None)
        self.model: Classifier | None = None
        self.occupations: Classifier | None = None

    def read(self, text: str) -> Reading:
        """A message as understood; without a trained model the intent is `nlu_fallback`."""
        if polite := courtesy(text, self._held()[0].names["app"]):
            return Reading(text, polite, 1.0, [])
        words, entities, language = self.entities(text)
        if self.occupations and language is None:
            occupations.tell(self.occupations, words, entities, self._held()[0], _encoder().encode)
        where_one_works(words, entities)
        sample = self.sample(words, entities)
        said = self._decider.certain(words, entities, language)
        ranking = self._ranked(sample) if not said else []
        intent, confidence = said or self._decider.decide(words, entities, ranking)
        if not said and self._decider.doubtful(words, entities, ranking, intent):
            entities = [*entities, Entity("cue", "doubtful", 0, len(words.text), words.text)]
        if language and intent == "other_language":
            entities = [
                *entities,
                Entity("cue", "foreign", 0, len(words.text), words.text, extra={"language": language}),
            ]
        return Reading(text, intent, confidence, entities, ranking[:8], sample.masked)

    def entities(self, text: str) -> tuple[Words, list[Entity], str | None]:
        """The tokens of a message, what it names, and its language when that is not English."""
        gazetteer, slips = self._held()
        words = Words(text)
        scripted = self._other_scripts(words, gazetteer)
        places = [e for e in self._places.find(words, gazetteer) if not _within(e, scripted)]
        devices = self._devices.find(words, gazetteer)
        roles = with_foreign(words, self._roles.find(words, gazetteer), gazetteer)
        misspelt = self._misspelt_places(words, gazetteer, slips, [*places, *scripted, *devices, *roles])
        apps = self._apps.find(
            words,
            gazetteer,
            slips,
            [*places, *scripted],
            [*misspelt, *devices, *(r for r in roles if r.stance == ASSERTED)],
        )
        apps = [a for a in apps if not stood_for(words, a)]
        covering = [a for a in apps if a.entity == "app"]
        within = [*covering, *devices, *(r for r in roles if r.end - r.start > 4)]
        places = [
            p for p in places if not any(p.overlaps(a) and a.end - a.start > p.end - p.start for a in within)
        ]
        places = [p for p in places if not any(p.overlaps(a) for a in covering) and not _a_code(p, apps)]
        devices = [d for d in devices if not any(d.overlaps(a) for a in covering)]
        roles = [r for r in roles if not any(r.overlaps(a) for a in covering)]
        held = [*scripted, *places, *devices, *roles, *apps]
        held += [m for m in misspelt if not any(m.overlaps(a) for a in apps)]
        language = foreign(words, [(e.start, e.end) for e in held])
        if language:  # a small word of another language is no place
            held = [e for e in held if e.entity != "country" or (e.how != FUZZY and not e.text[:1].islower())]
        unsure_in(language, roles)
        held = without_overlaps(held, foreign_devices(words, gazetteer), language)
        if language and not any(e.dimension == "app" for e in held):
            held += self._apps.in_foreign_words(words, gazetteer, held)
        if language is None:
            held += unknown_places(words, held)
            unknown = self._unknown.apps(words, gazetteer, slips, held)
            unknown = [u for u in unknown if not _a_place(words, u, held)]
            held = [
                e for e in held if not any(u.start <= e.start and e.end <= u.end for u in unknown)
            ] + unknown
        behalf = on_behalf(words, roles)
        for_another = behalf is not None or asked_about(words, roles)
        held = [e for e in held if e.entity != "country" or not _of_a_person(words, e)]
        held = without_versions(words, held)
        _which_one(words, held, gazetteer)
        self._stance.judge(words, held, for_another)
        words.asides = asides(words, held)
        words.left_out = dispensable(words, held)
        set_aside(words, held, behalf is not None)
        of_the_question(words, held)
        likely_role(words, held)
        their_device(words, held)
        remarked(words, held, gazetteer)
        references = pick_app(words, held, pick(words, held, self._references.find(words, held)))
        apart(words, held)
        _settle(words, held)
        found = held + references
        if behalf is not None:
            found.append(Entity("cue", "on_behalf", *behalf, words.text[slice(*behalf)]))
        return words, sorted(found, key=lambda e: (e.start, e.end)), language

    def _ranked(self, sample: Sample) -> list[tuple[str, float]]:
        """What the classifier makes of a message; nothing where none is trained."""
        if self.model is None:
            return []
        encoder = _encoder()
        encoder.prepare(*sample.embedded)
        return self.model.rank(sample, encoder.encode)

    def sample(self, words: Words, entities: list[Entity]) -> Sample:
        """What the classifier sees of a message."""
        whole = marked(words, entities)
        core = gist(marked(words, entities, words.left_out) if words.left_out else whole)
        return Sample(masked(whole), masked(core), (*facts(words, entities), *map(float, shape(core))))

    def train(self, examples: Iterable[tuple[str, str]], c: float = 1.0) -> None:
        """Train on (text, intent) pairs: what tells a role, then the intents."""
        pairs = list(examples)
        read = [self.entities(text)[:2] for text, _ in pairs]
        told, roles = zip(*occupations.training(read), strict=True)
        self.occupations = Classifier.train(told, roles, _encoder().encode_all, weighed=False)
        encoded = _encoder().encode_all(occupations.said_of_oneself(read))
        for words, entities in read:
            occupations.tell(self.occupations, words, entities, self._held()[0], encoded.__getitem__)
            where_one_works(words, entities)
        samples = [self.sample(words, entities) for words, entities in read]
        self.model = Classifier.train(samples, [intent for _, intent in pairs], _encoder().encode_all, c)

    def _held(self) -> tuple[Gazetteer, Slips]:
        gazetteer = self._file.current()
        held, slips = self._slips
        if held is not gazetteer or slips is None:
            slips = Slips(gazetteer)
            self._slips = (gazetteer, slips)
        return gazetteer, slips

    @staticmethod
    def _other_scripts(words: Words, gazetteer: Gazetteer) -> list[Entity]:
        pattern = gazetteer.other_script_pattern
        if pattern is None or words.text.isascii():
            return []
        found = []
        for match in pattern.finditer(words.text):
            scheme, id = gazetteer.other_scripts[match.group().casefold()]
            before = words.text[match.start() - 1 : match.start()]
            after = words.text[match.end() : match.end() + 1]
            spaced = not re.match(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]", match.group())
            if spaced and (before.isalpha() or (after.isalpha() and len(match.group()) < 4)):
                continue
            found.append(Entity(scheme, id, match.start(), match.end(), match.group()))
        return [*found, *(e for e in declined_places(words, gazetteer) if not _within(e, found))]

    @staticmethod
    def _misspelt_places(
        words: Words, gazetteer: Gazetteer, slips: Slips, held: list[Entity]
    ) -> list[Entity]:
        found = []
        for size in (1, 2):
            for i in range(len(words) - size + 1):
                first, last = words.all[i], words.all[i + size - 1]
                if (
                    any(e.start < last.end and first.start < e.end for e in (*held, *found))
                    or first.punct
                    or last.punct
                    or first.text.startswith("'")
                ):
                    continue
                if is_word(words.low[first.start : last.end]):
                    continue  # "gonna", which is two tokens
                if words.at(i - 1) in ("app", "application") and first.capital:
                    continue  # "the bus app Warga Trans"
                if all(is_word(w) for w in words.lows[i : i + size]):
                    continue
                if size == 2 and last.low in _ENDS_NO_PLACE:
                    continue  # "Kimi and"
                small = size == 2 and is_word(first.low) and len(first.low) < 5
                if small and first.low in ("the", "a", "an", "in", "to"):
                    continue
                placed = words.at(i - 1) in word_list("places", "where")
                gram = spaced_key(words.plain[first.start : last.end])
                if gram.replace(" ", "") in gazetteer.names["app"]:
                    continue
                slip = slips.place_or_city(gram) if len(gram) >= 5 else None
                if slip and small and not slip.name.startswith(first.low + " "):
                    continue  # "Sri Lnaka", but not "in Tokoy"
                country = slips.country_of(slip.name) if slip else None
                near_app = slips.app(gram.replace(" ", "")) if country and not placed else None
                if country and slip and not (near_app and near_app.distance <= slip.distance):
                    found.append(
                        Entity(
                            "country",
                            country,
                            first.start,
                            last.end,
                            words.text[first.start : last.end],
                            how=FUZZY,
                            confidence=0.8,
                            candidates=[country],
                        )
                    )
        return found


def _encoder() -> SentenceEncoder:
    """Imported late: what only finds names loads no model."""
    from .embedding import encoder

    return encoder()


def _a_place(words: Words, app: Entity, held: list[Entity]) -> bool:
    """Whether what looks like an app is a known place that is called one: "a tiny place called Apia"."""
    called = _P["place_called"].search(words.low[: app.start])
    return bool(called) and any(e.entity == "country" and app.overlaps(e) for e in held)


def _of_a_person(words: Words, place: Entity) -> bool:
    """Whether a name is no place here: somebody's ("Sydney from IT") or a seat's ("Member for Kennedy")."""
    return bool(
        _P["is_a_person"].match(words.low[place.end :]) or _P["of_a_seat"].search(words.low[: place.start])
    )


def _a_code(place: Entity, apps: list[Entity]) -> bool:
    """Whether a place is three letters that several apps are called by too: "DJI" is no Djibouti."""
    code = len(place.text) == 3 and place.text.isupper()
    return code and any(a.entity == "ambiguous_app" and a.text == place.text for a in apps)


def _within(entity: Entity, others: list[Entity]) -> bool:
    return any(entity.overlaps(o) for o in others)


def _settle(words: Words, entities: list[Entity]) -> None:
    """Settle what only the whole message shows: a lone third-person role or place is still the enquiry's."""
    apps = [e for e in entities if e.dimension == "app"]
    groups = [e for e in apps if e.entity == "app" and ":" in e.value]
    for group in groups:
        named = [
            e
            for e in apps
            if e is not group and e.stance == ASSERTED and e.entity == "app" and ":" not in e.value
        ]
        if named and group.stance == ASSERTED and group.value.startswith(("vendor-country:",)):
            group.stance = OTHER
    # "Session (the messenger)", "a chat app called Pikolo", "MAX, the one from VK": no second app.
    for e in apps:
        before = words.low[: e.start]
        other = any(o is not e for o in apps)
        if ":" in e.value and any(o is not e and not words.low[o.end : e.start].strip() for o in apps):
            e.stance = OTHER  # "the Bolt taxi app"
            continue
        if ":" in e.value and _IT_IS_A.search(before) and (other or not words.low.rstrip().endswith("?")):
            e.stance = OTHER  # "Nequi is the local payments app", "it's a taxi app"
            continue
        if (
            (_FROM_ITS_MAKER.search(before) and any(o is not e and o.end < e.start for o in apps))
            or (
                e.value.startswith("category:")
                and any(o is not e and _NAMED.fullmatch(words.low[e.end : o.start]) for o in apps)
            )
            or any(o is not e and _CALLED_SO.fullmatch(words.low[o.end : e.start]) for o in apps)
            or (
                _THE_ONE.match(words.low[e.end :])
                and any(o.end <= e.start and o.stance == ASSERTED for o in apps)
            )
        ):
            e.stance = OTHER
    _where_exactly(words, entities)
    # "San Jose, Costa Rica", "the Congo, the Kinshasa one": the other name says which is meant.
    told = {e.value for e in entities if e.entity == "country" and e.stance == ASSERTED}
    for e in entities:
        if e.entity == "ambiguous_country" and len(told.intersection(e.candidates)) == 1:
            e.stance = OTHER


def _which_one(words: Words, entities: list[Entity], gazetteer: Gazetteer) -> None:
    """ "Georgia, I mean the Caucasus one", "Melanesia, mostly Honiara": the one in the region is meant."""
    places = [e for e in entities if e.entity == "country"]
    for e in places:
        for o in places:
            first, second = sorted((e, o), key=lambda place: place.start)
            joined = _AND_ALSO.search(words.low[first.end : second.start])
            one = _THE_ONE.match(words.low[e.end :])
            if e.value in gazetteer.within["country"].get(o.value, ()) and (one or not joined):
                e.stance = OTHER


def _where_exactly(words: Words, entities: list[Entity]) -> None:
    """ "Edinburgh in South Australia": the wider place tells which is meant; "Warwick Bligh" is a name."""
    places = [e for e in entities if e.entity == "country" and e.stance == ASSERTED]
    for e in places:
        j = words.index_at(e.end - 1) + 1
        if len(places) > 1 and _P["seat"].search(words.low[: e.start]):
            e.stance = OTHER  # "I'm the member for Bendigo and off to Suva"
        if len(e.value) > 2 and len(places) > 1 and words.at(j) in word_list("places", "events"):
            e.stance = OTHER  # "a NATO call in Brussels"
        if any(o.value != e.value and _WITHIN.fullmatch(words.low[e.end : o.start]) for o in places) or (
            words.sentence_start(words.index_at(e.start))
            and words.at(j + 1) == ","
            and words.all[j].text[:1].isupper()
            and words.at(j) not in word_list("places", "missions")
            and not (words.shouting or words.title_case)
            and not any(o.start <= words.all[j].start < o.end for o in entities)
        ):
            e.stance = OTHER


def facts(words: Words, entities: list[Entity]) -> tuple[float, ...]:
    """A few facts of a message that word order hides from the embedding."""
    kinds = {e.dimension for e in entities if e.stance == ASSERTED}
    wordy = [w for w in words.all if not w.punct]
    n = len(wordy)
    named = sum(
        words.index_at(e.end - 1) + 1 - words.index_at(e.start)
        for e in entities
        if e.entity not in ("cue", "reference")
    )
    follows = any(e.entity == "cue" and e.value == "follow_up" for e in entities)
    held = (
        *(dimension in kinds for dimension in ("app", "country", "device", "role")),
        "?" in words.plain,
        bool(_P["opens_question"].match(words.low)),
        n <= 2,
        3 <= n <= 5,
        n > 20,
        n > 0 and named / n > 0.6,
        follows,
        "app" not in kinds and "?" in words.plain,
    )
    return tuple(float(fact) for fact in held)
