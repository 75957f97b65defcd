"""The gap loop in a real browser, with all the real processes: from the question to being told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from askfirst.settings import CHECKOUT
from tests.e2e.browser import ask, last
from tests.e2e.system import System, eventually

PICTURES = CHECKOUT / "build" / "pictures"
QUESTION = "Can I use Blorply on my work phone in Japan? I'm a diplomat"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """A system of its own, as editions are published in it."""
    running = System(tmp_path_factory.mktemp("askfirst") / "home")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture
def people(browser: Browser, own: System):
    """Opens a browser of somebody's own: an asker in the chat, or a persona in the console."""
    contexts, complaints = [], []

    def open_for(persona: str = "", **options) -> Page:
        context = browser.new_context(
            base_url=own.address, reduced_motion="reduce", viewport={"width": 1180, "height": 860}, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None
        )
        if persona:
            page.goto("/sign-in")
            page.get_by_role("button", name=persona).click()
            page.wait_for_url("**/console")
        else:
            page.goto("/")
        return page

    yield open_for
    for context in contexts:
        context.close()
    assert complaints == []


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong."""
    found = Axe().run(page).response["violations"]
    return [f"{page.url} {v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


def picture(page: Page, name: str) -> None:
    """A picture for the docs."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png", full_page=True)
    assert (PICTURES / f"{name}.png").stat().st_size > 10_000


def answers_from(own: System, edition: int) -> bool:
    """Whether questions are answered from an edition; on a busy machine that may take a moment."""
    body = {"conversation": "somebody-else", "text": "WeChat?"}
    payload = own.post("/api/v1/messages", body).json()["replies"][-1]["payload"]
    return payload["kind"] != "error" and payload["edition"] == edition


def test_the_loop_from_the_question_to_being_told(people, own: System):
    asker = people()
    ask(asker, QUESTION)
    expect(asker.locator(".turn:last-child .verdict")).to_contain_text("hold off", ignore_case=True)
    visitor = people()
    ask(visitor, QUESTION)

    owner = people("Priya Nair")
    expect(owner.get_by_role("table")).to_contain_text("“Blorply”: no such app is catalogued")
    owner.keyboard.press("j")
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Blorply")
    expect(owner.locator("main")).to_contain_text("Fewer than 5 people asked")
    expect(owner.locator("main")).not_to_contain_text("Japan")

    owner.get_by_role("link", name="Draft a rule from this case").click()
    owner.get_by_label("Approval required").check()
    expect(owner.locator("#findings")).to_contain_text("lacks an approver")
    owner.get_by_label("Prohibited").check()
    owner.get_by_label("Reason").fill("Nobody has assessed Blorply yet.")
    expect(owner.get_by_role("button", name="Remove work phone")).to_be_visible()
    owner.get_by_role("button", name="Save to the draft").click()

    expect(owner.get_by_role("status")).to_contain_text("The rule is in the draft")
    expect(owner.locator("main")).to_contain_text("Added concept “Blorply” (app)")
    expect(owner.locator("main")).to_contain_text("1 of the 1 different questions asked lately")
    owner.get_by_label("What this edition changes").fill("Blorply is ruled out until it is assessed.")
    owner.get_by_role("button", name="Submit for approval").click()
    expect(owner.locator("main")).to_contain_text("a second person has to approve it")
    expect(owner.get_by_role("button", name="Approve and publish")).to_have_count(0)

    approver = people("Mei Tan")
    approver.goto("/console/draft")
    approver.get_by_label("I have read what changes").check()
    approver.get_by_role("button", name="Approve and publish").click()
    expect(approver.get_by_role("status")).to_contain_text("Published")

    owner.goto("/console/cases/1")
    expect(owner.locator(".case-head")).to_contain_text("answered by edition 2")

    eventually(lambda: answers_from(own, 2), 60)
    ask(asker, "thanks")
    assert "Nobody has assessed Blorply yet" in last(asker)
    assert "C-0001" in last(asker)
    ask(asker, QUESTION)
    expect(asker.locator(".turn:last-child .verdict").first).to_contain_text("Prohibited")
    expect(asker.locator(".turn:last-child")).to_contain_text("Edition 2")

    owner.goto("/console/cases/1")
    expect(owner.locator("main")).to_contain_text("1 has been")

    another_day = visitor.context.new_page()
    visitor.close()
    another_day.goto("/")
    expect(another_day.locator("main")).to_contain_text("Something that you asked on an earlier visit")
    assert violations(another_day) == []
    another_day.get_by_role("button", name="Show me").click()
    expect(another_day.locator(".turn:last-child .verdict")).to_contain_text("Prohibited")
    assert violations(another_day) == []


PLACES = (
    "/console",
    "/console?status=published",
    "/console/similar",
    "/console/cases/1",
    "/console/guidelines",
    "/console/guidelines/dee-starting-point",
    "/console/guidelines/dee-starting-point/edit",
    "/console/guidelines/dee-starting-point/new-rule",
    "/console/guidelines/dee-starting-point/rules/dee-own-device-baseline",
    "/console/cases/2/rule",
    "/console/new-guideline",
    "/console/new-country",
    "/console/new-practice",
    "/console/facts",
    "/console/facts?words=china",
    "/console/facts/countries/AE",
    "/console/facts/practices/patch-before-travel",
    "/console/draft",
    "/console/editions",
    "/console/editions/2",
    "/console/coverage",
    "/console/coverage?rows=country&columns=role",
    "/console/explain",
    "/console/reports",
    "/console/audit",
    "/console/help",
    "/console/nowhere",
    "/sign-in",
)


@pytest.mark.parametrize(
    ("scheme", "width"), [("light", 1180), ("dark", 1180), ("light", 360), ("dark", 360)]
)
def test_axe_finds_nothing_on_any_page_of_the_console(people, asked: System, scheme, width):
    page = people("Noor Haddad", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for place in PLACES:
        page.goto(place)
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{place} scrolls sideways"
        )
        # On a phone the rows of a table are cards; only the map of coverage stays a table.
        assert page.locator(".scrolls:not(:has(.grid-map))").evaluate_all(
            "all => all.every(one => one.scrollWidth <= one.clientWidth)"
        ), f"a table of {place} scrolls sideways"

    assert found == []


def explain(page: Page) -> None:
    """Ask for an explanation."""
    page.goto("/console/explain")
    for name, value in (
        ("Role", "diplomat"),
        ("Device", "work phone"),
        ("Country", "China"),
        ("App", "WeChat"),
    ):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Explain").click()


def test_an_explanation_names_every_rule_that_was_considered(people):
    page = people("Sam Whitlock")
    explain(page)

    expect(page.locator("#decided")).to_contain_text("Rules that decide")
    expect(page.locator("main")).to_contain_text("It is displaced by")
    assert violations(page) == []
    assert "WeChat" not in page.url


QUESTIONS = (
    (7, "I'm an MP, can I use WeChat on my personal phone in Tonga?"),
    (6, "may a senator have Signal on a personal tablet"),
    (3, "can I use Quuxchat on my personal tablet in Fiji? I fly tomorrow and I'm a contractor"),
    (4, "I'm a diplomat posted to Japan next month, may I have Frobnia on my work phone?"),
    (2, "Is Zapnote ok on a work laptop? I'm a trade commissioner"),
    (5, "Can I use WeChat on my work phone while posted in China? I'm a diplomat"),
    (3, "I'm in the ADF, may I use Signal on my personal phone in Japan?"),
    (2, "may I use WhatsApp on my work phone in Indonesia? I'm a diplomat"),
)


@pytest.fixture(scope="module")
def asked(own: System) -> System:
    """The system after a busy morning, so that the pictures show something."""
    for number, (people, question) in enumerate(QUESTIONS):
        for person in range(people):
            own.ask(f"busy-morning-{number}-{person}", question)
    own.ask("busy-morning-5-0", "that is wrong, the post told me otherwise")
    return own


def open_case(page: Page, subject: str) -> None:
    """Open the case of that subject from the inbox."""
    page.goto("/console")
    page.get_by_role("row").filter(has_text=subject).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(subject)


def test_pictures_for_the_documentation(people, asked: System):
    owner = people("Priya Nair")
    expect(owner.get_by_role("table")).to_contain_text("Needed soon")
    picture(owner, "console-inbox")
    open_case(owner, "WeChat · personal phone")
    picture(owner, "console-case")

    owner.get_by_role("link", name="Draft a rule from this case").click()
    owner.get_by_label("Allowed with conditions").check()
    owner.get_by_label("Reason").fill("Members may keep in touch by WeChat on their own phone, kept apart.")
    owner.get_by_role("textbox", name="Conditions").fill("Nothing of parliament's on the phone.")
    owner.get_by_role("button", name="Preview what changes").click()
    expect(owner.locator("#effects")).to_contain_text("combinations")
    assert violations(owner) == []
    picture(owner, "console-rule")
    owner.get_by_role("button", name="Save to the draft").click()
    owner.get_by_label("What this edition changes").fill("Members may use WeChat on their own phones.")
    owner.get_by_role("button", name="Submit for approval").click()
    approver = people("Mei Tan")
    approver.goto("/console/draft")
    picture(approver, "console-draft")
    owner.get_by_role("button", name="Take the submission back").click()

    auditor = people("Sam Whitlock")
    auditor.goto("/console/reports?days=7")
    picture(auditor, "console-reports")
    auditor.goto("/console/coverage?rows=role&columns=device")
    picture(auditor, "console-coverage")
    auditor.goto("/console/audit")
    picture(auditor, "console-audit")
    explain(auditor)
    picture(auditor, "console-explain")


def test_a_case_is_assigned_by_keyboard_alone(people, asked: System):
    owner = people("Daniel Okafor")
    for key in ("j", "x", "j", "x"):
        owner.keyboard.press(key)
    expect(owner.get_by_role("checkbox", checked=True)).to_have_count(2)
    owner.get_by_label("Give the ticked cases to").press("Enter")

    expect(owner.get_by_role("status")).to_contain_text("The cases are assigned")
    expect(owner.get_by_role("row").filter(has_text="Daniel Okafor")).to_have_count(2)
    owner.keyboard.press("j")
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("heading", level=1)).to_be_visible()
    owner.keyboard.press("u")
    owner.wait_for_url("**/console")


def test_axe_finds_nothing_where_something_is_wrong_or_missing(people, asked: System):
    owner = people("Priya Nair")
    found = []
    for place in (
        "/console?words=nothing+is+called+so",
        "/console/guidelines?words=nothing+is+called+so",
        "/console/cases/999",
        "/console/audit",
        "/console/explain?receipt=R-NONE",
        "/console/reports?days=8",
    ):
        owner.goto(place)
        found += violations(owner)
    owner.goto("/console/guidelines/dee-starting-point/new-rule")
    owner.get_by_role("button", name="Save to the draft").click()
    expect(owner.get_by_role("alert")).to_contain_text("Choose what the rule says")
    found += violations(owner)
    owner.goto("/console/new-guideline")
    owner.get_by_role("button", name="Save to the draft").click()
    expect(owner.get_by_role("alert")).to_be_visible()
    found += violations(owner)
    open_case(owner, "Zapnote")
    for summary in owner.locator("summary").all():
        summary.click()
    found += violations(owner)
    staff = people()
    staff.goto("/sign-in")
    found += violations(staff)
    staff.get_by_role("button", name="Alex Brennan").click()
    staff.goto("/console")
    expect(staff.get_by_role("heading", level=1)).to_have_text("You may not do this")
    found += violations(staff)

    assert found == []


def test_the_console_works_without_scripts(people, browser: Browser, own: System):
    context = browser.new_context(base_url=own.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_role("button", name="Priya Nair").click()
    page.goto("/console/guidelines/dee-starting-point/new-rule")
    page.get_by_label("Allowed", exact=True).check()
    page.locator("#include-app").fill("WeChatt")
    page.get_by_role("button", name="Check").click()

    expect(page.get_by_role("alert")).to_contain_text("No app is called “WeChatt”; did you mean")
    context.close()
