"""A disk that is full in the midst of any write: words instead of a traceback, nothing lost, the last build served, and all well after."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.survival.at_work import COMMANDS, WARM, Command, Ended, three_months
from tests.warehouse.marts import MODELS, model, take_run
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home
from warehouse.upkeep.verify import verify_marts

pytestmark = pytest.mark.skipif(WARM is None, reason="this system has no fork, and no limit on the size of files")

CODES = {"publish": {4, 10}}
"""Exit codes of a full disk; of all others 4 and 5."""
LIMITS = (0, 200, 900, 2_000, 4_000, 9_000, 25_000, 80_000, 1_500_000)
"""Bytes that a file may have: of the lock, a cursor, a page, a Parquet file, a manifest, DuckDB's log and its file."""
ROOM = (0, 12_000, 60_000, 400_000, 2_500_000)
"""Bytes that are left on a disk."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = three_months(Home(tmp_path_factory.mktemp("history") / "home"))
    build(home)
    return home


def begin(name: str, history: Home, path: Path) -> Home:
    home = Home(shutil.copytree(history.path, path))
    if name == "build":
        take_run(home, 70, {MODELS: [model(f"m{key}", 3) for key in range(120)]})
    return home


def check(home: Home, name: str, ended: Ended, told: str) -> bool:
    """Whether the command went well; if not, that it said so as it should, and left all as it was."""
    assert Lake(home).verify() == [], told
    shown = open_current(home).run_sql(
        "select count(*) as n from population where snapshot_at in ('2026-03-01 12:00', '2026-05-04 12:00')"
    )
    assert shown["n"].tolist() == [4], told
    if ended.code == 0:
        return True
    assert ended.code in CODES.get(name, {4, 5}), told
    assert "Traceback" not in ended.said, told
    assert re.search(r"make room", ended.said) and re.search(r"File too large|No space left", ended.said), told
    return False


def work(home: Home, name: str, environment: dict[str, str], largest_file: int | None = None) -> Ended:
    arguments = [argument.format(public=home.path / "public") for argument in COMMANDS[name]]
    return Command(home.path, *arguments, environment=environment, largest_file=largest_file).ended()


@pytest.mark.parametrize("name", COMMANDS)
def test_files_that_may_not_grow_stop_a_command_with_nothing_lost(name, history, environment, tmp_path):
    home = begin(name, history, tmp_path / "home")
    failed = 0
    for limit in LIMITS:
        ended = work(home, name, environment, limit)
        if check(home, name, ended, f"{name} with files of at most {limit} bytes: {ended}"):
            break
        failed += 1
    assert failed >= 4
    ended = work(home, name, environment)
    assert check(home, name, ended, str(ended))
    assert verify_marts(home, lambda _: None) == []
    assert not list(home.path.rglob("*.tmp"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 MB: the lake, two builds and a third that is being made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if (
        sys.platform != "linux"
        or subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("a small disk can only be mounted by root on Linux")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_without_room_stops_a_command_with_nothing_lost(name, history, environment, small_disk):
    home = begin(name, history, small_disk / "home")
    ballast = small_disk / "ballast"
    for room in ROOM:
        ballast.unlink(missing_ok=True)
        with ballast.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, shutil.disk_usage(small_disk).free - room)
        ended = work(home, name, environment)
        ballast.unlink()
        if check(home, name, ended, f"{name} with {room} bytes left: {ended}"):
            break
    ended = work(home, name, environment)
    assert check(home, name, ended, str(ended))
    assert verify_marts(home, lambda _: None) == []
