"""`askfirst guidelines coverage`: where guidance is missing or contradicts itself."""

import datetime as dt
import json
from pathlib import Path

import click

from askfirst import bootstrap, settings
from askfirst.cli._diff import corpus_named
from guidelines.store import editions
from guidelines.store.recall import asked as asked_in
from guidelines.vocabulary import DIMENSIONS, Vocabulary

_KINDS = (".svg", ".html", ".csv", ".json")


@click.command("coverage")
@click.option(
    "--of", "what", metavar="WHAT", help="Another edition than the newest, `draft`, a file or a pack."
)
@click.option("--rows", default="role", show_default=True, metavar="DIM[/PREFIX]", help="The rows.")
@click.option("--columns", default="device", show_default=True, metavar="DIM[/PREFIX]", help="The columns.")
@click.option("--role", help="Look at this role alone, or at those that it covers.")
@click.option("--device", help="Look at this device alone, or at those that it covers.")
@click.option("--country", help="Look at this country alone, or at those that it covers.")
@click.option("--app", "app_", help="Look at this app alone, or at those that it covers.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day; today if not given.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Write a .svg, .html, .csv or .json file."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def coverage(
    what: str | None, rows: str, columns: str, role: str | None, device: str | None, country: str | None,
    app_: str | None, on: dt.datetime | None, output: Path | None, as_json: bool,
) -> int:  # fmt: skip
    """Show where there is no guidance or guidance that clashes, and how often people asked about it.

    The table has two dimensions, and counts all combinations of the others in each square. A prefix shows
    groups of concepts: `--rows app/category:` has a row for each category of apps.

    Status 1 when something is missing or clashes.
    """
    from answers.nearest import UnknownDetail, concept
    from guidelines.analysis import coverage as analysis
    from guidelines.analysis import picture

    if output and output.suffix.lower() not in _KINDS:
        raise click.UsageError(f"`{output}`: use a name that ends in {', '.join(_KINDS)}")
    app = bootstrap.ready(settings.load())
    with app.database.reading() as session:
        name = what or str(editions.newest(session))
        questions = asked_in(session)
    corpus = corpus_named(app, name)
    vocabulary = corpus.vocabulary
    sides = [_side(vocabulary, given) for given in (rows, columns)]
    if sides[0][0] == sides[1][0]:
        raise click.UsageError(f"rows and columns are both `{sides[0][0]}`: choose two dimensions")
    given = dict(zip(DIMENSIONS, (role, device, country, app_), strict=True))
    try:
        fixed = {d: concept(vocabulary[d], name) for d, name in given.items() if name is not None}
    except UnknownDetail as unknown:
        raise click.UsageError(str(unknown)) from None
    table = analysis.cover(
        corpus, on.date() if on else dt.date.today(), sides[0][0], sides[1][0], fixed=fixed,
        groups={dimension: groups for dimension, groups in sides if groups}, asked=questions,
    )  # fmt: skip
    whole = table.whole
    if as_json or (output and output.suffix.lower() == ".json"):
        said = {
            "on": table.on.isoformat(), "clear": whole.clear, "no-guidance": whole.silent,
            "conflicting-guidance": whole.clash, "squares": picture.records(table, vocabulary),
        }  # fmt: skip
        text = json.dumps(said, ensure_ascii=False, indent=1) + "\n"
    elif output:
        draw = {".svg": picture.as_svg, ".html": picture.as_html, ".csv": picture.as_csv}
        text = draw[output.suffix.lower()](table, vocabulary)
    else:
        text = _lines(table, vocabulary)
    if output:
        output.write_text(text, "utf-8")
        click.echo(f"written: {output}")
    else:
        click.echo(text, nl=False)
    return 1 if whole.silent or whole.clash else 0


def _side(vocabulary: Vocabulary, given: str) -> tuple[str, list[str]]:
    """The dimension of a side, and the groups to show there if a prefix is given."""
    dimension, _, prefix = given.partition("/")
    if dimension not in DIMENSIONS:
        raise click.UsageError(f"`{dimension}` is no dimension: use one of {', '.join(DIMENSIONS)}")
    scheme = vocabulary[dimension]
    groups = [c.id for c in scheme if prefix and c.id.startswith(prefix)]
    if prefix and not groups:
        raise click.UsageError(f"no {dimension} in the vocabulary starts with `{prefix}`")
    return dimension, groups


def _lines(table, vocabulary) -> str:  # type: ignore[no-untyped-def]
    """The squares with something missing, those most asked about first, and the sum."""
    from guidelines.analysis import picture

    whole = table.whole
    wanting = [(key, cell) for key, cell in table.cells.items() if cell.silent or cell.clash]
    wanting.sort(key=lambda item: (-item[1].asked, -item[1].share))
    lines = [picture.title(table, vocabulary), ""]
    for (row, column), cell in wanting[:40]:
        names = vocabulary[table.row_dimension].label(row), vocabulary[table.column_dimension].label(column)
        counts = (("no guidance", cell.silent), ("clash", cell.clash))
        parts = [f"{word} {count:,}" for word, count in counts if count]
        asked = f", asked {picture.times(cell.asked)}" if cell.asked else ""
        lines.append(f"{names[0]}, {names[1]}: {', '.join(parts)} of {cell.total:,}{asked}")
    if len(wanting) > 40:
        lines.append(f"and {len(wanting) - 40:,} further squares (-o FILE.csv has all of them)")
    lines += [
        "",
        f"{whole.total:,} combinations: {whole.clear:,} clear, {whole.silent:,} without guidance, "
        f"{whole.clash:,} clashing",
    ]
    return "\n".join(lines) + "\n"
