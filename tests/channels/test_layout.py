"""Answers as they are read on a phone: parts that are short enough, cut where one would, and nothing lost."""

from __future__ import annotations

import pytest

from channels.telegram.layout import LONGEST, keyboard, laid_out, split, units
from tests.channels.emulator import Visible

FAMILY, FLAG, HAND = "👨‍👩‍👧‍👦", "🇦🇺", "👍🏽"


def shown(html: str) -> str:
    return Visible(html).text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("one two\n\nthree four", ["one two", "three four"]),
        ("one two\nthree four", ["one two", "three four"]),
        ("One two. Three fo.", ["One two.", "Three fo."]),
        ("one two three four", ["one two", "three four"]),
        ("onetwothreefour", ["onetwothre", "efour"]),
    ],
)
def test_a_text_is_cut_at_the_most_sensible_place(text, parts):
    assert split(text, 10) == parts


@pytest.mark.parametrize("letter", [FAMILY, FLAG, HAND, "e\u0301", "👍", "界"])
def test_no_letter_is_cut_in_two(letter):
    parts = split(letter * 40, 25)

    assert "".join(parts) == letter * 40
    assert all(units(part) <= 25 for part in parts)
    assert all(part == letter * (len(part) // len(letter)) for part in parts)


def test_a_letter_without_end_is_cut_all_the_same():
    parts = split("a" + "\u0301" * 100, 25)

    assert "".join(parts) == "a" + "\u0301" * 100
    assert all(units(part) <= 25 for part in parts)


@pytest.mark.parametrize(
    "piece", ["👍 ", "word ", "- a condition & <another>\n", "A sentence. ", "\n\n", "界"]
)
def test_parts_are_never_longer_than_telegram_takes_and_are_whole_html(piece):
    source = {"title": "A <Title> & more", "url": "https://example.org/?a=1&b=2"}
    text = f"No: don't.\n\n{piece * 6000}\n\nSource: “A <Title> & more”, Somebody."

    outs = laid_out({"text": text, "payload": {"kind": "ruling", "ruling": {"sources": [source]}}})

    assert all(units(shown(out.html)) <= 4096 and units(out.plain) <= LONGEST for out in outs)
    assert [shown(out.html).replace("• ", "- ") for out in outs[:-1]] == [out.plain for out in outs[:-1]]
    link = Visible(outs[-1].html).entities[-1]
    assert (link["type"], link["url"]) == ("text_link", source["url"])
    assert shown(outs[-1].html).endswith("Source: A <Title> & more, Somebody.")
    joined = "".join("".join(out.plain for out in outs).split())
    assert joined == "".join(text.split())


def test_a_link_is_only_made_to_the_web():
    source = {"title": "A title", "url": "javascript:alert(1)"}
    (out,) = laid_out({"text": "“A title”", "payload": {"kind": "ruling", "ruling": {"sources": [source]}}})

    assert Visible(out.html).entities == [{"type": "bold", "offset": 0, "length": 9}]


def test_the_verdict_is_bold_and_conditions_are_a_list():
    text = "Yes, with conditions.\n\nConditions:\n- Update it.\n- No names.\n\nEdition 3 · receipt R-1"
    (out,) = laid_out({"text": text, "payload": {"kind": "ruling"}})

    assert out.html == (
        "<b>Yes, with conditions.</b>\n\n<b>Conditions:</b>\n• Update it.\n• No names.\n\n"
        "<i>Edition 3 · receipt R-1</i>"
    )


def test_short_buttons_stand_in_pairs_and_long_ones_alone():
    titles = ["Yes", "No", "An answer of many words", "Maybe", "x" * 100]

    rows = keyboard([{"title": title, "value": "v"} for title in titles])

    assert [[title for title, _ in row] for row in rows] == [
        ["Yes", "No"], ["An answer of many words"], ["Maybe"], ["x" * 59 + "…"],
    ]  # fmt: skip
