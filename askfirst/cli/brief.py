"""A briefing before a posting: on the screen, or as a PDF, web page, Markdown or calendar."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from askfirst import bootstrap, settings
from askfirst.errors import AskFirstError

if TYPE_CHECKING:
    from briefings.desk import Briefer
    from briefings.itinerary import Posting, Stop
    from briefings.model import Briefing
    from guidelines.vocabulary import Vocabulary

_FORMS = (".pdf", ".html", ".md", ".ics")
_CHANNEL = "command line"


class CannotGive(AskFirstError):
    """A detail that nobody knows, or a form that a briefing does not have."""

    exit_status = 2


@click.command()
@click.argument("country", required=False)
@click.option("--role", metavar="R", help="What the person is, such as diplomat.")
@click.option("--device", metavar="D", multiple=True, help="A device that goes along; may be repeated.")
@click.option("--from", "first", metavar="DATE", default="", help="The day of arrival, such as 2027-03-01.")
@click.option("--to", "last", metavar="DATE", default="", help="The last day there.")
@click.option(
    "--via",
    metavar="COUNTRY[,DATE[,DATE]]",
    multiple=True,
    help="A country on the way, with its days where they are known; may be repeated.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help=f"A file: {', '.join(_FORMS)}.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--diff", metavar="RECEIPT", help="What changed since the briefing with this receipt.")
def command(
    country: str | None,
    role: str | None,
    device: tuple[str, ...],
    first: str,
    last: str,
    via: tuple[str, ...],
    output: Path | None,
    as_json: bool,
    diff: str | None,
) -> int:
    """Brief somebody on a posting to COUNTRY, or say with --diff what changed since they were briefed.

    Country, role and devices are ids or names. Without a device every kind is covered. The file's ending
    says which form it gets; without a file the briefing is printed as Markdown.
    """
    if (country is None) == (diff is None):
        raise click.UsageError("name either a country or, with --diff, a receipt")
    if output is not None and output.suffix.lower() not in _FORMS:
        raise CannotGive(
            f"no briefing has the form `{output.suffix or output.name}`: use {', '.join(_FORMS)}"
        )
    there = settings.load()
    parts = bootstrap.ready(there)
    briefer = parts.briefer
    if diff is not None:
        return _changes(briefer, diff, as_json)
    book = parts.books.current()
    wanted = _posting(country or "", role, device, first, last, via, book.vocabulary)
    briefing = briefer.brief(wanted, book=book, channel=_CHANNEL)
    _give(briefing, output, as_json)
    return 0


def _posting(
    country: str,
    role: str | None,
    devices: tuple[str, ...],
    first: str,
    last: str,
    via: tuple[str, ...],
    vocabulary: Vocabulary,
) -> Posting:
    from answers.nearest import UnknownDetail
    from briefings.itinerary import CannotBrief, Stop, day, posting

    try:
        arrive, leave = day(first, "from"), day(last, "to")
        stops = [*(_on_the_way(words, arrive) for words in via), Stop(country, "post", arrive, leave)]
        return posting(stops, role, devices, vocabulary)
    except (UnknownDetail, CannotBrief) as wrong:
        raise CannotGive(str(wrong)) from None


def _on_the_way(words: str, arrive: dt.date | None) -> Stop:
    """A stop such as `SG` or `SG,2027-03-01,2027-03-02`; without a day it is that of the arrival."""
    from briefings.itinerary import CannotBrief, Stop, day

    place, *days = [part.strip() for part in words.split(",")]
    if len(days) > 2:
        raise CannotBrief(f"`{words}` has too many parts: write a country and at most two days", "via")
    first, last = (day(text, "via") for text in [*days, "", ""][:2])
    return Stop(place, "transit", first or arrive, last)


def _give(briefing: Briefing, output: Path | None, as_json: bool) -> None:
    from briefings import forms

    if as_json:
        click.echo(json.dumps(forms.plain(briefing), ensure_ascii=False, indent=2))
    if output is None:
        if not as_json:
            click.echo(forms.markdown(briefing), nl=False)
        return
    output.write_bytes(forms.of(output.suffix.lower().removeprefix("."), briefing))
    click.echo(
        f"wrote {output}: edition {briefing.edition}, receipt {briefing.receipt}, ask again after "
        f"{briefing.again_on}",
        err=as_json,
    )


def _changes(briefer: Briefer, receipt: str, as_json: bool) -> int:
    then, now, changed = briefer.changes_since(receipt)
    if as_json:
        said = {"since": then, "edition": now, "changes": [{"kind": c.kind, "text": c.text} for c in changed]}
        click.echo(json.dumps(said, ensure_ascii=False, indent=2))
    elif changed:
        click.echo(f"since edition {then}, which that briefing is from, edition {now} changed this:")
        for change in changed:
            click.echo(f"- {change.text}")
    else:
        click.echo(f"nothing that matters to that posting changed between editions {then} and {now}")
    return 0
