"""Reading what is sent to us: no more than we take, in the form that we take."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from starlette.requests import Request

from web.faults import Refusal

MOST_BYTES = 64 * 1024


async def json_object(request: Request) -> dict[str, Any]:
    """The JSON object that a request carries.

    Raises:
        Refusal: 415 for another content type, 413 for too much, 400 for what is no JSON object.
    """
    body = await _body(request, "application/json")
    try:
        given = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "the body is not JSON") from None
    if not isinstance(given, dict):
        raise Refusal(400, "the body must be a JSON object")
    try:
        json.dumps(given, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise Refusal(400, "the body holds half of a character (a lone surrogate)") from None
    return given


async def form(request: Request) -> dict[str, str]:
    """The fields of a form that a page sends; the last one of a name counts.

    Raises:
        Refusal: 415 for another content type, 413 for too much, 400 for what is no text.
    """
    body = await _body(request, "application/x-www-form-urlencoded")
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=50)
    except (UnicodeError, ValueError):
        raise Refusal(400, "the form cannot be read") from None
    return {name: values[-1] for name, values in fields.items()}


async def fields(request: Request, most: int = MOST_BYTES) -> list[tuple[str, str]]:
    """All fields of a form in their order, several of a name too.

    Raises:
        Refusal: 415 for another content type, 413 for too much, 400 for what is no text.
    """
    body = await _body(request, "application/x-www-form-urlencoded", most)
    try:
        return parse_qsl(body.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=5000)
    except (UnicodeError, ValueError):
        raise Refusal(400, "the form cannot be read") from None


async def _body(request: Request, wanted: str, most: int = MOST_BYTES) -> bytes:
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != wanted:
        raise Refusal(415, f"the content type must be `{wanted}`")
    too_much = Refusal(413, f"the body is larger than {most // 1024} KB")
    length = request.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise too_much
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            raise too_much
    return bytes(body)
