"""The shapes of messages that ask without a verb: bare names, details, an app on a device."""

from __future__ import annotations

import re
from collections.abc import Mapping

from .lexicon import words as word_list
from .model import ASSERTED, Entity
from .text import Words

_DETAIL_BEFORE = re.compile(
    r"(?:[,.;:!?(]| -) ?(?:(?:it|this|that)(?:'s|'d be| would be| will be| is) |its |and )?"
    r"(?:(?:on|with) )?(?:my |the |an? )?$"
)
_DETAIL_AFTER = re.compile(r" ?(?:[,.;:!?)-]|$)")
APPS = {"app", "unknown_app", "ambiguous_app"}


class Shapes:
    """Recognises them; the small words between names are data: `lexicon/fillers.yml`."""

    def __init__(self, cues: Mapping[str, re.Pattern[str]]) -> None:
        self.cues = cues
        self.fillers = word_list("fillers", "words")
        self.trip_words = word_list("fillers", "trip_words")

    def on_a_device(self, words: Words, named: list[Entity]) -> bool:
        """Whether a fragment asks of an app on a device ("Netflix on my work laptop in a hotel in Suva")."""
        devices = [e for e in named if e.entity == "device" and e.stance == ASSERTED]
        for app in (e for e in named if e.entity in APPS and e.stance == ASSERTED):
            opens = not re.search(r"[^,.;:?!-]$", words.low[: app.start].rstrip())
            for device in devices:
                if opens and re.fullmatch(
                    r" (?:on|for) (?:my |the |a |our |his |her )?", words.low[app.end : device.start]
                ):
                    return not self.cues["behaves"].search(words.low[device.end :])
        return False

    def asks_in_a_fragment(self, words: Words, named: list[Entity]) -> bool:
        """Whether a sentence of it is an app and a device and hardly anything else ("Bolt, own phones."),
        or an app with where or who one is, of a device told beside it ("Netflix in Suva, consul").
        """
        ends = [m.end() for m in re.finditer(r"[.!?;:](?=\s)", words.low)]
        on_a_device = any(e.entity == "device" and e.stance == ASSERTED for e in named)
        for start, end in zip([0, *ends], [*ends, len(words.low)], strict=True):
            inside = [e for e in named if start <= e.start and e.end <= end and e.stance == ASSERTED]
            kinds = {e.dimension for e in inside if e.entity != "cue"}
            rest = words.low[start:end]
            for e in inside:
                rest = rest.replace(e.text.lower(), " ")
            small = all(w in self.fillers for w in re.findall(r"[\w']+", rest))
            alone = "app" in kinds <= {"app", "country", "role"} and on_a_device
            if ({"app", "device"} <= kinds or alone) and small and (start, end) != (0, len(words.low)):
                return True
        return False

    @staticmethod
    def gives_a_device(words: Words, named: list[Entity]) -> bool:
        """Whether one's device is a detail that stands by itself: "... he's only on Viber, own phone"."""
        return any(
            e.entity == "device"
            and e.stance == ASSERTED
            and _DETAIL_BEFORE.search(words.low[: e.start])
            and _DETAIL_AFTER.match(words.low[e.end :])
            for e in named
        )

    def details_only(self, words: Words, named: list[Entity]) -> bool:
        """Whether a message lists one's own details: "Niamey, 2 week TDY, soldier, Signal on own phone"."""
        if not any(e.dimension == "device" and e.stance == ASSERTED for e in named):
            return False
        return "," in words.lows and self.only_named(words, named, self.fillers | self.trip_words)

    def only_named(self, words: Words, named: list[Entity], small: frozenset[str] = frozenset()) -> bool:
        """Whether, beside what is named, only small words are left."""
        small = small or self.fillers
        covered = {
            k
            for e in named
            if e.start < e.end
            for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)
        }
        given = self.cues["given"].search(words.low)  # "the work phone they gave me"
        for start, end in [*words.left_out, *([given.span()] if given else [])]:
            covered |= set(range(words.index_at(start), words.index_at(end - 1) + 1))
        rest = [w.low for k, w in enumerate(words.all) if k not in covered and not w.punct]
        return bool(covered) and all(w in small or w.isdigit() for w in rest)
