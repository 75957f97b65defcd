"""Import, export, check and publish guidelines."""

import datetime as dt
import json
from pathlib import Path

import click

from askfirst import bootstrap, settings
from cases import closing
from guidelines.formats import dumps, read_content
from guidelines.formats.packs import PACKS, Content
from guidelines.lint import Finding, errors, lint
from guidelines.store import editions

IMPORTED_BY = "import"
WRITERS = {"json": dumps}


@click.group()
def command() -> None:
    """Import, export, check and publish guidelines.

    Changes are made to a draft, which is never answered from; publishing makes it the next edition.
    """


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--publish", "at_once", is_flag=True, help="Publish at once, for unattended use.")
@click.option("--approve-as", metavar="NAME", help="Who approves the publishing.")
def import_(files: tuple[Path, ...], at_once: bool, approve_as: str | None) -> None:
    """Import FILES (.json, .yml, .xlsx or pack folders) into the draft, all of them or nothing.

    Guidelines and concepts of the same id are replaced, others are added.
    """
    if at_once and not approve_as:
        raise click.UsageError(
            "--publish needs --approve-as NAME: a second person approves what is published"
        )
    content = Content()
    for file in files:
        content += read_content(file)
    app = bootstrap.build(settings.load())
    app.database.migrate()
    with app.database.transaction() as session:
        base = editions.working_corpus(session)
        if base is None and not content.concepts:
            # Guidelines alone speak about the vocabulary that every database starts from.
            content = read_content(PACKS / "core") + content
        corpus = content.over(base)
        editions.save_draft(session, corpus, IMPORTED_BY)
    rules = sum(1 for _ in corpus.rules())
    click.echo(f"the draft holds {len(corpus.guidelines)} guidelines with {rules} rules")
    if at_once:
        _publish(app, approve_as or "", f"Import of {', '.join(file.name for file in files)}")


@command.command()
@click.option(
    "--approve-as", metavar="NAME", required=True, help="Who approves; not the person who wrote it."
)
@click.option("--note", default="", help="What this edition changes, in one sentence.")
def publish(approve_as: str, note: str) -> None:
    """Publish the draft as the next edition."""
    app = bootstrap.build(settings.load())
    app.database.migrate()
    _publish(app, approve_as, note)


def _publish(app: bootstrap.App, approve_as: str, note: str) -> None:
    edition = editions.publish(app.database, approved_by=approve_as, note=note)
    bootstrap.write_gazetteer(app.books.current(), app.settings.gazetteer)
    closed = closing.after_publish(app.database, app.books, edition.number)
    digest = edition.content_hash[:12]
    click.echo(f"published edition {edition.number} ({digest}), approved by {edition.approved_by}")
    if closed.cases or closed.notices:
        click.echo(f"it answers {len(closed.cases)} cases; {closed.notices} answers wait for those who asked")


@command.command()
@click.option("--format", "kind", type=click.Choice(list(WRITERS)), default="json", show_default=True)
@click.option("--edition", type=int, help="Another edition than the newest one.")
@click.option("--draft", is_flag=True, help="The draft instead of an edition.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
def export(kind: str, edition: int | None, draft: bool, output: Path | None) -> None:
    """Write out a whole edition: its vocabulary and its guidelines."""
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        number = edition if edition is not None else editions.newest(session)
        if draft:
            number = None
        corpus = editions.working_corpus(session) if draft else _edition(session, number)
    assert corpus is not None
    text = WRITERS[kind](corpus, number)
    if output:
        output.write_text(text + "\n", "utf-8")
    else:
        click.echo(text)


def _edition(session, number):  # type: ignore[no-untyped-def]
    try:
        return editions.corpus_of(session, number)
    except KeyError:
        raise click.UsageError(f"there is no edition `{number}`") from None


@command.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to check for; today if not given.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def lint_(files: tuple[Path, ...], on: dt.datetime | None, as_json: bool) -> int:
    """Say what is wrong with FILES, or with the draft (else the newest edition) when none are named."""
    day = on.date() if on else dt.date.today()
    if files:
        content = Content()
        for file in files:
            content += read_content(file)
        if not content.concepts:
            content = read_content(PACKS / "core") + content
        corpus = content.over(None)
    else:
        app = bootstrap.ready(settings.load())
        with app.database.reading() as session:
            corpus = editions.working_corpus(session)  # type: ignore[assignment]
    findings = lint(corpus, day)
    if as_json:
        click.echo(json.dumps([_plain(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(f"{'error' if finding.error else 'finding'}: {finding.message}")
        click.echo(f"{len(errors(findings))} errors, {len(findings) - len(errors(findings))} findings")
    return 1 if errors(findings) else 0


def _plain(finding: Finding) -> dict[str, object]:
    return {"code": finding.code, "where": finding.where, "message": finding.message, "error": finding.error}
