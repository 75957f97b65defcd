"""The addresses of linking: for everybody who is signed in."""

from __future__ import annotations

from web.access import Guarded, Who
from web.linking import page
from web.signin.guard import ForPeople

LINKING: tuple[Guarded, ...] = (
    ForPeople("/linking", page.get_linking, who=Who.SIGNED_IN, methods=["GET"], name="linking"),
    ForPeople("/linking/code", page.post_code, who=Who.SIGNED_IN, methods=["POST"], name="linking-code"),
    ForPeople(
        "/linking/revoke", page.post_revoke, who=Who.SIGNED_IN, methods=["POST"], name="linking-revoke"
    ),
)
