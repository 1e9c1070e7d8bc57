"""Killed at random moments of a pull, or short of disk: the home shows the snapshot before or the new one, each whole."""

import random
import shutil
from pathlib import Path

import pytest

from tests.survival.at_work import WARM, Command, three_months
from tests.survival.test_killed import SEED, shown
from tests.warehouse.marts import MODELS, model, take_run
from warehouse.marts.build import build
from warehouse.publication.folder import publish_to_folder
from warehouse.settings import Home

pytestmark = pytest.mark.skipif(WARM is None, reason="SIGKILL and fork are what this system lacks")

KILLS = 4


class Following:
    """A home that follows a copy whose newest snapshot it does not show yet."""

    def __init__(self, folder: Path) -> None:
        self.public, self.before = folder / "public", Home(folder / "before")
        self.home = Home(folder / "home")
        publisher = three_months(Home(folder / "publisher"))
        build(publisher)
        publish_to_folder(publisher, self.public)
        first = Command(self.before.path, "pull", str(self.public)).ended()
        assert first.code == 0, first.said
        take_run(publisher, 66, {MODELS: [model(f"m{key}", key % 7) for key in range(110)]})
        build(publisher)
        publish_to_folder(publisher, self.public)
        self.old, self.new = shown(self.before), shown(publisher)
        self.begin_anew()

    def begin_anew(self) -> None:
        shutil.rmtree(self.home.path, ignore_errors=True)
        shutil.copytree(self.before.path, self.home.path)

    def pull(self, **limits: int) -> Command:
        return Command(self.home.path, "pull", **limits)

    def complete(self) -> None:
        ended = self.pull().ended()
        assert ended.code == 0, ended.said
        assert shown(self.home) == self.new
        assert not [path for path in self.home.path.rglob("*") if path.suffix == ".part" or "unpublished" in path.name]


@pytest.fixture(scope="module")
def following(tmp_path_factory: pytest.TempPathFactory) -> Following:
    return Following(tmp_path_factory.mktemp("following"))


def test_a_killed_pull_leaves_one_snapshot_whole_and_the_next_completes(following):
    chance, killed, longest = random.Random(f"{SEED} pull"), 0, 3.0
    while killed < KILLS:
        delay = chance.uniform(0, longest)
        ended = following.pull().killed_after(delay)
        told = f"HUBSCOPE_KILL_SEED={SEED}: kill {killed} after {delay:.3f} s: {ended}"
        assert ended.code in (-9, 0), told
        assert shown(following.home) in (following.old, following.new), told
        if ended.code == 0:
            longest = delay
            following.begin_anew()
        else:
            killed += 1
    following.complete()


@pytest.mark.parametrize("largest_file", [4_000, 700_000])
def test_a_disk_that_is_full_leaves_the_snapshot_before_and_room_lets_the_next_complete(following, largest_file):
    following.begin_anew()
    ended = following.pull(largest_file=largest_file).ended()
    assert ended.code in (4, 5) and "make room" in ended.said, ended
    assert shown(following.home) == following.old
    following.complete()
