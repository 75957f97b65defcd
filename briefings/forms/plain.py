"""A briefing as plain data, for programs and for the typesetter."""

from __future__ import annotations

import dataclasses
import datetime as dt
from typing import Any

from briefings.approvals import ask_by
from briefings.model import Approval, Briefing
from cases.gap import Gap
from guidelines.rules import Owner

_INSIDE = ("gaps", "owners", "posting")


def plain(briefing: Briefing) -> dict[str, Any]:
    """Everything that a briefing says, as JSON likes it."""
    said: dict[str, Any] = _plain(briefing)
    said["itinerary"] = briefing.posting.to_dict()
    said["told"] = _plain(briefing.told)
    return said


def _plain(value: Any) -> Any:
    if isinstance(value, Gap | Owner):
        return None
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        found = {
            field.name: _plain(getattr(value, field.name))
            for field in dataclasses.fields(value)
            if field.name not in _INSIDE
        }
        if isinstance(value, Approval):
            found["by"] = ask_by(value)
        return found
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value
