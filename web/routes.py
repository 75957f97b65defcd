"""Every address, and who may use it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from web.access import Guarded, Who
from web.api.health import get_health
from web.api.messages import post_message
from web.api.rulings import post_ruling
from web.api.vocabulary import get_vocabulary
from web.briefings.routes import BRIEFINGS
from web.console.routes import CONSOLE
from web.faults import Refusal
from web.gateways.routes import GATEWAYS
from web.linking.routes import LINKING
from web.pages.chat import get_chat, post_chat, post_earlier, post_forget, post_telling, post_turn
from web.pages.check import get_check, post_check
from web.rendering import STATIC
from web.signin.routes import SIGN_IN

_STATIC = frozenset(file.name for file in STATIC.iterdir() if file.is_file())


async def get_static(request: Request) -> Response:
    """A style sheet, script or picture of our own."""
    name = request.path_params["name"]
    if name not in _STATIC:
        raise Refusal(404, "there is nothing at this address")
    # An address with a hash never changes what it means.
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "no-cache"
    return FileResponse(STATIC / name, headers={"cache-control": kept})


ROUTES: tuple[Guarded, ...] = (
    Guarded("/", get_chat, who=Who.TOKEN, methods=["GET"], name="chat"),
    Guarded("/", post_chat, who=Who.TOKEN, methods=["POST"], name="chat-form"),
    Guarded("/turn", post_turn, who=Who.TOKEN, methods=["POST"], name="turn"),
    Guarded("/forget", post_forget, who=Who.TOKEN, methods=["POST"], name="forget"),
    Guarded("/telling", post_telling, who=Who.TOKEN, methods=["POST"], name="telling"),
    Guarded("/earlier", post_earlier, who=Who.TOKEN, methods=["POST"], name="earlier"),
    Guarded("/check", get_check, who=Who.TOKEN, methods=["GET"], name="check"),
    Guarded("/check", post_check, who=Who.TOKEN, methods=["POST"], name="check-form"),
    Guarded("/api/v1/messages", post_message, who=Who.TOKEN, methods=["POST"], name="messages"),
    Guarded("/api/v1/rulings", post_ruling, who=Who.TOKEN, methods=["POST"], name="rulings"),
    Guarded("/api/v1/health", get_health, who=Who.TOKEN, methods=["GET"], name="health"),
    Guarded("/api/v1/vocabulary", get_vocabulary, who=Who.TOKEN, methods=["GET"], name="vocabulary"),
    Guarded("/static/{name}", get_static, who=Who.ANYONE, methods=["GET"], name="static"),
)

# What programs reach with a token, then what people reach who are signed in.
EVERY_ROUTE: tuple[Guarded, ...] = (*ROUTES, *BRIEFINGS, *GATEWAYS, *SIGN_IN, *LINKING, *CONSOLE)
