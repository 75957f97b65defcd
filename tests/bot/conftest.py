"""A real Rasa server, made by our launcher from the small project beside this file, and an action server."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

ROOT = Path(__file__).resolve().parents[2]
RASA_PYTHON = ROOT / ".venv-rasa" / "bin" / "python"
PROJECT = Path(__file__).parent / "project"

# Two modules of the launcher are plain Python, and tested without Rasa.
sys.path.insert(0, str(ROOT / "bot"))
from askfirst_rasa import leftout, payloads  # noqa: E402

__all__ = ["leftout", "payloads"]


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def rasa_environment(project: Path, **extra: str) -> dict[str, str]:
    """The environment of a Rasa process: our package and the project's components on its path."""
    return {**os.environ, "PYTHONPATH": f"{ROOT / 'bot'}:{project}", **extra}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the small project, so that nothing is written into the checkout."""
    return Path(shutil.copytree(PROJECT, tmp_path_factory.mktemp("bot") / "project"))


@pytest.fixture(scope="session")
def rasa(project: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs our launcher in the small project and returns what it said."""

    def run(*arguments: str, cwd: Path | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(RASA_PYTHON), "-m", "askfirst_rasa", *arguments],
            cwd=cwd or project,
            env=rasa_environment(cwd or project, **extra),
            capture_output=True,
            text=True,
            timeout=240,
        )

    return run


@pytest.fixture(scope="session")
def in_rasa() -> Callable[[str], Any]:
    """Runs a piece of Python in Rasa's environment and returns the JSON that it prints last."""

    def run(code: str) -> Any:
        done = subprocess.run(
            [str(RASA_PYTHON), "-c", f"from askfirst_rasa import stubs\nstubs.install()\n{code}"],
            env=rasa_environment(PROJECT),
            capture_output=True,
            text=True,
            timeout=240,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])

    return run


@pytest.fixture(scope="session")
def model(rasa: Callable[..., subprocess.CompletedProcess[str]], project: Path) -> Path:
    """The model of the small project, trained once."""
    done = rasa("train", "--out", "models", "--fixed-model-name", "small")
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "models" / "small.tar.gz"


@dataclass
class Actions:
    """An action server that remembers what it was asked, and answers as `answer` says."""

    port: int
    asked: list[dict[str, Any]] = field(default_factory=list)
    answer: Callable[[dict[str, Any]], tuple[int, Any]] = lambda _: (200, {"events": [], "responses": []})

    @property
    def url(self) -> str:
        """Where Rasa finds it."""
        return f"http://127.0.0.1:{self.port}/webhook"

    def start(self) -> None:
        """Starts to listen."""
        self._server = _serving(self)

    def stop(self) -> None:
        """Ends, as if its process did."""
        self._server.close()

    def replies(self, *responses: dict[str, Any]) -> None:
        """From now on every action says this."""
        self.answer = lambda _: (200, {"events": [], "responses": list(responses)})


@pytest.fixture(scope="session")
def action_server() -> Iterator[Actions]:
    """The action server, on a free port."""
    actions = Actions(free_port())
    actions.start()
    yield actions
    actions.stop()


class _Quiet(ThreadingHTTPServer):
    """A server that closes its connections when it stops, as a process that ends does."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.connections: list[socket.socket] = []

    def get_request(self) -> tuple[socket.socket, Any]:
        connection, address = super().get_request()
        self.connections.append(connection)
        return connection, address

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Says nothing of callers that stopped waiting."""

    def close(self) -> None:
        """Stops listening, and ends every connection."""
        self.shutdown()
        self.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


def _serving(actions: Actions) -> _Quiet:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            actions.asked.append(body)
            status, answer = actions.answer(body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: Any) -> None:
            """Says nothing."""

    server = _Quiet(("127.0.0.1", actions.port), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


@pytest.fixture
def actions(action_server: Actions) -> Actions:
    """The action server, with nothing remembered and an answer for everything."""
    action_server.asked.clear()
    action_server.replies({"text": "Answered."})
    return action_server


@dataclass
class Server:
    """A running Rasa server."""

    process: subprocess.Popen[bytes]
    port: int
    log_file: Path

    @property
    def address(self) -> str:
        """Its address on loopback."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """All that it has written so far."""
        return self.log_file.read_text(encoding="utf-8")

    def post(self, **body: Any) -> httpx.Response:
        """Sends a body to the channel as it is."""
        return httpx.post(f"{self.address}/webhooks/askfirst/webhook", json=body, timeout=30)

    def says(self, message: str, sender: str = "somebody", **metadata: Any) -> list[dict[str, Any]]:
        """What the channel answers to a message."""
        replies: list[dict[str, Any]] = self.post(sender=sender, message=message, metadata=metadata).json()
        return replies


@pytest.fixture(scope="session")
def server(
    model: Path, project: Path, action_server: Actions, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """One Rasa server for all tests of the channel."""
    yield from serve(model, project, action_server.url, tmp_path_factory.mktemp("log") / "rasa.log")


def serve(
    model: Path, project: Path, actions_url: str, log_file: Path, patience: float = 60
) -> Iterator[Server]:
    """Starts a server as the supervisor does, waits until it is healthy, and stops it afterwards."""
    port = free_port()
    with log_file.open("wb") as log:
        process = subprocess.Popen(
            [
                *(str(RASA_PYTHON), "-m", "askfirst_rasa", "run", "--model", str(model), "--port", str(port)),
                *("--endpoints", "endpoints.yml", "--credentials", "credentials.yml"),
            ],
            cwd=project,
            env=rasa_environment(project, ASKFIRST_ACTIONS_URL=actions_url, ASKFIRST_TURN_TIMEOUT="5"),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    server = Server(process, port, log_file)
    try:
        wait_until_healthy(server, patience)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_healthy(server: Server, seconds: float) -> None:
    """Waits for the health route to answer. Raises AssertionError with the log when it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.process.poll() is None:
        try:
            if httpx.get(f"{server.address}/webhooks/askfirst/health", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError(f"Rasa did not start:\n{server.log}")
