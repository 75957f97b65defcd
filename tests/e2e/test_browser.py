"""The pages in a real browser: with a mouse, with a keyboard only, and without scripts."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from askfirst.settings import CHECKOUT
from tests.e2e.browser import answered, ask, facts, last

HEADLINE = "Can I use WeChat on my work phone while posted in China?"
PICTURES = CHECKOUT / "build" / "pictures"


@pytest.fixture
def open_page(browser, system):
    """Opens pages of the running system, each in a context of its own; none may complain on its console."""
    contexts, complaints = [], []

    def open_at(path="/", **options) -> Page:
        context = browser.new_context(base_url=system.address, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None
        )
        page.goto(path)
        return page

    yield open_at
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page) -> Page:
    return open_page()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def focused(page):
    """The name of what has the focus, as a screen reader would say it."""
    return page.evaluate(
        "() => { const it = document.activeElement;"
        " return it.getAttribute('aria-label') || it.labels?.[0]?.innerText || it.innerText; }"
    )


def tab_to(page, name, most=60):
    """Press Tab until something of that name has the focus."""
    for _ in range(most):
        if re.sub(r"\s+", " ", focused(page) or "").strip() == name:
            return
        press(page, "Tab")
    raise AssertionError(f"Tab does not reach {name!r}")


def test_the_headline_question_by_keyboard_only(page):
    press(page, "Tab")
    assert focused(page) == "Skip to your question"
    press(page, "Enter")
    page.keyboard.type(HEADLINE)
    press(page, "Enter")
    answered(page)
    assert "The answer depends on your role" in last(page)
    assert focused(page) == "Your question"

    page.keyboard.type("I'm with Defence")
    press(page, "Enter")
    answered(page)
    expect(page.locator(".turn:last-child .verdict")).to_have_text("Prohibited")

    page.evaluate("document.activeElement.blur(); document.getElementById('main').focus()")
    tab_to(page, "Why?")
    press(page, "Enter")
    answered(page)
    expect(page.locator(".turn:last-child .said")).to_have_text("You: Why?")
    assert focused(page) == "Your question"


def test_a_choice_is_pressed_and_the_others_go(page):
    ask(page, HEADLINE)
    page.get_by_role("button", name="Diplomat").click()
    answered(page)

    assert facts(page)["Role"] == "diplomat"
    expect(page.locator(".choices:visible")).to_have_count(0)
    expect(page.locator(".turn:last-child .said")).to_have_text("You: Diplomat")
    expect(page.locator(".turn:last-child").get_by_text("Illustrative guidance", exact=True)).to_be_visible()


def test_the_facts_are_shown_and_can_be_changed_by_searching(page):
    ask(page, "I'm a diplomat. " + HEADLINE)
    assert facts(page) == {"Role": "diplomat", "Device": "work phone", "Country": "China", "App": "WeChat"}

    page.get_by_role("button", name="Device: work phone").or_(
        page.locator("[data-dimension=device]")
    ).first.click()
    expect(page.get_by_role("dialog", name="Device: change it")).to_be_visible()
    assert focused(page) == "Search"
    page.keyboard.type("personal phone")
    press(page, "Enter")
    answered(page)
    expect(page.locator(".turn")).to_have_count(2)

    expect(page.locator(".turn:last-child .said")).to_have_text("You: Device: personal phone")
    expect(page.locator("[data-dimension=device] .chip-value")).to_have_text("personal phone")
    expect(page.locator("[data-dimension=device]")).to_be_focused()


def test_who_types_before_the_choices_are_there_gets_what_they_typed(page):
    ask(page, "I'm a diplomat. " + HEADLINE)
    page.route("**/api/v1/vocabulary", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.locator("[data-dimension=device]").click()
    expect(page.get_by_text("Loading the choices…")).to_be_visible()
    page.keyboard.type("personal phone")
    press(page, "Enter")

    expect(page.locator(".turn")).to_have_count(2)
    answered(page)
    expect(page.locator("[data-dimension=device] .chip-value")).to_have_text("personal phone")


def test_a_country_is_found_by_another_of_its_names(page):
    ask(page, "I'm a diplomat. " + HEADLINE)
    page.locator("[data-dimension=country]").click()
    page.keyboard.type("nippon")

    expect(page.locator("#chooser-list option")).to_have_count(1)
    expect(page.locator("#chooser-list option")).to_contain_text("Japan")


def test_a_chooser_that_is_cancelled_changes_nothing(page):
    ask(page, HEADLINE)
    page.locator("[data-dimension=app]").click()
    press(page, "Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator("[data-dimension=app]")).to_be_focused()


def test_a_fact_can_be_taken_away(page):
    ask(page, "I'm a diplomat. " + HEADLINE)

    page.get_by_role("button", name="Remove role: diplomat").click()
    expect(page.locator(".turn")).to_have_count(2)
    answered(page)

    expect(page.locator("[data-dimension=role] .chip-value")).to_have_text("not given")


def test_the_conversation_survives_a_reload_and_goes_on(page):
    ask(page, HEADLINE)
    page.reload()

    expect(page.locator(".turn")).to_have_count(1)
    assert facts(page)["App"] == "WeChat"
    ask(page, "I'm with Defence")
    expect(page.locator(".turn:last-child .verdict")).to_have_text("Prohibited")


def test_another_tab_starts_another_conversation(open_page):
    first = open_page()
    ask(first, HEADLINE)
    second = first.context.new_page()
    second.goto("/")

    expect(second.locator(".turn")).to_have_count(0)


def test_nothing_is_kept_beyond_the_tab(page):
    ask(page, HEADLINE)

    assert page.evaluate("localStorage.length") == 0
    assert page.context.cookies() == []


def test_a_conversation_can_be_forgotten(page):
    ask(page, HEADLINE)
    page.get_by_role("button", name="Forget this conversation").click()

    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".turn")).to_have_count(0)
    assert page.evaluate("sessionStorage.length") == 0


def test_start_over_lets_go_of_the_facts(page):
    ask(page, HEADLINE)
    page.get_by_role("button", name="Start over").click()
    expect(page.locator(".turn")).to_have_count(2)
    answered(page)

    assert set(facts(page).values()) == {"not given"}


def test_while_waiting_the_page_says_so(page):
    page.route("**/turn", lambda route: (page.wait_for_timeout(500), route.continue_()))
    page.get_by_label("Your question").fill(HEADLINE)
    press(page, "Enter")

    expect(page.get_by_text("Looking that up…")).to_be_visible()
    answered(page)
    expect(page.get_by_text("Looking that up…")).to_have_count(0)


def test_without_a_connection_the_page_says_so_and_offers_to_try_again(page):
    page.route("**/turn", lambda route: route.abort())
    ask(page, HEADLINE)
    assert "AskFirst cannot be reached from here." in last(page)

    page.unroute("**/turn")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".turn")).to_have_count(2)
    answered(page)
    assert "The answer depends on your role" in last(page)


def test_the_answers_are_read_out_as_they_come(page):
    log = page.get_by_role("log", name="Conversation")

    expect(log).to_have_attribute("aria-live", "polite")


@pytest.mark.parametrize("path", ["/", "/check"])
def test_there_is_one_of_each_landmark_and_one_main_heading(open_page, path):
    page = open_page(path)

    for role in ("banner", "navigation", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


def wide(page):
    """By how many pixels the page is wider than the window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def test_on_a_narrow_phone_nothing_has_to_be_scrolled_sideways(open_page):
    page = open_page(viewport={"width": 320, "height": 640})
    assert wide(page) == 0
    ask(page, "I'm a diplomat. " + HEADLINE)
    assert wide(page) == 0
    ask(page, "Can I use " + "Supercalifragilistic" * 6 + "?")
    assert wide(page) == 0
    page.locator("[data-dimension=country]").click()
    assert wide(page) == 0
    page.goto("/check")
    assert wide(page) == 0


def violations(page):
    """What axe-core finds wrong (WCAG 2.2 A and AA, and its best practices)."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1100])
def test_axe_finds_nothing_on_the_chat_page(open_page, scheme, width):
    page = open_page(color_scheme=scheme, viewport={"width": width, "height": 800})
    assert violations(page) == []

    for text in (
        HEADLINE,
        "I'm a diplomat",
        "and on my own phone?",
        "Can I use Blorply?",
        "what's the weather?",
    ):
        ask(page, text)
    assert violations(page) == []

    page.locator("[data-dimension=device]").click()
    expect(page.locator("#chooser-list option").first).to_be_attached()
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_form_and_on_the_error_page(open_page, scheme):
    page = open_page("/check", color_scheme=scheme)
    assert violations(page) == []

    page.get_by_label("App").fill("Wechatt")
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []

    page.get_by_label("App").fill("WeChat")
    page.get_by_label("Role").fill("diplomat")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".result .card")).to_be_visible()
    assert violations(page) == []

    page.goto("/nowhere")
    assert violations(page) == []


def test_without_scripts_the_chat_works_by_plain_forms(open_page):
    page = open_page(java_script_enabled=False)
    page.get_by_label("Your question").fill(HEADLINE)
    page.get_by_role("button", name="Ask", exact=True).click()
    assert "The answer depends on your role" in last(page)

    page.get_by_role("button", name="Diplomat").click()
    expect(page.locator(".verdict").first).to_be_visible()
    assert facts(page)["Role"] == "diplomat"

    page.locator("#facts").get_by_role("link", name="Country").click()
    page.locator("#field-country").fill("Japan")
    page.get_by_role("button", name="Change", exact=True).click()
    assert facts(page)["Country"] == "Japan"


def test_the_form_rules_without_scripts_and_keeps_the_facts_out_of_the_address(open_page, system):
    page = open_page("/check", java_script_enabled=False)
    page.get_by_label("Role").fill("Defence official")
    page.get_by_label("Device").fill("work phone")
    page.get_by_label("Country").fill("China")
    page.get_by_label("App").fill("WeChat")
    page.get_by_role("button", name="Check").click()

    expect(page.locator(".verdict")).to_have_text("Prohibited")
    assert page.url == f"{system.address}/check"


def test_a_picture_of_a_conversation(open_page):
    PICTURES.mkdir(parents=True, exist_ok=True)
    page = open_page(viewport={"width": 1080, "height": 940}, device_scale_factor=1.5)
    ask(page, HEADLINE)
    ask(page, "I'm with Defence")
    page.wait_for_timeout(200)

    page.screenshot(path=PICTURES / "chat.png")

    assert (PICTURES / "chat.png").stat().st_size > 10_000
