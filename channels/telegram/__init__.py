"""The Telegram gateway: `python -m channels.telegram`."""
