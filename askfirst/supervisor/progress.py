"""Says what is going on: a line that counts seconds on a terminal, plain lines elsewhere."""

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TextIO


class Progress:
    """Prints lines for a person. On a terminal the line of the current step is rewritten every second."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self._current: str | None = None

    def say(self, line: str) -> None:
        """Print a line of its own, above the one being counted."""
        clear = "\r\x1b[K" if self.live and self._current else ""
        self._write(f"{clear}{line}\n")
        if self.live and self._current:
            self._write(self._current)

    @asynccontextmanager
    async def step(self, what: str) -> AsyncIterator[None]:
        """Show that something takes a while, and how long it took."""
        began = time.monotonic()
        if self.live:
            counter = asyncio.create_task(self._count(what, began))
        else:
            self._write(f"{what} ...\n")
        try:
            yield
        except BaseException:
            if self.live:
                self._write("\n")
            raise
        else:
            done = f"{what} ... {time.monotonic() - began:.0f} s"
            self._write(f"\r\x1b[K{done}\n" if self.live else f"{done}\n")
        finally:
            self._current = None
            if self.live:
                counter.cancel()
                with suppress(asyncio.CancelledError):
                    await counter

    async def _count(self, what: str, began: float) -> None:
        while True:
            self._current = f"\r\x1b[K{what} ... {time.monotonic() - began:.0f} s"
            self._write(self._current)
            await asyncio.sleep(1)

    def _write(self, text: str) -> None:
        # A terminal that is gone must not stop the servers.
        with suppress(OSError, ValueError):
            self.stream.write(text)
            self.stream.flush()
