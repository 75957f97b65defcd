"""The command line itself: finding commands, and saying what went wrong."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from askfirst import VERSION
from askfirst.cli import _faults, main, program
from askfirst.errors import AskFirstError
from askfirst.settings import CHECKOUT

ASKFIRST = CHECKOUT / ".venv" / "bin" / "askfirst"


def askfirst(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(ASKFIRST), *arguments],
        capture_output=True,
        text=True,
        env={"PATH": "/usr/bin:/bin", **environment},
    )


def test_the_installed_command_tells_its_version():
    done = askfirst("--version")

    assert (done.returncode, done.stdout) == (0, f"askfirst {VERSION}\n")


def test_help_lists_every_command_with_a_line_about_it():
    done = askfirst("--help")

    assert done.returncode == 0
    for name in program.list_commands(click.Context(program)):
        assert f"  {name} " in done.stdout


def test_the_list_of_commands_imports_none_of_them():
    code = "import sys, askfirst.cli; askfirst.cli.main(['--help']); print(sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    for heavy in ("sqlalchemy", "askfirst.cli.up", "guidelines", "asyncio"):
        assert f"'{heavy}'" not in done.stdout


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["upp"], "no command `upp`: did you mean `up`? (see `askfirst --help`)"),
        (["check", "--rol", "x"], "no option `--rol`: did you mean `--role`? (see `askfirst check --help`)"),
        (["ask", " "], "the question is empty: write it as TEXT, in quotes (see `askfirst ask --help`)"),
        (["train", "--frce"], "no option `--frce`: did you mean `--force`? (see `askfirst train --help`)"),
        (["up", "now"], "got unexpected extra argument (now) (see `askfirst up --help`)"),
    ],
)
def test_using_it_wrongly_is_one_clear_line_and_status_2(capsys, arguments, line):
    assert main(arguments) == 2
    assert capsys.readouterr().err == line + "\n"


def test_an_unknown_command_far_from_any_other_lists_them(capsys):
    assert main(["zzzzzz"]) == 2
    assert "no command `zzzzzz`: the commands are " in capsys.readouterr().err


def test_a_bad_setting_is_one_clear_line_and_status_2():
    done = askfirst("up", ASKFIRST_PORT="many")

    assert done.returncode == 2
    assert done.stderr == "ASKFIRST_PORT=`many` must be a port, a number from 1 to 65535\n"


def test_a_home_that_cannot_be_written_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("")

    done = askfirst("up", ASKFIRST_HOME=str(tmp_path / "file"))

    assert done.returncode == 1
    assert done.stderr == f"cannot write to ASKFIRST_HOME, `{tmp_path}/file`: File exists\n"


def test_a_setting_with_a_slip_in_its_name_is_pointed_out():
    done = askfirst("up", ASKFIRST_PROT="9000", ASKFIRST_PORT="many")

    assert "no setting `ASKFIRST_PROT`, so it is ignored: did you mean ASKFIRST_PORT?\n" in done.stderr


@pytest.mark.parametrize(
    ("fault", "line", "status"),
    [
        (AskFirstError("no edition `7`:\n there are 3"), "no edition `7`: there are 3", 1),
        (
            FileNotFoundError(2, "No such file or directory", "p.yml"),
            "cannot use `p.yml`: no such file or directory",
            1,
        ),
        (
            click.BadParameter("'soon' is not a date."),
            "invalid value: `soon` is not a date (see `askfirst --help`)",
            2,
        ),
        (click.Abort(), "", 130),
    ],
)
def test_a_fault_is_one_line_in_lower_case_with_an_exit_status(fault, line, status):
    assert _faults.explain(fault) == (line, status)


def test_a_fault_of_ours_leaves_its_place_in_a_file_and_not_what_was_asked(monkeypatch, tmp_path):
    monkeypatch.setenv("ASKFIRST_HOME", str(tmp_path))
    try:
        json.loads("can I use WeChat")
    except ValueError as error:
        line, status = _faults.explain(error)

    assert status == 1
    log = Path(tmp_path, "logs", "faults.log")
    assert line == f"something went wrong that should not have (JSONDecodeError): the place is in `{log}`"
    written = log.read_text()
    assert "test_cli.py" in written
    assert "WeChat" not in written.replace('json.loads("can I use WeChat")', "")


def test_a_reader_that_has_seen_enough_is_no_fault():
    done = subprocess.run(
        f"'{ASKFIRST}' --help | head -1", shell=True, capture_output=True, text=True, executable="/bin/bash"
    )

    assert done.stdout == "Usage: askfirst [OPTIONS] COMMAND [ARGS]...\n"
    assert done.stderr == ""
