"""The addresses of sign-in, and who may use them."""

from __future__ import annotations

from web.access import Guarded, Who
from web.signin import pages
from web.signin.guard import ForPeople

SIGN_IN: tuple[Guarded, ...] = (
    Guarded("/sign-in", pages.get_sign_in, who=Who.ANYONE, methods=["GET"], name="sign-in"),
    Guarded("/sign-in", pages.post_sign_in, who=Who.ANYONE, methods=["POST"], name="sign-in-form"),
    Guarded("/sign-in/leave", pages.get_leave, who=Who.ANYONE, methods=["GET"], name="sign-in-leave"),
    Guarded("/sign-in/back", pages.get_back, who=Who.ANYONE, methods=["GET"], name="sign-in-back"),
    ForPeople("/sign-out", pages.post_sign_out, who=Who.SIGNED_IN, methods=["POST"], name="sign-out"),
)
