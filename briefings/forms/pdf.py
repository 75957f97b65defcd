"""The PDF of a briefing, set by Typst: tagged, PDF/UA-1, with a typeface of our own."""

from __future__ import annotations

import datetime as dt
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import typst

from answers.wording import day
from briefings.forms.plain import plain
from briefings.model import Briefing

_HERE = Path(__file__).with_name("templates")
_FEW = 4
_NICE = 10


def pdf(briefing: Briefing) -> bytes:
    """The briefing as a PDF document. One is set at a time, and after whatever else waits for a processor."""
    said = plain(briefing)
    said["again"] = day(briefing.again_on)
    moment = dt.datetime.combine(briefing.made_on, dt.time(), dt.UTC)
    text = json.dumps(_lean(said), ensure_ascii=False)
    return _typesetter().submit(_set, text, int(moment.timestamp())).result()


def _set(text: str, moment: int) -> bytes:
    made = _compiler().compile(
        format="pdf", sys_inputs={"briefing": text}, pdf_standards=["ua-1"], timestamp=moment
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter gave no document")
    return made


@cache
def _typesetter() -> ThreadPoolExecutor:
    """The thread that Typst runs in. Typst lets go of Python while it sets, so others go on meanwhile."""
    return ThreadPoolExecutor(1, "typesetter", initializer=_give_way)


def _give_way() -> None:
    """Let the conversation have the processor first: on Linux a thread has a priority of its own."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICE)


@cache
def _compiler() -> typst.Compiler:
    """The one compiler, used by the typesetter alone: it keeps what it has read and set."""
    return typst.Compiler(
        str(_HERE / "briefing.typ"), root=str(_HERE), font_paths=[str(fonts())], ignore_system_fonts=True
    )


def _lean(value: object) -> object:
    """Without the ids, which are not printed; only whether they are many."""
    if isinstance(value, dict):
        kept = {
            key: _lean(item)
            for key, item in value.items()
            if key not in ("ids", "rules", "itinerary", "short", "boards")
        }
        return kept | {"many": len(value["ids"]) > _FEW} if isinstance(value.get("ids"), list) else kept
    return [_lean(item) for item in value] if isinstance(value, list) else value


@cache
def fonts() -> Path:
    """The folder of the sans typeface that is installed with us (Source Sans Pro, SIL Open Font Licence)."""
    found = find_spec("font_source_sans_pro")
    if found is None or found.origin is None:
        raise FileNotFoundError("the typeface Source Sans Pro is not installed")
    return Path(found.origin).with_name("files")
