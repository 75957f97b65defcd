"""Import, export, check and publish guidelines."""

import datetime as dt
import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from askfirst import bootstrap, settings
from askfirst.cli._coverage import coverage
from askfirst.cli._diff import diff
from askfirst.cli._words import enquiry_in_words, outcome_in_words
from cases import closing
from cases.closing import Closed
from guidelines.formats import check_broader, check_names, dumps, read_content
from guidelines.formats.packs import PACKS, Content
from guidelines.formats.writing import write, yaml_text
from guidelines.lint import Finding, errors, lint
from guidelines.rules import Corpus
from guidelines.store import editions
from guidelines.store.recall import recalled

IMPORTED_BY = "import"
KINDS = ("json", "yaml", "xlsx")


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Without the garbage collector, which finds nothing in the hundreds of thousands of rules that a large
    import makes, and takes as long to look as all the rest.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@click.group()
def command() -> None:
    """Import, export, check and publish guidelines.

    Changes are made to a draft, which is never answered from; publishing makes it the next edition.
    """


command.add_command(diff)
command.add_command(coverage)


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--publish", "at_once", is_flag=True, help="Publish at once, for unattended use.")
@click.option("--approve-as", metavar="NAME", help="Who approves the publishing.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_no_collecting()
def import_(files: tuple[Path, ...], at_once: bool, approve_as: str | None, as_json: bool) -> None:
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

    def laid_over(base: Corpus | None) -> Corpus:
        # Guidelines alone speak about the vocabulary that every database starts from.
        bare = base is None and not content.concepts
        check_broader(content, base)
        corpus = (read_content(PACKS / "core") + content if bare else content).over(base)
        check_names(content, corpus.vocabulary)
        return corpus

    app = bootstrap.build(settings.load())
    app.database.migrate()
    published = None
    if at_once:
        note = f"Import of {', '.join(file.name for file in files)}"
        corpus, published = editions.publish_change(
            app.database, laid_over, changed_by=IMPORTED_BY, approved_by=approve_as or "", note=note
        )
    else:
        corpus = editions.change_draft(app.database, laid_over, IMPORTED_BY)
    rules = sum(1 for _ in corpus.rules())
    if not as_json:
        click.echo(f"the draft holds {len(corpus.guidelines)} guidelines with {rules} rules")
    if published:
        closed = _after_publish(app, published)
        if not as_json:
            _say_published(published, closed)
    if as_json:
        said: dict[str, object] = {"guidelines": len(corpus.guidelines), "rules": rules}
        said |= {"published": _edition_plain(published) if published else None}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))


@command.command()
@click.option(
    "--approve-as", metavar="NAME", required=True, help="Who approves; not the person who wrote it."
)
@click.option("--note", default="", help="What this edition changes, in one sentence.")
@click.option("--recall", is_flag=True, help="List past answers that the new edition changes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_no_collecting()
def publish(approve_as: str, note: str, recall: bool, as_json: bool) -> None:
    """Publish the draft as the next edition."""
    app = bootstrap.build(settings.load())
    app.database.migrate()
    with app.database.reading() as session:
        draft = editions.draft(session)  # held until the edition is compiled, so that it is read only once
    edition = editions.publish(app.database, approved_by=approve_as, note=note)
    closed = _after_publish(app, edition)
    del draft
    changed = []
    if recall:
        with app.database.reading() as session:
            changed = list(recalled(session, app.books.at(edition.number), dt.date.today()))
    if as_json:
        said: dict[str, object] = {"published": _edition_plain(edition), "cases": len(closed.cases)}
        if recall:
            said["recalled"] = [
                {
                    "receipt": one.receipt.id, "at": one.receipt.at.isoformat(),
                    "channel": one.receipt.channel, "enquiry": one.receipt.enquiry,
                    "then": one.then.as_dict(),
                    "now": one.now.as_dict() if one.now else None,
                }
                for one in changed
            ]  # fmt: skip
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))
        return
    _say_published(edition, closed)
    if recall:
        vocabulary = app.books.at(edition.number).vocabulary
        click.echo(f"{len(changed)} past answers would be otherwise now")
        for one in changed:
            click.echo(
                f"{one.receipt.id} of {one.receipt.at:%Y-%m-%d}: "
                f"{enquiry_in_words(vocabulary, one.receipt.enquiry)}: "
                f"was {outcome_in_words(one.then)}, now {outcome_in_words(one.now)}"
            )


def _after_publish(app: bootstrap.App, edition: editions.Edition) -> Closed:
    bootstrap.write_gazetteer(app.books.current(), app.settings.gazetteer)
    return closing.after_publish(app.database, app.books, edition.number)


def _say_published(edition: editions.Edition, closed: Closed) -> None:
    digest = edition.content_hash[:12]
    click.echo(f"published edition {edition.number} ({digest}), approved by {edition.approved_by}")
    if closed.cases or closed.notices:
        click.echo(f"it answers {len(closed.cases)} cases; {closed.notices} answers wait for those who asked")


def _edition_plain(edition: editions.Edition) -> dict[str, object]:
    return {
        "edition": edition.number, "content_hash": edition.content_hash,
        "published_at": edition.published_at.isoformat(), "submitted_by": edition.submitted_by,
        "approved_by": edition.approved_by, "note": edition.note,
    }  # fmt: skip


@command.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def history(as_json: bool) -> None:
    """List all editions: when each was published, by whom, and what it changed."""
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        listed = editions.listed(session)
    if as_json:
        click.echo(json.dumps([_edition_plain(edition) for edition in listed], ensure_ascii=False, indent=1))
        return
    for edition in listed:
        click.echo(
            f"{edition.number}  {edition.published_at:%Y-%m-%d %H:%M}  {edition.content_hash[:12]}  "
            f"written by {edition.submitted_by}, approved by {edition.approved_by}"
            + (f": {edition.note}" if edition.note else "")
        )


@command.command()
@click.option(
    "--format", "kind", type=click.Choice(KINDS), default="json", show_default=True, help="The kind."
)
@click.option("--edition", type=int, help="Another edition than the newest one.")
@click.option("--draft", is_flag=True, help="The draft instead of an edition.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write to this file, or a folder for YAML."
)
@click.option("--json", "as_json", is_flag=True, help="Print what was written as JSON.")
def export(kind: str, edition: int | None, draft: bool, output: Path | None, as_json: bool) -> None:
    """Write out a whole edition: its vocabulary and its guidelines."""
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        number = edition if edition is not None else editions.newest(session)
        if draft:
            number = None
        corpus = editions.working_corpus(session) if draft else _edition(session, number)
    assert corpus is not None
    if kind == "xlsx" and output is None:
        raise click.UsageError("a workbook needs --output FILE.xlsx")
    if as_json and output is None:
        raise click.UsageError("--json says what was written, so it needs --output FILE")
    if output is None:
        click.echo(dumps(corpus, number) if kind == "json" else yaml_text(corpus, number))
        return
    write(corpus, output, kind, number)
    if as_json:
        said = {"written": str(output), "edition": number, "guidelines": len(corpus.guidelines)}
        click.echo(json.dumps(said, ensure_ascii=False, indent=1))


def _edition(session, number):  # type: ignore[no-untyped-def]
    try:
        return editions.corpus_of(session, number)
    except KeyError:
        raise click.UsageError(f"there is no edition `{number}`") from None


@command.command("lint")
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day to check for; today if not given.")
@click.option("--thorough", is_flag=True, help="Analyse everything, however long it takes.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def lint_(files: tuple[Path, ...], on: dt.datetime | None, thorough: bool, as_json: bool) -> int:
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
    findings = lint(corpus, day, thorough=thorough)
    if as_json:
        click.echo(json.dumps([_plain(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            click.echo(f"{'error' if finding.error else 'finding'}: {finding.message}")
        click.echo(f"{len(errors(findings))} errors, {len(findings) - len(errors(findings))} findings")
    return 1 if errors(findings) else 0


def _plain(finding: Finding) -> dict[str, object]:
    return {"code": finding.code, "where": finding.where, "message": finding.message, "error": finding.error}
