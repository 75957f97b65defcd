"""Questions about a ruling: why, on which conditions, what instead, and that it is wrong."""

from actions.base import DeskAction


class ActionReason(DeskAction):
    """Intent: why."""

    def name(self) -> str:
        """As in the domain."""
        return "action_reason"


class ActionConditions(DeskAction):
    """Intent: conditions."""

    def name(self) -> str:
        """As in the domain."""
        return "action_conditions"


class ActionAlternatives(DeskAction):
    """Intent: alternatives."""

    def name(self) -> str:
        """As in the domain."""
        return "action_alternatives"


class ActionDispute(DeskAction):
    """Intent: dispute."""

    def name(self) -> str:
        """As in the domain."""
        return "action_dispute"
