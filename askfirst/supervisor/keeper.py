"""Keeps one part running: starts it, waits for its pulse, and starts it again when it ends or hangs."""

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from askfirst.errors import AskFirstError
from askfirst.supervisor import pulse
from askfirst.supervisor.child import Child, Log
from askfirst.supervisor.parts import Part


@dataclass(frozen=True)
class Patience:
    """How long is waited for what, in seconds. Tests are less patient."""

    first_pulse: float = 120
    between_looks: float = 0.1
    between_pulses: float = 10
    pulses_missed: int = 6
    first_pause: float = 0.5
    longest_pause: float = 30
    healthy_after: float = 60
    grace: float = 8
    false_starts: int = 3


class Keeper:
    """Keeps a part running until it is told to stop."""

    def __init__(
        self,
        part: Part,
        logs: Path,
        say: Callable[[str], None],
        changed: Callable[[], None],
        patience: Patience,
    ) -> None:
        self.part = part
        self.restarts = 0
        self.ready = asyncio.Event()
        self._log = Log(logs / f"{part.name}.log")
        self._say = say
        self._changed = changed
        self._patience = patience
        self._child: Child | None = None
        self._stopping = False
        self._was_ready = False

    @property
    def pid(self) -> int | None:
        """The process that runs now."""
        return self._child.pid if self._child and self._child.running else None

    async def keep(self) -> None:
        """Run the part until `stop`.

        Raises:
            AskFirstError: it never came up, several times over.
        """
        pause = self._patience.first_pause
        false_starts = 0
        while not self._stopping:
            began = time.monotonic()
            self._child = child = await Child.start(self.part.command, self.part.environment, self._log)
            self._changed()
            watcher = asyncio.create_task(self._watch(child))
            try:
                status = await child.wait()
            except asyncio.CancelledError:
                child.kill()
                raise
            finally:
                watcher.cancel()
                with suppress(asyncio.CancelledError):
                    await watcher
            if self._stopping:
                return
            came_up, lasted = self.ready.is_set(), time.monotonic() - began
            self.ready.clear()
            if not came_up and not self._was_ready:
                false_starts += 1
                if false_starts >= self._patience.false_starts:
                    raise AskFirstError(self._never_came_up(child, status))
            if lasted >= self._patience.healthy_after:
                pause = self._patience.first_pause
            self.restarts += 1
            if came_up:
                self._say(
                    f"{self.part.title} ended ({_ending(status)}); starting it again (see `{self._log.path}`)"
                )
            self._changed()
            await asyncio.sleep(pause)
            pause = min(pause * 2, self._patience.longest_pause)

    async def stop(self) -> None:
        """End the part, and do not start it again."""
        self._stopping = True
        self.ready.clear()
        if self._child is not None:
            await self._child.stop(self._patience.grace)
        self._log.close()

    def kill(self) -> None:
        """End it without waiting."""
        self._stopping = True
        if self._child is not None:
            self._child.kill()

    async def _watch(self, child: Child) -> None:
        """Notice when it is up; kill it when it does not come up, or answers no longer."""
        began = time.monotonic()
        while not await self._alive():
            if time.monotonic() - began > self._patience.first_pulse:
                child.kill()
                return
            await asyncio.sleep(self._patience.between_looks)
        self.ready.set()
        self._was_ready = True
        self._changed()
        missed = 0
        while missed < self._patience.pulses_missed:
            await asyncio.sleep(self._patience.between_pulses)
            missed = 0 if await self._alive() else missed + 1
        self._log.write(f"killed by the supervisor: no answer to {missed} checks in a row")
        child.kill()

    async def _alive(self) -> bool:
        part = self.part
        patience = min(5.0, self._patience.between_pulses)
        return await pulse.answers(
            part.host, part.port, part.pulse, any_answer=part.any_answer, patience=patience
        )

    def _never_came_up(self, child: Child, status: int) -> str:
        last = f": {child.last_lines[-1]}" if child.last_lines else ""
        return f"{self.part.title} does not start ({_ending(status)}){last} (see `{self._log.path}`)"


def _ending(status: int) -> str:
    return f"signal {-status}" if status < 0 else f"status {status}"
