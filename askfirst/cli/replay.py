"""Rule a past answer again from its receipt, and say whether it holds."""

import datetime as dt
import json

import click

from askfirst import bootstrap, settings
from askfirst.cli._words import enquiry_in_words, outcome_in_words
from guidelines.replay import MANY, Outcome, rule_again
from guidelines.store import receipts


@click.command()
@click.argument("receipt")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def command(receipt: str, as_json: bool) -> int:
    """Rule again what RECEIPT answered, by the edition that answered and by today's.

    Status 1 when the answer does not hold by its own edition.
    """
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        found = receipts.find(session, receipt)
    if found is None:
        raise click.ClickException(f"there is no receipt `{receipt}`")
    if MANY in found.enquiry:
        return _briefing(app, found, as_json)
    book, current = app.books.at(found.edition), app.books.current()
    then = Outcome.of(found.outcome)
    again = rule_again(book, found.enquiry, found.on)
    today = rule_again(current, found.enquiry, dt.date.today())
    holds, holds_today = again == then, today == then
    if as_json:
        said = {
            "receipt": found.id, "edition": found.edition, "on": found.on.isoformat(),
            "enquiry": found.enquiry,
            "outcome": then.as_dict(), "holds": holds, "recomputed": again.as_dict() if again else None,
            "today": {
                "edition": current.edition, "holds": holds_today,
                "outcome": today.as_dict() if today else None,
            },
        }  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0 if holds else 1
    click.echo(f"receipt {found.id}: {enquiry_in_words(book.vocabulary, found.enquiry)}, on {found.on}")
    click.echo(f"answered by edition {found.edition}: {outcome_in_words(then)}")
    click.echo(
        "it holds" if holds else f"it does not hold: edition {found.edition} gives {outcome_in_words(again)}"
    )
    if holds_today:
        click.echo(f"today's edition {current.edition} gives the same")
    else:
        click.echo(f"today's edition {current.edition} gives {outcome_in_words(today)}")
    return 0 if holds else 1


def _briefing(app: bootstrap.App, found: receipts.Receipt, as_json: bool) -> int:
    """A receipt that stands for the rulings of a briefing."""
    made, holds, holds_today = app.briefer.again(found.id)
    edition = app.books.current().edition
    if as_json:
        said = {
            "receipt": found.id, "edition": found.edition, "on": found.on.isoformat(),
            "enquiry": found.enquiry, "holds": holds, "today": {"edition": edition, "holds": holds_today},
        }  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return 0 if holds else 1
    click.echo(f"receipt {found.id}: {made.title}, on {found.on}, from edition {found.edition}")
    click.echo("every ruling in it holds" if holds else f"edition {found.edition} gives other rulings")
    same = "the same" if holds_today else f"other rulings: see `askfirst brief --diff {found.id}`"
    click.echo(f"today's edition {edition} gives {same}")
    return 0 if holds else 1
