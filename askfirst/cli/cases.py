"""The gaps that were met: list them, show one, export them all."""

import csv
import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import click

from askfirst import bootstrap, settings
from askfirst.errors import AskFirstError
from cases import log
from cases.log import STATUSES, Case
from guidelines.ruling import Unclear
from guidelines.store.database import Database

_KINDS = click.Choice([str(kind) for kind in Unclear])


class NoCase(AskFirstError):
    """There is no case of that number."""

    exit_status = 2


@click.group()
def command() -> None:
    """What could not be answered clearly: one case for each distinct gap, with a count."""


@command.command("list")
@click.option("--unclear", type=_KINDS, help="Only this kind of unclear.")
@click.option("--status", type=click.Choice(STATUSES), help="Only cases of this status.")
@click.option("--json", "as_json", is_flag=True, help="Print them for programs.")
def list_(unclear: str | None, status: str | None, as_json: bool) -> None:
    """List the cases, the most often met first."""
    with _database().reading() as session:
        found = list(log.listed(session, unclear=unclear, status=status))
    if as_json:
        click.echo(_json([_plain(case) for case in found]))
        return
    if not found:
        click.echo("no cases")
    for case in found:
        times = "once" if case.count == 1 else f"{case.count} times"
        click.echo(f"{case.number}  {case.unclear}  {times}  {case.status}  {case.subject}  ({case.team})")


@command.command()
@click.argument("number")
@click.option("--json", "as_json", is_flag=True, help="Print it for programs.")
def show(number: str, as_json: bool) -> None:
    """Show the case NUMBER and every time it was met."""
    with _database().reading() as session:
        case = log.find(session, number)
        met = log.occurrences(session, number)
    if case is None:
        raise NoCase(f"no case `{number}`: `askfirst cases list` shows them")
    if as_json:
        click.echo(_json({**_plain(case), "occurrences": [_plain(one) for one in met]}))
        return
    click.echo(f"{case.number}  {case.subject}")
    click.echo(
        f"{case.unclear}, {case.status}, met {case.count} times, first {case.first_at:%Y-%m-%d %H:%M} UTC"
    )
    click.echo(f"owner: {case.team} ({case.contact})")
    for one in met:
        held = ", ".join(f"{d} {v}" for d, v in one.details.items() if v)
        parts = [
            f"{one.at:%Y-%m-%d %H:%M}",
            one.channel,
            held,
            one.receipt,
            f"“{one.text}”" if one.text else "",
        ]
        click.echo("  " + "  ".join(part for part in parts if part))


@command.command()
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file.")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of CSV.")
def export(output: Path | None, as_json: bool) -> None:
    """Export all cases, as CSV or JSON; who asked and what they wrote stay out."""
    with _database().reading() as session:
        found = [_plain(case) for case in log.listed(session)]
    text = _json(found) + "\n" if as_json else _csv(found)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")


def _database() -> Database:
    database = bootstrap.build(settings.load()).database
    database.migrate()
    return database


def _plain(row: Any) -> dict[str, Any]:
    """A case or an occurrence as JSON and CSV like it."""
    shown = {key: value for key, value in dataclasses.asdict(row).items() if key != "asker"}
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in shown.items()}


def _csv(rows: list[dict[str, Any]]) -> str:
    columns = [field.name for field in dataclasses.fields(Case) if field.name != "about"]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    # A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    writer.writerows(
        {k: f"'{v}" if str(v).startswith(("=", "+", "-", "@")) else v for k, v in row.items()} for row in rows
    )
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)
