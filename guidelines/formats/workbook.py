"""Workbooks (XLSX) that a policy officer can edit: a sheet a guideline, and one for each dimension."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from guidelines.formats.errors import FormatError, near
from guidelines.formats.factsheets import SHEETS, fact_of, row_of
from guidelines.formats.packs import Content, content_from_dict
from guidelines.formats.plain import corpus_to_dict
from guidelines.formats.sheets import (
    ABOUT,
    CONCEPT,
    HEADER,
    HOSTS,
    MORE,
    PRACTICES,
    RULE,
    SCOPE_COLUMNS,
    from_cell,
    to_cell,
)
from guidelines.rules import Corpus, Effect
from guidelines.vocabulary import DIMENSIONS

_BOLD = Font(bold=True)
_SHADE = PatternFill("solid", fgColor="DDE7F0")
_WRAP = Alignment(wrap_text=True, vertical="top")
_SOURCE = ("title", "publisher", "url", "date")
_RULE_COLUMNS = tuple(name for name, _ in RULE)
_CONCEPT_COLUMNS = tuple(name for name, _ in CONCEPT)
_HEADER_NAMES = tuple(name for name, _ in HEADER)
_RESERVED = (ABOUT, MORE, *DIMENSIONS, *(name for name, _ in SHEETS.values()))
_OPEN_RULES = 200  # rows below the rules that have drop-downs too


def write_workbook(corpus: Corpus, path: Path, edition: int | None = None) -> None:
    """Write a corpus as a workbook, from which `read_workbook` reads the same again."""
    plain = corpus_to_dict(corpus, edition)
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet)
    _explain(about, edition)
    names: dict[str, None] = dict.fromkeys(name.casefold() for name in _RESERVED)
    for guideline in plain["guidelines"]:
        _guideline(book.create_sheet(_sheet_name(guideline["id"], names)), guideline, plain["vocabulary"])
    for dimension in DIMENSIONS:
        _concepts(book.create_sheet(dimension), plain["vocabulary"][dimension])
    for part, (name, columns) in SHEETS.items():
        if part in plain:
            rows = [row_of(part, fact) for fact in plain[part]]
            _rows(book.create_sheet(name), [column for column, _ in columns], rows)
    rest = {k: v for k, v in plain.items() if k not in ("edition", "vocabulary", "guidelines", *SHEETS)}
    if rest:
        _rest(book.create_sheet(MORE), rest)
    book.save(path)


def _sheet_name(guideline: str, taken: dict[str, None]) -> str:
    """The id, as far as a sheet can be called so: 31 characters, some not allowed, each name once."""
    base = re.sub(r"[\[\]:*?/\\']", "-", guideline)[:31] or "guideline"
    name, number = base, 1
    while name.casefold() in taken:
        number += 1
        name = f"{base[: 31 - len(str(number)) - 1]}-{number}"
    taken[name.casefold()] = None
    return name


def _put(sheet: Worksheet, row: int, column: int, text: str | None, *, bold: bool = False) -> None:
    if text is None:
        return
    cell: Any = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"  # never a formula, whatever it starts with
    cell.alignment = _WRAP
    if bold:
        cell.font = _BOLD
        cell.fill = _SHADE


def _explain(sheet: Worksheet, edition: int | None) -> None:
    sheet.title = ABOUT
    of = f"edition {edition}" if edition else "a draft"
    lines: list[tuple[str, str]] = [
        (f"AskFirst guidelines: {of}", ""),
        ("", "A sheet for each guideline, and one for each list of names that rules use."),
        ("", "Several things in one cell stand on lines of their own (Alt+Enter)."),
        ("", "A drop-down offers the ids; more than one may be typed. Import checks every word."),
        ("On top of a guideline's sheet", ""), *HEADER,
        ("The columns of its rules", ""), *RULE,
        ("The sheets of names", ""), *CONCEPT,
        *(line for name, columns in SHEETS.values() for line in ((f"The sheet of {name}", ""), *columns)),
    ]  # fmt: skip
    for number, (name, meaning) in enumerate(lines, start=1):
        _put(sheet, number, 1, name or None, bold=not meaning)
        _put(sheet, number, 2, meaning or None)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 100


def _guideline(sheet: Worksheet, guideline: dict[str, Any], vocabulary: dict[str, Any]) -> None:
    known = {"id", "title", "issuer", "owner", "version", "status", "issued", "review_by", "provenance"}
    known |= {"sources", "notes", "rules"}
    owner = guideline["owner"] or {}
    fields = {
        **guideline,
        "owner team": owner.get("team"),
        "owner contact": owner.get("contact"),
        "other": {key: value for key, value in guideline.items() if key not in known},
    }
    row = 0
    for name in _HEADER_NAMES[:-1]:
        row += 1
        _put(sheet, row, 1, name, bold=True)
        _put(sheet, row, 2, to_cell(name, fields[name]))
    for source in guideline["sources"] or [{}]:
        row += 1
        _put(sheet, row, 1, "source", bold=True)
        for column, key in enumerate(_SOURCE, start=2):
            _put(sheet, row, column, source.get(key) or None)
    row += 2
    for column, name in enumerate(_RULE_COLUMNS, start=1):
        _put(sheet, row, column, name, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 40 if name == "reason" else 24
    sheet.freeze_panes = f"B{row + 1}"
    for rule in guideline["rules"]:
        _rule(sheet, row := row + 1, rule)
    _drop_downs(sheet, row - len(guideline["rules"]) + 1, row + _OPEN_RULES, vocabulary)


def _rule(sheet: Worksheet, row: int, rule: dict[str, Any]) -> None:
    values = {**rule, "rule": rule["id"]}
    values |= {d: rule["scope"].get(d) for d in DIMENSIONS}
    values |= {f"not {d}": rule["except"].get(d) for d in DIMENSIONS}
    values |= {key: rule[key] or None for key in ("conditions", "overrides")}
    known = {*_RULE_COLUMNS, "id", "scope", "except"}
    values["other"] = {key: value for key, value in rule.items() if key not in known or key == "other"}
    for column, name in enumerate(_RULE_COLUMNS, start=1):
        _put(sheet, row, column, to_cell(name, values[name]))


def _drop_downs(sheet: Worksheet, first: int, last: int, vocabulary: dict[str, Any]) -> None:
    choices = {"effect": f'"{",".join(Effect)}"', "baseline": '"yes,no"', "binding": '"yes,no"'}
    for name in SCOPE_COLUMNS:
        dimension = name.removeprefix("not ")
        choices[name] = f"'{dimension}'!$A$2:$A${len(vocabulary[dimension]) + 1}"
    for name, formula in choices.items():
        letter = get_column_letter(_RULE_COLUMNS.index(name) + 1)
        # Several ids may stand in one cell, so what is typed is not refused; the import checks it.
        several = name in SCOPE_COLUMNS
        check = DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=not several)
        check.add(f"{letter}{first}:{letter}{last}")
        sheet.add_data_validation(check)


def _concepts(sheet: Worksheet, concepts: Sequence[dict[str, Any]]) -> None:
    empty = {"altLabels": None, "broader": None}
    _rows(
        sheet,
        _CONCEPT_COLUMNS,
        [{**one, **{name: one.get(name) or none for name, none in empty.items()}} for one in concepts],
    )


def _rows(sheet: Worksheet, columns: Sequence[str], rows: Sequence[dict[str, Any]]) -> None:
    for column, name in enumerate(columns, start=1):
        _put(sheet, 1, column, name, bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = 34
    for number, row in enumerate(rows, start=2):
        for column, name in enumerate(columns, start=1):
            _put(sheet, number, column, to_cell(name, row.get(name)))
    sheet.freeze_panes = "B2"


def _rest(sheet: Worksheet, rest: dict[str, Any]) -> None:
    for column, name in enumerate(("part", "entry"), start=1):
        _put(sheet, 1, column, name, bold=True)
    row = 1
    for part, entries in rest.items():
        for entry in entries:
            row += 1
            _put(sheet, row, 1, part)
            _put(sheet, row, 2, json.dumps(entry, ensure_ascii=False))


def read_workbook(path: Path) -> Content:
    """The content of a workbook.

    Raises:
        FormatError: it cannot be read; a line for each thing that is wrong, with its sheet, row and column.
    """
    try:
        book = load_workbook(path, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise FormatError([f"`{path.name}`: this is no workbook that can be read (.xlsx)"]) from error
    return _Reading(path.name, book).content()


class _Reading:
    """One workbook, sheet by sheet, with what is wrong and where."""

    def __init__(self, name: str, book: Workbook) -> None:
        self._name, self._book = name, book
        self.problems: list[str] = []
        self._vocabulary = {d: self._table(book[d], _CONCEPT_COLUMNS) for d in DIMENSIONS if d in book}
        self._known = {
            d: {str(concept.get("id")) for concept in rows} | {"any"} for d, rows in self._vocabulary.items()
        }

    def content(self) -> Content:
        """The content of all sheets."""
        guidelines, rows = [], []
        for sheet in self._book.worksheets:
            if sheet.title not in _RESERVED:
                guideline, places = self._guideline(sheet)
                guidelines.append(guideline)
                rows.append((sheet.title, places))
        plain: dict[str, Any] = {"vocabulary": self._vocabulary, "guidelines": guidelines}
        for part, (name, columns) in SHEETS.items():
            if name in self._book:
                facts = self._table(self._book[name], [column for column, _ in columns])
                plain[part] = [fact_of(part, row) for row in facts]
        if MORE in self._book:
            for entry in self._table(self._book[MORE], ("part", "entry")):
                self._more(plain, entry)
        try:
            content = content_from_dict(plain, self._name)
        except FormatError as error:
            self.problems += [_placed(problem, self._name, rows) for problem in error.problems]
        if self.problems:
            raise FormatError(dict.fromkeys(self.problems))
        origins: dict[str | tuple[str, str], tuple[Path | None, str]] = {
            guideline.id: (None, f"{self._name}, sheet `{title}`")
            for guideline, (title, _) in zip(content.guidelines, rows, strict=True)
        }
        origins |= {
            (dimension, concept.id): (None, f"{self._name}, sheet `{dimension}`, row {row}")
            for dimension, listed in content.concepts.items()
            for row, concept in enumerate(listed, start=2)
        }
        return replace(content, origins=origins)

    def _more(self, plain: dict[str, Any], entry: dict[str, Any]) -> None:
        try:
            plain.setdefault(str(entry.get("part")), []).append(json.loads(entry.get("entry") or ""))
        except (json.JSONDecodeError, AttributeError):
            self.problems.append(f"{self._name}, sheet `{MORE}`: `{entry.get('entry')}` should be JSON")

    def _place(self, sheet: Worksheet, row: int, column: int) -> str:
        return f"{self._name}, sheet `{sheet.title}`, row {row}, column {get_column_letter(column)}"

    def _cell(self, sheet: Worksheet, row: int, column: int, name: str) -> Any:
        value = sheet.cell(row, column).value
        try:
            found = from_cell(name, value)
        except ValueError as error:
            self.problems.append(
                f"{self._place(sheet, row, column)}: `{name}` should be {error}, found `{value}`"
            )
            return None
        if name == "effect" and found is not None and found not in list(Effect):
            hint = near(str(found), list(Effect)) or f": use one of {', '.join(Effect)}"
            self.problems.append(f"{self._place(sheet, row, column)}: `{found}` is no effect{hint}")
            return Effect.PROHIBITED.value
        dimension = name.removeprefix("not ")
        if name in SCOPE_COLUMNS and dimension in self._known:
            for concept in found or ():
                if concept not in self._known[dimension]:
                    hint = near(concept, self._known[dimension])
                    where = self._place(sheet, row, column)
                    self.problems.append(
                        f"{where}: `{concept}` is no {dimension} of sheet `{dimension}`{hint}"
                    )
        return found

    def _columns(self, sheet: Worksheet, row: int, known: Sequence[str]) -> dict[int, str]:
        found = {}
        for column in range(1, sheet.max_column + 1):
            name = sheet.cell(row, column).value
            if name is None:
                continue
            if str(name).strip() in known:
                found[column] = str(name).strip()
            else:
                hint = near(str(name), known)
                self.problems.append(f"{self._place(sheet, row, column)}: unknown column `{name}`{hint}")
        return found

    def _records(
        self, sheet: Worksheet, top: int, known: Sequence[str]
    ) -> Iterator[tuple[int, dict[str, Any]]]:
        columns = self._columns(sheet, top, known)
        for row in range(top + 1, sheet.max_row + 1):
            if any(sheet.cell(row, column).value not in (None, "") for column in columns):
                yield row, {name: self._cell(sheet, row, column, name) for column, name in columns.items()}

    def _table(self, sheet: Worksheet, known: Sequence[str]) -> list[dict[str, Any]]:
        rows = [record for _, record in self._records(sheet, 1, known)]
        return [{key: value for key, value in row.items() if value not in (None, False)} for row in rows]

    def _guideline(self, sheet: Worksheet) -> tuple[dict[str, Any], list[int]]:
        """A guideline in its plain form, and the rows in which its rules stand."""
        fields: dict[str, Any] = {"sources": []}
        top = None
        for row in range(1, sheet.max_row + 1):
            name = str(sheet.cell(row, 1).value or "").strip()
            if name == _RULE_COLUMNS[0]:
                top = row
                break
            if name == "source":
                source = [self._cell(sheet, row, column, "text") or "" for column in range(2, 6)]
                fields["sources"] += [dict(zip(_SOURCE, source, strict=True))] if any(source) else []
            elif name in _HEADER_NAMES:
                fields[name] = self._cell(sheet, row, 2, name)
            elif name:
                hint = near(name, (*_HEADER_NAMES, _RULE_COLUMNS[0]))
                self.problems.append(f"{self._place(sheet, row, 1)}: unknown word `{name}`{hint}")
        if top is None:
            where = f"{self._name}, sheet `{sheet.title}`"
            self.problems.append(f"{where}: no row starts with `{_RULE_COLUMNS[0]}`, the head of the rules")
        rules = list(self._records(sheet, top, _RULE_COLUMNS)) if top else []
        team, contact = fields.pop("owner team", None), fields.pop("owner contact", None)
        owner = {"team": team or "", "contact": contact or ""} if team or contact else None
        plain = {**fields, **(fields.pop("other", None) or {}), "owner": owner}
        plain.pop("other", None)
        plain["rules"] = [_plain_rule(record) for _, record in rules]
        return {key: value for key, value in plain.items() if value is not None}, [row for row, _ in rules]


def _plain_rule(record: dict[str, Any]) -> dict[str, Any]:
    plain = {key: value for key, value in record.items() if key not in (*SCOPE_COLUMNS, "rule", "other")}
    plain |= record.get("other") or {}
    plain["id"] = record.get("rule")
    plain["scope"] = {d: record[d] for d in DIMENSIONS if record.get(d) is not None}
    plain["except"] = {d: record[f"not {d}"] for d in DIMENSIONS if record.get(f"not {d}") is not None}
    return {key: value for key, value in plain.items() if value is not None}


def _placed(problem: str, name: str, rows: Sequence[tuple[str, Sequence[int]]]) -> str:
    """A problem of the plain form with the sheet and the row in place of numbers."""
    found = re.match(re.escape(name) + r", guideline (\d+)(?:, guideline `[^`]*`)?(?:, rule (\d+))?", problem)
    if not found:
        fact = re.search(r", (host country|practice) (\d+)", problem)
        if fact:
            title = HOSTS if fact[1] == "host country" else PRACTICES
            return f"{name}, sheet `{title}`, row {int(fact[2]) + 1}{problem[fact.end() :]}"
        return re.sub(
            r", vocabulary, (\w+) (\d+)", lambda m: f", sheet `{m[1]}`, row {int(m[2]) + 1}", problem
        )
    sheet, places = rows[int(found[1]) - 1]
    row = f", row {places[int(found[2]) - 1]}" if found[2] else ""
    return f"{name}, sheet `{sheet}`{row}{problem[found.end() :]}"
