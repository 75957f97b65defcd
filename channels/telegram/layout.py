"""Replies laid out for a phone: HTML as the Bot API takes it, in parts that are short enough, and buttons."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from channels.telegram.store import Out

# "1-4096 characters after entities parsing", counted in UTF-16 code units; a little is left free.
LONGEST = 4000
_WIDE = 18
_LONGEST_TITLE = 60
_BOLD_FIRST = ("ruling", "briefing", "list", "reason", "conditions", "alternatives", "approval")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+")
# What is seen as one letter, roughly as Unicode's annex 29 has it: a flag, or a sign with what is put on it
# (accents, a skin colour) or joined to it, as in a family.
_LETTER = re.compile(
    "(?:[\U0001f1e6-\U0001f1ff]{2}|.)"
    "(?:[\u0300-\u036f\u20d0-\u20ff\ufe00-\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|\u200d.)*",
    re.DOTALL,
)
_QUOTED = re.compile(r"“([^”]+)”")


def units(text: str) -> int:
    """The length of a text as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def laid_out(reply: Mapping[str, Any], *, before: str = "", reply_to: int | None = None) -> list[Out]:
    """The messages of one reply of the front door; its buttons are under the last one."""
    payload = reply.get("payload") or {}
    text = f"{before}\n\n{reply['text']}" if before else str(reply["text"])
    first = str(reply["text"]).partition("\n")[0] if payload.get("kind") in _BOLD_FIRST else ""
    links = _links(payload)
    parts = split(text)
    rows = keyboard(reply.get("buttons") or ())
    return [
        Out(
            html="\n".join(
                _line(line, bold=bool(line) and line == first, links=links) for line in part.split("\n")
            ),
            plain=part,
            buttons=rows if number == len(parts) - 1 else (),
            reply_to=reply_to if number == 0 else None,
        )
        for number, part in enumerate(parts)
    ]


def said(text: str, *, reply_to: int | None = None) -> list[Out]:
    """A text of the gateway's own."""
    return laid_out({"text": text}, reply_to=reply_to)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """A text in parts of at most `longest` UTF-16 units, cut between paragraphs; where one is too long,
    between its lines, sentences, words, and letters at last.
    """
    return _packed(text.strip(), longest, 0) or [""]


_CUTS: Sequence[tuple[str, str]] = (("\n\n", "\n\n"), ("\n", "\n"), ("", " "), (" ", " "))


def _packed(text: str, longest: int, level: int) -> list[str]:
    if units(text) <= longest:
        return [text] if text.strip() else []
    if level == len(_CUTS):
        return list(_letters(text, longest))
    cut, joint = _CUTS[level]
    pieces = text.split(cut) if cut else _SENTENCE.split(text)
    parts: list[str] = []
    for piece in pieces:
        if parts and units(parts[-1]) + units(joint) + units(piece) <= longest:
            parts[-1] += joint + piece
        else:
            parts += _packed(piece, longest, level + 1)
    return parts


def _letters(text: str, longest: int) -> Iterator[str]:
    part = ""
    whole = [match[0] for match in _LETTER.finditer(text)]
    for letter in whole if all(units(letter) <= longest for letter in whole) else text:
        if units(part) + units(letter) > longest:
            yield part
            part = ""
        part += letter
    yield part


def keyboard(buttons: Sequence[Mapping[str, str]]) -> list[list[tuple[str, str]]]:
    """Buttons in rows: short ones in pairs, long ones by themselves."""
    rows: list[list[tuple[str, str]]] = []
    for button in buttons:
        title = button["title"]
        shown = title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1] + "…"
        short = len(shown) <= _WIDE
        if rows and short and len(rows[-1]) == 1 and len(rows[-1][0][0]) <= _WIDE:
            rows[-1].append((shown, button["value"]))
        else:
            rows.append([(shown, button["value"])])
    return rows


def _line(line: str, *, bold: bool, links: Mapping[str, str]) -> str:
    if line.startswith("- "):
        return "• " + _linked(line[2:], links)
    shown = _linked(line, links)
    if line.startswith("Edition "):
        return f"<i>{shown}</i>"
    if bold or (line.endswith(":") and len(line) < 60):
        return f"<b>{shown}</b>"
    return shown


def _linked(line: str, links: Mapping[str, str]) -> str:
    """The line escaped, with titles of sources as links."""
    pieces, at = [], 0
    for match in _QUOTED.finditer(line):
        address = links.get(match[1])
        if address:
            pieces.append(html.escape(line[at : match.start()], quote=False))
            pieces.append(f'<a href="{html.escape(address)}">{html.escape(match[1], quote=False)}</a>')
            at = match.end()
    pieces.append(html.escape(line[at:], quote=False))
    return "".join(pieces)


def _links(payload: Mapping[str, Any]) -> dict[str, str]:
    rulings = [payload.get("ruling"), *(entry.get("ruling") for entry in payload.get("rulings") or ())]
    return {
        str(source["title"]): str(source["url"])
        for ruling in rulings
        for source in (ruling or {}).get("sources") or ()
        if source.get("title") and str(source.get("url") or "").startswith(("https://", "http://"))
    }
