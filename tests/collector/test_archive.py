"""The whole Hub from a published archive: what is taken, what is refused, and what a stop costs."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest
from huggingface_hub import HfApi, hf_hub_download

from collector.archive import take_newest
from collector.profiles import ARCHIVES
from collector.run import run
from tests.collector.archive_maker import archive, whole_day
from tests.collector.conftest import NOON, state
from tests.warehouse.steps import in_lake
from warehouse.errors import BadPage, CoverageError, LakeError, SourceError
from warehouse.lake.lake import Lake
from warehouse.landing.archive import inspect
from warehouse.listings import Series
from warehouse.manifest import Manifest
from warehouse.read import open_current

DAY = datetime(2026, 11, 23, 8, 10)
HUB_STATS = ARCHIVES["hub-stats"]


@pytest.fixture
def published(repositories, tmp_path):
    """One day of hub-stats, uploaded as three commits."""
    for minutes, (name, content) in enumerate(whole_day(tmp_path, DAY).items()):
        repositories.commit(HUB_STATS, DAY + timedelta(minutes=minutes), **{name: content})
    return repositories


def take(home, repositories, heard, **given: Any) -> Manifest:
    return take_newest(
        home, "hub-stats", **({"taken_at": NOON, "upstream": repositories.upstream(), "report": heard} | given)
    )


def rows(home, listing: str, table: str = "attributes") -> list[dict[str, Any]]:
    files = [str(path) for path in in_lake(home, Series(listing, "archive")).files(table)]
    return duckdb.read_parquet(files).order("repository_key").df().to_dict("records")


def test_the_server_speaks_as_the_real_client_expects(published, tmp_path):
    api = HfApi(endpoint=published.url, token=False)
    assert len(api.list_repo_commits(HUB_STATS, repo_type="dataset")) == 3
    assert {file.path for file in api.list_repo_tree(HUB_STATS, repo_type="dataset")} == {
        "models.parquet",
        "datasets.parquet",
        "spaces.parquet",
    }
    path = hf_hub_download(
        HUB_STATS, "models.parquet", repo_type="dataset", endpoint=published.url, token=False, cache_dir=tmp_path
    )
    assert inspect(Path(path), "model").row_count == 5


def test_an_archive_is_a_snapshot_of_the_moment_it_was_uploaded(home, published, heard):
    manifest = take(home, published, heard)
    assert (manifest.snapshot_at, manifest.started_at) == (DAY + timedelta(minutes=2), NOON)
    assert [(entry.coverage, entry.row_count) for entry in manifest.listings] == [("archive", 5)] * 3


def test_the_manifest_names_the_file_the_licence_and_whom_it_is_owed_to(home, published, heard):
    origin = state(take(home, published, heard), "hub_models", "archive").origin
    revision = published.repositories[HUB_STATS][0].revision
    assert origin.address == f"{published.url}/datasets/{HUB_STATS}/resolve/{revision}/models.parquet"
    assert (origin.licence, origin.revision) == ("Apache-2.0", revision)
    assert Lake(home).manifests()[0].listings[1].origin == origin


def test_an_archive_lands_as_the_same_rows_that_the_api_gives(home, published, heard):
    take(home, published, heard)
    row = rows(home, "hub_models")[0]
    assert row["id"] == "owner/model-1"
    assert row["created_at"] == DAY - timedelta(hours=1)
    assert [list(row[name]) for name in ("licences", "languages", "tasks", "base_models")] == [
        ["mit"],
        ["en", "zh"],
        ["text-generation"],
        ["base/one"],
    ]
    assert (row["base_relation"], row["parameters"], row["has_card"], row["gated"]) == ("finetune", 7, True, None)
    counters = rows(home, "hub_models", "metrics")[0]
    assert (counters["downloads"], counters["downloads_all_time"], counters["likes"]) == (10, 100, 1)


def test_a_run_builds_and_publishes_the_archive(home, published):
    run(home, "archive", taken_at=NOON, upstream=published.upstream())
    answer = open_current(home).run_sql("select kind, coverage, repository_count from snapshots order by kind")
    assert answer.values.tolist() == [["dataset", "archive", 5], ["model", "archive", 5], ["space", "archive", 5]]


def test_a_column_that_an_era_lacks_is_unknown_and_not_zero(home, repositories, heard, tmp_path):
    content = archive(tmp_path, DAY, change='* exclude ("downloadsAllTime", "cardData", "trendingScore")')
    repositories.commit(HUB_STATS, DAY, models_parquet=content)
    manifest = take(home, repositories, heard)
    counters, row = rows(home, "hub_models", "metrics")[0], rows(home, "hub_models")[0]
    assert duckdb.execute("select $1::double is not null", [counters["downloads"]]).fetchall() == [(True,)]
    assert counters["downloads_all_time"] != counters["downloads_all_time"] or counters["downloads_all_time"] is None
    assert row["has_card"] is None
    assert list(row["licences"]) == ["mit"]
    odd = state(manifest, "hub_models", "archive").odd_values
    assert odd[0].reason.startswith("no column in the archive, unknown: downloadsAllTime, trendingScore")


@pytest.mark.parametrize(
    "change",
    [
        "* replace (downloads::varchar as downloads, likes::double as likes)",
        '* replace (epoch_ms("createdAt") as "createdAt")',
        '* replace (epoch("createdAt")::bigint as "createdAt")',
        '* replace (strftime("createdAt", \'%Y-%m-%dT%H:%M:%S.000Z\') as "createdAt")',
        '* replace ("createdAt"::timestamptz as "createdAt")',
        "* replace (to_json(tags)::varchar as tags)",
        "* replace ({'license': 'mit', 'language': ['en', 'zh']} as \"cardData\")",
        '* replace (to_json("baseModels")::varchar as "baseModels", to_json(safetensors)::varchar as safetensors)',
        "*, 'new' as \"inventedLater\", [1, 2] as another",
        "columns(lambda name: name not in ('id', '_id')), _id, id",
    ],
    ids=lambda change: change[:40],
)
def test_a_column_of_another_type_is_read_all_the_same(home, repositories, heard, tmp_path, change):
    repositories.commit(HUB_STATS, DAY, models_parquet=archive(tmp_path, DAY, change=change))
    take(home, repositories, heard)
    row, counters = rows(home, "hub_models")[0], rows(home, "hub_models", "metrics")[0]
    assert (row["created_at"], list(row["licences"]), list(row["languages"])) == (
        DAY - timedelta(hours=1),
        ["mit"],
        ["en", "zh"],
    )
    assert (list(row["base_models"]), row["parameters"]) == (["base/one"], 7)
    assert (counters["downloads"], counters["likes"]) == (10, 1)


def test_a_column_of_a_type_that_makes_no_sense_is_unknown_and_said(home, repositories, heard, tmp_path):
    repositories.commit(
        HUB_STATS, DAY, models_parquet=archive(tmp_path, DAY, change="* replace ([downloads] as downloads)")
    )
    manifest = take(home, repositories, heard)
    assert "downloads is BIGINT[]" in state(manifest, "hub_models", "archive").odd_values[1].reason
    assert rows(home, "hub_models")[0]["id"] == "owner/model-1"


@pytest.mark.parametrize(
    "spoil",
    [lambda whole: whole[: len(whole) // 2], lambda whole: b"", lambda whole: b"<html>maintenance</html>"],
    ids=["cut", "empty", "a page for people"],
)
def test_a_broken_file_is_an_error_in_words_and_removes_nothing(home, published, heard, tmp_path, spoil):
    take(home, published, heard)
    published.commit(
        HUB_STATS, DAY + timedelta(days=1), models_parquet=spoil(archive(tmp_path, DAY + timedelta(days=1)))
    )
    with pytest.raises(BadPage, match=r"models\.parquet of 2026-11-24 is no whole Parquet file"):
        take(home, published, heard)
    assert len(Lake(home).manifests()) == 1


def test_a_file_without_ids_is_refused(home, repositories, heard, tmp_path):
    repositories.commit(HUB_STATS, DAY, models_parquet=archive(tmp_path, DAY, change="downloads, likes"))
    with pytest.raises(BadPage, match="no column id, only downloads, likes"):
        take(home, repositories, heard)


def test_an_archive_that_lost_a_tenth_is_refused_and_taken_when_accepted(home, repositories, heard, tmp_path):
    repositories.commit(HUB_STATS, DAY, models_parquet=archive(tmp_path, DAY, rows=100))
    take(home, repositories, heard)
    repositories.commit(HUB_STATS, DAY + timedelta(days=1), models_parquet=archive(tmp_path, DAY, rows=50))
    with pytest.raises(CoverageError, match="accept-drop"):
        take(home, repositories, heard)
    asked = len(repositories.downloads())
    manifest = take(home, repositories, heard, accept_drop=True)
    assert state(manifest, "hub_models", "archive").left_count == 50
    assert len(repositories.downloads()) == asked


def test_an_empty_archive_is_a_fault_upstream_and_never_a_removal(home, published, heard, tmp_path):
    take(home, published, heard)
    published.commit(HUB_STATS, DAY + timedelta(days=1), models_parquet=archive(tmp_path, DAY, rows=0))
    with pytest.raises(CoverageError, match="nobody counts as removed"):
        take(home, published, heard)


def test_a_file_that_holds_another_day_than_its_commit_is_left_out(home, published, heard, tmp_path):
    tomorrow = DAY + timedelta(days=1)
    for name, content in whole_day(tmp_path, tomorrow, rows=500).items():
        published.commit(HUB_STATS, tomorrow, **{name: content})
    old = archive(tmp_path, DAY - timedelta(days=90), rows=500)
    published.commit(HUB_STATS, tomorrow, models_parquet=old)
    entry = state(take(home, published, heard), "hub_models", "archive")
    assert entry.status == "failed"
    assert "models.parquet of 2026-11-24 holds another day: its newest repository is of 2026-08-25" in entry.reason


def test_a_file_left_over_from_an_earlier_upload_is_not_taken_for_today(home, published, heard, tmp_path):
    published.commit(HUB_STATS, DAY + timedelta(days=5), models_parquet=archive(tmp_path, DAY + timedelta(days=5)))
    entry = state(take(home, published, heard), "hub_datasets", "archive")
    assert (entry.status, entry.reason) == ("failed", "datasets.parquet is of 2026-11-23, not of 2026-11-28")


def test_an_archive_that_is_gone_is_named_together_with_the_others(home, repositories, heard):
    with pytest.raises(SourceError, match=r"hub-stats.*is gone.*--archive weekly \(hfmlsoc/hub_weekly_snapshots\)"):
        take(home, repositories, heard)


def test_the_same_upload_is_not_taken_twice(home, published, heard):
    first = take(home, published, heard)
    asked = len(published.downloads())
    assert take(home, published, heard) == first
    assert len(published.downloads()) == asked


def test_a_download_that_breaks_goes_on_where_it_stopped(home, published, heard):
    published.cut_after = [1_000]
    take(home, published, heard)
    assert [span for _, span in published.downloads()][:2] == [None, "bytes=1000-"]


def test_a_download_goes_on_in_the_next_run(home, published, heard):
    published.cut_after = [1_000, 700, 0, 0, 0]
    with pytest.raises(SourceError):
        take(home, published, heard)
    published.asked.clear()
    take(home, published, heard)
    assert published.downloads()[0][1] == "bytes=1700-"


def test_bytes_that_are_not_those_of_the_checksum_are_thrown_away(home, published, heard, monkeypatch):
    whole = published.blob
    monkeypatch.setattr(published, "blob", lambda sha256: b"x" * len(whole(sha256)))
    with pytest.raises(SourceError, match="thrown away"):
        take(home, published, heard)
    monkeypatch.undo()
    assert state(take(home, published, heard), "hub_models", "archive").row_count == 5


def test_the_token_goes_to_the_hub_and_not_to_whoever_hands_out_the_bytes(home, published, heard):
    take(home, published, heard, upstream=published.upstream(hub_token="hf_secret"))
    assert {token for path, token in published.tokens if path.startswith("/cdn/")} == {None}
    assert {token for path, token in published.tokens if not path.startswith("/cdn/")} == {"Bearer hf_secret"}


def test_a_disk_without_room_is_said_before_anything_is_downloaded(home, published, heard, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10, 10, 100))
    with pytest.raises(LakeError, match="GB are free"):
        take(home, published, heard)
    assert published.downloads() == []


def test_a_disk_that_fills_up_while_the_lake_is_written_leaves_nothing_visible(home, published, heard, monkeypatch):
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("warehouse.lake.snapshot.sync_file", full)
    with pytest.raises(LakeError, match="make room and run again"):
        take(home, published, heard)
    assert not list(home.lake.glob("hub_*/*/run=*")) and Lake(home).manifests() == []
    monkeypatch.undo()
    asked = len(published.downloads())
    assert take(home, published, heard).listings[0].row_count == 5
    assert len(published.downloads()) == asked


def test_nothing_of_the_archive_stays_on_the_disk_beside_the_lake(home, published, heard):
    take(home, published, heard)
    assert not (home.path / "archives").exists() and not list(home.landing.glob("*"))


def test_whole_listings_and_archives_are_two_series(home, hub, published, heard):
    run(home, "full", taken_at=NOON, upstream=hub.upstream())
    run(home, "archive", taken_at=NOON, upstream=published.upstream())
    answer = open_current(home).run_sql(
        "select coverage, repository_count, previous_snapshot_at is null as is_first from snapshots where kind = 'model' order by 1"
    )
    assert answer.values.tolist() == [["archive", 5, True], ["full", 3, True]]
