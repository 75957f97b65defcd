"""Every ruling that differs between two rule sets, exactly, over all enquiries that both know.

Only where a rule changed can a ruling change. So only the cells of changed rules are looked at, and of them
only those where another rule decides than before.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from guidelines.analysis.cells import region_of
from guidelines.analysis.frame import Frame
from guidelines.analysis.space import (
    Law,
    Lawyer,
    Leaf,
    Space,
    Values,
    leaves,
    new_scopes,
    union,
)
from guidelines.analysis.territory import Settled, Territory
from guidelines.rules import Corpus, Effect
from guidelines.ruling import Ruling, Unclear, decide
from guidelines.vocabulary import DIMENSIONS, Vocabulary

_OLD, _NEW, _BOTH = 1, 2, 3
_MOST_SCOPES = 3000

Signature = tuple[Any, ...]


@dataclass
class Group:
    """Rulings that change alike: the same effect and mark before, the same after, and the same rules that no
    longer decide (`gone`) or decide now (`came`; a rule that was itself changed may be in both).

    `count` says for how many combinations of role, device, country and app; `example` is one of them, and
    `before` and `after` are its rulings. Where the group differs, other rules that decide both before and
    after may be named beside.
    """

    before: Ruling
    after: Ruling
    gone: tuple[str, ...]
    came: tuple[str, ...]
    count: int
    example: Mapping[str, str]


@dataclass
class Difference:
    """What differs between two rule sets on a day.

    `compared` is the number of combinations of role, device, country and app that both know, `changed` how
    many of them are ruled otherwise. `added` and `removed` are values that only the new or the old one
    knows. `reworded` are rules that say something else to staff without changing a ruling.
    """

    on: dt.date
    compared: int
    groups: list[Group] = field(default_factory=list)
    added: dict[str, tuple[str, ...]] = field(default_factory=dict)
    removed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    rules_added: tuple[str, ...] = ()
    rules_removed: tuple[str, ...] = ()
    rules_changed: tuple[str, ...] = ()
    reworded: tuple[str, ...] = ()

    @property
    def changed(self) -> int:
        """How many combinations are ruled otherwise."""
        return sum(group.count for group in self.groups)


def compare(old: Corpus, new: Corpus, on: dt.date) -> Difference:
    """Every ruling that `new` changes against `old` on a day; the biggest groups first.

    Rules with unknown concepts are left out: lint reports them as errors.
    """
    shared = _shared(old.vocabulary, new.vocabulary)
    compared = 1
    for values in shared.values():
        compared *= len(values)
    found = Difference(on, compared)
    found.added = _only_in(new.vocabulary, shared)
    found.removed = _only_in(old.vocabulary, shared)
    _rules(old, new, found)
    groups: dict[Signature, Group] = {}
    sides = _Sides(old, new, shared, on)
    for leaf in leaves(sides.space, sides.touched()):
        _compare_leaf(leaf, sides, groups)
    found.groups = sorted(groups.values(), key=lambda group: -group.count)
    return found


class _Sides:
    """The laws of both rule sets in one space, each with the sides on which it stands."""

    def __init__(self, old: Corpus, new: Corpus, shared: Mapping[str, Sequence[str]], on: dt.date) -> None:
        self.on = on
        before, after, values, scopes = _laws(old, new, shared, on)
        by_id = {law.rule.id: law for law in before}
        self.orders: tuple[dict[int, int], dict[int, int]] = ({}, {})
        self.sides: list[int] = []
        laws: list[Law] = []

        def add(law: Law, side: int, old_order: int | None, new_order: int | None) -> None:
            for order, given in zip(self.orders, (old_order, new_order), strict=True):
                if given is not None:
                    order[len(laws)] = given
            self.sides.append(side)
            laws.append(Law(len(laws), law.guideline, law.rule, law.admits, law.days, law.scopes))

        for law in after:
            twin = by_id.get(law.rule.id)
            if twin is not None and self._behaviour(twin) == self._behaviour(law):
                add(law, _BOTH, twin.number, law.number)
                del by_id[law.rule.id]
            else:
                add(law, _NEW, None, law.number)
        for law in before:
            if law.rule.id in by_id:
                add(law, _OLD, law.number, None)
        self.space = Space(values, scopes, laws, [on])
        self.shared = tuple((1 << len(shared[dimension])) - 1 for dimension in DIMENSIONS)
        # One frame for all apps, so that a scope is laid out once.
        held = [law for law in laws if law.days and not law.empty]
        roles, devices, countries = (
            union(law.admits[axis] for law in held if self.sides[law.number] != _BOTH) & self.shared[axis]
            for axis in range(3)
        )
        self.frame = Frame(self.space, held, (roles, devices, countries))

    def _behaviour(self, law: Law) -> Signature:
        """All of a law that a ruling can depend on, here or by displacing another."""
        rule = law.rule
        return (
            law.admits, law.days, rule.baseline, rule.binding, rule.overrides, law.guideline.id,
            law.guideline.issuer, *self.speech(law),
        )  # fmt: skip

    def speech(self, law: Law) -> Signature:
        """What a ruling says when this law decides."""
        rule = law.rule
        return rule.id, rule.effect, rule.conditions, rule.approver, law.guideline.overdue_on(self.on)

    def changed(self) -> list[Law]:
        """The laws that do not stand alike on both sides and are valid on the day."""
        return [
            law for law, side in zip(self.space.laws, self.sides, strict=True) if side != _BOTH and law.days
        ]

    def is_changed(self, law: Law) -> bool:
        """Whether a law does not stand alike on both sides."""
        return self.sides[law.number] != _BOTH

    def touched(self) -> int:
        """The apps (bits) that some changed law is about."""
        return union(law.admits[3] for law in self.changed()) & self.shared[3]

    def outcome(self, side: int, laws: Sequence[Law]) -> Ruling:
        """The ruling of the laws that decide on one side, which is 0 for old and 1 for new."""
        order = self.orders[side]
        ordered = sorted(laws, key=lambda law: order[law.number])
        return decide([(law.guideline, law.rule) for law in ordered], self.on)


def _laws(old: Corpus, new: Corpus, shared: Mapping[str, Sequence[str]], on: dt.date) -> tuple[Any, ...]:
    """Both sides' laws over common values.

    Where one side has values that the other lacks, a scope may be narrower than another only thanks to
    them. Then all values are kept; else the shared ones are enough, and a rule that merely admits a new app
    too counts as unchanged.
    """
    everything = {
        d: list(dict.fromkeys([*shared[d], *old.vocabulary[d].values, *new.vocabulary[d].values]))
        for d in DIMENSIONS
    }
    lists: Mapping[str, Sequence[str]] = everything
    if any(len(everything[d]) > len(shared[d]) for d in DIMENSIONS):
        full = [_lawyers(corpus, Values(everything), on) for corpus in (old, new)]
        masks = [(1 << len(shared[d])) - 1 for d in DIMENSIONS]
        if all(
            _order_kept({law.admits[i] for law in laws}, mask)
            for laws in full
            for i, mask in enumerate(masks)
        ):
            lists = shared
    values, scopes = Values(lists), new_scopes()
    before = Lawyer(old.vocabulary, values, scopes).laws(old, [on])
    after = Lawyer(new.vocabulary, values, scopes).laws(new, [on])
    return before, after, values, scopes


def _lawyers(corpus: Corpus, values: Values, on: dt.date) -> list[Law]:
    return Lawyer(corpus.vocabulary, values, new_scopes()).laws(corpus, [on])


def _order_kept(scopes: set[int], mask: int) -> bool:
    """Whether the same scopes are subsets of each other with and without the values outside of `mask`."""
    if all(not scope & ~mask for scope in scopes):
        return True
    if len(scopes) > _MOST_SCOPES:
        return False
    listed = [(scope, scope & mask) for scope in scopes]
    return all(bool(a & ~b) == bool(x & ~y) for a, x in listed for b, y in listed)


def _compare_leaf(leaf: Leaf, sides: _Sides, groups: dict[Signature, Group]) -> None:
    changed = [law for law in leaf.laws if sides.sides[law.number] != _BOTH]
    if not changed:
        return
    territory = Territory(leaf, sides.space, sides.frame, sides.is_changed)
    both = _Both(territory, sides)
    for keys, part in territory.parts(both.differing, both.splitters()):
        for places, key in both.changed_parts(part, keys):
            group = groups.get(key)
            if group is None:
                place = int(places[0])
                before, after = (both.outcome(side, 1 << place) for side in (0, 1))
                gone, came = key[2:]
                person = territory.person(place).enquiry
                group = groups[key] = Group(
                    before, after, tuple(sorted(gone)), tuple(sorted(came)), 0, person
                )
            group.count += territory.count(places)


class _Both:
    """A leaf settled on both sides, in the cells of changed laws."""

    def __init__(self, territory: Territory, sides: _Sides) -> None:
        self._territory, self._sides = territory, sides
        self._laws = territory.laws
        self.settled = _settle_both(territory, sides)
        self.decides = [
            [side.decides(i) if remains else 0 for i, remains in enumerate(side.remains)]
            for side in self.settled
        ]
        # By what they say, since a rule may say the same on both sides and yet not be the same.
        self._said: dict[Signature, list[int]] = {}
        for law, before, after in zip(self._laws, *self.decides, strict=True):
            if before or after:
                pair = self._said.setdefault(sides.speech(law), [0, 0])
                pair[0] |= before
                pair[1] |= after
        self.differing = union(before ^ after for before, after in self._said.values())

    def splitters(self) -> list[tuple[Any, int]]:
        """Regions that tell the groups apart: marks of either side, and laws that went or came."""
        found: list[tuple[Any, int]] = []
        for side, settled in enumerate(self.settled):
            for effect in Effect:
                found.append(((side, effect), settled.of_effect[effect]))
            overdue = union(
                decides
                for law, decides in zip(self._laws, self.decides[side], strict=True)
                if law.guideline.overdue_on(self._sides.on)
            )
            found.append(((side, Unclear.REVIEW_OVERDUE), overdue))
        for speech, (before, after) in self._said.items():
            if before != after:
                found.append(((0, speech), before & ~after))
                found.append(((1, speech), after & ~before))
        return found

    def changed_parts(self, places: Any, keys: Sequence[Any]) -> Iterator[tuple[Any, Signature]]:
        """A part with the key of its group; only those of its cells whose ruling really is another."""
        marks = [_mark([name for at, name in keys if at == side]) for side in (0, 1)]
        said = [[name for at, name in keys if at == side and isinstance(name, tuple)] for side in (0, 1)]
        gone, came = (frozenset(speech[0] for speech in speeches) for speeches in said)
        key = (*marks, gone, came)
        if marks[0] != marks[1] or gone != came:
            yield places, key
            return
        # The same rules decide, and say something else: that matters only where it is heard, and where no
        # other rule says it on both sides.
        strictest = marks[0][0]
        texts = [{text for speech in speeches for text in _heard(speech, strictest)} for speeches in said]
        unheard = 0
        for text in texts[0] ^ texts[1]:
            unheard |= ~union(
                before & after
                for speech, (before, after) in self._said.items()
                if text in _heard(speech, strictest)
            )
        if unheard:
            length = self._territory.everywhere.bit_length()
            region = region_of(places, length) & unheard
            for _, some in self._territory.parts(region, []):
                yield some, key

    def outcome(self, side: int, cell: int) -> Ruling:
        """The ruling of one cell on one side, which is 0 for old and 1 for new."""
        deciding = [law for law, region in zip(self._laws, self.decides[side], strict=True) if region & cell]
        return self._sides.outcome(side, deciding)


def _heard(speech: Signature, strictest: Effect | None) -> set[tuple[str, str]]:
    """The conditions and the approver that a law adds to a ruling whose strictest effect is given."""
    _, effect, conditions, approver, _ = speech
    if strictest is None or (not strictest.permissive and effect is not strictest):
        return set()
    return {("condition", text) for text in conditions} | ({("approver", approver)} if approver else set())


def _mark(names: Sequence[Any]) -> Signature:
    """The effect and why it is unclear, from the marks of a part on one side."""
    effects = [name for name in names if isinstance(name, Effect)]
    if not effects:
        return None, Unclear.NO_GUIDANCE
    strictest = max(effects, key=lambda effect: effect.strictness)
    if not strictest.permissive and any(effect.permissive for effect in effects):
        return strictest, Unclear.CONFLICTING_GUIDANCE
    return strictest, Unclear.REVIEW_OVERDUE if Unclear.REVIEW_OVERDUE in names else None


def _settle_both(territory: Territory, sides: _Sides) -> tuple[Settled, Settled]:
    """Where each law remains on either side, looking only at the cells of changed laws."""
    standing = [sides.sides[law.number] for law in territory.laws]
    on_side = [union(1 << i for i, side in enumerate(standing) if side & which) for which in (_OLD, _NEW)]
    both = on_side[0] & on_side[1]
    remains: tuple[list[int], list[int]] = ([], [])
    for i, displacing in enumerate(territory.displacers):
        left = territory.left(i, displacing & both, territory.focus)
        for which, found in enumerate(remains):
            stands = standing[i] & (_OLD, _NEW)[which]
            found.append(territory.left(i, displacing & on_side[which] & ~both, left) if stands else 0)
    return Settled(territory.laws, tuple(remains[0])), Settled(territory.laws, tuple(remains[1]))


def _signature(ruling: Ruling) -> Signature:
    return (
        ruling.effect, ruling.unclear, frozenset(ruling.rules), frozenset(ruling.conditions),
        frozenset(ruling.approvers),
    )  # fmt: skip


def _shared(old: Vocabulary, new: Vocabulary) -> dict[str, tuple[str, ...]]:
    known = {d: frozenset(old[d].values) for d in DIMENSIONS}
    return {d: tuple(value for value in new[d].values if value in known[d]) for d in DIMENSIONS}


def _only_in(vocabulary: Vocabulary, shared: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    known = {d: frozenset(shared[d]) for d in DIMENSIONS}
    found = {d: tuple(value for value in vocabulary[d].values if value not in known[d]) for d in DIMENSIONS}
    return {dimension: values for dimension, values in found.items() if values}


def _rules(old: Corpus, new: Corpus, found: Difference) -> None:
    before = {rule.id: (guideline, rule) for guideline, rule in old.rules()}
    after = {rule.id: (guideline, rule) for guideline, rule in new.rules()}
    found.rules_added = tuple(rule for rule in after if rule not in before)
    found.rules_removed = tuple(rule for rule in before if rule not in after)
    found.rules_changed = tuple(
        rule for rule in after if rule in before and after[rule][1] != before[rule][1]
    )
    found.reworded = tuple(
        rule for rule in found.rules_changed if before[rule][1].reason != after[rule][1].reason
    )
