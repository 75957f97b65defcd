"""The addresses of gateways."""

from __future__ import annotations

from web.access import Guarded
from web.gateways import api
from web.gateways.guard import ForGateways

GATEWAYS: tuple[Guarded, ...] = (
    ForGateways("/api/v1/gateway/messages", api.post_message, name="gateway-messages"),
    ForGateways("/api/v1/gateway/link", api.post_link, name="gateway-link"),
    ForGateways("/api/v1/gateway/unlink", api.post_unlink, name="gateway-unlink"),
    ForGateways("/api/v1/gateway/forget", api.post_forget, name="gateway-forget"),
    ForGateways("/api/v1/gateway/notices", api.post_notices, name="gateway-notices"),
)
