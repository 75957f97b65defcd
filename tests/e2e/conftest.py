"""One running system for all end-to-end tests that do not break it."""

from collections.abc import Iterator

import pytest

from tests.e2e.system import System


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    running = System(tmp_path_factory.mktemp("askfirst") / "home")
    try:
        yield running.start()
    finally:
        running.stop()
