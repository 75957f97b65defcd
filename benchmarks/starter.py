"""AskFirst beside Rasa's own starter project, on this machine, in one run.

The starter is what `rasa init` makes with a stock Rasa 3.6.21, trained and started with its defaults; it and
its 2.6 GB are made once, in build/starter. AskFirst is what `make start` starts, with a home of its own. Each
is measured alone: its second start, and its training from nothing.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.measure import Figures, NoAnswerError, Service, figures, seconds_of, size_of, started, table

ROOT = Path(__file__).resolve().parent.parent
STARTER = ROOT / "build" / "starter"
ASKFIRST_HOME = ROOT / "build" / "bench" / "home"
QUIET = {"RASA_TELEMETRY_ENABLED": "false", "SQLALCHEMY_SILENCE_UBER_WARNING": "1"}

#: The starter's own conversation.
SMALL_TALK = ("hello", "I am feeling sad", "yes", "are you a bot?", "I am great", "bye")

#: A conversation that asks, informs, changes and asks back.
QUESTIONS = (
    "Can I use WeChat on my work phone while posted in China?",
    "I'm with Defence",
    "why?",
    "and on my own phone?",
    "sorry, I meant Japan",
    "what can I use instead?",
)


def install_starter() -> Path:
    """The stock Rasa with its starter project, made once. Returns its Python."""
    python = STARTER / "venv" / "bin" / "python"
    if not (STARTER / "complete").exists():
        print("Installing a stock Rasa in build/starter (2.6 GB, once) ...", flush=True)
        uv = str(ROOT / ".venv-tools" / "bin" / "uv")
        venv = str(STARTER / "venv")
        STARTER.mkdir(parents=True, exist_ok=True)
        # bot/.python-version names the Python that Rasa needs.
        subprocess.run([uv, "venv", "-q", "--clear", "--python", "3.10", venv], cwd=ROOT / "bot", check=True)
        subprocess.run(
            [uv, "pip", "install", "-q", "--python", str(python), "rasa==3.6.21", "setuptools<81"],
            cwd=ROOT,
            env={**os.environ, "UV_COMPILE_BYTECODE": "1"},
            check=True,
        )
        project = STARTER / "project"
        shutil.rmtree(project, ignore_errors=True)
        package = next((STARTER / "venv" / "lib").glob("python*/site-packages/rasa/cli/initial_project"))
        # What `rasa init --no-prompt` copies, before it trains; the training is measured below.
        shutil.copytree(package, project)
        (STARTER / "complete").touch()
    return python


def starter(turns: int, clients: int, turns_each: int) -> Figures:
    """Measures the starter project."""
    python = install_starter()
    project, log = STARTER / "project", STARTER / "log"
    log.unlink(missing_ok=True)
    for made in ("models", ".rasa"):
        shutil.rmtree(project / made, ignore_errors=True)
    training = seconds_of((str(python), "-m", "rasa", "train"), project, QUIET, log)
    port = free_port()
    service = Service(
        name="Rasa's starter",
        command=(str(python), "-m", "rasa", "run", "-i", "127.0.0.1", "--port", str(port)),
        folder=project,
        url=f"http://127.0.0.1:{port}/webhooks/rest/webhook",
        body=lambda conversation, text: {"sender": conversation, "message": text},
        texts=lambda reply: [message["text"] for message in reply if message.get("text")],
        questions=SMALL_TALK,
        environment=QUIET,
        log=log,
    )
    installed = size_of(STARTER / "venv")
    return measured_twice(service, turns, clients, turns_each, lambda: training, installed)


def askfirst(turns: int, clients: int, turns_each: int) -> Figures:
    """Measures AskFirst as `make start` runs it: all its processes, through the front door."""
    port = free_port()
    log = ASKFIRST_HOME.parent / "log"
    ASKFIRST_HOME.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    environment = {"ASKFIRST_HOME": str(ASKFIRST_HOME), "ASKFIRST_PORT": str(port)}
    service = Service(
        name="AskFirst",
        command=("make", "start"),
        folder=ROOT,
        url=f"http://127.0.0.1:{port}/api/v1/messages",
        body=lambda conversation, text: {"conversation": conversation, "text": text},
        texts=answers,
        questions=QUESTIONS,
        environment=environment,
        log=log,
    )
    installed = size_of(ROOT / ".venv", ROOT / ".venv-rasa", ROOT / ".venv-tools")
    return measured_twice(service, turns, clients, turns_each, train_askfirst, installed)


def answers(reply: Any) -> list[str]:
    """The texts of a reply of the API that is an answer."""
    return [each["text"] for each in reply["replies"] if each["payload"]["kind"] != "error"]


def train_askfirst() -> float:
    """Seconds to train AskFirst's model from nothing, with the gazetteer that the first start has made."""
    made = ASKFIRST_HOME.parent / "training"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    return seconds_of(
        (
            *(str(ROOT / ".venv-rasa" / "bin" / "python"), "-m", "askfirst_rasa", "train"),
            *("--config", "config.yml", "--domain", "bot/domain.yml", "--data", "data"),
            *("--out", str(made), "--fixed-model-name", "bench"),
        ),
        ROOT,
        {
            "PYTHONPATH": str(ROOT / "bot"),
            "ASKFIRST_GAZETTEER": str(ASKFIRST_HOME / "gazetteer.json"),
            "RASA_CACHE_DIRECTORY": str(made / "cache"),
        },
        made / "log",
    )


def measured_twice(
    service: Service,
    turns: int,
    clients: int,
    turns_each: int,
    train: Callable[[], float],
    installed: float,
) -> Figures:
    """Starts once without measuring (what is done once is done, files are read), and then measures."""
    print(f"Starting {service.name} once, and then to measure it ...", flush=True)
    with started(service):
        pass
    return figures(
        service,
        turns=turns,
        clients=clients,
        turns_each=turns_each,
        training=train(),
        installed=installed,
    )


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints the table; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.starter",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--only", choices=("starter", "askfirst"), help="measure one of the two")
    parser.add_argument("--turns", type=int, default=300, help="turns at one client (default: 300)")
    parser.add_argument("--clients", type=int, default=8, help="clients at once (default: 8)")
    parser.add_argument("--turns-each", type=int, default=60, help="turns of each of them (default: 60)")
    options = parser.parse_args(arguments)
    measurements = {"starter": starter, "askfirst": askfirst}
    names = [options.only] if options.only else list(measurements)
    try:
        found = [measurements[name](options.turns, options.clients, options.turns_each) for name in names]
    except NoAnswerError as error:
        print(error, file=sys.stderr)
        return 1
    print(table(found, options.clients))
    return 0


if __name__ == "__main__":
    sys.exit(main())
