"""Names made of an app's name: another app's name with a word more, and verbs ("whatsapping")."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping

from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .model import AMBIGUOUS, ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity, Span
from .spelling import frequency
from .text import Words, key

_VERSION = re.compile(r"\b(?:the|its|in its|an?) (?P<which>\w+) (?P<what>version|edition|variant|one)\b")
_VERSION_OF = re.compile(
    r"\b(?:the|its|an?) (?P<which>\w+) (?:version|edition|variant|build|release) of (?:the )?$"
)
_FROM = re.compile(r",? (?:the one )?from (?:the )?")
_TOGETHER = re.compile(r"\W*(?:and|or|vs|versus|nor|than)\W*(?:the )?|[\W]*[/&][\W]*")
_NOT = re.compile(r"(?:\bnot|n't|\bthan|\bof|\bno|\bwithout|\bneither) (?:in )?$")
_OF_A_VERSION = re.compile(r" (?:version|edition|variant|build|release)\b")
_OF = re.compile(r" of (?:the )?")
_TOLD_FROM = re.compile(r"(?:\bnot|n't mean|\bnever|\bnor) (?:the )?$")
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


def versioned(
    words: Words, j: int, name: str, known: Mapping[str, list[str]]
) -> tuple[list[str], Span] | None:
    """The app of which the version that is told after the name is, and where it is told: "..., I mean the
    Business version".
    """
    for match in _VERSION.finditer(words.low, words.all[j - 1].end):
        if match["what"] == "one" and match["which"] not in word_list("apps", "versions"):
            continue  # "on the travel phone, never on the work one"
        ids = known.get(name + match["which"]) if not _NOT.search(words.low[: match.start()]) else None
        if ids and len(ids) == 1 and ":" not in ids[0]:
            return ids, match.span()
    return None


def told_from(words: Words, i: int) -> bool:
    """Whether the name at token i is the one that is not meant: "Not TikTok itself, the Lite version"."""
    return bool(_NOT.search(words.low[: words.all[i].start]))


def which_version(
    words: Words, i: int, j: int, ids: list[str], gazetteer: Gazetteer, demonyms: Mapping[str, str]
) -> list[str]:
    """Of apps that share a name those that fit the version told: "didi, not the international one", "the
    China edition of DiDi".
    """
    labels = {id: key(gazetteer.labels["app"][id]) for id in ids}
    left = ids
    told_before = _VERSION_OF.search(words.low[: words.all[i].start])
    for match in (
        *((told_before,) if told_before else ()),
        *_VERSION.finditer(words.low, words.all[j - 1].end),
    ):
        which = load("apps")["told_as"].get(match["which"], match["which"])
        which = gazetteer.labels["country"].get(demonyms.get(which, ""), which)
        fitting = [id for id, label in labels.items() if key(which) in label]
        if fitting and len(fitting) < len(labels):
            denied = _NOT.search(words.low[: match.start()])
            left = [id for id in left if (id in fitting) != bool(denied)]
    return left


def from_there(
    words: Words, i: int, j: int, ids: list[str], places: Iterable[Entity], gazetteer: Gazetteer
) -> list[str]:
    """Of apps that share a name the one by a vendor of the place told: "the momo from Vietnam", which then
    tells no more than that.
    """
    end = words.all[j - 1].end
    for e in places:
        if e.entity != "country" or not _FROM.fullmatch(words.low[end : e.start]):
            continue
        made = f"vendor-country:{e.value}"
        fitting = [id for id in ids if made in gazetteer.within["app"].get(id, ())]
        if len(fitting) == 1:
            if words.at(i - 1) == "the" or "the one" in words.low[end : e.start]:
                e.stance = OTHER
            return fitting
    return ids


def told_in_full(words: Words, entities: list[Entity]) -> None:
    """A name said in full tells which of those that share a shorter one is meant, or not meant: "DiDi in
    Mexico City, so DiDi Rider".
    """
    apps = [e for e in entities if e.entity == "app" and e.how == EXACT]
    for shared in (e for e in entities if e.entity == "ambiguous_app" and e.stance == ASSERTED):
        full = [e for e in apps if e.value in shared.candidates and len(e.text) > len(shared.text)]
        if len({e.value for e in full}) != 1:
            continue
        first, last = sorted((shared, full[0]), key=lambda e: e.start)
        if _TOGETHER.fullmatch(words.low[first.end : last.start]):
            continue  # "DiDi or DiDi Rider"
        if full[0].stance == ASSERTED:
            shared.stance = OTHER
        elif full[0].stance == NEGATED and len(shared.candidates) == 2:
            left = [id for id in shared.candidates if id != full[0].value]
            shared.entity, shared.value, shared.how = "app", left[0], INFERRED
            shared.candidates = [*left, full[0].value]


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


def without_versions(words: Words, entities: list[Entity]) -> list[Entity]:
    """What is named, without places that only tell which version of an app is meant: "Feishu, the mainland
    version", "not the mainland Alipay"; the latter is not asked about.
    """
    apps = [e for e in entities if e.dimension == "app"]
    dropped: list[Entity] = []
    for e in entities:
        if e.dimension != "country" or not apps:
            continue
        before, after = words.low[: e.start], words.low[e.end :]
        the = e.text.lower().startswith("the ") or before.endswith(" the ")
        of = _OF_A_VERSION.match(after)
        if (
            the
            and of
            and any(a.end <= e.start or _OF.fullmatch(after[of.end() : a.start - e.end]) for a in apps)
        ):
            dropped.append(e)
        named = next((a for a in apps if a.start == e.end + 1), None)
        told = _TOLD_FROM.search(before) if the and named else None
        if named and told:
            dropped.append(e)
            named.stance = NEGATED
    return [e for e in entities if not any(e is d for d in dropped)]


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
