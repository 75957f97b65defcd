"""How long things may take. Each limit is shorter than that of what waits for it: so the reason is known."""

from __future__ import annotations

import os

#: What the front door waits for, unless ASKFIRST_TURN_TIMEOUT says otherwise.
TURN = 10.0


def turn() -> float:
    """Seconds that the front door waits."""
    return float(os.environ.get("ASKFIRST_TURN_TIMEOUT") or TURN)


def channel() -> float:
    """Seconds that the channel waits for Rasa, one turn after another of a conversation."""
    return 0.95 * turn()


def action() -> float:
    """Seconds that Rasa waits for one action. Rasa's own limit is 300."""
    return 0.9 * turn()
