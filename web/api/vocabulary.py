"""GET /api/v1/vocabulary: the words that the current edition knows, for forms."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from guidelines.rulebook import RuleBook
from guidelines.vocabulary import ROOT
from web.door import door


async def get_vocabulary(request: Request) -> Response:
    """Every concept of the four dimensions but their roots; 304 when the client holds this edition's."""
    book = await door(request).book()
    etag = f'"edition-{book.edition}"'
    headers = {"etag": etag, "cache-control": "private, no-cache"}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return JSONResponse(vocabulary(book), headers=headers)


def vocabulary(book: RuleBook) -> dict[str, Any]:
    """The concepts with their names, whether they are groups, and what is directly broader."""
    return {
        "edition": book.edition,
        "dimensions": {
            scheme.name: [
                {
                    "id": concept.id,
                    "label": concept.pref_label,
                    "also": list(concept.alt_labels),
                    "group": not scheme.is_value(concept.id),
                    "broader": list(concept.broader),
                }
                for concept in scheme
                if concept.id != ROOT
            ]
            for scheme in book.vocabulary
        },
    }
