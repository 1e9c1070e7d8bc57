"""Merging: fewer files, the same rows, the same marts, and whoever still reads the old files keeps them."""

import pytest
from click.testing import CliRunner

from tests.warehouse import steps
from tests.warehouse.marts import MODELS, OPENAI, TOP, built, everything, model, openai_list, take_run
from tests.warehouse.steps import at, state
from warehouse.commands import compact as compact_command
from warehouse.errors import LakeError
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home
from warehouse.upkeep import compact as merging
from warehouse.upkeep.compact import compact
from warehouse.upkeep.verify import verify_marts

MARCH, APRIL, MAY = (1, 8, 20), (35, 42), (62, 63)
TABLES = ("attributes", "metrics", "departures")


def quiet(_: str) -> None:
    pass


def listings(day: int) -> dict:
    """Every listing differs from the one before, and each third repository leaves."""
    listed = [model(f"m{key}", day * key, tags=[f"tag-{day % key}"]) for key in range(1, 7) if (key + day) % 3]
    return {MODELS: listed, TOP: listed[:3], OPENAI: openai_list(f"gpt-{day}")}


@pytest.fixture
def spring(home: Home) -> Home:
    """Seven snapshots in three months, of which the last is not over."""
    for day in (*MARCH, *APRIL, *MAY):
        take_run(home, day, listings(day))
    build(home)
    return home


def files(home: Home) -> list[str]:
    return [file.path for manifest in Lake(home).manifests() for entry in manifest.listings for file in entry.files]


def lake_rows(home: Home) -> list[list[dict]]:
    return [steps.rows(home, table, series) for series in (MODELS, TOP, OPENAI) for table in TABLES]


def states(home: Home) -> list[dict]:
    return [
        {key: row["downloads"] for key, row in state(home, manifest.snapshot_at).items()}
        for manifest in Lake(home).manifests()
    ]


def test_each_month_that_is_over_lies_in_one_file_a_table_with_the_same_rows(spring):
    rows_before, files_before = lake_rows(spring), files(spring)
    assert compact(spring, quiet)
    assert lake_rows(spring) == rows_before
    merged = [file for file in files(spring) if file.startswith("hub_models/coverage=full") and "attributes" in file]
    assert [file.split("run=")[1][:15] for file in merged] == [
        f"{at(day):%Y%m%dT%H%M%S}" for day in (MARCH[0], APRIL[0], *MAY)
    ]
    assert set(files(spring)) & set(files_before) == {file for file in files_before if "run=202605" in file}
    assert Lake(spring).verify() == []


def test_the_marts_stay_the_same(spring):
    before = everything(spring, without=("build_meta", "lake_files"))
    compact(spring, quiet)
    assert everything(spring, without=("build_meta", "lake_files")) == before
    assert verify_marts(spring, quiet) == []


def test_a_second_time_has_nothing_to_merge(spring):
    compact(spring, quiet)
    before = files(spring)
    assert not compact(spring, quiet)
    assert files(spring) == before


def test_a_snapshot_that_lands_later_changes_no_other_and_is_merged_in_one_go(spring):
    compact(spring, quiet)
    before = states(spring)
    take_run(spring, 25, listings(25))  # its successor, which it must leave as it is, is of the next month
    build(spring)
    after = states(spring)
    assert [found for number, found in enumerate(after) if number != len(MARCH)] == before
    assert compact(spring, quiet) and not compact(spring, quiet)
    assert states(spring) == after
    assert verify_marts(spring, quiet) == []


def test_who_has_an_older_build_open_still_finds_the_rows_it_reads(spring):
    reader = open_current(spring)
    before = reader.run_sql("select count(*) as n from history")["n"].tolist()
    compact(spring, quiet)
    assert reader.run_sql("select count(*) as n from history")["n"].tolist() == before
    for day in (64, 65):
        take_run(spring, day, listings(day))
        build(spring)
    on_disk = {path.relative_to(spring.lake).as_posix() for path in spring.lake.glob("*/coverage=*/run=*/*.parquet")}
    assert on_disk == set(files(spring))


def test_files_that_lack_a_row_are_never_taken_over(spring, monkeypatch):
    before = {path: path.read_bytes() for path in spring.lake.rglob("*") if path.is_file()}
    monkeypatch.setattr(merging, "write_months", lambda *_: {})  # the disk took nothing
    with pytest.raises(LakeError, match="do not hold what the old ones do"):
        compact(spring, quiet)
    assert {path: path.read_bytes() for path in spring.lake.rglob("*") if path.is_file()} == before


def test_the_command_says_what_it_saved_and_the_next_time_that_there_is_nothing(spring, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(spring.path))
    told = CliRunner().invoke(compact_command)
    assert told.exit_code == 0 and "The lake was 49 files, 0.1 MB; it is 32 files" in told.stderr
    assert CliRunner().invoke(compact_command).stdout.startswith("Nothing to merge")


def test_a_lake_of_one_month_is_left_alone(home):
    built(home, listings(1), listings(2))
    before = files(home)
    assert not compact(home, quiet)
    assert files(home) == before
