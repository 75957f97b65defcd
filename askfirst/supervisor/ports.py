"""Which ports are free."""

import errno
import random
import socket
from collections.abc import Container

from askfirst.errors import AskFirstError

LOOPBACK = "127.0.0.1"
# Below the range from which Linux takes the local ports of outgoing connections, so none is taken meanwhile.
FIRST, LAST = 20_000, 32_000


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Can a server listen there?"""
    try:
        _listen(host, port)
    except OSError:
        return False
    return True


def demand(host: str, port: int, setting: str) -> None:
    """Raise one clear line if a server cannot listen there.

    Raises:
        AskFirstError: with the setting to change.
    """
    try:
        _listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise AskFirstError(f"port `{port}` on {host} is in use: set {setting} to another one") from None
        if error.errno == errno.EACCES:
            raise AskFirstError(
                f"port `{port}` needs more rights than this user has: set {setting}"
            ) from None
        raise AskFirstError(f"cannot listen on `{host}`, port `{port}`: {error.strerror}") from None


def choose(taken: Container[int] = ()) -> int:
    """A port of this machine that is free now.

    Raises:
        AskFirstError: none was found.
    """
    for port in random.sample(range(FIRST, LAST), 200):
        if port not in taken and is_free(port):
            return port
    raise AskFirstError(f"no free port found between {FIRST} and {LAST}")


def _listen(host: str, port: int) -> None:
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(address)
        probe.listen(1)
