"""Who asked, without saying who: a hash with a key that never leaves the home folder."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path

_BYTES = 32


def load_key(home: Path) -> bytes:
    """The key of this instance, made the first time. Several processes may ask for it at once.

    Raises:
        OSError: the home folder cannot be written.
    """
    place = home / "secret.key"
    if not place.exists():
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = place.with_name(f".secret.{os.getpid()}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
        try:
            os.link(fresh, place)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return place.read_bytes()


def pseudonym(key: bytes, identity: str) -> str:
    """The same for the same identity, and of no use to anybody without the key (HMAC-SHA-256, RFC 2104)."""
    return hmac.new(key, identity.encode(), hashlib.sha256).hexdigest()
