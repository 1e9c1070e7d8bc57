"""The build: incremental, checked, published in one step."""

import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.marts import DATASETS, MODELS, SPACES, TOP, built, everything, model, rows, space, take_run, values
from warehouse.builds import current_build
from warehouse.errors import BuildError, NoWarehouse
from warehouse.marts import build as building
from warehouse.marts import plan
from warehouse.marts.build import build
from warehouse.read import open_current
from warehouse.relations import read_relations
from warehouse.settings import Home


def test_an_empty_lake_is_not_built(home):
    with pytest.raises(NoWarehouse, match="hubscope collect"):
        build(home)
    assert not home.builds.exists()


def test_building_twice_makes_one_build(home):
    first = built(home, {MODELS: [model("m")]})
    again = build(home)
    assert (again.build_id, again.path, again.snapshots_added) == (first.build_id, first.path, 0)


def test_a_second_run_costs_only_its_own_snapshots(home):
    built(home, {MODELS: [model("m")], DATASETS: [model("d")]})
    take_run(home, 2, {MODELS: [model("m", 5)], DATASETS: [model("d")]})
    assert build(home).snapshots_added == 2
    assert values(home, "select downloads_30d from population where kind = 'model' order by snapshot_at") == [0, 5]


def test_the_current_build_and_the_one_before_are_kept_and_no_other(home):
    made = []
    for day in (1, 2, 3):
        take_run(home, day, {MODELS: [model("m", day)]})
        made.append(build(home).path)
    assert sorted(path.name for path in home.builds.iterdir()) == sorted(["CURRENT", made[1].name, made[2].name])


def test_a_reader_of_an_older_build_keeps_its_answer_while_a_new_one_is_published(home):
    built(home, {MODELS: [model("m", 1)]})
    before = open_current(home)
    take_run(home, 2, {MODELS: [model("m", 2)]})
    build(home)
    total = "select sum(downloads)::int as n from repositories"
    assert before.run_sql(total)["n"].tolist() == [1]
    assert open_current(home).run_sql(total)["n"].tolist() == [2]


def test_a_build_killed_while_it_writes_leaves_the_published_one(home):
    published = built(home, {MODELS: [model("m", 1)]})
    take_run(home, 2, {MODELS: [model("m", 2)]})
    script = """
import os, sys
from pathlib import Path
from warehouse.marts import build as building
from warehouse.settings import Home
building.check = lambda *_: os.kill(os.getpid(), 9)
building.build(Home(Path(sys.argv[1])))
"""
    killed = subprocess.run([sys.executable, "-c", script, str(home.path)], check=False)
    assert killed.returncode == -9
    assert current_build(home) == published.path
    assert values(home, "select downloads from repositories") == [1]
    build(home)
    assert values(home, "select downloads from repositories") == [2]
    assert not [path for path in home.builds.iterdir() if path.name.startswith("unpublished")]


def test_a_build_that_fails_a_check_is_not_published_and_says_what_is_wrong(home, monkeypatch, tmp_path):
    published = built(home, {MODELS: [model("m")]})
    take_run(home, 2, {MODELS: [model("m", 3)]})
    sql = shutil.copytree(building.SQL, tmp_path / "sql")
    (sql / "checks" / "nothing_is_downloaded.sql").write_text(
        "-- Nothing is downloaded.\nfrom population where downloads_30d > 0"
    )
    monkeypatch.setattr("warehouse.marts.checks.SQL", sql)
    with pytest.raises(BuildError, match=r"Nothing is downloaded.*kind = model"):
        build(home)
    assert current_build(home) == published.path
    assert [path.name for path in home.builds.glob("unpublished*")] == []


@pytest.mark.parametrize(
    ("mart", "stated", "complaint"),
    [
        (
            "population",
            {"grain": ("kind", "coverage")},
            r"population: more than one row for kind = model, coverage = full",
        ),
        ("growth", {"nullable": frozenset()}, r"growth: a row without its key, .*created_month = None"),
    ],
)
def test_a_mart_whose_rows_its_grain_does_not_name_is_not_published(home, monkeypatch, mart, stated, complaint):
    for day in (1, 2):
        take_run(home, day, {MODELS: [model("m", day), model("undated", createdAt=None)]})
    relations = tuple(replace(found, **stated) if found.name == mart else found for found in read_relations())
    monkeypatch.setattr(building, "read_relations", lambda: relations)
    with pytest.raises(BuildError, match=complaint):
        build(home)
    with pytest.raises(NoWarehouse):
        current_build(home)


def test_a_changed_rule_rebuilds_the_whole_history(home, monkeypatch):
    built(home, {MODELS: [model("m")]}, {MODELS: [model("m", 2)]})
    monkeypatch.setattr(building, "_fingerprint", lambda: "other rules")
    assert build(home).snapshots_added == 2


@pytest.mark.parametrize("damage", ["missing", "cut"])
def test_a_lost_or_damaged_build_is_made_again_from_the_lake(home, damage):
    published = built(home, {MODELS: [model("m", 7)]})
    if damage == "missing":
        published.path.unlink()
    else:
        os.truncate(published.path, 100)
    assert build(home).snapshots_added == 1
    assert values(home, "select downloads from repositories") == [7]


def test_readers_in_other_threads_never_meet_a_half_published_build(home):
    built(home, {MODELS: [model("m", 1)]})
    stop, seen, faults = threading.Event(), set(), []

    def read() -> None:
        while not stop.is_set():
            try:
                seen.add(int(open_current(home).query("population", **AT_DAY_1)["downloads_30d"].iloc[0]))
            except Exception as fault:
                faults.append(fault)

    AT_DAY_1 = {"kind": "model", "coverage": "full", "snapshot_at": open_current(home).newest_snapshot_at}
    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for day in (2, 3):
        take_run(home, day, {MODELS: [model("m", day)]})
        build(home)
    stop.set()
    for reader in readers:
        reader.join()
    assert (seen, faults) == ({1}, [])


def test_marts_are_the_same_however_the_history_is_portioned(home, monkeypatch):
    for day in range(1, 6):
        listed = [model(f"m{key}", day * key, likes=key) for key in range(8) if (key + day) % 4]
        take_run(home, day, {MODELS: listed, TOP: listed[:3], SPACES: [space("s", day, models=["a/m1"])]})
    build(home)
    at_once = everything(home)
    shutil.rmtree(home.builds)
    monkeypatch.setattr(plan, "PORTION", 1)
    assert build(home).snapshots_added == 15
    assert everything(home) == at_once


LICENCES = ("license:mit", "license:apache-2.0")
A_LISTING = st.dictionaries(
    st.sampled_from("abcde"), st.tuples(st.integers(0, 3), st.sampled_from([0, *LICENCES])), min_size=1, max_size=5
)


def _records(listing):
    return [
        model(
            key,
            downloads,
            tags=[licence] if licence else [],
            createdAt=f"2025-0{1 + 'abcde'.index(key)}-02T00:00:00.000Z",
            pipeline_tag="fill-mask" if key == "a" else None,
            baseModels=None if key < "c" else {"relation": "finetune", "models": [{"_id": "a", "id": "a/a"}]},
        )
        for key, (downloads, licence) in listing.items()
    ]


@settings(
    max_examples=6,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),  # one example takes seconds: no time to shrink it
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    history=st.lists(st.tuples(A_LISTING, A_LISTING), min_size=2, max_size=4),
    order=st.randoms(use_true_random=False),
    skipped=st.sets(st.integers(0, 3)),
)
def test_any_order_of_snapshots_and_builds_gives_the_marts_of_a_rebuild(tmp_path_factory, history, order, skipped):
    home = Home(tmp_path_factory.mktemp("home"))
    days = list(enumerate(history))
    order.shuffle(days)
    for number, (whole, top) in days:
        listings = {MODELS: _records(whole), SPACES: [space("s", number, models=["a/a", "a/b"])]}
        if number not in skipped:
            listings[TOP] = _records(top)
        take_run(home, number + 1, listings)
        if order.random() < 0.7:
            build(home)
    build(home)
    incremental = everything(home)
    shutil.rmtree(home.builds)
    build(home)
    rebuilt = everything(home)
    for table, expected in rebuilt.items():
        assert incremental[table] == expected, table


def test_the_published_file_holds_marts_only_and_needs_no_other_file(home):
    made = built(home, {MODELS: [model("m")]})
    moved = made.path.rename(home.path / "alone.duckdb")
    with duckdb.connect(moved, read_only=True) as connection:
        assert connection.execute("select count(*) from repositories").fetchone() == (1,)
        names = {name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()}
    assert not {name for name in names if name.startswith(("lake_attributes", "carried", "next_", "steps"))}
    assert rows
