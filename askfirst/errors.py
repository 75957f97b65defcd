"""What can go wrong for the person who runs AskFirst, said in one line."""


class AskFirstError(Exception):
    """A fault the person can do something about.

    The message is one line in lower case, with what the person typed in backticks and the way out, if there
    is one.
    """

    exit_status = 1


class SettingError(AskFirstError):
    """A setting has a value that cannot be used."""

    exit_status = 2
