"""The gap loop in a real browser, with all the real processes: from the question to being told."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from askfirst.settings import CHECKOUT
from tests.e2e.browser import ask, last
from tests.e2e.system import System

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


def test_the_loop_from_the_question_to_being_told(people):
    asker = people()
    ask(asker, QUESTION)
    expect(asker.locator(".turn:last-child .verdict")).to_contain_text("hold off", ignore_case=True)

    owner = people("Priya Nair")
    expect(owner.get_by_role("table")).to_contain_text("“Blorply”: no such app is catalogued")
    picture(owner, "console-inbox")
    owner.keyboard.press("j")
    owner.keyboard.press("Enter")
    expect(owner.get_by_role("heading", level=1)).to_contain_text("Blorply")
    expect(owner.locator("main")).to_contain_text("Fewer than 5 people asked")
    expect(owner.locator("main")).not_to_contain_text("Japan")
    picture(owner, "console-case")

    owner.get_by_role("link", name="Draft a rule from this case").click()
    owner.get_by_label("Approval required").check()
    expect(owner.locator("#findings")).to_contain_text("lacks an approver", timeout=10_000)
    owner.get_by_label("Prohibited").check()
    owner.get_by_label("Reason").fill("Nobody has assessed Blorply yet.")
    expect(owner.get_by_role("button", name="Remove work phone")).to_be_visible()
    picture(owner, "console-rule")
    owner.get_by_role("button", name="Save to the draft").click()

    expect(owner.get_by_role("status")).to_contain_text("The rule is in the draft")
    expect(owner.locator("main")).to_contain_text("Added concept “Blorply” (app)")
    expect(owner.locator("main")).to_contain_text("1 of the 1 different questions asked lately")
    owner.get_by_label("What this edition changes").fill("Blorply is ruled out until it is assessed.")
    owner.get_by_role("button", name="Submit for approval").click()
    expect(owner.locator("main")).to_contain_text("a second person has to approve it")
    expect(owner.get_by_role("button", name="Approve and publish")).to_have_count(0)
    picture(owner, "console-draft")

    approver = people("Mei Tan")
    approver.goto("/console/draft")
    approver.get_by_label("I have read what changes").check()
    approver.get_by_role("button", name="Approve and publish").click()
    expect(approver.get_by_role("status")).to_contain_text("Published")

    owner.goto("/console/cases/1")
    expect(owner.locator(".case-head")).to_contain_text("answered by edition 2")

    asker.wait_for_timeout(1500)
    ask(asker, "thanks")
    assert "Nobody has assessed Blorply yet" in last(asker)
    assert "C-0001" in last(asker)
    ask(asker, QUESTION)
    expect(asker.locator(".turn:last-child .verdict").first).to_contain_text("Prohibited")
    expect(asker.locator(".turn:last-child")).to_contain_text("Edition 2")

    owner.goto("/console/cases/1")
    expect(owner.locator("main")).to_contain_text("1 has been")


PLACES = (
    "/console",
    "/console?status=published",
    "/console/similar",
    "/console/cases/1",
    "/console/guidelines",
    "/console/guidelines/dee-starting-point",
    "/console/guidelines/dee-starting-point/edit",
    "/console/guidelines/dee-starting-point/new-rule",
    "/console/new-guideline",
    "/console/draft",
    "/console/editions",
    "/console/editions/2",
    "/console/coverage",
    "/console/explain",
    "/console/reports",
    "/console/audit",
    "/console/help",
    "/console/nowhere",
    "/sign-in",
)


@pytest.mark.parametrize(
    ("scheme", "width", "scripts"), [("light", 1180, True), ("dark", 1180, True), ("light", 360, True)]
)
def test_axe_finds_nothing_on_any_page_of_the_console(people, scheme, width, scripts):
    page = people("Noor Haddad", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for place in PLACES:
        page.goto(place)
        found += violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
            f"{place} scrolls sideways"
        )

    assert found == []


def test_an_explanation_names_every_rule_that_was_considered(people):
    page = people("Sam Whitlock")
    page.goto("/console/explain")
    for name, value in (
        ("Role", "diplomat"),
        ("Device", "work phone"),
        ("Country", "China"),
        ("App", "WeChat"),
    ):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Explain").click()

    expect(page.locator("#decided")).to_contain_text("Rules that decide")
    expect(page.locator("main")).to_contain_text("It is displaced by")
    assert violations(page) == []
    assert "WeChat" not in page.url
    picture(page, "console-explain")


def test_pictures_of_coverage_and_reports(people):
    page = people("Sam Whitlock")
    for name in ("coverage", "reports", "audit"):
        page.goto(f"/console/{name}")
        picture(page, f"console-{name}")


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
