"""What takes long to make and is only looked at is made by one of the processes that share the tests out, for all of them."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills; read-only by agreement."""
    base = factory.getbasetemp()
    made = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    with FileLock(f"{made}.lock"):
        if not made.is_dir():
            beside = made.with_suffix(".unfinished")
            make(beside)
            beside.rename(made)
    return made
