"""Puts a briefing together from one edition: the same rulings as every answer, facts, and practices.

Nothing is written down here; `briefings.desk` does that.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace

from answers.wording import day, listed
from briefings import local, wording
from briefings.again import ask_again
from briefings.approvals import Approvals, contacts
from briefings.boards import Desk, board, same_as_home
from briefings.citing import Sources
from briefings.gaps import unclear
from briefings.itinerary import Posting, Stop
from briefings.letters import capital
from briefings.model import Board, Briefing, Open, Place, Row
from briefings.short import first_things, in_short
from briefings.tasks import tasks
from briefings.verdicts import Sheet, same_sheets, sheet
from guidelines.hosting import PHASES
from guidelines.rulebook import RuleBook
from guidelines.vocabulary import Scheme, Vocabulary

_ELEVATED = "elevated"
_NOTHING_KNOWN = (
    "This edition records nothing about local apps, blocks or law there. That does not mean that there are "
    "none: ask the post or your security adviser before you leave."
)


def assemble(
    book: RuleBook, posting: Posting, today: dt.date, *, days: int = 90, marking: str = ""
) -> Briefing:
    """The briefing of a posting under one edition, as of a day.

    Args:
        days: after how many days to ask again if nothing else comes first.
        marking: the classification marking to print, if any.
    """
    desk = Desk(book, Sources())
    vocabulary = book.vocabulary
    devices = taken(posting, vocabulary)
    home = home_of(vocabulary["country"])
    approvals = Approvals(desk)
    places: list[Place] = []
    open_points: list[Open] = []
    every_sheet: list[Sheet] = []
    behind: list[tuple[Sheet, list[str]]] = []
    compared: list[tuple[str, Mapping[str, Sheet]]] = []
    for stop in posting.stops:
        sheets = sheets_of(book, posting, stop, home, today)
        every_sheet += sheets.values()
        places.append(_as_before(places, _place(desk, posting, stop, home, sheets, today)))
        if places[-1].compared:
            compared.append((places[-1].title, sheets))
        needed = _needed(desk, stop.country)
        behind += [(found, needed) for found in sheets.values()]
        for names, found in same_sheets(sheets):
            if stop.country != home:
                approvals.add(found, names, stop.country, needed, posting.departs)
        open_points += unclear(desk, posting, stop, sheets, needed, today)
    risks = frozenset({_ELEVATED} if any(place.risk for place in places) else ())
    checklist = {phase: tasks(desk, phase, devices, risks) for phase in PHASES}
    asked = approvals.listed(today)
    again_on, again_why = ask_again(book, posting, every_sheet, today, days)
    guidelines = desk.guidelines({r: None for s in every_sheet for held in s for r in held.there.rulings})
    open_points = list({point.text: point for point in open_points}.values())
    return Briefing(
        posting=posting,
        title=f"Briefing: {listed([p.title for p in places], most=8)}",
        details=_details(posting, vocabulary, places, today),
        made_on=today,
        edition=book.edition,
        going="; ".join(_leg(place) for place in places),
        short=in_short(places, asked, open_points, vocabulary, posting),
        first=first_things(asked, checklist),
        places=tuple(places),
        same=same_as_home(desk, compared),
        before=checklist["before"],
        during=checklist["during"],
        after=checklist["after"],
        approvals=asked,
        contacts=contacts(desk, behind),
        unclear=tuple(open_points),
        sources=desk.sources.listed(),
        again_on=again_on,
        again_why=again_why,
        illustrative=any(g.provenance == "illustrative" for g in guidelines)
        or any(place.risk and place.risk.illustrative for place in places),
        marking=marking,
    )


def taken(posting: Posting, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The devices taken, each a value of the vocabulary: all there are where none is named."""
    scheme = vocabulary["device"]
    if not posting.devices:
        return scheme.values
    wanted = scheme.values_under(*posting.devices)
    order = {device: i for i, device in enumerate(posting.devices)}
    return tuple(sorted((d for d in scheme.values if d in wanted), key=lambda d: order.get(d, len(order))))


def home_of(scheme: Scheme) -> str | None:
    """The country that the vocabulary calls home, if it calls one so."""
    return next((c.id for c in scheme if c.attributes.get("home") and scheme.is_value(c.id)), None)


def sheets_of(
    book: RuleBook, posting: Posting, stop: Stop, home: str | None, today: dt.date
) -> dict[str, Sheet]:
    """The rulings of a stop, device by device."""
    on = stop.on(today)
    return {
        device: sheet(book, posting.role, device, stop.country, home, on)
        for device in taken(posting, book.vocabulary)
    }


def _needed(desk: Desk, country: str) -> list[str]:
    host = local.host_of(desk.book.corpus.host_countries, country)
    scheme = desk.book.vocabulary["app"]
    return [app for words in (host.needed if host else ()) if (app := local.meant(scheme, words))]


def _place(
    desk: Desk, posting: Posting, stop: Stop, home: str | None, sheets: Mapping[str, Sheet], today: dt.date
) -> Place:
    scheme = desk.book.vocabulary["country"]
    host = local.host_of(desk.book.corpus.host_countries, stop.country)
    compare = home is not None and stop.country != home
    needed = _needed(desk, stop.country)
    boards = tuple(board(desk, names, found, needed, compare) for names, found in same_sheets(sheets))
    ref = desk.sources.ref(host.source) if host else None
    return Place(
        country=stop.country,
        title=scheme.label(stop.country),
        purpose=wording.PURPOSES[stop.purpose] if stop.country != home else "Home",
        when=wording.when(stop),
        on=stop.on(today),
        is_home=stop.country == home,
        known=host is not None,
        risk=local.risk(scheme, stop.country, _ELEVATED),
        boards=boards,
        tables=_tables(boards, desk.book.vocabulary),
        as_in="",
        compared=scheme.label(home) if compare and home else "",
        locals=local.locals_of(desk, host, sheets) if host else (),
        local_words=_local_words(host is not None, bool(host and host.needed)),
        blocked=_blocked(host.blocked) if host else "",
        stopped=host.blocked if host else (),
        law=host.law if host else (),
        caught=local.caught(desk, host, sheets) if host else (),
        notes=host.notes if host else "",
        confidence=_confidence(host.confidence) if host else "",
        refs=(ref,) if ref else (),
        topics=local.topics(desk, sheets),
        changes_ahead=_changes_ahead(desk.book, posting, stop, home, today),
    )


def _tables(boards: Sequence[Board], vocabulary: Vocabulary) -> tuple[Board, ...]:
    """The boards to print: those with the same rows are one, those without any are none."""
    joined: dict[tuple[Row, ...], list[str]] = {}
    for one in boards:
        if one.differs:
            joined.setdefault(one.differs, []).extend(one.devices)
    return tuple(
        Board(tuple(devices), wording.devices(devices, vocabulary), rows) for rows, devices in joined.items()
    )


def _as_before(places: Sequence[Place], place: Place) -> Place:
    """The place with the name of an earlier one that has the same tables, so that none is printed twice."""
    same = (p.title for p in places if place.tables and p.compared and p.tables == place.tables)
    return replace(place, as_in=next(same, ""))


def _local_words(known: bool, named: bool) -> str:
    if not known:
        return _NOTHING_KNOWN
    return "" if named else "No app is recorded that local life would run on."


def _blocked(blocked: Sequence[str]) -> str:
    if not blocked:
        return "No block of an app is recorded there; that is no assurance that there is none."
    return f"Reported as blocked or barred there: {listed(list(blocked), most=20)}."


def _confidence(confidence: str) -> str:
    if confidence == "verified":
        return "The source below supports the main point; details change quickly, so test on arrival."
    return "This is general knowledge for which no page was found: check it with the post."


def _changes_ahead(
    book: RuleBook, posting: Posting, stop: Stop, home: str | None, today: dt.date
) -> tuple[str, ...]:
    """Days during a stay from which some ruling is another one."""
    first = stop.on(today)
    days = [d for d in book.breakpoints if first < d and stop.leave and d <= stop.leave]
    if not days:
        return ()
    found = []
    before = {d: _told(s) for d, s in sheets_of(book, posting, stop, home, today).items()}
    for when in days:
        later = Stop(stop.country, stop.purpose, when, stop.leave)
        after = {d: _told(s) for d, s in sheets_of(book, posting, later, home, today).items()}
        changed = [d for d in after if after[d] != before[d]]
        if changed:
            names = wording.devices(changed, book.vocabulary)
            found.append(f"From {day(when)} some rulings are different ({names}): ask again then.")
        before = after
    return tuple(found)


def _told(found: Sheet) -> Mapping[str, object]:
    return {app: held.there.said() for held in found for app in held.apps}


def _details(
    posting: Posting, vocabulary: Vocabulary, places: Sequence[Place], today: dt.date
) -> tuple[tuple[str, str], ...]:
    role = capital(vocabulary["role"].label(posting.role)) if posting.role else "Not given"
    devices = taken(posting, vocabulary)
    kinds = (
        listed([vocabulary["device"].label(d) for d in devices], most=8)
        if posting.devices
        else "None named, so every kind is covered"
    )
    return (
        ("Role", role),
        ("Devices", capital(kinds)),
        ("Itinerary", "; ".join(_leg(place) for place in places)),
        ("Rulings as of", listed([day(d) for d in dict.fromkeys(place.on for place in places)])),
        ("Made on", day(today)),
    )


def _leg(place: Place) -> str:
    when = f", {place.when}" if place.when else ""
    return f"{place.title} ({place.purpose.lower()}{when})"
