"""`askfirst brief`."""

import json
import re

import pytest

from askfirst.cli import main


@pytest.fixture(autouse=True)
def at_home(home, monkeypatch):
    monkeypatch.setenv("ASKFIRST_HOME", str(home))


def test_it_writes_a_pdf(tmp_path, capsys):
    place = tmp_path / "beijing.pdf"
    command = ["brief", "CN", "--role", "diplomat", "--device", "work-phone", "--from", "2027-03-01", "-o"]

    assert main([*command, str(place)]) == 0
    assert place.read_bytes().startswith(b"%PDF")
    assert re.search(
        r"edition 1, receipt R-\w{5}-\w{5}, ask again after \d{4}-\d\d-\d\d", capsys.readouterr().out
    )


@pytest.mark.parametrize(
    ("ending", "start"), [("html", "<!doctype html>"), ("md", "# "), ("ics", "BEGIN:VCALENDAR")]
)
def test_the_ending_of_the_file_says_which_form(tmp_path, ending, start):
    place = tmp_path / f"seoul.{ending}"

    assert main(["brief", "South Korea", "-o", str(place)]) == 0
    assert place.read_text(encoding="utf-8").startswith(start)


def test_without_a_file_it_prints_markdown(capsys):
    assert main(["brief", "Japan", "--role", "Diplomat", "--device", "work phone", "--via", "SG"]) == 0
    assert capsys.readouterr().out.startswith("# Briefing: Singapore and Japan\n")


def test_a_stop_on_the_way_has_days_of_its_own(capsys):
    command = ["brief", "ID", "--from", "2027-03-05", "--via", "SG,2027-03-01,2027-03-02", "--via", "MY"]
    assert main([*command, "--json"]) == 0
    stops = json.loads(capsys.readouterr().out)["itinerary"]["stops"]

    assert [(stop["country"], stop["arrive"], stop["leave"]) for stop in stops] == [
        ("SG", "2027-03-01", "2027-03-02"), ("MY", "2027-03-05", None), ("ID", "2027-03-05", None),
    ]  # fmt: skip
    assert main(["brief", "ID", "--via", "SG,2027-03-01,2027-03-02,2027-03-03"]) == 2
    assert "too many parts" in capsys.readouterr().err


def test_programs_get_json(capsys):
    assert main(["brief", "KR", "--role", "mp", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)

    assert said["itinerary"]["stops"][0]["country"] == "KR"
    assert said["places"][0]["boards"] is not None
    assert said["receipt"].startswith("R-")


def test_it_says_what_changed_since_a_receipt(capsys):
    main(["brief", "KR", "--json"])
    receipt = json.loads(capsys.readouterr().out)["receipt"]

    assert main(["brief", "--diff", receipt]) == 0
    assert capsys.readouterr().out == (
        "nothing that matters to that posting changed between editions 1 and 1\n"
    )


@pytest.mark.parametrize(
    ("arguments", "line", "status"),
    [
        (["Chna"], "no country `Chna`: did you mean `CN`", 2),
        (["CN", "--role", "diplomt"], "no role `diplomt`: did you mean `diplomat`", 2),
        (["CN", "--from", "1/3/2027"], "`1/3/2027` is no date: write it as 2026-03-31", 2),
        (["CN", "--from", "2027-03-01", "--to", "2027-02-01"], "before it begins on 2027-03-01", 2),
        (["east-asia"], "`east-asia` is a group of countries", 2),
        (["CN", "-o", "x.doc"], "no briefing has the form `.doc`: use .pdf, .html, .md, .ics", 2),
        ([], "name either a country or, with --diff, a receipt", 2),
        (["CN", "--diff", "R-AAAAA-AAAAA"], "name either a country or, with --diff, a receipt", 2),
        (["--diff", "R-AAAAA-AAAAA"], "no briefing has the receipt `R-AAAAA-AAAAA`", 1),
        (["CN", "-o", "/nowhere/at/all.pdf"], "cannot use `/nowhere/at/all.pdf`", 1),
    ],
)
def test_a_fault_is_one_clear_line(capsys, arguments, line, status):
    assert main(["brief", *arguments]) == status
    said = capsys.readouterr().err

    assert line in said
    assert said.count("\n") == 1


def test_a_briefing_is_ruled_again_by_its_receipt(capsys):
    main(["brief", "KR", "--json"])
    receipt = json.loads(capsys.readouterr().out)["receipt"]

    assert main(["replay", receipt]) == 0
    said = capsys.readouterr().out
    assert "every ruling in it holds" in said
    assert "today's edition 1 gives the same" in said
