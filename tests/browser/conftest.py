"""One dashboard on the demo and one browser for the tests of a worker."""

from collections.abc import Iterator

import pytest

from tests.browser.chromium import Chromium, chromium
from tests.browser.serving import serve
from warehouse.settings import Home


@pytest.fixture(scope="session")
def dashboard(demo_home: Home) -> Iterator[str]:
    """Its address."""
    yield from serve(demo_home)


@pytest.fixture(scope="session")
def browser() -> Iterator[Chromium]:
    with chromium() as running:
        yield running
