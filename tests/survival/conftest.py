"""Servers that the commands of these tests ask."""

from collections.abc import Iterator

import pytest

from tests.survival.at_work import serving_all


@pytest.fixture(scope="module")
def environment() -> Iterator[dict[str, str]]:
    """What leads `collect` there."""
    with serving_all() as addresses:
        yield addresses
