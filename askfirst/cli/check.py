"""The ruling for details given as options, straight from the database."""

import datetime as dt
import json
from collections.abc import Mapping

import click

from askfirst import bootstrap, settings
from askfirst.errors import AskFirstError

_CLEAR = "ruling"


class UnknownValue(AskFirstError):
    """A detail that no vocabulary holds."""

    exit_status = 2


class _Day(click.ParamType):
    name = "date"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day that is written as 2026-03-31."""
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"`{value}` is no date: write it as 2026-03-31", param, ctx)


@click.command()
@click.option("--role", metavar="R", multiple=True, help="What the person is, such as diplomat.")
@click.option("--device", metavar="D", multiple=True, help="What it is used on, such as work-phone.")
@click.option("--country", metavar="C", multiple=True, help="Where, an ISO 3166 code or a name.")
@click.option("--app", metavar="A", multiple=True, help="Which app, an id or a name.")
@click.option(
    "--on", metavar="DATE", type=_Day(), help="For which day, such as 2026-03-31; today if not given."
)
@click.option("--json", "as_json", is_flag=True, help="Print the payload that programs get.")
def command(
    role: tuple[str, ...],
    device: tuple[str, ...],
    country: tuple[str, ...],
    app: tuple[str, ...],
    on: dt.date | None,
    as_json: bool,
) -> int:
    """Give the ruling for details, without any server.

    Details are ids or names; an option may be given several times. What does not change the answer need
    not be given. Exit status: 0 a clear ruling, 1 an unclear one or a question, 2 a detail that is not
    known.
    """
    from answers.desk import UnknownDetail

    parts = bootstrap.ready(settings.load())
    details: Mapping[str, tuple[str, ...]] = {"role": role, "device": device, "country": country, "app": app}
    try:
        reply = parts.desk.rule(details, "command line", on)
    except UnknownDetail as unknown:
        raise UnknownValue(str(unknown)) from None
    payload = reply.payload
    click.echo(json.dumps(payload, ensure_ascii=False, indent=2) if as_json else reply.text)
    rulings = [payload["ruling"], *(entry["ruling"] for entry in payload.get("rulings") or ())]
    clear = payload["kind"] != "question" and not any(ruling and ruling["unclear"] for ruling in rulings)
    return 0 if clear else 1
