"""Names read from files are held to their form before they are used as paths, and nothing happens through a symbolic link."""

import json
import shutil

import pytest

from tests.warehouse.marts import MODELS, built, model, take_run
from warehouse.errors import LakeError, NoWarehouse
from warehouse.files import write_atomically
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing, Series
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.settings import Home


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "home")
    built(home, {MODELS: [model("a", 1)]})
    return home


@pytest.fixture
def outside(tmp_path):
    """A folder that is not the home's, with one file of somebody else."""
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "attributes.parquet").write_text("theirs", encoding="utf-8")
    return folder


def _is_as_it_was(outside) -> bool:
    return [path.name for path in outside.iterdir()] == ["attributes.parquet"] and (
        outside / "attributes.parquet"
    ).read_text(encoding="utf-8") == "theirs"


def _manifest(home: Home) -> dict:
    return json.loads(next(home.lake.glob("manifests/*.json")).read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "run_id", ["../../../outside/ESCAPED", "{outside}/ESCAPED", "..", "", "20260301T120000Z/../x", "20260301T120000Z\n"]
)
def test_a_switch_that_names_no_run_is_refused_and_writes_nothing(home, outside, run_id):
    named = run_id.format(outside=outside)
    text = json.dumps(_manifest(home) | {"run_id": named})
    (home.lake / "switch.json").write_text(json.dumps({named: text}), encoding="utf-8")
    with pytest.raises(LakeError, match="is damaged"):
        Lake(home).finish_switch()
    assert _is_as_it_was(outside)


@pytest.mark.parametrize("journal", ['{"20260301T120000Z": "text"}', '{"20260301T120000Z": 1}', "[1]", "{", '"x"'])
def test_a_switch_that_holds_no_manifests_is_refused(home, journal):
    (home.lake / "switch.json").write_text(journal, encoding="utf-8")
    with pytest.raises(LakeError, match="is damaged"):
        Lake(home).finish_switch()
    assert Lake(home).path.joinpath("switch.json").exists()


def test_a_switch_speaks_of_the_runs_that_it_names(home):
    (home.lake / "switch.json").write_text(
        json.dumps({"20260309T120000Z": json.dumps(_manifest(home))}), encoding="utf-8"
    )
    with pytest.raises(LakeError, match="another run"):
        Lake(home).finish_switch()


@pytest.mark.parametrize(
    "path",
    [
        "../secret.parquet",
        "/etc/passwd",
        "hub_models/coverage=full/run=20260301T120000Z/../../../../secret.parquet",
        "hub_models/coverage=../run=20260301T120000Z/metrics.parquet",
        "manifests/20260301T120000Z.json",
    ],
)
def test_a_manifest_that_names_a_file_elsewhere_is_damaged(home, path):
    manifest = _manifest(home)
    manifest["listings"][0]["files"][0]["path"] = path
    at = next(home.lake.glob("manifests/*.json"))
    at.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(LakeError, match="no file of the lake"):
        Lake(home).manifests()
    assert "damaged" in Lake(home).verify()[0]


def test_a_manifest_under_another_runs_name_is_damaged(home):
    at = next(home.lake.glob("manifests/*.json"))
    at.rename(at.with_name("20260309T120000Z.json"))
    with pytest.raises(LakeError, match="is damaged"):
        Lake(home).manifests()


@pytest.mark.parametrize("named", ["../../outside/x.duckdb", "/etc/passwd", "", "x.duckdb", "unpublished-1.duckdb"])
def test_a_pointer_that_names_no_build_opens_nothing_and_is_mended_by_a_build(home, named):
    (home.builds / "CURRENT").write_text(named, encoding="utf-8")
    with pytest.raises(NoWarehouse, match="hubscope build"):
        open_current(home)
    build(home)
    assert open_current(home).newest_snapshot_at


@pytest.mark.parametrize("change", [{"waiting": [["../../x", "u", 1]]}, {"chunk_count": "../../../x"}])
def test_a_cursor_that_names_no_pages_of_ours_is_forgotten(home, change):
    landing = Landing.open(home, profile="full", endpoint="http://hub", now=open_current(home).newest_snapshot_at)
    landed = landing.series(Series("hub_models"))
    landed.add_page(b'[{"id": "a/b"}]', url="http://hub/1", next_url="http://hub/2")
    cursor = landed.folder / "cursor.json"
    cursor.write_text(json.dumps(json.loads(cursor.read_text(encoding="utf-8")) | change), encoding="utf-8")
    again = landing.series(Series("hub_models"))
    assert (again.pages, again.next_url, again.chunks) == (0, None, [])


def test_what_lies_behind_a_link_in_the_lake_is_not_removed(home, outside):
    (home.lake / "hub_models" / "coverage=full" / "run=19990101T000000Z").symlink_to(outside)
    (home.lake / "state" / "hub_models").mkdir(parents=True, exist_ok=True)
    (home.lake / "state" / "hub_models" / "elsewhere").symlink_to(outside)
    ours = next((home.lake / "hub_models" / "coverage=full").glob("run=2026*"))
    (ours / "left.parquet").symlink_to(outside / "attributes.parquet")
    (ours / "a folder").mkdir()
    Lake(home).clear_leftovers()
    assert _is_as_it_was(outside)
    assert not (ours / "left.parquet").is_symlink()


def test_no_run_is_written_through_a_link(home, outside):
    shutil.rmtree(home.lake / "hub_models")
    (home.lake / "hub_models").symlink_to(outside)
    with pytest.raises(LakeError, match="symbolic link"):
        take_run(home, 2, {MODELS: [model("a", 2)]})
    assert _is_as_it_was(outside)


def test_the_lake_itself_may_be_a_link_to_a_larger_disk(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "lake").symlink_to(tmp_path / "disk")
    home = Home(tmp_path / "home")
    built(home, {MODELS: [model("a", 1)]}, {MODELS: [model("a", 2)]})
    assert len(Lake(home).manifests()) == 2


def test_a_file_is_replaced_and_never_what_a_link_in_its_place_points_to(tmp_path, outside):
    theirs = outside / "attributes.parquet"
    (tmp_path / "CURRENT").symlink_to(theirs)
    (tmp_path / "CURRENT.tmp").symlink_to(theirs)
    write_atomically(tmp_path / "CURRENT", b"ours")
    assert (tmp_path / "CURRENT").read_bytes() == b"ours"
    assert not (tmp_path / "CURRENT").is_symlink()
    assert _is_as_it_was(outside)


def test_a_landing_behind_a_link_is_no_landing(home, outside):
    now = open_current(home).newest_snapshot_at
    real = Landing.open(home, profile="full", endpoint="http://hub", now=now)
    real.series(Series("hub_models")).add_page(b'[{"id": "a/b"}]', url="http://hub/1", next_url="http://hub/2")
    shutil.rmtree(real.folder / "hub_models.full")
    (real.folder / "hub_models.full").symlink_to(outside)
    again = Landing.open(home, profile="full", endpoint="http://hub", now=now)
    assert not again.is_resumed
    assert _is_as_it_was(outside)


def test_an_unpublished_build_that_is_a_link_is_cleared_alone(home, outside):
    (home.builds / "unpublished-1.duckdb").symlink_to(outside)
    take_run(home, 2, {MODELS: [model("a", 2)]})
    build(home)
    assert _is_as_it_was(outside)
    assert not list(home.builds.glob("unpublished-*"))
