"""`askfirst check`, `ask` and `cases`, as somebody at a terminal meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from askfirst import bootstrap, settings
from askfirst.cli import main
from guidelines.store import editions
from tests.answers.corpus import corpus


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path))
    monkeypatch.setenv("ASKFIRST_PORT", "1")
    app = bootstrap.build(settings.load())
    app.database.migrate()
    with app.database.transaction() as session:
        editions.save_draft(session, corpus(), "the policy writer")
    editions.publish(app.database, approved_by="the approver")
    return tmp_path


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    status = main(list(args))
    out, err = capsys.readouterr()
    return status, out, err


def test_check_gives_the_ruling_by_ids(capsys):
    status, out, _ = run(
        capsys,
        "check",
        "--role",
        "defence-member",
        "--device",
        "work-phone",
        "--country",
        "CN",
        "--app",
        "wechat",
    )

    assert status == 0
    assert out.startswith("No: do not use WeChat on your work phone in China.")


def test_check_takes_names_too(capsys):
    status, out, _ = run(capsys, "check", "--app", "TikTok", "--device", "Work phone", "--json")

    payload = json.loads(out)
    assert status == 0
    assert payload["context"] == {"role": None, "device": "work-phone", "country": None, "app": "tiktok"}
    assert payload["ruling"]["rules"] == ["pspf-tiktok-work"]


def test_check_says_what_is_unknown_with_the_nearest_ids(capsys):
    status, out, err = run(capsys, "check", "--app", "wechatt")

    assert (status, out) == (2, "")
    assert err == "no app `wechatt`: did you mean `wechat`?\n"


def test_check_of_an_empty_detail_says_to_leave_it_out(capsys):
    assert main(["check", "--app", ""]) == 2
    assert capsys.readouterr().err == "`app` is empty: leave it out, or give an id\n"


def test_check_of_something_unclear_and_of_too_little_gives_one(capsys):
    unclear = run(capsys, "check", "--app", "wechat", "--role", "mp", "--device", "personal-phone")
    question = run(capsys, "check", "--app", "wechat", "--json")

    assert unclear[0] == 1
    assert "There is no guidance" in unclear[1]
    assert question[0] == 1
    assert json.loads(question[1])["question"]["dimension"] == "role"


def test_check_of_several_apps_is_a_list(capsys):
    details = ("--role", "diplomat", "--device", "personal-phone", "--country", "JP")
    status, out, _ = run(capsys, "check", "--app", "signal", "--app", "line", *details, "--json")

    payload = json.loads(out)
    assert (status, payload["kind"]) == (0, "list")
    assert [e["ruling"]["effect"] for e in payload["rulings"]] == ["allowed", "conditional"]


def test_check_of_a_day_that_is_none_is_a_usage_error(capsys):
    status, _, err = run(capsys, "check", "--on", "tomorrow")

    assert status == 2
    assert "`tomorrow` is no date" in err
    assert err.count("\n") == 1


def test_cases_lists_shows_and_exports(capsys, home):
    assert run(capsys, "cases", "list") == (0, "no cases\n", "")
    run(capsys, "check", "--app", "wechat", "--role", "mp", "--device", "personal-phone")

    status, out, _ = run(capsys, "cases", "list")
    assert status == 0
    assert out.startswith("C-0001  no-guidance  once  new  WeChat · personal phone")

    status, out, _ = run(capsys, "cases", "show", "1", "--json")
    shown = json.loads(out)
    assert shown["number"] == "C-0001"
    assert shown["occurrences"][0]["details"]["role"] == "mp"
    assert "asker" not in shown["occurrences"][0]

    status, out, _ = run(capsys, "cases", "export", "-o", str(home / "cases.csv"))
    assert (home / "cases.csv").read_text().startswith("number,unclear,subject")

    status, out, err = run(capsys, "cases", "show", "C-0099")
    assert (status, out) == (2, "")
    assert err == "no case `C-0099`: `askfirst cases list` shows them\n"


def test_ask_without_a_front_door_says_so_in_one_line(capsys):
    status, out, err = run(capsys, "ask", "can I use WeChat?")

    assert (status, out) == (1, "")
    assert err.startswith("nothing answers at http://127.0.0.1:1")
    assert err.count("\n") == 1
