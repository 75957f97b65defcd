"""The first page: the few lines that an officer reads even when nothing else, and what to do first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from answers.wording import day, listed
from briefings import wording
from briefings.itinerary import Posting
from briefings.letters import lower
from briefings.model import Approval, Board, Due, Errand, Line, Open, Place, Row, Task
from guidelines.vocabulary import Scheme, Vocabulary

_STRICTNESS = {"prohibited": 3, "unclear": 3, "approval-required": 2, "conditional": 1, "allowed": 0}
_MOST = 10
_MOST_LOCAL = 4
_MOST_BLOCKED = 6
_FEW_NAMES = 4
_MOST_APPROVALS = 3
_MOST_TASKS = {"before": 5, "during": 2, "after": 2}
_TODAY = "Today"
_LONG = 90
_WHEN = {"before": "Before you leave", "during": "While you are there", "after": "After you return"}


def in_short(
    places: Sequence[Place],
    approvals: Sequence[Approval],
    points: Sequence[Open],
    vocabulary: Vocabulary,
    posting: Posting,
) -> tuple[Line, ...]:
    """The summary: of each place its risk, local life, what differs, blocks and law; then approvals, and what
    is unclear. What holds of several places alike is said once."""
    told: dict[tuple[str, str], list[int]] = {}
    for number, place in enumerate(places):
        for said in _of_place(place, vocabulary):
            told.setdefault(said, []).append(number)
    found = []
    for (head, text), numbers in told.items():
        where = listed([places[number].title for number in numbers], most=8) if len(places) > 1 else ""
        found.append(Line(head, text, where, tuple(numbers)))
    whole = [Line(head, text) for head, text in _of_all(places, approvals, points, posting)]
    return most_telling((*found, *whole), len(places), _MOST)


def most_telling(lines: Sequence[Line], places: int, most: int) -> tuple[Line, ...]:
    """The lines that matter most, some of every place, in their order; those of the whole journey always."""
    whole = [line for line in lines if not line.places]
    room = max(places, most - len(whole))
    kept: list[Line] = []
    for turn in range(len(lines)):
        for number in range(places):
            own = [line for line in lines if number in line.places]
            if turn < len(own) and len(kept) < room and own[turn] not in kept:
                kept.append(own[turn])
    return tuple(line for line in lines if line in kept or not line.places)


def _of_place(place: Place, vocabulary: Vocabulary) -> Iterable[tuple[str, str]]:
    if place.is_home:
        yield "Home", "the rulings that others are compared with."
        return
    if place.risk:
        mark = " (illustrative list)" if place.risk.illustrative else ""
        yield f"Elevated risk{mark}", place.risk.text
    if not place.known:
        yield "Not known", "nothing is recorded about local apps, blocks or law there: ask the post."
    yield from _local(place)
    differing = list(_differing(place, vocabulary))
    yield from ((head, text) for kind, head, text in differing if kind == "stricter")
    if place.caught:
        hit = "; ".join(f"{c.apps}{'' if c.every else ' on your ' + c.devices}" for c in place.caught)
        yield "Blocked there, though your guidelines allow it", f"{hit}."
    elif place.stopped:
        yield "Reported as blocked there", f"{listed(place.stopped, most=_MOST_BLOCKED)}."
    if place.law:
        yield "Local law", place.law[0]
    yield from ((head, text) for kind, head, text in differing if kind != "stricter")


def _local(place: Place) -> Iterable[tuple[str, str]]:
    """What local life runs on, with the ruling on it, and the one at home where that is another."""
    joined: dict[str, list[str]] = {}
    for item in place.locals[:_MOST_LOCAL]:
        parts = []
        for on in item.on:
            said = _inline(on.said.heading)
            if on.home and on.home.heading != on.said.heading:
                said += f" (in {place.compared}: {_inline(on.home.heading)})"
            parts.append(said if on.every else f"{said} on your {lower(on.devices)}")
        joined.setdefault("; ".join(parts) or "no ruling, as it is not in the catalogue", []).append(item.app)
    for said, apps in joined.items():
        yield f"Local life runs on {listed(apps)}", f"{said}."


def _differing(place: Place, vocabulary: Vocabulary) -> Iterable[tuple[str, str, str]]:
    """What is ruled otherwise than at home (kind, head, text), apart from what local life runs on."""
    if not place.compared:
        return
    changed = [board for board in place.boards if board.differs]
    if not changed:
        yield "same", "What differs", f"no ruling: what holds in {place.compared} holds there."
        return
    alike: dict[tuple[str, str, str], list[str]] = {}
    for board in changed:
        for said in _changes(board, place, vocabulary):
            alike.setdefault(said, []).extend(board.devices)
    every = sum(len(board.devices) for board in place.boards)
    for (kind, head, text), devices in alike.items():
        on = "" if len(devices) == every else f", {lower(wording.devices(devices, vocabulary))}"
        yield kind, head + on, text


def _changes(board: Board, place: Place, vocabulary: Vocabulary) -> Iterable[tuple[str, str, str]]:
    home = place.compared
    told = {item.id for item in place.locals[:_MOST_LOCAL]}
    kinds: dict[str, dict[str, list[str]]] = {}
    for row in board.differs:
        kind = _kind(row)
        ids = [app for app in row.ids if kind == "terms" or app not in told]
        if ids:
            kinds.setdefault(kind, {}).setdefault(row.there.heading, []).extend(ids)
    scheme = vocabulary["app"]
    for kind, head in (
        ("stricter", f"Stricter than in {home}"),
        ("depends", f"Other than in {home} for some roles"),
        ("looser", f"More is allowed than in {home}"),
    ):
        found = kinds.get(kind, {}).items()
        parts = [
            _names(ids, scheme) if kind == "depends" else f"{_inline(heading)} for {_names(ids, scheme)}"
            for heading, ids in found
        ]
        if parts:
            yield kind, head, "; ".join(parts) + "."
    if terms := [app for ids in kinds.get("terms", {}).values() for app in ids]:
        yield "terms", f"As in {home}, but on other terms", f"{_names(terms, scheme)}."


def _names(ids: Sequence[str], scheme: Scheme) -> str:
    return listed(wording.app_names(ids, scheme, _FEW_NAMES))


def _inline(heading: str) -> str:
    """A ruling within a sentence, where another colon would be in the way."""
    return lower(heading).replace(": ", ", ")


def _kind(row: Row) -> str:
    if row.home is not None and "depends" in (row.there.status, row.home.status):
        return "depends"
    if row.home is None or row.home.heading == row.there.heading:
        return "terms"
    return "stricter" if _STRICTNESS[row.there.status] >= _STRICTNESS[row.home.status] else "looser"


def _of_all(
    places: Sequence[Place], approvals: Sequence[Approval], points: Sequence[Open], posting: Posting
) -> Iterable[tuple[str, str]]:
    depends = any(
        row.there.status == "depends" for place in places for board in place.boards for row in board.differs
    )
    if depends and posting.role is None:
        yield "Your role", "many rulings depend on it, and it was not given: ask again with it."
    if approvals:
        dated = [approval.ask_by for approval in approvals if approval.ask_by]
        late = any(approval.late for approval in approvals)
        when = ", the first today" if late else f", the first by {day(min(dated))}" if dated else ""
        ask = "" if dated else " Name the day you leave, and the briefing says by when."
        yield "Approvals", f"{len(approvals)} to ask for{when}.{ask}"
    if points:
        count = "1 point is" if len(points) == 1 else f"{len(points)} points are"
        yield "Unclear today", f"{count} not settled: hold off on what “What is unclear today” lists."


def first_things(approvals: Sequence[Approval], tasks: Mapping[str, Sequence[Task]]) -> tuple[Due, ...]:
    """What to do first: approvals by date, then what is essential before, during and after."""
    found: dict[str, list[Errand]] = {}
    late = False
    for approval in approvals[:_MOST_APPROVALS]:
        late |= approval.late
        found.setdefault(_by(approval), []).append(_errand(approval))
    if len(approvals) > _MOST_APPROVALS:
        more = f"And {len(approvals) - _MOST_APPROVALS} more to ask for: see “Approvals to ask for”."
        found[next(reversed(found))].append(Errand(more))
    room = {**_MOST_TASKS, "before": _MOST_TASKS["before"] - max(0, len(approvals[:_MOST_APPROVALS]) - 1)}
    for phase, most in room.items():
        essential = [task for task in tasks[phase] if task.essential][:most]
        if essential:
            found.setdefault(_WHEN[phase], []).extend(Errand(task.text, task.ref) for task in essential)
    return tuple(Due(by, tuple(errands), late and by == _TODAY) for by, errands in found.items())


def _by(approval: Approval) -> str:
    if approval.ask_by is None:
        return _WHEN["before"]
    return _TODAY if approval.late else f"By {day(approval.ask_by)}"


def _errand(approval: Approval) -> Errand:
    lead = f"it takes {approval.lead}" if approval.days else approval.lead
    where = (
        lower(approval.where) if len(approval.where) <= _LONG else "on several devices and in several places"
    )
    return Errand(f"Ask for approval of {approval.short} ({where}); {lead}.")
