"""Whom to ask, and what changed."""

from actions.base import DeskAction


class ActionApproval(DeskAction):
    """Intent: approval."""

    def name(self) -> str:
        """As in the domain."""
        return "action_approval"


class ActionContact(DeskAction):
    """Intent: contact."""

    def name(self) -> str:
        """As in the domain."""
        return "action_contact"


class ActionChanges(DeskAction):
    """Intent: changes."""

    def name(self) -> str:
        """As in the domain."""
        return "action_changes"
