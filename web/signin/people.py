"""Who signs in, and what each kind of person may do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from guidelines.rules import Guideline
from web.access import Who

EVERY_TEAM = "*"


class Part(StrEnum):
    """What somebody is to AskFirst. (A `role` is something else here: a dimension of an enquiry.)"""

    STAFF = "staff"
    POLICY_OWNER = "policy-owner"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def spoken(self) -> str:
        """As people say it."""
        return self.value.replace("-", " ")


_TEAMS_OF_POLICY = frozenset({Part.POLICY_OWNER, Part.APPROVER, Part.AUDITOR, Part.ADMINISTRATOR})

MAY: Mapping[Who, frozenset[Part]] = {
    Who.SIGNED_IN: frozenset(Part),
    Who.READER: _TEAMS_OF_POLICY,
    Who.OWNER: frozenset({Part.POLICY_OWNER, Part.ADMINISTRATOR}),
    Who.SUBMITTER: frozenset({Part.POLICY_OWNER, Part.ADMINISTRATOR}),
    Who.APPROVER: frozenset({Part.APPROVER, Part.ADMINISTRATOR}),
    Who.AUDITOR: frozenset({Part.AUDITOR, Part.ADMINISTRATOR}),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in: `id` is what the provider calls them, `teams` own the guidelines they may
    edit."""

    id: str
    name: str
    parts: tuple[Part, ...]
    teams: tuple[str, ...] = ()

    def may(self, who: Who) -> bool:
        """Whether this person may use a route for `who`."""
        return bool(MAY.get(who, frozenset()) & set(self.parts))

    def owns(self, guideline: Guideline) -> bool:
        """Whether this person may edit a guideline: an administrator, or one of the team that answers for
        it."""
        if Part.ADMINISTRATOR in self.parts:
            return True
        team = guideline.owner.team if guideline.owner else ""
        return Part.POLICY_OWNER in self.parts and (EVERY_TEAM in self.teams or team in self.teams)

    def as_dict(self) -> dict[str, Any]:
        """As JSON likes it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, given: Mapping[str, Any]) -> Person:
        """The person that `as_dict` wrote."""
        return cls(given["id"], given["name"], parts_of(given["parts"]), tuple(given["teams"]))


def parts_of(names: Sequence[str]) -> tuple[Part, ...]:
    """The parts of those names; names of anything else are left out."""
    known = {str(part): part for part in Part}
    return tuple(dict.fromkeys(known[name] for name in names if name in known))
