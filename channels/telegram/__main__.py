"""Run the gateway with the settings of the environment; the supervisor does so."""

from __future__ import annotations

import asyncio
import logging
import sys

import telegram
from telegram.error import InvalidToken

from askfirst.errors import SettingError
from askfirst.settings import Settings, load
from channels.telegram.gateway import Gateway, Options

FILE = "telegram.db"
_EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
# This package is named as its channel is in `answers/channels.yml`.
CHANNEL = __package__.rpartition(".")[2] if __package__ else ""


def main() -> None:
    """Serve until the supervisor stops it."""
    # Names of requests hold the bot's token, and updates hold what people write: neither belongs in a log.
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    for name in ("httpx", "httpcore", telegram.__name__):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        settings = load()
        logging.getLogger("askfirst").setLevel(settings.log_level.upper())
        asyncio.run(run(options(settings)))
    except SettingError as error:
        sys.exit(str(error))
    except InvalidToken:
        sys.exit("Telegram does not know ASKFIRST_TELEGRAM_TOKEN: copy it again from BotFather")


async def run(given: Options) -> None:
    """Run a gateway; the exit status is 1 when it could not go on."""
    gateway = Gateway(given)
    await gateway.run()
    if gateway.failed:
        sys.exit(1)


def options(settings: Settings) -> Options:
    """What the settings mean for the gateway.

    Raises:
        SettingError: one that it needs is missing.
    """
    tokens = dict(settings.gateway_tokens)
    if not settings.telegram_token:
        raise SettingError("the Telegram gateway needs ASKFIRST_TELEGRAM_TOKEN")
    if CHANNEL not in tokens:
        raise SettingError(f"ASKFIRST_GATEWAY_TOKENS must hold `{CHANNEL}=...`, the token of this gateway")
    if settings.telegram_port is None:
        raise SettingError("the Telegram gateway needs ASKFIRST_TELEGRAM_PORT")
    host = _EVERY_ADDRESS.get(settings.host, settings.host)
    return Options(
        bot_token=settings.telegram_token,
        api=settings.telegram_api,
        door=f"http://{host}:{settings.port}",
        door_token=tokens[CHANNEL],
        file=settings.home / FILE,
        port=settings.telegram_port,
        webhook=settings.telegram_webhook,
        turn_timeout=settings.turn_timeout + 5,
    )


if __name__ == "__main__":
    main()
