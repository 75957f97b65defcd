"""A table of coverage as a picture (SVG), a page (HTML) or rows (CSV, JSON).

Every square says in words and by a sign what its colour says, so nobody needs to see colours.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from html import escape
from typing import Any

from guidelines.analysis.coverage import Cell, Coverage
from guidelines.vocabulary import Vocabulary

MOST = 60
_SIZE, _LEFT, _TOP = 26, 190, 190
# Dark on light and light on dark, each at a contrast of more than 4.5 to 1.
_LOOKS = {
    "clear": ("#e3f1e6", "#14381d", "✓"),
    "partly": ("#fbe7b5", "#4a3500", "◐"),
    "none": ("#f6c9c0", "#5b1408", "○"),
    "clash": ("#5a2a82", "#ffffff", "✕"),
    "nothing": ("#eeeeee", "#444444", "–"),
}
_MEANINGS = {
    "clear": "clear guidance for all",
    "partly": "clear guidance for some",
    "none": "no guidance",
    "clash": "guidance that contradicts itself",
}


def state(cell: Cell) -> str:
    """The state of a square: clear, partly, none, clash, or nothing to look at."""
    if not cell.total:
        return "nothing"
    if cell.clash:
        return "clash"
    if not cell.silent:
        return "clear"
    return "none" if not cell.clear else "partly"


def records(table: Coverage, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """A record for each square."""
    return [
        {
            table.row_dimension: row, table.column_dimension: column,
            "row": vocabulary[table.row_dimension].label(row),
            "column": vocabulary[table.column_dimension].label(column),
            "state": state(cell), "clear": cell.clear, "no-guidance": cell.silent,
            "conflicting-guidance": cell.clash, "asked": cell.asked,
        }
        for (row, column), cell in table.cells.items()
    ]  # fmt: skip


def as_csv(table: Coverage, vocabulary: Vocabulary) -> str:
    """The squares as CSV, one a line."""
    rows = records(table, vocabulary)
    text = io.StringIO()
    if rows:
        writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return text.getvalue()


def title(table: Coverage, vocabulary: Vocabulary) -> str:
    """What the table is about, in one line."""
    about = [vocabulary[d].label(concept) for d, concept in table.fixed.items()]
    narrowed = f" ({', '.join(about)})" if about else ""
    return f"Guidance by {table.row_dimension} and {table.column_dimension}{narrowed} on {table.on}"


def as_svg(table: Coverage, vocabulary: Vocabulary) -> str:
    """The table as a picture that a screen reader can read too."""
    rows = chosen(table, table.rows, 0)
    columns = chosen(table, table.columns, 1)
    width, height = max(620, _LEFT + len(columns) * _SIZE + 120), _TOP + len(rows) * _SIZE + 130
    heading = escape(title(table, vocabulary))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-labelledby="title desc" font-family="sans-serif" font-size="12">',
        f'<title id="title">{heading}</title>',
        f'<desc id="desc">{escape(_description(table, vocabulary, rows, columns))}</desc>',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="10" y="22" font-size="15" font-weight="bold" fill="#1a1a1a">{heading}</text>',
    ]
    for number, column in enumerate(columns):
        x, y = _LEFT + number * _SIZE + _SIZE / 2 + 4, _TOP - 8
        label = escape(_short(vocabulary[table.column_dimension].label(column)))
        parts.append(f'<text x="{x}" y="{y}" transform="rotate(-60 {x} {y})" fill="#1a1a1a">{label}</text>')
    for number, row in enumerate(rows):
        y = _TOP + number * _SIZE
        label = escape(_short(vocabulary[table.row_dimension].label(row)))
        parts.append(
            f'<text x="{_LEFT - 8}" y="{y + _SIZE / 2 + 4}" text-anchor="end" fill="#1a1a1a">{label}</text>'
        )
        for place, column in enumerate(columns):
            parts.append(_square(table, vocabulary, row, column, _LEFT + place * _SIZE, y))
    parts += _legend(_TOP + len(rows) * _SIZE + 30)
    return "\n".join([*parts, "</svg>", ""])


def chosen(table: Coverage, names: Sequence[str], side: int) -> list[str]:
    """The rows or columns to draw: all, or where there are too many, those most asked about and then those
    with the least clear guidance.
    """
    if len(names) <= MOST:
        return list(names)
    asked = dict.fromkeys(names, 0)
    unclear = dict.fromkeys(names, 0)
    for key, cell in table.cells.items():
        asked[key[side]] += cell.asked
        unclear[key[side]] += cell.silent + cell.clash
    kept = set(sorted(names, key=lambda name: (-asked[name], -unclear[name]))[:MOST])
    return [name for name in names if name in kept]


def _square(table: Coverage, vocabulary: Vocabulary, row: str, column: str, x: int, y: int) -> str:
    cell = table.cells[row, column]
    fill, ink, sign = _LOOKS[state(cell)]
    names = (vocabulary[table.row_dimension].label(row), vocabulary[table.column_dimension].label(column))
    said = escape(f"{names[0]}, {names[1]}: {_words(cell)}")
    # A thicker edge where people really asked.
    edge = min(4, 1 + cell.asked.bit_length()) if cell.asked else 0.5
    size = _SIZE - 2
    return (
        f'<g><title>{said}</title><rect x="{x}" y="{y}" width="{size}" height="{size}" fill="{fill}" '
        f'stroke="{ink}" stroke-width="{edge}"/><text x="{x + size / 2}" y="{y + size / 2 + 5}" '
        f'text-anchor="middle" font-size="14" fill="{ink}">{sign}</text></g>'
    )


def _words(cell: Cell) -> str:
    if not cell.total:
        return "nothing to look at"
    parts = [
        f"{count:,} {word}"
        for count, word in (
            (cell.clear, "clear"),
            (cell.silent, "without guidance"),
            (cell.clash, "clashing"),
        )
        if count
    ]
    asked = f", asked {times(cell.asked)}" if cell.asked else ""
    return ", ".join(parts) + asked


def times(count: int) -> str:
    """How often, in words."""
    return "once" if count == 1 else f"{count:,} times"


def _short(label: str, most: int = 26) -> str:
    return label if len(label) <= most else label[: most - 1].rstrip() + "…"


def _description(table: Coverage, vocabulary: Vocabulary, rows: list[str], columns: list[str]) -> str:
    whole = table.whole
    drawn = (
        f"{len(rows)} of {len(table.rows)} rows and {len(columns)} of {len(table.columns)} columns are drawn."
    )
    worst = max(table.cells.items(), key=lambda item: (item[1].share, item[1].asked), default=None)
    text = (
        f"Of {whole.total:,} combinations, {whole.clear:,} have a clear ruling, {whole.silent:,} have no "
        f"guidance and for {whole.clash:,} it contradicts itself. {drawn}"
    )
    if worst and worst[1].share:
        names = (
            vocabulary[table.row_dimension].label(worst[0][0]),
            vocabulary[table.column_dimension].label(worst[0][1]),
        )
        text += f" Least is said about {names[0]}, {names[1]}."
    return text


def _legend(y: int) -> list[str]:
    parts: list[str] = []
    x = 10
    for name, meaning in _MEANINGS.items():
        fill, ink, sign = _LOOKS[name]
        parts.append(
            f'<rect x="{x}" y="{y}" width="18" height="18" fill="{fill}" stroke="{ink}"/>'
            f'<text x="{x + 9}" y="{y + 14}" text-anchor="middle" fill="{ink}">{sign}</text>'
            f'<text x="{x + 24}" y="{y + 14}" fill="#1a1a1a">{meaning}</text>'
        )
        y += 22
    return parts


def as_html(table: Coverage, vocabulary: Vocabulary) -> str:
    """A page of its own: the picture, and the same as a table."""
    heading = escape(title(table, vocabulary))
    rows = [record for record in records(table, vocabulary) if record["state"] != "clear"]
    rows.sort(
        key=lambda record: (-record["asked"], -(record["no-guidance"] + record["conflicting-guidance"]))
    )
    body = "\n".join(
        f"<tr><th scope='row'>{escape(str(r['row']))}</th><td>{escape(str(r['column']))}</td>"
        f"<td>{_MEANINGS.get(r['state'], r['state'])}</td><td>{r['no-guidance']:,}</td>"
        f"<td>{r['conflicting-guidance']:,}</td><td>{r['asked']:,}</td></tr>"
        for r in rows[:2000]
    )
    left_out = f"<p>{len(rows) - 2000:,} further rows are left out.</p>" if len(rows) > 2000 else ""
    return (
        f"<!doctype html>\n<html lang='en-AU'><head><meta charset='utf-8'><title>{heading}</title>"
        "<style>body{font-family:sans-serif;margin:2rem}table{border-collapse:collapse}"
        "th,td{border:1px solid #767676;padding:.3rem .6rem;text-align:left}</style></head><body>"
        f"<main><h1>{heading}</h1>\n{as_svg(table, vocabulary)}\n"
        "<h2>Where guidance is missing or unclear</h2>"
        f"<table><thead><tr><th scope='col'>{escape(table.row_dimension)}</th>"
        f"<th scope='col'>{escape(table.column_dimension)}</th><th scope='col'>State</th>"
        "<th scope='col'>Without guidance</th><th scope='col'>Clashing</th><th scope='col'>Asked</th></tr>"
        f"</thead><tbody>\n{body}\n</tbody></table>{left_out}</main></body></html>\n"
    )
