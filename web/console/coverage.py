"""Coverage: where guidance is missing or clashes, beside what people ask about; a picture that is a table."""

from __future__ import annotations

import datetime as dt
import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from cases.anonymity import TELLING
from cases.flips import lately_asked
from guidelines.analysis import picture
from guidelines.analysis.coverage import Cell, Coverage, cover, weighed
from guidelines.rules import Corpus
from guidelines.store.database import Database
from guidelines.vocabulary import DIMENSIONS, ROOT, Scheme, Vocabulary
from web.console.frame import database_of, show, today
from web.console.saving import both
from web.console.working import Working
from web.door import door
from web.faults import Refusal

_MOST_VALUES = 24
_MOST_GROUPS = 60
_MOST_KEPT = 48
_WORST = 12

_kept: OrderedDict[tuple[Any, ...], Coverage] = OrderedDict()


@dataclass(frozen=True)
class Side:
    """What can stand in rows or columns: a dimension, by its values or by some groups."""

    key: str
    title: str
    dimension: str
    concepts: tuple[str, ...]


def sides(vocabulary: Vocabulary) -> dict[str, Side]:
    """The sides to choose from, found in the vocabulary."""
    found = []
    for dimension in DIMENSIONS:
        scheme = vocabulary[dimension]
        if len(scheme.values) <= _MOST_VALUES:
            found.append(Side(dimension, dimension, dimension, scheme.values))
            continue
        for family, concepts in _families(scheme).items():
            title = f"{dimension} by {family.replace('-', ' ')}" if family else f"groups of {dimension}"
            found.append(Side(f"{dimension}/{family}" if family else dimension, title, dimension, concepts))
    return {side.key: side for side in found}


def _families(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Groups whose ids begin alike (`category:`, `vendor-country:`), and those without such a beginning."""
    families: dict[str, list[str]] = {}
    for concept in scheme:
        if concept.id != ROOT and not scheme.is_value(concept.id):
            families.setdefault(concept.id.partition(":")[0] if ":" in concept.id else "", []).append(
                concept.id
            )
    return {name: tuple(ids) for name, ids in families.items() if 1 < len(ids) <= _MOST_GROUPS}


async def get_coverage(request: Request) -> Response:
    """The table."""
    edition, draft = await both(request)
    version = draft if draft and request.query_params.get("of") == "draft" else edition
    table, rows, columns, choices, asked = await _table(request, version)
    worst = sorted(
        ((cell, row, column) for (row, column), cell in table.cells.items() if cell.share and cell.asked),
        key=lambda entry: -entry[0].asked * entry[0].share,
    )
    vocabulary = version.corpus.vocabulary
    query = {"rows": rows.key, "columns": columns.key, "of": "draft" if version.is_draft else ""}
    return show(
        request, "coverage.html", "coverage", edition=edition.edition, table=table, rows=rows,
        columns=columns,
        choices=choices, vocabulary=vocabulary, version=version, has_draft=draft is not None,
        asked=sum(asked.values()), smallest=door(request).settings.small_group,
        worst=worst[:_WORST], weight=lambda cell: _weight(cell, worst), state=picture.state,
        meaning=_MEANING, percent=_percent,
        query=urlencode({key: value for key, value in query.items() if value}),
    )  # fmt: skip


def _weight(cell: Cell, worst: Sequence[tuple[Cell, str, str]]) -> int:
    """How much people ask about what a square leaves open: 0 (nothing) to 3 (as much as anywhere)."""
    most = max((one.asked * one.share for one, _, _ in worst), default=0.0)
    return math.ceil(3 * cell.asked * cell.share / most) if most else 0


_MEANING = {
    "clear": "clear for all",
    "partly": "clear for some",
    "none": "no guidance",
    "clash": "contradicts itself",
    "nothing": "nothing here",
}


def _percent(cell: Cell) -> str:
    if not cell.total:
        return "–"
    share = 100 * cell.clear / cell.total
    return "100 %" if share == 100 else "under 1 %" if 0 < share < 1 else f"{min(share, 99.9):.0f} %"


async def get_coverage_file(request: Request) -> Response:
    """The table as CSV or SVG."""
    edition, draft = await both(request)
    version = draft if draft and request.query_params.get("of") == "draft" else edition
    table, *_ = await _table(request, version)
    kind = request.path_params["kind"]
    if kind == "csv":
        text, media = picture.as_csv(table, version.corpus.vocabulary), "text/csv; charset=utf-8"
    elif kind == "svg":
        text, media = picture.as_svg(table, version.corpus.vocabulary), "image/svg+xml"
    else:
        raise Refusal(404, "there is nothing at this address")
    return Response(
        text, media_type=media, headers={"content-disposition": f'attachment; filename="coverage.{kind}"'}
    )


async def _table(
    request: Request, version: Working
) -> tuple[Coverage, Side, Side, dict[str, Side], dict[str, int]]:
    choices = sides(version.corpus.vocabulary)
    keys = list(choices)
    rows = choices.get(request.query_params.get("rows", "")) or choices[keys[0]]
    others = [choice for choice in choices.values() if choice.dimension != rows.dimension]
    if not others:
        raise Refusal(404, "the vocabulary has nothing to show here")
    columns = choices.get(request.query_params.get("columns", ""), others[0])
    if columns.dimension == rows.dimension:
        columns = others[0]
    asked = await run_sync(_asked, database_of(request))
    plain = await run_sync(_cover, version, rows, columns)
    table = await run_sync(weighed, plain, version.corpus.vocabulary, asked)
    return _anonymous(table, door(request).settings.small_group), rows, columns, choices, asked


def _anonymous(table: Coverage, smallest: int) -> Coverage:
    """The table without the numbers of squares that name a role or a place that too few asked about."""
    if {table.row_dimension, table.column_dimension} & set(TELLING):
        for cell in table.cells.values():
            cell.asked = cell.asked if cell.asked >= smallest else 0
    return table


def _asked(database: Database) -> dict[str, int]:
    with database.reading() as session:
        return dict(lately_asked(session))


def _cover(version: Working, rows: Side, columns: Side) -> Coverage:
    """What the guidance covers, worked out once for each content and day; what people ask comes later."""
    key = (version.content_hash, today(), rows.key, columns.key)
    found = _kept.get(key)
    if found is None:
        found = _work_out(version.corpus, today(), rows, columns)
        _kept[key] = found
        while len(_kept) > _MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _work_out(corpus: Corpus, on: dt.date, rows: Side, columns: Side) -> Coverage:
    groups = {side.dimension: side.concepts for side in (rows, columns)}
    return cover(corpus, on, rows.dimension, columns.dimension, groups=groups)
