"""What no file of the checkout may hold."""

import re
import subprocess

import pytest

from askfirst.settings import CHECKOUT
from tests.guards.checkout import modules, text, tracked

LONGEST_MODULE = 400

# Written so that this file does not match itself.
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|npmjs[.](?:org|com)|-index-url[ =]+\S*:/|find-links[ =]+\S*/"
)
MACHINE = re.compile(r"(?<![\w.*~)}/-])/(?:root|work|home|Users|opt)/(?=\w)")
LEFT_OVER = re.compile(r"\b(?:TOD[O]|FIXM[E]|XX[X]|HAC[K])\b|NotImplementedErro[r]")
SKIPPED = re.compile(r"mark[.](?:skip|skipif|xfail)\b|pytest[.](?:skip|xfail|importorskip)\(")


def lines_with(pattern: re.Pattern[str], paths) -> list[str]:
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate((text(path) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_file_names_a_package_registry():
    assert lines_with(REGISTRY, tracked()) == []


def test_no_file_names_a_folder_of_the_machine_it_was_written_on():
    assert lines_with(MACHINE, tracked()) == []


def test_nothing_is_left_for_later_in_the_code():
    assert lines_with(LEFT_OVER, modules()) == []


def test_no_test_is_skipped():
    assert lines_with(SKIPPED, [path for path in modules("tests") if path.name != "test_files.py"]) == []


def test_a_module_is_not_longer_than_400_lines():
    lengths = {str(path): len((text(path) or "").splitlines()) for path in modules()}

    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_of_the_program_says_what_it_is_for():
    silent = [
        str(path)
        for path in modules(
            "guidelines", "cases", "answers", "briefings", "actions", "bot", "web", "askfirst"
        )
        if (source := text(path)) and not source.lstrip("#! \n").startswith(('"""', 'r"""'))
    ]

    assert silent == []


@pytest.mark.parametrize(
    "script",
    [str(path) for path in tracked() if path.parts[0] in ("scripts", ".ci") and path.suffix in ("", ".sh")],
)
def test_every_script_can_be_read_by_its_shell(script):
    source = (CHECKOUT / script).read_text(encoding="utf-8")
    shell = "sh" if source.startswith("#!/bin/sh") else "bash"

    done = subprocess.run([shell, "-n", script], cwd=CHECKOUT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_no_large_file_is_kept():
    sizes = {str(path): (CHECKOUT / path).stat().st_size for path in tracked()}

    assert {path: size for path, size in sizes.items() if size > 2_000_000} == {}
