"""The few lines that an officer reads even when nothing else: what matters most, first."""

from __future__ import annotations

from collections.abc import Sequence

from answers.wording import day, listed
from briefings import wording
from briefings.model import Approval, Board, Open, Place

_MOST = 7


def in_short(
    places: Sequence[Place], approvals: Sequence[Approval], points: Sequence[Open]
) -> tuple[str, ...]:
    """The summary: risk, local life, what differs, blocks, approvals, what is unclear."""
    lines: list[str] = []
    depends = any(
        row.there.status == "depends" for place in places for board in place.boards for row in board.differs
    )
    several = len(places) > 1
    for place in places:
        head = f"{place.title}: " if several else ""
        if place.is_home:
            lines.append(
                f"{place.title} is home: the rulings there are the ones that others are compared with."
            )
            continue
        if place.risk:
            mark = " (illustrative list)" if place.risk.illustrative else ""
            lines.append(f"{head}Treated as a place of elevated risk{mark}. {place.risk.text}")
        lines += [head + line for line in _local(place)]
        lines += [head + line for line in _differing(place)]
        if place.caught:
            lines.append(head + "Some apps that you may use are reported as blocked there; see below.")
        if not place.known:
            lines.append(head + "Nothing is recorded about local apps or blocks there: ask the post.")
    if depends:
        lines.append("Many rulings depend on the role, which was not given: ask again with it.")
    if approvals:
        dated = [a for a in approvals if a.ask_by]
        first = min(dated, key=lambda a: a.ask_by) if dated else None  # type: ignore[arg-type,return-value]
        by = f"; the first by {day(first.ask_by)}" if first and first.ask_by else ""
        count = len(approvals)
        lines.append(
            f"There {'are' if count > 1 else 'is'} {count} approval{'s' * (count > 1)} to ask for{by}."
        )
    if points:
        lines.append(
            f"{len(points)} point{'s are' if len(points) > 1 else ' is'} unclear today: hold off on what is "
            "listed under “What is unclear today”."
        )
    return tuple(lines[: _MOST * max(1, len(places))])


def _local(place: Place) -> list[str]:
    lines = []
    for item in place.locals[:3]:
        if item.on:
            said = "; ".join(
                f"{wording.lower(on.said.heading)} on {wording.lower(on.devices)}" for on in item.on[:3]
            )
            lines.append(f"Local life runs on {item.app}: {said}.")
    return lines


def _differing(place: Place) -> list[str]:
    if not place.compared:
        return []
    changed = [board for board in place.boards if board.differs]
    if not changed:
        return [f"No ruling differs from {place.compared}: what holds at home holds there."]
    return [_change(board, place.compared) for board in changed[:3]]


def _change(board: Board, home: str) -> str:
    """What is ruled otherwise than at home on some devices, in a line."""
    parts = []
    moved = [row for row in board.differs if row.home and row.there.heading != row.home.heading]
    for heading in dict.fromkeys(row.there.heading for row in moved):
        names = [row.short for row in moved if row.there.heading == heading]
        parts.append(f"{wording.lower(heading)} for {listed(names, most=6)}")
    if len(moved) < len(board.differs):
        terms = "more apps keep their ruling on other terms" if parts else "the same rulings on other terms"
        parts.append(terms)
    return f"{board.title}, other than in {home}: {'; '.join(parts)}."
