"""The addresses of briefings."""

from __future__ import annotations

from web.access import Guarded, Who
from web.briefings.pages import get_briefing, get_file, get_form, post_form

BRIEFINGS: tuple[Guarded, ...] = (
    Guarded("/briefing", get_form, who=Who.TOKEN, methods=["GET"], name="briefing-form"),
    Guarded("/briefing", post_form, who=Who.TOKEN, methods=["POST"], name="briefing-make"),
    Guarded("/briefing/{receipt}", get_briefing, who=Who.TOKEN, methods=["GET"], name="briefing"),
    Guarded("/briefing/{receipt}/{name}", get_file, who=Who.TOKEN, methods=["GET"], name="briefing-file"),
)
