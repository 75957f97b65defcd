"""Apps whose names are misspelt: "wattsap", "microsft teems", "FB Messengr"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz.distance import OSA

from . import ordinary
from .gazetteer import Gazetteer
from .lexicon import words as word_list
from .model import AMBIGUOUS, FUZZY, Entity
from .slips import Slip, Slips, worth_trying
from .spelling import frequency, is_word, slip_distance, sound
from .text import Words, key

PLACED = {"in", "to", "at", "from", "near", "around"}
_LOGGED_IN = ("log", "logged", "sign")
_COMPOSED = re.compile(r"(?P<head>[A-Z]?[a-z]+)(?P<tail>[A-Z][a-z]{2,})")
_SIZES = (2, 1, 3)


def misspelt(
    words: Words, gazetteer: Gazetteer, slips: Slips, held: list[Entity], demonyms: Mapping[str, str]
) -> list[Entity]:
    """The misspelt names; one may cover shorter names in `held`, which then are none."""
    found: list[Entity] = []
    placed = {k for e in held for k in range(words.index_at(e.start), words.index_at(e.end - 1) + 1)}
    for size in _SIZES:
        for i in range(len(words) - size + 1):
            start, end = words.all[i].start, words.all[i + size - 1].end
            blocking = [e for e in (*held, *found) if e.start < end and start < e.end]
            if blocking and (size == 1 or not all(_within(e, start, end) for e in blocking)):
                continue
            if not _worth_trying(words, i, size, demonyms):
                continue
            slip = _slip(words, i, size, slips, gazetteer)
            if slip is None or (blocking and not _covers(words, i, size, slip, blocking)):
                continue
            if entity := _entity(words, i, size, slip, slips, gazetteer, placed):
                found = [e for e in found if not e.overlaps(entity)] + [entity]
    return found


def _within(entity: Entity, start: int, end: int) -> bool:
    """Whether it is an app or a group of apps that the longer words cover."""
    return entity.dimension == "app" and start <= entity.start and entity.end <= end


def _covers(words: Words, i: int, size: int, slip: Slip, blocking: list[Entity]) -> bool:
    """Whether the longer misspelt name is meant: a word of it beside the shorter name is no English."""
    rest = [w for w in words.all[i : i + size] if not any(e.start <= w.start < e.end for e in blocking)]
    return slip.distance == 1 and bool(rest) and not any(w.punct or is_word(w.low) for w in rest)


def _worth_trying(words: Words, i: int, size: int, demonyms: Mapping[str, str]) -> bool:
    """Whether the tokens may be a misspelt name at all."""
    tokens = words.lows[i : i + size]
    first = words.all[i]
    before, after = words.at(i - 1), words.at(i + size)
    if before in PLACED and first.text[:1].isupper() and words.at(i - 2) not in _LOGGED_IN:
        return False
    owned = after == "'s" and len(tokens[-1]) > 5 and not is_word(tokens[-1])  # "Kasperksy's antivirus"
    if any("'" in t for t in tokens) or ("'" in after and not owned):
        return False  # "won't" is no slip
    punct = [w.punct for w in words.all[i : i + size]]
    if any(punct) and (size != 3 or punct[0] or punct[-1]):
        return False
    if size == 1 and (tokens[0] in demonyms or tokens[0].rstrip("s") in demonyms):
        return False  # "with the Singaporeans"
    if size > 1 and not all(len(t) > 1 or not t.isalpha() for t in tokens):
        return False
    if size > 1 and before == "'":
        return False
    return not (before in word_list("apps", "before_surnames") and first.text[:1].isupper())


def _slip(words: Words, i: int, size: int, slips: Slips, gazetteer: Gazetteer) -> Slip | None:
    """The name of which the tokens are a slip, where English words in it leave that likely."""
    tokens = words.lows[i : i + size]
    stops = word_list("english", "not_apps")
    told = size == 1 and ordinary.in_apposition(words, i + 1)  # "grinder (the gay dating one)"
    if not told and not worth_trying(tokens):
        return None if size != 2 else _split(words, i, slips)
    slip = slips.app(key(words.plain[words.all[i].start : words.all[i + size - 1].end]))
    if slip is None or size == 1:
        return slip
    parts = gazetteer.spellings["app"].get(slip.name, "").lower().split()
    aligned = len(parts) == size and all(
        t == p or ((near := slip_distance(t, p)) is not None and near <= 1)
        for t, p in zip(tokens, parts, strict=True)
    )
    tailed = not is_word(tokens[0]) and slip.name.endswith(tokens[-1])  # "yandx taxi", "expres vpn"
    if (tokens[0] in stops or tokens[-1] in stops) and not tailed:
        return None
    if is_word(tokens[0]) and is_word(tokens[-1]):
        return None
    strange = not any(is_word(t) for t in tokens)
    length = len("".join(tokens))
    most = 2 if length > 11 and (strange or aligned) else 1
    return slip if slip.distance <= most else None


def _split(words: Words, i: int, slips: Slips) -> Slip | None:
    """A name that is written as two English words with a letter wrong: "blu sky allowed"."""
    first, last = words.lows[i : i + 2]
    rare = min(frequency(first), frequency(last)) < 1000
    if not rare or words.at(i + 2) not in word_list("apps", "status_words") - {"a", "an", "the", "on"}:
        return None
    slip = slips.app(first + last)
    return slip if slip and slip.distance == 1 and slip.name.endswith(last) and len(slip.name) > 5 else None


def _entity(
    words: Words,
    i: int,
    size: int,
    slip: Slip,
    slips: Slips,
    gazetteer: Gazetteer,
    placed: set[int],
) -> Entity | None:
    start, end = words.all[i].start, words.all[i + size - 1].end
    text, gram = words.text[start:end], key(words.plain[start:end])
    if goes_on(words, i + size) and not _made_with(words, i, i + size, slips):
        end = words.all[i + size].end
        text = words.text[start:end]
        ids = gazetteer.names["app"][slip.name][:3]
        return Entity("unknown_app", text, start, end, text, how=AMBIGUOUS, candidates=list(ids))
    if slip.distance > 1 and composed(text, slip.name):
        ids = gazetteer.names["app"][slip.name][:3]
        return Entity("unknown_app", text, start, end, text, how=AMBIGUOUS, candidates=list(ids))
    place = slips.place(gram)
    if place and slip.distance >= place.distance:
        return None
    ids = [x for x in gazetteer.names["app"][slip.name] if x not in gazetteer.groups["app"]]
    common = common_name(slip.name)
    if not ids or (common and ordinary.evidence(words, i, i + size, set(), placed) < ordinary.RARE):
        return None
    if len(ids) > 1:
        return Entity("ambiguous_app", text, start, end, text, how=AMBIGUOUS, candidates=list(ids))
    near = [x for n in slips.near_apps(gram) for x in gazetteer.names["app"][n]]
    return Entity(
        "app",
        ids[0],
        start,
        end,
        text,
        how=FUZZY,
        confidence=1 - slip.distance / max(len(gram), len(slip.name)),
        candidates=list(dict.fromkeys([ids[0], *near]))[:4],
    )


def _made_with(words: Words, i: int, j: int, slips: Slips) -> bool:
    """Whether a name and the word after it are a slip for one that has both: "Gogle Maps"."""
    products = words.at(j) in word_list("apps", "products")
    slip = slips.app(key(words.span_text(i, j + 1))) if products else None
    return slip is not None and slip.distance == 1


def goes_on(words: Words, j: int) -> bool:
    """Whether a capitalised word goes on with the name: "WhatsUpp Buddy" is no slip for one known app."""
    word = words.all[j] if j < len(words) else None
    return bool(
        word
        and word.text[:1].isupper()
        and word.text[1:].islower()
        and not (words.shouting or words.title_case)
        and word.low not in word_list("apps", "boundaries")
        and word.low not in word_list("apps", "app_nouns")
        and words.all[j - 1].text[:1].isupper()
    )


def composed(text: str, name: str) -> bool:
    """Whether a name with a capital inside shares only what is behind it: "KavaTalk" is no KakaoTalk;
    or so little that it is no slip: "InShot" is no Insta.
    """
    parts = _COMPOSED.fullmatch(text)
    if parts is None:
        return False
    if not name.endswith(parts["tail"].lower()):
        return 2 * OSA.distance(text.lower(), name) >= len(text)
    return sound(parts["head"].lower()) != sound(name[: -len(parts["tail"])])


def common_name(name: str) -> bool:
    """Whether the name is also an ordinary word, which a slip may be for as well."""
    return name in word_list("apps", "stubborn") or (
        frequency(name) > 1000 and name not in word_list("apps", "names")
    )
