"""The rulings of a whole place: for one device, every app of the vocabulary with what holds there and at
home.

Apps that no rule in reach tells apart are ruled once, by the same rule book that answers every question.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guidelines.completion import cover, together, value_classes
from guidelines.enquiry import Enquiry
from guidelines.rulebook import RuleBook
from guidelines.rules import Effect
from guidelines.ruling import Ruling

_HOLD_OFF = Effect.PROHIBITED.strictness


@dataclass(frozen=True, slots=True)
class Verdict:
    """What holds for an app on a device in a place: one ruling, or several by role when the role decides.

    `by_role` is empty where `ruling` stands; else it holds (roles, ruling) pairs, and `ruling` is None.
    """

    ruling: Ruling | None
    by_role: tuple[tuple[tuple[str, ...], Ruling], ...] = ()

    @property
    def strictness(self) -> int:
        """From 0 (allowed) to 3 (prohibited, or hold off); the strictest where the role decides."""
        rulings = [self.ruling] if self.ruling else [ruling for _, ruling in self.by_role]
        return max(_HOLD_OFF if r.effect is None else r.effect.strictness for r in rulings)

    @property
    def permits(self) -> bool:
        """Whether the person may go ahead without asking."""
        return self.ruling is not None and self.ruling.permits and self.ruling.unclear is None

    @property
    def rulings(self) -> tuple[Ruling, ...]:
        """Every ruling in it."""
        return (self.ruling,) if self.ruling else tuple(ruling for _, ruling in self.by_role)

    def said(self) -> object:
        """What the reader is told; two verdicts that say the same do not differ for them."""
        return tuple(
            (roles, r.effect, r.unclear, r.conditions, r.approvers)
            for roles, r in self.by_role or (((), self.rulings[0]),)
        )


@dataclass(frozen=True, slots=True)
class Held:
    """Apps that share what holds for them, there and at home (None where there is no home to compare)."""

    apps: tuple[str, ...]
    there: Verdict
    home: Verdict | None

    @property
    def differs(self) -> bool:
        """Whether the reader is told something else than at home."""
        return self.home is not None and self.there.said() != self.home.said()


Sheet = tuple[Held, ...]


def sheet(
    book: RuleBook, role: str | None, device: str, country: str, home: str | None, on: dt.date
) -> Sheet:
    """Every app of the vocabulary, each once, in parts that share what holds for them."""
    there = rulings_at(book, role, device, country, on)
    at_home = rulings_at(book, role, device, home, on) if home and home != country else None
    parts: dict[tuple[Verdict, Verdict | None], list[str]] = {}
    for app in book.vocabulary["app"].values:
        parts.setdefault((there[app], at_home[app] if at_home else None), []).append(app)
    return tuple(Held(tuple(apps), *verdicts) for verdicts, apps in parts.items())


def rulings_at(
    book: RuleBook, role: str | None, device: str, country: str, on: dt.date
) -> Mapping[str, Verdict]:
    """What holds for each app."""
    enquiry = Enquiry.of({"role": role, "device": device, "country": country})
    classes = value_classes(book, enquiry, on)
    roles = [group.values for group in classes["role"]]
    found: dict[str, Verdict] = {}
    for group in classes["app"]:
        rulings = [(values, book.rule(values[0], device, country, group.sample, on)) for values in roles]
        verdict = _verdict(book, rulings)
        found.update(dict.fromkeys(group.values, verdict))
    return found


def _verdict(book: RuleBook, rulings: Sequence[tuple[tuple[str, ...], Ruling]]) -> Verdict:
    if len({ruling.effect for _, ruling in rulings}) == 1:
        return Verdict(together(ruling for _, ruling in rulings))
    parts: dict[Effect | None, list[tuple[tuple[str, ...], Ruling]]] = {}
    for values, ruling in rulings:
        parts.setdefault(ruling.effect, []).append((values, ruling))
    scheme = book.vocabulary["role"]
    return Verdict(
        None,
        tuple(
            (cover(scheme, [role for values, _ in part for role in values]), together(r for _, r in part))
            for part in parts.values()
        ),
    )


def same_sheets(sheets: Mapping[str, Sheet]) -> list[tuple[tuple[str, ...], Sheet]]:
    """Devices with the same sheet joined, in the order given."""
    joined: dict[Sheet, list[str]] = {}
    for device, found in sheets.items():
        joined.setdefault(found, []).append(device)
    return [(tuple(devices), found) for found, devices in joined.items()]


def of_app(found: Iterable[Held], app: str) -> Held:
    """The part of a sheet that holds an app. Raises KeyError."""
    for held in found:
        if app in held.apps:
            return held
    raise KeyError(app)
