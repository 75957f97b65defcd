"""Names of apps that nobody catalogued, from what stands around them: "by an app, Little Lanterns".

The frames are data (`lexicon/told_names.yml`); here is what a name may look like.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from .lexicon import load
from .lexicon import words as word_list
from .spelling import frequency, is_word
from .text import Words

LONGEST = 4
RARE = 3000
RARE_ALONE = 1500  # how common a word may be that is a name by itself
_CAMEL = re.compile(r"\w*[a-z]\w*[A-Z]\w*[a-z]\w*|\w*[a-z][A-Z]{2}|[\w-]{3,}\.(?:ai|io|app|chat|so|gg|ly|fm)")
_ASKS = re.compile(load("told_names")["asks"])


@dataclass(frozen=True)
class _Frame:
    name: frozenset[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    opens: bool
    lone: bool


@lru_cache(maxsize=1)
def _frames() -> list[_Frame]:
    data = load("told_names")

    def pattern(text: str) -> re.Pattern[str]:
        for part in ("kind", "judged", "device", "form", "ends"):
            text = text.replace("{" + part + "}", data[part])
        return re.compile(text)

    return [
        _Frame(
            frozenset(f["name"].split()),
            pattern(f.get("before", "$")),
            pattern(f.get("after", "^")),
            "opens" in f,
            "lone" in f,
        )
        for f in data["frames"]
    ]


def told_names(words: Words, taken: set[int], named: bool) -> list[tuple[int, int]]:
    """The spans of the names; `taken` are tokens of what was found, `named` that an app is among it."""
    lone = not named and bool(_ASKS.search(words.low))
    found: list[tuple[int, int]] = []
    for i in range(len(words)):
        if i in taken or words.all[i].punct or any(a <= i < b for a, b in found):
            continue
        kinds = {(j, kind) for kind in _kinds() for j in _ends(words, i, kind, taken)}
        if not kinds:
            continue
        before = "".join(f"{word} " for word in words.lows[:i])
        opens = i == 0 or words.sentence_start(i)
        for frame in _frames():
            if (frame.lone and not lone) or (frame.opens and not opens) or not frame.before.search(before):
                continue
            ends = sorted((j for j, kind in kinds if kind in frame.name), reverse=True)
            stop = next((j for j in ends if frame.after.search(_after(words, j))), None)
            if stop is not None and not _only_directions(words, i, stop):
                found.append((i, stop))
                break
    return found


@lru_cache(maxsize=1)
def _kinds() -> tuple[str, ...]:
    return tuple(sorted({kind for frame in _frames() for kind in frame.name}))


@lru_cache(maxsize=1)
def in_no_name() -> frozenset[str]:
    """Words that are in no name."""
    listed = (("english", "not_apps"), ("apps", "capital_stop"), ("told_names", "not_in_a_name"))
    return frozenset().union(*(word_list(*names) for names in listed))


def _after(words: Words, j: int) -> str:
    return "".join(f" {word}" for word in words.lows[j : j + 14])


def hyphened(words: Words, k: int) -> bool:
    """Whether token k is a hyphen that makes one word of those beside it: "Fono-Lafo"."""
    if words.at(k) != "-" or not 0 < k < len(words) - 1:
        return False
    return not (words.all[k].spaced or words.all[k - 1].spaced or words.all[k + 1].punct)


def _ends(words: Words, i: int, kind: str, taken: set[int]) -> Iterable[int]:
    """Where a name of this kind that starts at token i may end."""
    first = words.all[i]
    stops = in_no_name()
    if first.low in stops or first.text.startswith("'"):
        return []
    novel = not is_word(first.low) and len(first.low) > 3 and first.low.isalpha()
    plain_case = not (words.shouting or words.title_case)
    one = i + 3 if hyphened(words, i + 1) and i + 2 not in taken else i + 1
    if kind == "camel":
        j = i + 1
        if not _CAMEL.fullmatch(first.text) or len(first.text) < 6 or words.shouting:
            return []
        more = words.at(j).isdigit() or words.at(j) == "ai" or _goes_on(words, j, taken)
        return [j + 1, j] if more else [j]
    if kind == "any":
        return [i + 1] if first.low.isalpha() else []
    if kind in ("novel", "capitalnovel"):
        if not novel or (kind == "capitalnovel" and not (first.text[:1].isupper() and plain_case)):
            return []
        return [one]
    if kind == "rare":
        return [i + 1] if _rare(first.low) else []
    if kind == "start":
        return [i + 1] if first.text[:1].isupper() and (novel or _rare(first.low)) else []
    if kind == "tailed":
        tail = i + 1 not in taken and words.at(i + 1) in word_list("apps", "name_tails")
        return [i + 2] if novel and tail else []
    ends = []
    if kind == "plain":
        for j in range(i + 1, min(len(words), i + LONGEST + 1) + 1):
            word = words.all[j - 1]
            if j - 1 in taken or not word.low.isalnum() or (word.low in stops and j - i < 2):
                break
            ends.append(j)
        rare = [j for j in ends if j - i > 1 and any(0 < frequency(w) < RARE for w in words.lows[i:j])]
        inner = lambda j: (k for k in range(i, j - 1) if words.all[k].spaced)  # noqa: E731  ("id" is two)
        return [
            j for j in rare if not any(words.at(k) in stops or words.at(k)[-3:] == "ing" for k in inner(j))
        ]
    if not plain_case or not _capital(words, i, taken):
        return []
    j = one
    while j - i < LONGEST and (_goes_on(words, j, taken) or words.at(j).isdigit()):
        j += 1
        ends.append(j)
    if kind == "capital":
        ends.append(one)
    return ends


def _only_directions(words: Words, i: int, j: int) -> bool:
    """Whether it is no more than a quarter of the sky: "South, not the North"."""
    return word_list("told_names", "directions").issuperset(words.lows[i:j])


def _rare(word: str) -> bool:
    """Whether few say the word, and it names no thing of which there is more than one, nor what is done."""
    if not (len(word) > 3 and word.isalpha() and 0 < frequency(word) < RARE_ALONE):
        return False
    listed = word in word_list("english", "also_words") | word_list("told_names", "no_rare_names")
    plural = word.endswith("s") and frequency(word[:-1]) > 0
    return not (listed or plural or word.endswith(tuple(word_list("told_names", "no_rare_ends"))))


def _goes_on(words: Words, k: int, taken: set[int]) -> bool:
    """Whether a name may go on with token k: "Is FlightAware OK" says no more of it."""
    return _capital(words, k, taken) and words.at(k) not in word_list("apps", "capital_stop") - {"ai"}


def _capital(words: Words, k: int, taken: set[int]) -> bool:
    return k < len(words) and k not in taken and words.all[k].text[:1].isupper()
