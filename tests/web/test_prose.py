"""Plain text becomes blocks, and only what may be a link is one."""

import pytest

from web.prose import blocks, is_web_address


def shown(text, links=None):
    return [
        (block.kind, ["".join(words for words, _ in line) for line in block.lines])
        for block in blocks(text, links)
    ]


def linked(text, links=None):
    return [piece for block in blocks(text, links) for line in block.lines for piece in line if piece[1]]


def test_a_line_is_a_paragraph_and_items_are_a_list():
    text = "Yes, with conditions.\n\nConditions:\n- Tell nobody.\n- Use the guest network.\nThat is all."

    assert shown(text) == [
        ("paragraph", ["Yes, with conditions."]),
        ("paragraph", ["Conditions:"]),
        ("list", ["Tell nobody.", "Use the guest network."]),
        ("paragraph", ["That is all."]),
    ]


def test_two_lists_with_a_gap_between_them_are_two_lists():
    assert [kind for kind, _ in shown("- a\n\n- b")] == ["list", "list"]


def test_a_line_of_details_is_told_apart_from_a_sentence():
    assert [kind for kind, _ in shown("No.\nWeChat · work phone · China\nA · b is a sentence.")] == [
        "paragraph",
        "details",
        "paragraph",
    ]


def test_an_address_in_the_text_is_a_link_without_the_full_stop_after_it():
    assert linked("See https://example.org/a_(b) and (https://example.org/c).") == [
        ("https://example.org/a_(b)", "https://example.org/a_(b)"),
        ("https://example.org/c", "https://example.org/c"),
    ]


def test_a_quoted_title_leads_to_its_source():
    text = "Source: “The Notice”, Somebody, 2018. “Another” is not known."

    assert linked(text, {"The Notice": "https://example.org/"}) == [("The Notice", "https://example.org/")]
    assert shown(text, {"The Notice": "https://example.org/"}) == [("paragraph", [text])]


def test_an_address_for_mail_is_a_link_to_write_to():
    assert linked("Ask security@dee.example.org.") == [
        ("security@dee.example.org", "mailto:security@dee.example.org")
    ]


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//example.org", "https:", "http://[", 7, None, ""]
)
def test_what_is_no_web_address_is_never_a_link(address):
    assert not is_web_address(address)


def test_a_web_address_is_one():
    assert is_web_address("https://example.org/a?b=c")
