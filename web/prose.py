"""Plain text for a page: paragraphs, lists and links. No mark-up is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+(.*)")
_LINK = re.compile(r"https?://[^\s<>\"'`]+")


@dataclass
class Block:
    """A paragraph, or a list with its items; each line is pieces of text and addresses."""

    kind: str
    lines: list[list[tuple[str, str]]] = field(default_factory=list)


def blocks(text: str) -> list[Block]:
    """The blocks of a text. A piece of a line is ("text", words), ("link", address) or ("strong", words)."""
    found: list[Block] = []
    for line in text.strip().splitlines():
        bullet = _BULLET.fullmatch(line)
        kind = "list" if bullet else "paragraph"
        if not line.strip():
            found.append(Block("gap"))
            continue
        if not found or found[-1].kind != kind or kind == "paragraph":
            found.append(Block(kind))
        found[-1].lines.append(list(_pieces(bullet[1] if bullet else line.strip())))
    return [block for block in found if block.kind != "gap"]


def _pieces(line: str) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _LINK.finditer(line):
        address = match[0].rstrip(".,;:!?")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1]
        yield "text", line[at : match.start()]
        yield "link", address
        at = match.start() + len(address)
    yield "text", line[at:]


def is_web_address(address: object) -> bool:
    """Whether an address may stand in a link: http or https and a host, nothing that runs."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
