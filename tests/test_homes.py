"""Homes that are not as they should be: each is told apart from one in which nothing has been collected yet."""

import errno
import json
import os
import re
import shutil
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from hubscope import main
from tests.dashboard import pages
from tests.warehouse.marts import MODELS, built, model
from warehouse.builds import current_build
from warehouse.errors import BusyError, LakeError
from warehouse.files import write_atomically
from warehouse.lake.lake import Lake
from warehouse.settings import Home, is_locked, locked

ROOT = Path(__file__).parent.parent
NOON = datetime(2026, 11, 28, 12)


@pytest.fixture
def run(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    return lambda *words: CliRunner().invoke(main, words)


@pytest.mark.parametrize("command", [("status",), ("query", "select 1"), ("build",), ("verify",)])
def test_a_home_that_is_a_file_is_said_to_be_no_folder(run, home, command):
    home.path.write_text("no folder", encoding="utf-8")
    found = run(*command)
    assert found.exit_code == 4
    assert str(home.path) in found.stderr
    assert re.search("Not a directory|File exists", found.stderr)


def test_quotes_that_no_shell_took_off_are_no_part_of_a_home(run, home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", f'"{home.path}"')
    found = run("collect")
    assert (found.exit_code, "HUBSCOPE_HOME stands in quotes" in found.stderr) == (4, True)


def test_an_account_without_a_home_folder_is_told_what_to_set(run, monkeypatch):
    monkeypatch.delenv("HUBSCOPE_HOME")
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)
    found = run("status")
    assert (found.exit_code, "HUBSCOPE_HOME" in found.stderr) == (4, True)


@pytest.mark.parametrize("harm", ["gone", "cut", "of other content"])
def test_a_build_that_cannot_be_read_is_not_taken_for_an_empty_home(run, home, harm):
    built(home, {MODELS: [model("a")]})
    assert run("status").exit_code == 0
    build = current_build(home)
    if harm == "gone":
        build.unlink()
    else:
        build.write_bytes(build.read_bytes()[:9_000] if harm == "cut" else b"<html>")
    for command in (("status",), ("query", "select 1 from population")):
        found = run(*command)
        assert found.exit_code != 7
        assert "Nothing has been collected" not in found.stderr
    build.unlink(missing_ok=True)
    assert run("build").exit_code == 0
    assert run("status").exit_code == 0


def test_a_lock_that_was_copied_along_holds_nothing(home):
    home.path.mkdir()
    home.lock.touch()
    home.holder.write_text(json.dumps({"pid": 1, "since": "2026-01-01", "host": "elsewhere"}), encoding="utf-8")
    with locked(home, NOON):
        assert json.loads(home.holder.read_text(encoding="utf-8"))["host"] == socket.gethostname()
    assert not is_locked(home)


def test_who_holds_the_lock_is_named_with_machine_and_moment(home):
    script = (
        "import sys, time, datetime, pathlib\nfrom warehouse.settings import Home, locked\n"
        "with locked(Home(pathlib.Path(sys.argv[1])), datetime.datetime(2026, 11, 28, 12)):\n    print(1, flush=True)\n    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(home.path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin and other.stdout
        other.stdout.readline()
        named = rf"process {other.pid} on {socket.gethostname()}, since 2026-11-28 12:00:00 UTC"
        with pytest.raises(BusyError, match=named), locked(home, NOON):
            pass
        other.stdin.write(b"\n")


@pytest.fixture
def no_locks(monkeypatch):
    """As on a network folder that knows none."""
    fcntl = pytest.importorskip("fcntl", reason="Windows locks otherwise")

    def refuse(*_):
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_a_disk_without_locks_is_said_once_and_goes_by_what_the_last_holder_said(home, no_locks, capsys):
    home.path.mkdir()
    with locked(home, NOON):
        said = capsys.readouterr().err
        assert said.count("knows no locks") == 1
        assert is_locked(home)
        with pytest.raises(BusyError, match=r"run\.json there says"), locked(home, NOON):
            pass
    assert not is_locked(home)
    home.holder.write_text(json.dumps({"pid": 1, "since": "2026-01-01", "host": "elsewhere"}), encoding="utf-8")
    with pytest.raises(BusyError, match=r"process 1 on elsewhere.*remove that file"), locked(home, NOON):
        pass
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    home.holder.write_text(
        json.dumps({"pid": gone.pid, "since": "2026-01-01", "host": socket.gethostname()}), encoding="utf-8"
    )
    with locked(home, NOON):
        pass


def test_a_file_that_somebody_reads_is_replaced_when_they_have_closed_it(tmp_path, monkeypatch):
    """As on Windows, which does not replace an open file."""
    refused = []
    replace = Path.replace

    def once_refused(path, target):
        if not refused:
            refused.append(path)
            raise PermissionError(errno.EACCES, "in use")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", once_refused)
    write_atomically(tmp_path / "CURRENT", b"new")
    assert (len(refused), (tmp_path / "CURRENT").read_bytes()) == (1, b"new")


WITHOUT = """
import os, signal, sys
for name in ("fcntl", "resource", "pwd", "grp"):
    sys.modules[name] = None
for module, names in {
    os: ("sched_setscheduler", "nice", "fork", "posix_spawn"),
    signal: ("SIGHUP", "SIGALRM", "SIGUSR1", "pthread_sigmask"),
}.items():
    for name in names:
        if hasattr(module, name):
            delattr(module, name)
sys.argv[0] = "hubscope"
import hubscope
from warehouse.sandbox import child
child.limit_process(2**30, 10, is_background=True)
hubscope.main(sys.argv[1:])
"""


def test_build_and_verify_work_where_a_system_lacks_what_linux_has(home):
    built(home, {MODELS: [model("a")]})
    current_build(home).unlink()
    for command in ("build", "verify"):
        found = subprocess.run(
            [sys.executable, "-c", WITHOUT, command],
            cwd=ROOT,
            env={**os.environ, "HUBSCOPE_HOME": str(home.path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (found.returncode, "Traceback" in found.stderr) == (0, False), found.stderr
        assert "lock" in found.stderr
    assert Lake(home).verify() == []


def test_a_home_that_cannot_be_written_says_so_for_what_writes(home, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(errno.EACCES, "Permission denied", str(home.lock))

    home.path.mkdir()
    monkeypatch.setattr("warehouse.settings.FileLock.acquire", refuse)
    with pytest.raises(LakeError, match="cannot be written"), locked(home, NOON):
        pass
    with locked(home, NOON, only_reads=True):
        pass
    with pytest.raises(LakeError), locked(Home(home.path / "none"), NOON, only_reads=True):
        raise LakeError("reached")


def test_a_page_says_when_the_build_went_away_under_it(home, monkeypatch):
    built(home, {MODELS: [model("a")]})
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    page = pages.run("overview")
    assert not page.error
    current_build(home).write_bytes(b"")
    again = pages.run("growth")
    assert any("cannot be read" in said.value for said in [*page.run().error, *again.error])
    assert not any("hubscope demo" in code.value for code in again.code)


@pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")
def test_a_checkout_that_git_refuses_is_no_success(home, run, tmp_path, monkeypatch):
    built(home, {MODELS: [model("a")]})
    subprocess.run(["git", "init", "--quiet", tmp_path / "public"], check=True)
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")  # git's own way to try this
    found = run("publish", "--to", str(tmp_path / "public"))
    assert found.exit_code == 10
    assert "dubious ownership" in found.stderr
    assert "is published" not in found.stdout
