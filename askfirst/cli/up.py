"""Run everything: prepare the database, train if needed, start the servers, until Ctrl-C."""

import click

from askfirst import settings


@click.command()
def command() -> None:
    """Run everything with one command, until Ctrl-C.

    The database is made ready (and the default packs are published in it when it is new), the understanding
    is trained if what it is trained from has changed, and the front door, the action server and Rasa are
    started and kept running. What it does is set by environment variables: see docs/settings.md.
    """
    from askfirst.supervisor import Supervisor

    for name, near in settings.unknown().items():
        hint = f": did you mean {near}?" if near else ""
        click.echo(f"no setting `{name}`, so it is ignored{hint}", err=True)
    Supervisor(settings.load()).run()
