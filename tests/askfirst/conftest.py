import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from askfirst.supervisor import ports

SMALL_UP = Path(__file__).with_name("small_up.py")


def eventually(what: Callable[[], Any], seconds: float = 15) -> Any:
    """Wait until something is true, and give it; fail when it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} seconds")


class Running:
    """A supervisor in a process of its own, as a person sees it."""

    def __init__(self, home: Path, *arguments: str, **environment: str) -> None:
        self.home = home
        self.port = int(environment.get("ASKFIRST_PORT") or ports.choose())
        self.output = home.parent / f"{home.name}-output"
        given = {key: value for key, value in os.environ.items() if not key.startswith("ASKFIRST_")}
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, str(SMALL_UP), *arguments],
                env={**given, "ASKFIRST_HOME": str(home), "ASKFIRST_PORT": str(self.port), **environment},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    @property
    def state(self) -> dict[str, Any]:
        return json.loads((self.home / "supervisor.json").read_text())

    def until_ready(self) -> "Running":
        eventually(lambda: "is ready at" in self.said)
        return self

    def pids(self) -> list[int]:
        return [part["pid"] for part in self.state["parts"].values()]

    def end(self, number: signal.Signals = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(15)


def alive(pid: int) -> bool:
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


@pytest.fixture
def up(tmp_path: Path) -> Iterator[Callable[..., Running]]:
    """Starts supervisors, and sees that none outlives the test."""
    started: list[Running] = []

    def start(*arguments: str, home: str = "home", **environment: str) -> Running:
        started.append(Running(tmp_path / home, *arguments, **environment))
        return started[-1]

    yield start
    for running in started:
        if running.process.poll() is None:
            running.process.kill()
            running.process.wait()
