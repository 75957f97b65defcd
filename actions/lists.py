"""Which apps are permitted, and a short briefing."""

from actions.base import DeskAction


class ActionListApps(DeskAction):
    """Intent: list_apps."""

    def name(self) -> str:
        """As in the domain."""
        return "action_list_apps"


class ActionBrief(DeskAction):
    """Intent: brief."""

    def name(self) -> str:
        """As in the domain."""
        return "action_brief"
