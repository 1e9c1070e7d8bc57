"""Daily download counters that others published: into the lake as they are, with licence and credit."""

from datetime import datetime
from pathlib import Path

import duckdb
import pytest

from collector.counters import REPOSITORY, take_counters
from tests.collector.archive_maker import whole_day
from tests.collector.conftest import NOON
from tests.collector.test_archive import DAY, HUB_STATS, take
from warehouse.errors import BadPage, SourceError
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.read import open_current

ROWS = "format('{:024x}', 1 + n % 3) as hub_id, date '2026-08-01' + (n // 3)::int as date"
TOTALS = f"select {ROWS}, 100 * n as downloads_all_time from range(90) numbers(n)"
OF_DAYS = f"select {ROWS}, hash(n)::hugeint % 50 as downloads from range(90) numbers(n)"


def counters(folder: Path, select: str) -> bytes:
    path = folder / "counters.parquet"
    duckdb.execute(f"copy ({select}) to '{path}' (format parquet)")
    return path.read_bytes()


def take_them(home, repositories, heard):
    home.path.mkdir(exist_ok=True)
    return take_counters(home, taken_at=NOON, upstream=repositories.upstream(), report=heard)


def test_the_counters_are_shown_with_names_and_days(home, repositories, heard, tmp_path):
    for name, content in whole_day(tmp_path, DAY).items():
        repositories.commit(HUB_STATS, DAY, **{name: content})
    take(home, repositories, heard)
    repositories.commit(REPOSITORY, datetime(2026, 9, 2), data__downloads_parquet=counters(tmp_path, TOTALS))
    take_them(home, repositories, heard)
    build(home)
    answer = open_current(home).run_sql(
        "select distinct on (counted_on) id, counted_on::varchar, downloads_all_time, downloads_in_day is null "
        "from download_counters where kind = 'model' and repository_key like '%01' order by counted_on limit 2"
    )
    assert answer.values.tolist() == [
        ["owner/model-1", "2026-08-01", 0, True],
        ["owner/model-1", "2026-08-02", 300, True],
    ]
    assert Lake(home).verify() == []


def test_the_licence_and_the_credit_are_in_the_manifest(home, repositories, heard, tmp_path):
    made = repositories.commit(REPOSITORY, datetime(2026, 9, 2), downloads_parquet=counters(tmp_path, TOTALS))
    manifest = take_them(home, repositories, heard)
    origin = Lake(home).manifests()[0].listings[0].origin
    assert (origin.licence, origin.credit, origin.revision) == (
        "CC-BY-4.0",
        "Harvard MadSys, hf-hub-characterization",
        made.revision,
    )
    assert manifest.snapshot_at == datetime(2026, 8, 30)


def test_a_number_of_each_day_is_not_taken_for_a_running_total(home, repositories, heard, tmp_path):
    repositories.commit(REPOSITORY, datetime(2026, 9, 2), downloads_parquet=counters(tmp_path, OF_DAYS))
    path = home.lake / take_them(home, repositories, heard).listings[0].files[0].path
    kept = duckdb.execute(f"select count(downloads_all_time), count(downloads_in_day) from '{path}'").fetchall()
    assert kept == [(0, 90)]


@pytest.mark.parametrize("kind", ["uinteger", "varchar", "double"])
def test_numbers_of_any_type_are_read(home, repositories, heard, tmp_path, kind):
    falling = f"select {ROWS}, (1000 - 10 * n)::{kind} as downloads from range(90) numbers(n)"
    repositories.commit(REPOSITORY, datetime(2026, 9, 2), downloads_parquet=counters(tmp_path, falling))
    path = home.lake / take_them(home, repositories, heard).listings[0].files[0].path
    assert duckdb.execute(f"select max(downloads_in_day), count(*) from '{path}'").fetchall() == [(1000, 90)]


def test_the_same_counters_are_not_taken_twice(home, repositories, heard, tmp_path):
    repositories.commit(REPOSITORY, datetime(2026, 9, 2), downloads_parquet=counters(tmp_path, TOTALS))
    take_them(home, repositories, heard)
    assert take_them(home, repositories, heard) is None
    assert len(repositories.downloads()) == 1
    assert not (home.path / "archives" / "counters").exists()


@pytest.mark.parametrize(("content", "words"), [(b"cut", "no whole Parquet file"), (None, "the columns a")])
def test_counters_that_cannot_be_read_leave_nothing(home, repositories, heard, tmp_path, content, words):
    content = content or counters(tmp_path, "select 1 as a")
    repositories.commit(REPOSITORY, datetime(2026, 9, 2), downloads_parquet=content)
    with pytest.raises(BadPage, match=words):
        take_them(home, repositories, heard)
    assert Lake(home).manifests() == [] and not list(home.lake.rglob("*.parquet"))


def test_counters_that_are_gone_are_said_to_be(home, repositories, heard):
    with pytest.raises(SourceError, match="are gone, or no longer public"):
        take_them(home, repositories, heard)
