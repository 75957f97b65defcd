"""Workbooks and YAML: in and out without loss, and errors with their place."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from openpyxl import load_workbook

from askfirst.bootstrap import shipped
from guidelines.formats import FormatError, corpus_from_dict, corpus_to_dict, read_content
from guidelines.formats.workbook import read_workbook, write_workbook
from guidelines.formats.writing import write
from guidelines.rules import Corpus
from tests.guidelines.test_ruling import DEFENCE_BAN, VOCABULARY, guideline, rule
from tests.guidelines.test_ruling_random import packs


@pytest.fixture(scope="module")
def everything() -> Corpus:
    return shipped(None)


@pytest.mark.parametrize("name", ["all.xlsx", "all.yml", "all.json", "folder"])
def test_the_shipped_corpus_goes_out_and_in_without_loss(
    everything: Corpus, tmp_path: Path, name: str
) -> None:
    kind = {".xlsx": "xlsx", ".json": "json"}.get(Path(name).suffix, "yaml")
    write(everything, tmp_path / name, kind, 3)
    assert corpus_to_dict(read_content(tmp_path / name).over(None)) == corpus_to_dict(everything)


@settings(max_examples=25, deadline=None)
@given(packs())
def test_any_corpus_goes_out_to_a_workbook_and_in_without_loss(pack: dict[str, Any]) -> None:
    corpus = corpus_from_dict(pack)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "c.xlsx"
        write_workbook(corpus, path)
        assert corpus_to_dict(read_workbook(path).over(None)) == corpus_to_dict(corpus)


def test_odd_texts_survive_a_workbook(tmp_path: Path) -> None:
    odd = rule(
        "odd", "conditional", conditions=["=1+1", "two\nlines", "[x]"], reason="= not a formula",
        scope={"app": []}, overrides=["other"],
    )  # fmt: skip
    plain = {
        "vocabulary": VOCABULARY,
        "guidelines": [guideline("a/very:long?name" * 4, "D", odd, extra={"k": 1})],
    }
    corpus = corpus_from_dict(plain)
    write_workbook(corpus, tmp_path / "odd.xlsx")
    assert corpus_to_dict(read_workbook(tmp_path / "odd.xlsx").over(None)) == corpus_to_dict(corpus)


def spoiled(tmp_path: Path, sheet: str, cell: str, value: str) -> list[str]:
    corpus = corpus_from_dict({"vocabulary": VOCABULARY, "guidelines": [guideline("g", "D", DEFENCE_BAN)]})
    path = tmp_path / "book.xlsx"
    write_workbook(corpus, path)
    book = load_workbook(path)
    book[sheet][cell] = value
    book.save(path)
    with pytest.raises(FormatError) as refused:
        read_workbook(path)
    return list(refused.value.problems)


@pytest.mark.parametrize(
    ("sheet", "cell", "value", "message"),
    [
        ("g", "B16", "prohibitd", "row 16, column B: `prohibitd` is no effect; did you mean `prohibited`?"),
        (
            "g",
            "F16",
            "wechatt",
            "row 16, column F: `wechatt` is no app of sheet `app`; did you mean `wechat`?",
        ),
        (
            "g",
            "Q16",
            "soon",
            "row 16, column Q: `valid_from` should be a date such as 2027-06-30, found `soon`",
        ),
        ("g", "B15", "efect", "row 15, column B: unknown column `efect`; did you mean `effect`?"),
        ("g", "A3", "isuer", "row 3, column A: unknown word `isuer`; did you mean `issuer`?"),
        ("g", "N16", "perhaps", "row 16, column N: `baseline` should be yes or no, found `perhaps`"),
    ],
)
def test_an_error_names_sheet_row_column_the_word_and_the_right_one(
    tmp_path: Path, sheet: str, cell: str, value: str, message: str
) -> None:
    assert f"book.xlsx, sheet `{sheet}`, {message}" in spoiled(tmp_path, sheet, cell, value)


def test_a_workbook_has_drop_downs_and_a_sheet_that_explains_it(everything: Corpus, tmp_path: Path) -> None:
    write_workbook(everything, tmp_path / "all.xlsx", 1)
    book = load_workbook(tmp_path / "all.xlsx")
    assert book.sheetnames[0] == "How to use this"
    assert len(book.sheetnames) >= 1 + len(everything.guidelines) + 4
    sheet = book.worksheets[1]
    formulas = {check.formula1 for check in sheet.data_validations.dataValidation}
    assert '"allowed,conditional,approval-required,prohibited"' in formulas
    assert any(formula.startswith("'country'!$A$2") for formula in formulas)


def test_a_file_that_is_no_workbook_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "no.xlsx").write_text("hello")
    with pytest.raises(FormatError, match="this is no workbook"):
        read_content(tmp_path / "no.xlsx")


def test_facts_for_briefings_are_rows_that_an_officer_can_edit(everything: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    write_workbook(everything, path)
    book = load_workbook(path)
    sheet = book["host countries"]
    heads = [cell.value for cell in sheet[1]]
    row = next(cells for cells in sheet.iter_rows(min_row=2) if cells[0].value == "KR")
    row[heads.index("local_law")].value = "A VPN needs a licence.\nPhones are searched."
    row[heads.index("source date")].value = "2026-11-01"
    book.save(path)

    [korea] = [host for host in read_workbook(path).host_countries if host.country == "KR"]
    assert korea.law == ("A VPN needs a licence.", "Phones are searched.")
    assert korea.needed == ("KakaoTalk",)
    assert korea.source.date == "2026-11-01"


def test_what_is_wrong_with_a_fact_is_said_with_its_sheet_and_row(everything: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "facts.xlsx"
    write_workbook(everything, path)
    book = load_workbook(path)
    sheet = book["practices"]
    sheet.cell(3, [cell.value for cell in sheet[1]].index("phase") + 1).value = "later"
    book.save(path)

    with pytest.raises(FormatError) as wrong:
        read_workbook(path)
    [problem] = wrong.value.problems
    assert "sheet `practices`, row 3" in problem
    assert "before, during, after" in problem
