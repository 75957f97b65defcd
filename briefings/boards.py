"""The rulings of a place as tables: what differs from home row by row, the rest in groups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from answers.reply import deciding
from answers.wording import listed, sentence
from briefings import wording
from briefings.citing import Sources
from briefings.model import Board, Group, Row, Said, Same
from briefings.verdicts import Held, Sheet, Verdict
from guidelines.rulebook import RuleBook
from guidelines.rules import Guideline
from guidelines.ruling import Ruling

_MOST_NAMES = 18
_STATUS_ORDER = ("prohibited", "unclear", "depends", "approval-required", "conditional", "allowed")


@dataclass(frozen=True, slots=True)
class Desk:
    """What every part of the assembly needs: the edition and the sources cited so far."""

    book: RuleBook
    sources: Sources

    def guidelines(self, rulings: Iterable[Ruling]) -> tuple[Guideline, ...]:
        """The guidelines that decide rulings, each once."""
        found = {g.id: g for ruling in rulings for g, _ in deciding(self.book, ruling.rules)}
        return tuple(found.values())

    def said(self, verdict: Verdict) -> Said:
        """A verdict in words."""
        return wording.said(verdict)

    def apps(self, ids: Sequence[str], most: int = 9) -> str:
        """Apps in words; all of their names where they are at most `most`."""
        return wording.apps(ids, self.book.vocabulary["app"], most)


def same_as_home(desk: Desk, boards: Sequence[tuple[str, Mapping[str, Sheet]]]) -> tuple[Same, ...]:
    """What is as at home, for each (place, sheets by device); places and devices that share it together."""
    joined: dict[tuple[tuple[tuple[str, ...], tuple[Group, ...]], ...], list[str]] = {}
    for place, sheets in boards:
        alike: dict[tuple[Group, ...], list[str]] = {}
        for device, found in sheets.items():
            groups = tuple(_groups(desk, [held for held in found if not held.differs]))
            alike.setdefault(groups, []).append(device)
        key = tuple((tuple(devices), groups) for groups, devices in alike.items() if groups)
        joined.setdefault(key, []).append(place)
    return tuple(
        Same(listed(places, most=8), wording.devices(devices, desk.book.vocabulary), devices, groups)
        for key, places in joined.items()
        for devices, groups in key
    )


def board(desk: Desk, devices: tuple[str, ...], found: Sheet, needed: Sequence[str], compare: bool) -> Board:
    """The tables of one place for devices that are ruled alike.

    Args:
        needed: the apps that local life runs on; what holds for them comes first.
        compare: whether there is a home to compare with; without one every part is a row.
    """
    rows = [_row(desk, held, needed) for held in found if held.differs or not compare]
    rows.sort(key=lambda row: (not row.needed, _STATUS_ORDER.index(row.there.status), len(row.ids)))
    return Board(devices, wording.devices(devices, desk.book.vocabulary), tuple(rows))


def _row(desk: Desk, held: Held, needed: Sequence[str]) -> Row:
    rulings = held.there.rulings
    guidelines = desk.guidelines(rulings)
    found = [rule for ruling in rulings for _, rule in deciding(desk.book, ruling.rules)]
    single = held.there.ruling
    ids = tuple(sorted(held.apps, key=lambda app: app not in needed))
    return Row(
        apps=desk.apps(ids, _MOST_NAMES),
        ids=ids,
        there=desk.said(held.there),
        home=desk.said(held.home) if held.home else None,
        reasons=tuple(dict.fromkeys(sentence(r.reason) for r in found if r.reason)) if single else (),
        conditions=tuple(sentence(c) for c in single.conditions)
        if single
        else wording.by_role(held.there, desk.book.vocabulary),
        approvers=tuple(sentence(a) for a in single.approvers) if single else (),
        rules=tuple(dict.fromkeys(rule for ruling in rulings for rule in ruling.rules)),
        refs=desk.sources.refs(guidelines),
        needed=any(app in needed for app in held.apps),
        illustrative=any(g.provenance == "illustrative" for g in guidelines),
    )


def _groups(desk: Desk, same: Sequence[Held]) -> Iterable[Group]:
    """What is as at home, by the ruling alone: the conditions are those that the reader knows."""
    joined: dict[Said, list[Held]] = {}
    for held in same:
        joined.setdefault(desk.said(held.there), []).append(held)
    order = {app: i for i, app in enumerate(desk.book.vocabulary["app"].values)}
    for there in sorted(joined, key=lambda one: _STATUS_ORDER.index(one.status)):
        ids = sorted((app for held in joined[there] for app in held.apps), key=order.__getitem__)
        guidelines = desk.guidelines(r for held in joined[there] for r in held.there.rulings)
        yield Group(there, desk.apps(ids, _MOST_NAMES), tuple(ids), desk.sources.refs(guidelines))
