"""The Telegram gateway: `python -m channels.telegram`."""

import os

# python-telegram-bot gives times as timedelta from its next version on, and from now on where it is asked to.
os.environ.setdefault("PTB_TIMEDELTA", "true")
