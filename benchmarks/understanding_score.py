"""Scores the understanding on hand-written messages, in Rasa's environment (`benchmarks/understanding.py`).

A message is right when its kind (the family of its intent) and every dimension are right. Messages that
must not get a ruling count apart: for them only the kind matters.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bot"))

from understanding.examples import examples  # noqa: E402
from understanding.model import Reading  # noqa: E402
from understanding.reader import Reader  # noqa: E402

KINDS = {
    **dict.fromkeys(("may_i", "inform", "correct", "what_if", "affirm", "deny"), "ruling"),
    **dict.fromkeys(("greet", "thanks", "goodbye", "help", "start_over"), "smalltalk"),
    **dict.fromkeys(("out_of_scope", "manipulation"), "declined"),
    **dict.fromkeys(("mention", "other_language", "nlu_fallback"), "clarify"),
    "why": "reason", "alternatives": "alternatives", "conditions": "conditions",
    "list_apps": "list", "brief": "briefing",
    "dispute": "dispute", "approval": "approval", "contact": "contact", "changes": "changes",
}  # fmt: skip
DIMENSIONS = ("role", "device", "country", "app", "unknown_app", "unknown_place")
QUIET = ("smalltalk", "declined", "clarify")


@dataclass
class Score:
    """What was right and what was not."""

    total: int = 0
    right: int = 0
    kinds_right: int = 0
    intents_right: int = 0
    quiet: int = 0
    quiet_right: int = 0
    dimensions: dict[str, list[int]] = field(
        default_factory=lambda: {d: [0, 0] for d in (*DIMENSIONS, "ambiguous", "reference")}
    )
    intents: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    confusion: Counter = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


def messages(folder: Path) -> list[dict]:
    """The single messages of a folder (files that hold `say` entries)."""
    found = []
    for path in sorted(folder.glob("*.yml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            if "say" in entry:
                found.append(entry)
    return found


def as_list(value: object) -> list:
    """A value, a list of values or nothing, as a list."""
    return [] if value is None else list(value) if isinstance(value, list) else [value]


def wanted(entry: dict, dimension: str) -> list[list]:
    """The acceptable sets of values of a dimension."""
    value = entry.get(dimension)
    if isinstance(value, dict):
        return [as_list(v) for v in value["any_of"]]
    return [as_list(value)]


def wrong_dimensions(entry: dict, reading: Reading) -> list[str]:
    """The dimensions that were not understood as they should be."""
    wrong = []
    for dimension in DIMENSIONS:
        said = sorted(reading.values(dimension))
        if dimension.startswith("unknown"):
            said, hoped = (
                [s.lower() for s in said],
                [sorted(str(v).lower() for v in w) for w in wanted(entry, dimension)],
            )
        else:
            hoped = [sorted(map(str, w)) for w in wanted(entry, dimension)]
        if said in hoped or (dimension in entry.get("accept_missing", ()) and not said):
            continue
        if dimension in entry.get("accept_extra", ()) and any(set(h) <= set(said) for h in hoped):
            continue
        if dimension == "app" and entry.get("ambiguous") and not said:
            continue
        wrong.append(f"{dimension}: {said} for {hoped[0]}")
    asked = {e.entity for e in reading.entities}
    if entry.get("ambiguous") and "ambiguous_app" not in asked and not isinstance(entry.get("app"), dict):
        wrong.append("ambiguous app not asked about")
    if entry.get("ambiguous_country") and "ambiguous_country" not in asked:
        wrong.append("ambiguous country not asked about")
    if not entry.get("ambiguous") and "ambiguous_app" in asked:
        wrong.append("asked about a clear app")
    if not entry.get("ambiguous_country") and any(
        e.entity == "ambiguous_country" and e.stance == "asserted" for e in reading.entities
    ):
        wrong.append("asked about a clear country")
    for name in ("reference", "cue"):
        if entry.get(name) and entry[name] not in reading.values(name):
            wrong.append(f"{name}: no {entry[name]}")
    return wrong


def score(reader: Reader, entries: list[dict]) -> Score:
    """Read every message and compare."""
    result = Score()
    for entry in entries:
        began = time.perf_counter()
        reading = reader.read(entry["say"])
        result.times.append((time.perf_counter() - began) * 1000)
        intents = as_list(entry["intent"])
        kinds = {KINDS[i] for i in intents}
        kind = KINDS[reading.intent]
        quiet = kinds <= set(QUIET)
        result.total += 1
        result.intents[intents[0]][1] += 1
        problems = []
        if kind in kinds:
            result.kinds_right += 1
        elif quiet and kind in QUIET:
            problems.append(f"kind {kind}")
        else:
            problems.append(f"kind {kind} ({reading.intent} {reading.confidence:.2f})")
        if reading.intent in intents:
            result.intents_right += 1
            result.intents[intents[0]][0] += 1
        else:
            result.confusion[(intents[0], reading.intent)] += 1
        if quiet:
            result.quiet += 1
            result.quiet_right += kind in QUIET
        else:
            wrong = wrong_dimensions(entry, reading)
            problems += wrong
            for dimension, counts in result.dimensions.items():
                counts[1] += 1
                counts[0] += not any(
                    w.startswith(dimension + ":") or (dimension == "ambiguous" and "ask" in w) for w in wrong
                )
        if problems:
            result.misses.append(f"{entry['say']!r}: {'; '.join(problems)}")
        else:
            result.right += 1
    return result


def report(name: str, result: Score, show_misses: bool) -> None:
    """Print one part's figures."""
    rate = lambda a, b: f"{a}/{b} = {100 * a / b:.1f} %" if b else "-"  # noqa: E731
    print(f"\n== {name}: {result.total} messages")
    print(f"entirely right          {rate(result.right, result.total)}")
    print(f"kind right              {rate(result.kinds_right, result.total)}")
    print(f"intent right            {rate(result.intents_right, result.total)}")
    print(f"must not rule, did not  {rate(result.quiet_right, result.quiet)}")
    for dimension, (right, total) in result.dimensions.items():
        print(f"  {dimension:<14} {rate(right, total)}")
    print("  intent: " + ", ".join(f"{i} {r}/{t}" for i, (r, t) in sorted(result.intents.items())))
    print("  confused: " + ", ".join(f"{a} as {b} x{n}" for (a, b), n in result.confusion.most_common(25)))
    times = sorted(result.times)
    print(f"  time: p50 {statistics.median(times):.1f} ms, p99 {times[int(len(times) * 0.99)]:.1f} ms")
    if show_misses:
        for miss in result.misses:
            print("  -", miss)


def main() -> int:
    """Train on data/nlu, score, print; 1 when the score is below the aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gazetteer", type=Path)
    parser.add_argument("--part", choices=("dev", "test", "all"), default="all")
    parser.add_argument("--misses", action="store_true", help="list what was wrong in the test part too")
    options = parser.parse_args()
    reader = Reader(options.gazetteer)
    began = time.perf_counter()
    reader.train(examples(ROOT / "data" / "nlu"))
    print(f"trained in {time.perf_counter() - began:.1f} s")
    aimed = True
    for part in ("dev", "test") if options.part == "all" else (options.part,):
        result = score(reader, messages(ROOT / "tests" / "understanding" / part))
        report(part, result, show_misses=part == "dev" or options.misses)
        aimed = aimed and result.right >= 0.9 * result.total
    return 0 if aimed else 1


if __name__ == "__main__":
    sys.exit(main())
