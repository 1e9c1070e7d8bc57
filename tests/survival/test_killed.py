"""Killed at random moments of every command that writes: no row is lost that a manifest named, and the last build is still served."""

import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.survival.at_work import COMMANDS, LISTED, WARM, Command, three_months
from tests.warehouse.marts import MODELS, model, take_run
from tests.warehouse.steps import state
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home
from warehouse.upkeep.verify import verify_marts

pytestmark = pytest.mark.skipif(WARM is None, reason="SIGKILL and fork are what this system lacks")

SEED = int(os.environ.get("HUBSCOPE_KILL_SEED") or time.time())
"""Another one each time; a failure names it."""
KILLS = 6
"""Of each command at work; and one more of the command as a shell starts it."""
START_UP = 2.0  # seconds in which it only imports
ROOT = Path(__file__).parent.parent.parent
Shown = dict[tuple, tuple]
"""Kind, coverage and moment of each snapshot that a build shows → how many repositories it says there were, and downloads."""


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Three months, and one run more than is built."""
    home = three_months(Home(tmp_path_factory.mktemp("history") / "home"))
    build(home)
    take_run(home, 66, {MODELS: [model(f"m{key}", key % 7) for key in range(110)]})
    return home


def shown(home: Home) -> Shown:
    """What the current build says; of now, the same in two ways."""
    warehouse = open_current(home)
    rows = warehouse.run_sql("select kind, coverage, snapshot_at, repository_count, downloads_30d from population")
    found = {tuple(row[:3]): tuple(row[3:]) for row in rows.fillna(0).astype(object).itertuples(index=False)}
    now = warehouse.run_sql(
        "select kind, coverage, snapshot_at, count(*), sum(downloads) from listed_repositories group by all"
    )
    for row in now.fillna(0).astype(object).itertuples(index=False):
        assert found[tuple(row[:3])] == tuple(row[3:])
    return found


def published(folder: Path) -> dict[str, bytes]:
    """What a reader of the public folder sees: names that begin with a dot are none of it."""
    files = {path.relative_to(folder / "public"): path for path in (folder / "public").rglob("*") if path.is_file()}
    return {
        name.as_posix(): path.read_bytes()
        for name, path in files.items()
        if path.suffix != ".tmp" and not any(part.startswith(".") for part in name.parts)
    }


class Ordeal:
    """One command in one home, and what must hold there whatever was killed."""

    def __init__(self, history: Home, folder: Path, arguments: tuple[str, ...], environment: dict[str, str]) -> None:
        self.history, self.folder = history, folder
        self.arguments = tuple(argument.format(public=folder / "public") for argument in arguments)
        self.environment = environment
        self.whole: dict[str, bytes] = {}
        self.begin_anew()
        Command(self.home.path, "--version").ended()  # the first one waits for all that is imported
        began = time.perf_counter()
        self.complete()
        self.usual = time.perf_counter() - began
        self.before, self.after = shown(history), shown(self.home)
        self.whole = published(self.folder)
        self.begin_anew()

    def begin_anew(self) -> None:
        for name in ("home", "public"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        self.home = Home(shutil.copytree(self.history.path, self.folder / "home"))

    def command(self) -> Command:
        return Command(self.home.path, *self.arguments, environment=self.environment)

    def complete(self) -> None:
        ended = self.command().ended()
        assert ended.code == 0, ended.said

    def check(self) -> None:
        lake = Lake(self.home)
        manifests = lake.manifests()
        assert {run.run_id for run in manifests} >= {run.run_id for run in Lake(self.history).manifests()}
        assert lake.verify() == []
        entry = manifests[-1].entry("hub_models", "full")
        assert entry and len(state(self.home, manifests[-1].snapshot_at)) == entry.row_count
        found = shown(self.home)
        assert found.keys() >= self.before.keys() & self.after.keys()
        for snapshot, numbers in found.items():
            known = self.after.get(snapshot) or self.before.get(snapshot)
            assert numbers == known if known else numbers[0] == len(LISTED)
        public = published(self.folder)
        assert public.items() <= self.whole.items()
        assert "latest.json" not in public or public == self.whole


@pytest.fixture(scope="module", params=COMMANDS)
def ordeal(
    request: pytest.FixtureRequest, history: Home, environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Ordeal:
    return Ordeal(history, tmp_path_factory.mktemp(request.param), COMMANDS[request.param], environment)


def test_whatever_is_killed_loses_nothing_and_the_same_command_then_completes(ordeal):
    name = ordeal.arguments[0]
    chance = random.Random(f"{SEED} {name}")
    killed = 0
    while killed < KILLS:
        delay = chance.uniform(0, ordeal.usual)
        ended = ordeal.command().killed_after(delay)
        told = f"HUBSCOPE_KILL_SEED={SEED}: {name}, kill {killed} after {delay:.3f} of {ordeal.usual:.1f} s: {ended}"
        assert ended.code in (-9, 0), told
        try:
            ordeal.check()
        except Exception as fault:
            raise AssertionError(told) from fault
        if ended.code == 0:
            ordeal.begin_anew()
        else:
            killed += 1
    ordeal.complete()
    ordeal.check()
    assert verify_marts(ordeal.home, lambda _: None) == []
    left = [
        path for path in ordeal.folder.rglob("*") if path.name.endswith((".tmp", ".part")) or "partial" in path.name
    ]
    assert left == []


def test_the_command_as_a_shell_starts_it_may_be_killed_too(ordeal):
    ordeal.begin_anew()
    delay = START_UP + random.Random(f"{SEED} shell {ordeal.arguments}").uniform(0, ordeal.usual)
    command = [sys.executable, "-m", "hubscope", *ordeal.arguments]
    environment = {**os.environ, **ordeal.environment, "HUBSCOPE_HOME": str(ordeal.home.path)}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        time.sleep(delay)
        process.kill()
    ordeal.check()
