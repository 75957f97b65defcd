"""One running process, in a group of its own and with its output in a rotated log."""

import asyncio
import logging
import os
import signal
import sys
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path

from askfirst.settings import CHECKOUT

LEASH = Path(__file__).with_name("leash.py")
LOG_BYTES, LOG_FILES = 5_000_000, 4
LONGEST_LINE = 64 * 1024


class Log:
    """A rotated log file, one line at a time with the moment it was written."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._handler = RotatingFileHandler(
            path, maxBytes=LOG_BYTES, backupCount=LOG_FILES - 1, encoding="utf-8"
        )

    def write(self, line: str) -> None:
        """Append a line."""
        moment = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        text = f"{moment} {line}"
        self._handler.emit(logging.LogRecord("", logging.INFO, "", 0, "%s", (text,), None))

    def close(self) -> None:
        """Let go of the file."""
        self._handler.close()


class Child:
    """A process started by `Child.start`."""

    def __init__(self, process: asyncio.subprocess.Process, log: Log) -> None:
        self.pid = process.pid
        self.last_lines: deque[str] = deque(maxlen=20)
        self._process = process
        self._log = log
        self._reader = asyncio.create_task(self._forward())

    @classmethod
    async def start(cls, command: Sequence[str], environment: Mapping[str, str], log: Log) -> "Child":
        """Start a command in the checkout. One that cannot run shows as an exit status and a line of log."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-I", "-S", str(LEASH), str(os.getpid()), *command),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=dict(environment),
            cwd=CHECKOUT,
            start_new_session=True,
            limit=LONGEST_LINE,
        )
        return cls(process, log)

    @property
    def running(self) -> bool:
        """Has it not ended yet?"""
        return self._process.returncode is None

    async def wait(self) -> int:
        """Its exit status, when it has ended and its last words are in the log."""
        status = await self._process.wait()
        # A grandchild may hold the pipe open: it goes with its group.
        self._signal(signal.SIGKILL)
        await asyncio.wait([self._reader], timeout=2)
        return status

    async def stop(self, grace: float) -> None:
        """End it and its group: asked first, and killed when it takes longer than `grace` seconds."""
        if self.running:
            self._signal(signal.SIGTERM)
            # A stopped process hears SIGTERM only once it goes on.
            self._signal(signal.SIGCONT)
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), grace)
        self._signal(signal.SIGKILL)
        await self.wait()

    def kill(self) -> None:
        """End it and its group at once."""
        self._signal(signal.SIGKILL)

    def _signal(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.pid, number)

    async def _forward(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        while True:
            try:
                raw = await stream.readline()
            except ValueError:
                # Longer than any line should be; asyncio has dropped what it held.
                continue
            if not raw:
                return
            line = raw.decode("utf-8", "replace").rstrip()
            if line:
                self.last_lines.append(line)
                self._log.write(line)
