"""Runs a command that dies with its parent, however the parent dies: `python leash.py PARENT COMMAND...`.

A script rather than a function run between fork and exec, where little is safe. Linux sends the signal
(prctl(2), PR_SET_PDEATHSIG) when the parent is gone, even by `kill -9`, and keeps the wish across exec.
Elsewhere the command just runs.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1


def main() -> None:
    parent, command = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        # It died before the wish was made.
        sys.exit(1)
    try:
        os.execvp(command[0], command)
    except OSError as error:
        sys.exit(f"cannot run `{command[0]}`: {error.strerror}")


if __name__ == "__main__":
    main()
