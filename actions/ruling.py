"""May I use it: asking, giving and correcting details, supposing, yes and no."""

from actions.base import DeskAction


class ActionRuling(DeskAction):
    """Intents: may_i, inform, correct, what_if, affirm, deny."""

    def name(self) -> str:
        """As in the domain."""
        return "action_ruling"
