"""The commands about guidelines, as an officer runs them, on a database of their own."""

import copy
import datetime as dt
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from sqlalchemy import text

from askfirst import bootstrap, settings
from askfirst.cli import main
from guidelines.rulebook import RuleBook
from guidelines.store import receipts
from tests.store.conftest import plain_pack

Run = Callable[..., tuple[int, str, str]]
ASKED = {"role": "defence-member", "device": "work-phone", "country": "CN", "app": "wechat"}


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("ASKFIRST_DATABASE_URL", raising=False)

    def run(*args: object) -> tuple[int, str, str]:
        status = main([str(arg) for arg in args])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def pack(tmp_path: Path, effect: str = "prohibited", **changes: Any) -> Path:
    plain = copy.deepcopy(plain_pack(effect))
    plain["guidelines"][0]["rules"][0].update(changes)
    path = tmp_path / f"{effect}.json"
    path.write_text(json.dumps(plain))
    return path


def published(run: Run, path: Path) -> None:
    status, _, err = run("guidelines", "import", path, "--publish", "--approve-as", "Lee")
    assert (status, err) == (0, "")


def asked(on: dt.date | None = None) -> str:
    """A question that the current edition answered: its receipt."""
    app = bootstrap.ready(settings.load())
    book: RuleBook = app.books.current()
    day = on or dt.date.today()
    ruling = book.rule(*ASKED.values(), day)
    outcome = {"effect": ruling.effect, "unclear": ruling.unclear, "rules": list(ruling.rules)}
    with app.database.transaction() as session:
        return receipts.append(
            session, edition=book.edition or 0, enquiry=ASKED, on=day, outcome=outcome, channel="web"
        ).id


def test_a_diff_says_who_is_ruled_otherwise_and_which_real_questions_flip(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    asked()
    status, out, _ = run("guidelines", "diff", 1, pack(tmp_path, "conditional"))
    assert status == 1
    assert "1 of 2 combinations are ruled otherwise" in out
    assert "1: prohibited -> conditional" in out
    assert (
        "An ADF in China with a work phone asking about WeChat: was prohibited (defence-wechat-work), "
        "becomes conditional (defence-wechat-work)."
    ) in out
    assert "asked once, and answered otherwise now" in out
    status, out, _ = run("guidelines", "diff", 1, pack(tmp_path, "conditional"), "--json")
    said = json.loads(out)
    assert (said["changed"], said["groups"][0]["count"], said["asked"][0]["count"]) == (1, 1, 1)
    assert run("guidelines", "diff", 1, 1)[0] == 0


def test_publishing_with_recall_lists_past_answers_that_change(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    receipt = asked()
    run("guidelines", "import", pack(tmp_path, "conditional"))
    status, out, _ = run("guidelines", "publish", "--approve-as", "Lee", "--recall")
    assert status == 0
    assert "1 past answers would be otherwise now" in out
    assert receipt in out
    assert "was prohibited (defence-wechat-work), now conditional (defence-wechat-work)" in out


def test_a_receipt_is_ruled_again_by_its_edition_and_by_todays(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    receipt = asked()
    assert run("replay", receipt)[0] == 0
    published(run, pack(tmp_path, "conditional"))
    status, out, _ = run("replay", receipt.lower())
    assert status == 0
    assert "it holds" in out
    assert "today's edition 2 gives conditional (defence-wechat-work)" in out
    said = json.loads(run("replay", receipt, "--json")[1])
    assert (said["holds"], said["today"]["holds"], said["edition"]) == (True, False, 1)


def test_a_receipt_that_says_something_else_does_not_hold(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    receipt = asked()
    with bootstrap.ready(settings.load()).database.transaction() as session:
        session.execute(text("UPDATE receipts SET outcome = :o"), {"o": '{"effect": "allowed", "rules": []}'})
    status, out, _ = run("replay", receipt)
    assert status == 1
    assert "it does not hold: edition 1 gives prohibited (defence-wechat-work)" in out
    status, out, _ = run("verify")
    assert status == 1
    assert f"the chain is broken: receipt {receipt} was changed after it was written" in out


def test_an_untouched_chain_is_verified(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    asked()
    assert run("verify") == (0, "receipts: 1, editions: 1; all are as they were written\n", "")
    assert json.loads(run("verify", "--json")[1])["holds"] is True


def test_no_such_receipt_is_one_clear_line(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    assert run("replay", "R-NONE") == (1, "", "there is no receipt `R-NONE`\n")


@pytest.mark.parametrize("name", ["out.json", "out.yml", "out.xlsx", "folder"])
def test_what_is_exported_is_imported_with_the_same_rulings(run: Run, tmp_path: Path, name: str) -> None:
    published(run, pack(tmp_path))
    kind = {".json": "json", ".xlsx": "xlsx"}.get(Path(name).suffix, "yaml")
    assert run("guidelines", "export", "--format", kind, "-o", tmp_path / name)[0] == 0
    published(run, tmp_path / name)
    status, out, _ = run("guidelines", "diff", 1, 2)
    assert (status, "0 of 2 combinations" in out) == (0, True)
    history = json.loads(run("guidelines", "history", "--json")[1])
    assert [edition["edition"] for edition in history] == [1, 2]
    assert history[0]["content_hash"] == history[1]["content_hash"]


def test_an_import_is_all_or_nothing(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    wrong = pack(tmp_path, "perhaps")
    status, _, err = run("guidelines", "import", pack(tmp_path, "allowed"), wrong)
    assert status == 1
    assert "`effect` is `perhaps`" in err
    assert run("guidelines", "diff", 1, "draft")[0] == 2


def test_an_import_that_cannot_be_published_leaves_nothing_behind(run: Run, tmp_path: Path) -> None:
    wrong = plain_pack()
    wrong["guidelines"][0] |= {"id": "another", "sources": []}
    wrong["guidelines"][0]["rules"][0]["id"] = "another-rule"
    (tmp_path / "wrong.json").write_text(json.dumps(wrong))
    status, _, err = run("guidelines", "import", tmp_path / "wrong.json", "--publish", "--approve-as", "Lee")
    assert (status, "lacks a source" in err) == (1, True)
    published(run, pack(tmp_path))
    plain = json.loads(run("guidelines", "export")[1])
    assert [guideline["id"] for guideline in plain["guidelines"]] == ["defence-apps"]


def test_a_word_that_nothing_is_called_is_refused_with_its_place_and_the_nearest(
    run: Run, tmp_path: Path
) -> None:
    wrong = plain_pack()
    wrong["guidelines"][0]["provenance"] = "ilustrative"
    wrong["guidelines"][0]["rules"][0]["scope"]["app"] = ["wechatt"]
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(wrong, indent=1))
    lines = file.read_text().splitlines()
    at = {word: next(n for n, line in enumerate(lines, 1) if word in line) for word in ("wechatt", "ilustr")}
    column = lines[at["wechatt"] - 1].index('"') + 1
    status, out, err = run("guidelines", "import", file, "--publish", "--approve-as", "Lee")
    assert (status, out) == (1, "")
    assert f"wrong.json, line {at['wechatt']}, column {column}, guideline 1, rule 1" in err
    assert "no app is called `wechatt`: did you mean `wechat`?" in err
    assert f"wrong.json, line {at['ilustr']}, " in err
    assert "did you mean `illustrative`?" in err
    status, out, _ = run("guidelines", "lint", file)
    assert (status, "has the provenance `ilustrative`" in out) == (1, True)


def test_a_broader_concept_that_there_is_not_is_told_with_its_place(run: Run, tmp_path: Path) -> None:
    plain = plain_pack()
    plain["vocabulary"]["role"][2]["broader"] = ["defense-official"]
    file = tmp_path / "wrong.json"
    file.write_text(json.dumps(plain, indent=1))
    line = next(n for n, text in enumerate(file.read_text().splitlines(), 1) if "defense-official" in text)
    status, _, err = run("guidelines", "import", file)
    assert status == 1
    assert re.match(rf"wrong\.json, line {line}, column \d+, vocabulary, role 3, broader: no role", err)
    assert "did you mean `defence-official`?" in err
    published(run, pack(tmp_path))
    run("guidelines", "export", "--format", "xlsx", "-o", tmp_path / "wrong.xlsx")
    book = load_workbook(tmp_path / "wrong.xlsx")
    cell = next(
        c for row in book["role"].iter_rows() for c in row if c.value == "defence-official" and c.column > 1
    )
    cell.value = "defense-official"
    book.save(tmp_path / "wrong.xlsx")
    status, _, err = run("guidelines", "import", tmp_path / "wrong.xlsx")
    assert (status, err.startswith(f"wrong.xlsx, sheet `role`, row {cell.row}, ")) == (1, True)


def test_coverage_is_a_table_and_an_accessible_picture(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    asked()
    status, out, _ = run("guidelines", "coverage", "--country", "CN")
    assert status == 1
    assert "diplomat, work phone: no guidance 1 of 1" in out
    assert "2 combinations: 1 clear, 1 without guidance, 0 clashing" in out
    run("guidelines", "coverage", "-o", tmp_path / "c.svg")
    root = ElementTree.parse(tmp_path / "c.svg").getroot()
    names = [element.tag.split("}")[1] for element in root]
    assert names[:2] == ["title", "desc"]
    assert root.get("role") == "img"
    assert "1 have no guidance" in (root[1].text or "")
    words = "".join(root.itertext())
    assert "○" in words
    assert "ADF, work phone: 1 clear, asked once" in words
    for kind in ("html", "csv", "json"):
        run("guidelines", "coverage", "-o", tmp_path / f"c.{kind}")
        assert (tmp_path / f"c.{kind}").stat().st_size > 100
    status, _, err = run("guidelines", "coverage", "--app", "wechatt")
    assert (status, "no app `wechatt`: did you mean `wechat`?" in err) == (2, True)


def test_lint_names_a_rule_that_never_decides(run: Run, tmp_path: Path) -> None:
    published(run, pack(tmp_path))
    plain = plain_pack()
    first = plain["guidelines"][0]["rules"][0]
    plain["guidelines"][0]["rules"].append({**first, "id": "wide", "effect": "allowed", "baseline": True})
    (tmp_path / "two.json").write_text(json.dumps(plain))
    status, out, _ = run("guidelines", "lint", tmp_path / "two.json")
    assert status == 0
    assert "rule `wide` never decides: `defence-wechat-work` always displaces it" in out
