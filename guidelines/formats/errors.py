"""What is wrong with a file, in words for the person who wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class FormatError(ValueError):
    """A file that cannot be read; `problems` holds one line for each thing that is wrong, with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(self.problems))


def near(word: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """A hint such as "; did you mean `mobile`?", or nothing when no known word is near."""
    close = get_close_matches(word, list(known), n=1, cutoff=cutoff)
    return f"; did you mean `{close[0]}`?" if close else ""
