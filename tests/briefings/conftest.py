"""The shipped packs as a published edition, and briefings made from it."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from askfirst.bootstrap import App, ready, shipped
from askfirst.settings import load
from briefings.assembly import assemble
from briefings.itinerary import Stop, posting
from briefings.model import Briefing
from guidelines.rulebook import RuleBook

TODAY = dt.date(2026, 11, 23)

Make = Callable[..., Briefing]


@pytest.fixture(scope="session")
def book() -> RuleBook:
    """The shipped packs as one edition."""
    return RuleBook(shipped(None), 1)


@pytest.fixture(scope="session")
def brief(book: RuleBook) -> Make:
    """Makes a briefing of that edition as of the 23rd of November 2026."""

    def make(
        *countries, role=None, devices=(), arrive=None, leave=None, today=TODAY, within=None, **settings
    ):
        edition = within or book
        stops = [c if isinstance(c, Stop) else Stop(c, "post", arrive, leave) for c in countries]
        return assemble(edition, posting(stops, role, devices, edition.vocabulary), today, **settings)

    return make


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose database holds the shipped packs as its first edition."""
    home = tmp_path_factory.mktemp("home")
    ready(load({"ASKFIRST_HOME": str(home)})).database.close()
    return home


@pytest.fixture
def home(published: Path, tmp_path: Path) -> Path:
    """A home of the test's own."""
    return Path(shutil.copytree(published, tmp_path / "home"))


@pytest.fixture
def app(home: Path) -> App:
    """The parts, with a marking."""
    return ready(load({"ASKFIRST_HOME": str(home), "ASKFIRST_MARKING": "OFFICIAL"}))
