"""The whole of AskFirst with its real processes, as somebody outside meets it."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx

from askfirst.settings import CHECKOUT
from askfirst.supervisor import ports

ASKFIRST = CHECKOUT / ".venv" / "bin" / "askfirst"
START_SECONDS = 180


def eventually(what: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait until something is true, and give it; fail when it takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} seconds")


class System:
    """`askfirst up` in a home of its own, on a free port."""

    def __init__(self, home: Path, **environment: str) -> None:
        self.home = home
        self.port = ports.choose()
        self.address = f"http://127.0.0.1:{self.port}"
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("ASKFIRST_")}
        self.environment = {
            **inherited,
            "ASKFIRST_HOME": str(home),
            # One training serves all the tests.
            "ASKFIRST_MODELS": str(CHECKOUT / "build" / "models"),
            "ASKFIRST_PORT": str(self.port),
            **environment,
        }
        self.output = home.parent / f"{home.name}-output"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "System":
        """Start it and wait until it says that it is ready."""
        with self.output.open("w") as output:
            self.process = subprocess.Popen(
                [str(ASKFIRST), "up"], env=self.environment, stdout=output, stderr=subprocess.STDOUT
            )
        eventually(lambda: "is ready at" in self.said or self.process.poll() is not None, START_SECONDS)
        assert self.process.poll() is None, self.said
        return self

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stop it as Ctrl-C does, and give its exit status."""
        assert self.process is not None
        if self.process.poll() is None:
            self.process.send_signal(number)
        return self.process.wait(30)

    @property
    def said(self) -> str:
        """What `askfirst up` has printed."""
        return self.output.read_text(encoding="utf-8")

    @property
    def parts(self) -> dict[str, dict[str, Any]]:
        """Each part's process, port and restarts."""
        return json.loads((self.home / "supervisor.json").read_text(encoding="utf-8"))["parts"]

    def signal(self, part: str, number: signal.Signals) -> None:
        """Send a signal to a part: STOP and CONT to hold it and let it go on, KILL to end it."""
        os.kill(self.parts[part]["pid"], number)

    def post(self, path: str, body: Any) -> httpx.Response:
        """Post JSON to the API."""
        return httpx.post(f"{self.address}{path}", json=body, timeout=30)

    def ask(self, conversation: str, text: str) -> list[dict[str, Any]]:
        """Say something in a conversation, and give the replies."""
        response = self.post("/api/v1/messages", {"conversation": conversation, "text": text})
        assert response.status_code == 200, response.text
        return response.json()["replies"]

    def health(self) -> dict[str, Any]:
        """What the front door says of each part."""
        return httpx.get(f"{self.address}/api/v1/health", timeout=10).json()

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run an `askfirst` command on the same home."""
        return subprocess.run(
            [str(ASKFIRST), *arguments], env=self.environment, capture_output=True, text=True, timeout=60
        )
