"""The forms of a briefing: PDF, HTML, Markdown, calendar."""

import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import page
import pikepdf
import pypdf
import pytest
from icalendar import Calendar

from briefings import forms
from briefings.forms.text import HERE
from briefings.itinerary import Stop
from briefings.model import Line
from tests.briefings.test_content import MARCH, TODAY

HEADINGS = {
    "In short", "First things first", "What differs from Australia", "What local life runs on",
    "What is blocked or unlawful",
    "Approvals to ask for", "What is unclear today", "Checklist", "Before you leave", "While you are there",
    "After you return", "The same as at home", "Whom to ask", "Sources", "Work phone", "Personal phone",
}  # fmt: skip
COLOUR = re.compile(r'"([a-z-]+)": rgb\("(#[0-9a-f]{6})"\)')


@pytest.fixture(scope="module")
def beijing(brief):
    made = brief(
        Stop("CN", "post", MARCH, MARCH.replace(year=2029)),
        role="diplomat", devices=["work-phone", "personal-phone"], marking="OFFICIAL: Sensitive",
    )  # fmt: skip
    return replace(made, receipt="R-ABCDE-FGHIJ")


@pytest.fixture(scope="module")
def pdf(beijing) -> bytes:
    return forms.pdf(beijing)


def lines_of_pages(pdf: bytes) -> list[list[str]]:
    """The lines of each page, without its header and footer."""
    pages = [reader.extract_text().splitlines() for reader in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    furniture = re.compile(r"OFFICIAL: Sensitive|Edition 1 .*|Page \d+ of \d+")
    return [[line.strip() for line in lines if not furniture.fullmatch(line.strip())] for lines in pages]


def test_the_pdf_meets_pdf_ua(pdf):
    report = page.validate_pdf_bytes(pdf, profile="ua1")

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


def test_the_pdf_says_its_title_and_language_and_is_tagged(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert str(root.Lang) == "en-AU"
        assert bool(root.MarkInfo.Marked)
        assert bool(root.ViewerPreferences.DisplayDocTitle)
        assert str(document.docinfo.Title) == "Briefing: China"
        assert {"Table", "TH", "TD", "H1", "H2", "L"} <= kinds(root.StructTreeRoot)


def kinds(element) -> set[str]:
    """The kinds of element in a structure tree."""
    found = {str(element.S).removeprefix("/")} if "/S" in element else set()
    below = element.get("/K", [])
    for child in below if isinstance(below, pikepdf.Array) else [below]:
        if isinstance(child, pikepdf.Dictionary) and "/MCID" not in child:
            found |= kinds(child)
    return found


def test_every_page_has_its_number_the_marking_and_the_edition(pdf):
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]

    for number, text in enumerate(texts, 1):
        assert f"Page {number} of {len(texts)}" in text
        assert text.count("OFFICIAL: Sensitive") == 2
        assert "Edition 1" in text
        assert "R-ABCDE-FGHIJ" in text


def test_no_page_ends_with_a_heading(pdf, brief):
    others = [brief("KR", role="mp"), brief("BV", role="defence-member", devices=["work-phone"])]
    for document in (pdf, *(forms.pdf(other) for other in others)):
        for lines in lines_of_pages(document):
            assert lines[-1] not in HEADINGS


def test_the_first_page_holds_what_to_read_and_what_to_do_and_no_more(brief):
    journey = [Stop("SG", "transit", MARCH), Stop("CN", "transit", MARCH), Stop("ID", "post", MARCH)]
    two = {"role": "diplomat", "devices": ["work-phone", "personal-phone"]}
    everywhere = [*journey, Stop("RU", "post"), Stop("IR", "post")]
    for made in (
        brief("CN", arrive=MARCH, **two), brief(*journey, **two), brief("VN"), brief("TV", **two),
        brief(*everywhere, marking="OFFICIAL: Sensitive"),
    ):  # fmt: skip
        first, second, *_ = lines_of_pages(forms.pdf(made))
        assert "In short" in first
        assert "First things first" in first
        assert "What differs from Australia" not in first
        assert "What differs from Australia" in second


def test_no_row_of_a_table_is_cut_by_a_page(pdf, beijing):
    flat = [re.sub(r"\s+", "", "".join(lines)) for lines in lines_of_pages(pdf)]
    rows = [row for board in beijing.places[0].boards for row in board.differs if row.conditions]

    for row in rows:
        first, last = (re.sub(r"\s+", "", row.conditions[end])[:40] for end in (0, -1))
        assert any(first in text and last in text for text in flat), row.apps


def test_a_small_table_stays_on_one_page(brief):
    for country, role in (("AE", "parliamentary-staff"), ("TV", "diplomat"), ("KR", "mp")):
        made = brief(country, role=role, devices=["work-phone"])
        [same] = made.same
        words = [re.sub(r"\s+", "", group.apps)[:40] for group in same.groups]
        flat = [re.sub(r"\s+", "", "".join(lines)) for lines in lines_of_pages(forms.pdf(made))]
        [page_of_same] = [text for text in flat if "Thesameasathome" in text]
        assert all(word in page_of_same for word in words)


def test_the_pdf_is_set_in_our_sans(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as document:
        fonts = {str(font.BaseFont) for font in document.pages[0].Resources.Font.values()}

    assert fonts
    assert all("SourceSansPro" in font for font in fonts)


def test_the_colours_of_rulings_stand_out_from_the_paper():
    colours = dict(COLOUR.findall((HERE / "briefing.typ").read_text(encoding="utf-8")))

    assert {"prohibited", "approval-required", "conditional", "allowed", "unclear"} <= set(colours)
    for name, colour in colours.items():
        assert contrast(colour, "#e3efee") >= 4.5, name


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2)."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_markdown_has_whole_tables_and_the_marking(beijing):
    text = forms.markdown(beijing)
    widths = {}
    for block in text.split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        if rows:
            widths[rows[0]] = {len(re.findall(r"(?<!\\)\|", row)) for row in rows}

    assert text.startswith("**OFFICIAL: Sensitive**\n\n# Briefing: China\n")
    assert "- [ ] " in text
    assert widths
    assert all(len(found) == 1 for found in widths.values())


class _Tags(HTMLParser):
    """The open tags that are left, and the ids that links within the page lead to."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: set[str] = set()
        self.links: set[str] = set()

    def handle_starttag(self, tag, attrs):
        held = dict(attrs)
        if held.get("id"):
            self.ids.add(held["id"])
        if (held.get("href") or "").startswith("#"):
            self.links.add(held["href"][1:])
        if tag not in ("meta", "link", "br", "img", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def test_the_page_stands_alone_and_its_links_lead_somewhere(beijing):
    text = forms.html(beijing)
    tags = _Tags()
    tags.feed(text)

    assert tags.open == []
    assert tags.links
    assert tags.links <= tags.ids
    assert "OFFICIAL: Sensitive" in text
    assert "<script" not in text
    assert not re.search(r"(src|url\()=?[\"']?http", text)


def test_what_a_policy_team_writes_is_text_and_never_mark_up(beijing):
    sly = replace(
        beijing,
        short=(Line("<b>Risk</b>", "<script>alert(1)</script> #strong[x] $y$ | pipe"),),
        title="<b>Briefing</b>",
    )

    assert "<script" not in forms.html(sly)
    assert "&lt;script&gt;" in forms.html(sly)
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(forms.pdf(sly))).pages)
    assert "#strong[x] $y$ | pipe" in text


def test_the_calendar_reminds_of_approvals_and_the_checklist(beijing):
    made = Calendar.from_ical(forms.calendar(beijing))
    events = {str(event["summary"]): event for event in made.walk("VEVENT")}
    approval = events["OFFICIAL: Sensitive: Ask for approval: WeChat"]

    assert approval["dtstart"].dt.isoformat() == "2027-02-15"
    assert approval.walk("VALARM")
    assert "OFFICIAL: Sensitive: Before you leave for China: checklist" in events
    assert events["OFFICIAL: Sensitive: Ask AskFirst again about China"]["dtstart"].dt == beijing.again_on
    tasks = len(beijing.before) + len(beijing.during) + len(beijing.after)
    assert len(made.todos) == tasks
    assert len({str(item["uid"]) for item in made.walk() if "uid" in item}) == tasks + len(events)


def test_a_calendar_without_days_holds_the_tasks_and_when_to_ask_again(brief):
    made = Calendar.from_ical(forms.calendar(brief("NZ", role="diplomat", today=TODAY)))

    assert [str(event["summary"]) for event in made.walk("VEVENT")] == [
        "Ask AskFirst again about New Zealand"
    ]
    assert made.todos


@pytest.mark.slow
@pytest.mark.parametrize("number", range(5))
def test_every_country_makes_a_pdf_that_meets_pdf_ua(book, brief, number):
    for country in book.vocabulary["country"].values[number::5]:
        made = forms.pdf(brief(country, role="trade-commissioner", devices=["work-phone", "travel-phone"]))

        assert page.is_pdf_compliant_bytes(made, profile="ua1"), country
