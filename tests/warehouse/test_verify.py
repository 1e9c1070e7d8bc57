"""Verification: whatever differs between manifests, files and marts is named, and nothing is changed."""

import duckdb
import pytest
from click.testing import CliRunner

from tests.warehouse.marts import MODELS, OPENAI, SPACES, built, model, openai_list, space, take_run
from warehouse.builds import current_build
from warehouse.commands import verify
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home


@pytest.fixture
def spring(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Three runs, built; the command finds them."""
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    built(home, *(listings(day) for day in (1, 2, 3)))
    return home


def listings(day: int) -> dict:
    return {
        MODELS: [model("a", day, tags=["license:mit"]), model(f"b{day}", 5)],
        SPACES: [space("s", day)],
        OPENAI: openai_list("gpt-1", f"gpt-{day}"),
    }


def differences() -> list[str]:
    """What the command prints of them; it ends with 4 if there are any."""
    told = CliRunner().invoke(verify)
    found = [line for line in told.stdout.splitlines() if not line.endswith(("as published", "what the lake says"))]
    assert told.exit_code == 0 if not found else told.exception.exit_code == 4
    return found


def tamper(home: Home, sql: str) -> None:
    with duckdb.connect(current_build(home)) as connection:
        connection.execute(sql)


def a_file(home: Home, table: str = "metrics"):
    return sorted(home.lake.glob(f"hub_models/coverage=full/run=*/{table}.parquet"))[0]


def test_a_sound_home_has_no_difference_and_is_not_changed(spring):
    before = {path: path.read_bytes() for path in spring.lake.rglob("*") if path.is_file()}
    assert differences() == []
    assert {path: path.read_bytes() for path in spring.lake.rglob("*") if path.is_file()} == before


def test_a_file_with_other_bytes_is_named(spring):
    path = a_file(spring)
    path.write_bytes(path.read_bytes().replace(b"PAR1", b"PAR2"))
    (found,) = differences()
    assert found.startswith(path.relative_to(spring.lake).as_posix()) and "not the bytes that were published" in found


def test_a_missing_file_is_named(spring):
    path = a_file(spring)
    path.unlink()
    assert differences() == [f"{path.relative_to(spring.lake).as_posix()}: missing"]


def test_a_missing_manifest_is_named_as_long_as_a_build_remembers_its_run(spring):
    (spring.lake / "manifests" / "20260302T120000Z.json").unlink()
    assert differences() == ["manifests/20260302T120000Z.json: missing, the current build was made with it"]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "update population set downloads_30d = downloads_30d + 1 where kind = 'model' and snapshot_at = '2026-03-02 12:00'",
            "hub_models (full) 2026-03-02 12:00:00: downloads_30d 8 in the marts, 7 in the lake",
        ),
        (
            "update population set repository_count = 9 where kind = 'space' and snapshot_at = '2026-03-01 12:00'",
            "hub_spaces (full) 2026-03-01 12:00:00: repository_count 9 in the marts, 1 in the lake",
        ),
        (
            "update listed_repositories set licences = ['gpl-3.0'] where id = 'a/a'",
            "hub_models (full) 2026-03-03 12:00:00: 1 repositories differ from the lake, as a",
        ),
        ("delete from openai_changes where model_id = 'gpt-2'", "openai_models: 2 rows in the marts, 4 in the lake"),
    ],
)
def test_a_mart_with_other_numbers_than_the_lake_is_named(spring, sql, words):
    tamper(spring, sql)
    assert differences() == [words]


def test_a_run_that_is_not_built_yet_is_no_difference_and_is_told(spring):
    take_run(spring, 4, listings(4))
    told = CliRunner().invoke(verify)
    assert told.exit_code == 0
    assert "1 runs are not in the current build yet; run `hubscope build`" in told.stderr


@pytest.mark.parametrize("harm", ["alter table population drop column likes", "drop table listed_repositories cascade"])
def test_a_build_of_an_older_hubscope_is_told_to_be_made_anew(spring, harm):
    tamper(spring, harm)
    (found,) = differences()
    assert "made by an older hubscope" in found and "hubscope build" in found


def test_a_build_that_cannot_be_read_is_named(spring):
    current_build(spring).write_bytes(b"no database")
    (found,) = differences()
    assert "cannot be read" in found
    build(spring)
    assert differences() == []


def test_before_the_first_build_only_the_lake_is_looked_at(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    take_run(home, 1, listings(1))
    told = CliRunner().invoke(verify)
    assert (told.exit_code, "nothing is published yet" in told.stderr) == (0, True)
    assert Lake(home).verify() == []
