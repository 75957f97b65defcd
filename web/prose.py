"""Plain text for a page: paragraphs, lists and links. No mark-up is trusted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

_BULLET = re.compile(r"\s*(?:[-*•–]|\d{1,2}[.)])\s+(.*)")
# What is known so far, put together with middle dots and no full stop.
_DETAILS = re.compile(r" · [^.]*$")
_LINK = re.compile(
    r"“(?P<title>[^“”]+)”|(?P<mail>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|https?://[^\s<>\"'`“”]+", re.ASCII
)


@dataclass
class Block:
    """A paragraph, a list, or a line of details; each of its lines is pieces of text and links.

    A piece is (words, address); the address is empty for what is no link.
    """

    kind: str
    lines: list[list[tuple[str, str]]] = field(default_factory=list)


def blocks(text: str, links: Mapping[str, str] | None = None) -> list[Block]:
    """The blocks of a text.

    Args:
        text: plain text; a line is a paragraph, or an item when it starts like one.
        links: titles that the text may quote (“...”) and the addresses they lead to.
    """
    found: list[Block] = []
    apart = True
    for line in text.strip().splitlines():
        if not line.strip():
            apart = True
            continue
        bullet = _BULLET.fullmatch(line)
        kind = "list" if bullet else "details" if _DETAILS.search(line) else "paragraph"
        if apart or kind != "list" or found[-1].kind != "list":
            found.append(Block(kind))
        found[-1].lines.append(list(_pieces(bullet[1] if bullet else line.strip(), links or {})))
        apart = False
    return found


def _pieces(line: str, links: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    at = 0
    for match in _LINK.finditer(line):
        words, address = match[0], match[0]
        if match["title"] is not None:
            words, address = match["title"], links.get(match["title"], "")
            start, end = match.start("title"), match.end("title")
        elif match["mail"] is not None:
            words, address = match["mail"], f"mailto:{match['mail']}"
            start, end = match.start(), match.end()
        else:
            words = address = _without_tail(match[0])
            start, end = match.start(), match.start() + len(address)
        if address:
            yield line[at:start], ""
            yield words, address
            at = end
    yield line[at:], ""


def _without_tail(address: str) -> str:
    """The address without the punctuation of the sentence it ends."""
    address = address.rstrip(".,;:!?")
    while address.endswith(")") and address.count(")") > address.count("("):
        address = address[:-1]
    return address


def is_web_address(address: object) -> bool:
    """Whether an address may stand in a link: http or https and a host, nothing that runs."""
    if not isinstance(address, str):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
