"""Making a home ready: what is done the first time, and what is skipped afterwards."""

import json
import os
from pathlib import Path

import pytest

from askfirst import settings
from askfirst.supervisor import prepare


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("home")
    prepare.prepare(settings.load({"ASKFIRST_HOME": str(home)}))
    return home


def test_a_new_home_gets_a_published_edition_and_its_gazetteer(home):
    gazetteer = json.loads((home / "gazetteer.json").read_text(encoding="utf-8"))

    assert (home / "askfirst.db").is_file()
    assert gazetteer["edition"] == 1
    assert gazetteer["concepts"]


def test_the_second_time_the_gazetteer_is_left_alone(home):
    before = os.stat(home / "gazetteer.json")

    prepare.prepare(settings.load({"ASKFIRST_HOME": str(home)}))

    assert os.stat(home / "gazetteer.json").st_mtime_ns == before.st_mtime_ns


def test_a_gazetteer_that_something_else_has_written_is_made_again(home):
    (home / "gazetteer.json").write_text("{}", encoding="utf-8")

    prepare.prepare(settings.load({"ASKFIRST_HOME": str(home)}))

    assert json.loads((home / "gazetteer.json").read_text(encoding="utf-8"))["edition"] == 1


def test_a_pack_that_is_not_shipped_is_one_clear_line(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path))
    monkeypatch.setenv("ASKFIRST_PACKS", "core, atlantis")

    assert prepare.main() == 2

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("ASKFIRST_PACKS names `atlantis`, but the packs are ")


def test_a_database_that_cannot_be_reached_is_one_clear_line(capsys, monkeypatch, tmp_path):
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path))
    monkeypatch.setenv("ASKFIRST_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/nothing")

    assert prepare.main() == 1

    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("the database is not available: ")
