"""A form with several values of a name, as the console's pages send it."""

from __future__ import annotations

from collections.abc import Sequence


class Form:
    """The fields of a form in the order they were sent."""

    def __init__(self, fields: Sequence[tuple[str, str]]) -> None:
        self.fields = tuple(fields)

    def get(self, name: str) -> str:
        """The last value of a name without space around it; empty when there is none."""
        return next((value.strip() for key, value in reversed(self.fields) if key == name), "")

    def all(self, name: str) -> list[str]:
        """Every value of a name that is not empty, each once."""
        found = (value.strip() for key, value in self.fields if key == name)
        return list(dict.fromkeys(value for value in found if value))

    def lines(self, name: str) -> list[str]:
        """The lines of a text that are not empty."""
        return [line.strip() for line in self.get(name).splitlines() if line.strip()]

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.get(name) in ("on", "yes", "true")
