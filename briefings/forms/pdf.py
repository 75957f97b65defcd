"""The PDF of a briefing, set by Typst: tagged, PDF/UA-1, with a typeface of our own."""

from __future__ import annotations

import datetime as dt
import json
import threading
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from answers.wording import day
from briefings.forms.plain import plain
from briefings.model import Briefing

_HERE = Path(__file__).with_name("templates")
_FEW = 4
_one_each = threading.local()


def pdf(briefing: Briefing) -> bytes:
    """The briefing as a PDF document."""
    said = plain(briefing)
    said["again"] = day(briefing.again_on)
    moment = dt.datetime.combine(briefing.made_on, dt.time(), dt.UTC)
    made = _compiler().compile(
        format="pdf",
        sys_inputs={"briefing": json.dumps(_lean(said), ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(moment.timestamp()),
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no document")
    return made


def _lean(value: object) -> object:
    """Without the ids, which are not printed; only whether they are many."""
    if isinstance(value, dict):
        kept = {key: _lean(item) for key, item in value.items() if key not in ("ids", "rules", "itinerary")}
        return kept | {"many": len(value["ids"]) > _FEW} if isinstance(value.get("ids"), list) else kept
    return [_lean(item) for item in value] if isinstance(value, list) else value


def _compiler() -> typst.Compiler:
    """A compiler for each thread: it keeps what it has read and set."""
    held: typst.Compiler | None = getattr(_one_each, "compiler", None)
    if held is None:
        held = typst.Compiler(
            str(_HERE / "briefing.typ"), root=str(_HERE), font_paths=[str(fonts())], ignore_system_fonts=True
        )
        _one_each.compiler = held
    return held


@cache
def fonts() -> Path:
    """The folder of the sans typeface that is installed with us (Source Sans Pro, SIL Open Font Licence)."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise FileNotFoundError("the typeface Source Sans Pro is not installed")
    return Path(found.origin).with_name("files")
