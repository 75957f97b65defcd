"""The briefing as Markdown, and as a page of HTML that stands alone and prints well."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from answers.wording import day
from briefings.approvals import ask_by
from briefings.letters import lower
from briefings.model import Briefing

HERE = Path(__file__).with_name("templates")
PHASE_NAMES = (
    ("before", "Before you leave"), ("during", "While you are there"), ("after", "After you return")
)  # fmt: skip


@cache
def _environment(html: bool) -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(day=day, cell=_cell, address=_address, lower_first=lower)
    environment.globals.update(ask_by=ask_by, phases=PHASE_NAMES)
    return environment


def markdown(briefing: Briefing) -> str:
    """The briefing as Markdown (CommonMark with the tables of GitHub)."""
    text = _environment(False).get_template("briefing.md.j2").render(b=briefing)
    lines = [line.rstrip() for line in text.splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept).strip() + "\n"


def html(briefing: Briefing) -> str:
    """The briefing as an HTML page with its style inside, which needs nothing else."""
    style = Markup((HERE / "briefing.css").read_text(encoding="utf-8"))
    return (
        _environment(True).get_template("page.html.j2").render(b=briefing, style=style, inside=body(briefing))
    )


def body(briefing: Briefing) -> Markup:
    """What the briefing says as HTML, for a page of somebody else's: sections with headings from the second
    level on."""
    return Markup(_environment(True).get_template("body.html.j2").render(b=briefing))


def _cell(text: str) -> str:
    """Text within a cell of a Markdown table."""
    return " ".join(text.replace("|", "\\|").split())


def _address(url: str) -> str:
    """An address that may stand in a link; nothing for any other."""
    parts = urlsplit(url)
    return url if parts.scheme in ("http", "https") and parts.netloc else ""
