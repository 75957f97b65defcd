"""A front door as in tests/web."""

from tests.web.conftest import client, home, make_client, prepared, rasa, settings

__all__ = ["client", "home", "make_client", "prepared", "rasa", "settings"]
