"""Whose the files of a home are: its owner's alone, under any umask, unless the owner opened the home to a group."""

import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from collector.commands import publish
from dashboard.digest.digest import write_digest
from dashboard.digest.watch import watch
from tests.warehouse.steps import take
from warehouse.marts.build import build
from warehouse.settings import OWN_NAMES, Home, locked, private
from warehouse.upkeep.status import status_of

NOW = datetime.now(UTC)
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows knows no such modes")


@pytest.fixture(autouse=True)
def loose() -> Iterator[None]:
    """The loosest umask there is, or an account's ordinary one would hide what the code leaves open."""
    before = os.umask(0)
    yield
    os.umask(before)


def mode(path: Path) -> str:
    return f"{path.stat().st_mode & 0o7777:o}"


def open_to_others(folder: Path) -> list[str]:
    return [f"{mode(path)} {path}" for path in [folder, *folder.rglob("*")] if path.stat().st_mode & 0o077]


def test_all_that_a_run_a_build_a_watch_list_and_a_digest_leave_is_the_owner_s_alone(tmp_path):
    home = Home(tmp_path / "share" / "hubscope")
    with locked(home, NOW):
        take(home, [{"id": "a/b"}])
        take(home, [{"id": "a/b"}, {"id": "c/d"}], day=8)
        build(home)
        assert open_to_others(home.path) == []
    watch(home, "licences.classes", 5.0)
    assert write_digest(home) is not None
    assert open_to_others(home.path) == []
    assert mode(home.path.parent) == "700"  # made on the way
    assert os.umask(0) == 0  # whoever called is left with the umask that was


def test_a_home_holds_no_name_that_hubscope_would_not_know_for_its_own(demo_home):
    assert {path.name for path in demo_home.path.iterdir()} <= OWN_NAMES


def test_a_home_that_an_ordinary_umask_left_open_is_closed_and_said_to_be_open_until_then(home):
    take(home, [{"id": "a/b"}])
    build(home)
    home.path.chmod(0o755)
    told = "Every account of this machine may read this home."
    assert told in " ".join(status_of(home, now=NOW.replace(tzinfo=None))["problems"])
    with locked(home, NOW):
        pass
    assert mode(home.path) == "700"
    assert told not in " ".join(status_of(home, now=NOW.replace(tzinfo=None))["problems"])


@pytest.mark.parametrize(("given", "written"), [(0o750, "640"), (0o770, "660"), (0o2770, "660"), (0o700, "600")])
def test_a_home_that_is_open_to_its_group_alone_stays_so_and_what_is_written_is_the_group_s_too(home, given, written):
    home.path.mkdir()
    home.path.chmod(given)
    watch(home, "licences.classes", 5.0)
    assert (mode(home.path), mode(home.watch)) == (f"{given:o}", written)


def test_a_folder_that_other_things_share_stays_open_and_only_what_is_hubscope_s_in_it_is_closed(home, tmp_path):
    (home.path / "somebody-else-s").mkdir(parents=True)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    home.digests.symlink_to(elsewhere)
    home.path.chmod(0o1777)
    take(home, [{"id": "a/b"}])
    watch(home, "licences.classes", 5.0)
    assert (mode(home.path), mode(home.path / "somebody-else-s"), mode(elsewhere)) == ("1777", "777", "777")
    assert (mode(home.lake), mode(home.watch)) == ("700", "600")
    assert not home.is_open_to_all


def test_what_is_published_is_for_everyone_that_the_umask_allows(home, tmp_path, monkeypatch):
    take(home, [{"id": "a/b"}])
    build(home)
    checkout = tmp_path / "checkout"
    subprocess.run(["git", "init", "--quiet", checkout], check=True)
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    done = CliRunner().invoke(publish, ["--to", str(checkout)])
    assert "committed" in done.output
    assert [path for path in checkout.rglob("*") if not path.stat().st_mode & 0o004] == []


def test_a_fault_gives_the_umask_back(home):
    with pytest.raises(ZeroDivisionError), private(home):
        raise ZeroDivisionError
    assert os.umask(0) == 0
