"""A gap, before it is written down: what was asked about, why it is unclear, and what decides that two are
the same.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from guidelines.enquiry import Enquiry
from guidelines.ruling import Unclear


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that could not be answered clearly.

    Args:
        unclear: which kind.
        enquiry: the details that were held, as far as the vocabulary knows them.
        words: the app or place nobody catalogued, or the (redacted) message that was not understood.
        rules: the rules that clash, are overdue or are disputed.
        guidelines: the ids of their guidelines.
    """

    unclear: Unclear
    enquiry: Enquiry = field(default_factory=Enquiry)
    words: str = ""
    rules: tuple[str, ...] = ()
    guidelines: tuple[str, ...] = ()

    def about(self) -> Mapping[str, object]:
        """What makes this gap distinct from another of the same kind.

        Roles and places are told apart by the occurrences, not by the case: one decision closes the gap
        for all, and the routing (which does look at the role) keeps apart what different teams decide.
        """
        match self.unclear:
            case Unclear.UNKNOWN_APP | Unclear.UNKNOWN_PLACE:
                return {"words": plain(self.words)}
            case Unclear.NOT_UNDERSTOOD:
                return {"words": sorted(set(plain(self.words).split()))}
            case Unclear.CONFLICTING_GUIDANCE:
                return {"rules": sorted(self.rules)}
            case Unclear.REVIEW_OVERDUE:
                return {"guidelines": sorted(self.guidelines)}
            case Unclear.DISPUTED:
                return {"rules": sorted(self.rules), **self._asked_about(), "words": plain(self.words)}
            case _:
                return self._asked_about()

    def _asked_about(self) -> dict[str, object]:
        return {"app": _sorted(self.enquiry.app), "device": _sorted(self.enquiry.device)}

    def key(self, team: str) -> str:
        """The same for the same gap of the same team."""
        said = json.dumps([self.unclear, team, self.about()], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(said.encode()).hexdigest()


def plain(words: str) -> str:
    """Words without case, accents' encodings, punctuation and runs of space, so that spellings of one name
    meet.
    """
    folded = unicodedata.normalize("NFKC", words).casefold()
    return " ".join(re.findall(r"\w+", folded))


def _sorted(concepts: Sequence[str] | None) -> list[str] | None:
    return sorted(concepts) if concepts else None
