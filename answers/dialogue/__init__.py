"""The dialogue as a pure state machine: `turn(conversation, heard, book, on)` gives the next state and what
to reply.
"""

from answers.dialogue.conversation import Conversation
from answers.dialogue.plan import Plan
from answers.dialogue.turn import turn

__all__ = ["Conversation", "Plan", "turn"]
