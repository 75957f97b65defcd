"""Import errors of YAML and JSON files name the line, the word and the nearest right one."""

import json
from pathlib import Path

import pytest

from guidelines.formats import FormatError, read_content
from tests.guidelines.test_ruling import DEFENCE_BAN, VOCABULARY, guideline

YAML = """\
id: g
title: Title
issuer: Defence
owner: {team: t}
sources: [{title: s}]
rules:
  - id: first
    effect: allowed
  - id: second
    effect: prohibitd
    valid_from: soon
    scope:
      ap: [wechat]
"""


def refused(path: Path) -> list[str]:
    with pytest.raises(FormatError) as error:
        read_content(path)
    return list(error.value.problems)


def test_a_yaml_file_is_refused_with_the_line_of_each_word(tmp_path: Path) -> None:
    path = tmp_path / "g.yml"
    path.write_text(YAML)
    problems = refused(path)
    assert [problem.split(", guideline")[0] for problem in problems] == [
        "g.yml, line 10, column 5", "g.yml, line 13, column 7", "g.yml, line 11, column 5",
    ]  # fmt: skip
    assert "`effect` is `prohibitd`" in problems[0]
    assert "did you mean `prohibited`?" in problems[0]
    assert "unknown key `ap`; did you mean `app`?" in problems[1]


def test_a_pack_folder_is_refused_with_file_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    (folder / "guidelines").mkdir(parents=True)
    (folder / "pack.yml").write_text("id: pack\n")
    (folder / "guidelines" / "g.yml").write_text(YAML)
    assert refused(folder)[0].startswith("pack/guidelines/g.yml, line 10, column 5, ")


def test_a_json_file_is_refused_with_path_and_line(tmp_path: Path) -> None:
    path = tmp_path / "g.json"
    wrong = guideline("g", "D", {**DEFENCE_BAN, "effect": "forbid"})
    plain = {"vocabulary": VOCABULARY, "guidelines": [wrong]}
    path.write_text(json.dumps(plain, indent=1))
    line = path.read_text().splitlines().index('     "effect": "forbid",') + 1
    assert refused(path)[0].startswith(f"g.json, line {line}, column 6, guideline 1, guideline `g`, rule 1, ")
