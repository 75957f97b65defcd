"""Finds the commands, runs one, and turns whatever goes wrong into one clear line and an exit status."""

import ast
import difflib
import importlib
import importlib.util
import os
import pkgutil
import sys
from collections.abc import Sequence

import click

from askfirst import VERSION
from askfirst.cli._faults import explain

PACKAGE = "askfirst.cli"


class Commands(click.Group):
    """The group of all commands, one per module of this package, imported only when run."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, from the names of the files."""
        found = pkgutil.iter_modules(importlib.import_module(PACKAGE).__path__)
        return sorted(module.name.replace("_", "-") for module in found if not module.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module, and take its `command`."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{PACKAGE}.{cmd_name.replace('-', '_')}").command
        command.name = cmd_name
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, with a suggestion for a name that is nearly right."""
        names = self.list_commands(ctx)
        if args and args[0] not in names and not args[0].startswith("-"):
            near = difflib.get_close_matches(args[0], names, 1)
            hint = f": did you mean `{near[0]}`?" if near else f": the commands are {', '.join(names)}"
            raise click.UsageError(f"no command `{args[0]}`{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the first lines of their files, which need no import."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, _first_line(name)) for name in self.list_commands(ctx)])


def _first_line(name: str) -> str:
    spec = importlib.util.find_spec(f"{PACKAGE}.{name.replace('-', '_')}")
    if spec is None or spec.origin is None:
        return ""
    with open(spec.origin, encoding="utf-8") as file:
        docstring = ast.get_docstring(ast.parse(file.read())) or ""
    return docstring.partition("\n")[0].rstrip(".")


@click.command(cls=Commands, name="askfirst", context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, message="askfirst %(version)s")
def program() -> None:
    """May I use this app? Answers from a guideline database, and everything around them."""


def main(args: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status: 0 done, 1 found something wrong, 2 used wrongly.

    A command may return its exit status as an integer; nothing means 0.
    """
    try:
        outcome = program.main(args=args, prog_name="askfirst", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (`head`, say) has seen enough. Python would complain once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:  # noqa: BLE001 - the one place where a fault becomes a line for a person
        line, status = explain(error)
        if line:
            click.echo(line, err=True)
        return status
    except KeyboardInterrupt:
        return 130
    return outcome if isinstance(outcome, int) else 0
