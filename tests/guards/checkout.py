"""What is in the checkout, for the guard tests."""

import subprocess
from functools import cache
from pathlib import Path

from askfirst.settings import CHECKOUT

ROOMS = ("guidelines", "cases", "answers", "briefings", "actions", "bot", "web", "channels", "askfirst")


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps or would keep, relative to the checkout."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True).stdout
    paths = (Path(name) for name in listed.split("\0") if name)
    return tuple(sorted(path for path in paths if (CHECKOUT / path).is_file()))


def modules(*tops: str) -> tuple[Path, ...]:
    """The Python modules under these top-level folders, or all of them."""
    return tuple(path for path in tracked() if path.suffix == ".py" and (not tops or path.parts[0] in tops))


def text(path: Path) -> str | None:
    """The text of a file, or nothing when it is not text."""
    try:
        return (CHECKOUT / path).read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None
