"""Prepares everything, runs the parts, and stops them all: what `askfirst up` does."""

import asyncio
import os
import signal
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from askfirst.errors import AskFirstError
from askfirst.settings import Settings
from askfirst.supervisor import home, parts, ports, training
from askfirst.supervisor.child import Child, Log
from askfirst.supervisor.keeper import Keeper, Patience
from askfirst.supervisor.parts import Part
from askfirst.supervisor.progress import Progress

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True)
class Plan:
    """What is done before the parts run, and which parts. Tests have smaller ones than `the_plan`."""

    environment: Mapping[str, str]
    prepare: tuple[str, ...]
    # Parts that start at once, those that need the database ready, those that need the model too, and those
    # that need all the others.
    at_once: tuple[Part, ...]
    prepared: tuple[Part, ...]
    trained: tuple[Part, ...]
    train: Callable[[], Awaitable[None]] | None
    last: tuple[Part, ...] = ()


def the_plan(settings: Settings) -> Plan:
    """The database first, then the front door and the action server, the model, and Rasa with it.

    Rasa takes the longest to start. From the second time on, when it has a model and a gazetteer (which it
    reads again if it changes), it starts together with the preparation. A gateway is the last: what people
    wrote while nothing ran is to be answered, and not apologised for.

    Raises:
        AskFirstError: a port is in use, or Rasa's environment is not there.
    """
    if not parts.RASA_PYTHON.exists():
        raise AskFirstError("Rasa is not installed: run `make setup`")
    ports.demand(settings.host, settings.port, "ASKFIRST_PORT")
    inner = parts.choose_ports(settings)
    model = training.model_path(settings.models)
    rasa = parts.rasa_environment(settings, inner)

    async def train() -> None:
        await training.train(settings, model, rasa)

    server = parts.rasa_server(settings, inner, model)
    gateways = (parts.telegram_gateway(settings, inner),) if settings.telegram_token else ()
    has_started_before = model.is_file() and settings.gazetteer.is_file()
    return Plan(
        environment=parts.environment(settings, inner),
        prepare=(sys.executable, "-m", "askfirst.supervisor.prepare"),
        at_once=(server,) if has_started_before else (),
        prepared=(parts.front_door(settings, inner), parts.action_server(settings, inner)),
        trained=() if has_started_before else (server,),
        train=None if model.is_file() else train,
        last=gateways,
    )


class Supervisor:
    """Runs a plan on a home until it is told to stop."""

    def __init__(
        self,
        settings: Settings,
        plan: Callable[[Settings], Plan] = the_plan,
        progress: Progress | None = None,
        patience: Patience | None = None,
    ) -> None:
        self.settings = settings
        self.progress = progress or Progress()
        self.keepers: list[Keeper] = []
        self._plan = plan
        self._patience = patience or Patience()
        self._keeping: list[asyncio.Task[None]] = []
        self._told_at = 0.0

    def run(self) -> None:
        """Run until Ctrl-C, SIGTERM or SIGHUP; everything has ended when this returns or raises.

        Raises:
            AskFirstError: another supervisor holds the home, a port is in use, or a part does not start.
        """
        with home.sole_supervisor(self.settings.home):
            asyncio.run(self._run())

    async def _run(self) -> None:
        began = time.monotonic()
        told = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in STOPPING:
            loop.add_signal_handler(number, self._told_to_stop, told)
        work = asyncio.create_task(self._work(began))
        stop = asyncio.create_task(told.wait())
        try:
            await asyncio.wait([work, stop], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.cancel()
            await self._stop(work, quietly=not told.is_set())
        if work.done() and not work.cancelled() and (error := work.exception()) is not None:
            raise error

    def _told_to_stop(self, told: asyncio.Event) -> None:
        now = time.monotonic()
        if not told.is_set():
            self._told_at = now
            told.set()
        elif now - self._told_at > 1:
            # Told again by somebody impatient. At once it is the same wish, which make passes on again.
            for keeper in self.keepers:
                keeper.kill()

    async def _work(self, began: float) -> None:
        self._write_state()
        plan = self._plan(self.settings)
        for part in plan.at_once:
            self._keep(part)
        async with self.progress.step("Preparing the database"):
            await self._prepare(plan)
        for part in plan.prepared:
            self._keep(part)
        if plan.train is not None:
            async with self.progress.step("Training the understanding"):
                await self._unless_one_fails(asyncio.ensure_future(plan.train()))
        for part in plan.trained:
            self._keep(part)
        titles = [part.title for part in (*(keeper.part for keeper in self.keepers), *plan.last)]
        async with self.progress.step("Starting " + _list(titles)):
            await self._until_ready()
            for part in plan.last:
                self._keep(part)
            await self._until_ready()
        took = time.monotonic() - began
        self.progress.say(f"AskFirst is ready at {self.settings.address} ({took:.0f} s). Ctrl-C stops it.")
        await self._unless_one_fails(asyncio.get_running_loop().create_future())

    async def _prepare(self, plan: Plan) -> None:
        """In a process of its own: what it needs in memory is given back when it is done."""
        log = Log(self.settings.logs / "prepare.log")
        child = await Child.start(plan.prepare, plan.environment, log)
        try:
            status = await child.wait()
        except asyncio.CancelledError:
            await child.stop(self._patience.grace)
            raise
        finally:
            log.close()
        if status != 0:
            reason = child.last_lines[-1] if child.last_lines else f"status {status}"
            raise AskFirstError(f"the database could not be prepared: {reason}")

    def _keep(self, part: Part) -> None:
        keeper = Keeper(part, self.settings.logs, self.progress.say, self._write_state, self._patience)
        self.keepers.append(keeper)
        self._keeping.append(asyncio.create_task(keeper.keep()))

    async def _until_ready(self) -> None:
        await self._unless_one_fails(
            asyncio.gather(*(asyncio.create_task(keeper.ready.wait()) for keeper in self.keepers))
        )

    async def _unless_one_fails(self, wish: asyncio.Future[Any]) -> None:
        """Wait for something, but raise as soon as a part gives up."""
        try:
            await asyncio.wait([wish, *self._keeping], return_when=asyncio.FIRST_COMPLETED)
            for task in self._keeping:
                if task.done():
                    await task
            if wish.done():
                await wish
        finally:
            if not wish.done():
                wish.cancel()
                with suppress(asyncio.CancelledError):
                    await wish

    async def _stop(self, work: asyncio.Task[None], quietly: bool) -> None:
        if not work.done():
            work.cancel()
        if not quietly:
            self.progress.say("Stopping ...")
        await asyncio.gather(*(keeper.stop() for keeper in self.keepers), return_exceptions=True)
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(work, *self._keeping, return_exceptions=True)
        if not quietly:
            self.progress.say("Stopped.")

    def _write_state(self) -> None:
        running = {
            keeper.part.name: {
                "pid": keeper.pid,
                "port": keeper.part.port,
                "ready": keeper.ready.is_set(),
                "restarts": keeper.restarts,
            }
            for keeper in self.keepers
        }
        home.write_state(
            self.settings.home, {"pid": os.getpid(), "address": self.settings.address, "parts": running}
        )


def _list(titles: list[str]) -> str:
    return ", ".join(titles[:-1]) + " and " + titles[-1] if len(titles) > 1 else "".join(titles)
