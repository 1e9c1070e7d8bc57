"""Every command where people run it: each locale with each output, each home with each of both, as processes of their own.

What may not happen anywhere: a traceback, a wrong exit code, a key in what is printed.
"""

import os
import shutil
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from collector.schedule import cron_trigger
from hubscope import main
from tests.warehouse.marts import MODELS, OPENAI, built, model, openai_list
from warehouse.settings import Home
from warehouse.upkeep.status import status_of, status_text

NIGHT = datetime(2026, 3, 8, 2, 0, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
KEYS = {"HF_TOKEN": "hf_neverprinted", "OPENAI_API_KEY": "sk-neverprinted"}
NOWHERE = {"HF_HUB_OFFLINE": "1", "HF_ENDPOINT": "http://127.0.0.1:9", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}
ZONES = ("Asia/Shanghai", "America/New_York", "Pacific/Kiritimati", "UTC")
LOCALES = {
    "C": {"LC_ALL": "C", "TZ": "Asia/Shanghai"},
    "C.UTF-8": {"LC_ALL": "C.UTF-8", "TZ": "America/New_York"},
    "GBK": {"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "gbk", "TZ": "Pacific/Kiritimati"},
    "cp1252": {"LC_ALL": "C.UTF-8", "PYTHONIOENCODING": "cp1252"},
}
OUTPUTS = ("pipe", "terminal", "closed", "full")
HOMES = {
    "plain": "home",
    "blank": "a b",
    "Chinese": "数据",
    "percent": "50%",
    "question": "q?[1]",
    "equals": "id=7",
    "link": "link",
    "read-only": "read-only",
    "another's": "another's",
}
COMMANDS = {
    ("status",): 0,
    ("query", "--format", "csv", "select id from repositories"): 0,
    ("query", "--format", "json", "select id, 'é中😀' as words from history"): 0,
    ("query", "select id, '中' as words from repositories"): 0,
    ("query", "drop table x"): 8,
    ("build",): 0,
    ("verify",): 0,
    ("compact",): 0,
    ("prune", "--dry-run"): 0,
    ("publish", "--to", "{elsewhere}"): 0,
    ("changes", "--language", "zh"): 0,
    ("watch", "list"): 0,
    ("export", "list", "--lang", "zh"): 0,
    ("collect", "--quiet"): 3,
    ("backfill",): 3,
    ("schedule", "--cron", "中"): 2,
    ("serve", "--port", "99999"): 2,
    ("up", "--port", "x"): 2,
    ("demo", "--models", "5"): 2,
    ("--version",): 0,
}
NEED_NO_HOME = {"export", "schedule", "serve", "up", "demo", "--version"}
ONLY_READ = {"status", "query", "verify", "prune", "changes", "watch"} | NEED_NO_HOME
UNFIT = "read-only", "another's"


def _trials() -> list[tuple[tuple[str, ...], str, str, str]]:
    """Each home once with each locale and once with each output, so that each locale meets each output.

    Commands come in turn, thirteen apart, so that each home meets some that read it or write to it.
    """
    commands, trials = list(COMMANDS), []
    for row, home in enumerate(HOMES):
        for column, locale in enumerate(LOCALES):
            number = row * len(LOCALES) + column
            trials.append((commands[13 * number % len(commands)], locale, OUTPUTS[(column + row) % len(OUTPUTS)], home))
    return trials


def _name(part: tuple[str, ...] | str) -> str:
    return part if isinstance(part, str) else " ".join(part[:3])


@pytest.fixture(scope="module")
def held(tmp_path_factory):
    """A home with two snapshots."""
    home = Home(tmp_path_factory.mktemp("held") / "home")
    day = {MODELS: [model("a", 1), model("中文", None)], OPENAI: openai_list("gpt-4")}
    built(home, day, day)
    return home.path


def _home(kind: str, held: Path, tmp_path: Path) -> Path:
    path = tmp_path / HOMES[kind]
    if kind == "link":
        path.symlink_to(shutil.copytree(held, tmp_path / "behind"))
    else:
        shutil.copytree(held, path)
    if kind == "read-only":
        for found in [*path.rglob("*"), path]:
            found.chmod(0o555 if found.is_dir() else 0o444)
    if kind == "another's":
        path.chmod(0o700)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
        else:
            path.chmod(0)
    return path


def _run(command: list[str], output: str, environment: dict[str, str]) -> tuple[int, bytes]:
    """The exit code, and all that was printed."""
    shell = 'exec "$@" >&-' if output == "closed" else 'exec "$@" >/dev/full' if output == "full" else 'exec "$@"'
    command = ["sh", "-c", shell, "sh", *command]
    if output == "terminal":
        return _on_a_terminal(command, environment)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, timeout=120, check=False)
    return done.returncode, done.stdout + done.stderr


def _on_a_terminal(command: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    import pty

    ours, theirs = pty.openpty()
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        printed = b""
        try:
            while chunk := os.read(ours, 65536):
                printed += chunk
        except OSError:  # of a terminal whose program has ended
            pass
    os.close(ours)
    return process.returncode, printed


def _expected(command: tuple[str, ...], home: str, output: str) -> set[int]:
    name, code = command[0], COMMANDS[command]
    if home in UNFIT and name not in (ONLY_READ if home == "read-only" else NEED_NO_HOME):
        return {2, 4}
    return {2} if output == "full" and code == 0 else {code}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system of another kind")
@pytest.mark.parametrize(("command", "locale", "output", "home"), _trials(), ids=_name)
def test_a_command_ends_as_documented_wherever_it_runs(command, locale, output, home, held, tmp_path, request):
    begin = request.getfixturevalue("harmless") if home in UNFIT else []
    path = _home(home, held, tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHON"))}
    environment |= {"HUBSCOPE_HOME": str(path), **KEYS, **NOWHERE, **LOCALES[locale]}
    typed = [part.format(elsewhere=tmp_path / "elsewhere") for part in command]
    code, printed = _run([*begin, sys.executable, "-m", "hubscope", *typed], output, environment)
    shown = printed.decode("utf-8", "replace")
    assert "Traceback" not in shown
    assert not any(key in shown for key in KEYS.values())
    assert code in _expected(command, home, output), shown


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone cannot be changed within a process here")
def test_what_is_said_is_the_same_in_every_time_zone(held, monkeypatch, zone_restored):
    """New York has no half past two on this night: its clocks go from 2 to 3."""
    monkeypatch.setenv("HUBSCOPE_HOME", str(held))
    asked = "select snapshot_at, snapshot_at::timestamptz as zoned, timestamptz '2026-03-08 02:30:00' as gone from snapshots order by all"
    said = set()
    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        status = status_of(Home(held), now=datetime(2026, 3, 8, 2, 30))
        query = CliRunner().invoke(main, ["query", "--format", "json", asked])
        said.add((status_text(status), query.stdout, str(cron_trigger("30 2 * * *").get_next_fire_time(None, NIGHT))))
    assert len(said) == 1
    assert "2026-03-08T02:30:00.000Z" in query.stdout


@pytest.fixture
def zone_restored():
    """The zone of the process, put back when the variable is what it was."""
    before = os.environ.get("TZ")
    yield
    os.environ.pop("TZ", None)
    if before is not None:
        os.environ["TZ"] = before
    time.tzset()
