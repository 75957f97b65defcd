"""Trains Rasa's model when what it is made from has changed. A model is named by the hash of its inputs."""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from askfirst.errors import AskFirstError
from askfirst.settings import CHECKOUT, Settings
from askfirst.supervisor.child import Child, Log
from askfirst.supervisor.parts import RASA_PYTHON

INPUTS = (
    "config.yml",
    "bot/domain.yml",
    "bot/**/*.py",
    "bot/understanding/**/*.yml",
    "data/**/*.yml",
    "requirements/rasa.txt",
)
KEPT = 3


def fingerprint(checkout: Path = CHECKOUT) -> str:
    """A hash over the names and contents of everything that a model is trained from."""
    total = hashlib.sha256()
    for path in sorted({path for pattern in INPUTS for path in checkout.glob(pattern)}):
        total.update(path.relative_to(checkout).as_posix().encode() + b"\0")
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()[:16]


def model_path(models: Path, checkout: Path = CHECKOUT) -> Path:
    """Where the model of the present inputs is, or will be."""
    return models / f"{fingerprint(checkout)}.tar.gz"


def train_command(model: Path) -> tuple[str, ...]:
    """Rasa's command that trains into a file.

    Everything is trained anew (`--force`): Rasa would take what it keeps of an earlier training for current
    as long as the training messages are the same, though the code that reads them has changed.
    """
    return (
        *(str(RASA_PYTHON), "-m", "askfirst_rasa", "train"),
        *("--config", "config.yml", "--domain", "bot/domain.yml", "--data", "data"),
        *("--out", str(model.parent), "--fixed-model-name", model.name.removesuffix(".tar.gz")),
        "--force",
    )


async def train(settings: Settings, model: Path, environment: Mapping[str, str]) -> None:
    """Train the model into its file, unless another process has done so meanwhile.

    Raises:
        AskFirstError: the training failed; the message has its last line.
    """
    try:
        model.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise AskFirstError(f"cannot write to ASKFIRST_MODELS, `{model.parent}`: {error.strerror}") from None
    async with _alone(model.parent):
        if model.is_file():
            return
        # Under another name until it is whole.
        draft = model.with_name(f"draft-{model.name}")
        log = Log(settings.logs / "training.log")
        try:
            child = await Child.start(train_command(draft), environment, log)
            try:
                status = await child.wait()
            except asyncio.CancelledError:
                await child.stop(1)
                raise
            if status != 0 or not draft.is_file():
                last = f": {child.last_lines[-1]}" if child.last_lines else ""
                raise AskFirstError(f"the training failed with status {status}{last} (see `{log.path}`)")
            os.replace(draft, model)
        finally:
            draft.unlink(missing_ok=True)
            log.close()
        _forget_old(model)


def _forget_old(model: Path) -> None:
    """Keep the newest few models."""
    models = sorted(model.parent.glob("*.tar.gz"), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in models[KEPT:]:
        if old != model:
            old.unlink(missing_ok=True)


@asynccontextmanager
async def _alone(folder: Path) -> AsyncIterator[None]:
    """One training at a time in a folder, whoever started it."""
    with open(folder / "lock", "a") as lock:
        while not _locked(lock.fileno()):
            await asyncio.sleep(0.2)
        yield


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
