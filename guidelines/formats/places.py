"""The line of a problem in a YAML or JSON file.

It is looked up only when there is a problem, since that reads the file once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import yaml

_KEYS = {
    "guideline": "guidelines",
    "rule": "rules",
    "source": "sources",
    "host country": "host_countries",
    "practice": "practices",
    "concept": "concepts",
}
_STEP = re.compile(r"^([a-z ]+) (\d+)$")


def with_lines(problems: Iterable[str], path: Path, place: str) -> list[str]:
    """Each problem of a file with its line, and its column where one word is meant, after the file's name."""
    try:
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, UnicodeDecodeError, OSError):
        root = None
    return [_with_line(problem, root, place) for problem in problems]


def _with_line(problem: str, root: yaml.Node | None, place: str) -> str:
    if root is None or not problem.startswith(place):
        return problem
    steps, _, message = problem[len(place) :].partition(": ")
    node, line = root, None
    for step in steps.strip(", ").split(", "):
        found = _child(node, step)
        if found is not None:
            node, line = found, found.start_mark.line + 1
    words = re.findall(r"`([^`]*)`", message)
    entry = next((entry for word in words if (entry := _entry(node, word) or _item(node, word))), None)
    if entry is not None:
        line, column = entry.start_mark.line + 1, entry.start_mark.column + 1
        return f"{place}, line {line}, column {column}{problem[len(place) :]}"
    return f"{place}, line {line}{problem[len(place) :]}" if line else problem


def _child(node: yaml.Node, step: str) -> yaml.Node | None:
    """The part of a node that one step of a place names: `rule 3`, or a key."""
    numbered = _STEP.match(step)
    if not numbered:
        return _value(node, step)
    name, number = numbered[1], int(numbered[2])
    items = _value(node, _KEYS.get(name, name)) if isinstance(node, yaml.MappingNode) else node
    if isinstance(items, yaml.SequenceNode) and number <= len(items.value):
        return items.value[number - 1]
    return None


def _entry(node: yaml.Node, key: str) -> yaml.Node | None:
    """The key of a mapping as it stands in the file."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((name for name, _ in pairs if name.value == key), None)


def _item(node: yaml.Node, word: str) -> yaml.Node | None:
    """The word as it stands in a list, or alone in its place."""
    items = node.value if isinstance(node, yaml.SequenceNode) else [node]
    return next((item for item in items if isinstance(item, yaml.ScalarNode) and item.value == word), None)


def _value(node: yaml.Node, key: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)
