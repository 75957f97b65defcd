"""By when a case is due: so many days for each kind of unclear and each state, in data (`clock.yml`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

CLOCK = Path(__file__).with_name("clock.yml")
_OTHER = "other"
# What a case waits for in each state that has a clock.
_STEPS = {"new": "look", "in-review": "decide", "decided": "publish"}


class ClockError(ValueError):
    """A clock file that cannot be used; the message says where it is wrong."""


@dataclass(frozen=True)
class Clock:
    """Days by kind of unclear and step."""

    days: Mapping[str, Mapping[str, int]]

    def due(self, unclear: str, status: str, since: dt.datetime) -> dt.datetime | None:
        """When a case that came into `status` at `since` is due; None in a state that waits for nothing."""
        step = _STEPS.get(status)
        if step is None:
            return None
        return since + dt.timedelta(days=self.days.get(unclear, self.days[_OTHER])[step])


def read(path: Path = CLOCK) -> Clock:
    """The clock of a file.

    Raises:
        ClockError: a kind lacks a step, or days are no number.
    """
    data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(data, dict) or _OTHER not in data:
        raise ClockError(f"`{path.name}` needs `{_OTHER}`: the days of every kind that is not named")
    steps = set(_STEPS.values())
    for kind, days in data.items():
        if (
            not isinstance(days, dict)
            or set(days) != steps
            or not all(type(n) is int and n > 0 for n in days.values())
        ):
            raise ClockError(f"`{path.name}`: `{kind}` needs whole days for {', '.join(sorted(steps))}")
    return Clock(data)


SHIPPED = read()
