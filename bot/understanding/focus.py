"""The app of the question: what is only told of, or compared with, is not asked about.

"Everybody here has Zalo. Could I have Viber?" names two apps and asks about one. A clause asks, wants,
tells, or does neither ("on my work phone"). Where a clause asks for an app by name, one that is named only in
clauses that tell is not asked about; nor is what the other is held against ("safer than Slack"). In doubt an
app stays, and `apart` has it asked about. The words are data: `lexicon/focus.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

from .lexicon import load
from .lexicon import words as word_list
from .model import ASSERTED, EXACT, INFERRED, NEGATED, OTHER, Entity
from .text import Words, covered
from .which_app import told_in_full

TELLS, NEITHER, WANTS, ASKS = range(4)
_LISTS = ("compared", "verbs", "openers", "kinds")
_P = {name: re.compile(pattern) for name, pattern in load("focus").items() if name not in _LISTS}
_COMPARED = [
    tuple(re.compile(pair.get(side, default)) for side, default in (("before", "$"), ("after", "^")))
    for pair in load("focus")["compared"]
]
_VERBS = word_list("asides", "verbs") | word_list("focus", "verbs")
_KINDS = word_list("focus", "kinds")
_OPENERS = word_list("focus", "openers")
_WORD = re.compile(r"[\w'-]+")
_JOINS = re.compile(r" ?(?:and|or|&|/) ?")
_SHORT = ("'re", "'ve", "'d")
_START = re.compile(r"[\s,.;:()?!-]*")


@dataclass
class Clause:
    """A stretch of the message, what it does, and the apps that it names."""

    said: str
    kind: int = NEITHER
    ends: str = ""
    apps: list[Entity] = field(default_factory=list)


def compared(words: Words, entities: list[Entity]) -> None:
    """What another app is held against is not asked about, where that other is."""
    _described(words, entities)
    apps = _asked(entities)
    if _P["all_the_same"].search(words.low):
        return
    low = _without_names(words, entities)
    held_against: list[Entity] = []
    for k, e in enumerate(apps):
        joined = (
            held_against
            and held_against[-1] is apps[k - 1]
            and _JOINS.fullmatch(low[apps[k - 1].end : e.start])
        )
        if joined or any(b.search(low[: e.start]) and a.match(low[e.end :]) for b, a in _COMPARED):
            held_against.append(e)
    left = {e.value for e in apps if not any(e is h or e.overlaps(h) for h in held_against)}
    for e in held_against:
        if left - {e.value}:
            e.stance = OTHER


def of_the_question(words: Words, entities: list[Entity]) -> None:
    """What is named only where a clause tells is not asked about, where a clause asks or wants another."""
    _not_had_yet(words, entities)
    told_in_full(words, entities)
    if len({e.value for e in _asked(entities)}) < 2:
        return
    clauses = _clauses(_without_names(words, entities), entities)
    kinds: dict[str, int] = {}
    for clause in clauses:
        for e in _asked(clause.apps):
            kinds[e.value] = max(kinds.get(e.value, TELLS), clause.kind)
    best = max(kinds.values(), default=NEITHER)
    if best < WANTS or any(c.kind == ASKS and _P["all_of_them"].search(c.said) for c in clauses):
        return
    for e in _asked(entities):
        if kinds.get(e.value) == TELLS:
            e.stance = OTHER


def _not_had_yet(words: Words, entities: list[Entity]) -> None:
    """ "She hasn't got Viber. Can she get it?", "why are we told not to use Viber": that is asked about."""
    denied = [e for e in entities if e.entity == "app" and e.stance == NEGATED]
    if len({e.value for e in denied}) != 1 or _asked(entities):
        return
    before, after = words.low[: denied[0].start], words.low[denied[-1].end :]
    if (_P["not_had"].search(before) and _P["asks_for_it"].search(after)) or _P["why_not"].search(before):
        for e in denied:
            e.stance = ASSERTED


def _described(words: Words, entities: list[Entity]) -> None:
    """ "Blorp, a navigation app", "an AI note taker, Blorp": the kind only says what the name is."""
    apps = _asked(entities)
    for k, e in enumerate(apps):
        if any(not _kind_only(a) for a in apps[:k]) and _told_last(words, e):
            e.stance = OTHER
    apps = _asked(entities)
    for first, second in pairwise(apps):
        between = words.low[first.end : second.start]
        if _kind_only(second) and not _kind_only(first) and _P["is_a_kind"].fullmatch(between):
            second.stance = OTHER
        if second.value.startswith("category:") and ":" not in first.value:
            second.stance = OTHER if _P["what_for"].fullmatch(between) else second.stance
        one = _P["one_of_a_kind"].search(words.low[: first.start])
        if one and _kind_only(first) and not _kind_only(second) and _P["namely"].fullmatch(between):
            first.stance = OTHER


def _told_last(words: Words, e: Entity) -> bool:
    """Whether it stands by itself and only says what was named before it: "Blorp for files, cloud storage
    app", "Keep? It's the Google notes one".
    """
    before, after = words.low[: e.start], words.low[e.end :]
    if e.entity == "ambiguous_app":
        return bool(_P["maker_before"].search(before) and _P["maker_after"].match(after))
    if not _kind_only(e) or not _P["kind_after"].match(after):
        return False
    bare = _P["bare_kind_before"].search(before) and _P["bare_kind"].search(e.text.lower())
    return bool(bare or _P["kind_before"].search(before))


def _kind_only(e: Entity) -> bool:
    return ":" in e.value or e.text in _KINDS


def _asked(entities: list[Entity]) -> list[Entity]:
    apps = [e for e in entities if e.dimension == "app" and e.stance == ASSERTED]
    return sorted(apps, key=lambda e: e.start)


def _clauses(low: str, entities: list[Entity]) -> list[Clause]:
    """The clauses of a message, with what each of them does."""
    found: list[Clause] = []
    at = 0
    for end in [*(m.start() for m in _P["boundary"].finditer(low)), len(low)]:
        start = _START.match(low, at, end).end()
        if start < end:
            clause = Clause(low[start:end].strip(), ends=low[end : end + 1])
            clause.apps = [e for e in entities if e.dimension == "app" and start <= e.start < end]
            clause.kind = _kind(clause)
            found.append(clause)
        at = end
    for before, clause in pairwise(found):
        listed = before.ends in (",", "") and before.kind == TELLS and before.apps
        wanted = _P["their_wishes"].search(clause.said)  # "we've Teams, now they want Zoom"
        if clause.kind == NEITHER and listed and clause.apps and not (wanted or _judged(clause)):
            clause.kind = TELLS  # "our drivers are on Viber, the guards on Telegram"
        elif clause.kind == NEITHER and clause.apps and before.kind >= WANTS and not before.apps:
            clause.kind = WANTS  # "only after the second one, Viber"
    named = any(c.kind >= WANTS and c.apps for c in found)
    for before, clause in pairwise(found):
        if before.apps and not named and clause.ends == "?" and _P["tag"].fullmatch(clause.said):
            before.kind = ASKS  # "But Bilibili is a different beast, isn't it?"
    for k, clause in enumerate(found):
        if clause.kind == ASKS and not clause.apps:
            _points_at(found[:k])
    return found


def _points_at(earlier: list[Clause]) -> None:
    """A question without a name is about what was named last: that stays, and where nothing before was
    asked about and what went before it is only told, it is likely the one ("They all play Genshin. I only
    play chess on Lichess. Is that ok?").
    """
    named = next((c for c in reversed(earlier) if c.apps), None)
    if named is None:
        return
    own = named.kind == NEITHER or (named.kind == TELLS and bool(_P["ones_own"].match(named.said)))
    alone = own and len({e.value for e in _asked(named.apps)}) == 1
    if alone and all(c.kind == TELLS for c in earlier if c.apps and c is not named):
        for e in _asked(named.apps):
            e.how = INFERRED if e.how == EXACT else e.how
        named.kind = WANTS
    named.kind = max(named.kind, NEITHER)


def _kind(clause: Clause) -> int:
    said = clause.said
    if _P["opinion"].search(said) and not _P["permission"].search(said):
        return TELLS  # "is Viber any better than Zalo?"
    if clause.ends != "?" and _P["concedes"].match(said):
        return TELLS
    if clause.ends == "?" or _P["asks"].search(said):
        return ASKS
    if _P["wishes"].search(said) and not _P["habits"].search(said):
        return WANTS
    if _P["their_wishes"].search(said):
        return NEITHER
    if _tells(said):
        return TELLS
    return ASKS if _judged(clause) else NEITHER


def _judged(clause: Clause) -> bool:
    return bool(_P["judged_fragment"].search(clause.said)) and not _tells(clause.said)


def _tells(said: str) -> bool:
    """Whether a verb follows a subject, or opens the clause in a form that no question has."""
    found = _WORD.findall(said)
    if _P["somebody_did"].search(said):
        return True
    if found and (found[0] in _OPENERS or found[0].endswith("'ve")):
        return True
    return any(
        (word in _VERBS or word.endswith(_SHORT)) and before not in ("to", "not")
        for before, word in pairwise(found)
    )


def _without_names(words: Words, entities: list[Entity]) -> str:
    apps = [(e.start, e.end) for e in entities if e.dimension == "app" and ":" not in e.value]
    return covered(words.low, apps)
