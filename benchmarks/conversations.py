"""`make conversations`: say unseen messages and conversations to the whole system, and score what it replies.

The sets are in tests/understanding/blind, written by hand before their author had read the code; only the
probes came later, around what had gone wrong. A message is right when its kind and every dimension of its
context are; one that asks nothing is right when it gets no ruling. A permission is unfounded when something
it rests on was misread, and wrong when what was meant is not permitted, or no ruling was expected.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, product
from pathlib import Path
from typing import Any

import httpx
import yaml

from askfirst.supervisor import ports

ROOT = Path(__file__).resolve().parent.parent
OWN = ROOT / "tests" / "understanding"
BLIND = OWN / "blind"
DIMENSIONS = ("role", "device", "country", "app", "unknown_app")
PERMISSIVE = {"allowed", "conditional"}
ASKED = {"ruling", "list", "conditions", "reason", "alternatives", "approval"}
AIMS = {
    "single messages": 95.0,
    "messages without a ruling": 99.0,
    "conversation turns": 92.0,
    "turns of probes": 92.0,
    "turns of the dev part": 92.0,
    "turns of the test part": 92.0,
}
START_SECONDS = 180
Permitted = Callable[[dict[str, Any]], bool]
AT_ONCE = 4  # messages under way, each of another conversation


@dataclass
class Miss:
    """A message that was not understood as expected."""

    where: str
    say: str
    wrong: list[str]
    unfounded: bool = False  # a permission that rests on something misread
    wrongly_permitted: bool = False  # a permission that what was meant would not get


@dataclass
class Tally:
    """How many of a set were right, and those that were not."""

    right: int = 0
    total: int = 0
    misses: list[Miss] = field(default_factory=list)

    def count(self, miss: Miss) -> None:
        """Count one message, a miss when something about it is wrong."""
        self.total += 1
        if miss.wrong or miss.unfounded or miss.wrongly_permitted:
            self.misses.append(miss)
        else:
            self.right += 1


def _plain(value: Any, dimension: str) -> Any:
    """A held value for comparing: order and a list of one do not matter, nor case in own words."""
    if not value:
        return None
    several = value if isinstance(value, list) else [value]
    words = {str(v).casefold().strip(" .?!'\"") if dimension == "unknown_app" else str(v) for v in several}
    return words.pop() if len(words) == 1 else frozenset(words)


def fits(expected: Any, got: Any, dimension: str) -> bool:
    """Whether a held value is one that was expected."""
    held = _plain(got, dimension)
    if isinstance(expected, dict):
        return any(
            option == "anything"
            or (option == "several" and isinstance(held, frozenset))
            or (option != "several" and _plain(option, dimension) == held)
            for option in expected["one_of"]
        )
    return bool(_plain(expected, dimension) == held)


def _effects(payload: dict[str, Any]) -> set[str | None]:
    """The effects that a reply rules, of a single ruling or of each entry of a list."""
    rulings = [payload.get("ruling"), *(r.get("ruling") for r in payload.get("rulings") or [])]
    return {r.get("effect") for r in rulings if r}


def _held_by(meant: Any, got: Any, dimension: str) -> bool:
    """Whether what was meant is what an entry of a table is about, or one of several such things."""
    return any(fits(meant, one, dimension) for one in [got, *(got if isinstance(got, list) else [])])


def _effects_on(payload: dict[str, Any], meant: dict[str, Any]) -> set[str | None]:
    """The effects that a reply rules on what was meant: in a table that has an entry for it, that entry's."""
    entries = [
        entry
        for entry in payload.get("rulings") or []
        if all(
            not meant.get(d) or _held_by(meant[d], (entry.get("context") or {}).get(d), d) for d in DIMENSIONS
        )
    ]
    return _effects({"rulings": entries} if entries else payload)


def compare(
    expected: dict[str, Any], replies: list[dict[str, Any]], where: str, permitted: Permitted
) -> Miss:
    """What is wrong with the reply to one message; `permitted` says whether what was meant is."""
    payload = replies[-1]["payload"]
    context = payload.get("context") or {}
    miss = Miss(where, expected["say"], [])
    named = expected.get("kind")  # where none is named, any is right
    kinds: list[str] = [named] if isinstance(named, str) else named or []
    if kinds and payload["kind"] not in kinds:
        miss.wrong.append(f"kind {payload['kind']}, not {'/'.join(kinds)}")
    held = expected.get("context")  # where nothing is said of it, anything may be held
    astray = [] if held is None else [d for d in DIMENSIONS if not fits(held.get(d), context.get(d), d)]
    for dimension in astray:
        miss.wrong.append(
            f"{dimension} {context.get(dimension)}, not {(expected.get('context') or {}).get(dimension)}"
        )
    effects = _effects(payload)
    if payload["kind"] in {"ruling", "list"}:
        if "effect" in expected and effects != {expected["effect"]}:
            miss.wrong.append(f"effect {sorted(map(str, effects))}, not {expected['effect']}")
        unclear = (payload.get("ruling") or {}).get("unclear")
        if "unclear" in expected and payload["kind"] == "ruling" and unclear != expected["unclear"]:
            miss.wrong.append(f"unclear {unclear}, not {expected['unclear']}")
        unasked = bool(kinds) and not ASKED & set(kinds)
        stricter = "effect" in expected and expected["effect"] not in PERMISSIVE
        given = _effects_on(payload, held) if held else effects
        miss.unfounded = bool(given & PERMISSIVE) and (bool(astray) or unasked or stricter)
        miss.wrongly_permitted = miss.unfounded and (unasked or stricter or not permitted(held or {}))
    return miss


def must_not_rule(expected: dict[str, Any], replies: list[dict[str, Any]]) -> Miss:
    """What is wrong with the reply to a message that asks nothing."""
    miss = Miss("no ruling", expected["say"], [])
    for reply in replies:
        payload = reply["payload"]
        effects = _effects(payload)
        if payload["kind"] in {"ruling", "list"} or effects:
            miss.wrong.append(f"kind {payload['kind']}, effects {sorted(map(str, effects))}")
        miss.unfounded = miss.wrongly_permitted = miss.wrongly_permitted or bool(effects & PERMISSIVE)
    return miss


class Asker:
    """A client of the front door."""

    def __init__(self, address: str) -> None:
        self.client = httpx.Client(base_url=address, timeout=60)

    def say(self, conversation: str, text: str) -> list[dict[str, Any]]:
        """Say something, and give the replies.

        Raises:
            httpx.HTTPStatusError: The system did not answer the message.
        """
        response = self.client.post("/api/v1/messages", json={"conversation": conversation, "text": text})
        response.raise_for_status()
        replies: list[dict[str, Any]] = response.json()["replies"]
        return replies

    def permitted(self, context: dict[str, Any]) -> bool:
        """Whether a context, and every fair reading of it, is permitted as it stands."""
        if context.get("unknown_app"):
            return False
        held = {d: v["one_of"] if isinstance(v, dict) else [v] for d, v in context.items()}
        for values in product(*held.values()):
            details = {
                d: v for d, v in zip(held, values, strict=True) if v not in (None, "several", "anything")
            }
            response = self.client.post("/api/v1/rulings", json=details)
            response.raise_for_status()
            effects = _effects(response.json())
            if not effects or not effects <= PERMISSIVE:
                return False
        return True


@contextmanager
def system() -> Iterator[str]:
    """Start AskFirst in a home of its own, and give its address."""
    with tempfile.TemporaryDirectory() as folder:
        port = ports.choose()
        inherited = {n: v for n, v in os.environ.items() if not n.startswith("ASKFIRST_")}
        environment = {
            **inherited,
            "ASKFIRST_HOME": str(Path(folder) / "home"),
            "ASKFIRST_PORT": str(port),
            "ASKFIRST_MODELS": str(ROOT / "build" / "models"),
        }
        said = Path(folder) / "output"
        with said.open("w") as output:
            process = subprocess.Popen(
                [str(ROOT / ".venv" / "bin" / "askfirst"), "up"],
                env=environment,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            end = time.monotonic() + START_SECONDS
            while "is ready at" not in said.read_text(encoding="utf-8"):
                if process.poll() is not None or time.monotonic() > end:
                    raise RuntimeError(f"AskFirst did not start:\n{said.read_text(encoding='utf-8')}")
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(60)


def read_set(folder: Path, name: str) -> list[dict[str, Any]]:
    """What one file of a set holds; nothing if there is none."""
    file = folder / f"{name}.yml"
    if not file.exists():
        return []
    # The loader in C is ten times as fast, and the sets are long.
    entries: list[dict[str, Any]] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return entries


def _hold(asker: Asker, conversation: dict[str, Any]) -> list[Miss]:
    """Hold one conversation, and compare each reply."""
    key = uuid.uuid4().hex
    return [
        compare(
            expected,
            asker.say(key, expected["say"]),
            f"{conversation['name']}, turn {number}",
            asker.permitted,
        )
        for number, expected in enumerate(conversation["turns"], start=1)
    ]


def _scored(found: Iterable[Miss]) -> Tally:
    tally = Tally()
    for miss in found:
        tally.count(miss)
    return tally


def converse(asker: Asker, conversations: list[dict[str, Any]]) -> Tally:
    """Hold conversations, several at once, and score each turn."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return _scored(chain.from_iterable(pool.map(lambda held: _hold(asker, held), conversations)))


def measure_set(asker: Asker, folder: Path) -> list[Tally]:
    """Say one set, and score the replies: single messages, those that ask nothing, conversations, probes."""

    def single(expected: dict[str, Any]) -> Miss:
        return compare(expected, asker.say(uuid.uuid4().hex, expected["say"]), "single", asker.permitted)

    def unasked(expected: dict[str, Any]) -> Miss:
        return must_not_rule(expected, asker.say(uuid.uuid4().hex, expected["say"]))

    with ThreadPoolExecutor(AT_ONCE) as pool:
        singles = _scored(pool.map(single, read_set(folder, "singles")))
        silent = _scored(pool.map(unasked, read_set(folder, "no_ruling")))
    return [
        singles,
        silent,
        *(converse(asker, read_set(folder, name)) for name in ("conversations", "probes")),
    ]


def measure(asker: Asker, folder: Path = BLIND) -> dict[str, Tally]:
    """Say everything there is to say, and score the replies."""
    own = [converse(asker, read_set(OWN / part, "conversations")) for part in ("dev", "test")]
    return dict(zip(AIMS, (*measure_set(asker, folder), *own), strict=True))


def report(tallies: dict[str, Tally]) -> bool:
    """Print the table and the misses, and say whether every aim is met."""
    print(f"{'':28}{'right':>7}{'of':>6}{'%':>8}{'aim':>8}")
    met = True
    for name, tally in tallies.items():
        if not tally.total:
            continue
        share = 100 * tally.right / tally.total
        met = met and share >= AIMS[name]
        print(f"{name:28}{tally.right:7}{tally.total:6}{share:8.1f}{AIMS[name]:8.1f}")
    permissions = [m for tally in tallies.values() for m in tally.misses if m.wrongly_permitted]
    print(f"{'wrong permissions':28}{len(permissions):7}{'':14}{0:8}\n")
    for name, tally in tallies.items():
        print(f"{len(tally.misses)} of the {name} went wrong")
        for miss in tally.misses:
            flag = (
                " [WRONG PERMISSION]" if miss.wrongly_permitted else " [unfounded]" if miss.unfounded else ""
            )
            print(f"- ({miss.where}) {miss.say}{flag}\n    " + "; ".join(miss.wrong))
    return met and not permissions


def main(arguments: list[str] | None = None) -> int:
    """Measure a running system, or one started for it. Exit status 1 when an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.conversations", description=__doc__)
    parser.add_argument("--url", help="address of a running system; without it one is started")
    parser.add_argument("--sets", type=Path, default=BLIND, help="folder with the sets")
    options = parser.parse_args(arguments)
    if options.url:
        return 0 if report(measure(Asker(options.url), options.sets)) else 1
    with system() as address:
        return 0 if report(measure(Asker(address), options.sets)) else 1


if __name__ == "__main__":
    sys.exit(main())
