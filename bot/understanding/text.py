"""A message as tokens of spaCy's blank English pipeline, with the look-ups that the finders share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.util import compile_infix_regex

_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-", "‑": "-", "`": "'"}
)
LONGEST_MESSAGE = 2000
LONGEST_NAME = 8
UNSPACED = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
JOINING = {"-", ".", "'", "&", "+", ":", "!", "/", "(", ")"}


@lru_cache(maxsize=1)
def english() -> Language:
    """spaCy's blank English pipeline: the tokenizer and nothing to download.

    Where a script without spaces meets Latin letters ("携帯でLINEを") a token ends.
    """
    nlp = spacy.blank("en")
    infixes = [
        *(nlp.Defaults.infixes or ()),
        f"(?<=[{UNSPACED}])(?=[A-Za-z])",
        f"(?<=[A-Za-z])(?=[{UNSPACED}])",
    ]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    return nlp


@lru_cache(maxsize=65536)
def key(words: str) -> str:
    """The words as a name is looked up: lower case, without accents, spaces or punctuation."""
    plain = unicodedata.normalize("NFKD", words.translate(_PLAIN))
    return "".join(ch for ch in plain if ch.isalnum() and not unicodedata.combining(ch)).casefold()


@lru_cache(maxsize=65536)
def spaced_key(words: str) -> str:
    """The words as a place is looked up: like `key`, but with its words apart, and "St" written out."""
    plain = unicodedata.normalize("NFKD", words.translate(_PLAIN))
    letters = "".join(
        ch if ch.isalnum() else "" if unicodedata.combining(ch) or ch in ".'" else " " for ch in plain
    )
    return " ".join("saint" if part == "st" else part for part in letters.casefold().split())


def covered(low: str, spans: Iterable[tuple[int, int]], which: str = r"(?s).") -> str:
    """The text, as long as before, with the characters `which` (a pattern) of the spans made unreadable."""
    for start, end in spans:
        low = low[:start] + re.sub(which, "x", low[start:end]) + low[end:]
    return low


@dataclass(frozen=True)
class Word:
    """One token."""

    text: str
    low: str
    start: int
    end: int
    spaced: bool
    punct: bool

    @property
    def capital(self) -> bool:
        """Whether the token has an upper-case letter."""
        return any(ch.isupper() for ch in self.text)


class Words:
    """The tokens of a message, with offsets into the text as typed."""

    def __init__(self, text: str) -> None:
        self.text = text[:LONGEST_MESSAGE]
        self.plain = self.text.translate(_PLAIN)
        self.doc = english().make_doc(self.plain)
        self.all = [
            Word(
                t.text,
                t.lower_,
                t.idx,
                t.idx + len(t.text),
                bool(t.whitespace_),
                not any(c.isalnum() for c in t.text),
            )
            for t in self.doc
            if not t.is_space
        ]
        self.lows = [w.low for w in self.all]
        self.asides: list[tuple[int, int]] = []  # the offsets of clauses beside the question (asides.py)
        self.left_out: list[tuple[int, int]] = []  # those of them without which the message is judged
        self._grams: list[tuple[int, int, str]] | None = None
        self.low = self.plain.lower() if len(self.plain.lower()) == len(self.plain) else self.plain
        letters = [ch for ch in self.plain if ch.isalpha()]
        capitals = sum(ch.isupper() for ch in letters)
        self.shouting = len(letters) > 6 and capitals > 0.7 * len(letters)
        wordy = [w for w in self.all if not w.punct]
        self.title_case = len(wordy) > 3 and sum(w.text[:1].isupper() for w in wordy) > 0.7 * len(wordy)

    @property
    def core(self) -> str:
        """The message in lower case without the asides that are left out, which are blank."""
        low = self.low
        for start, end in self.left_out:
            low = low[:start] + " " * (end - start) + low[end:]
        return low

    def __len__(self) -> int:
        return len(self.all)

    def span_text(self, i: int, j: int) -> str:
        """The text of tokens i up to j, as typed."""
        return self.text[self.all[i].start : self.all[j - 1].end]

    def at(self, i: int) -> str:
        """The lower-case token at i; empty outside the message."""
        return self.lows[i] if 0 <= i < len(self.lows) else ""

    def index_at(self, offset: int) -> int:
        """The first token that ends after the offset."""
        for i, word in enumerate(self.all):
            if word.end > offset:
                return i
        return len(self.all)

    def grams(self, longest: int) -> Iterator[tuple[int, int, str]]:
        """Every run of tokens up to a length with the key it is looked up by, longest first at each place."""
        if self._grams is None:
            self._grams = list(self._runs(LONGEST_NAME))
        return (gram for gram in self._grams if gram[1] - gram[0] <= longest)

    def _runs(self, longest: int) -> Iterator[tuple[int, int, str]]:
        n = len(self.all)
        for i in range(n):
            if self.all[i].punct or self.all[i].text.startswith("'"):
                continue
            for j in range(min(n, i + longest), i, -1):
                last = self.all[j - 1]
                if last.punct and last.text not in ("+", "!", ")"):
                    continue
                if last.text == ")" and not any(w.text == "(" for w in self.all[i:j]):
                    continue
                inner = self.all[i + 1 : j]
                if any(w.punct and w.text not in JOINING for w in inner):
                    continue
                if any(self.sentence_ends(k) for k in range(i + 1, j - 1)):
                    continue
                yield i, j, key(self.plain[self.all[i].start : last.end])

    def sentence_ends(self, i: int) -> bool:
        """Whether token i is a full stop after which a sentence begins: "Not Douyin. TikTok Lite!"."""
        return self.at(i) == "." and self.all[i].spaced and self.all[i + 1].text[:1].isupper()

    def sentence_start(self, i: int) -> bool:
        """Whether token i opens the message or a sentence."""
        return i == 0 or self.at(i - 1) in (".", "!", "?", "...", ";", "-", "\n")
