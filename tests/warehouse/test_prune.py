"""Pruning: the snapshots that are kept stay exactly what they were, and what was seen in between keeps its date."""

import shutil
from datetime import date, datetime, timedelta

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.warehouse.marts import (
    MODELS,
    OPENAI,
    SPACES,
    TOP,
    everything,
    model,
    openai_list,
    rows,
    space,
    take_run,
    values,
)
from tests.warehouse.steps import at, in_lake, state
from warehouse.commands import prune as prune_command
from warehouse.lake.lake import Lake
from warehouse.marts.build import build
from warehouse.settings import Home
from warehouse.upkeep import rewrite as upkeep
from warehouse.upkeep.compact import compact
from warehouse.upkeep.prune import Retention, prunable, prune
from warehouse.upkeep.verify import verify_marts

MONTHLY = Retention(1, 1)
NOW = date(2026, 6, 1)
"""Long after the snapshots of these tests, which begin on the first of March."""


def quiet(_: str) -> None:
    pass


def listing(*keys: str, downloads: int = 0) -> dict:
    return {MODELS: [model(key, downloads) for key in keys]}


def pruned(home: Home, *runs: dict, days: tuple[int, ...] = ()) -> None:
    """Runs of the days 1, 2, … (or of `days`), built, and but the first and the last of them pruned."""
    for day, listings in zip(days or range(1, len(runs) + 1), runs, strict=True):
        take_run(home, day, listings)
    assert prune(home, MONTHLY, today=NOW, say=quiet)


def moments(home: Home) -> list[datetime]:
    return [snapshot.snapshot_at for snapshot in in_lake(home).snapshots]


def test_what_lay_between_two_kept_snapshots_becomes_one_change(home):
    pruned(home, listing("a", "b"), listing("a", "b", "c", downloads=5), listing("a", "c", downloads=7))
    assert moments(home) == [at(1), at(3)]
    kept = Lake(home).manifests()[-1].listings[0]
    assert (kept.added_count, kept.left_count, kept.metrics_changed_count) == (1, 1, 1)
    assert kept.previous_snapshot_at == at(1)
    assert {key: row["downloads"] for key, row in state(home, at(3)).items()} == {"a": 7, "c": 7}


def test_a_change_that_was_taken_back_leaves_no_row(home):
    pruned(home, listing("a", downloads=1), listing("a", downloads=9), listing("a", downloads=1))
    assert sum(file.rows for manifest in Lake(home).manifests() for file in manifest.listings[0].files) == 2


def test_first_seen_removed_and_returned_keep_their_dates(home):
    pruned(
        home,
        listing("stays", "goes", "back"),
        listing("stays", "goes", "back", "new"),
        listing("stays", "new"),
        listing("stays", "new"),
        listing("stays", "new", "back"),
        days=(1, 5, 9, 32, 40),
    )
    assert moments(home) == [at(1), at(32), at(40)]
    assert values(home, "select first_seen_at from repositories where repository_key = 'new'") == [at(5)]
    assert rows(home, "select repository_key, absent_from, absent_to from absences order by all") == [
        ("back", at(9), at(40)),
        ("goes", at(9), None),
    ]


def test_who_came_and_went_between_two_kept_snapshots_is_not_forgotten(home):
    pruned(home, listing("a"), listing("a", "passing"), listing("a"), listing("a", "b"))
    assert rows(home, "select repository_key, first_seen_at, absent_from from absences") == [("passing", at(2), at(3))]
    assert values(home, "select max(removed_count) from growth where snapshot_at = '2026-03-04 12:00'") == [1]
    assert sorted(state(home, at(4))) == ["a", "b"]


def test_pruned_snapshots_are_no_pause_in_collection_and_the_run_log_tells_of_them(home):
    for day in range(1, 41):
        take_run(home, day, listing("a", downloads=day))
    prune(home, MONTHLY, today=NOW, say=quiet)
    assert values(home, "select snapshot_at from snapshots where is_after_gap") == []
    assert rows(home, "select status, reason, count(*) from run_log group by all order by 3") == [
        ("ok", None, 3),
        ("ok", "pruned on 2026-06-01", 37),
    ]


def test_a_pause_in_collection_stays_one_when_its_ends_are_pruned(home):
    for day in (1, 2, 3, 4, 5, 15, 16, 17, 32):
        take_run(home, day, listing("a", downloads=day))
    for day in range(33, 40):
        take_run(home, day, listing("a", downloads=day))
    prune(home, MONTHLY, today=NOW, say=quiet)
    assert values(home, "select snapshot_at from snapshots where is_after_gap") == [at(32)]


def test_each_coverage_is_pruned_by_its_own_snapshots_and_side_listings_never(home):
    for day in range(1, 7):
        listings = listing("a", "b", downloads=day) | {OPENAI: openai_list(f"gpt-{day}")}
        take_run(home, day, listings if day % 2 else {TOP: listings[MODELS][:1]})
    going = prunable(Lake(home).manifests(), MONTHLY, NOW)
    assert going == {("hub_models", "full"): [at(3)], ("hub_models", "top"): [at(4)]}
    assert prune(home, MONTHLY, today=NOW, say=quiet)
    assert len(values(home, "select event from openai_events where event = 'arrived'")) == 2


def test_a_late_snapshot_after_pruning_is_believed_more_than_a_pruned_date(home):
    pruned(home, listing("a"), listing("a", "b"), listing("a"), listing("a"), listing("a"))
    late = take_run(home, 4, listing("a", "b", downloads=1)).snapshot_at
    build(home)
    assert rows(home, "select first_seen_at, absent_from from absences") == [(late, at(5))]
    assert sorted(state(home, at(5))) == ["a"]
    assert verify_marts(home, quiet) == []


def test_a_departure_that_a_late_snapshot_showed_first_keeps_its_date_when_that_is_pruned(home):
    for day, keys in ((1, "ab"), (4, "a"), (2, "a"), (5, "a")):
        take_run(home, day, listing(*keys, downloads=day))
    assert prune(home, MONTHLY, today=NOW, say=quiet)
    assert rows(home, "select repository_key, absent_from, absent_to from absences") == [("b", at(2), None)]


def test_a_dry_run_says_what_would_go_and_changes_nothing(home, monkeypatch):
    monkeypatch.setenv("HUBSCOPE_HOME", str(home.path))
    for day in (1, 2, 3):
        take_run(home, day, listing("a", downloads=day))
    before = {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()}
    said = CliRunner().invoke(prune_command, ["--daily", "1", "--weekly", "1", "--dry-run"])
    assert said.output == "hub_models (full): 1 snapshots: 2026-03-02\n"
    assert {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()} == before
    done = CliRunner().invoke(prune_command, ["--daily", "1", "--weekly", "1"])
    assert done.exit_code == 0 and done.stdout.endswith("Pruned 1 runs; their manifests say so.\n")
    again = CliRunner().invoke(prune_command, ["--daily", "1", "--weekly", "1"])
    assert again.output == "Nothing to prune.\n"


def test_new_files_that_say_something_else_are_never_taken_over(home, monkeypatch):
    for day in (1, 2, 3):
        take_run(home, day, listing("a", downloads=day))
    build(home)
    before = {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()}
    sql = upkeep.sql_text
    monkeypatch.setattr(
        "warehouse.upkeep.prune.sql_text",
        lambda folder, name: sql(folder, name) + (" and false" if name == "pruned_metrics" else ""),
    )
    with pytest.raises(upkeep.LakeError, match="do not hold what the old ones do"):
        prune(home, MONTHLY, today=NOW, say=quiet)
    assert {path: path.read_bytes() for path in home.lake.rglob("*") if path.is_file()} == before


KEYS = st.sampled_from("abcd")
VALUES = st.tuples(st.sampled_from([0, "license:mit", "license:apache-2.0"]), st.sampled_from([None, 0, 1, 2]))
A_LISTING = st.dictionaries(KEYS, VALUES, min_size=1)
DAYS = st.lists(st.integers(1, 100), min_size=3, max_size=7, unique=True)
RULES = st.builds(Retention, daily=st.integers(1, 40), weekly=st.integers(1, 80))


def records(listed: dict) -> list[dict]:
    return [model(key, count, tags=[licence] if licence else []) for key, (licence, count) in listed.items()]


def told(home: Home, day: datetime) -> dict:
    """The state of a moment as rows say it, whenever they were written."""
    return {
        (series.coverage, key): {name: value for name, value in row.items() if name != "snapshot_at"}
        for series in (MODELS, TOP)
        if any(found.snapshot_at == day for found in in_lake(home, series).snapshots)
        for key, row in state(home, day, series).items()
    }


def random_history(home: Home, days: list[int], data: st.DataObject) -> None:
    """Runs in any order; not every run has every series."""
    for day in days:
        listings = {MODELS: records(data.draw(A_LISTING))}
        if data.draw(st.booleans()):
            listings[TOP] = records(data.draw(A_LISTING))[:3]
        take_run(home, day, listings)


@settings(
    max_examples=8,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[*HealthCheck],
)
@given(data=st.data(), days=DAYS, rule=RULES, today=st.integers(0, 120), later=st.integers(0, 60))
def test_every_kept_state_is_exactly_what_it_was(tmp_path_factory, data, days, rule, today, later):
    home = Home(tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(upkeep, "build", lambda _: None)  # the lake alone is looked at
        random_history(home, days, data)
        before = {at(day): told(home, at(day)) for day in days}
        for age in (today, today + later):
            now = (at(1) + timedelta(days=age)).date()
            going = prunable(Lake(home).manifests(), rule, now)
            assert prune(home, rule, today=now, say=quiet) == bool(going)
            if data.draw(st.booleans()):
                compact(home, quiet)
            kept = {manifest.snapshot_at for manifest in Lake(home).manifests() if manifest.entry("hub_models", "full")}
            assert {moment: told(home, moment) for moment in kept} == {moment: before[moment] for moment in kept}
            assert at(max(days)) in kept
    assert Lake(home).verify() == []


def facts(home: Home) -> dict[str, list]:
    """What the marts say of the kept snapshots and of first and last sights, as far as a kept snapshot shows it."""
    whole = "semi join (select kind, coverage, snapshot_at from snapshots) using (kind, coverage, snapshot_at)"
    asked = {
        name: f"select * from {name} {whole}"
        for name in ("population", "growth", "survivors", "licence_mix", "family_use", "concentration")
    }
    asked["first_seen"] = (
        "select kind, coverage, repository_key, first_seen_at, series_first_seen_at from listed_repositories"
    )
    asked["absences"] = """
        select distinct kind, coverage, repository_key, id, first_seen_at, absent_from, absent_to from absences
        semi join snapshots
            on snapshots.kind = absences.kind and snapshots.coverage = absences.coverage
            and snapshots.snapshot_at >= absences.absent_from
            and (absences.absent_to is null or snapshots.snapshot_at < absences.absent_to)
    """
    return {name: sorted(map(str, rows(home, sql))) for name, sql in asked.items()}


def at_kept(said: dict[str, list], kept: dict[str, list]) -> dict[str, list]:
    """Of what was said before pruning, what concerns snapshots that are kept."""
    return {name: [row for row in found if row in kept[name] or name == "first_seen"] for name, found in said.items()}


@settings(
    max_examples=4,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[*HealthCheck],
)
@given(data=st.data(), days=DAYS, rule=RULES, today=st.integers(60, 120))
def test_after_prune_and_compact_the_marts_are_those_of_a_rebuild_and_say_of_kept_snapshots_what_they_said(
    tmp_path_factory, data, days, rule, today
):
    home = Home(tmp_path_factory.mktemp("home"))
    random_history(home, days, data)
    take_run(home, 101, {MODELS: records(data.draw(A_LISTING)), SPACES: [space("s", 1, models=["a/a"])]})
    build(home)
    before = facts(home)
    prune(home, rule, today=(at(1) + timedelta(days=today)).date(), say=quiet)
    after = facts(home)
    assert after == at_kept(before, after)
    compact(home, quiet)
    assert facts(home) == after
    assert verify_marts(home, quiet) == []
    for day in (102, *data.draw(st.lists(st.integers(1, 100), max_size=2, unique=True))):
        take_run(home, day, {MODELS: records(data.draw(A_LISTING))})
    build(home)
    assert verify_marts(home, quiet) == []
    incremental = everything(home)
    shutil.rmtree(home.builds)
    build(home)
    rebuilt = everything(home)
    for table, expected in rebuilt.items():
        assert incremental[table] == expected, table
