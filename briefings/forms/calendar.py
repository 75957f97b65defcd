"""The checklist as an iCalendar file (RFC 5545): tasks to tick off, and days with reminders."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence

from icalendar import Alarm, Calendar, Event, Todo

from answers.wording import listed
from briefings.model import Briefing, Task

_PRODUCT = "-//AskFirst//Briefing//EN"
_PREPARE = dt.timedelta(days=14)
_MORNING = dt.timedelta(hours=9)
_DAY = dt.timedelta(days=1)


def calendar(briefing: Briefing) -> bytes:
    """The calendar: what to do by when, as far as the days of the journey are known."""
    made = Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("x-wr-calname", briefing.title)
    places = listed([place.title for place in briefing.places])
    departs, returns = briefing.posting.departs, briefing.posting.returns
    for item in _approvals(briefing):
        made.add_component(item)
    phases: tuple[tuple[str, Sequence[Task], dt.date | None, dt.date | None], ...] = (
        (f"Before you leave for {places}", briefing.before, _ready(briefing), departs),
        (f"While you are in {places}", briefing.during, departs, returns),
        (f"After {places}", briefing.after, returns, returns + _PREPARE if returns else None),
    )
    for title, tasks, day, due in phases:
        if day is not None and tasks:
            text = "\n".join(f"[ ] {task.text}" for task in tasks)
            made.add_component(_event(briefing, f"{title}: checklist", day, text, remind=_DAY))
        for task in tasks:
            made.add_component(_todo(briefing, task, title, due))
    made.add_component(
        _event(
            briefing,
            f"Ask AskFirst again about {places}",
            briefing.again_on,
            f"The briefing {briefing.receipt} may be out of date, {briefing.again_why}.",
            remind=_DAY,
        )
    )
    return made.to_ical()


def _ready(briefing: Briefing) -> dt.date | None:
    departs = briefing.posting.departs
    return max(departs - _PREPARE, briefing.made_on) if departs else None


def _approvals(briefing: Briefing) -> list[Event]:
    return [
        _event(
            briefing,
            f"Ask for approval: {approval.apps}",
            approval.ask_by,
            f"{approval.how}\nFor: {approval.where}\nTime it takes: {approval.lead}",
            remind=_DAY * 3,
        )
        for approval in briefing.approvals
        if approval.ask_by
    ]


def _event(briefing: Briefing, title: str, day: dt.date, text: str, *, remind: dt.timedelta) -> Event:
    event = Event()
    _common(event, briefing, title, text)
    event.add("dtstart", day)
    event.add("dtend", day + _DAY)
    event.add("transp", "TRANSPARENT")
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    # From midnight of the day: in the morning, the given days before.
    alarm.add("trigger", _MORNING - remind)
    event.add_component(alarm)
    return event


def _todo(briefing: Briefing, task: Task, phase: str, due: dt.date | None) -> Todo:
    todo = Todo()
    _common(todo, briefing, task.text, phase, of=task.id)
    if due:
        todo.add("due", due)
    todo.add("status", "NEEDS-ACTION")
    todo.add("priority", 1 if task.essential else 3 if task.elevated else 5)
    todo.add("categories", [phase])
    return todo


def _common(item: Event | Todo, briefing: Briefing, title: str, text: str, of: str = "") -> None:
    # The same item of the same briefing keeps its name, so that a second import adds nothing.
    name = hashlib.sha256(f"{briefing.receipt} {of or title} {text if of else ''}".encode()).hexdigest()[:32]
    item.add("uid", f"{name}@askfirst")
    item.add("dtstamp", dt.datetime.combine(briefing.made_on, dt.time(), dt.UTC))
    item.add("summary", f"{briefing.marking}: {title}" if briefing.marking else title)
    item.add("description", text)
