"""What is run: the front door, the action server and Rasa, each with its command and its environment."""

import os
import secrets
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from askfirst.settings import CHECKOUT, Settings
from askfirst.supervisor import ports

RASA_PYTHON = CHECKOUT / ".venv-rasa" / "bin" / "python"
# What Rasa's process has no business knowing.
SECRETS = (
    "ASKFIRST_API_TOKENS",
    "ASKFIRST_DATABASE_URL",
    "ASKFIRST_OIDC_CLIENT_SECRET",
    "ASKFIRST_GATEWAY_TOKENS",
    "ASKFIRST_TELEGRAM_TOKEN",
)
# A gateway reaches everything by way of the front door.
NOT_FOR_GATEWAYS = ("ASKFIRST_DATABASE_URL", "ASKFIRST_OIDC_CLIENT_SECRET")
# The channel of `answers/channels.yml` that the Telegram gateway speaks in.
TELEGRAM_TOKEN = "telegram={}"


@dataclass(frozen=True)
class Part:
    """A process to keep running."""

    name: str
    title: str
    command: tuple[str, ...]
    port: int
    pulse: str
    environment: Mapping[str, str] = field(default_factory=dict, repr=False)
    host: str = ports.LOOPBACK
    # A front door that answers 503 while Rasa loads is up.
    any_answer: bool = False


@dataclass(frozen=True)
class Ports:
    """Where the two inner servers listen."""

    rasa: int
    actions: int
    telegram: int | None = None
    # What a gateway that needs a token gets when the settings name none: nobody else ever sees it.
    gateway_token: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)


def choose_ports(settings: Settings) -> Ports:
    """The inner ports of the settings, and free ones where they name none.

    Raises:
        AskFirstError: one of them is in use.
    """
    taken = {settings.port}
    chosen: list[int] = []
    names = ["rasa_port", "actions_port"] + (["telegram_port"] if settings.telegram_token else [])
    for name in names:
        port: int | None = getattr(settings, name)
        if port is None:
            port = ports.choose(taken)
        else:
            ports.demand(ports.LOOPBACK, port, f"ASKFIRST_{name.upper()}")
        taken.add(port)
        chosen.append(port)
    return Ports(chosen[0], chosen[1], chosen[2] if settings.telegram_token else None)


def environment(settings: Settings, inner: Ports, base: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The environment of the parts: every setting that was left open is decided in it."""
    decided = {
        "ASKFIRST_HOME": str(settings.home),
        "ASKFIRST_MODE": settings.mode,
        "ASKFIRST_HOST": settings.host,
        "ASKFIRST_PORT": str(settings.port),
        "ASKFIRST_DATABASE_URL": settings.database_url,
        "ASKFIRST_GAZETTEER": str(settings.gazetteer),
        "ASKFIRST_MODELS": str(settings.models),
        "ASKFIRST_RASA_PORT": str(inner.rasa),
        "ASKFIRST_ACTIONS_PORT": str(inner.actions),
        "ASKFIRST_TURN_TIMEOUT": f"{settings.turn_timeout:g}",
        "PYTHONUNBUFFERED": "1",
    }
    if settings.telegram_token:
        decided["ASKFIRST_TELEGRAM_PORT"] = str(inner.telegram)
        if not settings.gateway_tokens:
            decided["ASKFIRST_GATEWAY_TOKENS"] = TELEGRAM_TOKEN.format(inner.gateway_token)
    return {**base, **decided}


def rasa_environment(
    settings: Settings, inner: Ports, base: Mapping[str, str] = os.environ
) -> dict[str, str]:
    """Rasa's environment: our code for it on the path, where the action server is, and no secrets."""
    variables = environment(settings, inner, base)
    for name in SECRETS:
        variables.pop(name, None)
    variables["PYTHONPATH"] = str(CHECKOUT / "bot")
    variables["ASKFIRST_ACTIONS_URL"] = f"http://{ports.LOOPBACK}:{inner.actions}/webhook"
    variables["RASA_TELEMETRY_ENABLED"] = "false"
    variables["RASA_CACHE_DIRECTORY"] = str(settings.models / "cache")
    variables["RASA_MAX_CACHE_SIZE"] = "0"  # nothing of a training is used for another one
    return variables


def front_door(settings: Settings, inner: Ports) -> Part:
    """The ASGI application that people and programs talk to."""
    return Part(
        name="web",
        title="the front door",
        command=(
            *(sys.executable, "-m", "uvicorn", "--factory", "web.app:create_app"),
            *("--host", settings.host, "--port", str(settings.port)),
            *("--log-level", settings.log_level, "--no-access-log", "--no-server-header"),
            *("--timeout-graceful-shutdown", "4"),
        ),
        port=settings.port,
        host=settings.host,
        pulse="/api/v1/health",
        environment=environment(settings, inner),
        any_answer=True,
    )


def action_server(settings: Settings, inner: Ports) -> Part:
    """The Rasa SDK actions."""
    return Part(
        name="actions",
        title="the action server",
        command=(sys.executable, "-m", "actions.server"),
        port=inner.actions,
        pulse="/health",
        environment=environment(settings, inner),
    )


def telegram_gateway(settings: Settings, inner: Ports) -> Part:
    """The gateway between Telegram and the front door."""
    variables = environment(settings, inner)
    for name in NOT_FOR_GATEWAYS:
        variables.pop(name, None)
    assert inner.telegram is not None
    return Part(
        name="telegram-gateway",
        title="the Telegram gateway",
        command=(sys.executable, "-m", "channels.telegram"),
        port=inner.telegram,
        pulse="/health",
        environment=variables,
    )


def rasa_server(settings: Settings, inner: Ports, model: Path) -> Part:
    """Rasa, with a trained model."""
    return Part(
        name="rasa",
        title="the Rasa server",
        command=(
            *(str(RASA_PYTHON), "-m", "askfirst_rasa", "run"),
            *("--model", str(model), "-i", ports.LOOPBACK, "--port", str(inner.rasa)),
            *("--endpoints", "bot/endpoints.yml", "--credentials", "bot/credentials.yml"),
        ),
        port=inner.rasa,
        pulse="/webhooks/askfirst/health",
        environment=rasa_environment(settings, inner),
    )
