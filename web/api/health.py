"""GET /api/v1/health: which parts are up, and which edition answers."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from web.door import door
from web.faults import Refusal
from web.gateways.guard import gateways


async def get_health(request: Request) -> Response:
    """200 when every part is up, else 503. `down` means that not even the form can answer."""
    up = await door(request).parts.up()
    try:
        edition = (await door(request).book()).edition
    except Refusal:
        edition = None
    if all(up.values()) and edition is not None:
        status = "ok"
    else:
        status = "degraded" if up["database"] and edition is not None else "down"
    body = {
        "status": status,
        # An answer needs no gateway, so one that is silent is shown and does not count.
        "parts": {part: {"up": state} for part, state in {**up, **gateways(request)}.items()},
        "edition": edition,
    }
    return JSONResponse(body, 200 if status == "ok" else 503)
