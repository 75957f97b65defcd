"""Who may import whom: the arrows of docs/architecture.md point inwards."""

import ast
import sys
from pathlib import Path

import pytest

from askfirst.settings import CHECKOUT
from tests.guards.checkout import ROOMS, modules, text

CORE = "guidelines"
STORE, FORMATS = "guidelines.store", "guidelines.formats"
# What a process that is started by itself may know of the program: its settings and how its parts are wired.
WIRING = ("askfirst.settings", "askfirst.errors", "askfirst.bootstrap")

# For each room, what it may import of ours besides itself. The longest name that fits counts.
MAY_IMPORT: dict[str, tuple[str, ...]] = {
    CORE: (),
    FORMATS: (CORE,),
    STORE: (CORE, FORMATS),
    "cases": (CORE, FORMATS, STORE),
    "answers": (CORE, FORMATS, STORE, "cases"),
    "briefings": (CORE, FORMATS, STORE, "cases", "answers"),
    "actions": (CORE, STORE, "cases", "answers", "briefings", *WIRING),
    "web": (CORE, FORMATS, STORE, "cases", "answers", "briefings", *WIRING),
    "channels": WIRING,
    "bot": (),
    "askfirst": ROOMS,
}


def dotted(path: Path) -> str:
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """The modules that a module imports, wherever in it."""
    found: set[str] = set()
    package = path.parent.parts
    for node in ast.walk(ast.parse(text(path) or "")):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            origin = ".".join([*base, *([node.module] if node.module else [])])
            # `from guidelines import store` names a module as well.
            found.update(_module_or_its_member(origin, alias.name) for alias in node.names)
    return found


def _module_or_its_member(origin: str, member: str) -> str:
    place = CHECKOUT / Path(*origin.split(".")) / member
    return f"{origin}.{member}" if place.with_suffix(".py").exists() or place.is_dir() else origin


def room_of(module: str, rooms=tuple(MAY_IMPORT)) -> str | None:
    inside = [room for room in rooms if module == room or module.startswith(room + ".")]
    return max(inside, key=len, default=None)


def allowed(module: str, target: str) -> bool:
    room, other = room_of(module), room_of(target)
    assert room is not None
    if other is None or other == room:
        return True
    if any(target == name or target.startswith(name + ".") for name in WIRING):
        return room == "askfirst" or target in MAY_IMPORT[room]
    return other in MAY_IMPORT[room] or (other.partition(".")[0] in ROOMS and room == "askfirst")


def test_every_import_between_rooms_points_inwards():
    wrong = [
        f"{path} imports {target}"
        for path in modules(*ROOMS)
        for target in sorted(imported(path))
        if not allowed(dotted(path), target)
    ]

    assert wrong == []


def test_the_core_imports_nothing_but_the_standard_library():
    core = [path for path in modules(CORE) if len(path.parts) == 2]
    others = {
        f"{path} imports {target}"
        for path in core
        for target in imported(path)
        if target.partition(".")[0] not in sys.stdlib_module_names and room_of(target) != CORE
    }

    assert core
    assert sorted(others) == []


def test_what_runs_in_rasas_process_imports_nothing_of_ours():
    others = {
        f"{path} imports {target}"
        for path in modules("bot")
        for target in imported(path)
        if target.partition(".")[0] in ROOMS and target.partition(".")[0] != "bot"
    }

    assert sorted(others) == []


def test_no_room_imports_the_tests():
    assert [
        path for path in modules(*ROOMS) if any(name.startswith("tests") for name in imported(path))
    ] == []


@pytest.mark.parametrize(
    ("module", "target", "verdict"),
    [
        ("guidelines.rulebook", "guidelines.store.books", False),
        ("guidelines.store.books", "guidelines.rulebook", True),
        ("answers.desk", "web.app", False),
        ("web.app", "answers.desk", True),
        ("web.app", "askfirst.settings", True),
        ("web.app", "askfirst.cli", False),
        ("answers.desk", "askfirst.settings", False),
        ("askfirst.bootstrap", "cases.log", True),
    ],
)
def test_the_rule_itself_tells_right_from_wrong(module, target, verdict):
    assert allowed(module, target) is verdict
