"""The forms of a briefing: each takes a finished briefing and lays it out."""

from __future__ import annotations

from briefings.forms.calendar import calendar
from briefings.forms.pdf import pdf
from briefings.forms.plain import plain
from briefings.forms.text import body, html, markdown
from briefings.model import Briefing

TYPES = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "ics": "text/calendar; charset=utf-8",
}
"""Every form that is a file, by the ending of its name, with its media type."""


def of(form: str, briefing: Briefing) -> bytes:
    """The briefing in one of `TYPES`. Raises KeyError for another one."""
    match form:
        case "pdf":
            return pdf(briefing)
        case "html":
            return html(briefing).encode()
        case "md":
            return markdown(briefing).encode()
        case "ics":
            return calendar(briefing)
    raise KeyError(form)


__all__ = ["TYPES", "body", "calendar", "html", "markdown", "of", "pdf", "plain"]
