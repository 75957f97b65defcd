"""What is said beside rulings."""

from actions.base import DeskAction


class ActionSmalltalk(DeskAction):
    """Intents: greet, thanks, goodbye, help."""

    def name(self) -> str:
        """As in the domain."""
        return "action_smalltalk"


class ActionStartOver(DeskAction):
    """Intent: start_over."""

    def name(self) -> str:
        """As in the domain."""
        return "action_start_over"


class ActionDeclined(DeskAction):
    """Intents: out_of_scope, manipulation."""

    def name(self) -> str:
        """As in the domain."""
        return "action_declined"


class ActionClarify(DeskAction):
    """Intents: mention, other_language, nlu_fallback."""

    def name(self) -> str:
        """As in the domain."""
        return "action_clarify"
