"""Reads the text of one setting: what it means, or in one line what it must be."""

from collections.abc import Callable
from pathlib import Path


def port(text: str) -> int:
    """A port number."""
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 65535:
        raise ValueError("must be a port, a number from 1 to 65535")
    return int(text)


def seconds(text: str) -> float:
    """A number of seconds."""
    try:
        value = float(text)
    except ValueError:
        value = 0
    if not 0 < value <= 600:
        raise ValueError("must be a number of seconds, more than 0 and at most 600")
    return value


def path(text: str) -> Path:
    """A file or folder, absolute."""
    return Path(text).expanduser().absolute()


def names(text: str) -> tuple[str, ...]:
    """Names separated by commas."""
    return tuple(name for name in (part.strip() for part in text.split(",")) if name)


def pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Pairs such as `group=role`, separated by commas."""
    pairs = [name.partition("=") for name in names(text)]
    if not all(left.strip() and right.strip() for left, _, right in pairs):
        raise ValueError("must be pairs such as `group=policy-owner`, separated by commas")
    return tuple((left.strip(), right.strip()) for left, _, right in pairs)


def whole(least: int, most: int) -> Callable[[str], int]:
    """A reader of whole numbers between two bounds."""

    def read(text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text) <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(text)

    return read


def marking(text: str) -> str:
    if len(text) > 60 or not text.isprintable():
        raise ValueError("must be one line of at most 60 characters")
    return text


def web_address(text: str) -> str:
    if not text.startswith(("https://", "http://")):
        raise ValueError("must start with https:// (or http:// on a machine of your own)")
    return text.rstrip("/")


def bot_token(text: str) -> str:
    number, _, secret = text.partition(":")
    if not number.isdigit() or len(secret) < 10 or not secret.replace("-", "").replace("_", "").isalnum():
        raise ValueError("must be a token as BotFather gives it, such as `123456:ABC-...`")
    return text


def one_of(*choices: str) -> Callable[[str], str]:
    """A reader of one of a few words."""

    def read(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text.lower()

    return read


def database_url(text: str) -> str:
    """The address of a database that can be used."""
    if text.startswith("postgres://"):
        text = "postgresql://" + text.removeprefix("postgres://")
    if text.startswith("postgresql://"):
        # The driver that AskFirst installs.
        text = "postgresql+psycopg://" + text.removeprefix("postgresql://")
    if not text.startswith(("sqlite://", "postgresql+psycopg://")):
        raise ValueError("must start with sqlite:// or postgresql://")
    if text.startswith("sqlite:///") and text not in ("sqlite:///", "sqlite:///:memory:"):
        # Every process is to open the same file, whatever folder it runs in.
        text = f"sqlite:///{path(text.removeprefix('sqlite:///'))}"
    return text
