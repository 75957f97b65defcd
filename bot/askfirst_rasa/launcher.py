"""Starts Rasa's command line: parts left out, changes made, nothing reachable from outside."""

from __future__ import annotations

import ipaddress
import os
import sys
import warnings
from collections.abc import Sequence
from typing import Any

from askfirst_rasa import leftout, patches, stubs

LOOPBACK = "127.0.0.1"

#: Set before Rasa is imported, unless the environment already says something else.
DEFAULTS = {
    "OMP_NUM_THREADS": "1",  # the models are small: more threads cost memory and gain nothing
    "OPENBLAS_NUM_THREADS": "1",
    "SANIC_GRACEFUL_SHUTDOWN_TIMEOUT": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}


class RefusedError(Exception):
    """Something that this launcher does not do; the text says so in one line."""


def main(arguments: Sequence[str]) -> int:
    """Runs `rasa` with `arguments`. Returns the exit status; a refusal is one line on standard error."""
    try:
        sys.argv = ["rasa", *prepared(list(arguments))]
    except RefusedError as refusal:
        print(refusal, file=sys.stderr)
        return 2
    for name, value in DEFAULTS.items():
        os.environ.setdefault(name, value)
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    _hide_what_only_developers_of_rasa_can_change()

    stubs.install()
    from rasa.__main__ import main as rasa

    patches.name_left_out_components()
    if is_server(arguments):
        patches.name_left_out_endpoints()
        patches.serve_in_one_process()
        patches.keep_one_validator()
        patches.limit_actions()
        patches.run_graphs_plainly()
        patches.keep_connections()
        patches.end_a_turn_with_its_action()
        patches.compare_no_domains()
        patches.log_no_questions()
    rasa()
    return 0


def _hide_what_only_developers_of_rasa_can_change() -> None:
    """Warnings about old calls are not shown. Filters would not do: Sanic and Rasa set their own."""
    shown = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *args: Any, **kwargs: Any) -> None:
        old = issubclass(category, DeprecationWarning | PendingDeprecationWarning | FutureWarning)
        if not old and "pkg_resources is deprecated" not in str(message):
            shown(message, category, *args, **kwargs)

    warnings.showwarning = show


def is_server(arguments: Sequence[str]) -> bool:
    """Is this `rasa run`, the server?"""
    return list(arguments[:1]) == ["run"]


def prepared(arguments: list[str]) -> list[str]:
    """The arguments for Rasa, with a server on loopback only.

    Raises:
        RefusedError: the command is left out, or the server could be reached from outside.
    """
    part = leftout.command(arguments)
    if part is not None:
        raise RefusedError(part.sentence())
    if not is_server(arguments):
        return arguments
    if "--enable-api" in arguments:
        raise RefusedError("`--enable-api` is left out: it would let any program here read conversations")
    interface = _value(arguments, "-i", "--interface")
    if interface is None:
        return [*arguments, "--interface", LOOPBACK]
    if not _is_loopback(interface):
        raise RefusedError(f"`{interface}` is not loopback: people reach Rasa through the front door")
    return arguments


def _value(arguments: Sequence[str], *names: str) -> str | None:
    """What follows one of `names`, also as `--name=value` or `-nvalue`; the last one counts."""
    found = None
    for i, argument in enumerate(arguments):
        for name in names:
            if argument == name:
                found = arguments[i + 1] if i + 1 < len(arguments) else ""
            elif argument.startswith(f"{name}=" if name.startswith("--") else name):
                found = argument[len(name) :].lstrip("=")
    return found


def _is_loopback(interface: str) -> bool:
    if interface == "localhost":
        return True
    try:
        return ipaddress.ip_address(interface).is_loopback
    except ValueError:
        return False
