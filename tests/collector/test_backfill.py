"""Past states of an archive as past snapshots, end to end against a server that speaks the Hub's repository endpoints."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from collector.backfill import Backfill, backfill
from collector.profiles import ARCHIVES
from tests.collector.archive_maker import archive, whole_day
from tests.collector.conftest import NOON, state
from warehouse.errors import LakeError, SourceError
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.read import open_current

HUB_STATS, WEEKLY = ARCHIVES["hub-stats"], ARCHIVES["weekly"]
ROOT = Path(__file__).parent.parent.parent


def fill(
    home, repositories, heard, since: str = "2026-07-01", every: str = "month", name: str = "hub-stats"
) -> Backfill:
    home.path.mkdir(exist_ok=True)
    return backfill(
        home,
        name,
        since=datetime.fromisoformat(since),
        every=every,
        taken_at=NOON,
        upstream=repositories.upstream(),
        report=heard,
    )


def snapshots(home) -> list[tuple[str, int]]:
    """Day and number of models of each snapshot."""
    return [
        (f"{held.snapshot_at:%Y-%m-%d}", state(held, "hub_models", "archive").row_count)
        for held in Lake(home).manifests()
    ]


@pytest.fixture
def daily(repositories, tmp_path):
    """hub-stats from 2026-07-24 to 2026-10-02, every third day, one repository more each day; three commits a day."""
    for number in range(24):
        at = datetime(2026, 7, 24, 8) + timedelta(days=3 * number)
        for minutes, (name, content) in enumerate(whole_day(tmp_path, at, rows=10 + number).items()):
            repositories.commit(HUB_STATS, at + timedelta(minutes=minutes), **{name: content})
    return repositories


@pytest.fixture
def weekly(repositories, tmp_path):
    """Five weeks named for the Wednesday they begin on, each the last upload of that week."""
    for number in range(5):
        label = datetime(2026, 9, 2) + timedelta(weeks=number)
        content = archive(tmp_path, label + timedelta(days=6, hours=8), rows=100 + number)
        repositories.commit(WEEKLY, datetime(2026, 11, 1), **{f"models__{label:%Y-%m-%d}__models_parquet": content})
        if number != 1:
            files: dict[str, Any] = {
                f"{kind}__{label:%Y-%m-%d}__{kind}_parquet": content for kind in ("datasets", "spaces")
            }
            repositories.commit(WEEKLY, datetime(2026, 11, 1), **files)
    return repositories


def test_the_first_upload_of_each_month_becomes_a_snapshot_of_that_day(home, daily, heard):
    fill(home, daily, heard)
    assert snapshots(home) == [("2026-07-24", 10), ("2026-08-02", 13), ("2026-09-01", 23), ("2026-10-01", 33)]


def test_weeks_and_days_are_periods_too(home, daily, heard):
    fill(home, daily, heard, since="2026-09-10", every="week")
    assert [day for day, _ in snapshots(home)] == ["2026-09-10", "2026-09-16", "2026-09-22", "2026-09-28"]
    fill(home, daily, heard, since="2026-09-24", every="day")
    assert [day for day, _ in snapshots(home)][3:] == ["2026-09-25", "2026-09-28", "2026-10-01"]


def test_size_and_time_are_said_before_the_first_download(home, daily, heard):
    daily.vanished |= {made.revision for made in daily.repositories[HUB_STATS][3:]}
    fill(home, daily, heard)
    assert "snapshots, one for each month from 2026-07-24" in heard.lines[0]
    assert "GB to download" in heard.lines[0] and "of disk at a time" in heard.lines[0]


def test_what_is_held_is_not_asked_for_again(home, daily, heard):
    fill(home, daily, heard)
    asked = len(daily.downloads())
    assert fill(home, daily, heard).taken == []
    assert len(daily.downloads()) == asked


def test_a_backfill_that_stopped_goes_on_where_it_was(home, daily, heard):
    daily.cut_after = [None] * 4 + [100, 0, 0, 0]
    with pytest.raises(SourceError, match="1 of 4 snapshots were taken and stay"):
        fill(home, daily, heard)
    daily.asked.clear()
    assert len(fill(home, daily, heard).taken) == 3
    assert daily.downloads()[0][1] == "bytes=100-"
    assert len(snapshots(home)) == 4


def test_only_one_day_is_on_the_disk_at_a_time(home, daily, heard, monkeypatch):
    most = 0

    def count(text: str) -> None:
        nonlocal most
        most = max(most, len(list((home.path / "archives").rglob("*.parquet"))))

    monkeypatch.setattr(heard, "say", count)
    fill(home, daily, heard)
    assert most == 3
    assert not (home.path / "archives").exists()


def test_a_revision_that_has_vanished_is_left_out_and_the_rest_is_taken(home, daily, heard):
    september = next(made for made in daily.repositories[HUB_STATS] if made.date.month == 9)
    daily.vanished |= {
        f"{made.revision}/{path}"
        for made in daily.repositories[HUB_STATS]
        if made.date.date() == september.date.date()
        for path in made.files
    }
    done = fill(home, daily, heard)
    assert [f"{day:%Y-%m}" for day in done.taken] == ["2026-07", "2026-08", "2026-10"]
    assert "The revision of 2026-09-01 has vanished" in next(iter(done.refused.values()))


def test_a_revision_whose_tree_is_gone_gives_way_to_the_next_day_of_its_month(home, daily, heard):
    daily.vanished |= {
        made.revision for made in daily.repositories[HUB_STATS] if made.date.date() == datetime(2026, 9, 1).date()
    }
    fill(home, daily, heard)
    assert ("2026-09-04", 24) in snapshots(home)


def test_a_broken_day_is_left_out_and_removes_nothing(home, daily, heard, tmp_path):
    at = datetime(2026, 10, 5, 8)
    daily.commit(HUB_STATS, at, models_parquet=b"PAR1 cut")
    done = fill(home, daily, heard, since="2026-10-05", every="day")
    assert "is no whole Parquet file" in done.refused[at]
    assert snapshots(home) == []


def test_a_late_snapshot_leaves_those_after_it_as_they_were(home, daily, heard):
    fill(home, daily, heard, since="2026-10-01")
    before = state(Lake(home).manifests()[-1], "hub_models", "archive").row_count
    fill(home, daily, heard)
    build(home)
    answer = open_current(home).run_sql(
        "select strftime(snapshot_at, '%m'), repository_count, removed_count from snapshots where kind = 'model' order by 1"
    )
    assert answer.values.tolist()[-1][1] == before
    assert [row[2] for row in answer.values.tolist()[1:]] == [0, 0, 0]


def test_a_week_is_dated_by_its_content_and_taken_once(home, weekly, heard):
    done = fill(home, weekly, heard, since="2026-09-01", every="week", name="weekly")
    assert len(done.taken) == 5
    assert snapshots(home)[0] == ("2026-09-08", 100)
    assert fill(home, weekly, heard, since="2026-09-01", every="week", name="weekly").taken == []


def test_a_week_without_datasets_says_so(home, weekly, heard):
    fill(home, weekly, heard, since="2026-09-01", every="week", name="weekly")
    entry = state(Lake(home).manifests()[1], "hub_datasets", "archive")
    assert (entry.status, entry.reason) == ("failed", "the week 2026-09-09 has no datasets")


def test_a_stale_copy_in_a_weeks_folder_is_left_out(home, repositories, heard, tmp_path):
    stale = archive(tmp_path, datetime(2026, 6, 1), rows=900)
    repositories.commit(WEEKLY, datetime(2026, 11, 1), **{"models__2026-09-02__models_parquet": stale})
    repositories.commit(WEEKLY, datetime(2026, 11, 1), **{"datasets__2026-09-02__datasets_parquet": stale})
    repositories.commit(WEEKLY, datetime(2026, 11, 1), **{"spaces__2026-09-02__spaces_parquet": stale})
    done = fill(home, repositories, heard, name="weekly")
    assert "holds another day: its newest repository is of 2026-05-31" in next(iter(done.refused.values()))


def test_an_archive_that_holds_nothing_of_that_time_names_the_others(home, daily, heard):
    with pytest.raises(SourceError, match="--archive weekly"):
        fill(home, daily, heard, since="2027-01-01")


def test_a_disk_that_is_too_small_is_said_before_the_first_download(home, daily, heard, monkeypatch):
    import shutil

    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 100))
    with pytest.raises(LakeError, match="The largest day needs"):
        fill(home, daily, heard)
    assert daily.downloads() == []


def test_the_command_builds_and_says_what_came(tmp_path, daily):
    environment = {**os.environ, "HF_ENDPOINT": daily.url, "HUBSCOPE_HOME": str(tmp_path / "home")}
    command = [sys.executable, "-m", "hubscope", "backfill", "--since", "2026-08", "--every", "month"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3 past snapshots added from hub-stats\n"
    assert "3 snapshots, one for each month from 2026-08-02 to 2026-10-01" in done.stderr
