"""Apps and places that nobody catalogued, recognised from how the sentence uses them."""

from __future__ import annotations

import re

from spacy.tokens import Doc

from .frames import AFTER, STRONG, USE, frames
from .gazetteer import Gazetteer
from .lexicon import words as word_list
from .model import AMBIGUOUS, EXACT, FUZZY, Entity
from .slips import Slips
from .spelling import frequency, is_word
from .text import Words, english, key
from .told_apps import told_to_be_an_app
from .told_names import hyphened, in_no_name, told_names

LONGEST_NAME = 4
_PEOPLE = {"bloke", "guy", "man", "woman", "friend", "mate", "colleague", "someone", "girl", "boy", "person"}
_SHIPS = word_list("places", "ships")
_PAY = ("pay", "pays", "paying", "paid", "transfer", "bank", "banking")
RARE_WORD = 600
COMPANY = re.compile(r"^[\w.+&'-]*[A-Za-z][\w.+&'-]*$")


class UnknownFinder:
    """Finds names of apps and places that the gazetteer lacks."""

    def __init__(self) -> None:
        self.stops = word_list("english", "not_apps")
        self.capital_stops = word_list("apps", "capital_stop")
        self.heads = word_list("apps", "app_heads")
        self.determiners = word_list("apps", "this_app")
        self.boundaries = word_list("apps", "boundaries")
        self.name_ends = self.boundaries | word_list("apps", "after_a_name")
        self.tails = word_list("apps", "name_tails")
        self.had = word_list("apps", "had")
        self.no_names = (
            word_list("apps", "things") | word_list("apps", "products") | word_list("apps", "kinds")
        )
        self._bearers: tuple[Gazetteer | None, dict[str, list[str]]] = (None, {})

    def apps(self, words: Words, gazetteer: Gazetteer, slips: Slips, held: list[Entity]) -> list[Entity]:
        """Unknown apps of a message, in the person's own words."""
        taken = {k for e in held for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)}
        doc = Doc(english().vocab, words=words.lows) if len(words) else None
        found: list[Entity] = []
        starts: dict[int, str] = {}
        if doc is not None:
            for match, _, end in frames()(doc):
                frame = english().vocab.strings[match]
                rank = ("called", "the app", "use", "status", "about")
                if end not in starts or rank.index(frame) < rank.index(starts[end]):
                    starts[end] = frame
        for start, frame in sorted(starts.items()):
            stop = self._name_end(words, start, frame, taken)
            if stop and not any(
                e.start < words.all[stop - 1].end and words.all[start].start < e.end
                for e in (*found, *(h for h in held if h.entity == "app" and h.how == EXACT))
            ):
                found.append(self._unknown(words, start, stop, gazetteer, slips))
        apps = [e for e in held if e.dimension == "app" and not e.value.startswith("category:")]
        for start, stop in told_names(words, self._surely_taken(words, held), bool(apps)):
            told = self._known(words, start, stop, gazetteer) or self._unknown(
                words, start, stop, gazetteer, slips
            )
            longer = [u for u in found if u.overlaps(told) and len(u.text) > len(told.text)]
            if not longer and not any(e.overlaps(told) for e in apps):
                found = [u for u in found if not u.overlaps(told)] + [told]
        for k, low in enumerate(words.lows):
            if low in ("app", "application", "messenger", "vpn", "browser") and k and not found:
                first = self._name_before(words, k, taken)
                if first is not None:
                    found.append(self._unknown(words, first, k, gazetteer, slips))
        taken |= {k for u in found for k in range(words.index_at(u.start), words.index_at(u.end - 1) + 1)}
        found += [
            self._unknown(words, k, k + 1, gazetteer, slips)
            for k in range(len(words))
            if k not in taken and self._strange(words, k) and told_to_be_an_app(words, k, held, self._ends)
        ]
        for sentence in self._sentences(words) if not found else ():
            others = set(range(len(words))) - set(sentence)
            found = found or self._bare(words, taken | others, held, gazetteer, slips)
        opening = None if found or any(e.dimension == "app" for e in held) else self._opening(words, taken)
        if opening is not None:
            found = [self._unknown(words, 0, opening, gazetteer, slips)]
        return [self._shared(u, gazetteer) for u in found if not self._describes(words, u, [*found, *held])]

    @staticmethod
    def _describes(words: Words, app: Entity, others: list[Entity]) -> bool:
        """Whether it only tells what kind of thing is called by another name: "a Zoomish thing called X"."""
        j = words.index_at(app.end - 1) + 1
        if words.at(j) not in word_list("apps", "things") or words.at(j + 1) not in ("called", "named"):
            return False
        k = j + 2 + (words.at(j + 2) in ('"', "'", "“"))
        return k < len(words) and any(e.dimension == "app" and e.start == words.all[k].start for e in others)

    def _shared(self, app: Entity, gazetteer: Gazetteer) -> Entity:
        """A word that is whole in the names of several apps, and is the name of none, may be any of them."""
        held, bearers = self._bearers
        if held is not gazetteer:
            bearers = {}
            for id, label in gazetteer.labels["app"].items():
                for word in set(label.lower().split()) if id not in gazetteer.groups["app"] else ():
                    bearers.setdefault(word, []).append(id)
            self._bearers = (gazetteer, bearers)
        ids = bearers.get(app.text.lower(), [])
        if not 1 < len(ids) < 5 or len(app.text) < 4 or app.text.lower() in self.no_names:
            return app
        return Entity("ambiguous_app", app.text, app.start, app.end, app.text, how=AMBIGUOUS, candidates=ids)

    @staticmethod
    def _known(words: Words, i: int, j: int, gazetteer: Gazetteer) -> Entity | None:
        """The catalogued app whose name is an ordinary word and is told to be an app's: "an app, Line"."""
        ids = gazetteer.names["app"].get(key(words.span_text(i, j)), [])
        ids = [id for id in ids if id not in gazetteer.groups["app"]]
        start, end = words.all[i].start, words.all[j - 1].end
        text = words.text[start:end]
        if len(ids) == 1:
            return Entity("app", ids[0], start, end, text)
        return Entity("ambiguous_app", text, start, end, text, how=AMBIGUOUS, candidates=ids) if ids else None

    @staticmethod
    def _surely_taken(words: Words, held: list[Entity]) -> set[int]:
        """The tokens of what is held, but for kinds of apps, which may end a name, and for what may
        be a slip of a place after the word for one ("the ticket app Warga Trans").
        """
        heads = word_list("apps", "app_heads")
        named = [e for e in held if e.how == FUZZY and words.at(words.index_at(e.start) - 1) in heads]
        return {
            k
            for e in held
            if not e.value.startswith("category:") and e not in named
            for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)
        }

    def _name_end(self, words: Words, i: int, frame: str, taken: set[int]) -> int | None:
        """The end of a name starting at token i within a frame, or None when no name starts there."""
        if frame == "called":
            taken = set()
            if words.at(i - 2) in _PEOPLE:
                return None  # "a bloke named Kev"
        if words.at(i) in _SHIPS or words.at(i - 1) in _SHIPS:
            return None
        if frame == "use" and i in taken and words.at(i - 1) in STRONG and self._goes_on(words, i, taken):
            taken = taken - {i}  # "download Mombasa Eats"
        if i >= len(words) or i in taken or (words.all[i].punct and words.at(i) not in ('"', "'", "“")):
            return None
        if words.at(i) in ('"', "'", "“"):
            close = next(
                (k for k in range(i + 1, min(len(words), i + 6)) if words.at(k) in ('"', "'", "”")), None
            )
            return None if close is None or close == i + 1 or frame == "about" else close + 1
        j = i
        while (
            j < len(words)
            and j - i < LONGEST_NAME
            and j not in taken
            and self._name_like(words, j, j == i, frame)
        ):
            j += 1
        if j == i or words.span_text(i, j).lower() in self.stops:
            return None
        lows = words.lows[i:j]
        novel = any(not is_word(w) for w in lows if len(w) > 1)
        capital = (
            all(w.punct or w.text[:1].isupper() or w.text[:1].isdigit() for w in words.all[i:j])
            and not words.shouting
            and not words.title_case
        )
        titled = capital and j < len(words) and words.all[j].text[:1].isupper()
        if (
            (novel or titled)
            and j - i == 1
            and (words.at(j) in self.tails or (titled and words.at(j) in self.no_names))
            and j not in taken
            and self._ends(words, j + 1)
        ):
            j += 1  # "grindle pay"
        if capital is False and j - i == 1 and frame == "use":
            if words.at(i - 1) in ("a", "an") and words.at(j) not in self.heads:
                return None  # "we have an offsite"
            if words.at(j) == "'s" and words.at(i - 1) in self.determiners:
                return None  # "join the div's group"
        after = words.at(j)
        closed = (
            not after
            or not after[0].isalnum()
            or after in self.boundaries
            or after in AFTER
            or after in self.heads
            or j in taken
            or after in ("as",)
        )
        before = words.at(i - 1)
        if frame == "called":
            return j if novel or capital or closed else None
        if frame == "the app":
            return j if (novel or (capital and len(lows) > 1)) and closed else None
        if frame == "use":
            strong = before in STRONG or any(w in STRONG for w in words.lows[max(0, i - 3) : i])
            if novel and (strong or capital or closed):
                return j if self._looks_right(words, i, j) else None
            if capital and closed and (strong or len(lows) > 1 or before in USE):
                return j
            return None
        if frame == "status":
            judged = (
                after in AFTER
                or (after, words.at(j + 1)) == ("all", "right")
                or (
                    after in ("an", "a", "still", "actually", "also", "on", "in", "not")
                    and any(w in AFTER or w in self.heads for w in words.lows[j : j + 4])
                )
            )
            return j if judged and (novel or capital) else None
        if before == "about" and words.at(i - 2) in ("what", "how"):
            return j if (novel or capital) and closed else None
        if words.span_text(i, j).isupper() and before in ("with", "for", "to", "by"):
            return None  # "I'm in Canberra with ONI"
        app_near = any(w in self.heads or w in USE for w in words.lows) or bool(taken)
        spoken = before in ("via", "through", "on", "over", "with", "to", "by") and (
            any(w in word_list("apps", "comm_verbs") or w in USE or w in _PAY for w in words.lows[:i])
        )
        coordinated = before in ("or", "and", "but", "not", "instead") and (i - 2) in taken and app_near
        return (
            j
            if novel and capital and closed and (spoken or coordinated) and self._looks_right(words, i, j)
            else None
        )

    @staticmethod
    def _goes_on(words: Words, i: int, taken: set[int]) -> bool:
        after = words.all[i + 1] if i + 1 < len(words) else None
        return bool(after and after.text[:1].isupper() and not after.punct and i + 1 not in taken) and not (
            words.shouting or words.title_case
        )

    def _ends(self, words: Words, k: int) -> bool:
        after = words.at(k)
        return not after or not after[0].isalnum() or after in self.boundaries or after in AFTER

    def _opening(self, words: Words, taken: set[int]) -> int | None:
        """The end of a capitalised name of several words that opens a question ("Flock Relay - am I ...")."""
        end = 0
        while end < min(len(words), LONGEST_NAME) and end not in taken and words.all[end].text[:1].isupper():
            if words.at(end) in self.capital_stops | self.stops | in_no_name():
                return None
            end += 1
        parted = words.at(end) in ("-", "--", ":", "?", ",", "on", "in") and not hyphened(words, end)
        asks = any(w in AFTER or w in ("can", "may", "am") for w in words.lows[end:])
        if (
            end == 1
            and words.at(1) in ("is", "'s")
            and words.at(2) in AFTER
            and frequency(words.at(0)) < RARE_WORD
        ):
            return end  # "Overleaf is allowed or not?"
        return end if end > 1 and parted and asks and not words.title_case else None

    def _name_like(self, words: Words, k: int, first: bool, frame: str) -> bool:
        word = words.all[k]
        if word.punct:
            return word.text in ("-", "+", "&") and not first and k + 1 < len(words) and not word.spaced
        if (
            (not COMPANY.match(word.text) and not word.text.isdigit())
            or word.low.startswith("'")
            or word.low == "n't"
        ):
            return False
        if word.text.isdigit() and first:
            return False
        if frame == "called" and not first and word.low not in self.name_ends:
            return True  # "an app called divas chat"
        if word.low in self.stops or word.low in self.capital_stops or word.low in self.heads:
            return frame == "called" and first and word.low not in ("it", "the", "a", "an", "that") and False
        inner_capital = word.text[:1].isupper() and not words.shouting and not words.title_case
        if first:
            return not is_word(word.low) or inner_capital or frame == "called"
        return (
            inner_capital or not is_word(word.low) or (frame == "called" and word.low not in self.name_ends)
        )

    def _looks_right(self, words: Words, i: int, j: int) -> bool:
        text = words.span_text(i, j)
        letters = [ch for ch in text.lower() if ch.isalpha()]
        return len(letters) >= 3 and any(ch in "aeiouy" or ord(ch) > 127 for ch in letters)

    def _name_before(self, words: Words, k: int, taken: set[int]) -> int | None:
        """The start of a name that stands right before "app"."""
        i = k
        while i > 0 and k - i < 3 and i - 1 not in taken and self._name_like(words, i - 1, True, "use"):
            i -= 1
            if hyphened(words, i - 1):
                i -= 2 if self._name_like(words, i - 2, True, "use") else 0  # "the Fono-Lafo app"
        if i == k or key(words.span_text(i, k)) in self.capital_stops:
            return None
        capital = (
            all(w.punct or w.text[:1].isupper() for w in words.all[i:k]) and not words.shouting and i > 0
        )
        novel = any(not is_word(w) for w in words.lows[i:k])
        return i if (novel or capital) and self._looks_right(words, i, k) else None

    @staticmethod
    def _sentences(words: Words) -> list[range]:
        """The tokens of each sentence."""
        ends = [k + 1 for k, w in enumerate(words.lows) if w in (".", "!", ";", "?")]
        starts = [0, *ends]
        return [range(i, j) for i, j in zip(starts, [*ends, len(words)], strict=True) if i < j]

    def _strange(self, words: Words, k: int) -> bool:
        word = words.all[k]
        return (
            not word.punct
            and len(word.text) > 4
            and word.text[0].isalpha()
            and (
                not is_word(word.low)
                or (word.text[:1].isupper() and frequency(word.low) < self._common(words, k))
                or (word.text[:1].isupper() and words.at(k - 1) in self.had and not words.title_case)
            )
            and word.low not in self.capital_stops
            and word.low not in self.stops
            and self._looks_right(words, k, k + 1)
        )

    def _common(self, words: Words, k: int) -> int:
        """How rare a word with a capital must be to be a name: less so where something is asked of it."""
        asked_of = words.at(k - 1) in ("would", "will", "could", "can", "should") and words.at(k + 1) == "be"
        opens = words.sentence_start(k) and words.at(k + 1) == "on"  # "Gumtree on a work phone?"
        return RARE_WORD if asked_of or opens else 1

    def _bare(
        self, words: Words, taken: set[int], held: list[Entity], gazetteer: Gazetteer, slips: Slips
    ) -> list[Entity]:
        """A lone strange word ("Blorply?") or one that opens a message about a device or a place."""
        strange = [
            k
            for k, w in enumerate(words.all)
            if k not in taken and not w.punct and not is_word(w.low) and w.low not in self.capital_stops
        ]
        rest = [w for k, w in enumerate(words.all) if k not in taken and k not in strange and not w.punct]
        opening = (
            bool(strange)
            and words.sentence_start(strange[0])
            and words.at(strange[0] + 1) in ("for", "on", "in")
        )
        strange = strange[:1] if opening else strange  # "Babbel for learning Tetum?"
        if len(strange) != 1 or not self._looks_right(words, strange[0], strange[0] + 1):
            return []
        k = strange[0]
        word = words.all[k]
        alone = not rest and words.plain.rstrip().endswith("?")
        opener = (
            words.sentence_start(k)
            and bool(held)
            and words.at(k + 1) in ("on", "in", "for", "as", "while", "at", "?", ",")
        )
        follows = (
            bool(rest)
            and all(
                w.low in ("and", "or", "what", "about", "how", "then", "ok", "is", "also", "so") for w in rest
            )
            and len(words) <= 6
        )
        listed = (
            len(rest) <= 3
            and any(e.dimension in ("device", "country") for e in held)
            and all(w.low in ("on", "in", "my", "for", "as", "a", "at", "and", "work", "?") for w in rest)
            and not (word.text.isupper() and not words.shouting and words.at(k - 1) in ("for", "at"))
        )
        if (
            not (alone or opener or listed or follows)
            or any(e.entity in ("app", "ambiguous_app") for e in held)
            or not word.text[0].isalpha()
        ):
            return []
        return [self._unknown(words, k, k + 1, gazetteer, slips)]

    @staticmethod
    def _unknown(words: Words, i: int, j: int, gazetteer: Gazetteer, slips: Slips) -> Entity:
        if words.at(i) in ('"', "'", "“"):
            i, j = i + 1, j - 1
        start, end = words.all[i].start, words.all[j - 1].end
        text = words.text[start:end]
        near = [id for name in slips.near_apps(key(text)) for id in gazetteer.names["app"][name]]
        return Entity(
            "unknown_app",
            text,
            start,
            end,
            text,
            how=AMBIGUOUS if near else "exact",
            confidence=0.7,
            candidates=list(dict.fromkeys(near))[:3],
        )
