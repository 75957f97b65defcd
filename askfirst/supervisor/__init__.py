"""Prepares and runs the three processes of AskFirst, and leaves nothing running behind it."""

from askfirst.supervisor.supervisor import Supervisor

__all__ = ["Supervisor"]
