"""The addresses of the console, and who may use them."""

from __future__ import annotations

from web.access import Endpoint, Guarded, Who
from web.console import cases, inbox
from web.signin.guard import ForPeople


def _see(path: str, endpoint: Endpoint, name: str, who: Who = Who.READER) -> ForPeople:
    return ForPeople(f"/console{path}", endpoint, who=who, methods=["GET"], name=f"console-{name}")


def _do(path: str, endpoint: Endpoint, name: str, who: Who = Who.OWNER) -> ForPeople:
    return ForPeople(f"/console{path}", endpoint, who=who, methods=["POST"], name=f"console-{name}")


CONSOLE: tuple[Guarded, ...] = (
    _see("", inbox.get_inbox, "inbox"),
    _see("/similar", inbox.get_similar, "similar"),
    _see("/cases/{case}", cases.get_case, "case"),
    _do("/cases/{case}/move", cases.post_move, "case-move"),
    _do("/cases/{case}/not-a-question", cases.post_not_a_question, "case-not-a-question"),
    _do("/cases/{case}/assign", cases.post_assign, "case-assign"),
    _do("/cases/{case}/note", cases.post_note, "case-note"),
    _do("/cases/{case}/withdraw", cases.post_withdraw, "case-withdraw"),
    _do("/cases/{case}/undo", cases.post_undo, "case-undo"),
    _do("/cases/{case}/merge", cases.post_merge, "case-merge"),
    _do("/cases/{case}/split", cases.post_split, "case-split"),
)
