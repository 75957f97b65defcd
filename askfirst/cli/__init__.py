"""The command line: `askfirst COMMAND`, a file for each command.

A command is a module of this package, named as the command is: `check.py` is `askfirst check`, an underscore
is a hyphen, and a name that starts with one is no command. The first line of its docstring is the help in the
list, and its attribute `command` is the click command. Nothing is imported before it is needed, so that every
command starts fast.
"""

from askfirst.cli._run import main, program

__all__ = ["main", "program"]
