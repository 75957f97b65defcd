"""The home: one supervisor at a time, and a file that says what runs."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from askfirst.errors import AskFirstError

LOCK = "supervisor.lock"
STATE = "supervisor.json"


@contextmanager
def sole_supervisor(home: Path) -> Iterator[None]:
    """Hold the home for one supervisor. The system lets go of it when the process ends, however it ends.

    Raises:
        AskFirstError: another one holds it, or the folder cannot be written.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = open(home / LOCK, "a")  # noqa: SIM115 - held until the supervisor ends
    except OSError as error:
        raise AskFirstError(f"cannot write to ASKFIRST_HOME, `{home}`: {error.strerror}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            state = read_state(home)
            who = f" (process {state['pid']}, {state['address']})" if state else ""
            raise AskFirstError(
                f"AskFirst is already running on `{home}`{who}: stop that one, or set another ASKFIRST_HOME"
            ) from None
        try:
            yield
        finally:
            (home / STATE).unlink(missing_ok=True)


def write_state(home: Path, state: dict[str, Any]) -> None:
    """Say what runs: the supervisor's process, the address, and each part's process and port."""
    draft = home / f"{STATE}.new"
    draft.write_text(json.dumps(state, indent=2) + "\n", encoding="utf-8")
    os.replace(draft, home / STATE)


def read_state(home: Path) -> dict[str, Any] | None:
    """What runs on this home, as its supervisor last said; nothing when none has."""
    try:
        state: dict[str, Any] = json.loads((home / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state
