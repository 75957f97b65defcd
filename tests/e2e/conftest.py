"""One running system for all end-to-end tests that do not break it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.e2e.browser import launch
from tests.e2e.system import System

# A page is waited for as long as Playwright waits for a click: on a busy machine its own 5 s are too few.
expect.set_options(timeout=30_000)


@pytest.fixture(scope="package")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(tmp_path_factory.mktemp("askfirst") / "home")
    try:
        yield running.start()
    finally:
        running.stop()


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One headless browser for all the tests."""
    with sync_playwright() as playwright:
        running = launch(playwright)
        yield running
        running.close()
