"""docs/commands.md and the command line say the same."""

import re
from collections.abc import Iterator

import click

from askfirst.cli import program
from askfirst.settings import CHECKOUT

PAGE = CHECKOUT / "docs" / "commands.md"
HEADING = re.compile(r"^##+ `(askfirst[^`]*)`$", re.MULTILINE)


def sections() -> dict[str, str]:
    parts = HEADING.split(PAGE.read_text(encoding="utf-8"))
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def commands(command: click.Command = program, path: str = "askfirst") -> Iterator[tuple[str, click.Command]]:
    if not isinstance(command, click.Group):
        yield path, command
        return
    if command is not program:
        yield path, command
    context = click.Context(command)
    for name in command.list_commands(context):
        inner = command.get_command(context, name)
        assert inner is not None
        yield from commands(inner, f"{path} {name}")


def test_every_command_has_a_section_and_every_section_a_command():
    assert sorted(sections()) == sorted(path for path, _ in commands())


def test_every_option_is_in_the_section_of_its_command():
    pages = sections()
    missing = [
        f"{path} {option}"
        for path, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.hidden
        for option in parameter.opts
        if option.startswith("--") and option != "--help" and option not in pages.get(path, "")
    ]

    assert missing == []


def test_every_command_and_option_explains_itself():
    silent = [path for path, command in commands() if not command.help]
    silent += [
        f"{path} {parameter.name}"
        for path, command in commands()
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]

    assert silent == []
