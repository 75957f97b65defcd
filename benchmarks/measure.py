"""Measures a conversational service from outside: its start, its memory, its turns, its size on disk.

Everything is given as a `Service`, so that the same code measures Rasa's starter project and AskFirst.
"""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import httpx
import psutil

MB = 2**20


class NoAnswerError(Exception):
    """The service did not start, or gave something that is no answer."""


@dataclass(frozen=True)
class Service:
    """How to start something that answers messages, and how to ask it."""

    name: str
    command: Sequence[str]
    folder: Path
    url: str
    #: The JSON to post for a conversation and a text.
    body: Callable[[str, str], dict[str, Any]]
    #: The texts of a reply; empty when it is no answer.
    texts: Callable[[Any], list[str]]
    questions: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)
    log: Path = Path(os.devnull)

    def ask(self, client: httpx.Client, conversation: str, text: str) -> list[str]:
        """Asks once.

        Raises:
            NoAnswerError: the reply is an error, or empty.
            httpx.TransportError: nothing listens.
        """
        response = client.post(self.url, json=self.body(conversation, text), timeout=60)
        texts = self.texts(response.json()) if response.status_code == 200 else []
        if not texts:
            raise NoAnswerError(
                f"{self.name}: status {response.status_code} for `{text}`: {response.text[:300]}"
            )
        return texts


@dataclass(frozen=True)
class Memory:
    """Memory of all processes together, in MB."""

    resident: float  # RSS summed: shared pages count once for each process
    proportional: float  # PSS summed: shared pages count once; RSS where the system has no PSS
    processes: int


@dataclass(frozen=True)
class Turns:
    """Times of single turns, in milliseconds."""

    p50: float
    p99: float


@dataclass(frozen=True)
class Figures:
    """What was measured of one service. None: not measured."""

    name: str
    start: float
    memory: Memory
    turns: Turns
    per_second: float
    training: float | None
    installed: float | None


@dataclass(frozen=True)
class Running:
    """A service that has given its first answer."""

    service: Service
    process: psutil.Process
    start: float


@contextmanager
def started(service: Service, patience: float = 300) -> Iterator[Running]:
    """Starts the service, waits for its first answer, and stops it with all its processes.

    Raises:
        NoAnswerError: it ended, or gave no answer in time.
    """
    with service.log.open("ab") as log:
        begun = time.perf_counter()
        popen = subprocess.Popen(
            list(service.command),
            cwd=service.folder,
            env={**os.environ, **service.environment},
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    try:
        _wait_for_first_answer(service, popen, patience)
        yield Running(service, psutil.Process(popen.pid), time.perf_counter() - begun)
    finally:
        _stop(popen)


def _wait_for_first_answer(service: Service, popen: subprocess.Popen[bytes], patience: float) -> None:
    deadline = time.monotonic() + patience
    last: Exception | None = None
    with httpx.Client() as client:
        while time.monotonic() < deadline:
            if popen.poll() is not None:
                raise NoAnswerError(
                    f"{service.name} ended with status {popen.returncode} (see {service.log})"
                )
            try:
                service.ask(client, "first", service.questions[0])
                return
            except (httpx.TransportError, NoAnswerError, ValueError) as error:
                last = error
                time.sleep(0.02)
    raise NoAnswerError(f"{service.name} gave no answer in {patience:.0f} s: {last}")


def _stop(popen: subprocess.Popen[bytes]) -> None:
    """Stops it as Ctrl-C would, and whatever is left of its process group after 20 s."""
    try:
        os.killpg(popen.pid, signal.SIGINT)
        popen.wait(timeout=20)
    except (ProcessLookupError, subprocess.TimeoutExpired):
        pass
    try:
        os.killpg(popen.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    popen.wait(timeout=20)


def memory(process: psutil.Process) -> Memory:
    """Memory of a process and all its children."""
    resident = proportional = 0.0
    processes = [process, *process.children(recursive=True)]
    counted = 0
    for each in processes:
        try:
            info = each.memory_full_info()
        except (psutil.NoSuchProcess, psutil.ZombieProcess):
            continue
        counted += 1
        resident += info.rss / MB
        proportional += getattr(info, "pss", info.rss) / MB
    return Memory(resident, proportional, counted)


def one_client(service: Service, turns: int, warm_up: int = 20) -> Turns:
    """Times of single turns, one after another, in conversations as long as the list of questions."""
    times: list[float] = []
    with httpx.Client() as client:
        for number, text in enumerate(islice(cycle(service.questions), warm_up + turns)):
            conversation = f"one-{number // len(service.questions)}"
            begun = time.perf_counter()
            service.ask(client, conversation, text)
            if number >= warm_up:
                times.append((time.perf_counter() - begun) * 1000)
    hundredths = statistics.quantiles(times, n=100, method="inclusive")
    return Turns(p50=hundredths[49], p99=hundredths[98])


def several_clients(service: Service, clients: int, turns_each: int) -> float:
    """Turns per second of several clients at once, each with a connection and conversations of its own."""

    def talk(number: int) -> int:
        with httpx.Client() as client:
            for turn, text in enumerate(islice(cycle(service.questions), turns_each)):
                service.ask(client, f"many-{number}-{turn // len(service.questions)}", text)
        return turns_each

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        answered = sum(pool.map(talk, range(clients)))
    return answered / (time.perf_counter() - begun)


def seconds_of(command: Sequence[str], folder: Path, environment: Mapping[str, str], log: Path) -> float:
    """How long a command takes, from nothing to its end.

    Raises:
        NoAnswerError: it failed.
    """
    begun = time.perf_counter()
    with log.open("ab") as output:
        done = subprocess.run(
            list(command),
            cwd=folder,
            env={**os.environ, **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
    if done.returncode != 0:
        raise NoAnswerError(f"`{' '.join(command)}` failed with status {done.returncode} (see {log})")
    return time.perf_counter() - begun


def size_of(*folders: Path) -> float:
    """Space that folders take on the disk together, in MB; a file with several names counts once."""
    seen: set[tuple[int, int]] = set()
    total = 0
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            status = path.lstat()
            if (status.st_dev, status.st_ino) not in seen:
                seen.add((status.st_dev, status.st_ino))
                total += status.st_blocks * 512
    return total / MB


def figures(
    service: Service,
    *,
    turns: int,
    clients: int,
    turns_each: int,
    training: float | None,
    installed: float | None,
) -> Figures:
    """Starts a service and measures it; memory is taken after all turns, when it is largest."""
    with started(service) as running:
        single = one_client(service, turns)
        per_second = several_clients(service, clients, turns_each)
        used = memory(running.process)
        return Figures(service.name, running.start, used, single, per_second, training, installed)


def table(all_figures: Sequence[Figures], clients: int) -> str:
    """The figures as a Markdown table, a column for each service."""
    rows: list[tuple[str, Callable[[Figures], str]]] = [
        ("start to first answer", lambda f: f"{f.start:.1f} s"),
        ("memory, resident (RSS of all processes)", lambda f: f"{f.memory.resident:.0f} MB"),
        ("memory, shared pages counted once (PSS)", lambda f: f"{f.memory.proportional:.0f} MB"),
        ("processes", lambda f: str(f.memory.processes)),
        ("a turn at one client, p50", lambda f: f"{f.turns.p50:.1f} ms"),
        ("a turn at one client, p99", lambda f: f"{f.turns.p99:.1f} ms"),
        (f"turns per second at {clients} clients", lambda f: f"{f.per_second:.0f}"),
        ("training", lambda f: "-" if f.training is None else f"{f.training:.1f} s"),
        ("installed", lambda f: "-" if f.installed is None else f"{f.installed:.0f} MB"),
    ]
    lines = [
        "| | " + " | ".join(f.name for f in all_figures) + " |",
        "|---|" + "---|" * len(all_figures),
    ]
    lines += [f"| {title} | " + " | ".join(show(f) for f in all_figures) + " |" for title, show in rows]
    return "\n".join(lines)
