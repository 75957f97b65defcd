"""A headless Chromium for the tests: the one that the machine has, or one that is installed for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-gpu"]


def launch(playwright: Playwright) -> Browser:
    """Start the browser."""
    return playwright.chromium.launch(
        executable_path=str(_found(playwright) or _installed(playwright)), args=ARGUMENTS
    )


def _found(playwright: Playwright) -> Path | None:
    for name in NAMES:
        if place := shutil.which(name):
            return Path(place)
    own = Path(playwright.chromium.executable_path)
    return own if own.exists() else None


def _installed(playwright: Playwright) -> Path:
    """Debian's package where we may install it, else the browser that Playwright brings."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", "-qq", *step], env=quiet, capture_output=True, check=False)
    else:
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, capture_output=True, check=False)
    place = _found(playwright)
    assert place, "the browser tests need Chromium: apt-get install chromium"
    return place


def ask(page: Page, text: str) -> None:
    """Type a question, send it with Enter, and wait for the answer."""
    page.get_by_label("Your question").fill(text)
    page.keyboard.press("Enter")
    answered(page)


def answered(page: Page) -> None:
    """Wait until the last turn has its answer."""
    page.locator(".turn:last-child .card").first.wait_for(timeout=30_000)


def last(page: Page) -> str:
    """What the last turn's answer says."""
    return page.locator(".turn:last-child .replies").inner_text()


def facts(page: Page) -> dict[str, str]:
    """The chips: what the answer rests on."""
    chips = page.locator("#facts .chip-change").all()
    return {
        chip.locator(".chip-name").inner_text(): chip.locator(".chip-value").inner_text() for chip in chips
    }
