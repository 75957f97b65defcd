"""Which edition of an app is meant, and which of the apps that share a name: "TikTok, the Lite version", "the
momo from Vietnam".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from .gazetteer import Gazetteer
from .lexicon import load
from .lexicon import words as word_list
from .model import ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity, Span
from .text import Words, key

_VERSION = re.compile(r"\b(?:the|its|in its|an?) (?P<which>\w+) (?P<what>version|edition|variant|one)\b")
_VERSION_OF = re.compile(
    r"\b(?:the|its|an?) (?P<which>\w+) (?:version|edition|variant|build|release) of (?:the )?$"
)
_FROM = re.compile(r",? (?:the one )?from (?:the )?")
# "Max in Moscow, the Russian messenger", "the Russian messenger Max"
_THE = re.compile(r"[^.?!]*?[,(:?.!-] ?(?:i mean |that's |it's )?(?:the|that) ")
_KINDS = "messenger|messaging app|chat app|app|browser|wallet|map|bank|shop|game"
_THE_KIND = re.compile(rf" (?:{_KINDS}|one|search engine)\b")
_KIND_CALLED = re.compile(rf" (?:{_KINDS})(?: called| named|,)? ")
_TOGETHER = re.compile(r"\W*(?:and|or|vs|versus|nor|than)\W*(?:the )?|[\W]*[/&][\W]*")
_NOT = re.compile(r"(?:\bnot|n't|\bthan|\bof|\bno|\bwithout|\bneither) (?:in )?$")
_OF_A_VERSION = re.compile(r" (?:version|edition|variant|build|release)\b")
_OF = re.compile(r" of (?:the )?")
_TOLD_FROM = re.compile(
    r"(?:\bnot|n't mean|\bnever|\bnor|\brather than|\binstead of|\bas opposed to) (?:the )?$"
)


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


def edition(words: Words, j: int, labels: list[str], known: Mapping[str, list[str]]) -> list[str] | None:
    """The app of which the edition is told right behind another name of the app: "watsapp business"."""
    one = len(labels) == 1 and words.at(j) in word_list("apps", "versions")
    ids = known.get(key(labels[0]) + words.at(j)) if one else None
    return ids if ids and len(ids) == 1 and ":" not in ids[0] else None


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
    tells no more than that; "Max, the Russian messenger".
    """
    start, end = words.all[i].start, words.all[j - 1].end
    for e in places:
        if e.entity != "country":
            continue
        between = words.low[end : e.start]
        called = _KIND_CALLED.fullmatch(words.low[e.end : start])
        kind_of_there = _THE.fullmatch(between) and _THE_KIND.match(words.low[e.end :])
        of_there = kind_of_there and not _NOT.search(between)
        if not (called or of_there or _FROM.fullmatch(between)):
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
        full = [
            e
            for e in apps
            if e.value in shared.candidates and (len(e.text) > len(shared.text) or e.stance == NEGATED)
        ]
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
