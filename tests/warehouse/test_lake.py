"""The lake: only what changed is added, a run shows whole or not at all, and every state can be had again."""

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import duckdb
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.steps import (
    MODELS,
    at,
    body,
    land_pages,
    open_landing,
    rows,
    state,
    take,
)
from warehouse.errors import CoverageError, LakeError, SourceError
from warehouse.lake.lake import Lake
from warehouse.landing.run import Series
from warehouse.manifest import Manifest
from warehouse.settings import Home

TOP = Series("hub_models", "top", 3)


def model(key: str, downloads: int | None = 1, library: str | None = None, **more: object) -> dict:
    record = {"_id": key, "id": f"a/{key}", "downloads": downloads, "library_name": library} | more
    return {name: value for name, value in record.items() if value is not None}


def seen(home: Home, day: int, series: Series = MODELS) -> dict:
    return {key: (row["library"], row["downloads"]) for key, row in state(home, at(day), series).items()}


def test_a_first_snapshot_is_all_new_and_a_second_adds_only_what_changed(home):
    first = take(home, [model("1"), model("2"), model("3"), model("4")]).listings[0]
    assert (first.added_count, first.changed_count, first.left_count, first.previous_snapshot_at) == (4, 0, 0, None)
    second = take(home, [model("1"), model("2", 7), model("3", library="peft"), model("5")], day=2).listings[0]
    assert (second.added_count, second.changed_count, second.metrics_changed_count, second.left_count) == (1, 1, 1, 1)
    assert second.previous_snapshot_at == at(1)
    new = [row for row in rows(home) if row["snapshot_at"] == at(2)]
    assert [(row["repository_key"], row["library"]) for row in new] == [("3", "peft"), ("5", None)]
    counted = [row for row in rows(home, "metrics") if row["snapshot_at"] == at(2)]
    assert [(row["repository_key"], row["downloads"]) for row in counted] == [("2", 7), ("5", 1)]
    assert rows(home, "departures") == [{"snapshot_at": at(2), "repository_key": "4"}]


def test_every_state_can_be_had_again(home):
    take(home, [model("1", 1), model("2", 2)])
    take(home, [model("2", 3, "peft")], day=2, accept_drop=True)
    take(home, [model("1", 1), model("2", None)], day=3)
    assert seen(home, 1) == {"1": (None, 1), "2": (None, 2)}
    assert seen(home, 2) == {"2": ("peft", 3)}
    assert seen(home, 3) == {"1": (None, 1), "2": (None, None)}


def test_an_unchanged_listing_adds_a_manifest_and_no_file(home):
    listing = [model("1", tags=["a", "b"])]
    take(home, listing)
    entry = take(home, [model("1", tags=["b", "a", "b"])], day=2).listings[0]
    assert (entry.status, entry.row_count, entry.files) == ("ok", 1, ())
    assert [manifest.snapshot_at for manifest in Lake(home).manifests()] == [at(1), at(2)]


def test_null_empty_and_shifted_lists_are_changes(home):
    take(home, [model("1", tags=[]), model("2"), model("3", tags=["a"], models=["x", "y"], datasets=["z"])])
    changed = take(
        home, [model("1"), model("2", tags=[]), model("3", tags=["a"], models=["x"], datasets=["y", "z"])], day=2
    )
    assert changed.listings[0].changed_count == 3


def test_learning_that_cards_are_listed_is_a_change_for_repositories_without_one(home):
    take(home, [model("1"), model("2")])
    entry = take(home, [model("1"), model("2", cardData={})], day=2).listings[0]
    assert entry.changed_count == 2
    assert {key: row["has_card"] for key, row in state(home, at(2)).items()} == {"1": False, "2": True}


def test_coverages_are_series_of_their_own_and_leaving_a_top_list_is_only_a_departure(home):
    take(home, [model("1"), model("2"), model("3")], series=TOP)
    take(home, [model("1"), model("2"), model("3")], day=2)
    entry = take(home, [model("3")], day=3, series=TOP).listings[0]
    assert (entry.coverage, entry.coverage_limit, entry.left_count, entry.row_count) == ("top", 3, 2, 1)
    assert sorted(seen(home, 3)) == ["1", "2", "3"]
    assert sorted(seen(home, 3, TOP)) == ["3"]


def test_an_empty_listing_is_a_fault_and_nobody_counts_as_removed(home):
    take(home, [model("1")])
    with pytest.raises(CoverageError, match="came back empty"):
        take(home, [], day=2)
    assert open_landing(home, day=2).series(MODELS).pages == 0
    assert len(Lake(home).manifests()) == 1
    assert take(home, [model("1")], day=2).listings[0].left_count == 0


def test_a_listing_of_nothing_but_odd_records_counts_as_empty(home):
    with pytest.raises(CoverageError, match="came back empty"):
        take(home, [1, 2, {"id": ""}])


def test_a_full_listing_that_lost_more_than_a_tenth_is_a_fault_unless_it_is_accepted(home):
    take(home, [model(str(number)) for number in range(20)])
    assert take(home, [model(str(number)) for number in range(18)], day=2).listings[0].left_count == 2
    with pytest.raises(CoverageError, match=r"has 16 rows, 18 the time before.*--accept-drop"):
        take(home, [model(str(number)) for number in range(16)], day=3)
    assert len(seen(home, 3)) == 18
    kept = open_landing(home, day=3)
    assert (kept.is_resumed, kept.series(MODELS).is_done) == (True, True)
    assert Lake(home).commit(kept.finish(), finished_at=at(3), accept_drop=True).listings[0].left_count == 2


def test_a_series_that_has_not_ended_is_not_published(home):
    landing = open_landing(home)
    landing.series(MODELS).add_page(body([model("1")]), url="u1", next_url="u2")
    with pytest.raises(SourceError, match="not been read to its end; 1 pages are kept"):
        Lake(home).commit(landing.finish(), finished_at=at(1))
    assert open_landing(home).series(MODELS).next_url == "u2"


def test_a_run_that_landed_nothing_is_not_published(home):
    landing = open_landing(home)
    landing.mark(MODELS, status="failed", reason="HTTP 500")
    with pytest.raises(CoverageError, match="no listing at all"):
        Lake(home).commit(landing.finish(), finished_at=at(1))


def test_simulated_and_real_history_never_share_a_lake(home):
    take(home, [model("1")])
    landing = open_landing(home, day=2)
    landing.is_simulated = True
    land_pages(landing, [body([model("1")])])
    with pytest.raises(LakeError, match="holds real history and the run is simulated"):
        Lake(home).commit(landing.finish(), finished_at=at(2))
    assert len(Lake(home).manifests()) == 1


def test_a_late_snapshot_is_set_against_its_own_day_and_later_states_stay_what_they_were(home):
    take(home, [model("1", 1), model("2", 2), model("3", 3)])
    take(home, [model("1", 1), model("2", 9, "peft"), model("4", 4)], day=5)
    late = take(home, [model("1", 7, "onnx"), model("2", 9, "peft"), model("5", 5)], day=3, accept_drop=True).listings[
        0
    ]
    assert (late.previous_snapshot_at, late.added_count, late.changed_count, late.left_count) == (at(1), 1, 2, 1)
    assert seen(home, 1) == {"1": (None, 1), "2": (None, 2), "3": (None, 3)}
    assert seen(home, 3) == {"1": ("onnx", 7), "2": ("peft", 9), "5": (None, 5)}
    assert seen(home, 5) == {"1": (None, 1), "2": ("peft", 9), "4": (None, 4)}
    assert take(home, [model("1", 1), model("2", 9, "peft"), model("4", 4)], day=6).listings[0].files == ()


def take_both(home: Home, day: int, whole: Sequence[dict], top: Sequence[dict]) -> Manifest:
    landing = open_landing(home, day)
    land_pages(landing, [body(whole)])
    land_pages(landing, [body(top)], TOP)
    return Lake(home).commit(landing.finish(), finished_at=at(day, 13), accept_drop=True)


def test_a_series_that_begins_does_not_hide_the_past_of_the_next_one_of_its_run(home):
    take(home, [model("1"), model("2")], series=TOP)
    top = take_both(home, 2, [model("1"), model("2")], [model("1")]).entry("hub_models", "top")
    assert top and (top.added_count, top.left_count) == (0, 1)
    assert set(seen(home, 2, TOP)) == {"1"}


def test_a_late_series_does_not_hide_the_past_of_the_next_one_of_its_run(home):
    take_both(home, 1, [model("1")], [model("2"), model("3")])
    take_both(home, 3, [model("1")], [model("3")])
    take(home, [model("1")], day=5)
    take_both(home, 2, [model("1")], [model("3")])
    take_both(home, 4, [model("1")], [model("4")])
    assert {day: set(seen(home, day, TOP)) for day in range(1, 6)} == {
        1: {"2", "3"},
        2: {"3"},
        3: {"3"},
        4: {"4"},
        5: {"4"},
    }
    described = [(row["repository_key"], row["snapshot_at"]) for row in rows(home, series=TOP)]
    assert described == [("2", at(1)), ("3", at(1)), ("4", at(4))]


KEYS = st.sampled_from("abcd")
VALUES = st.tuples(st.sampled_from([None, "peft", "onnx"]), st.sampled_from([None, 0, 1, 2]))
LISTINGS = st.dictionaries(KEYS, VALUES, min_size=1)


@settings(max_examples=6, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(listings=st.lists(LISTINGS, min_size=2, max_size=4), order=st.randoms(use_true_random=False))
def test_whatever_lands_in_whatever_order_every_state_is_the_listing_that_landed(tmp_path_factory, listings, order):
    home = Home(tmp_path_factory.mktemp("lake"))
    days = list(range(1, len(listings) + 1))
    order.shuffle(days)
    for day in days:
        records = [model(key, downloads, library) for key, (library, downloads) in listings[day - 1].items()]
        take(home, records, day=day, accept_drop=True)
    for day, listing in enumerate(listings, 1):
        assert seen(home, day) == listing
    for table in ("attributes", "metrics", "departures"):
        stamps = [(row["repository_key"], row["snapshot_at"]) for row in rows(home, table)]
        assert len(stamps) == len(set(stamps))
    assert Lake(home).verify() == []


@pytest.mark.parametrize("harm", ["missing", "cut", "of another version"])
def test_the_kept_state_may_be_lost_and_is_then_summed_up_from_the_lake(home, harm):
    take(home, [model("1", tags=["a"]), model("2", 5)])
    (kept,) = (home.lake / "state").rglob("*.parquet")
    if harm == "missing":
        kept.unlink()
    elif harm == "cut":
        kept.write_bytes(kept.read_bytes()[:-40])
    else:
        duckdb.execute("create table kept as from read_parquet($1)", [str(kept)])
        duckdb.execute(f"copy (select * replace (1::ubigint as fingerprint) from kept) to '{kept}'")
        duckdb.execute("drop table kept")
    entry = take(home, [model("1", tags=["a"]), model("2", 6)], day=2).listings[0]
    assert (entry.added_count, entry.changed_count, entry.metrics_changed_count, entry.left_count) == (0, 0, 1, 0)
    assert [path.stem for path in (home.lake / "state").rglob("*.parquet")] == ["20260302T120000Z"]


def test_what_a_killed_run_left_in_the_lake_is_ignored_and_then_cleared(home):
    take(home, [model("1")])
    folder = home.lake / "hub_models" / "coverage=full" / "run=20260302T000000Z"
    folder.mkdir()
    (folder / "attributes.parquet").write_bytes(b"half")
    (home.lake / "manifests" / "20260302T000000Z.json.tmp").write_bytes(b"{")
    assert Lake(home).verify() == []
    assert len(rows(home)) == 1
    take(home, [model("1", 2)], day=3)
    assert not folder.exists()
    assert not list(home.lake.rglob("*.tmp"))


def test_a_run_that_fails_at_its_second_listing_leaves_nothing_of_the_first(home):
    take(home, [model("1")])
    before = {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()}
    landing = open_landing(home, day=2)
    land_pages(landing, [body([model("1", 5)])])
    land_pages(landing, [body([])], Series("hub_spaces"))
    with pytest.raises(CoverageError, match="hub_spaces"):
        Lake(home).commit(landing.finish(), finished_at=at(2))
    assert {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()} == before
    kept = open_landing(home, day=2)
    assert (kept.series(MODELS).is_done, kept.series(Series("hub_spaces")).is_done) == (True, False)


def test_verify_names_every_difference_between_the_manifests_and_the_disk(home):
    take(home, [model("1")])
    take(home, [model("1", 2, "peft"), model("2")], day=2)
    lake = Lake(home)
    assert lake.verify() == []
    first, second = (home.lake / "hub_models" / "coverage=full" / f"run=2026030{day}T120000Z" for day in (1, 2))
    (first / "attributes.parquet").unlink()
    content = bytearray((first / "metrics.parquet").read_bytes())
    content[20] ^= 1
    (first / "metrics.parquet").write_bytes(content)
    (second / "metrics.parquet").write_bytes(b"PAR1")
    (home.lake / "manifests" / "20260309T000000Z.json").write_text("{")
    problems = lake.verify()
    assert [problem.split(": ")[0].split("coverage=full/")[-1] for problem in problems] == [
        "run=20260301T120000Z/attributes.parquet",
        "run=20260301T120000Z/metrics.parquet",
        "run=20260302T120000Z/metrics.parquet",
        "manifests/20260309T000000Z.json",
    ]
    assert "missing" in problems[0]
    with pytest.raises(LakeError, match=r"20260309T000000Z\.json is damaged"):
        lake.manifests()


def test_a_manifest_of_a_later_version_is_read_without_what_it_adds(home):
    manifest = take(home, [model("1"), 7])
    data = json.loads(manifest.to_json())
    data["mood"] = "fine"
    data["listings"][0]["rejected"][0]["colour"] = "red"
    data["listings"][0]["files"][0]["codec"] = "zstd"
    assert Manifest.from_json(json.dumps(data)) == manifest


def test_a_manifest_says_what_the_run_asked_for_and_got(home):
    landing = open_landing(home)
    land_pages(landing, [body([model("1"), model("2")]), body([model("2"), "odd"])])
    manifest = Lake(home).commit(landing.finish(), finished_at=at(1, 13))
    (entry,) = manifest.listings
    assert (manifest.run_id, manifest.snapshot_at, manifest.finished_at) == ("20260301T120000Z", at(1), at(1, 13))
    assert (manifest.profile, manifest.endpoint, manifest.is_simulated) == (landing.profile, landing.endpoint, False)
    assert (entry.requests, entry.pages, entry.record_count, entry.row_count, entry.duplicate_count) == (2, 2, 4, 2, 1)
    assert entry.bytes == len(body([model("1"), model("2")])) + len(body([model("2"), "odd"]))
    assert [file.path.split("/")[-1] for file in entry.files] == ["attributes.parquet", "metrics.parquet"]
    assert [file.rows for file in entry.files] == [2, 2]
    assert not landing.folder.exists()


COMMIT = """
import sys
from datetime import datetime
from pathlib import Path
from warehouse.lake.lake import Lake
from warehouse.landing.run import Landing
from warehouse.settings import Home
{before}
home = Home(Path(sys.argv[1]))
landing = Landing.open(home, profile="full", endpoint="http://127.0.0.1:1/api", now=datetime(2026, 3, 2, 12))
print("begin", flush=True)
Lake(home).commit(landing.finish(), finished_at=datetime(2026, 3, 2, 13))
print("end", flush=True)
"""


def _land_a_day(home: Home, records: Sequence[dict]) -> None:
    landing = open_landing(home, day=2)
    land_pages(landing, [body(records[start : start + 500]) for start in range(0, len(records), 500)])


def _commit_elsewhere(home: Home, before: str = "") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", COMMIT.format(before=before), home.path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_run_killed_at_any_moment_of_publishing_shows_whole_or_not_at_all_and_can_go_on(home):
    take(home, [model(str(number)) for number in range(1000)])
    tomorrow = [model(str(number), number, "peft", tags=["x" * 90] * 3) for number in range(500, 3000)]
    patience = random.Random(3)
    published = 0
    for _ in range(8):
        _land_a_day(home, tomorrow) if not open_landing(home, day=2).is_resumed else None
        commit = _commit_elsewhere(home)
        assert commit.stdout.readline() == "begin\n"
        time.sleep(patience.uniform(0, 0.25))
        commit.send_signal(signal.SIGKILL)
        commit.communicate()
        lake = Lake(home)
        published = len(lake.manifests()) - 1
        assert lake.verify() == []
        assert len(seen(home, 2)) == (2500 if published else 1000)
        if published:
            break
    if not published:
        assert (
            Lake(home)
            .commit(open_landing(home, day=2).finish(), finished_at=at(2, 13), accept_drop=True)
            .listings[0]
            .row_count
            == 2500
        )
    assert seen(home, 2) == {str(number): ("peft", number) for number in range(500, 3000)}


def test_a_full_disk_leaves_the_lake_as_it_was_and_the_pages_for_another_try(home):
    """The operating system's limit on the size of a file stands in for a full disk."""
    take(home, [model("1")])
    scatter = random.Random(1)
    _land_a_day(home, [model(str(number), tags=[f"{scatter.random()}"]) for number in range(3000)])
    before = sorted(path for path in home.lake.rglob("*") if path.is_file())
    commit = _commit_elsewhere(home, "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))")
    _, complaint = commit.communicate()
    assert "warehouse.errors.LakeError" in complaint
    assert "make room and run again" in complaint
    assert sorted(path for path in home.lake.rglob("*") if path.is_file()) == before
    assert Lake(home).verify() == []
    landing = open_landing(home, day=2)
    assert Lake(home).commit(landing.finish(), finished_at=at(2, 13)).listings[0].row_count == 3000
