"""`askfirst guidelines diff`: what changes between two rule sets."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import click

from askfirst import bootstrap, settings
from askfirst.cli._words import enquiry_in_words, outcome_in_words, ruling_in_words
from guidelines.formats.packs import PACKS, read_content
from guidelines.lint import person
from guidelines.rulebook import RuleBook
from guidelines.rules import Corpus
from guidelines.ruling import Ruling
from guidelines.store import editions
from guidelines.store.recall import Flipped, flips
from guidelines.store.recall import asked as asked_in


def corpus_named(app: bootstrap.App, name: str) -> Corpus:
    """The rule set of an edition number, `draft`, a file or a pack folder.

    Raises:
        UsageError: there is no such edition, or no draft.
        FormatError: the file cannot be read.
    """
    with app.database.reading() as session:
        if name == "draft":
            draft = editions.draft(session)
            if draft is None:
                raise click.UsageError("there is no draft: nothing was changed since the last edition")
            return draft.corpus
        if name.isdigit():
            try:
                return editions.corpus_of(session, int(name))
            except KeyError:
                raise click.UsageError(f"there is no edition `{name}`") from None
    content = read_content(Path(name))
    if not content.concepts:
        content = read_content(PACKS / "core") + content
    return content.over(None)


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to compare for; today if not given.")
@click.option("--most", type=click.IntRange(1), default=20, show_default=True, help="Print so many groups.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with all groups.")
def diff(old: str, new: str, on: dt.datetime | None, most: int, as_json: bool) -> int:
    """Say every ruling that changes from OLD to NEW: edition numbers, `draft`, files or pack folders.

    Status 1 when some ruling changes.
    """
    from guidelines.analysis.diff import compare

    app = bootstrap.ready(settings.load())
    day = on.date() if on else dt.date.today()
    before, after = corpus_named(app, old), corpus_named(app, new)
    found = compare(before, after, day)
    with app.database.reading() as session:
        questions = asked_in(session)
    flipped = flips(questions, RuleBook(before), RuleBook(after), day) if questions else []
    if as_json:
        click.echo(json.dumps(_plain(found, flipped), ensure_ascii=False, indent=1))
    else:
        _print(found, flipped, after, most)
    return 1 if found.changed else 0


def _print(found: Any, flipped: list[Flipped], corpus: Corpus, most: int) -> None:
    for what, rules in (
        ("new rules", found.rules_added), ("rules gone", found.rules_removed),
        ("rules changed", found.rules_changed),
    ):  # fmt: skip
        if rules:
            click.echo(f"{what}: {len(rules)} ({_few(rules)})")
    for what, values in (("new", found.added), ("gone", found.removed)):
        for dimension, names in values.items():
            click.echo(f"{dimension} values {what}: {len(names)} ({_few(names)})")
    click.echo(f"{found.changed:,} of {found.compared:,} combinations are ruled otherwise")
    if found.broad:
        click.echo("so much changes that groups tell apart no more than the rulings before and after")
    for group in found.groups[:most]:
        somebody = person(corpus.vocabulary, group.example)
        click.echo(f"\n{group.count:,}: {_effects(group.before)} -> {_effects(group.after)}")
        click.echo(
            f"  {somebody[:1].upper()}{somebody[1:]}: was {ruling_in_words(group.before)}, "
            f"becomes {ruling_in_words(group.after)}."
        )
    if len(found.groups) > most:
        rest = sum(group.count for group in found.groups[most:])
        click.echo(f"\nand {len(found.groups) - most} smaller groups with {rest:,} combinations")
    if flipped:
        from guidelines.analysis.picture import times

        total = sum(flip.count for flip in flipped)
        click.echo(f"\nasked {times(total)}, and answered otherwise now:")
        for flip in flipped[:most]:
            click.echo(
                f"  {flip.count} x {enquiry_in_words(corpus.vocabulary, flip.enquiry)}: "
                f"was {outcome_in_words(flip.before)}, becomes {outcome_in_words(flip.after)}"
            )


def _effects(ruling: Ruling) -> str:
    effect = ruling.effect.value if ruling.effect else "no guidance"
    return f"{effect}, {ruling.unclear.value}" if ruling.effect and ruling.unclear else effect


def _few(names: tuple[str, ...], most: int = 5) -> str:
    return ", ".join(names[:most]) + (", ..." if len(names) > most else "")


def _plain(found: Any, flipped: list[Flipped]) -> dict[str, Any]:
    return {
        "on": found.on.isoformat(), "compared": found.compared, "changed": found.changed,
        "broad": found.broad,
        "rules": {
            "added": found.rules_added, "removed": found.rules_removed, "changed": found.rules_changed,
            "reworded": found.reworded,
        },
        "values": {"added": found.added, "removed": found.removed},
        "groups": [
            {
                "count": group.count, "before": _ruling(group.before), "after": _ruling(group.after),
                "gone": group.gone, "came": group.came, "example": group.example,
            }
            for group in found.groups
        ],
        "asked": [
            {
                "enquiry": flip.enquiry, "count": flip.count,
                "before": flip.before.as_dict() if flip.before else None,
                "after": flip.after.as_dict() if flip.after else None,
            }
            for flip in flipped
        ],
    }  # fmt: skip


def _ruling(ruling: Ruling) -> dict[str, Any]:
    return {
        "effect": ruling.effect, "unclear": ruling.unclear, "rules": ruling.rules,
        "conditions": ruling.conditions, "approvers": ruling.approvers,
    }  # fmt: skip
