"""Names made of an app's name: another app's name with a word more, and verbs ("whatsapping")."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

from .lexicon import words as word_list
from .model import AMBIGUOUS, Entity
from .spelling import frequency
from .text import Words, key

_ENDINGS = ("ing", "ed", "'d")


def variant(words: Words, i: int, j: int, ids: list[str], placed: Container[int]) -> Entity | None:
    """A known name with a word that makes another app of it: "... Plus", "GB ...", "Zoom Earth"."""
    first, end = i, j
    if words.at(j) in word_list("apps", "variants") and words.all[j].text[:1].isupper():
        end = j + 1
    elif i and words.at(i - 1) in word_list("apps", "variants_before") and words.all[i - 1].spaced:
        first = i - 1
    elif j - i == 1 and _goes_on(words, i, j, placed):
        end = j + 1
    else:
        return None
    start, stop = words.all[first].start, words.all[end - 1].end
    text = words.text[start:stop]
    return Entity("unknown_app", text, start, stop, text, how=AMBIGUOUS, candidates=ids[:3])


def headed(words: Words, entity: Entity, held: Iterable[Entity]) -> Entity | None:
    """The unknown app of which a known name that is also a kind of app is the end: "Selam Messenger"."""
    i = words.index_at(entity.start)
    app = entity.entity == "app"
    head = words.at(i) if entity.entity == "unknown_app" else entity.text.lower()
    if not i or head not in word_list("apps", "app_heads") | word_list("apps", "products"):
        return None
    word = words.all[i - 1]
    strange = word.spaced and word.text[:1].isupper() and word.low.isalpha() and not frequency(word.low)
    if not strange or not entity.text[:1].isupper() or any(e.start < word.end <= e.end for e in held):
        return None
    text, near = words.text[word.start : entity.end], [entity.value] if app else entity.candidates
    return Entity("unknown_app", text, word.start, entity.end, text, how=AMBIGUOUS, candidates=near)


def give_way(words: Words, devices: Iterable[Entity], known: Container[str]) -> None:
    """A word that ends an app's name and is parted from the device behind it is none of the device's:
    "Threema Work - work tablet".
    """
    for e in devices:
        k = words.index_at(e.start)
        if e.dimension != "device" or not k or k + 2 >= len(words) or not words.all[k + 1].punct:
            continue
        if words.all[k].spaced and key(words.span_text(k - 1, k + 1)) in known:
            end = e.end
            e.start, e.text = words.all[k + 2].start, words.text[words.all[k + 2].start : end]


def _goes_on(words: Words, i: int, j: int, placed: Container[int]) -> bool:
    """Whether a common word with a capital goes on with the name, which ends there: "run Zoom Earth on"."""
    if j >= len(words) or j in placed or words.shouting or words.title_case:
        return False
    word = words.all[j]
    plain = word.text[:1].isupper() and word.low.isalpha() and len(word.low) > 2
    if not plain or not words.all[i].text[:1].isupper() or frequency(word.low) < 5000:
        return False
    if word.text.isupper() and not words.all[i].text.isupper():
        return False  # "Signal IT"
    stops = ("app_nouns", "strong_nouns", "boundaries", "status_words", "capital_stop", "products", "kinds")
    if any(word.low in word_list("apps", name) for name in stops):
        return False
    before = words.at(i - 1)
    used = before in word_list("apps", "use_strong") | word_list("apps", "use_weak") or before == "is"
    after = words.at(j + 1)
    ends = not after[:1].isalnum() or after in word_list("apps", "boundaries")
    return ends and (used or (i == 0 and after in ("on", "for", "in", "?")))


def inflected(words: Words, known: Mapping[str, list[str]]) -> list[tuple[int, str]]:
    """Tokens that are an app's name with a verb's ending, and that name: "whatsapping my driver"."""
    found = []
    for i, low in enumerate(words.lows):
        if low in known or frequency(low) > 200:
            continue
        for ending in _ENDINGS:
            stem = low[: -len(ending)] if low.endswith(ending) else ""
            if len(stem) < 4:
                continue
            forms = (stem, f"{stem}e", stem[:-1] if stem[-1] == stem[-2] else "")
            name = next((f for f in forms if len(f) > 3 and f in known), None)
            if name and (frequency(name) < 140 or name in word_list("apps", "names")):
                found.append((i, name))
                break
    return found
