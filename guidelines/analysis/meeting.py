"""Two rule sets settled side by side for the apps of one leaf, and the parts where they rule otherwise.

Cells in which the same laws apply are one kind. Laws are rows and kinds are columns; a row is an integer of
bits while what displaces it is taken away, and part of a numpy table before and after.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from guidelines.analysis.cells import alike
from guidelines.analysis.relation import bits_of
from guidelines.analysis.space import Law
from guidelines.analysis.territory import Territory
from guidelines.rules import Effect
from guidelines.ruling import Unclear

OLD, NEW, BOTH = 1, 2, 3

Signature = tuple[Any, ...]
_EFFECTS = {effect.strictness: effect for effect in Effect}
_APPROVAL, _PROHIBITED = Effect.APPROVAL_REQUIRED.strictness, Effect.PROHIBITED.strictness
_STRICTEST_PERMISSIVE = Effect.CONDITIONAL.strictness


class Standing(Protocol):
    """What is known of the laws of both rule sets."""

    sides: Sequence[int]

    def speech(self, law: Law) -> Signature:
        """What a ruling says when this law decides: rule, effect, conditions, approver, overdue."""


@dataclass(frozen=True)
class Part:
    """Kinds of cells whose rulings change alike, with the key of their group."""

    key: Signature
    count: int
    place: int
    kind: int
    meeting: Meeting

    def deciding(self) -> list[list[Law]]:
        """The laws that decide in one of the cells, before and after."""
        laws = self.meeting.laws
        return [[laws[i] for i in np.flatnonzero(side[:, self.kind])] for side in self.meeting.decides]


class Meeting:
    """The cells in focus of a territory, settled on both sides."""

    def __init__(self, territory: Territory, standing: Standing) -> None:
        self.laws = territory.laws
        self._counts, self._places, table = territory.kinds()
        on = np.array([standing.sides[law.number] for law in self.laws], np.uint8)
        strict = np.array([law.rule.effect.strictness for law in self.laws], np.int8)
        speeches = [standing.speech(law) for law in self.laws]
        overdue = np.array([speech[-1] for speech in speeches], bool)
        self.decides: list[np.ndarray] = []
        self._marks: list[np.ndarray] = []
        for remains in _remaining(territory, table, on):
            decides, strictest, clash = _deciding(remains, strict)
            self.decides.append(decides)
            late = ~clash & decides[overdue].any(axis=0)
            self._marks.append((strictest + 1) * 4 + clash * 2 + late)
        self._speeches, self._said = _by_speech(speeches, self.decides)

    def parts(self) -> Iterator[Part]:
        """The kinds that are ruled otherwise, those of one key together."""
        before, after = self._said
        kinds = np.flatnonzero((before != after).any(axis=0))
        if not kinds.size:
            return
        before, after = before[:, kinds], after[:, kinds]
        gone, came = before & ~after, after & ~before
        marks = np.array([side[kinds] for side in self._marks], np.uint8)
        keys = np.concatenate([marks, np.packbits(gone, axis=0), np.packbits(came, axis=0)]).T
        _, first, of = alike(keys)
        order = np.argsort(of, kind="stable")
        for at, held in zip(first, np.split(order, np.cumsum(np.bincount(of))[:-1]), strict=True):
            said = [[self._speeches[i] for i in np.flatnonzero(side[:, at])] for side in (gone, came)]
            was, now = (_mark(int(side[at])) for side in marks)
            names = [frozenset(speech[0] for speech in speeches) for speeches in said]
            chosen = kinds[held]
            if was == now and names[0] == names[1]:
                # The same rules decide, and say something else: that matters only where it is heard, and
                # where no other rule says it on both sides.
                texts = [_texts(speeches, was[0]) for speeches in said]
                chosen = chosen[self._heard(texts[0] ^ texts[1], chosen, was[0])]
            if chosen.size:
                count = int(self._counts[chosen].sum())
                kind = int(chosen[0])
                yield Part((was, now, *names), count, int(self._places[kind]), kind, self)

    def _heard(
        self, texts: Iterable[tuple[str, str]], kinds: np.ndarray, strictest: Effect | None
    ) -> np.ndarray:
        """In which kinds some of the texts is not heard on both sides from rules that did not change."""
        heard = np.zeros(len(kinds), bool)
        for text in texts:
            saying = [i for i, speech in enumerate(self._speeches) if text in _texts([speech], strictest)]
            before, after = (side[np.ix_(saying, kinds)] for side in self._said)
            heard |= ~(before & after).any(axis=0)
        return heard


def _remaining(territory: Territory, table: np.ndarray, on: np.ndarray) -> Iterator[np.ndarray]:
    """Where (a row for each law, a column for each kind) each law remains, before and after.

    Rows are integers with a bit for each kind; most laws are gone after a few of those that displace them.
    """
    standing = on.tolist()
    sides = [sum(1 << i for i, side in enumerate(standing) if side & which) for which in (OLD, NEW)]
    both = sides[0] & sides[1]
    applies = bits_of(table)
    whole = (1 << table.shape[1]) - 1
    outside = [whole ^ region for region in applies]
    size = (table.shape[1] + 7) // 8
    rows: list[list[bytes]] = [[], []]
    for i, displacing in enumerate(territory.displacers):
        left = _less(applies[i], displacing & both, outside)
        for which, side in enumerate(sides):
            stands = left if side >> i & 1 else 0
            remains = _less(stands, displacing & side & ~both, outside)
            rows[which].append(remains.to_bytes(size, "little"))
    for packed in rows:
        found = np.frombuffer(b"".join(packed), np.uint8).reshape(len(packed), size)
        yield np.unpackbits(found, axis=1, count=table.shape[1], bitorder="little").view(bool)


def _less(region: int, without: int, outside: Sequence[int]) -> int:
    while without and region:
        lowest = without & -without
        region &= outside[lowest.bit_length() - 1]
        without ^= lowest
    return region


def _deciding(remains: np.ndarray, strict: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Where each law decides (SPEC section 3, point 3), the strictest effect or -1, and the clashes."""
    found = [remains[strict == rank].any(axis=0) for rank in sorted(_EFFECTS)]
    strictest = np.full(remains.shape[1], -1, np.int64)
    for rank, there in enumerate(found):
        strictest[there] = rank
    permitted = np.logical_or.reduce(found[: _STRICTEST_PERMISSIVE + 1])
    clash = permitted & (strictest > _STRICTEST_PERMISSIVE)
    # A prohibition is stricter than a need for approval, unless there is a clash: then all are named.
    silenced = found[_PROHIBITED] & ~clash
    decides = remains.copy()
    decides[strict == _APPROVAL] &= ~silenced
    return decides, strictest, clash


def _by_speech(
    speeches: Sequence[Signature], decides: Sequence[np.ndarray]
) -> tuple[list[Signature], list[np.ndarray]]:
    """What is said where on either side; a rule may say the same on both and yet not be the same."""
    first: dict[Signature, int] = {}
    again = [(i, at) for i, speech in enumerate(speeches) if (at := first.setdefault(speech, i)) != i]
    if not again:
        return list(speeches), list(decides)
    said = [side.copy() for side in decides]
    for side in said:
        for i, at in again:
            side[at] |= side[i]
    kept = list(first.values())
    return list(first), [side[kept] for side in said]


def _mark(code: int) -> tuple[Effect | None, Unclear | None]:
    """The effect and why it is unclear."""
    rank, clash, late = code // 4 - 1, code & 2, code & 1
    if rank < 0:
        return None, Unclear.NO_GUIDANCE
    if clash:
        return _EFFECTS[rank], Unclear.CONFLICTING_GUIDANCE
    return _EFFECTS[rank], Unclear.REVIEW_OVERDUE if late else None


def _texts(speeches: Iterable[Signature], strictest: Effect | None) -> set[tuple[str, str]]:
    """The conditions and the approvers that laws add to a ruling whose strictest effect is given."""
    found: set[tuple[str, str]] = set()
    for _, effect, conditions, approver, _ in speeches:
        if strictest is not None and (strictest.permissive or effect is strictest):
            found.update(("condition", text) for text in conditions)
            if approver:
                found.add(("approver", approver))
    return found
