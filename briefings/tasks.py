"""The checklist: travel practices before, during and after, by risk and by the devices taken."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.boards import Desk
from briefings.model import Task
from guidelines.hosting import Practice
from guidelines.vocabulary import Scheme

_ALWAYS = "any"


def tasks(desk: Desk, phase: str, devices: Sequence[str], risks: frozenset[str]) -> tuple[Task, ...]:
    """What to do in a phase: what is essential comes first, and of that what only places of a risk need.

    Args:
        devices: the devices taken.
        risks: the kinds of risk that a place of the itinerary is of.
    """
    scheme = desk.book.vocabulary["device"]
    fitting = [
        practice
        for practice in desk.book.corpus.practices
        if practice.phase == phase
        and (practice.risk == _ALWAYS or practice.risk in risks)
        and _concerns(practice, devices, scheme)
    ]
    fitting.sort(key=lambda practice: (not practice.essential, practice.risk == _ALWAYS))
    return tuple(
        Task(p.id, p.text, p.risk != _ALWAYS, desk.sources.ref(p.source), p.essential) for p in fitting
    )


def _concerns(practice: Practice, devices: Sequence[str], scheme: Scheme) -> bool:
    kinds = [kind for kind in practice.devices if kind in scheme]
    if not kinds:
        return True
    return any(scheme.covers(kind, device) for kind in kinds for device in devices)
