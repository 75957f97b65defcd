"""Faults in words: one line in lower case, with the person's own input in backticks, and an exit status."""

import os
import re
import sys
import traceback
from pathlib import Path

import click

from askfirst.errors import AskFirstError

DONE, WRONG, USAGE = 0, 1, 2
ROOMS = ("guidelines", "cases", "answers", "briefings")


def explain(error: Exception) -> tuple[str, int]:
    """The line to print (empty for none) and the exit status."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        return error.format_message(), USAGE
    if isinstance(error, click.exceptions.Exit):
        return "", error.exit_code
    if isinstance(error, click.Abort):
        return "", 130
    if isinstance(error, click.UsageError):
        return _usage(error), USAGE
    if isinstance(error, click.FileError):
        return f"cannot open `{error.filename}`: {_gently(error.message)}", USAGE
    if isinstance(error, click.ClickException):
        return _gently(error.format_message()), WRONG
    if isinstance(error, AskFirstError):
        return one_line(str(error)), error.exit_status
    if _is_ours(error):
        # A file names each thing that is wrong with it; any other bad value was given on the command line.
        problems = getattr(error, "problems", None)
        status = USAGE if isinstance(error, ValueError) and not problems else WRONG
        return "\n".join(one_line(line) for line in problems or [str(error)]), status
    if isinstance(error, OSError) and error.filename is not None:
        return f"cannot use `{error.filename}`: {_gently(error.strerror or str(error))}", WRONG
    if _is_database(error):
        return "the database cannot be used: " + _gently(str(getattr(error, "orig", None) or error)), WRONG
    return _unforeseen(error), WRONG


def one_line(text: str) -> str:
    """The text with every run of white space, line ends too, as one space."""
    return " ".join(text.split())


def _usage(error: click.UsageError) -> str:
    if isinstance(error, click.NoSuchOption):
        near = error.possibilities or []
        message = f"no option `{error.option_name}`" + (f": did you mean `{near[0]}`?" if near else "")
    else:
        message = _gently(error.format_message())
    path = error.ctx.command_path if error.ctx else "askfirst"
    return f"{message} (see `{path} --help`)"


def _gently(message: str) -> str:
    """Click's and the system's words in the house style: lower case, backticks, no full stop at the end."""
    message = re.sub(r"(?<!\w)'([^']*)'(?!\w)", r"`\1`", one_line(message)).rstrip(".")
    first = message.split(" ", 1)[0]
    return message if first.isupper() else message[:1].lower() + message[1:]


def _is_ours(error: Exception) -> bool:
    """Is it one of the faults that the inner rooms name, in words for a person?"""
    return type(error).__module__.partition(".")[0] in ROOMS


def _is_database(error: Exception) -> bool:
    # SQLAlchemy is imported only by commands that use it.
    sqlalchemy = sys.modules.get("sqlalchemy.exc")
    return sqlalchemy is not None and isinstance(
        error, sqlalchemy.OperationalError | sqlalchemy.InterfaceError
    )


def _unforeseen(error: Exception) -> str:
    """A fault of ours: where it happened goes to a file, for those who mend it."""
    home = Path(os.environ.get("ASKFIRST_HOME") or Path(__file__).parents[2] / ".askfirst")
    place = home / "logs" / "faults.log"
    kind = type(error).__name__
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("a", encoding="utf-8") as file:
            # Where it happened, without the message, which may repeat what somebody asked.
            file.write(f"{kind}\n{''.join(traceback.format_tb(error.__traceback__))}\n")
    except OSError:
        return f"something went wrong that should not have ({kind}), and `{place}` cannot be written"
    return f"something went wrong that should not have ({kind}): the place is in `{place}`"
